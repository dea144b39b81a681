//! A DynamoDB table: keys, the attributes they name, indexes and capacity.

use super::Irregular;
use crate::catalog::kinds::{Attribute, AttributeType, BillingMode, DynamodbTable, GlobalIndex, Retention};
use crate::cloudformation::{Emit, Read};
use crate::template::{Json, Object, object};
use crate::text::Message;

impl DynamodbTable {
    /// The attributes it is deployed with: those that keys name; one that is not declared is text.
    fn deployed_attributes(&self) -> Vec<Attribute> {
        let declared = |name: &str| self.attributes.iter().find(|one| one.name == name).cloned();
        let text = |name: &str| Attribute { name: name.to_owned(), attribute_type: AttributeType::Text };
        self.key_attributes().into_iter().map(|name| declared(name).unwrap_or_else(|| text(name))).collect()
    }

    fn capacity(&self) -> Json {
        serde_json::json!({ "ReadCapacityUnits": self.read_capacity, "WriteCapacityUnits": self.write_capacity })
    }
}

impl Irregular for DynamodbTable {
    fn export(&self, emit: &mut Emit<'_>) {
        if self.partition_key.is_empty() {
            emit.leave_out(crate::message!(
                "파티션 키가 없어서 테이블을 템플릿에 넣지 못했어요.",
                "The table has no partition key and is not in the template."
            ));
        }
        emit.on_deletion(self.retention.as_str());
        let attributes: Vec<Json> = self.deployed_attributes().iter().map(|one| Json::Object(emit.row(one))).collect();
        emit.set_property("AttributeDefinitions", attributes);
        emit.set_property("KeySchema", key_schema(&self.partition_key, &self.sort_key));
        let provisioned = self.billing == BillingMode::Provisioned;
        if provisioned {
            emit.set_property("ProvisionedThroughput", self.capacity());
        }
        let index = |index: &GlobalIndex| -> Json {
            let made: Object = object([
                ("IndexName", Some(index.name.as_str().into())),
                ("KeySchema", Some(key_schema(&index.partition_key, &index.sort_key))),
                ("Projection", Some(serde_json::json!({ "ProjectionType": "ALL" }))),
                ("ProvisionedThroughput", provisioned.then(|| self.capacity())),
            ]);
            made.into()
        };
        let indexes: Vec<Json> = self.indexes.iter().filter(|index| index.is_whole()).map(index).collect();
        if !indexes.is_empty() {
            emit.set_property("GlobalSecondaryIndexes", indexes);
        }
        if !self.ttl_attribute.is_empty() {
            emit.set_property(
                "TimeToLiveSpecification",
                serde_json::json!({ "AttributeName": self.ttl_attribute, "Enabled": true }),
            );
        }
        let logical = emit.logical();
        emit.output("Name", format!("Name of {logical}"), crate::template::reference(logical));
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        (self.partition_key, self.sort_key) = keys(read, read.get("KeySchema"));
        self.attributes =
            read.list("AttributeDefinitions").iter().map(|json| read.row(json)).collect::<Result<_, _>>()?;
        let index = |json: &Json| {
            let name = json.get("IndexName").and_then(|name| read.text(name)).unwrap_or_default();
            let (partition_key, sort_key) = keys(read, json.get("KeySchema"));
            GlobalIndex { name, partition_key, sort_key }
        };
        self.indexes = read.list("GlobalSecondaryIndexes").iter().map(index).collect();
        let capacity =
            |unit: &str| read.get(&format!("ProvisionedThroughput.{unit}")).map(|units| read.parse(units)).transpose();
        if let (Some(reads), Some(writes)) = (capacity("ReadCapacityUnits")?, capacity("WriteCapacityUnits")?) {
            (self.read_capacity, self.write_capacity) = (reads, writes);
        }
        self.ttl_attribute =
            read.get("TimeToLiveSpecification.AttributeName").and_then(|name| read.text(name)).unwrap_or_default();
        if let Some(policy) = read.on_deletion() {
            self.retention = if policy == "Delete" { Retention::Delete } else { Retention::Retain };
        }
        Ok(())
    }
}

fn key_schema(partition: &str, sort: &str) -> Json {
    let key = |name: &str, role: &str| {
        (!name.is_empty()).then(|| serde_json::json!({ "AttributeName": name, "KeyType": role }))
    };
    key(partition, "HASH").into_iter().chain(key(sort, "RANGE")).collect()
}

/// The partition key and the sort key of a key schema.
fn keys(read: &Read<'_>, schema: Option<&Json>) -> (String, String) {
    let named = |role: &str| {
        let mut keys = schema?.as_array()?.iter();
        read.text(keys.find(|key| key.get("KeyType").and_then(Json::as_str) == Some(role))?.get("AttributeName")?)
    };
    (named("HASH").unwrap_or_default(), named("RANGE").unwrap_or_default())
}
