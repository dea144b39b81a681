//! A user's laptop: one address on the internet, "my IP". Not deployed.

use crate::catalog::FieldValue;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::cloudformation::{Group, Parameter, Read};
use crate::field;
use crate::net::Cidr;
use crate::text::{Message, t};

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
        summary: t(
            "인터넷에 있는 사용자 한 명이에요. 이 주소가 보안 그룹 규칙의 '내 IP'예요.",
            "One user on the internet. Its address is the \"My IP\" of security group rules.",
        ),
        category: Category::Placement,
        cloudformation_type: "",
        placement: Placement { root: true, parents: &[] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["user", "my ip", "client", "사용자", "노트북", "내 IP", "클라이언트"],
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    };
    const FIELDS: &'static [Field<Self>] = &[field!(address, "공인 IP 주소", "Public IP address", Widget::Cidr).help(
        "인터넷에서 보이는 내 주소예요. 한 대라면 /32로 써요.",
        "Your address as the internet sees it. A single computer is a /32.",
    )];

    fn parameter(&self, _name: &str) -> Option<(&'static str, Parameter)> {
        let parameter = Parameter {
            group: Group::Access,
            type_name: "String",
            default: self.address.to_string(),
            description: "Your own public address in CIDR form; a single computer ends in /32".to_owned(),
            pattern: r"^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$",
        };
        Some(("Address", parameter))
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(address) = read.parameter() {
            self.address = Cidr::from_value(&address.as_str().into())?;
        }
        Ok(())
    }

    fn caption(&self) -> Option<String> {
        Some(self.address.to_string())
    }
}
