//! A method and path is routed once.
use std::collections::BTreeSet;

use crate::catalog::kinds::ApiGateway;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::without;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "api-route-duplicate",
    severity: Severity::Error,
    title: t("겹치거나 틀린 API 라우팅", "API route that is malformed or repeated"),
    why: t(
        "경로는 /로 시작하거나 $default여야 하고, 같은 메서드와 경로의 라우팅은 하나만 만들 수 있어요.",
        "A path begins with / or is $default, and only one route can be created for a method and path.",
    ),
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, api) in context.all::<ApiGateway>() {
        let mut seen = BTreeSet::new();
        for (row, route) in api.routes.iter().enumerate() {
            let (name, key) = (&node.name, route.key());
            let sound = route.path.starts_with('/') || route.path == "$default";
            let message = if !sound {
                message!(
                    "API {name}의 라우팅 {key}의 경로가 /로 시작하지 않아요. /로 시작하게 쓰거나 $default로 두세요.",
                    "The path of route {key} of API {name} does not begin with /. Begin it with /, or write $default."
                )
            } else if seen.insert(key.clone()) {
                continue;
            } else {
                message!(
                    "API {name}에 라우팅 {key}이(가) 두 번 있어요. 하나만 남기세요.",
                    "API {name} has route {key} twice. Keep one."
                )
            };
            report.note(id, message).field(id_of!(ApiGateway.routes)).fix(
                message!("이 라우팅 지우기", "Delete this route"),
                vec![Edit::set(id, id_of!(ApiGateway.routes), without(&api.routes, row))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{ApiGateway, ApiRoute};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_second_and_on_a_path_without_a_slash() {
        let mut n = two_zones();
        n.add(
            "region",
            "api",
            ApiGateway { routes: vec![ApiRoute::default(), ApiRoute::default()], ..ApiGateway::default() },
        );
        fires(&RULE, &n, &["api"]);
        n.rows("api", "routes", &[ApiRoute { path: "users".to_owned(), ..ApiRoute::default() }]);
        fires(&RULE, &n, &["api"]);
    }

    #[test]
    fn quiet_when_paths_differ() {
        let mut n = two_zones();
        let routes = ["/", "/users", "$default"].map(|path| ApiRoute { path: path.to_owned(), ..ApiRoute::default() });
        n.add("region", "api", ApiGateway { routes: routes.into(), ..ApiGateway::default() });
        quiet(&RULE, &n);
    }
}
