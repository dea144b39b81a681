//! The internet: who everybody outside is. Not deployed.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec};
use crate::text::{Text, t};

/// The public internet as a source and destination of packets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Internet;

impl Resource for Internet {
    const KIND: Kind = Kind::Internet;
    const SPEC: Spec = Spec {
        id: "internet",
        label: t("인터넷", "Internet"),
        category: Category::Placement,
        cloudformation_type: "",
        placement: Placement { root: true, parents: &[] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["world", "public", "외부", "바깥", "0.0.0.0/0"],
    };
    const SUMMARY: Text = t(
        "AWS 바깥의 모든 주소예요. 경로 추적의 출발지나 목적지로 써요.",
        "Every address outside AWS: where packets come from or go to.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-igw-internet-access.html";
    const FIELDS: &'static [Field<Self>] = &[];
}
