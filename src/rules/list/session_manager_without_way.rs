//! An instance that Session Manager is to reach has a role, a way to it and groups that let it out.

use crate::catalog::kinds::{
    EndpointType, GroupRule, IamPolicy, IamRole, Instance, InstanceProfile, SecurityGroup, VpcEndpoint,
};
use crate::catalog::{FieldValue, JsonText, Shape, Value};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::facts::admission::is_about;
use crate::facts::policies::statements;
use crate::facts::tasks::WayOut;
use crate::id::NodeId;
use crate::message;
use crate::net::Protocol;
use crate::rules::{Report, Rule, Severity};
use crate::template::Json;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "session-manager-without-way",
    severity: Severity::Warning,
    title: t("Session Manager가 닿지 못하는 인스턴스", "Instance that Session Manager does not reach"),
    why: t(
        "Session Manager로 접속하려면 인스턴스의 에이전트가 443 포트로 Systems Manager에 닿아야 해요. NAT나 ssm, ssmmessages 엔드포인트가 길이에요.",
        "Session Manager works only where the instance's agent reaches Systems Manager on port 443: by NAT, or by endpoints for ssm and ssmmessages.",
    ),
    source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-prerequisites.html",
    fixes: true,
    check,
};

/// The endpoints that the agent needs where there is no way to the internet.
const SERVICES: [&str; 2] = ["ssm", "ssmmessages"];
/// The policies of AWS that let the agent speak with Systems Manager.
const POLICIES: [&str; 3] =
    ["AmazonSSMManagedInstanceCore", "AmazonEC2RoleforSSM", "AmazonSSMManagedEC2InstanceDefaultPolicy"];
/// HTTPS.
const PORT: u16 = 443;

/// The role of an instance, if it is meant for Session Manager.
fn managed_role(context: &Context, instance: &Instance) -> Option<(NodeId, NodeId)> {
    let profile = instance.instance_profile?;
    let role = context.design.get::<InstanceProfile>(profile)?.role?;
    let body = context.design.get::<IamRole>(role)?;
    let by_aws = body.aws_policies.iter().any(|policy| POLICIES.contains(&policy.short_name()));
    let own = body.policies.iter().filter_map(|id| Some(&context.design.get::<IamPolicy>(*id)?.document));
    let documents = own.chain(body.inline_policies.iter().map(|policy| &policy.document));
    (by_aws || documents.filter_map(JsonText::json).any(|json| is_for_agent(&json))).then_some((profile, role))
}

/// Whether a document names what the agent does, and so is written for it: leave to do everything is not.
/// See <https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html>.
fn is_for_agent(document: &Json) -> bool {
    let allows = |statement: &&Json| statement.get("Effect").and_then(Json::as_str) == Some("Allow");
    let actions = statements(document).into_iter().filter(allows).filter_map(|statement| statement.get("Action"));
    let actions: Vec<&Json> =
        actions.flat_map(|action| action.as_array().map_or_else(|| vec![action], |all| all.iter().collect())).collect();
    let names = |begin: &str| {
        let begins = |action: &&str| action.to_ascii_lowercase().starts_with(begin);
        actions.iter().filter_map(|action| action.as_str()).any(|action| begins(&action))
    };
    names("ssm:updateinstanceinformation") && names("ssmmessages:")
}

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let (Some((profile, role)), Some((subnet, _)), Some((vpc, _))) =
            (managed_role(context, instance), context.subnet_of(id), context.vpc_of(id))
        else {
            continue;
        };
        let given = [
            (id, "instance_profile"),
            (profile, "role"),
            (role, "aws_policies"),
            (role, "inline_policies"),
            (id, "security_groups"),
        ];
        let name = &node.name;
        let groups: Vec<&SecurityGroup> =
            context.groups_of_instance(instance).iter().filter_map(|id| context.design.get(*id)).collect();
        let lets_out = |group: &&SecurityGroup| group.outbound.iter().any(|rule| is_about(rule, Protocol::Tcp, PORT));
        if !groups.is_empty() && !groups.iter().any(lets_out) {
            let names = context.names(context.groups_of_instance(instance));
            let note = report
                .note(
                    id,
                    message!(
                        "인스턴스 {name}의 보안 그룹({names})이 TCP 443을 내보내지 않아서 에이전트가 Session Manager에 닿지 못해요. 443 아웃바운드 규칙을 더하세요.",
                        "The security groups ({names}) of instance {name} do not let TCP 443 out, so its agent does not reach Session Manager. Add an outbound rule for 443."
                    ),
                )
                .field("security_groups")
                .given_all(context.outbound_of(context.groups_of_instance(instance)))
                .given_all(given);
            let first = context
                .groups_of_instance(instance)
                .first()
                .and_then(|id| Some((*id, context.design.get::<SecurityGroup>(*id)?)));
            if let Some((first, group)) = first {
                let rule = GroupRule::tcp(PORT, crate::net::AnyCidr::default());
                let rows = group.outbound.iter().chain([&rule]).map(FieldValue::to_value).collect();
                let first_name = context.name(first);
                note.fix(
                    message!("{first_name}에서 TCP 443 내보내기", "Let TCP 443 out of {first_name}"),
                    vec![Edit::set(first, "outbound", Value::List(rows))],
                );
            }
            continue;
        }
        let has_way = match context.way_out(subnet) {
            WayOut::Through => true,
            WayOut::Public => context.has_public_address(id, instance),
            WayOut::None => false,
        };
        let missing: Vec<&str> =
            SERVICES.into_iter().filter(|service| context.interface_endpoint(vpc, service).is_none()).collect();
        if !missing.is_empty() && !has_way {
            let (list, subnet_name) = (missing.join(", "), context.name(subnet));
            let note = report
                .note(
                    id,
                    message!(
                        "서브넷 {subnet_name}의 인스턴스 {name}에서 {list}(으)로 가는 길이 없어서 Session Manager로 접속할 수 없어요. NAT 게이트웨이로 가는 경로나 엔드포인트를 더하세요.",
                        "No way leads from instance {name} in subnet {subnet_name} to {list}, so Session Manager does not reach it. Add a route to a NAT gateway, or endpoints for these services."
                    ),
                )
                .field("instance_profile")
                .given_all(context.way_of(subnet))
                .given_all(context.address_of(id))
                .given_all(given);
            if let Some(edits) = endpoints(context, vpc, subnet, instance, &missing) {
                note.fix(message!("{list} 엔드포인트 만들기", "Create endpoints for {list}"), edits);
            }
            continue;
        }
        closed(context, report, (id, name, instance), subnet, vpc, &given);
    }
}

/// Tells of the endpoints that do not admit the instance.
fn closed(
    context: &Context,
    report: &mut Report,
    (id, name, instance): (NodeId, &str, &Instance),
    subnet: NodeId,
    vpc: NodeId,
    given: &[(NodeId, &'static str)],
) {
    for service in SERVICES {
        let Some((endpoint, body)) = context.interface_endpoint(vpc, service) else { continue };
        if context.admits_interfaces(&body.security_groups, PORT, context.groups_of_instance(instance), &[subnet]) {
            continue;
        }
        let endpoint_name = context.name(endpoint);
        let note = report
            .note(
                endpoint,
                message!(
                    "엔드포인트 {endpoint_name}의 보안 그룹이 인스턴스 {name}에서 오는 TCP 443을 막아서 Session Manager로 접속할 수 없어요. 인스턴스의 보안 그룹에서 오는 443을 허용하세요.",
                    "The security groups of endpoint {endpoint_name} do not admit TCP 443 from instance {name}, so Session Manager does not reach it. Admit 443 from the instance's security group."
                ),
            )
            .field("security_groups")
            .given_all(context.inbound_of(&body.security_groups))
            .given_all([(subnet, "cidr"), (id, "instance_profile")])
            .given_all(given.iter().copied());
        let first = body.security_groups.iter().find_map(|id| Some((*id, context.design.get::<SecurityGroup>(*id)?)));
        if let (Some((first, group)), Some(from)) = (first, context.groups_of_instance(instance).first()) {
            let rule = GroupRule::tcp_from(PORT, *from);
            let rows = group.inbound.iter().chain([&rule]).map(FieldValue::to_value).collect();
            let (first_name, from) = (context.name(first), context.name(*from));
            note.fix(
                message!("{first_name}에 {from}의 443 허용하기", "Admit 443 from {from} in {first_name}"),
                vec![Edit::set(first, "inbound", Value::List(rows))],
            );
        }
    }
}

/// Endpoints in the instance's subnet, with a group of their own that admits the instance.
fn endpoints(
    context: &Context,
    vpc: NodeId,
    subnet: NodeId,
    instance: &Instance,
    missing: &[&str],
) -> Option<Vec<Edit>> {
    let (from, design) = (*context.groups_of_instance(instance).first()?, context.design);
    let body = design.get::<crate::catalog::kinds::Vpc>(vpc)?;
    let (group, (w, h)) = (design.next_id(), Shape::Tile.size());
    let inbound = vec![GroupRule::tcp_from(PORT, from)];
    let mut after = design.clone();
    let mut edits = Vec::new();
    let mut make = |edit: Edit| {
        after.apply(&edit).ok()?;
        edits.push(edit);
        Some(())
    };
    let tile = |design: &crate::design::Design, name: &str, body: crate::catalog::Body| Node {
        name: design.fresh_name(name),
        parent: Some(vpc),
        rect: design.free_spot(Some(vpc), w, h),
        body,
        origin: String::new(),
    };
    make(Edit::add(group, tile(design, "ssm-sg", SecurityGroup { inbound, ..SecurityGroup::default() }.into())))?;
    for (at, service) in missing.iter().enumerate() {
        let endpoint = VpcEndpoint {
            endpoint_type: EndpointType::Interface,
            service: (*service).to_owned(),
            subnets: vec![subnet],
            security_groups: vec![group],
            ..VpcEndpoint::default()
        };
        let id = NodeId(group.0.saturating_add(1).saturating_add(u32::try_from(at).unwrap_or_default()));
        make(Edit::add(id, tile(design, service, endpoint.into())))?;
    }
    for (field, on) in [("dns_support", body.dns_support), ("dns_hostnames", body.dns_hostnames)] {
        if !on {
            make(Edit::set(vpc, field, true))?;
        }
    }
    edits.extend(after.growth(vpc));
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::permissions::AwsPolicy;
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    /// [`two_zones`] whose `app` has a role for Session Manager.
    fn managed() -> Named {
        let mut n = two_zones();
        let aws_policies = vec![AwsPolicy::named(POLICIES[0])];
        let role = n.add("region", "role", IamRole { aws_policies, ..IamRole::default() });
        let profile = n.add("region", "profile", InstanceProfile { role: Some(role), ..InstanceProfile::default() });
        n.set("app", "instance_profile", profile);
        n
    }

    fn with_endpoints(n: &mut Named, group: SecurityGroup) {
        let (subnets, group) = (vec![n.id("private-a")], n.add("vpc", "ssm-group", group));
        for service in SERVICES {
            let endpoint = VpcEndpoint {
                endpoint_type: EndpointType::Interface,
                service: service.to_owned(),
                subnets: subnets.clone(),
                security_groups: vec![group],
                ..VpcEndpoint::default()
            };
            n.add("vpc", service, endpoint);
        }
    }

    #[test]
    fn fires_without_a_way() {
        let mut n = managed();
        n.set("private-a", "route_table", Value::None);
        fires(&RULE, &n, &["app"]);
        let mut n = managed();
        n.set("web", "instance_profile", n.id("profile"));
        n.set("web", "public_ip", "no");
        fires(&RULE, &n, &["web"]);
    }

    #[test]
    fn fires_on_closed_groups() {
        let mut n = managed();
        n.rows("web-sg", "outbound", &[GroupRule::tcp(80, crate::net::AnyCidr::default())]);
        fires(&RULE, &n, &["app"]);
        let mut n = managed();
        with_endpoints(&mut n, SecurityGroup::default());
        n.rows("ssm-group", "inbound", &[GroupRule::tcp(443, "10.9.0.0/16".parse().unwrap())]);
        fires(&RULE, &n, &SERVICES);
    }

    #[test]
    fn quiet_with_nat_with_endpoints_and_without_the_role() {
        quiet(&RULE, &managed());
        let mut n = managed();
        n.set("private-a", "route_table", Value::None);
        let inbound = vec![GroupRule::tcp_from(443, n.id("web-sg"))];
        with_endpoints(&mut n, SecurityGroup { inbound, ..SecurityGroup::default() });
        quiet(&RULE, &n);
        let mut n = two_zones();
        n.set("private-a", "route_table", Value::None);
        quiet(&RULE, &n);
    }
}
