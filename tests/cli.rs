//! The command line as a script meets it: what it prints, where, and how it exits.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod command;

use std::process::{Command, Output, Stdio};

use command::{LAB, answer, command, json, parsed, run, run_with_input, said};
use groundplan::catalog::Kind;
use groundplan::rules::list;
use serde_json::Value;

fn lab() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/lab1.json")).unwrap()
}

/// A design whose subnet lies outside its VPC.
fn broken() -> String {
    let inside = "\"cidr\":\"192.168.1.0/24\"";
    assert!(lab().contains(inside));
    lab().replace(inside, "\"cidr\":\"172.16.1.0/24\"")
}

#[test]
fn kinds_are_listed_with_their_fields() {
    let kinds = json(&["kinds", "--format", "json"], 0);
    assert_eq!(kinds.as_array().unwrap().len(), Kind::ALL.len());
    let subnet = kinds.as_array().unwrap().iter().find(|kind| kind["kind"] == "subnet").unwrap();
    assert_eq!(subnet["cloudformation_type"], "AWS::EC2::Subnet");
    assert_eq!(subnet["label"]["ko"], "서브넷");
    assert_eq!(subnet["category"], "network");
    assert_eq!(subnet["fields"][0]["property"], "CidrBlock");
    assert_eq!(subnet["placement"]["root"], false);
    assert_eq!(answer(&["kinds"], 0).lines().count(), Kind::ALL.len());
}

#[test]
fn rules_are_listed_with_their_sources() {
    let rules = json(&["rules", "--format", "json"], 0);
    assert_eq!(rules.as_array().unwrap().len(), list::ALL.len());
    for rule in rules.as_array().unwrap() {
        assert!(rule["id"].is_string() && rule["fix"].is_boolean(), "{rule}");
        assert!(rule["title"]["ko"].is_string() && rule["title"]["en"].is_string(), "{rule}");
        assert!(rule["source"].as_str().unwrap().starts_with("https://"), "{rule}");
    }
}

#[test]
fn check_exits_by_what_it_found() {
    answer(&["check", LAB], 0);
    let broken = broken();
    let found = parsed(&run_with_input(&["check", "-", "--format", "json"], broken.as_bytes()), 1);
    let outside = found.as_array().unwrap().iter().find(|finding| finding["rule"] == "subnet-outside-vpc").unwrap();
    assert_eq!((&outside["severity"], &outside["field"]), (&"error".into(), &"cidr".into()));
    assert!(outside["resource"].is_string() && outside["id"].as_str().unwrap().starts_with('n'));
    assert!(outside["message"]["ko"].as_str().unwrap().contains("172.16.1.0/24"));
    assert!(outside["fix"]["en"].is_string());
    let korean = said(&run_with_input(&["--lang", "ko", "check", "-"], broken.as_bytes()), 1);
    assert!(korean.contains("[subnet-outside-vpc]") && korean.contains("고치기"), "{korean}");
    let english = said(&run_with_input(&["check", "-"], broken.as_bytes()), 1);
    assert!(english.contains("lies outside") && english.contains("fix:"), "{english}");
}

#[test]
fn check_writes_sarif() {
    let log = parsed(&run_with_input(&["check", "-", "--format", "sarif"], broken().as_bytes()), 1);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0];
        assert!(place["physicalLocation"]["artifactLocation"]["uri"].is_string());
        assert!(place["logicalLocations"][0]["name"].is_string());
    }
}

#[test]
fn convert_to_a_design_gives_the_same_design() {
    let lab = lab();
    assert_eq!(answer(&["convert", LAB, "--to", "design"], 0), lab);
    let written = std::env::temp_dir().join(format!("groundplan-cli-{}.json", std::process::id()));
    let output = run(&["convert", LAB, "--to", "design", "-o", written.to_str().unwrap()]);
    assert_eq!(said(&output, 0), "");
    assert_eq!(std::fs::read_to_string(&written).unwrap(), lab);
    std::fs::remove_file(written).unwrap();
}

#[test]
fn convert_to_a_template_and_back_gives_the_same_design() {
    let template = answer(&["convert", LAB, "--to", "json"], 0);
    let resources = serde_json::from_str::<Value>(&template).unwrap()["Resources"].take();
    assert!(resources.as_object().unwrap().values().any(|resource| resource["Type"] == "AWS::EC2::VPC"));
    let back = run_with_input(&["convert", "-", "--to", "design"], template.as_bytes());
    assert_eq!(said(&back, 0), lab());
    said(&run_with_input(&["check", "-"], template.as_bytes()), 0);
    let yaml = answer(&["convert", LAB, "--to", "yaml"], 0);
    assert!(yaml.lines().any(|line| line == "Resources:"));
}

#[test]
fn what_makes_no_sense_exits_with_2_and_says_where() {
    for (input, says) in [
        (&b""[..], "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"\xff\xfea", "UTF-16"),
        (b"\x89PNG\r\n", "cut short"),
        (b"\x80\x81\x82", "UTF-8"),
        (b"Description: \xbc\xad\xbf\xef", "CP949"),
        (b"Resources:\n  A:\n    Cidr: {{ .Values.cidr }}\n", "Helm"),
        (b"{\"groundplan\":99}", "newer version"),
        (b"{\"groundplan\":1,\n\"nodes\":7}", "line 2"),
    ] {
        let output = run_with_input(&["check", "-"], input);
        assert_eq!(said(&output, 2), "");
        let problem = String::from_utf8(output.stderr).unwrap();
        assert!(problem.contains(says), "{problem}");
    }
    let missing = run(&["--lang", "ko", "check", "no-such-file.json"]);
    said(&missing, 2);
    assert!(String::from_utf8(missing.stderr).unwrap().contains("no-such-file.json: 읽을 수 없어요"));
    for args in [&["check"][..], &["fly"], &["convert", LAB], &["convert", LAB, "--to", "stone"], &[]] {
        assert_eq!(run(args).status.code(), Some(2), "{args:?}");
    }
    assert_eq!(run(&["check", "tests/golden"]).status.code(), Some(2), "a folder is no design");
}

#[test]
fn a_folder_is_read_with_the_accounts_and_regions_in_it() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("accounts");
    let write = |place: &str, name: &str, text: &str| {
        let within = folder.join(place);
        std::fs::create_dir_all(&within).unwrap();
        std::fs::write(within.join(name), text).unwrap();
    };
    write(
        "111111111111/ap-northeast-2",
        "Vpcs.json",
        "{\"Vpcs\":[{\"VpcId\":\"vpc-1\",\"CidrBlock\":\"10.1.0.0/16\"}]}",
    );
    write("222222222222/us-east-1", "Vpcs.json", "{\"Vpcs\":[{\"VpcId\":\"vpc-2\",\"CidrBlock\":\"10.2.0.0/16\"}]}");
    write("222222222222/us-east-1", "notes.txt", "no JSON");
    let design = answer(&["convert", folder.to_str().unwrap(), "--to", "design"], 0);
    assert!(design.contains("vpc-1") && design.contains("vpc-2"), "{design}");
}

#[test]
fn a_folder_that_holds_too_much_is_refused_where_it_does() {
    let places = |output: &Output| String::from_utf8(output.stderr.clone()).unwrap();
    // A whole machine: its programs, devices and processes. It ends where there is too much, or what nobody may read.
    let output = run(&["check", "/"]);
    let problem = places(&output);
    assert!(said(&output, 2).is_empty(), "{problem}");
    assert!(
        problem.contains("stopped here after 10000 files and folders") || problem.contains("cannot be read"),
        "{problem}"
    );
    let many = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("many/inner");
    std::fs::create_dir_all(&many).unwrap();
    (0..10_000).for_each(|n| drop(std::fs::File::create(many.join(n.to_string())).unwrap()));
    let output = run(&["check", many.parent().unwrap().to_str().unwrap()]);
    let problem = places(&output);
    assert!(problem.contains("many/inner: stopped here after 10000 files and folders"), "{problem}");
    std::fs::remove_dir_all(many).unwrap();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("too-much");
    std::fs::create_dir_all(folder.join("inner")).unwrap();
    let file = std::fs::File::create(folder.join("inner/Vpcs.json")).unwrap();
    file.set_len(65 << 20).unwrap();
    let output = run(&["check", folder.to_str().unwrap()]);
    let problem = places(&output);
    assert!(said(&output, 2).is_empty() && problem.contains("inner/Vpcs.json: with this"), "{problem}");
    // What is no file is not waited for.
    file.set_len(0).unwrap();
    std::fs::write(folder.join("Vpcs.json"), r#"{"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.1.0.0/16"}]}"#).unwrap();
    Command::new("mkfifo").arg(folder.join("pipe.json")).output().unwrap();
    assert!(answer(&["convert", folder.to_str().unwrap(), "--to", "design"], 0).contains("vpc-1"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_found_again_and_again_is_counted() {
    let route = |n: u32| {
        format!(
            "  R{n}: {{Type: AWS::EC2::Route, Properties: {{RouteTableId: !Ref Table, DestinationCidrBlock: 10.9.0.0/16, GatewayId: !Ref Igw}}}}\n"
        )
    };
    let routes: String = (0..301).map(route).collect();
    let template = format!(
        "Resources:\n  Vpc: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}\n  Igw: {{Type: AWS::EC2::InternetGateway}}\n  Table: {{Type: AWS::EC2::RouteTable, Properties: {{VpcId: !Ref Vpc}}}}\n{routes}"
    );
    let check = |format| run_with_input(&["check", "-", "--format", format], template.as_bytes());
    let text = said(&check("text"), 1);
    assert_eq!(text.matches("[duplicate-route-destination]").count(), 200);
    assert_eq!(text.matches("And 100 more like this.").count(), 1, "{text}");
    let errors = |list: &Value| {
        let of = |entry: &&Value| entry["severity"] == "error";
        let more = |entry: &Value| entry["more"].as_u64().unwrap_or_default();
        list.as_array().unwrap().iter().filter(of).map(|entry| 1 + more(entry)).sum::<u64>()
    };
    let found = parsed(&check("json"), 1);
    assert!(text.contains(&format!("errors: {},", errors(&found))), "{text}");
    let last = found.as_array().unwrap().iter().rfind(|entry| entry["rule"] == "duplicate-route-destination");
    assert_eq!(last.unwrap()["more"], 100);
    let log = parsed(&check("sarif"), 1);
    let run = &log["runs"][0];
    let told = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let of = |note: &&Value| note["associatedRule"]["id"] == "duplicate-route-destination";
    let note = told.iter().find(of).unwrap();
    assert_eq!(note["message"]["text"], "And 100 more like this.");
    let index = usize::try_from(note["associatedRule"]["index"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "duplicate-route-destination");
}

#[test]
fn a_reader_that_goes_away_is_no_problem() {
    let mut command = command(&["kinds", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    said(&output, 0);
}

#[test]
fn a_bill_is_dated_and_says_what_goes_on_costing() {
    let bill = json(&["cost", LAB, "--format", "json"], 0);
    assert_eq!(bill["currency"], "USD");
    assert!(bill["total"].as_f64().unwrap() > bill["total_when_stopped"].as_f64().unwrap());
    let nat = bill["items"].as_array().unwrap().iter().find(|item| item["kind"] == "nat_gateway").unwrap();
    assert_eq!((&nat["monthly"], &nat["when_stopped"]), (&nat["when_stopped"], &nat["monthly"]));
    assert_eq!(nat["monthly"].as_f64(), Some(43.07));
    let text = answer(&["cost", LAB, "--lang", "ko"], 0);
    assert!(text.contains("NAT 게이트웨이") && text.contains("프리 티어"), "{text}");
}

#[test]
fn everything_is_torn_down_in_order() {
    let steps = json(&["teardown", LAB, "--format", "json"], 0);
    let kinds: Vec<&str> = steps.as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.last(), Some(&"vpc"));
    let at = |kind| kinds.iter().position(|one| *one == kind).unwrap();
    assert!(
        at("listener") < at("load_balancer")
            && at("nat_gateway") < at("elastic_ip")
            && at("elastic_ip") < at("internet_gateway")
    );
    let text = answer(&["teardown", LAB, "--lang", "en"], 0);
    assert!(text.starts_with("1. ") && text.contains("Detach internet gateway"), "{text}");
    assert_eq!(run(&["cost", "no-such-file"]).status.code(), Some(2));
}

#[test]
fn a_template_is_read_for_the_region_that_is_said() {
    let text = b"Mappings: {Sizes: {us-west-1: {Block: 10.8.0.0/16}, ap-northeast-2: {Block: 10.9.0.0/16}}}
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !FindInMap [Sizes, !Ref AWS::Region, Block]}}
";
    let convert = |region: &[&str]| {
        let args = [&["convert", "-", "--to", "design"], region].concat();
        said(&run_with_input(&args, text), 0)
    };
    let (here, there) = (convert(&[]), convert(&["--region", "us-west-1"]));
    assert!(here.contains("10.9.0.0/16") && here.contains("\"code\":\"ap-northeast-2\""), "{here}");
    assert!(there.contains("10.8.0.0/16") && there.contains("\"code\":\"us-west-1\""), "{there}");
    assert_eq!(run_with_input(&["check", "-", "--region", "seoul"], text).status.code(), Some(2));
}

/// What the page lists of the labs before it loads one. Made anew by `groundplan labs --format json`, of which it is a part.
#[test]
fn the_page_lists_the_labs_that_there_are() {
    const TOLD: [&str; 5] = ["id", "title", "minutes", "points", "requires"];
    let labs = json(&["labs", "--format", "json"], 0);
    let entry = |lab: &Value| -> Value { TOLD.iter().map(|key| ((*key).to_owned(), lab[*key].clone())).collect() };
    let listed: Vec<Value> = labs.as_array().unwrap().iter().map(entry).collect();
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/public/labs/index.json")).unwrap();
    let page: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        page["labs"],
        Value::Array(listed.clone()),
        "public/labs/index.json should say {}",
        Value::Array(listed)
    );
}
