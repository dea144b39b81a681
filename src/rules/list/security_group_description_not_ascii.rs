//! A security group's description takes only some ASCII characters.
use crate::catalog::data::limits::SECURITY_GROUP_TEXT;
use crate::catalog::kinds::SecurityGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::is_describable;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "security-group-description-not-ascii",
    severity: Severity::Error,
    title: t("보안 그룹 설명에 쓸 수 없는 글자", "Security group description with letters AWS refuses"),
    why: t(
        "설명은 영문, 숫자와 ._-:/()#,@[]+=&;{}!$* 기호로 255자까지라, 한글이 있으면 만들어지지 않아요.",
        "A description takes letters a-z, digits and ._-:/()#,@[]+=&;{}!$*, up to 255; with any other the group is not created.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        let text = &group.description;
        if is_describable(text) && text.len() <= SECURITY_GROUP_TEXT {
            continue;
        }
        let name = &node.name;
        let short: String = text.chars().take(40).collect();
        report
            .note(
                id,
                message!(
                    "보안 그룹 {name}의 설명 '{short}'은(는) AWS가 받지 않아요. 영문으로 255자까지 적으세요.",
                    "AWS refuses the description \"{short}\" of security group {name}. Write it in ASCII, up to 255 characters."
                ),
            )
            .field(id_of!(SecurityGroup.description))
            .fix(message!("설명 비우기", "Clear the description"), vec![Edit::set(id, id_of!(SecurityGroup.description), "")]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_korean_and_on_long_text() {
        let mut sketch = two_zones();
        sketch.set("web-sg", "description", "웹 서버");
        fires(&RULE, &sketch, &["web-sg"]);
        sketch.set("web-sg", "description", "a".repeat(256).as_str());
        fires(&RULE, &sketch, &["web-sg"]);
    }

    #[test]
    fn quiet_on_ascii() {
        let mut sketch = two_zones();
        sketch.set("web-sg", "description", "Web servers (HTTP)");
        quiet(&RULE, &sketch);
    }
}
