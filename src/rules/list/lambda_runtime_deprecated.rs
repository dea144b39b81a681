//! A function's runtime is one that AWS keeps.
use crate::catalog::data::lambda_runtimes::{lambda_runtime, successor};
use crate::catalog::kinds::LambdaFunction;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "lambda-runtime-deprecated",
    severity: Severity::Warning,
    title: t("지원이 끝난 Lambda 런타임", "Lambda runtime that is no longer kept"),
    why: t(
        "지원이 끝난 런타임은 보안 업데이트를 받지 못하고, 얼마 뒤에는 함수를 만들거나 고칠 수도 없어요.",
        "A deprecated runtime gets no security updates, and after a while functions of it can be neither created nor changed.",
    ),
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, function) in context.all::<LambdaFunction>() {
        let Some(runtime) = lambda_runtime(&function.runtime).filter(|runtime| runtime.is_deprecated) else { continue };
        let (name, label, day) = (&node.name, runtime.label, runtime.deprecated_on);
        let Some(next) = successor(runtime.id) else { continue };
        let (next, next_label) = (next.id, next.label);
        report
            .note(
                id,
                message!(
                    "함수 {name}의 런타임 {label}은(는) {day}에 지원이 끝났어요. {next_label}(으)로 바꾸고 코드를 시험하세요.",
                    "Runtime {label} of function {name} is deprecated since {day}. Change to {next_label} and test the code."
                ),
            )
            .field(id_of!(LambdaFunction.runtime))
            .fix(message!("런타임을 {next_label}(으)로 바꾸기", "Change the runtime to {next_label}"), vec![Edit::set(id, id_of!(LambdaFunction.runtime), next)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::LambdaFunction;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_an_old_one() {
        let mut n = two_zones();
        n.add("region", "function", LambdaFunction { runtime: "nodejs16.x".to_owned(), ..LambdaFunction::default() });
        fires(&RULE, &n, &["function"]);
    }

    #[test]
    fn quiet_on_one_that_is_kept() {
        let mut n = two_zones();
        n.add("region", "function", LambdaFunction::default());
        quiet(&RULE, &n);
    }
}
