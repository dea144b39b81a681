//! Templates of other hands, opened and written again: byte for byte where nothing was edited, one place where one thing was.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use std::fs;
use std::path::Path;

use groundplan::catalog::{Kind, Value};
use groundplan::cloudformation::{Export, export};
use groundplan::design::{Design, Edit};
use groundplan::file;
use groundplan::id::NodeId;
use groundplan::template::changes::{Fate, changes};
use groundplan::template::{Syntax, parse};

/// One edit of a template, and what it exchanges in the text.
struct Case {
    file: &'static str,
    kind: Kind,
    name: &'static str,
    field: &'static str,
    value: fn() -> Value,
    old: &'static str,
    new: &'static str,
}

const CASES: [Case; 12] = [
    Case {
        file: "comments.yaml",
        kind: Kind::Vpc,
        name: "network",
        field: "cidr",
        value: || "10.200.0.0/16".into(),
        old: "CidrBlock:          10.0.0.0/16        # sixteen",
        new: "CidrBlock:          10.200.0.0/16        # sixteen",
    },
    Case {
        file: "comments.yaml",
        kind: Kind::Vpc,
        name: "network",
        field: "dns_hostnames",
        value: || false.into(),
        old: "EnableDnsHostnames: true\n",
        new: "EnableDnsHostnames: false\n",
    },
    Case {
        file: "comments.yaml",
        kind: Kind::Subnet,
        name: "PrivateSubnet",
        field: "auto_assign_public_ip",
        value: || true.into(),
        old: "      AvailabilityZone: !Select [ 1, !GetAZs \"\" ]\n",
        new: "      AvailabilityZone: !Select [ 1, !GetAZs \"\" ]\n      MapPublicIpOnLaunch: true\n",
    },
    Case {
        file: "quotes.yaml",
        kind: Kind::Vpc,
        name: "Network",
        field: "cidr",
        value: || "10.9.0.0/16".into(),
        old: "'10.8.0.0/16'",
        new: "'10.9.0.0/16'",
    },
    Case {
        file: "anchors.yaml",
        kind: Kind::Subnet,
        name: "Left",
        field: "cidr",
        value: || "172.16.9.0/24".into(),
        old: "172.16.1.0/24",
        new: "172.16.9.0/24",
    },
    Case {
        file: "scripts.yaml",
        kind: Kind::Instance,
        name: "Server",
        field: "instance_type",
        value: || "t3.large".into(),
        old: "t3.micro        # small",
        new: "t3.large        # small",
    },
    Case {
        file: "wide.yaml",
        kind: Kind::Vpc,
        name: "Network",
        field: "cidr",
        value: || "192.168.0.0/20".into(),
        old: "192.168.0.0/16",
        new: "192.168.0.0/20",
    },
    Case {
        file: "functions.yaml",
        kind: Kind::Vpc,
        name: "test-network",
        field: "cidr",
        value: || "10.99.0.0/16".into(),
        old: "!FindInMap [Blocks, !Ref AWS::Region, Network]",
        new: "\"10.99.0.0/16\"",
    },
    Case {
        file: "plain.json",
        kind: Kind::Subnet,
        name: "Room",
        field: "cidr",
        value: || "10.2.8.0/24".into(),
        old: "10.2.0.0/24",
        new: "10.2.8.0/24",
    },
    Case {
        file: "tabs.json",
        kind: Kind::Vpc,
        name: "Network",
        field: "dns_support",
        value: || false.into(),
        old: "\"EnableDnsSupport\" : \"true\"",
        new: "\"EnableDnsSupport\" : false",
    },
    Case {
        file: "narrow.json",
        kind: Kind::Vpc,
        name: "Network",
        field: "cidr",
        value: || "10.44.0.0/16".into(),
        old: "10.4.0.0/16",
        new: "10.44.0.0/16",
    },
    Case {
        file: "crooked.json",
        kind: Kind::Subnet,
        name: "Room",
        field: "cidr",
        value: || "10.5.9.0/24".into(),
        old: "10.5.7.0/24",
        new: "10.5.9.0/24",
    },
];

fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opened");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<(String, String)> = entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    all.sort();
    assert_eq!(all.len(), 10, "the templates are where this test looks");
    all
}

/// The ways in which other systems and editors write the same text.
fn guises(text: &str) -> Vec<(&'static str, String)> {
    let windows = text.replace('\n', "\r\n");
    vec![
        ("as it is", text.to_owned()),
        ("with a byte order mark", format!("\u{feff}{text}")),
        ("with line ends of Windows", windows.clone()),
        ("with both", format!("\u{feff}{windows}")),
        ("without a last line end", text.trim_end().to_owned()),
        ("with blank lines around", format!("\n\n{text}\n\n")),
    ]
}

fn open(text: &str) -> Design {
    file::read_bytes(text.as_bytes()).unwrap_or_else(|error| panic!("{error:?}\n{text}")).design
}

fn find(design: &Design, kind: Kind, name: &str) -> NodeId {
    let found = design.nodes().find(|(_, node)| node.kind() == kind && node.name == name);
    found.unwrap_or_else(|| panic!("{name} is not drawn")).0
}

/// The lines that went and those that came, as the review pane has them.
fn review(export: &Export) -> (Vec<String>, Vec<String>) {
    let syntax = export.syntax();
    let (before, after) = (export.shown_original(syntax).unwrap(), export.shown(syntax).text);
    let script = changes(&before, &after);
    let of = |fate: Fate| script.iter().filter(|line| line.fate == fate).map(|line| line.text.to_owned()).collect();
    (of(Fate::Gone), of(Fate::New))
}

#[test]
fn what_nobody_edited_leaves_byte_for_byte_and_a_saved_design_keeps_it() {
    for (name, text) in fixtures() {
        for (guise, text) in guises(&text) {
            let design = open(&text);
            let written = export(&design);
            let own = if name.ends_with("json") { Syntax::Json } else { Syntax::Yaml };
            assert_eq!(written.syntax(), own, "{name}, {guise}");
            assert_eq!(written.text(), text, "{name}, {guise}");
            assert_eq!(written.written(own), text, "{name}, {guise}");
            assert_eq!(review(&written), (vec![], vec![]), "{name}, {guise}");
            let reopened = file::open(&file::save(&design)).unwrap();
            assert_eq!(export(&reopened).text(), text, "{name}, {guise}, saved");
            let other = if own == Syntax::Json { Syntax::Yaml } else { Syntax::Json };
            let translated = parse(&written.written(other)).unwrap().template;
            assert_eq!(translated, written.template, "{name}, {guise}, in the other language");
        }
    }
}

#[test]
fn one_edit_changes_one_place_of_the_text() {
    let fixtures = fixtures();
    for Case { file, kind, name, field, value, old, new } in CASES {
        let (_, text) = fixtures.iter().find(|(name, _)| name == file).unwrap();
        for (guise, text) in guises(text) {
            let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let (old, new) = (old.replace('\n', line_end), new.replace('\n', line_end));
            assert_eq!(text.matches(&old).count(), 1, "{file}: {old}");
            let mut design = open(&text);
            let id = find(&design, kind, name);
            design.apply(&Edit::set(id, field, value())).unwrap();
            let want = text.replace(&old, &new);
            assert_eq!(export(&design).text(), want, "{file}, {guise}");
            let mut reopened = file::open(&file::save(&design)).unwrap();
            let written = export(&reopened);
            assert_eq!(written.text(), want, "{file}, {guise}, saved");
            let (gone, came) = review(&written);
            assert!(gone.len() <= 1 && came.len() == 1, "{file}, {guise}: {gone:?} {came:?}");
            // And back again.
            let before = reopened.template().unwrap().base().node(id).unwrap().body.value(field).unwrap();
            reopened.apply(&Edit::set(id, field, before)).unwrap();
            assert_eq!(export(&reopened).text(), text, "{file}, {guise}, taken back");
        }
    }
}

#[test]
fn a_secret_leaves_the_page_and_is_not_shown() {
    let text = "# kept\nParameters:\n  Password: {Type: String, NoEcho: true, Default: hunter2} # secret\nResources:\n  Network:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/16}\n";
    let written = export(&open(text));
    assert_eq!(written.text(), text);
    let shown = written.shown(Syntax::Yaml).text;
    assert!(!shown.contains("hunter2") && shown.contains("# kept") && shown.contains("# secret"), "{shown}");
    assert!(!written.shown_original(Syntax::Yaml).unwrap().contains("hunter2"));
    assert!(!written.shown(Syntax::Json).text.contains("hunter2"));
}
