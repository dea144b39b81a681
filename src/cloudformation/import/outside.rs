//! What a template refers to without holding it: a VPC given by parameter, a subnet of another stack, a key pair. Each gets a node that stands for it.

use std::rc::Rc;

use super::super::evaluate::references;
use super::Import;
use crate::catalog::kinds::RecordSet;
use crate::catalog::{Body, Kind, Widget};
use crate::id::NodeId;
use crate::id_of;
use crate::net::DomainName;
use crate::template::{Json, Object, path};
use crate::text::Message;

impl Import<'_> {
    /// Finds the expressions in places that name a frame or another resource, and lead out of the template.
    pub(super) fn find_outside(&mut self) {
        let resources = Rc::clone(&self.resources);
        for (logical, resource) in resources.iter() {
            let kind = self.names.nodes.get(logical).and_then(|id| self.kinds.get(id)).copied();
            let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
            let Some(kind) = kind.filter(|kind| *kind != Kind::CloudformationResource) else { continue };
            for (frame, property) in kind.spec().ancestors {
                self.find_at(logical, properties, property, *frame);
            }
            if kind == Kind::LoadBalancer {
                let rows = properties.get("SubnetMappings").and_then(Json::as_array).into_iter().flatten();
                for subnet in rows.filter_map(|row| row.get("SubnetId")) {
                    self.stand_for(logical, "SubnetMappings", subnet, Kind::Subnet);
                }
            }
            for meta in kind.fields() {
                if let Widget::Reference([to]) | Widget::References([to]) = meta.widget
                    && !meta.property.is_empty()
                {
                    self.find_at(logical, properties, meta.property, *to);
                }
            }
        }
    }

    fn find_at(&mut self, logical: &str, properties: &Object, property: &str, kind: Kind) {
        match path::get(properties, property) {
            Some(Json::Array(items)) => items.iter().for_each(|item| self.stand_for(logical, property, item, kind)),
            Some(one) => self.stand_for(logical, property, one, kind),
            None => {}
        }
    }

    /// Makes a node for an expression that leads out of the template.
    fn stand_for(&mut self, logical: &str, property: &str, expression: &Json, kind: Kind) {
        let key = expression.to_string();
        let is_name = expression.as_str().is_some_and(|text| !text.is_empty()) || expression.is_object();
        // An attribute of a resource that is no kind, such as a nested stack, leads out as well.
        let inside = references(expression).iter().any(|mention| self.names.nodes.contains_key(&mention.logical));
        if !is_name || inside || self.names.outside.contains_key(&key) {
            return;
        }
        let title = name_of(expression).unwrap_or_else(|| kind.spec().id.to_owned());
        self.add_named(kind, title.clone(), expression);
        let label = kind.spec().label;
        let why = Message::new(
            &format!(
                "템플릿에 없는 {}({title})을(를) 가리켜요. 대신하는 그림을 그렸고, 템플릿에는 넣지 않아요.",
                label.ko
            ),
            format!(
                "It refers to a {} ({title}) outside the template. What stands for it is drawn, and is not exported.",
                label.en
            ),
        );
        self.note(logical, property, &why);
    }

    /// A node that stands for what an expression leads to, and for whatever else names it so.
    pub(super) fn add_named(&mut self, kind: Kind, title: String, expression: &Json) -> NodeId {
        let id = self.add_outside(kind, title, Some(expression.clone()));
        self.names.outside.insert(expression.to_string(), id);
        id
    }

    /// A node that stands for something outside.
    pub(super) fn add_outside(&mut self, kind: Kind, title: String, expression: Option<Json>) -> NodeId {
        let id = self.fresh();
        self.kinds.insert(id, kind);
        self.bodies.insert(id, kind.bare_body());
        self.titles.insert(id, title);
        self.outside.insert(id, expression);
        id
    }

    /// Gives the zones that stand for others the domain that their records have in common, so that names are found in them.
    pub(super) fn name_outside_zones(&mut self) {
        // One that a record names by its domain has that domain.
        let of_expression = self.outside.iter().filter(|(_, expression)| expression.is_some()).map(|(id, _)| *id);
        let zones: Vec<NodeId> = of_expression.filter(|id| self.kinds.get(id) == Some(&Kind::HostedZone)).collect();
        for zone in zones {
            let of_zone = self.parents.iter().filter(|(_, parent)| **parent == Some(zone));
            let is_known = |id: &NodeId| !self.unknown.contains(&(*id, id_of!(RecordSet.domain).to_owned()));
            let records = of_zone.filter(|(id, _)| is_known(id)).filter_map(|(id, _)| match self.bodies.get(id) {
                Some(Body::RecordSet(record)) => Some(&record.domain),
                _ => None,
            });
            let names: Vec<&DomainName> = records.collect();
            let Some(first) = names.first() else { continue };
            let above = std::iter::successors(first.parent(), DomainName::parent);
            let common = std::iter::once((*first).clone()).filter(|_| names.len() > 1).chain(above);
            // A top-level domain is nobody's zone.
            let mut common = common.filter(|domain| !domain.is_wildcard() && domain.labels().count() > 1);
            if let Some(domain) = common.find(|domain| names.iter().all(|name| name.is_within(domain)))
                && let Some(Body::HostedZone(body)) = self.bodies.get_mut(&zone)
            {
                body.domain = domain;
            }
        }
    }

    /// An id for what the template has no resource for.
    pub(super) fn fresh(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next = self.next.saturating_add(1);
        id
    }
}

/// What people would call an expression: its parameter, the name of an export, the id itself.
pub(super) fn name_of(expression: &Json) -> Option<String> {
    if let Some(text) = expression.as_str() {
        return Some(text.to_owned());
    }
    let found =
        references(expression).into_iter().map(|mention| mention.logical).find(|name| !name.starts_with("AWS::"));
    let literal = || expression.get("Fn::ImportValue")?.as_str().map(str::to_owned);
    literal().or(found)
}
