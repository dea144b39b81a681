//! Assertions as text: stable names, apart from the types in memory.
//!
//! ```json
//! {"from":"internet","to":{"kind":"load_balancer"},"protocol":"tcp","port":443}
//! {"from":"internet","expect":"does-not-reach","to":{"node":"n7"},"protocol":"tcp"}
//! {"from":"internet","url":"https://app.example.com/","without":"any-zone"}
//! ```

use serde::{Deserialize, Serialize};

use super::{Assertion, Expect, Loss, Subject, Wanted};
use crate::catalog::{Category, Kind};
use crate::id::NodeId;
use crate::net::Protocol;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    #[serde(default, skip_serializing_if = "is_usual")]
    expect: Expectation,
    from: End,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<End>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    protocol: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    without: Option<Without>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Expectation {
    #[default]
    Reaches,
    ReachesAny,
    DoesNotReach,
}

fn is_usual(expectation: &Expectation) -> bool {
    *expectation == Expectation::default()
}

#[derive(Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "an end is a word (\"internet\", an address, an id or a name), {\"node\": \"n7\"}, {\"kind\": \"instance\"} or {\"category\": \"database\"}"
)]
enum End {
    Word(String),
    Node(NodeForm),
    Kind(KindForm),
    Category(CategoryForm),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeForm {
    node: NodeId,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindForm {
    kind: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryForm {
    category: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "what is lost is \"any-zone\", {\"zone\": \"a\"} or {\"node\": \"n7\"}")]
enum Without {
    Word(AnyZone),
    Zone(ZoneForm),
    Node(NodeForm),
}

#[derive(Serialize, Deserialize)]
enum AnyZone {
    #[serde(rename = "any-zone")]
    AnyZone,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneForm {
    zone: String,
}

impl From<Subject> for End {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Internet => Self::Word("internet".to_owned()),
            Subject::Address(address) => Self::Word(address.to_string()),
            Subject::Name(name) => Self::Word(name),
            Subject::Node(node) => Self::Node(NodeForm { node }),
            Subject::Kind(kind) => Self::Kind(KindForm { kind: kind.spec().id.to_owned() }),
            Subject::Category(category) => Self::Category(CategoryForm { category: category.id().to_owned() }),
        }
    }
}

impl TryFrom<End> for Subject {
    type Error = String;

    fn try_from(end: End) -> Result<Self, String> {
        Ok(match end {
            End::Word(word) => Self::word(&word),
            End::Node(NodeForm { node }) => Self::Node(node),
            End::Kind(KindForm { kind }) => {
                Self::Kind(Kind::from_id(&kind).ok_or_else(|| format!("there is no kind of resource called {kind:?}"))?)
            }
            End::Category(CategoryForm { category }) => {
                let known = Category::ALL.into_iter().find(|known| known.id() == category);
                Self::Category(known.ok_or_else(|| format!("there is no category called {category:?}"))?)
            }
        })
    }
}

impl From<Assertion> for Form {
    fn from(Assertion { expect, from, wanted, lost }: Assertion) -> Self {
        let expect = match expect {
            Expect::Reaches => Expectation::Reaches,
            Expect::ReachesAny => Expectation::ReachesAny,
            Expect::Unreached => Expectation::DoesNotReach,
        };
        let without = lost.map(|lost| match lost {
            Loss::AnyZone => Without::Word(AnyZone::AnyZone),
            Loss::Zone(zone) => Without::Zone(ZoneForm { zone }),
            Loss::Node(node) => Without::Node(NodeForm { node }),
        });
        let (to, protocol, port, url) = match wanted {
            Wanted::Traffic { to, protocol, port } => (Some(to.into()), Some(protocol.to_string()), port, None),
            Wanted::Page(url) => (None, None, None, Some(url)),
        };
        Self { expect, from: from.into(), to, protocol, port, url, without }
    }
}

impl TryFrom<Form> for Assertion {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        let expect = match form.expect {
            Expectation::Reaches => Expect::Reaches,
            Expectation::ReachesAny => Expect::ReachesAny,
            Expectation::DoesNotReach => Expect::Unreached,
        };
        let lost = form.without.map(|without| match without {
            Without::Word(AnyZone::AnyZone) => Loss::AnyZone,
            Without::Zone(ZoneForm { zone }) => Loss::Zone(zone),
            Without::Node(NodeForm { node }) => Loss::Node(node),
        });
        let wanted = match (form.to, form.url) {
            (Some(to), None) => {
                let protocol = form.protocol.as_deref().unwrap_or("tcp");
                let protocol: Protocol = protocol.parse().map_err(|_| format!("{protocol:?} is no protocol"))?;
                if protocol == Protocol::All {
                    return Err("a claim is about one protocol, for example tcp".to_owned());
                }
                if form.port.is_some() && !protocol.has_ports() {
                    return Err(format!("{protocol} has no ports"));
                }
                Wanted::Traffic { to: to.try_into()?, protocol, port: form.port }
            }
            (None, Some(url)) if form.protocol.is_none() && form.port.is_none() => Wanted::Page(url),
            _ => return Err("a claim has either \"to\" (with protocol and port) or \"url\"".to_owned()),
        };
        Ok(Self { expect, from: form.from.try_into()?, wanted, lost })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_has_one_way_to_be_written() {
        for text in [
            r#"{"from":"internet","to":{"kind":"load_balancer"},"protocol":"tcp","port":443}"#,
            r#"{"expect":"does-not-reach","from":"internet","to":{"node":"n7"},"protocol":"udp"}"#,
            r#"{"expect":"does-not-reach","from":"internet","to":{"category":"database"},"protocol":"tcp"}"#,
            r#"{"expect":"reaches-any","from":"web","to":"10.0.1.5","protocol":"icmp","without":{"zone":"a"}}"#,
            r#"{"from":{"node":"n2"},"url":"https://app.example.com/","without":"any-zone"}"#,
            r#"{"from":"198.51.100.7","to":"db","protocol":"50","without":{"node":"n3"}}"#,
        ] {
            let assertion: Assertion = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&assertion).unwrap(), text);
        }
        let short: Assertion = serde_json::from_str(r#"{"from":"internet","to":"web","port":80}"#).unwrap();
        assert_eq!(short, Assertion::reaches(Subject::Internet, Subject::Name("web".to_owned()), 80));
    }

    #[test]
    fn claims_that_say_nothing_are_refused_with_the_reason() {
        for (text, says) in [
            (r#"{"from":"internet"}"#, "either"),
            (r#"{"from":"internet","to":"a","url":"http://a/"}"#, "either"),
            (r#"{"from":"internet","to":"a","port":65536}"#, "65536"),
            (r#"{"from":"internet","to":"a","protocol":"all"}"#, "one protocol"),
            (r#"{"from":"internet","to":"a","protocol":"http"}"#, "http"),
            (r#"{"from":"internet","to":"a","protocol":"icmp","port":1}"#, "no ports"),
            (r#"{"from":"internet","to":{"kind":"castle"}}"#, "castle"),
            (r#"{"from":"internet","to":{"knid":"instance"}}"#, "an end is a word"),
            (r#"{"from":"internet","to":"a","without":"zone a"}"#, "any-zone"),
            (r#"{"from":"internet","to":"a","expect":"maybe"}"#, "maybe"),
            (r#"{"from":"internet","to":"a","colour":1}"#, "colour"),
        ] {
            let error = serde_json::from_str::<Assertion>(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
