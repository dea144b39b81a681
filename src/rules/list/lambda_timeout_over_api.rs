//! A function behind an API answers before the API gives up.
use crate::catalog::Value;
use crate::catalog::kinds::{ApiGateway, LambdaFunction};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "lambda-timeout-over-api",
    severity: Severity::Warning,
    title: t("API보다 오래 기다리는 Lambda 함수", "Lambda function that outlasts its API"),
    why: t(
        "HTTP API는 30초가 지나면 503으로 답해요. 함수가 더 오래 돌면 아무도 받지 않을 답을 만들며 요금만 들어요.",
        "An HTTP API answers 503 after 30 seconds. A function that runs on is billed for an answer that nobody gets.",
    ),
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html",
    fixes: true,
    check,
};

/// Limit: seconds an HTTP API waits for an integration.
const LONGEST: u16 = 30;

fn check(context: &Context, report: &mut Report) {
    for (id, node, function) in context.all::<LambdaFunction>().filter(|(_, _, function)| function.timeout > LONGEST) {
        let mut apis = context.all::<ApiGateway>();
        let Some((_, api, _)) = apis.find(|(_, _, api)| api.routes.iter().any(|route| route.function == Some(id)))
        else {
            continue;
        };
        let (name, api, timeout) = (&node.name, &api.name, function.timeout);
        report
            .note(
                id,
                message!(
                    "함수 {name}의 제한 시간은 {timeout}초인데 API {api}은(는) {LONGEST}초만 기다려요. 제한 시간을 줄이거나 오래 걸리는 일은 따로 실행하세요.",
                    "Function {name} may run for {timeout} seconds, and API {api} waits for {LONGEST}. Lower the timeout, or do long work apart from the request."
                ),
            )
            .field(id_of!(LambdaFunction.timeout))
            .fix(
                message!("제한 시간을 {LONGEST}초로 줄이기", "Lower the timeout to {LONGEST} seconds"),
                vec![Edit::set(id, id_of!(LambdaFunction.timeout), Value::Int(i64::from(LONGEST)))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{ApiGateway, ApiRoute, LambdaFunction};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_behind_an_api() {
        let mut n = two_zones();
        let function = n.add("region", "slow", LambdaFunction { timeout: 60, ..LambdaFunction::default() });
        let routes = vec![ApiRoute { function: Some(function), ..ApiRoute::default() }];
        n.add("region", "api", ApiGateway { routes, ..ApiGateway::default() });
        fires(&RULE, &n, &["slow"]);
    }

    #[test]
    fn quiet_alone_and_when_it_is_short() {
        let mut n = two_zones();
        n.add("region", "slow", LambdaFunction { timeout: 60, ..LambdaFunction::default() });
        let short = n.add("region", "short", LambdaFunction { timeout: 30, ..LambdaFunction::default() });
        let routes = vec![ApiRoute { function: Some(short), ..ApiRoute::default() }];
        n.add("region", "api", ApiGateway { routes, ..ApiGateway::default() });
        quiet(&RULE, &n);
    }
}
