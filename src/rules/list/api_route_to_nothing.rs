//! A route of an API leads to a function or a server.
use crate::catalog::kinds::{ApiGateway, ApiRoute, LambdaFunction};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::{replaced, without};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "api-route-to-nothing",
    severity: Severity::Error,
    title: t("갈 곳이 없는 API 라우팅", "API route that leads nowhere"),
    why: t(
        "라우팅에 통합이 없으면 API가 요청에 답할 수 없어요.",
        "Without an integration a route has nobody to answer its requests.",
    ),
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, api) in context.all::<ApiGateway>() {
        for (row, route) in api.routes.iter().enumerate().filter(|(_, route)| !route.leads_somewhere()) {
            let (name, key) = (&node.name, route.key());
            let note = report
                .note(
                    id,
                    message!(
                        "API {name}의 라우팅 {key}에 답할 곳이 없어요. Lambda 함수나 HTTP 주소를 고르세요.",
                        "Nobody answers route {key} of API {name}. Choose a Lambda function or an HTTP URL."
                    ),
                )
                .field(id_of!(ApiGateway.routes));
            let mut functions = context.all::<LambdaFunction>();
            if let (Some((function, other, _)), None) = (functions.next(), functions.next()) {
                let other = &other.name;
                let mended = ApiRoute { function: Some(function), ..route.clone() };
                note.fix(
                    message!("함수 {other}(으)로 보내기", "Send it to function {other}"),
                    vec![Edit::set(id, id_of!(ApiGateway.routes), replaced(&api.routes, row, &mended))],
                );
            } else {
                note.fix(
                    message!("이 라우팅 지우기", "Delete this route"),
                    vec![Edit::set(id, id_of!(ApiGateway.routes), without(&api.routes, row))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{ApiGateway, ApiRoute, LambdaFunction};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_with_and_without_a_function_at_hand() {
        let mut n = two_zones();
        n.add("region", "api", ApiGateway { routes: vec![ApiRoute::default()], ..ApiGateway::default() });
        fires(&RULE, &n, &["api"]);
        n.add("region", "function", LambdaFunction::default());
        fires(&RULE, &n, &["api"]);
    }

    #[test]
    fn quiet_when_someone_answers() {
        let mut n = two_zones();
        let routes = vec![ApiRoute { url: "https://www.example.com/".to_owned(), ..ApiRoute::default() }];
        n.add("region", "api", ApiGateway { routes, ..ApiGateway::default() });
        quiet(&RULE, &n);
    }
}
