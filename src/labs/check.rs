//! What a lab can ask of a design.

use std::collections::BTreeMap;
use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::select::{Selector, TierName, Wish};
use crate::net::{Cidr, Protocol};
use crate::rules::Severity;

/// Something that a design does or does not do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Somebody reaches somebody, and nobody else does.
    Reaches(Reaches),
    /// Somebody does not reach somebody.
    DoesNotReach(Blocked),
    /// These and nobody else in the whole design, nor on the internet, reach somebody.
    OnlyFrom(Only),
    /// A request is answered.
    Url(Request),
    /// A check still holds when something is lost.
    Survives(Survives),
    /// There are so many of them.
    Exists(Box<Exists>),
    /// Blocks of addresses are planned so.
    Addresses(Addresses),
    /// Fields of a role are so.
    Property(Property),
    /// A build makes an image and hands it on.
    Builds(Builds),
    /// Names fit a pattern.
    Names(Names),
    /// Subnets of a role are public, private or isolated.
    Tier(TierCheck),
    /// No rule finds anything.
    NoFindings(NoFindings),
    /// What it costs.
    Cost(Cost),
    /// What is deleted before what.
    Teardown(Teardown),
    /// The template can be deployed.
    Template(Template),
    /// All of these.
    All(Vec<Self>),
    /// Any of these.
    Any(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
}

/// One end: `internet`, an address, a block of addresses, or a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Who {
    /// Anybody on the internet.
    Internet,
    /// One address.
    Address(Ipv4Addr),
    /// Every address of a block, such as the network of an office.
    Block(Cidr),
    /// Whoever fills a role.
    Role(String),
}

impl FromStr for Who {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "internet" => Ok(Self::Internet),
            "" => Err("an end is \"internet\", an address, a block or the id of a role".to_owned()),
            other if other.contains('/') => {
                other.parse().map(Self::Block).map_err(|_| format!("{other:?} is no block of addresses"))
            }
            other => Ok(other.parse().map_or_else(|_| Self::Role(other.to_owned()), Self::Address)),
        }
    }
}

impl TryFrom<String> for Who {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        word.parse()
    }
}

impl From<Who> for String {
    fn from(who: Who) -> Self {
        who.to_string()
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet => f.write_str("internet"),
            Self::Address(address) => address.fmt(f),
            Self::Block(block) => block.fmt(f),
            Self::Role(id) => f.write_str(id),
        }
    }
}

/// What passes: TCP if nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "TrafficForm", into = "TrafficForm")]
pub struct Traffic {
    /// By which protocol.
    pub protocol: Protocol,
    /// To which port; of ICMP the type. Without one, every port where something reaches and any where it must not.
    pub port: Option<u16>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TrafficForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    protocol: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    icmp_type: Option<u8>,
}

impl TryFrom<TrafficForm> for Traffic {
    type Error = String;

    fn try_from(form: TrafficForm) -> Result<Self, String> {
        let said = form.protocol.as_deref().unwrap_or(if form.icmp_type.is_some() { "icmp" } else { "tcp" });
        let protocol: Protocol = said.parse().map_err(|_| format!("{said:?} is no protocol"))?;
        match (protocol, form.port, form.icmp_type) {
            (Protocol::All, ..) => Err("a check is about one protocol, for example tcp".to_owned()),
            (Protocol::Icmp, None, kind) => Ok(Self { protocol, port: kind.map(u16::from) }),
            (Protocol::Icmp, Some(_), _) => Err("icmp has no ports; write icmp_type".to_owned()),
            (_, _, Some(_)) => Err(format!("icmp_type is for icmp, not for {protocol}")),
            (_, Some(_), None) if !protocol.has_ports() => Err(format!("{protocol} has no ports")),
            (_, port, None) => Ok(Self { protocol, port }),
        }
    }
}

impl From<Traffic> for TrafficForm {
    fn from(Traffic { protocol, port }: Traffic) -> Self {
        let icmp = protocol == Protocol::Icmp;
        Self {
            protocol: (protocol != Protocol::Tcp).then(|| protocol.to_string()),
            port: port.filter(|_| !icmp),
            icmp_type: port.filter(|_| icmp).and_then(|kind| u8::try_from(kind).ok()),
        }
    }
}

/// Somebody reaches somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reaches {
    /// Who begins.
    pub from: Who,
    /// Who answers.
    pub to: Who,
    /// By what.
    #[serde(default = "any_tcp")]
    pub by: Traffic,
    /// How many.
    #[serde(default, skip_serializing_if = "HowMany::is_each")]
    pub how: HowMany,
    /// Who else may.
    #[serde(default, skip_serializing_if = "Others::is_nobody")]
    pub others: Others,
}

const fn any_tcp() -> Traffic {
    Traffic { protocol: Protocol::Tcp, port: None }
}

/// How many of those who begin must get through, and to how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowMany {
    /// Each of them, to each.
    #[default]
    Each,
    /// One of them, to one.
    Any,
    /// At least so many of them, each to one; where only one begins, one to at least so many.
    AtLeast(usize),
}

impl HowMany {
    fn is_each(&self) -> bool {
        *self == Self::Each
    }
}

/// Who beside those that are named may reach the same: the negative side of a check, on by default so that opening everything never passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// Nobody in the design and nobody on the internet but whom other checks of the lab let in, and the internet by no other port either.
    #[default]
    Nobody,
    /// Whoever is in the design; from the internet only whom checks let in.
    Inside,
    /// Anybody.
    Anybody,
}

impl Others {
    fn is_nobody(&self) -> bool {
        *self == Self::Nobody
    }
}

/// Somebody does not reach somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocked {
    /// Who begins.
    pub from: Who,
    /// Who does not answer.
    pub to: Who,
    /// By what.
    #[serde(default = "any_tcp")]
    pub by: Traffic,
    /// By any port of TCP and UDP but these, where some are given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Traffic>,
}

/// Nobody but these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Only {
    /// Who may; they need not.
    pub from: Vec<Who>,
    /// Whom.
    pub to: Who,
    /// By what; by anything if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Traffic>,
}

impl Only {
    /// All that is asked, one after the other.
    pub fn traffic(&self) -> Vec<Traffic> {
        let any = || [Protocol::Tcp, Protocol::Udp, Protocol::Icmp].map(|protocol| Traffic { protocol, port: None });
        self.by.map_or_else(|| any().to_vec(), |by| vec![by])
    }
}

/// A request for a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Who asks.
    #[serde(default = "internet")]
    pub from: Who,
    /// What for: `https://www.example.com/api/`.
    pub url: String,
    /// Who answers: targets of this role, and no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The status of the answer where a listener gives it at once; without one, a page is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Where the first answer sends the client: an address, or a pattern of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// Who else may reach those that answer directly.
    #[serde(default, skip_serializing_if = "Others::is_nobody")]
    pub others: Others,
}

const fn internet() -> Who {
    Who::Internet
}

/// A check still holds when something is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survives {
    /// What is lost, one after the other.
    pub lost: Lost,
    /// What must still hold for those that are left.
    pub check: Box<Check>,
}

/// What is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// Each availability zone in turn.
    AnyZone,
    /// Each of a role in turn.
    EachOf(String),
    /// All of a role at once.
    AllOf(String),
}

/// There are so many of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exists {
    /// Of whom.
    pub what: Selector,
    /// What to call them, where their kind does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<crate::text::Message>,
    /// At least so many; 1 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<usize>,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
    /// In at least so many availability zones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zones: Option<usize>,
}

/// A plan of addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addresses {
    /// Whose blocks: subnets or VPCs.
    pub of: String,
    /// All lie in this block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Cidr>,
    /// None overlaps another, nor one of a role below.
    #[serde(default, skip_serializing_if = "super::select::is_off")]
    pub disjoint: bool,
    /// Nor these blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart_from: Vec<Cidr>,
    /// Each has at least so many usable addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_min: Option<u64>,
    /// Each has at most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_max: Option<u64>,
    /// They lie in at least so many availability zones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zones: Option<usize>,
    /// Their VPC has room for another block of this prefix length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_for: Option<u8>,
}

/// Fields of a role are so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// Whose.
    pub of: String,
    /// By the field's id.
    pub fields: BTreeMap<String, Wish>,
    /// Whether one of them is enough.
    #[serde(default, skip_serializing_if = "super::select::is_off")]
    pub any: bool,
}

/// A build project makes an image, pushes it and hands over a file that says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Builds {
    /// Whose buildspec.
    pub of: String,
    /// The role of the repository it pushes to, which one of its environment variables names.
    pub pushes: String,
    /// The file that it writes and that is among its artifacts.
    pub hands_over: String,
}

/// Names fit a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Whose.
    pub of: String,
    /// The pattern: `*` stands for anything, `?` for one letter.
    pub like: String,
}

/// How subnets get out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierCheck {
    /// Whose: subnets, or what stands in them.
    pub of: String,
    /// How.
    pub is: TierName,
}

/// No rule finds anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFindings {
    /// Of this severity or worse; errors if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityName>,
    /// Of these rules only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Of any but these rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeverityName {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Everything.
    Info,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Error => Self::Error,
            SeverityName::Warning => Self::Warning,
            SeverityName::Info => Self::Info,
        }
    }
}

/// What it costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// US dollars a month by list price, at most.
    pub under: f64,
}

/// What is deleted before what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Teardown {
    /// The role whose resources go first.
    pub first: String,
    /// The role whose resources can go only then.
    pub then: String,
}

/// The template can be deployed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// At most so many resources; CloudFormation's own limits count in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources_max: Option<usize>,
}
