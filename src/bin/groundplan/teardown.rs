//! `teardown`: the order in which everything can be deleted, and why.

use std::fmt::Write;

use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::teardown::{Step, teardown};
use groundplan::text::{Lang, Message};

use super::input::Source;
use super::{Answer, ListFormat, pretty};

/// Prints the steps.
pub fn run(source: Source<'_>, format: ListFormat, lang: Lang) -> Result<Answer, Message> {
    let design = source.read()?.design;
    let steps = teardown(&design);
    Ok(Answer::fine(match format {
        ListFormat::Text => text(&design, &steps, lang),
        ListFormat::Json => pretty(&steps.iter().map(|step| json(&design, step)).collect::<Vec<_>>()),
    }))
}

fn name(design: &Design, id: NodeId) -> &str {
    design.node(id).map_or("", |node| node.name.as_str())
}

/// How many reasons a line has room for.
const REASONS: usize = 3;

fn text(design: &Design, steps: &[Step], lang: Lang) -> String {
    let mut text = String::new();
    // Writing into a string does not fail.
    for (number, step) in steps.iter().enumerate() {
        writeln!(text, "{}. {}", number + 1, step.how.get(lang)).ok();
        for before in step.after.iter().take(REASONS) {
            writeln!(text, "     {}", before.why.message(name(design, before.node)).get(lang)).ok();
        }
        let more = step.after.len().saturating_sub(REASONS);
        if more > 0 {
            let more = groundplan::message!("그 밖에 {more}개", "and {more} more");
            writeln!(text, "     {}", more.get(lang)).ok();
        }
        if let Some(note) = &step.note {
            writeln!(text, "   ! {}", note.get(lang)).ok();
        }
    }
    text
}

fn json(design: &Design, step: &Step) -> serde_json::Value {
    let after: Vec<_> = step
        .after
        .iter()
        .map(|before| {
            let name = name(design, before.node);
            serde_json::json!({ "resource": name, "id": before.node.to_string(), "why": before.why.message(name) })
        })
        .collect();
    serde_json::json!({
        "resource": name(design, step.node),
        "id": step.node.to_string(),
        "kind": design.node(step.node).map_or("", |node| node.kind().spec().id),
        "how": step.how,
        "after": after,
        "note": step.note,
    })
}
