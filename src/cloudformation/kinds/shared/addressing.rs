//! What subnets, instances and load balancers read alike: whether there are IPv6 addresses, and groups.

use crate::cloudformation::{Read, is_default_alone};
use crate::design::IPV6;
use crate::id::NodeId;
use crate::template::Json;

impl Read<'_> {
    /// Notes that this node gives or has IPv6 addresses, where one of these properties says so or may.
    pub fn note_ipv6(&self, said: &[Option<&Json>]) {
        let says = |json: &&Json| match json {
            Json::Array(items) => !items.is_empty(),
            json => self.text(json).is_none_or(|text| !matches!(text.as_str(), "false" | "0" | "ipv4")),
        };
        if said.iter().flatten().any(says) {
            self.leave_undecided(IPV6);
        }
    }

    /// The security groups that an expression lists, for a field; none where the default group alone is named. One that leads to what is not drawn,
    /// and a list that only a deployment knows, leave the field open.
    pub fn groups(&self, field: &'static str, list: Option<&Json>) -> Vec<NodeId> {
        let Some(list) = list else { return Vec::new() };
        let listed = list.as_array().map_or(&[][..], Vec::as_slice);
        if is_default_alone(listed) {
            return Vec::new();
        }
        let found: Vec<NodeId> = listed.iter().filter_map(|group| self.node(group)).collect();
        if !list.is_array() || found.len() < listed.len() {
            self.leave_open(field);
        }
        found
    }
}
