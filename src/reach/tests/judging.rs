//! Claims on small networks: what holds, what fails, and what is said about it.

use std::collections::BTreeMap;

use crate::catalog::kinds::{GroupRule, LoadBalancer};
use crate::catalog::{Category, Value};
use crate::design::{Assertion, Expect, Subject};
use crate::net::AnyCidr;
use crate::reach::judge::{Evidence, Outcome, Way, judge};
use crate::reach::{Endpoint, Network};
use crate::rules::testing::{Named, balanced, named, two_zones};

fn claim(text: &str) -> Assertion {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn outcome(n: &Named, assertion: Assertion) -> Outcome {
    let net = Network::lower(n.design());
    judge(n.design(), &net, &BTreeMap::new(), &[assertion]).pop().unwrap()
}

#[track_caller]
fn holds(n: &Named, text: &str) -> Outcome {
    let outcome = outcome(n, claim(text));
    assert!(outcome.holds(), "{}: {}", outcome.claim.en, outcome.why.en);
    outcome
}

#[track_caller]
fn fails(n: &Named, text: &str) -> Outcome {
    let outcome = outcome(n, claim(text));
    assert!(!outcome.holds(), "{}: {}", outcome.claim.en, outcome.why.en);
    outcome
}

#[test]
fn the_internet_reaches_the_balancer_and_nothing_behind_it() {
    let mut n = named();
    holds(&n, r#"{"from":"internet","to":{"kind":"load_balancer"},"port":443}"#);
    let closed = fails(&n, r#"{"from":"internet","to":{"kind":"load_balancer"},"port":22}"#);
    assert!(closed.why.en.starts_with("the internet to alb, TCP 22: "), "{}", closed.why.en);
    assert_eq!(closed.claim.ko, "인터넷에서 모든 로드 밸런서로 TCP 22 연결이 돼요");
    holds(&n, r#"{"expect":"does-not-reach","from":"internet","to":"app"}"#);
    // On whatever port it opens, the claim fails and says on which.
    n.rows("web-sg", "inbound", &[GroupRule::tcp(8080, AnyCidr::default())]);
    let open = fails(&n, r#"{"expect":"does-not-reach","from":"internet","to":{"kind":"instance"}}"#);
    assert!(open.why.en.contains("web, TCP 8080") && open.why.en.contains("rule 1"), "{}", open.why.en);
    let Some(Evidence { way: Way::Packet(question, trace), lost: None }) = open.evidence else { panic!() };
    assert_eq!((question.to, question.port), (Endpoint::Node(n.id("web")), Some(8080)));
    assert!(trace.reachable());
}

#[test]
fn a_claim_about_nobody_holds_only_if_nobody_should_be_reached() {
    let n = two_zones();
    let to = Subject::Category(Category::Database);
    let mut nothing = Assertion { expect: Expect::Unreached, ..Assertion::reaches(Subject::Internet, to, 3306) };
    assert!(outcome(&n, nothing.clone()).holds());
    nothing.expect = Expect::Reaches;
    let none = outcome(&n, nothing);
    assert!(!none.holds() && none.why.ko.contains("데이터베이스"), "{}", none.why.ko);
    let typo = fails(&n, r#"{"from":"internet","to":"wbe","port":80}"#);
    assert!(typo.why.en.contains("wbe"));
}

#[test]
fn frames_and_groups_stand_for_what_is_in_them() {
    let n = two_zones();
    holds(&n, r#"{"from":"private-a","to":"public-a","port":80}"#);
    holds(&n, r#"{"from":"vpc","to":"internet","port":443}"#);
    holds(&n, r#"{"expect":"reaches-any","from":"internet","to":"web-sg","port":80}"#);
    fails(&n, r#"{"from":"internet","to":"web-sg","port":80}"#);
    fails(&n, r#"{"from":"internet","to":"private-c","port":80}"#);
}

#[test]
fn what_still_holds_when_a_zone_is_lost() {
    let mut n = balanced();
    holds(&n, r#"{"from":"internet","url":"http://alb/"}"#);
    holds(&n, r#"{"from":"internet","url":"http://alb/","without":"any-zone"}"#);
    // The servers of zone a are reached through the NAT gateway's zone alone.
    holds(&n, r#"{"from":"app-c","to":"internet","port":443}"#);
    let lost = fails(&n, r#"{"from":"app-c","to":"internet","port":443,"without":{"zone":"a"}}"#);
    assert_eq!(lost.evidence.unwrap().lost, Some(n.id("zone-a")));
    assert!(lost.claim.en.ends_with("when availability zone a is lost"), "{}", lost.claim.en);
    fails(&n, r#"{"from":"app-c","to":"internet","port":443,"without":"any-zone"}"#);
    let gone = fails(&n, r#"{"from":"app","to":"internet","port":443,"without":{"zone":"a"}}"#);
    assert!(gone.why.en.contains("not there"), "{}", gone.why.en);
    assert!(fails(&n, r#"{"from":"app","to":"web","port":80,"without":{"zone":"q"}}"#).why.ko.contains("가용 영역 q"));
    // One zone less on the balancer: losing the other takes the page away.
    let subnets = vec![n.id("public-a")];
    n.set("alb", "subnets", Value::List(subnets.into_iter().map(Value::Ref).collect()));
    assert_eq!(n.design().get::<LoadBalancer>(n.id("alb")).unwrap().subnets.len(), 1);
    fails(&n, r#"{"from":"internet","url":"http://alb/","without":"any-zone"}"#);
}

#[test]
fn a_claim_about_many_pairs_is_decided_by_all_of_them_at_once() {
    let mut n = two_zones();
    for ix in 0..70 {
        n.add("private-c", &format!("app-{ix}"), crate::catalog::kinds::Instance::default());
    }
    n.remove("web");
    let none = holds(&n, r#"{"expect":"does-not-reach","from":"internet","to":{"kind":"instance"}}"#);
    assert_eq!(none.why.ko, "어느 쌍도 연결되지 않아요.");
    n.rows("web-sg", "inbound", &[GroupRule::tcp(8443, AnyCidr::default())]);
    let security_groups = vec![n.id("web-sg")];
    let open = crate::catalog::kinds::Instance { security_groups, ..Default::default() };
    n.add("public-c", "open", open);
    let open = fails(&n, r#"{"expect":"does-not-reach","from":"internet","to":{"kind":"instance"}}"#);
    assert!(open.why.en.contains("open, TCP 8443"), "{}", open.why.en);
}
