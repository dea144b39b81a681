//! A Fargate task in a private subnet reaches what it needs to start: through NAT, or by endpoints.
use std::collections::BTreeMap;

use crate::catalog::kinds::EcsService;
use crate::facts::Context;
use crate::facts::tasks::{Need, WayOut, needs, outside_image};
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "fargate-without-way-to-services",
    severity: Severity::Error,
    title: t("이미지를 내려받을 길이 없는 Fargate 태스크", "Fargate task with no way to its image"),
    why: t(
        "Fargate 태스크는 시작할 때 이미지와 보안 값을 내려받고 로그를 보내요. 프라이빗 서브넷에서는 NAT 게이트웨이나 VPC 엔드포인트로만 닿을 수 있고, 닿지 못하면 태스크가 시작하지 못해요(CannotPullContainerError).",
        "A Fargate task pulls its image and secrets and sends logs as it starts. From a private subnet only a NAT gateway or VPC endpoints lead there; without them it cannot start (CannotPullContainerError).",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.fargate_services() {
        let needs = needs(task);
        let outside = outside_image(task);
        // Subnets that lack the same are told of together.
        let mut lacking: BTreeMap<Vec<Need>, Vec<crate::id::NodeId>> = BTreeMap::new();
        for subnet in service.subnets.iter().filter(|subnet| context.way_out(**subnet) == WayOut::None) {
            let missing = context.unserved(*subnet, &needs);
            if !missing.is_empty() || outside.is_some() {
                lacking.entry(missing).or_default().push(*subnet);
            }
        }
        for (missing, subnets) in lacking {
            let names = context.names(&subnets);
            let list = missing.iter().map(|need| need.service()).collect::<Vec<_>>().join(", ");
            let message = match outside {
                Some(image) => message!(
                    "서비스 {name}의 태스크는 서브넷 {names}에서 인터넷에 있는 이미지 {image}을(를) 내려받을 수 없어요. 엔드포인트로는 닿지 않으니 NAT 게이트웨이로 가는 라우팅을 더하세요.",
                    "Tasks of service {name} in {names} cannot pull image {image} from the internet. No endpoint leads there: add a route to a NAT gateway."
                ),
                None => message!(
                    "서비스 {name}의 태스크는 서브넷 {names}에서 {list}에 닿지 못해요. NAT 게이트웨이로 가는 라우팅을 더하거나 이 서비스들의 VPC 엔드포인트를 만드세요.",
                    "Tasks of service {name} in {names} cannot reach {list}. Add a route to a NAT gateway, or VPC endpoints for these services."
                ),
            };
            let note = report
                .note(id, message)
                .field(id_of!(EcsService.subnets))
                .given_all(subnets.iter().flat_map(|subnet| context.way_of(*subnet)))
                .given_all(
                    service.task_definition.iter().flat_map(|task| [(*task, "containers"), (*task, "compatibility")]),
                );
            if let ([only], Some((title, edits))) =
                (subnets.as_slice(), subnets.first().and_then(|first| mend::make_private(context, *first)))
            {
                let _ = only;
                note.fix(title, edits);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::{EndpointType, VpcEndpoint};
    use crate::rules::testing::{Named, fires, quiet, tasks};

    /// No route out of the first private subnet any more.
    fn closed() -> Named {
        let mut n = tasks();
        n.set("private-a", "route_table", Value::None);
        n
    }

    fn with_endpoints(n: &mut Named, services: &[&str]) {
        let subnets = vec![n.id("private-a"), n.id("private-c")];
        for service in services {
            let endpoint = VpcEndpoint {
                endpoint_type: EndpointType::Interface,
                service: (*service).to_owned(),
                subnets: subnets.clone(),
                ..VpcEndpoint::default()
            };
            n.add("vpc", &format!("{service}-endpoint"), endpoint);
        }
    }

    #[test]
    fn fires_without_nat_and_endpoints() {
        let n = closed();
        fires(&RULE, &n, &["service"]);
        let found = crate::rules::check(n.design());
        let ours = found.iter().find(|finding| finding.rule == RULE.id).unwrap();
        assert!(ours.message.en.contains("ecr.api, ecr.dkr, s3, logs"), "{}", ours.message.en);
    }

    #[test]
    fn fires_when_one_endpoint_is_missing_and_says_which() {
        let mut n = closed();
        with_endpoints(&mut n, &["ecr.api", "ecr.dkr", "logs"]);
        fires(&RULE, &n, &["service"]);
        let found = crate::rules::check(n.design());
        let ours = found.iter().find(|finding| finding.rule == RULE.id).unwrap();
        assert!(ours.message.en.contains("cannot reach s3."), "{}", ours.message.en);
    }

    #[test]
    fn fires_when_the_image_lies_outside() {
        let mut n = closed();
        with_endpoints(&mut n, &["ecr.api", "ecr.dkr", "logs", "s3"]);
        n.rows("task", "containers", &[crate::catalog::kinds::Container::default()]);
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_with_nat_and_with_every_endpoint() {
        quiet(&RULE, &tasks());
        let mut n = closed();
        with_endpoints(&mut n, &["ecr.api", "ecr.dkr", "logs"]);
        n.add("vpc", "closed-rt", crate::catalog::kinds::RouteTable::default());
        let table = n.id("closed-rt");
        n.set("private-a", "route_table", table);
        n.add("vpc", "s3", VpcEndpoint { route_tables: vec![table], ..VpcEndpoint::default() });
        quiet(&RULE, &n);
    }
}
