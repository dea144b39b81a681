//! Whoever signs in by password needs a second factor.
use crate::catalog::kinds::IamUser;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "user-without-mfa",
    severity: Severity::Warning,
    title: t("다중 인증이 없는 콘솔 사용자", "Console user without multi-factor authentication"),
    why: t(
        "비밀번호는 새기 쉬워요. 다중 인증(MFA)이 있으면 비밀번호만으로는 로그인할 수 없어요.",
        "Passwords leak. With multi-factor authentication a password alone does not sign anyone in.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, user) in context.all::<IamUser>() {
        if !user.console_access || user.mfa {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "사용자 {name}이(가) 비밀번호만으로 콘솔에 로그인해요. 첫 로그인 뒤 콘솔에서 MFA 기기를 등록하세요.",
                    "User {name} signs in to the console by password alone. Register an MFA device in the console after the first sign-in."
                ),
            )
            .field(id_of!(IamUser.mfa))
            .fix(message!("{name}의 다중 인증 켜기", "Turn on multi-factor authentication for {name}"), vec![Edit::set(id, id_of!(IamUser.mfa), true)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_on_a_password_alone() {
        let mut sketch = account();
        sketch.set("kim", "mfa", false);
        fires(&RULE, &sketch, &["kim"]);
    }

    #[test]
    fn quiet_with_a_second_factor_and_without_console_access() {
        let mut sketch = account();
        quiet(&RULE, &sketch);
        sketch.set("kim", "mfa", false);
        sketch.set("kim", "console_access", false);
        quiet(&RULE, &sketch);
    }
}
