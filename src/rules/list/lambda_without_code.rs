//! A function has code that its runtime takes.
use crate::catalog::data::lambda_runtimes::{lambda_runtime, successor, takes_inline_code};
use crate::catalog::kinds::{CodeSource, LambdaFunction};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "lambda-without-code",
    severity: Severity::Error,
    title: t("실행할 코드가 없는 Lambda 함수", "Lambda function without code"),
    why: t(
        "템플릿 안에는 Python과 Node.js 코드만 담을 수 있고, 다른 런타임은 S3의 zip 파일이 필요해요. 코드가 없으면 함수가 만들어지지 않아요.",
        "A template holds Python and Node.js code only; other runtimes take a zip file in S3. Without code a function cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, function) in context.all::<LambdaFunction>() {
        let (name, runtime) = (&node.name, &function.runtime);
        if lambda_runtime(runtime).is_none() {
            let note = report
                .note(
                    id,
                    message!(
                        "지금 Lambda에는 함수 {name}의 런타임 '{runtime}'이(가) 없어서 함수를 만들 수 없어요. 목록에서 고르세요.",
                        "Lambda has no runtime \"{runtime}\" now, so function {name} cannot be created. Choose one of the list."
                    ),
                )
                .field(id_of!(LambdaFunction.runtime));
            // Code runs in its own language only.
            if let Some(next) = successor(runtime) {
                let (next, label) = (next.id, next.label);
                note.fix(
                    message!("런타임을 {label}(으)로 바꾸기", "Change the runtime to {label}"),
                    vec![Edit::set(id, id_of!(LambdaFunction.runtime), next)],
                );
            }
        } else if function.code_source == CodeSource::S3 {
            let nowhere = function.bucket.is_none() && function.code_bucket.is_empty();
            if nowhere || function.code_key.is_empty() {
                report
                    .note(
                        id,
                        message!(
                            "함수 {name}의 코드가 있는 버킷과 zip 파일 이름을 적으세요.",
                            "Say which bucket and zip file hold the code of function {name}."
                        ),
                    )
                    .field(if nowhere { "bucket" } else { "code_key" });
            }
        } else if !takes_inline_code(runtime) {
            report
                .note(
                    id,
                    message!(
                        "템플릿 안의 코드는 Python과 Node.js만 돼요. 함수 {name}({runtime})의 코드는 S3의 zip 파일로 두세요.",
                        "Only Python and Node.js code can lie in the template. Put the code of function {name} ({runtime}) into a zip file in S3."
                    ),
                )
                .field(id_of!(LambdaFunction.code_source))
                .fix(
                    message!("S3의 zip 파일로 바꾸기", "Take a zip file in S3"),
                    vec![Edit::set(id, id_of!(LambdaFunction.code_source), CodeSource::S3.as_str())],
                );
        } else if function.code.is_empty() {
            report
                .note(
                    id,
                    message!(
                        "함수 {name}에 코드가 없어요. 코드를 적으세요.",
                        "Function {name} has no code. Write some."
                    ),
                )
                .field(id_of!(LambdaFunction.code));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::LambdaFunction;
    use crate::design::Edit;
    use crate::rules::testing::{fires, found_in, quiet, two_zones};

    #[test]
    fn fires_on_code_that_the_template_cannot_hold_and_on_an_unknown_runtime() {
        let mut n = two_zones();
        n.add("region", "function", LambdaFunction { runtime: "java21".to_owned(), ..LambdaFunction::default() });
        fires(&RULE, &n, &["function"]);
        let of = |runtime: &str| {
            format!(
                "  Run: {{Type: 'AWS::Lambda::Function', Properties: {{Runtime: {runtime}, Handler: a.b, Role: 'arn:aws:iam::123456789012:role/x', Code: {{S3Bucket: a, S3Key: b.zip}}}}}}\n"
            )
        };
        assert_eq!(found_in(&RULE, &of("cobol")), ["Run"]);
        n.set("function", "runtime", "nodejs8.10");
        let fixes = crate::rules::check(n.design())
            .into_iter()
            .filter(|found| found.rule == RULE.id)
            .filter_map(|found| found.fix);
        let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits).collect();
        assert!(
            matches!(&edits[..], [Edit::Set { value, .. }] if value.as_text().is_some_and(|text| text.starts_with("nodejs"))),
            "{edits:?}"
        );
    }

    #[test]
    fn fires_without_any() {
        let mut n = two_zones();
        n.add("region", "first", LambdaFunction { code: String::new(), ..LambdaFunction::default() });
        n.add("region", "second", LambdaFunction { runtime: "java21".to_owned(), ..LambdaFunction::default() });
        n.add("region", "third", LambdaFunction::default());
        n.set("third", "code_source", "s3");
        fires(&RULE, &n, &["first", "second", "third"]);
    }

    #[test]
    fn quiet_on_inline_code_and_on_a_zip_file() {
        let mut n = two_zones();
        n.add("region", "function", LambdaFunction::default());
        quiet(&RULE, &n);
        n.set("function", "runtime", "java21");
        n.set("function", "code_source", "s3");
        n.set("function", "code_bucket", "example-code");
        n.set("function", "code_key", "app.zip");
        quiet(&RULE, &n);
    }

    #[test]
    fn quiet_on_a_container_image() {
        let function = |code: &str| {
            format!("  Run: {{Type: 'AWS::Lambda::Function', Properties: {{PackageType: Image, Code: {code}}}}}\n")
        };
        let image = "{ImageUri: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/app:1'}";
        assert_eq!(found_in(&RULE, &function(image)), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &function("{ZipFile: ''}")), ["Run"]);
    }
}
