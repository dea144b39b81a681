//! What checks say of designs that do not do what is asked: whom they counted, what is there, and what is left after a loss.

use serde_json::{Value as Json, json};

use super::{Grade, Mark, Mode, Ready, State, Work, grade, read};
use crate::catalog::kinds::{ActionType, GroupRule, Instance, Listener, LoadBalancer, SecurityGroup};
use crate::catalog::{FieldValue, Value};
use crate::design::{Design, Edit};
use crate::id::NodeId;
use crate::net::AnyCidr;

/// A lab over a sample with these roles and checks, a point each.
#[track_caller]
fn lab(sample: &str, roles: &[(&str, Json)], checks: &[Json]) -> Ready {
    let name = |id: &str| json!({ "ko": "그것", "en": format!("the {id}") });
    let roles: Vec<Json> = roles
        .iter()
        .map(|(id, find)| json!({ "id": id, "one": *id == "alb", "name": name(id), "find": find }))
        .collect();
    let items = checks.iter().enumerate();
    let items: Vec<Json> =
        items.map(|(at, check)| json!({ "id": format!("c{at}"), "points": 1, "check": check })).collect();
    let file = json!({
        "groundplan_lab": 1, "id": "small", "version": 1, "minutes": 5,
        "title": { "ko": "작은 실습", "en": "A small lab" },
        "story": { "ko": "웹 서버를 열어 주세요.", "en": "Open the web servers." },
        "solution": { "sample": sample }, "roles": roles, "checks": items
    });
    read(&file.to_string()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

#[track_caller]
fn marks(ready: &Ready, design: &Design) -> Vec<Mark> {
    grade(ready, design, &Work::default()).marks
}

#[track_caller]
fn first<T: crate::catalog::kinds::Held>(design: &Design) -> NodeId {
    design.all::<T>().next().unwrap().0
}

#[track_caller]
fn set(design: &mut Design, id: NodeId, field: &str, value: Value) {
    design.apply(&Edit::Set { id, field: field.to_owned(), value }).unwrap();
}

fn web() -> (&'static str, Json) {
    ("web", json!({ "kind": ["instance"], "tier": ["public"] }))
}

fn alb() -> (&'static str, Json) {
    ("alb", json!({ "kind": ["load_balancer"] }))
}

#[test]
fn what_was_counted_is_named_with_who_comes_nearest() {
    let find = json!({ "kind": ["instance"], "fields": { "source_dest_check": false } });
    let ready = lab("two-az-vpc", &[], &[json!({ "all": [{ "exists": { "what": find } }] })]);
    let marks = marks(&ready, &ready.solution);
    let (state, why) = (marks[0].state, &marks[0].why);
    assert_eq!(state, State::Fails, "there is an instance, and it is not so");
    assert!(why.en.contains("EC2 instance with") && why.en.contains(" is not this: "), "{}", why.en);
    assert!(why.ko.contains("EC2 인스턴스") && why.ko.contains("아니에요"), "{}", why.ko);
    let none = lab("two-az-vpc", &[], &[json!({ "exists": { "what": { "kind": ["db_instance"] } } })]);
    assert_eq!(grade(&none, &none.solution, &Work::default()).marks[0].state, State::NotYet);
}

#[test]
fn a_wrong_setting_is_told_with_what_is_wanted() {
    let check = json!({ "property": { "of": "web", "fields": { "source_dest_check": false } } });
    let ready = lab("two-az-vpc", &[web()], &[check]);
    let why = &marks(&ready, &ready.solution)[0].why;
    assert!(why.en.contains("wanted: off; now: on"), "{}", why.en);
    assert!(why.ko.contains("필요: 끔, 지금: 켬"), "{}", why.ko);
}

#[test]
fn a_port_that_people_know_is_named_where_all_are_open() {
    let check = json!({ "reaches": { "from": "internet", "to": "web", "by": { "port": 80 } } });
    let ready = lab("two-az-vpc", &[web()], &[check]);
    let mut design = ready.solution.clone();
    let groups: Vec<NodeId> = design.all::<SecurityGroup>().map(|(id, ..)| id).collect();
    for id in groups {
        set(&mut design, id, "inbound", vec![GroupRule::everything()].to_value());
    }
    let mark = &marks(&ready, &design)[0];
    assert_eq!(mark.state, State::Fails);
    assert!(mark.why.en.contains("TCP 22 is open"), "{}", mark.why.en);
}

#[test]
fn a_balancer_without_a_node_left_is_gone() {
    let check = json!({ "survives": { "lost": "any_zone",
        "check": { "reaches": { "from": "internet", "to": "alb", "by": { "port": 80 }, "others": "anybody" } } } });
    let ready = lab("two-az-vpc", &[alb()], &[check]);
    let mut design = ready.solution.clone();
    assert_eq!(marks(&ready, &design)[0].state, State::Holds);
    let id = first::<LoadBalancer>(&design);
    let one = design.get::<LoadBalancer>(id).unwrap().subnets.first().copied().unwrap();
    set(&mut design, id, "subnets", vec![one].to_value());
    let mark = &marks(&ready, &design)[0];
    assert_eq!(mark.state, State::Fails);
    assert!(mark.why.en.contains("Nothing is left of \"the alb\""), "{}", mark.why.en);
}

#[test]
fn a_page_can_be_asked_for_by_a_balancers_own_name() {
    let page = |url: &str| json!({ "url": { "url": url, "by": "web", "others": "anybody" } });
    let ready = lab("two-az-vpc", &[alb(), web()], &[page("http://alb/"), page("http://alb:81/")]);
    let marks = marks(&ready, &ready.solution);
    assert_eq!(marks[0].state, State::Holds, "{}", marks[0].why.en);
    assert!(marks[0].says.en.contains("http://<the alb>/"), "{}", marks[0].says.en);
    assert_eq!(marks[1].state, State::Fails);
    let mut renamed = ready.solution.clone();
    let id = first::<LoadBalancer>(&renamed);
    renamed.apply(&Edit::Rename { id, name: "front".to_owned() }).unwrap();
    assert_eq!(grade(&ready, &renamed, &Work::default()).marks[0].state, State::Holds, "whatever it is called");
}

#[test]
fn a_redirect_fits_with_the_usual_port_or_without() {
    let to = |pattern: &str| json!({ "url": { "url": "http://www.example.com/", "redirect": pattern } });
    let checks = [
        "https://www.example.com/",
        "https://www.example.com:443/",
        "https://*:443/*",
        "https://www.example.com:8443/",
    ];
    let ready = lab("https-at-balancer", &[], &checks.map(to));
    for port in ["443", "#{port}"] {
        let mut design = ready.solution.clone();
        let redirecting =
            design.all::<Listener>().find(|(_, _, of)| of.action == ActionType::Redirect).map(|(id, ..)| id);
        set(&mut design, redirecting.unwrap(), "redirect_port", Value::from(port));
        let states: Vec<State> = marks(&ready, &design).iter().map(|mark| mark.state).collect();
        // A redirect that keeps the port leads to port 80, whatever its scheme.
        let wanted = if port == "443" { State::Holds } else { State::Fails };
        assert_eq!(states, [wanted, wanted, wanted, State::Fails], "{port}");
    }
}

#[test]
fn who_goes_out_may_be_visited_by_neighbours() {
    let check = json!({ "reaches": { "from": "web", "to": "internet", "by": { "port": 443 } } });
    let ready = lab("two-az-vpc", &[web()], &[check]);
    let mut design = ready.solution.clone();
    let groups: Vec<NodeId> = design.all::<SecurityGroup>().map(|(id, ..)| id).collect();
    let inside: AnyCidr = "192.168.0.0/16".parse().unwrap();
    for id in groups {
        let mut rows = design.get::<SecurityGroup>(id).unwrap().inbound.clone();
        rows.push(GroupRule::tcp(443, inside));
        set(&mut design, id, "inbound", rows.to_value());
    }
    // The sentence says only that the internet does not come in.
    let mark = &marks(&ready, &design)[0];
    assert!(!mark.why.en.contains("443 is open to somebody"), "{}", mark.why.en);
    assert!(design.all::<Instance>().count() > 1);
}

#[test]
fn questions_count_where_they_were_asked() {
    let mut file: Json = serde_json::from_str(
        &serde_json::to_string(
            &lab("two-az-vpc", &[web()], &[json!({ "exists": { "what": { "kind": ["instance"] } } })]).lab,
        )
        .unwrap(),
    )
    .unwrap();
    file["quiz"] = json!([{ "id": "q", "points": 3, "text": { "ko": "어느 쪽인가요?", "en": "Which?" },
        "ask": { "choose": { "options": [{ "ko": "가", "en": "a" }, { "ko": "나", "en": "b" }], "right": [1] } } }]);
    let ready = read(&file.to_string()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let of = |mode: Option<Mode>, answer: &[&str]| {
        let answers = if answer.is_empty() {
            Default::default()
        } else {
            [("q".to_owned(), answer.iter().map(|word| (*word).to_owned()).collect())].into()
        };
        let Grade { points, of, .. } = grade(&ready, &ready.solution, &Work { mode, answers, ..Work::default() });
        (points, of)
    };
    assert_eq!(of(None, &[]), (1, 1), "a bare drawing was asked nothing");
    assert_eq!(of(None, &["2"]), (1, 4));
    assert_eq!(of(Some(Mode::Goal), &[]), (1, 4), "who does not answer makes no points for it");
    assert_eq!(of(Some(Mode::Goal), &["1"]), (4, 4));
    assert_eq!(of(Some(Mode::FindTheFault), &[]), (1, 1));
    assert_eq!(of(Some(Mode::Quiz), &["1"]), (3, 3));
    assert_eq!(ready.lab.points(), 4);
    assert_eq!(ready.lab.points_in(Some(Mode::Quiz)), 3);
}
