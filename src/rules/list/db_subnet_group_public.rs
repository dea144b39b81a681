//! Databases stand in private subnets.
use std::collections::BTreeSet;

use crate::catalog::Value;
use crate::catalog::kinds::DbSubnetGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "db-subnet-group-public",
    severity: Severity::Warning,
    title: t("퍼블릭 서브넷이 든 DB 서브넷 그룹", "DB subnet group with public subnets"),
    why: t(
        "퍼블릭 서브넷의 데이터베이스는 설정 하나로 인터넷에 드러나요. 프라이빗 서브넷이면 길이 없어요.",
        "In a public subnet one setting exposes a database to the internet; in a private one there is no way in.",
    ),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<DbSubnetGroup>() {
        let public: Vec<NodeId> =
            context.group_subnets(id, group).into_iter().filter(|subnet| context.is_public(*subnet)).collect();
        if public.is_empty() {
            continue;
        }
        let (name, names) = (&node.name, context.names(&public));
        let note = report
            .note(
                id,
                message!(
                    "DB 서브넷 그룹 {name}에 퍼블릭 서브넷 {names}이(가) 있어요. 프라이빗 서브넷으로 바꾸세요.",
                    "DB subnet group {name} holds public subnets: {names}. Put private ones in their place."
                ),
            )
            .field(id_of!(DbSubnetGroup.subnets))
            .given_all(public.iter().flat_map(|subnet| context.way_of(*subnet)));
        let private: Vec<NodeId> =
            context.one_of_each_zone(id).into_iter().filter(|subnet| !context.is_public(*subnet)).collect();
        let zones: BTreeSet<&str> = private.iter().filter_map(|subnet| context.zone_of(*subnet)).collect();
        if zones.len() > 1 {
            let names = context.names(&private);
            note.fix(
                message!("{names}(으)로 바꾸기", "Use {names} instead"),
                vec![Edit::set(
                    id,
                    id_of!(DbSubnetGroup.subnets),
                    Value::List(private.into_iter().map(Value::Ref).collect()),
                )],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_on_a_public_subnet() {
        let mut sketch = stored();
        sketch.refs("db-subnets", "subnets", &["public-a", "private-c"]);
        fires(&RULE, &sketch, &["db-subnets"]);
    }

    #[test]
    fn quiet_on_private_ones() {
        quiet(&RULE, &stored());
    }
}
