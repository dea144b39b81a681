//! A zone has one record of a name and type, and beside a CNAME none.
use std::collections::BTreeMap;

use crate::catalog::kinds::{RecordSet, RecordType};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
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
    let mut seen: BTreeMap<_, Vec<(NodeId, RecordType)>> = BTreeMap::new();
    for (id, node, record) in context.all::<RecordSet>() {
        let earlier = seen.entry((node.parent, &record.domain)).or_default();
        let clash = earlier.iter().find(|(_, kind)| {
            *kind == record.record_type || *kind == RecordType::Cname || record.record_type == RecordType::Cname
        });
        let Some((first, kind)) = clash.copied() else {
            earlier.push((id, record.record_type));
            continue;
        };
        let (name, domain, first) = (&node.name, &record.domain, context.name(first));
        let (own, other) = (record.record_type.as_str(), kind.as_str());
        report
            .note(
                id,
                message!(
                    "레코드 {name}({own})과(와) {first}({other})의 이름이 {domain}(으)로 같아요. 하나를 지우거나 이름을 바꾸세요.",
                    "Records {name} ({own}) and {first} ({other}) have the same name, {domain}. Delete one or rename it."
                ),
            )
            .field(id_of!(RecordSet.domain))
            .fix(message!("레코드 {name} 지우기", "Delete record {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{RecordSet, RecordType};
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_the_same_type_and_beside_a_cname() {
        for record_type in [RecordType::A, RecordType::Cname] {
            let mut sketch = named();
            sketch.add("example-zone", "twin", RecordSet { record_type, ..RecordSet::default() });
            fires(&RULE, &sketch, &["twin"]);
        }
    }

    #[test]
    fn quiet_for_both_address_families() {
        let mut sketch = named();
        sketch.add("example-zone", "v6", RecordSet { record_type: RecordType::Aaaa, ..RecordSet::default() });
        quiet(&RULE, &sketch);
    }
}
