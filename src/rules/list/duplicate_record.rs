//! A zone has one record of a name and type, and beside a CNAME none.
use std::collections::BTreeMap;

use crate::catalog::kinds::{RecordSet, RecordType};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::records::{Record, records};
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "duplicate-record",
    severity: Severity::Error,
    title: t("같은 이름의 레코드가 둘", "Two records of one name"),
    why: t(
        "이름과 유형이 같은 레코드는 하나만 만들 수 있고, CNAME이 있는 이름에는 다른 레코드를 둘 수 없어요.",
        "A zone takes one record of a name and type, and a name with a CNAME takes no other record.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let all = records(context.design);
    let mut seen: BTreeMap<_, Vec<&Record<'_>>> = BTreeMap::new();
    for one in &all {
        let (id, record) = (one.holder, &one.set);
        // Of a group without a zone here it is not known whose names its records stand among.
        let home = if one.row.is_none() { context.design.node(id).and_then(|node| node.parent) } else { one.zone };
        if one.row.is_some() && (home.is_none() || !one.is_named) {
            continue;
        }
        let earlier = seen.entry((home, &record.domain)).or_default();
        let own = record.set_identifier.as_str();
        let clash = earlier.iter().find(|other| {
            if !can_compare(context, id, other.holder, id_of!(RecordSet.domain)) {
                return false;
            }
            let (kind, identifier) = (other.set.record_type, other.set.set_identifier.as_str());
            // Among records with identifiers a routing policy chooses.
            let is_chosen = !own.is_empty() && !identifier.is_empty() && identifier != own;
            let same = kind == record.record_type;
            (same && !is_chosen) || (!same && [kind, record.record_type].contains(&RecordType::Cname))
        });
        let Some(first) = clash.copied() else {
            earlier.push(one);
            continue;
        };
        // Of two that answer otherwise only a person knows which is right.
        let same = one.row.is_none() && first.row.is_none() && first.set == one.set;
        let (name, domain, kind) = (one.name(context.design), &record.domain, first.set.record_type);
        let first = first.name(context.design);
        let (own, other) = (record.record_type.as_str(), kind.as_str());
        let note = report
            .note(
                id,
                message!(
                    "레코드 {name}({own})과(와) {first}({other})의 이름이 {domain}(으)로 같아요. 하나를 지우거나 이름을 바꾸세요.",
                    "Records {name} ({own}) and {first} ({other}) have the same name, {domain}. Delete one or rename it."
                ),
            );
        if one.row.is_some() {
            continue;
        }
        let note = note.field(id_of!(RecordSet.domain));
        if same {
            note.fix(message!("레코드 {name} 지우기", "Delete record {name}"), vec![Edit::Remove(id)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{RecordSet, RecordType};
    use crate::rules::check;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_the_same_type_and_beside_a_cname() {
        let mut sketch = named();
        let alias = Some(sketch.id("alb"));
        sketch.add("example-zone", "twin", RecordSet { alias, ..RecordSet::default() });
        fires(&RULE, &sketch, &["twin"]);
        for record_type in [RecordType::A, RecordType::Cname] {
            let mut sketch = named();
            let twin = sketch.add("example-zone", "twin", RecordSet { record_type, ..RecordSet::default() });
            let found = check(sketch.design()).into_iter().find(|found| found.rule == RULE.id).unwrap();
            assert_eq!((found.node, found.fix), (twin, None), "both answer, and otherwise");
        }
    }

    #[test]
    fn quiet_where_a_routing_policy_chooses_among_them() {
        let mut sketch = named();
        sketch.set("www", "set_identifier", "blue");
        let green = RecordSet { set_identifier: "green".to_owned(), ..RecordSet::default() };
        sketch.add("example-zone", "green", green);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_for_both_address_families() {
        let mut sketch = named();
        sketch.add("example-zone", "v6", RecordSet { record_type: RecordType::Aaaa, ..RecordSet::default() });
        quiet(&RULE, &sketch);
    }
}
