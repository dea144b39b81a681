//! JSON texts of describe commands, by the names of their lists.

use std::collections::{BTreeMap, BTreeSet};

use crate::message;
use crate::template::{Json, Object};
use crate::text::Message;

/// Lists that are drawn.
const DRAWN: [&str; 35] = [
    "Addresses",
    "CustomerGateways",
    "Instances",
    "InternetGateways",
    "Listeners",
    "LoadBalancerAttributes",
    "LoadBalancerListeners",
    "LoadBalancerTargetHealth",
    "LoadBalancers",
    "ManagedPrefixLists",
    "NatGateways",
    "NetworkAcls",
    "NetworkInterfaces",
    "PrefixLists",
    "Reservations",
    "RouteTables",
    "Rules",
    "SecurityGroups",
    "ServiceConfigurations",
    "Subnets",
    "TargetGroups",
    "TargetHealth",
    "TargetHealthDescriptions",
    "TransitGatewayAttachments",
    "TransitGatewayPeeringAttachments",
    "TransitGatewayPropagations",
    "TransitGatewayRouteTables",
    "TransitGatewayStaticRoutes",
    "TransitGatewayVpcAttachments",
    "TransitGateways",
    "VpcEndpoints",
    "VpcPeeringConnections",
    "Vpcs",
    "VpnConnections",
    "VpnGateways",
];
/// Lists that say nothing a drawing needs.
const KNOWN: [&str; 10] = [
    "AvailabilityZones",
    "DhcpOptions",
    "Hosts",
    "InstanceStatuses",
    "MovingAddressStatuses",
    "PlacementGroups",
    "Regions",
    "ServiceDetails",
    "ServiceNames",
    "Tags",
];
/// Lists of networks that have no node: a text that holds nothing else is output of describe commands all the same.
const UNDRAWN: [&str; 3] = ["DirectConnectGatewayAssociations", "DirectConnectGateways", "VirtualInterfaces"];
/// The provider that a collection of several providers' accounts names.
const COLLECTED: &str = "aws";
/// Notes that are kept; an account of other things would fill pages.
const MAX_NOTES: usize = 200;

/// All lists of all texts.
#[derive(Default)]
pub(super) struct Dump {
    lists: BTreeMap<String, Vec<Json>>,
    /// The text of every item, by its list: two files may tell of the same resources.
    seen: BTreeSet<(String, String)>,
    notes: Vec<Message>,
}

impl Dump {
    /// Reads one text, which may hold several objects one after another and may end too early.
    pub fn read(&mut self, name: &str, text: &str) {
        let text = text.trim_start_matches('\u{feff}');
        if self.objects(text).is_ok() {
            return;
        }
        let (line, column) = match self.objects(text) {
            Err(error) => (error.line(), error.column()),
            Ok(()) => (0, 0),
        };
        let place = if name.is_empty() { String::new() } else { format!("{name}: ") };
        self.note(message!(
            "{place}{line}번째 줄 {column}번째 칸부터 JSON이 아니거나 잘렸어요. 그 앞까지만 읽었어요.",
            "{place}line {line}, column {column}: not JSON from here, or cut short. Only what stands before is read."
        ));
        if let Some(whole) = salvage(text) {
            self.objects(&whole).ok();
        }
    }

    /// Takes the objects of a text in; none of them if one is broken.
    fn objects(&mut self, text: &str) -> Result<(), serde_json::Error> {
        let all: Vec<Json> = serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>()?;
        for json in all {
            match json {
                Json::Object(object) => self.read_object(object),
                Json::Array(items) => {
                    for object in items
                        .into_iter()
                        .filter_map(|item| if let Json::Object(object) = item { Some(object) } else { None })
                    {
                        self.read_object(object);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_object(&mut self, object: Object) {
        // describe-target-health does not say of which group; whoever collects it may add that beside.
        if object.contains_key("TargetGroupArn") && object.contains_key("TargetHealthDescriptions") {
            self.lists.entry("TargetHealth".to_owned()).or_default().push(object.into());
            return;
        }
        // What collects accounts of several providers names the same lists in its own way: `network_acls`.
        let collected = object.get("provider").is_some_and(|provider| provider == COLLECTED);
        for (key, value) in object {
            let key = if collected { pascal(&key) } else { key };
            match value {
                Json::Array(items) if DRAWN.contains(&key.as_str()) => {
                    let list = self.lists.entry(key.clone()).or_default();
                    for item in items {
                        if self.seen.insert((key.clone(), item.to_string())) {
                            list.push(item);
                        }
                    }
                }
                Json::Array(items) if !KNOWN.contains(&key.as_str()) => {
                    if UNDRAWN.contains(&key.as_str()) {
                        self.lists.entry(key.clone()).or_default();
                    }
                    if items.is_empty() {
                        continue;
                    }
                    let count = items.len();
                    self.note(message!("{key} {count}개는 아직 그리지 못해요.", "{count} {key} cannot be drawn yet."));
                }
                _ => {}
            }
        }
    }

    /// A list; empty where there is none.
    pub fn list(&self, key: &str) -> &[Json] {
        self.lists.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether a text could hold such a list at all, without reading it.
    pub fn may_be(text: &str) -> bool {
        let named = |key: &&str| text.contains(&format!("\"{key}\""));
        DRAWN.iter().chain(&UNDRAWN).any(named) || named(&"provider") && named(&COLLECTED)
    }

    /// Whether anything is known.
    pub fn is_any(&self) -> bool {
        !self.lists.is_empty()
    }

    pub fn take_notes(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.notes)
    }

    fn note(&mut self, message: Message) {
        if self.notes.len() < MAX_NOTES {
            self.notes.push(message);
        }
    }
}

/// The name of a list as the commands write it: `NetworkAcls` of `network_acls`.
fn pascal(key: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    key.split('_').map(word).collect()
}

/// A text cut short, up to the last element of a list that is whole, with its brackets closed.
fn salvage(text: &str) -> Option<String> {
    let (mut open, mut in_text, mut escaped) = (Vec::new(), false, false);
    let mut cut = None;
    for (at, c) in text.char_indices() {
        if in_text {
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '"' => in_text = true,
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => {
                if open.pop() != Some(c) {
                    break;
                }
                // Elements of the lists at the top are resources: half of one would be misread.
                if open.len() <= 2 {
                    cut = Some((at + 1, open.clone()));
                }
            }
            _ => {}
        }
    }
    let (end, open) = cut?;
    let mut whole = text.get(..end)?.to_owned();
    whole.extend(open.iter().rev());
    Some(whole)
}

/// A text of an object.
pub(super) fn text<'a>(json: &'a Json, key: &str) -> Option<&'a str> {
    json.get(key)?.as_str().filter(|text| !text.is_empty())
}

/// A list of an object.
pub(super) fn list<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// Whether something is on.
pub(super) fn on(json: &Json, key: &str) -> bool {
    json.get(key).and_then(Json::as_bool).unwrap_or_default()
}

/// A text of an object, parsed.
pub(super) fn parsed<T: std::str::FromStr>(json: &Json, key: &str) -> Option<T> {
    text(json, key)?.parse().ok()
}

/// The value of a tag.
pub(super) fn tag<'a>(json: &'a Json, key: &str) -> Option<&'a str> {
    list(json, "Tags").iter().find(|tag| text(tag, "Key") == Some(key)).and_then(|tag| text(tag, "Value"))
}
