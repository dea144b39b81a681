//! `break`: a design with seeded faults, and what they were for whoever may know.

use std::path::PathBuf;

use clap::Args;
use groundplan::catalog::Value;
use groundplan::design::{Assertion, Design, Edit};
use groundplan::file;
use groundplan::labs::faults::{self, Made, class, derived};
use groundplan::message;
use groundplan::reach::{Network, judge};
use groundplan::text::Message;
use serde_json::json;

use super::input::Source;
use super::{Answer, assert, input, pretty};

/// Which faults.
#[derive(Args)]
pub struct Options {
    /// Any text, such as a student's number: the same gives the same faults.
    #[arg(long)]
    seed: String,
    /// How hard they should be to find, from 1 to 3.
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=3))]
    level: Option<u8>,
    /// How many.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=10))]
    count: u8,
    /// A JSON list of claims that hold and of which each fault breaks one; by default what the design does as it is.
    #[arg(long)]
    claims: Option<PathBuf>,
    /// Where to write what was broken and how to mend it.
    #[arg(long)]
    reveal: Option<PathBuf>,
}

/// Breaks a design.
pub fn run(source: Source<'_>, asked: &Options) -> Result<Answer, Message> {
    // What reading says of the file would not give the fault away, but the broken one says it again.
    let design = source.read()?.design;
    let claims = match &asked.claims {
        Some(file) => held(&design, assert::read(file)?)?,
        None => derived(&design),
    };
    let shown = source.path.display();
    let faults = faults::Asked { seed: &asked.seed, level: asked.level, count: usize::from(asked.count) };
    let broken = faults::of_design(&design, &claims, faults).map_err(|why| {
        let Message { ko, en } = why;
        message!("{shown}: {ko}", "{shown}: {en}")
    })?;
    if let Some(file) = &asked.reveal {
        let all: Vec<_> = broken.faults.iter().map(|made| revealed(&design, &claims, made)).collect();
        input::write(file, pretty(&json!({ "seed": asked.seed, "faults": all })).as_bytes())?;
    }
    Ok(Answer::fine(file::save(&broken.design)))
}

/// Claims by name are of the design as it is, so they are held against it first.
fn held(design: &Design, claims: Vec<Assertion>) -> Result<Vec<Assertion>, Message> {
    let outcomes = judge(design, &Network::lower(design), &std::collections::BTreeMap::new(), &claims);
    let holds: Vec<Assertion> =
        claims.into_iter().zip(outcomes).filter(|(_, outcome)| outcome.holds()).map(|(claim, _)| claim).collect();
    if holds.is_empty() {
        return Err(message!("지금 지켜지는 기대가 하나도 없어요.", "None of the claims holds as it is."));
    }
    Ok(holds)
}

fn revealed(design: &Design, claims: &[Assertion], made: &Made) -> serde_json::Value {
    let of = |place: &String| claims.get(place.parse::<usize>().ok()?);
    let breaks = made.breaks.iter().filter_map(of);
    let breaks: Vec<_> = breaks
        .map(|claim| json!({ "claim": claim, "says": groundplan::reach::assertion_in_words(design, claim) }))
        .collect();
    json!({
        "class": made.class,
        "title": class(made.class).map(|class| class.title),
        "level": made.level,
        "what": made.what,
        "breaks": breaks,
        "mend": made.mend.iter().map(edit_json).collect::<Vec<_>>(),
    })
}

fn edit_json(edit: &Edit) -> serde_json::Value {
    match edit {
        Edit::Set { id, field, value } => json!({ "set": id.to_string(), "field": field, "value": value_json(value) }),
        Edit::Place { id, parent, rect } => {
            let parent = parent.map(|id| id.to_string());
            json!({ "place": id.to_string(), "parent": parent, "at": [rect.x, rect.y, rect.w, rect.h] })
        }
        Edit::Remove(id) => json!({ "remove": id.to_string() }),
        Edit::Rename { id, name } => json!({ "rename": id.to_string(), "name": name }),
        // A mend makes no others.
        Edit::Row { id, field, .. } => json!({ "set": id.to_string(), "field": field }),
        Edit::Add(id, _) => json!({ "add": id.to_string() }),
        Edit::Title(_) | Edit::Assertions(_) | Edit::Template(_) => serde_json::Value::Null,
    }
}

/// A value as design files write it.
fn value_json(value: &Value) -> serde_json::Value {
    match value {
        Value::None => serde_json::Value::Null,
        Value::Bool(on) => json!(on),
        Value::Int(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Ref(id) => json!({ "ref": id.to_string() }),
        Value::List(items) => items.iter().map(value_json).collect(),
        Value::Record(cells) => cells.iter().map(|(id, cell)| (id.clone(), value_json(cell))).collect(),
    }
}
