//! Lab files that are refused, with place and reason, and those that are unsound.

use serde_json::{Value, json};

use super::{circles, read, unsound};

/// A small lab that is sound.
fn small() -> Value {
    json!({
        "groundplan_lab": 1, "id": "small", "version": 1, "minutes": 5,
        "title": { "ko": "작은 실습", "en": "A small lab" },
        "story": { "ko": "웹 서버를 열어 주세요.", "en": "Open the web servers." },
        "solution": { "sample": "two-az-vpc" },
        "roles": [{ "id": "web", "name": { "ko": "웹 서버", "en": "the web servers" },
                    "find": { "kind": ["instance"], "tier": ["public"] } }],
        "checks": [{ "id": "open", "points": 10,
                     "check": { "reaches": { "from": "internet", "to": "web", "by": { "port": 80 }, "others": "anybody" } } }]
    })
}

#[track_caller]
fn refused(change: impl Fn(&mut Value)) -> Vec<String> {
    let mut file = small();
    change(&mut file);
    match read(&file.to_string()) {
        Ok(_) => panic!("it is taken: {file}"),
        Err(errors) => {
            assert!(errors.iter().all(|error| error.why.ko != error.why.en && !error.why.ko.is_empty()), "{errors:#?}");
            errors.iter().map(|error| error.message().en).collect()
        }
    }
}

#[test]
fn a_small_lab_is_sound() {
    let ready = read(&small().to_string()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(unsound(&ready, 2), []);
}

#[test]
fn files_are_refused_with_place_and_reason() {
    let set = |path: &'static str, value: Value| {
        move |file: &mut Value| *file.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value.clone()
    };
    for (errors, says) in [
        (refused(set("/groundplan_lab", json!(2))), "groundplan_lab: The lab file is of a newer version"),
        (refused(set("/groundplan_lab", json!(0))), "no lab file of form 0"),
        (refused(set("/id", json!("Small Lab"))), "id: \"Small Lab\" is no name"),
        (refused(set("/checks/0/check", json!({ "reachs": {} }))), "checks[0].check"),
        (refused(set("/checks/0/check", json!({ "reachs": {} }))), "unknown variant `reachs`"),
        (refused(set("/checks/0/check/reaches/to", json!("wep"))), "checks[0].check: There is no role called \"wep\""),
        (refused(set("/checks/0/check/reaches/by", json!({ "port": 70_000 }))), "70000"),
        (refused(set("/checks/0/check/reaches/by", json!({ "protocol": "all" }))), "one protocol"),
        (refused(set("/checks/0/points", json!(0))), "checks[0].points"),
        (refused(set("/story/ko", json!("<b>열어</b> 주세요."))), "story.ko: There can be no tags"),
        (refused(set("/story/en", json!(""))), "story.en: The text is empty"),
        (refused(set("/story/en", json!("열어 주세요."))), "Korean in the English"),
        (refused(set("/title", json!({ "ko": "작은 실습" }))), "missing field `en`"),
        (refused(set("/roles/0/find/kind", json!(["castle"]))), "roles[0].find.kind[0]"),
        (
            refused(set("/roles/0/find", json!({ "kind": ["instance"], "fields": { "moat": true } }))),
            "roles[0].find.fields.moat",
        ),
        (refused(set("/roles/0/find", json!({ "behind": "web" }))), "found by itself"),
        (refused(set("/roles/0/find", json!({}))), "no condition"),
        (refused(set("/solution", json!({ "sample": "castle" }))), "solution.sample"),
        (refused(set("/solution", json!({ "design": { "groundplan": 1, "nodes": 7 } }))), "solution.design"),
        (refused(set("/solution", json!({ "solution-without": [] }))), "cannot be made of the solution"),
        (refused(|file| file["start"] = json!({ "solution-without": ["n999"] })), "start.solution-without[0]"),
        (refused(|file| file["checks"][0]["needs"] = json!(["open"])), "needs itself"),
        (
            refused(|file| file["locked"] = json!([{ "node": "n99", "why": { "ko": "안 돼요", "en": "no" } }])),
            "locked[0].node",
        ),
        (refused(|file| file["faults"] = json!([{ "class": "castle" }])), "faults[0].class"),
        (refused(|file| file["requires"] = json!(["small"])), "cannot come before itself"),
        (refused(|file| file["moat"] = json!(1)), "unknown field `moat`"),
        (refused(|file| file["checks"] = json!([])), "nothing to mark"),
    ] {
        assert!(errors.iter().any(|error| error.contains(says)), "{says}: {errors:#?}");
    }
}

#[test]
fn what_is_no_lab_at_all_is_refused() {
    for (text, says) in [
        ("", "cut short"),
        ("{", "cut short"),
        ("{\"groundplan\":1}", "not a Groundplan lab"),
        ("{\"groundplan_lab\": 1,\n\"id\":}", "Line 2"),
        ("[]", "form of a lab"),
    ] {
        let errors = read(text).unwrap_err();
        assert!(errors[0].message().en.contains(says), "{text}: {}", errors[0].message().en);
    }
    let large = format!("{{\"groundplan_lab\":1,\"id\":\"{}\"}}", "x".repeat(5 << 20));
    assert!(read(&large).unwrap_err()[0].why.en.contains("too large"));
    let deep = "[".repeat(200_000);
    assert!(read(&deep).is_err());
}

#[test]
fn unsound_labs_are_told_why() {
    let why = |change: &dyn Fn(&mut Value)| -> Vec<String> {
        let mut file = small();
        change(&mut file);
        let ready = read(&file.to_string()).unwrap_or_else(|errors| panic!("{errors:#?}"));
        unsound(&ready, 2).iter().map(|error| error.message().en).collect()
    };
    let with = |check: Value| move |file: &mut Value| file["checks"][0]["check"] = check.clone();
    for (errors, says) in [
        (
            why(&with(json!({ "reaches": { "from": "internet", "to": "web", "by": { "port": 81 } } }))),
            "solution: The solution makes 0 of 10",
        ),
        (why(&|file| file["start"] = file["solution"].clone()), "start: The start makes all points"),
        (
            why(&|file| file["roles"][0]["find"] = json!({ "kind": ["db_instance"] })),
            "Nothing in the solution fills role",
        ),
        (why(&|file| file["roles"][0]["one"] = json!(true)), "which is for one"),
        (why(&|file| file["faults"] = json!([{ "class": "swapped-rules" }])), "no place in the solution for a fault"),
        (
            why(&|file| {
                let when = json!({ "exists": { "what": { "kind": ["db_instance"] } } });
                file["checks"][0]["hints"] =
                    json!([{ "level": "how", "text": { "ko": "가나다", "en": "abc" }, "when": when }]);
            }),
            "checks[0].hints[0]",
        ),
    ] {
        assert!(errors.iter().any(|error| error.contains(says)), "{says}: {errors:#?}");
    }
}

#[test]
fn labs_that_need_each_other_in_a_circle_are_found() {
    let lab = |id: &str, requires: &[&str]| {
        let mut lab = read(&small().to_string()).unwrap().lab;
        id.clone_into(&mut lab.id);
        lab.requires = requires.iter().map(|id| (*id).to_owned()).collect();
        lab
    };
    let labs =
        [lab("a", &["b"]), lab("b", &["c", "d"]), lab("c", &["a"]), lab("d", &[]), lab("e", &["f"]), lab("f", &["e"])];
    assert_eq!(circles(&labs), [vec!["a", "b", "c"], vec!["e", "f"]]);
}
