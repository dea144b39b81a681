//! A DynamoDB table.

use super::Retention;
use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Widget, columns};
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// The types a key may have.
    pub enum AttributeType {
        Text = "S" ("문자열(S)", "String (S)"),
        Number = "N" ("숫자(N)", "Number (N)"),
        Binary = "B" ("바이너리(B)", "Binary (B)"),
    }
}

choices! {
    /// How reads and writes are billed.
    pub enum BillingMode {
        OnDemand = "PAY_PER_REQUEST" ("온디맨드", "On demand"),
        Provisioned = "PROVISIONED" ("프로비저닝됨", "Provisioned"),
    }
}

/// An attribute that is part of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    pub attribute_type: AttributeType,
}

impl Record for Attribute {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .property("AttributeName")
            .help("키에 쓰는 속성이에요.", "An attribute used in a key."),
        field!(attribute_type, "유형", "Type", Widget::Choice(AttributeType::CHOICES))
            .property("AttributeType")
            .help("문자열, 숫자 또는 바이너리예요.", "String, number or binary."),
    ];
}
record!(Attribute);

/// Another way to look items up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlobalIndex {
    /// Its name.
    pub name: String,
    /// Its partition key.
    pub partition_key: String,
    /// Its sort key; empty is none.
    pub sort_key: String,
}

impl Record for GlobalIndex {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .property("IndexName")
            .help("인덱스의 이름이에요.", "Name of the index."),
        field!(partition_key, "파티션 키", "Partition key", Widget::Line)
            .help("인덱스의 파티션 키예요.", "Partition key of the index."),
        field!(sort_key, "정렬 키", "Sort key", Widget::Line).help("없으면 비워요.", "Empty where there is none."),
    ];
}
record!(GlobalIndex);

impl GlobalIndex {
    /// Whether it can be created.
    pub const fn is_whole(&self) -> bool {
        !self.name.is_empty() && !self.partition_key.is_empty()
    }
}

/// Items by key, without servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DynamodbTable {
    /// Its name; empty lets AWS choose one.
    pub table_name: String,
    /// Attribute that spreads items over partitions.
    pub partition_key: String,
    /// Attribute that orders items of one partition key; empty is none.
    pub sort_key: String,
    /// The types of every attribute in a key.
    pub attributes: Vec<Attribute>,
    /// Other ways to look items up.
    pub indexes: Vec<GlobalIndex>,
    /// How it is billed.
    pub billing: BillingMode,
    /// Provisioned reads a second.
    pub read_capacity: u32,
    /// Provisioned writes a second.
    pub write_capacity: u32,
    /// Attribute with the second at which an item expires; empty keeps items for ever.
    pub ttl_attribute: String,
    /// Whether any second of the last 35 days can be restored.
    pub point_in_time_recovery: bool,
    /// Whether it refuses to be deleted.
    pub deletion_protection: bool,
    /// What becomes of it when it leaves the stack.
    pub retention: Retention,
}

impl Default for DynamodbTable {
    fn default() -> Self {
        Self {
            table_name: String::new(),
            partition_key: "id".to_owned(),
            sort_key: String::new(),
            attributes: vec![Attribute { name: "id".to_owned(), attribute_type: AttributeType::Text }],
            indexes: Vec::new(),
            billing: BillingMode::OnDemand,
            read_capacity: 5,
            write_capacity: 5,
            ttl_attribute: String::new(),
            point_in_time_recovery: false,
            deletion_protection: false,
            retention: Retention::Retain,
        }
    }
}

impl DynamodbTable {
    /// The attributes that keys name, the table's first, each once.
    pub fn key_attributes(&self) -> Vec<&str> {
        let own = [&self.partition_key, &self.sort_key].into_iter();
        let indexed = self
            .indexes
            .iter()
            .filter(|index| index.is_whole())
            .flat_map(|index| [&index.partition_key, &index.sort_key]);
        let mut names: Vec<&str> = Vec::new();
        for name in own.chain(indexed).filter(|name| !name.is_empty()) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

impl Resource for DynamodbTable {
    const KIND: Kind = Kind::DynamodbTable;
    const SPEC: Spec = Spec {
        id: "dynamodb_table",
        label: t("DynamoDB 테이블", "DynamoDB table"),
        category: Category::Database,
        cloudformation_type: "AWS::DynamoDB::Table",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["dynamodb", "nosql", "table", "다이나모디비", "테이블"],
    };
    const SUMMARY: Text = t(
        "서버 없이 키로 항목을 읽고 쓰는 NoSQL 데이터베이스예요. 쓴 만큼만 요금이 들어요.",
        "A serverless NoSQL database that reads and writes items by key. Billed by use.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(table_name, "테이블 이름", "Table name", Widget::Line)
            .property("TableName")
            .help("비우면 AWS가 정해요.", "Empty lets AWS choose one."),
        field!(partition_key, "파티션 키", "Partition key", Widget::Line).help(
            "항목을 나누어 담는 속성이에요. 값이 고르게 퍼질수록 좋아요.",
            "Spreads items over partitions; many different values are best.",
        ),
        field!(sort_key, "정렬 키", "Sort key", Widget::Line).help(
            "같은 파티션 키 안에서 순서를 정해요. 없으면 비워요.",
            "Orders items of one partition key. Empty is none.",
        ),
        field!(attributes, "키 속성", "Key attributes", Widget::Table(columns::<Attribute>)).help(
            "키와 인덱스에 쓰는 속성의 유형이에요. 다른 속성은 적지 않아요.",
            "Types of the attributes in keys and indexes, and no others.",
        ),
        field!(indexes, "글로벌 보조 인덱스", "Global secondary indexes", Widget::Table(columns::<GlobalIndex>))
            .help("다른 속성으로 찾을 때 써요.", "To look items up by another attribute."),
        field!(billing, "용량 모드", "Capacity mode", Widget::Choice(BillingMode::CHOICES))
            .property("BillingMode")
            .help(
                "온디맨드는 요청한 만큼, 프로비저닝은 정해 둔 만큼 요금이 들어요.",
                "On demand bills requests; provisioned bills what is set aside.",
            ),
        field!(
            read_capacity,
            "읽기 용량",
            "Read capacity",
            Widget::Number { min: 1, max: 40_000, unit: t("RCU", "RCU") }
        )
        .when(|of: &Self| of.billing == BillingMode::Provisioned)
        .help("초당 읽기예요.", "Reads a second."),
        field!(
            write_capacity,
            "쓰기 용량",
            "Write capacity",
            Widget::Number { min: 1, max: 40_000, unit: t("WCU", "WCU") }
        )
        .when(|of: &Self| of.billing == BillingMode::Provisioned)
        .help("초당 쓰기예요.", "Writes a second."),
        field!(ttl_attribute, "TTL 속성", "TTL attribute", Widget::Line).help(
            "만료 시각(초)을 담은 속성이에요. 지난 항목은 저절로 지워져요.",
            "Holds the second an item expires at; expired items go by themselves.",
        ),
        field!(point_in_time_recovery, "특정 시점 복구", "Point-in-time recovery", Widget::Toggle)
            .property("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled")
            .help("지난 35일의 어느 때로든 되돌릴 수 있어요.", "Restores any second of the last 35 days."),
        field!(deletion_protection, "삭제 방지", "Deletion protection", Widget::Toggle)
            .property("DeletionProtectionEnabled")
            .help("켜면 스택을 지울 때 먼저 꺼야 해요.", "Must be turned off before the stack can be deleted."),
        field!(retention, "스택에서 빠질 때", "When it leaves the stack", Widget::Choice(Retention::CHOICES))
            .help("남겨 둔 테이블은 요금이 들어요.", "A table that is kept is billed."),
    ];

    fn caption(&self) -> Option<String> {
        Some(self.key_attributes().into_iter().take(2).collect::<Vec<_>>().join(", "))
    }
}
