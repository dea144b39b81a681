//! Labs as an instructor and a script meet them: listed, opened, broken, marked.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod command;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use command::{answer, json, run};
use serde_json::{Value, json};

/// A folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::remove_dir_all(&path).ok();
    fs::create_dir_all(&path).unwrap();
    path
}

fn submission(design: &str, student: &str) -> String {
    let design: Value = serde_json::from_str(design).unwrap();
    json!({ "groundplan_submission": 1, "lab": "private-servers", "student": student, "seconds": 60, "design": design })
        .to_string()
}

#[test]
fn every_lab_in_the_folder_is_built_in() {
    let listed = json(&["labs", "--format", "json"], 0);
    let mut ids: Vec<&str> = listed.as_array().unwrap().iter().map(|lab| lab["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    let there = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/public/labs")).unwrap();
    let names = there.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut there: Vec<String> = names.filter_map(|name| name.strip_suffix(".lab.json").map(str::to_owned)).collect();
    there.sort();
    assert_eq!(ids, there);
    for lab in listed.as_array().unwrap() {
        assert!(lab["title"]["ko"].is_string() && lab["points"].as_u64().unwrap() > 0);
        assert!(lab["checks"].as_array().unwrap().iter().all(|check| check["says"]["en"].is_string()), "{lab}");
    }
    assert_eq!(answer(&["labs"], 0).lines().count(), there.len());
}

#[test]
fn a_lab_begins_short_of_its_end() {
    let folder = folder("labs-ends");
    for what in ["--start", "--solution"] {
        fs::write(folder.join(what), answer(&["lab", "private-servers", what], 0)).unwrap();
    }
    let at = |name: &str| folder.join(name).display().to_string();
    let full = json(&["grade", "private-servers", &at("--solution"), "--format", "json"], 0);
    assert_eq!((&full[0]["percent"], &full[0]["points"]), (&json!(100), &full[0]["of"]));
    let begun = json(&["grade", "private-servers", &at("--start"), "--format", "json"], 1);
    assert!(begun[0]["percent"].as_u64().unwrap() < 100);
    let korean = answer(&["--lang", "ko", "grade", "private-servers", &at("--start")], 1);
    assert!(korean.contains("아직"), "{korean}");
}

#[test]
fn faults_follow_from_the_seed_and_cost_points() {
    let folder = folder("labs-faults");
    let mut all = std::collections::BTreeSet::new();
    for seed in ["2026-001", "2026-002", "2026-003", "2026-004"] {
        let broken = answer(&["lab", "private-servers", "--fault", seed], 0);
        assert_eq!(broken, answer(&["lab", "private-servers", "--fault", seed], 0));
        let file = folder.join(seed);
        fs::write(&file, &broken).unwrap();
        let marks = json(&["grade", "private-servers", &file.display().to_string(), "--format", "json"], 1);
        assert!(marks[0]["percent"].as_u64().unwrap() < 100, "{seed}");
        all.insert(broken);
    }
    assert!(all.len() > 1, "neighbours get different faults");
}

#[test]
fn a_lab_file_is_checked() {
    let folder = folder("labs-check");
    let small = json!({
        "groundplan_lab": 1, "id": "small", "version": 1, "minutes": 5,
        "title": { "ko": "작은 실습", "en": "A small lab" },
        "story": { "ko": "서버를 열어 주세요.", "en": "Open the servers." },
        "solution": { "sample": "two-az-vpc" },
        "checks": [{ "id": "zones", "points": 1, "check": { "exists": { "what": { "kind": ["subnet"] }, "zones": 2 } } }]
    });
    let file = folder.join("small.lab.json");
    fs::write(&file, small.to_string()).unwrap();
    let file = file.display().to_string();
    assert!(answer(&["lab", &file, "--check"], 0).contains("sound"));
    fs::write(&file, small.to_string().replace("\"points\":1", "\"points\":0")).unwrap();
    assert!(answer(&["lab", &file, "--check"], 1).contains("checks[0].points"));
    fs::write(&file, small.to_string().replace("\"zones\":2", "\"zones\":9")).unwrap();
    assert!(answer(&["lab", &file, "--check"], 1).contains("solution"));
    answer(&["lab", "no-such-lab", "--start"], 2);
    answer(&["lab", &file], 2);
}

#[test]
fn submissions_are_marked_in_order_with_a_row_for_what_cannot_be() {
    let folder = folder("labs-class");
    let solution = answer(&["lab", "private-servers", "--solution"], 0);
    let start = answer(&["lab", "private-servers", "--start"], 0);
    let template = folder.join("sub");
    fs::create_dir(&template).unwrap();
    for (name, text) in [
        ("a.json", submission(&solution, "=HYPERLINK(\"http://example.com\")")),
        ("b.json", submission(&start, "kim")),
        ("c.json", submission(&start, "kim")),
        ("d.json", submission(&solution, "lee").replace("private-servers", "six-subnets")),
        ("e.png", "\u{89}PNG".to_owned()),
        ("f.json", "{".to_owned()),
        (".DS_Store", "x".to_owned()),
        ("sub/g.json", solution.clone()),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let at = folder.display().to_string();
    let rows = json(&["grade", "private-servers", &at, "--format", "json"], 1);
    let rows = rows.as_array().unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row["file"].as_str().unwrap().rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.json", "b.json", "c.json", "d.json", "e.png", "f.json", "g.json"]);
    assert_eq!((&rows[0]["percent"], &rows[6]["percent"]), (&json!(100), &json!(100)));
    assert!(rows[1]["notes"][0]["en"].as_str().unwrap().contains("several submissions of kim"));
    assert!(rows[3]["problem"]["en"].as_str().unwrap().contains("another lab"));
    for row in &rows[4..6] {
        assert!(row["problem"]["ko"].is_string() && row["points"].is_null(), "{row}");
    }
    let csv = answer(&["grade", "private-servers", &at, "--format", "csv"], 1);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("file,student,points,of,percent,"), "{}", lines[0]);
    assert!(lines[1].contains(",\"'=HYPERLINK(\"\"http://example.com\"\")\","), "{}", lines[1]);
    // Commas within quotes part no columns.
    let columns = |line: &str| line.split('"').step_by(2).map(|part| part.matches(',').count()).sum::<usize>();
    assert!(lines[1..8].iter().all(|line| columns(line) == columns(lines[0])), "{csv}");
    answer(&["grade", "private-servers", &folder.join("none.json").display().to_string()], 2);
}

/// An archive of files, each deflated.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn archives_are_read_within_bounds() {
    let folder = folder("labs-zip");
    let solution = answer(&["lab", "private-servers", "--solution"], 0);
    let bomb = vec![b' '; groundplan::file::MAX_BYTES + 1];
    let one = submission(&solution, "kim");
    let files: Vec<(&str, &[u8])> = vec![
        ("b/kim.json", one.as_bytes()),
        ("a/bomb.json", &bomb),
        ("__MACOSX/b/._kim.json", b"x"),
        ("../../c.json", b"{}"),
    ];
    let file = folder.join("class.zip");
    fs::write(&file, zipped(&files)).unwrap();
    let at = file.display().to_string();
    let rows = json(&["grade", "private-servers", &at, "--format", "json"], 1);
    let rows = rows.as_array().unwrap();
    let told: Vec<(&str, bool)> = rows
        .iter()
        .map(|row| (row["file"].as_str().unwrap().split(".zip/").nth(1).unwrap(), row["problem"].is_null()))
        .collect();
    assert_eq!(told, [("../../c.json", false), ("a/bomb.json", false), ("b/kim.json", true)]);
    assert!(rows[1]["problem"]["en"].as_str().unwrap().contains("too large"), "{}", rows[1]);
    fs::write(&file, b"PK\x03\x04 and no more").unwrap();
    assert!(answer(&["grade", "private-servers", &at], 2).is_empty());
}

#[test]
fn a_class_with_all_that_goes_wrong_is_marked_to_the_end() {
    let folder = folder("labs-wrong");
    let solution = answer(&["lab", "private-servers", "--solution"], 0);
    let start = answer(&["lab", "private-servers", "--start"], 0);
    let whole = submission(&solution, "kim");
    let mut renamed: Value = serde_json::from_str(&solution).unwrap();
    for node in renamed["nodes"].as_array_mut().unwrap() {
        node["name"] = json!(format!("my-{}", node["name"].as_str().unwrap()));
    }
    let found = |seed: &str| {
        submission(&solution, "=cmd|' /C calc'!A1").replacen(
            '{',
            &format!("{{\"mode\":\"find-the-fault\",\"seed\":\"{seed}\","),
            1,
        )
    };
    let many = folder.join("many");
    fs::create_dir(&many).unwrap();
    for number in 0..1_000 {
        fs::write(many.join(format!("{number:04}.txt")), "notes of a lecture").unwrap();
    }
    for (name, text) in [
        ("a.json", whole.clone()),
        ("b.json", submission(&renamed.to_string(), "lee")),
        ("c.json", whole.get(..whole.len() - 40).unwrap().to_owned()),
        ("d.json", submission(&start, "<img src=x onerror=alert(1)>")),
        ("e.json", found("2026-001")),
        ("f.zip", "PK\u{3}\u{4} and no more".to_owned()),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let inner: Vec<(&str, &[u8])> = vec![("park.json", whole.as_bytes())];
    fs::write(folder.join("g.zip"), zipped(&inner)).unwrap();
    let rows = json(&["grade", "private-servers", &folder.display().to_string(), "--format", "json"], 1);
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 1_007);
    let row = |name: &str| rows.iter().find(|row| row["file"].as_str().unwrap().ends_with(name)).unwrap();
    let notes = |name: &str| row(name)["notes"].to_string();
    assert_eq!((&row("a.json")["percent"], &row("a.json")["seal"]), (&json!(100), &json!("none")));
    assert!(notes("b.json").contains("The same design under other names"), "{}", notes("b.json"));
    assert!(row("b.json")["same_as"].as_array().unwrap().iter().any(|file| file.as_str().unwrap().ends_with("a.json")));
    assert!(row("c.json")["problem"]["en"].as_str().unwrap().contains("cut short"), "{}", row("c.json"));
    assert!(row("d.json")["same_as"].as_array().unwrap().is_empty());
    assert!(notes("e.json").contains("is not that of the student"), "{}", notes("e.json"));
    assert!(row("f.zip")["problem"]["en"].as_str().unwrap().contains("ZIP"), "{}", row("f.zip"));
    assert_eq!(row("g.zip/park.json")["percent"], json!(100));
    assert!(row("0999.txt")["problem"]["ko"].is_string());
    let csv = answer(&["grade", "private-servers", &folder.display().to_string(), "--format", "csv"], 1);
    assert!(csv.contains(",'=cmd|' /C calc'!A1,"), "{}", csv.lines().nth(5).unwrap());
}

#[test]
fn any_design_is_broken_by_a_seed_and_mended() {
    let folder = folder("labs-break");
    let reveal = folder.join("reveal.json").display().to_string();
    let golden = "tests/golden/lab1.json";
    let output = run(&["break", golden, "--seed", "kim", "--count", "2", "--reveal", &reveal]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stderr, b"", "nothing gives the fault away");
    let broken = String::from_utf8(output.stdout).unwrap();
    assert_eq!(broken, answer(&["break", golden, "--seed", "kim", "--count", "2"], 0));
    assert_ne!(broken, fs::read_to_string(golden).unwrap());
    let told: Value = serde_json::from_str(&fs::read_to_string(&reveal).unwrap()).unwrap();
    let faults = told["faults"].as_array().unwrap();
    assert_eq!(faults.len(), 2);
    for fault in faults {
        assert!(fault["what"]["ko"].is_string() && !fault["mend"].as_array().unwrap().is_empty(), "{fault}");
        // Each claim that it says it breaks held before and does not now.
        let claims: Vec<&Value> = fault["breaks"].as_array().unwrap().iter().map(|broken| &broken["claim"]).collect();
        assert!(!claims.is_empty(), "{fault}");
        let file = folder.join("claims.json");
        fs::write(&file, serde_json::to_string(&claims).unwrap()).unwrap();
        let claims = file.display().to_string();
        answer(&["assert", golden, "--assertions", &claims], 0);
    }
    let other = answer(&["break", golden, "--seed", "lee", "--level", "1"], 0);
    assert_ne!(other, broken);
    answer(&["break", golden, "--seed", "kim", "--level", "9"], 2);
}
