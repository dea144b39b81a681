//! A database without a subnet group goes to another VPC.
use crate::catalog::kinds::{DbInstance, DbSubnetGroup, Vpc};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "database-without-subnet-group",
    severity: Severity::Error,
    title: t("DB 서브넷 그룹이 없는 데이터베이스", "Database without a subnet group"),
    why: t(
        "DB 서브넷 그룹이 없으면 RDS는 계정의 기본 VPC에 데이터베이스를 만들어요. 그린 VPC에서는 닿지 않고, 이 VPC의 보안 그룹도 붙지 않아요.",
        "Without a subnet group RDS uses the account's default VPC, which the drawn one does not reach and whose groups do not fit.",
    ),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    // A design without a VPC of its own means the default one.
    let is_own = |vpc| context.design.template().is_none_or(|template| !template.is_outside(vpc));
    if !context.all::<Vpc>().any(|(vpc, ..)| is_own(vpc)) {
        return;
    }
    for (id, node, _) in context.all::<DbInstance>().filter(|(_, _, database)| database.subnet_group.is_none()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "데이터베이스 {name}에 DB 서브넷 그룹이 없어서 기본 VPC에 만들어져요. 이 VPC의 프라이빗 서브넷으로 그룹을 만들어 고르세요.",
                    "Database {name} has no subnet group and would be created in the default VPC. Choose a group of private subnets of this VPC."
                ),
            )
            .field(id_of!(DbInstance.subnet_group));
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        if let Some((group, group_node, _)) = context.within::<DbSubnetGroup>(vpc).next() {
            let group_name = &group_node.name;
            note.fix(
                message!("DB 서브넷 그룹 {group_name} 고르기", "Choose subnet group {group_name}"),
                vec![Edit::set(id, id_of!(DbInstance.subnet_group), group)],
            );
            continue;
        }
        let subnets = context.one_of_each_zone(id);
        if subnets.len() > 1 {
            let fresh = context.design.next_id();
            let mut edits =
                mend::add_tile(context, "db-subnets", vpc, DbSubnetGroup { subnets, ..DbSubnetGroup::default() });
            edits.push(Edit::set(id, id_of!(DbInstance.subnet_group), fresh));
            note.fix(message!("DB 서브넷 그룹을 만들어 고르기", "Create a subnet group and choose it"), edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, found_in, quiet};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_and_chooses_the_group_or_makes_one() {
        let mut sketch = stored();
        sketch.set("db", "subnet_group", Value::None);
        fires(&RULE, &sketch, &["db"]);
        sketch.remove("db-subnets");
        fires(&RULE, &sketch, &["db"]);
    }

    #[test]
    fn quiet_with_a_group() {
        quiet(&RULE, &stored());
    }

    #[test]
    fn quiet_without_a_vpc_on_a_replica_and_on_a_group_outside_the_template() {
        let database = |more: &str| {
            format!(
                "  Db: {{Type: 'AWS::RDS::DBInstance', Properties: {{DBInstanceClass: db.t4g.micro, Engine: mysql{more}}}}}\n"
            )
        };
        let vpc = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, &database("")), Vec::<String>::new());
        for more in
            [", SourceDBInstanceIdentifier: first", ", DBClusterIdentifier: cluster", ", DBSubnetGroupName: private"]
        {
            assert_eq!(found_in(&RULE, &format!("{vpc}{}", database(more))), Vec::<String>::new(), "{more}");
        }
        assert_eq!(found_in(&RULE, &format!("{vpc}{}", database(""))), ["Db"]);
    }
}
