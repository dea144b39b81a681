//! A table has a partition key.
use crate::catalog::kinds::DynamodbTable;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "dynamodb-without-partition-key",
    severity: Severity::Error,
    title: t("파티션 키가 없는 DynamoDB 테이블", "DynamoDB table without a partition key"),
    why: t(
        "DynamoDB는 파티션 키로 항목을 나누어 담아서, 키가 없으면 테이블을 만들 수 없어요.",
        "DynamoDB spreads items by their partition key; without one no table can be created.",
    ),
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<DynamodbTable>().filter(|(_, _, table)| table.partition_key.is_empty()) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "DynamoDB 테이블 {name}에 파티션 키가 없어요. id처럼 값이 고르게 퍼지는 속성을 정하세요.",
                    "DynamoDB table {name} has no partition key. Choose an attribute with many different values, such as id."
                ),
            )
            .field(id_of!(DynamodbTable.partition_key))
            .fix(message!("파티션 키를 id로 정하기", "Make id the partition key"), vec![Edit::set(id, id_of!(DynamodbTable.partition_key), "id")]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::DynamodbTable;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_without_one() {
        let mut sketch = published();
        sketch.add("virginia", "orders", DynamodbTable { partition_key: String::new(), ..DynamodbTable::default() });
        fires(&RULE, &sketch, &["orders"]);
    }

    #[test]
    fn quiet_with_one() {
        let mut sketch = published();
        sketch.add("virginia", "orders", DynamodbTable::default());
        quiet(&RULE, &sketch);
    }
}
