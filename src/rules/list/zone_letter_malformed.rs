//! A zone lane is named by one lower-case letter.
use crate::catalog::kinds::Zone;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "zone-letter-malformed",
    severity: Severity::Error,
    title: t("잘못 쓴 영역 문자", "Malformed zone letter"),
    why: t(
        "가용 영역 이름은 리전 코드에 소문자 하나를 붙인 것이라서, 그 밖의 글자로는 없는 영역이 돼요.",
        "A zone is the region code and one lower-case letter; anything else names a zone that does not exist.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, zone) in context.all::<Zone>() {
        if is_letter(&zone.letter) {
            continue;
        }
        let (name, letter) = (&node.name, &zone.letter);
        let note = report
            .note(
                id,
                message!(
                    "가용 영역 {name}의 영역 문자가 '{letter}'이에요(예요). a처럼 소문자 하나만 쓰세요.",
                    "Zone {name} has the letter \"{letter}\". Write one lower-case letter, such as a."
                ),
            )
            .field(id_of!(Zone.letter));
        // Whoever wrote the whole name, ap-northeast-2a, meant its last letter.
        let meant = letter.trim().chars().next_back().map(|last| last.to_ascii_lowercase().to_string());
        let meant = meant.filter(|letter| is_letter(letter)).or_else(|| mend::free_zone_letter(context, id));
        if let Some(meant) = meant {
            note.fix(
                message!("영역 문자를 {meant}(으)로 바꾸기", "Change the letter to {meant}"),
                vec![Edit::set(id, id_of!(Zone.letter), meant.as_str())],
            );
        }
    }
}

fn is_letter(text: &str) -> bool {
    matches!(text.as_bytes(), [b'a'..=b'z'])
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_whole_name_a_capital_and_nothing() {
        for letter in ["ap-northeast-2a", "C", "", "2"] {
            let mut sketch = two_zones();
            sketch.set("zone-a", "letter", letter);
            fires(&RULE, &sketch, &["zone-a"]);
        }
    }

    #[test]
    fn quiet_on_letters() {
        quiet(&RULE, &two_zones());
    }
}
