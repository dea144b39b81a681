//! SSH and remote desktop are for known addresses only.
use crate::catalog::kinds::{GroupRule, Laptop, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::covered;
use crate::fixes::rows::{replaced, without};
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr, Protocol, service_name};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "ssh-open-to-world",
    severity: Severity::Warning,
    title: t("SSH가 인터넷 전체에 열려 있음", "SSH open to the whole internet"),
    why: t(
        "로그인 포트는 열자마자 자동화된 공격을 받아요. 관리자의 주소만 허용해야 해요.",
        "Login ports are attacked by robots within minutes. Only the administrator's address should be admitted.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html",
    fixes: true,
    check,
};

/// SSH and remote desktop.
const LOGIN: [u16; 2] = [22, 3389];

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        in_parts(report, id, &node.name, group);
        for (row, rule) in group.inbound.iter().enumerate() {
            // A rule for every port is all-traffic-open-to-world's finding.
            let open = rule.cidr.filter(|cidr| cidr.is_any() && rule.protocol == Protocol::Tcp && !rule.ports.is_all());
            let (Some(from), Some(port)) = (open, LOGIN.into_iter().find(|port| rule.ports.contains(*port))) else {
                continue;
            };
            let (name, number, service) = (&node.name, row + 1, service_name(port).unwrap_or_default());
            let note = report
                .note(
                    id,
                    message!(
                        "보안 그룹 {name}의 {number}번째 규칙이 {service} 포트 {port}을(를) 인터넷 전체({from})에 열어요. 소스를 관리자의 주소(예: 203.0.113.10/32)나 배스천의 보안 그룹으로 좁히세요.",
                        "Rule {number} of security group {name} opens {service} port {port} to the whole internet ({from}). Narrow the source to the administrator's address, such as 203.0.113.10/32, or to the bastion's group."
                    ),
                )
                .field(id_of!(SecurityGroup.inbound))
                    .row(row);
            let Some(laptop) = context.laptop().and_then(|id| context.design.get::<Laptop>(id)) else { continue };
            if rule.ports.only_port().is_none() || laptop.address.prefix_len() == 0 {
                continue;
            }
            let address = laptop.address;
            let narrowed = GroupRule { cidr: Some(AnyCidr::V4(address)), ..rule.clone() };
            let same = |other: &GroupRule| {
                GroupRule { description: String::new(), ..other.clone() }
                    == GroupRule { description: String::new(), ..narrowed.clone() }
            };
            let rows = if group.inbound.iter().any(same) {
                without(&group.inbound, row)
            } else {
                replaced(&group.inbound, row, &narrowed)
            };
            note.fix(
                message!("내 컴퓨터의 주소 {address}만 허용하기", "Admit the laptop's address {address} only"),
                vec![Edit::set(id, id_of!(SecurityGroup.inbound), rows)],
            );
        }
    }
}

/// Rules none of which names everybody, and which admit everybody together: 0.0.0.0/1 and 128.0.0.0/1.
fn in_parts(report: &mut Report, id: NodeId, name: &str, group: &SecurityGroup) {
    for port in LOGIN {
        let speaks =
            |rule: &&GroupRule| rule.protocol == Protocol::Tcp && !rule.ports.is_all() && rule.ports.contains(port);
        let blocks = || group.inbound.iter().filter(speaks).filter_map(|rule| rule.cidr?.v4());
        if blocks().any(|block| block.prefix_len() == 0) || !covered(Cidr::ANY, blocks()) {
            continue;
        }
        let service = service_name(port).unwrap_or_default();
        let listed = blocks().map(|block| block.to_string()).collect::<Vec<_>>().join(", ");
        report
            .note(
                id,
                message!(
                    "보안 그룹 {name}의 규칙들({listed})이 합쳐서 {service} 포트 {port}을(를) 인터넷 전체에 열어요. 소스를 관리자의 주소(예: 203.0.113.10/32)나 배스천의 보안 그룹으로 좁히세요.",
                    "Rules of security group {name} ({listed}) together open {service} port {port} to the whole internet. Narrow the sources to the administrator's address, such as 203.0.113.10/32, or to the bastion's group."
                ),
            )
            .field(id_of!(SecurityGroup.inbound));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{GroupRule, Laptop};
    use crate::net::{AnyCidr, PortRange};
    use crate::rules::testing::{fires, found_in, quiet, two_zones};

    #[test]
    fn fires_on_ssh_and_remote_desktop_from_anywhere() {
        let mut sketch = two_zones();
        sketch.add("", "me", Laptop::default());
        let rdp = GroupRule::tcp(3389, "::/0".parse().unwrap());
        let range = GroupRule { ports: PortRange::new(20, 25).unwrap(), ..GroupRule::default() };
        sketch.rows("web-sg", "inbound", &[GroupRule::tcp(22, AnyCidr::default()), rdp, range]);
        fires(&RULE, &sketch, &["web-sg"]);
    }

    #[test]
    fn quiet_from_one_address_and_from_a_group() {
        let mut sketch = two_zones();
        let group = sketch.id("web-sg");
        sketch.rows(
            "web-sg",
            "inbound",
            &[GroupRule::tcp(22, "203.0.113.10/32".parse().unwrap()), GroupRule::tcp_from(22, group)],
        );
        quiet(&RULE, &sketch);
    }

    #[test]
    fn fires_on_blocks_that_are_everybody_together() {
        let found = |blocks: &[&str]| {
            let mut sketch = two_zones();
            let rows: Vec<GroupRule> = blocks.iter().map(|block| GroupRule::tcp(22, block.parse().unwrap())).collect();
            sketch.rows("web-sg", "inbound", &rows);
            crate::rules::check(sketch.design()).into_iter().filter(|finding| finding.rule == RULE.id).count()
        };
        assert_eq!(found(&["0.0.0.0/1", "128.0.0.0/1"]), 1);
        assert_eq!(found(&["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"]), 1);
        assert_eq!(found(&["0.0.0.0/1", "128.0.0.0/2"]), 0);
        assert_eq!(found(&["0.0.0.0/0", "128.0.0.0/1"]), 1, "one that is everybody's alone says so");
    }

    #[test]
    fn fires_on_a_row_beside_one_that_is_not_known() {
        let group = |rows: &str| {
            format!(
                "  Group: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{GroupDescription: web, VpcId: vpc-0123456789abcdef0, SecurityGroupIngress: [{rows}]}}}}\n"
            )
        };
        let ssh = "{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}";
        let unknown = "{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !ImportValue office}";
        let port = "{IpProtocol: tcp, FromPort: !ImportValue port, ToPort: !ImportValue port, CidrIp: 0.0.0.0/0}";
        assert_eq!(found_in(&RULE, &group(&format!("{unknown}, {ssh}"))), ["Group"]);
        assert_eq!(found_in(&RULE, &group(&format!("{unknown}, {port}"))), [""; 0]);
    }
}
