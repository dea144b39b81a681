//! Passwords and tokens are not written where everyone can read them.
use crate::catalog::kinds::{LambdaFunction, SsmParameter, TaskDefinition, Variable};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::tasks::names_a_secret;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: RuleId::SECRET_IN_CLEAR.as_str(),
    severity: Severity::Warning,
    title: t("그대로 드러난 비밀 값", "Secret in clear"),
    why: t(
        "파라미터 문자열과 환경 변수는 템플릿과 콘솔에서 누구나 볼 수 있어요. 암호와 토큰은 보안 문자열이나 Secrets Manager에 두고 실행할 때 읽으세요.",
        "Plain parameters and environment variables can be read by anyone with the template or the console. Keep passwords and tokens as secure strings or in Secrets Manager, and read them at run time.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    template::faults(context, report);
    for (id, node, parameter) in context.all::<SsmParameter>() {
        let told = !parameter.is_secure() && !parameter.value.is_empty();
        if told && names_a_secret(&parameter.parameter_name) {
            let (name, path) = (&node.name, &parameter.parameter_name);
            report
                .note(
                    id,
                    message!(
                        "파라미터 {name}({path})은(는) 비밀 값 같은데 암호화되지 않은 문자열이에요. 보안 문자열로 바꾸고 값은 aws ssm put-parameter로 넣으세요.",
                        "Parameter {name} ({path}) looks like a secret and is a plain string. Make it a secure string, and set its value with aws ssm put-parameter."
                    ),
                )
                .field(id_of!(SsmParameter.parameter_type))
                .fix(
                    message!("보안 문자열로 바꾸고 값 지우기", "Make it a secure string and clear the value"),
                    vec![Edit::set(id, id_of!(SsmParameter.parameter_type), "SecureString"), Edit::set(id, id_of!(SsmParameter.value), "")],
                );
        }
    }
    for (id, node, task) in context.all::<TaskDefinition>() {
        for container in &task.containers {
            variables(context, report, (id, &node.name, "containers"), &container.environment);
        }
    }
    for (id, node, function) in context.all::<LambdaFunction>() {
        variables(context, report, (id, &node.name, "environment"), &function.environment);
    }
}

/// Whether a value is the name or the ARN of a resource of the template: `${Vault}`.
fn names_a_resource(context: &Context, value: &str) -> bool {
    let named =
        value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).and_then(|name| name.split('.').next());
    let resources = context.design.template().and_then(|original| original.template().get("Resources"));
    named.zip(resources).is_some_and(|(named, resources)| resources.get(named).is_some())
}

fn variables(
    context: &Context,
    report: &mut Report,
    (id, name, field): (NodeId, &str, &'static str),
    variables: &[Variable],
) {
    // What names where a secret lies is no secret.
    let told = |value: &str| {
        let lies_elsewhere =
            value.starts_with("arn:") || value.starts_with('/') || crate::template::is_looked_up(value);
        !value.is_empty() && !lies_elsewhere && !names_a_resource(context, value)
    };
    for Variable { name: variable, .. } in variables.iter().filter(|one| names_a_secret(&one.name) && told(&one.value))
    {
        report
            .note(
                id,
                message!(
                    "{name}의 환경 변수 {variable}에 비밀 값이 그대로 적혀 있어요. 값을 지우고 Parameter Store의 보안 문자열이나 Secrets Manager에서 읽으세요.",
                    "Environment variable {variable} of {name} holds a secret in clear. Take it out, and read it from a secure string of Parameter Store or from Secrets Manager."
                ),
            )
            .field(field);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Container, LambdaFunction, SsmParameter, Variable};
    use crate::rules::testing::{fires, quiet, tasks};

    fn parameter(name: &str) -> SsmParameter {
        SsmParameter { parameter_name: name.to_owned(), value: "example".to_owned(), ..SsmParameter::default() }
    }

    #[test]
    fn fires_on_a_plain_parameter() {
        let mut n = tasks();
        n.add("region", "db-password", parameter("/app/db-password"));
        fires(&RULE, &n, &["db-password"]);
    }

    #[test]
    fn fires_on_variables_too() {
        let mut n = tasks();
        let environment = vec![Variable { name: "DB_PASSWORD".to_owned(), value: "example".to_owned() }];
        n.rows("task", "containers", &[Container { environment: environment.clone(), ..Container::default() }]);
        n.add("region", "function", LambdaFunction { environment, ..LambdaFunction::default() });
        n.add("region", "db-password", parameter("/app/db-password"));
        fires(&RULE, &n, &["task", "function", "db-password"]);
    }

    #[test]
    fn quiet_on_settings_secure_strings_and_places() {
        let mut n = tasks();
        n.add("region", "setting", parameter("/app/region"));
        n.add("region", "db-password", parameter("/app/db-password"));
        n.set("db-password", "parameter_type", "SecureString");
        let environment = vec![Variable { name: "SECRET_NAME".to_owned(), value: "/app/db-password".to_owned() }];
        n.rows("task", "containers", &[Container { environment, ..Container::default() }]);
        quiet(&RULE, &n);
    }
}
