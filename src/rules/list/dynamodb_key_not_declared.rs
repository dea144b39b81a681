//! A table's keys are among its declared attributes.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{Attribute, DynamodbTable};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "dynamodb-key-not-declared",
    severity: Severity::Warning,
    title: t("유형을 정하지 않은 DynamoDB 키", "DynamoDB key without a declared type"),
    why: t(
        "키와 인덱스에 쓰는 속성은 유형을 정해야 하고, 쓰지 않는 속성은 적을 수 없어요.",
        "Attributes of keys and indexes need a type, and no others may be declared.",
    ),
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<DynamodbTable>() {
        let keys = table.key_attributes();
        let undeclared: Vec<&str> =
            keys.iter().copied().filter(|key| !table.attributes.iter().any(|one| one.name == *key)).collect();
        let unused: Vec<&str> =
            table.attributes.iter().map(|one| one.name.as_str()).filter(|name| !keys.contains(name)).collect();
        let name = &node.name;
        let mended: Vec<Attribute> = keys
            .iter()
            .map(|key| {
                let declared = table.attributes.iter().find(|one| one.name == *key).cloned();
                declared.unwrap_or_else(|| Attribute { name: (*key).to_owned(), ..Attribute::default() })
            })
            .collect();
        let fix = vec![Edit::set(id, id_of!(DynamodbTable.attributes), mended.to_value())];
        if !undeclared.is_empty() {
            let listed = undeclared.join(", ");
            report
                .note(
                    id,
                    message!(
                        "DynamoDB 테이블 {name}의 키 {listed}의 유형을 정하지 않아서 문자열로 내보내요. 키 속성에 유형을 적으세요.",
                        "Keys of DynamoDB table {name} have no declared type and are exported as strings: {listed}. Declare them among the key attributes."
                    ),
                )
                .field(id_of!(DynamodbTable.attributes))
                .fix(message!("키 속성에 {listed} 넣기", "Declare {listed}"), fix);
        } else if !unused.is_empty() {
            let listed = unused.join(", ");
            report
                .note(
                    id,
                    message!(
                        "DynamoDB 테이블 {name}의 속성 {listed}은(는) 어느 키에도 쓰지 않아요. 키가 아닌 속성은 적지 않아도 저장할 수 있어요.",
                        "Attributes of DynamoDB table {name} are in no key: {listed}. Others than keys are stored without being declared."
                    ),
                )
                .field(id_of!(DynamodbTable.attributes))
                .fix(message!("{listed} 빼기", "Take {listed} out"), fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Attribute, DynamodbTable};
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_a_key_without_a_type_and_on_a_type_without_a_key() {
        let mut sketch = published();
        sketch.add("virginia", "orders", DynamodbTable { sort_key: "day".to_owned(), ..DynamodbTable::default() });
        fires(&RULE, &sketch, &["orders"]);
        sketch.set("orders", "sort_key", "");
        sketch.rows(
            "orders",
            "attributes",
            &["id", "color"].map(|name| Attribute { name: name.to_owned(), ..Attribute::default() }),
        );
        fires(&RULE, &sketch, &["orders"]);
    }

    #[test]
    fn quiet_on_a_new_table() {
        let mut sketch = published();
        sketch.add("virginia", "orders", DynamodbTable::default());
        quiet(&RULE, &sketch);
    }
}
