//! A DB subnet group spans two zones.
use std::collections::BTreeSet;

use crate::catalog::kinds::DbSubnetGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "db-subnet-group-in-one-zone",
    severity: Severity::Error,
    title: t("한 가용 영역에만 있는 DB 서브넷 그룹", "DB subnet group in one zone"),
    why: t(
        "RDS는 서로 다른 가용 영역의 서브넷이 둘 이상 있어야 DB 서브넷 그룹을 만들어요.",
        "RDS creates a subnet group only with subnets in two zones or more.",
    ),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<DbSubnetGroup>() {
        let subnets = context.group_subnets(id, group);
        let zones: BTreeSet<&str> = subnets.iter().filter_map(|subnet| context.zone_of(*subnet)).collect();
        if zones.len() > 1 {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "DB 서브넷 그룹 {name}에 두 가용 영역의 서브넷이 없어요. 서로 다른 영역의 프라이빗 서브넷을 둘 이상 고르세요.",
                    "DB subnet group {name} does not span two zones. Choose private subnets in two zones or more."
                ),
            )
            .field(id_of!(DbSubnetGroup.subnets));
        let every = context.one_of_each_zone(id);
        if every.len() > 1 {
            let names = context.names(&every);
            let refs: Vec<crate::catalog::Value> = every.into_iter().map(crate::catalog::Value::Ref).collect();
            note.fix(
                message!("{names} 고르기", "Choose {names}"),
                vec![Edit::set(id, id_of!(DbSubnetGroup.subnets), crate::catalog::Value::List(refs))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, found_in, quiet};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_on_two_subnets_of_one_zone() {
        let mut sketch = stored();
        sketch.refs("db-subnets", "subnets", &["private-a", "public-a"]);
        fires(&RULE, &sketch, &["db-subnets"]);
    }

    #[test]
    fn quiet_over_two_zones_and_where_they_are_chosen_at_export() {
        let mut sketch = stored();
        quiet(&RULE, &sketch);
        sketch.refs("db-subnets", "subnets", &[]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_a_list_that_another_stack_exports() {
        let group = |subnets: &str| {
            format!(
                "  Group: {{Type: 'AWS::RDS::DBSubnetGroup', Properties: {{DBSubnetGroupDescription: data, SubnetIds: {subnets}}}}}\n"
            )
        };
        let exported = "!Split [',', {'Fn::ImportValue': network-PrivateSubnets}]";
        assert_eq!(found_in(&RULE, &group(exported)), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &group("[]")), ["Group"]);
    }
}
