//! A user's laptop: one address on the internet, "my IP". Not deployed.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::net::Cidr;
use crate::text::{Text, t};

/// One person's computer outside AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laptop {
    /// Its public address as others see it, usually a /32.
    pub address: Cidr,
}

impl Default for Laptop {
    fn default() -> Self {
        // TEST-NET-3, which documentation may use (RFC 5737).
        Self { address: Cidr::host(std::net::Ipv4Addr::new(203, 0, 113, 10)) }
    }
}

impl Resource for Laptop {
    const KIND: Kind = Kind::Laptop;
    const SPEC: Spec = Spec {
        id: "laptop",
        label: t("내 컴퓨터", "User's laptop"),
        category: Category::Placement,
        cloudformation_type: "",
        placement: Placement { root: true, parents: &[] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["user", "my ip", "client", "사용자", "노트북", "내 IP", "클라이언트"],
    };
    const SUMMARY: Text = t(
        "인터넷에 있는 사용자 한 명이에요. 이 주소가 보안 그룹 규칙의 '내 IP'예요.",
        "One user on the internet. Its address is the \"My IP\" of security group rules.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";
    const FIELDS: &'static [Field<Self>] = &[field!(address, "퍼블릭 IP 주소", "Public IP address", Widget::Cidr)
        .help(
            "인터넷에서 보이는 내 주소예요. 한 대라면 /32로 써요.",
            "Your address as the internet sees it. A single computer is a /32.",
        )];

    fn caption(&self) -> Option<String> {
        Some(self.address.to_string())
    }
}
