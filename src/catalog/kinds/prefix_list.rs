//! A prefix list: a named set of address blocks that rules and routes refer to.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::net::Cidr;
use crate::text::{Text, t};

/// Address blocks under one name. AWS keeps some itself, such as those of S3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrefixList {
    /// The blocks.
    pub entries: Vec<Cidr>,
    /// The service whose addresses it holds (`s3`, `dynamodb`), for a list that AWS keeps; empty for one of our own.
    pub service: String,
}

impl Resource for PrefixList {
    const KIND: Kind = Kind::PrefixList;
    const ATTRIBUTE: Option<&'static str> = Some("PrefixListId");
    const SPEC: Spec = Spec {
        id: "prefix_list",
        label: t("접두사 목록", "Prefix list"),
        category: Category::Security,
        cloudformation_type: "AWS::EC2::PrefixList",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["pl", "managed prefix list", "관리형 접두사 목록", "prefix"],
    };
    const SUMMARY: Text = t(
        "CIDR 블록 여러 개를 한 이름으로 묶어요. 보안 그룹 규칙과 라우팅에서 함께 써요.",
        "Several CIDR blocks under one name, for rules of security groups and for routes.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(entries, "항목", "Entries", Widget::List)
            .help("CIDR 블록이에요. 예: 10.0.0.0/16", "CIDR blocks, such as 10.0.0.0/16."),
        field!(service, "AWS 서비스", "AWS service", Widget::Line).help(
            "AWS가 관리하는 목록이면 서비스 이름(s3, dynamodb)을 적어요. 직접 만드는 목록이면 비워요.",
            "The service (s3, dynamodb) of a list that AWS manages; empty for one of your own.",
        ),
    ];

    fn is_deployed(&self) -> bool {
        self.service.is_empty()
    }

    fn caption(&self) -> Option<String> {
        Some(if self.service.is_empty() { self.entries.len().to_string() } else { self.service.clone() })
    }
}
