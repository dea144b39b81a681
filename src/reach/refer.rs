//! Which end people mean by a word: an id of the account, a logical id, a name, an address, or `internet`.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::{Endpoint, Network};
use crate::design::{Design, logical_ids};
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// Knows the nodes of a design by every word that may stand for them.
pub struct Refer<'a> {
    design: &'a Design,
    ids: BTreeMap<String, NodeId>,
    names: BTreeMap<&'a str, Vec<NodeId>>,
    logical: BTreeMap<NodeId, String>,
}

impl<'a> Refer<'a> {
    /// Looks through a design once. `aliases` are further ids, such as those of primary interfaces.
    pub fn new(design: &'a Design, aliases: &BTreeMap<String, NodeId>) -> Self {
        let logical = logical_ids(design);
        let mut ids = BTreeMap::new();
        let mut names: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
        for (id, node) in design.nodes() {
            names.entry(&node.name).or_default().push(id);
            if !node.origin.is_empty() {
                ids.insert(node.origin.clone(), id);
            }
        }
        for (word, id) in
            aliases.iter().map(|(word, id)| (word, *id)).chain(logical.iter().map(|(id, word)| (word, *id)))
        {
            ids.entry(word.clone()).or_insert(id);
        }
        Self { design, ids, names, logical }
    }

    /// Knows nobody by words, for whoever asks by numbers alone.
    pub(super) const fn wordless(design: &'a Design) -> Self {
        Self { design, ids: BTreeMap::new(), names: BTreeMap::new(), logical: BTreeMap::new() }
    }

    /// Whom a word means.
    ///
    /// # Errors
    /// That nobody is called so, or who all are.
    pub fn end(&self, word: &str) -> Result<Endpoint, Message> {
        let word = word.trim();
        if word == "internet" {
            return Ok(Endpoint::Internet);
        }
        if let Ok(address) = word.parse::<Ipv4Addr>() {
            return Ok(Endpoint::Address(address));
        }
        if let Some(id) = self.ids.get(word) {
            return Ok(Endpoint::Node(*id));
        }
        match self.names.get(word).map_or(&[][..], Vec::as_slice) {
            [] => Err(message!(
                "'{word}'은(는) 설계에 없어요. 리소스 id나 이름, IPv4 주소, internet 가운데 하나로 써 주세요.",
                "There is no \"{word}\" in the design. Write a resource id or name, an IPv4 address, or internet."
            )),
            [one] => Ok(Endpoint::Node(*one)),
            several => {
                let list = several.iter().map(|id| self.described(*id)).collect::<Vec<_>>().join(", ");
                Err(message!(
                    "'{word}'(이)라는 리소스가 여럿이에요: {list}. id로 골라 주세요.",
                    "Several resources are called \"{word}\": {list}. Choose one by its id."
                ))
            }
        }
    }

    /// As [`Refer::end`], for who begins: an address that interfaces of several VPCs have is refused.
    ///
    /// # Errors
    /// As [`Refer::end`]; also who all have the address.
    pub fn start(&self, net: &Network, word: &str) -> Result<Endpoint, Message> {
        let end = self.end(word)?;
        let Endpoint::Address(address) = end else { return Ok(end) };
        let holders: Vec<NodeId> = net
            .vpcs
            .keys()
            .filter_map(|vpc| net.by_private(*vpc, address))
            .filter_map(|ix| Some(net.interfaces.get(ix)?.node))
            .collect();
        if holders.len() < 2 {
            return Ok(end);
        }
        let list = holders.iter().map(|id| self.described(*id)).collect::<Vec<_>>().join(", ");
        Err(message!(
            "주소 {address}을(를) 가진 리소스가 여러 VPC에 있어요: {list}. id로 골라 주세요.",
            "Resources of several VPCs have the address {address}: {list}. Choose one by its id."
        ))
    }

    /// The id by which a node can be told from all others: that of the account, else the logical one.
    pub fn id(&self, node: NodeId) -> &str {
        let origin = self.design.node(node).map_or("", |node| node.origin.as_str());
        if origin.is_empty() { self.logical.get(&node).map_or("", String::as_str) } else { origin }
    }

    /// The word for an end, which [`Refer::end`] reads back.
    pub fn word(&self, end: Endpoint) -> String {
        match end {
            Endpoint::Internet => "internet".to_owned(),
            Endpoint::Address(address) => address.to_string(),
            Endpoint::Node(id) => self.id(id).to_owned(),
        }
    }

    /// A node's name.
    pub fn name(&self, node: NodeId) -> &str {
        self.design.node(node).map_or("", |node| node.name.as_str())
    }

    fn described(&self, node: NodeId) -> String {
        let kind = self.design.node(node).map_or("", |node| node.kind().spec().id);
        format!("{} ({kind})", self.id(node))
    }
}
