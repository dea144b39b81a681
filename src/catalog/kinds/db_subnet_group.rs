//! A DB subnet group: the subnets in which RDS may place a database.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// Subnets for databases, in two zones or more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DbSubnetGroup {
    /// Its subnets; empty means a subnet of each zone of the VPC, private ones first.
    pub subnets: Vec<NodeId>,
    /// What it is for; empty falls back to the name. CloudFormation requires it.
    pub description: String,
}

impl Resource for DbSubnetGroup {
    const KIND: Kind = Kind::DbSubnetGroup;
    const SPEC: Spec = Spec {
        id: "db_subnet_group",
        label: t("DB 서브넷 그룹", "DB subnet group"),
        category: Category::Database,
        cloudformation_type: "AWS::RDS::DBSubnetGroup",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["rds", "subnet group", "데이터베이스", "서브넷 그룹"],
    };
    const SUMMARY: Text = t(
        "RDS가 데이터베이스를 둘 수 있는 서브넷이에요. 두 가용 영역 이상의 프라이빗 서브넷을 골라요.",
        "The subnets in which RDS may place a database: private ones in two zones or more.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet])).of_same_vpc().help(
            "서로 다른 가용 영역의 프라이빗 서브넷을 둘 이상 골라요. 비우면 영역마다 하나씩 골라 내보내요.",
            "Two or more private subnets in different zones. Empty exports one of each zone.",
        ),
        field!(description, "설명", "Description", Widget::Line)
            .help("영문, 숫자와 기호로 적어요. 비우면 이름을 써요.", "In ASCII. Empty falls back to the name."),
    ];
}
