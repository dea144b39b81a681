//! A network ACL: its entries as resources of their own.

use super::Irregular;
use crate::catalog::kinds::{AclRule, NetworkAcl};
use crate::cloudformation::{Emit, Read};
use crate::net::{IcmpType, PortRange, Protocol};
use crate::template::{Json, Object};
use crate::text::Message;

impl AclRule {
    fn to_json(&self, emit: &Emit<'_>, egress: bool) -> Object {
        let mut json = emit.row(self);
        json.insert("Protocol".to_owned(), self.protocol.acl_number().into());
        json.insert("Egress".to_owned(), egress.into());
        if self.protocol.has_ports() {
            let ports = serde_json::json!({ "From": self.ports.from_port(), "To": self.ports.to_port() });
            json.insert("PortRange".to_owned(), ports);
        } else if self.protocol.is_icmp() {
            let icmp = if self.protocol == Protocol::Icmp { self.icmp } else { IcmpType::ALL };
            let (kind, code) = (icmp.kind_number(), icmp.code_number());
            json.insert("Icmp".to_owned(), serde_json::json!({ "Type": kind, "Code": code }));
        }
        if self.cidr.v6().is_some()
            && let Some(cidr) = json.shift_remove("CidrBlock")
        {
            json.insert("Ipv6CidrBlock".to_owned(), cidr);
        }
        json.extend(emit.refer(emit.node()).map(|acl| ("NetworkAclId".to_owned(), acl)));
        json
    }

    /// Nothing for an entry that AWS refuses.
    fn from_json(read: &Read<'_>, json: &Object) -> Result<Option<Self>, Message> {
        let mut rule: Self = read.row(&Json::Object(json.clone()))?;
        rule.ports = PortRange::ALL;
        if rule.protocol.has_ports() {
            let end = |end: &str| json.get("PortRange").and_then(|range| range.get(end));
            let Some(ports) = super::security_group::ports(read, end("From"), end("To"))? else { return Ok(None) };
            rule.ports = ports;
        }
        rule.icmp = match json.get("Icmp").filter(|_| rule.protocol == Protocol::Icmp) {
            Some(icmp) => super::security_group::icmp(read, icmp.get("Type"), icmp.get("Code"))?,
            None => IcmpType::ALL,
        };
        if let Some(cidr) = json.get("Ipv6CidrBlock") {
            rule.cidr = read.parse(cidr)?;
        }
        Ok(Some(rule))
    }
}

impl Irregular for NetworkAcl {
    fn export(&self, emit: &mut Emit<'_>) {
        for (direction, egress, rules) in [("Inbound", false, &self.inbound), ("Outbound", true, &self.outbound)] {
            for rule in rules {
                let entry = rule.to_json(emit, egress);
                emit.part(format!("{direction}Rule{}", rule.number), "AWS::EC2::NetworkAclEntry", entry);
            }
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        (self.inbound, self.outbound) = (Vec::new(), Vec::new());
        for entry in read.parts("AWS::EC2::NetworkAclEntry", "NetworkAclId") {
            // Written as text in many templates.
            let egress = entry.get("Egress").and_then(|egress| read.text(egress)).is_some_and(|text| text == "true");
            let (rules, field) = if egress { (&mut self.outbound, "outbound") } else { (&mut self.inbound, "inbound") };
            rules.extend(read.each(field, [entry], |entry| AclRule::from_json(read, entry)).into_iter().flatten());
        }
        Ok(())
    }
}
