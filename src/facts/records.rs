//! Records as they are answered: those drawn as resources of their own, and the rows of record groups, which are resources of no kind of ours.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalog::kinds::{CloudformationResource, HostedZone, RecordSet, RecordType};
use crate::catalog::{FieldValue, Kind, Value};
use crate::design::{Design, logical_ids};
use crate::id::NodeId;
use crate::id_of;
use crate::net::DomainName;
use crate::template::Json;

/// The type of a resource that holds many records
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordsetgroup.html>).
const GROUP: &str = "AWS::Route53::RecordSetGroup";

/// One record, wherever it is written.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// The resource that holds it: itself, or its group.
    pub holder: NodeId,
    /// Which row of its group it is.
    pub row: Option<usize>,
    /// Its hosted zone, where that is drawn.
    pub zone: Option<NodeId>,
    /// What it says.
    pub set: Cow<'a, RecordSet>,
    /// Whether its name is known before a deployment.
    pub is_named: bool,
    /// Whether what it answers is known, and drawn.
    pub is_known: bool,
}

impl Record<'_> {
    /// What people call it: its node's name, with its row in a group.
    pub fn name(&self, design: &Design) -> String {
        let holder = design.node(self.holder).map_or("", |node| node.name.as_str());
        self.row.map_or_else(|| holder.to_owned(), |row| format!("{holder}.RecordSets[{row}]"))
    }

    /// Its hosted zone, where that is drawn.
    pub fn hosted_zone<'d>(&self, design: &'d Design) -> Option<(NodeId, &'d HostedZone)> {
        self.zone.and_then(|zone| Some((zone, design.get::<HostedZone>(zone)?)))
    }
}

/// All records that answer browsers: of type A, AAAA or CNAME.
pub fn records(design: &Design) -> Vec<Record<'_>> {
    let own = design.all::<RecordSet>().filter(|(id, ..)| !design.is_open(*id, id_of!(RecordSet.record_type)));
    let mut found: Vec<Record<'_>> = own
        .map(|(id, node, record)| Record {
            holder: id,
            row: None,
            zone: node.parent.filter(|zone| design.get::<HostedZone>(*zone).is_some()),
            set: Cow::Borrowed(record),
            is_named: !design.is_open(id, id_of!(RecordSet.domain)),
            is_known: ![id_of!(RecordSet.alias), id_of!(RecordSet.values)]
                .into_iter()
                .any(|field| leaves_open(design, id, field)),
        })
        .collect();
    let groups = design.all::<CloudformationResource>().filter(|(_, _, one)| one.type_name == GROUP);
    let groups: Vec<(NodeId, Json)> = groups.filter_map(|(id, _, one)| Some((id, one.properties.json()?))).collect();
    if groups.is_empty() {
        return found;
    }
    let names: BTreeMap<String, NodeId> = logical_ids(design).into_iter().map(|(id, name)| (name, id)).collect();
    for (holder, properties) in groups {
        let zone = zone_of(design, &names, &properties);
        let rows = properties.get("RecordSets");
        let Some(rows) = rows.and_then(Json::as_array) else {
            // A list that only a deployment knows may hold any name.
            let set = Cow::Owned(RecordSet::default());
            found.push(Record { holder, row: None, zone, set, is_named: false, is_known: false });
            continue;
        };
        found.extend(rows.iter().enumerate().filter_map(|(at, row)| {
            let (set, is_named, is_known) = read(design, &names, row)?;
            Some(Record { holder, row: Some(at), zone, set: Cow::Owned(set), is_named, is_known })
        }));
    }
    found
}

/// Whether what a field says is left open by the template itself; an alias that leads to what stands for something outside is drawn.
fn leaves_open(design: &Design, id: NodeId, field: &str) -> bool {
    design.template().is_some_and(|original| original.unknown.contains(&(id, field.to_owned())))
}

/// The hosted zone of a record group, where it is drawn.
fn zone_of(design: &Design, names: &BTreeMap<String, NodeId>, group: &Json) -> Option<NodeId> {
    let is_zone = |id: &NodeId| design.node(*id).is_some_and(|node| node.kind() == Kind::HostedZone);
    if let Some(zone) = group.get("HostedZoneId") {
        return names.get(zone.get("Ref")?.as_str()?).copied().filter(is_zone);
    }
    let domain = domain(group.get("HostedZoneName")?)?;
    design.all::<HostedZone>().find(|(_, _, zone)| zone.domain == domain).map(|(id, ..)| id)
}

/// A name as a record has it, with or without the dot at its end.
fn domain(json: &Json) -> Option<DomainName> {
    json.as_str()?.trim_end_matches('.').parse().ok()
}

/// One row of a group, whether its name is known and whether its answer is; nothing for a type that answers no browser.
fn read(design: &Design, names: &BTreeMap<String, NodeId>, row: &Json) -> Option<(RecordSet, bool, bool)> {
    let of_type = match row.get("Type") {
        Some(Json::String(kind)) => Some(RecordType::from_value(&Value::Text(kind.clone())).ok()?),
        _ => None,
    };
    let name = row.get("Name").and_then(domain);
    let (is_named, mut is_known) = (name.is_some(), of_type.is_some());
    let mut set = RecordSet {
        domain: name.unwrap_or_default(),
        record_type: of_type.unwrap_or_default(),
        set_identifier: row.get("SetIdentifier").map(|id| id.as_str().unwrap_or("?").to_owned()).unwrap_or_default(),
        ..RecordSet::default()
    };
    if let Some(target) = row.get("AliasTarget") {
        let text = target.get("DNSName").and_then(text_of);
        set.alias = text.and_then(|text| names.get(attribute_in(&text)?.0).copied());
        is_known &= set.alias.is_some();
        return Some((set, is_named, is_known));
    }
    let answers = row.get("ResourceRecords").and_then(Json::as_array);
    is_known &= answers.is_some();
    for answer in answers.into_iter().flatten() {
        let named = answer.get("Ref").and_then(Json::as_str).map(|name| format!("${{{name}.PublicIp}}"));
        let Some(text) = text_of(answer).or(named) else {
            is_known = false;
            continue;
        };
        let address = attribute_in(&text).and_then(|(name, _)| names.get(name)).copied();
        let address = address.filter(|id| design.node(*id).is_some_and(|node| node.kind() == Kind::ElasticIp));
        match address {
            Some(address) => set.elastic_ips.push(address),
            None => set.values.push(text),
        }
    }
    Some((set, is_named, is_known))
}

/// A text, and an attribute as `Fn::Sub` writes it.
fn text_of(json: &Json) -> Option<String> {
    if let Some(text) = json.as_str().or_else(|| json.get("Fn::Sub")?.as_str()) {
        return Some(text.to_owned());
    }
    match json.get("Fn::GetAtt")? {
        Json::String(both) => Some(format!("${{{both}}}")),
        list => {
            let part = |at: usize| list.get(at).and_then(Json::as_str);
            Some(format!("${{{}.{}}}", part(0)?, part(1)?))
        }
    }
}

/// The logical id and the attribute of which a name or address is made: of `${Bal.DNSName}`, and of `dualstack.${Bal.DNSName}`, by which the
/// console writes a balancer.
pub fn attribute_in(value: &str) -> Option<(&str, &str)> {
    let value = value.strip_prefix("dualstack.").unwrap_or(value).trim_end_matches('.');
    value.strip_prefix("${")?.strip_suffix('}')?.split_once('.')
}

#[cfg(test)]
mod tests {
    use super::attribute_in;

    #[test]
    fn an_attribute_is_found_behind_what_the_console_writes_before_it() {
        assert_eq!(attribute_in("${Bal.DNSName}"), Some(("Bal", "DNSName")));
        assert_eq!(attribute_in("dualstack.${Bal.DNSName}."), Some(("Bal", "DNSName")));
        for other in ["${Bal}", "x.${Bal.DNSName}", "203.0.113.5", "${A.B}${C.D}x"] {
            assert_eq!(attribute_in(other), None, "{other}");
        }
    }
}
