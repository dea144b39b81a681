//! What a kind of resource is: a typed struct and a constant [`Spec`].

use super::field::Field;
use super::{Kind, Value};
use crate::text::{Text, t};

/// What is uniform about a kind.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Stable name in files: `security_group`.
    pub id: &'static str,
    /// AWS's own term.
    pub label: Text,
    /// Where the palette lists it.
    pub category: Category,
    /// `AWS::EC2::Subnet`; empty for what is not deployed (actors, zone lanes).
    pub cloudformation_type: &'static str,
    /// What may hold it.
    pub placement: Placement,
    /// How it stands on the canvas.
    pub shape: Shape,
    /// Template properties that name the nearest ancestor of a kind: `(Kind::Vpc, "VpcId")`.
    pub ancestors: &'static [(Kind, &'static str)],
    /// Whether CloudFormation takes a `Tags` list, so that the name becomes its Name tag.
    pub tags: bool,
    /// Other words people search for, both languages.
    pub keywords: &'static [&'static str],
}

/// Where a kind may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Directly on the canvas, outside every frame.
    pub root: bool,
    /// In frames of these kinds.
    pub parents: &'static [Kind],
}

/// How a kind stands on the canvas. Sizes are in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A frame that holds others; the size is what an empty one gets.
    Frame {
        /// Width of an empty frame.
        w: f64,
        /// Height of an empty frame.
        h: f64,
    },
    /// An icon with a name beneath.
    Tile,
}

impl Shape {
    /// Size of a new one.
    pub const fn size(self) -> (f64, f64) {
        match self {
            Self::Frame { w, h } => (w, h),
            Self::Tile => (TILE_W, TILE_H),
        }
    }

    /// Whether it can hold others.
    pub const fn is_frame(self) -> bool {
        matches!(self, Self::Frame { .. })
    }
}

/// Width of a tile, icon and name together.
pub const TILE_W: f64 = 96.0;
/// Height of a tile.
pub const TILE_H: f64 = 72.0;

/// The palette's groups, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Regions, zones, and who is outside.
    Placement,
    /// VPCs, routing and gateways.
    Network,
    /// Groups, ACLs, keys.
    Security,
    /// Instances and what runs code.
    Compute,
    /// Balancers, listeners and targets.
    LoadBalancing,
    /// DNS and certificates.
    Names,
    /// Files and volumes.
    Storage,
    /// Databases.
    Database,
    /// Container images, tasks and services.
    Containers,
    /// Functions and APIs.
    Serverless,
    /// Pipelines from source to service.
    Delivery,
    /// Alarms, logs, and templates' other resources.
    Management,
}

impl Category {
    /// All, in the palette's order.
    pub const ALL: [Self; 12] = [
        Self::Placement,
        Self::Network,
        Self::Security,
        Self::Compute,
        Self::LoadBalancing,
        Self::Names,
        Self::Storage,
        Self::Database,
        Self::Containers,
        Self::Serverless,
        Self::Delivery,
        Self::Management,
    ];

    /// Stable name for the command line and style sheets.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Placement => "placement",
            Self::Network => "network",
            Self::Security => "security",
            Self::Compute => "compute",
            Self::LoadBalancing => "load_balancing",
            Self::Names => "names",
            Self::Storage => "storage",
            Self::Database => "database",
            Self::Containers => "containers",
            Self::Serverless => "serverless",
            Self::Delivery => "delivery",
            Self::Management => "management",
        }
    }

    /// The heading.
    pub const fn label(self) -> Text {
        match self {
            Self::Placement => t("배치", "Placement"),
            Self::Network => t("네트워크", "Network"),
            Self::Security => t("보안", "Security"),
            Self::Compute => t("컴퓨팅", "Compute"),
            Self::LoadBalancing => t("로드 밸런싱", "Load balancing"),
            Self::Names => t("이름과 인증서", "Names and certificates"),
            Self::Storage => t("스토리지", "Storage"),
            Self::Database => t("데이터베이스", "Databases"),
            Self::Containers => t("컨테이너", "Containers"),
            Self::Serverless => t("서버리스", "Serverless and APIs"),
            Self::Delivery => t("배포 자동화", "Delivery"),
            Self::Management => t("관리와 모니터링", "Management and monitoring"),
        }
    }
}

/// A kind's typed struct. Everything regular is in [`Resource::SPEC`] and [`Resource::FIELDS`]; only what is irregular is a method.
pub trait Resource: Default + Clone + PartialEq + 'static {
    /// Which kind this is.
    const KIND: Kind;
    /// What is uniform.
    const SPEC: Spec;
    /// What it is and what it is for, in a sentence or two; palette and inspector show it. Beside the uniform part, as the page that it follows, since
    /// that is on the page from the first picture and these are not.
    const SUMMARY: Text;
    /// The AWS page it follows.
    const SOURCE: &'static str;
    /// Its properties in the order the form shows them.
    const FIELDS: &'static [Field<Self>];

    /// For the connect gesture onto a resource of `other` kind where the connection is a row of a table rather than a plain reference:
    /// the field and the row to append. `to` is the other end.
    fn connect_row(&self, _to: crate::id::NodeId, _other: Kind) -> Option<(&'static str, Value)> {
        None
    }

    /// What AWS makes of one of whose properties a template says nothing; a new one may be set up better than that.
    fn bare() -> Self {
        Self::default()
    }

    /// For the connect gesture onto a resource of `other` kind where the connection lies deeper than a row: the field and its whole new value.
    fn connect(&self, _to: crate::id::NodeId, _other: Kind) -> Option<(&'static str, Value)> {
        None
    }

    /// Further types of templates that create the same thing; what was written as one of them stays one.
    const OTHER_TYPES: &'static [&'static str] = &[];

    /// The attribute by which templates refer to it (`Fn::GetAtt`); nothing where `Ref` does.
    const ATTRIBUTE: Option<&'static str> = None;

    /// Whether it becomes a resource of a template.
    fn is_deployed(&self) -> bool {
        !Self::SPEC.cloudformation_type.is_empty()
    }

    /// A second line beneath the name: a CIDR block, a port, a size.
    fn caption(&self) -> Option<String> {
        None
    }
}
