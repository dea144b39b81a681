//! A prefix list: its name, family, size and entries.

use super::Irregular;
use crate::catalog::kinds::PrefixList;
use crate::cloudformation::{Emit, Read};
use crate::net::Cidr;
use crate::template::{Json, object};
use crate::text::Message;

impl Irregular for PrefixList {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.set_property("PrefixListName", emit.logical());
        emit.set_property("AddressFamily", "IPv4");
        emit.set_property("MaxEntries", self.entries.len().max(1));
        let entry = |cidr: &Cidr| Json::Object(object([("Cidr", Some(cidr.to_string().into()))]));
        if !self.entries.is_empty() {
            emit.set_property("Entries", self.entries.iter().map(entry).collect::<Vec<_>>());
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let blocks = read.list("Entries").iter().filter_map(|entry| entry.get("Cidr"));
        self.entries = read.each("entries", blocks, |json| read.parse(json));
        Ok(())
    }
}
