//! What the page lists before it loads a lab: `public/labs/index.json`, as the command line says it of the labs that are built in.

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::shell;

/// What is listed of each lab.
const TOLD: [&str; 5] = ["id", "title", "minutes", "points", "requires"];

/// Writes the list anew.
pub fn command() -> Result<()> {
    let mut list = shell::cargo(&["run", "--quiet", "--features", "cli", "--bin", "groundplan", "--"]);
    let labs: Vec<Value> = serde_json::from_str(&shell::output(list.args(["labs", "--format", "json"]))?)?;
    let lines = labs.iter().map(told).collect::<Result<Vec<String>>>()?;
    let path = shell::root().join("public/labs/index.json");
    std::fs::write(&path, index(&lines)).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("{}: {} labs", path.display(), lines.len());
    Ok(())
}

/// A lab's entry, on a line of its own so that a change of one shows as one.
fn told(lab: &Value) -> Result<String> {
    let cell = |key: &str| Some((key.to_owned(), lab.get(key)?.clone()));
    let entry: Option<Map<String, Value>> = TOLD.iter().map(|key| cell(key)).collect();
    let entry = entry.with_context(|| format!("the command line does not say all of {TOLD:?}"))?;
    Ok(serde_json::to_string(&entry)?)
}

fn index(lines: &[String]) -> String {
    format!("{{\"labs\": [\n{}\n]}}\n", lines.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::{index, told};
    use serde_json::{Value, json};

    #[test]
    fn the_list_is_json_with_a_line_for_each_lab() {
        let lab = |id: &str| json!({ "id": id, "title": {}, "minutes": 5, "points": 9, "requires": [], "checks": [] });
        let lines = [told(&lab("a")).unwrap(), told(&lab("b")).unwrap()];
        let text = index(&lines);
        assert_eq!(text.lines().count(), 4);
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["labs"][1]["id"], "b");
        assert!(read["labs"][0].get("checks").is_none());
        assert!(told(&json!({ "id": "c" })).is_err());
    }
}
