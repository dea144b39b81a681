//! A subnet is associated with one route table and one network ACL.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "subnet-associated-twice",
    severity: Severity::Error,
    title: t("두 번 연결된 서브넷", "Subnet associated twice"),
    why: t(
        "서브넷은 라우팅 테이블 하나, 네트워크 ACL 하나만 따라요. 두 번째 연결은 배포가 실패하거나 첫째를 밀어내요.",
        "A subnet follows one route table and one network ACL. A second association fails, or pushes the first away.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n  One: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  Two: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  A: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, RouteTableId: !Ref One}}\n  B: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, RouteTableId: !Ref Two}}\n";
        assert_eq!(found_in(&RULE, resources), ["Net"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n  One: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  Two: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  A: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, RouteTableId: !Ref One}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
