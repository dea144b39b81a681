//! `convert`: a design in another form.

use std::path::Path;

use clap::ValueEnum;
use groundplan::id::NodeId;
use groundplan::text::{Lang, Message};
use groundplan::{cloudformation, file};

use super::{Answer, complain, input};

/// What a design can be turned into.
#[derive(Clone, Copy, ValueEnum)]
pub enum Form {
    /// Groundplan's own file.
    Design,
    /// A CloudFormation template in JSON.
    Json,
    /// A CloudFormation template in YAML.
    Yaml,
}

/// Prints the design in that form, or writes it to a file.
pub fn run(path: &Path, to: Form, output: Option<&Path>, lang: Lang) -> Result<Answer, Message> {
    let (design, mut notes) = input::design(path)?;
    let text = match to {
        Form::Design => file::save(&design),
        Form::Json | Form::Yaml => {
            let export = cloudformation::export(&design);
            let name = |node: Option<NodeId>| design.node(node?).map(|node| node.name.as_str());
            notes.extend(export.notes.iter().map(|note| match name(note.node) {
                Some(name) => {
                    Message { ko: format!("{name}: {}", note.message.ko), en: format!("{name}: {}", note.message.en) }
                }
                None => note.message.clone(),
            }));
            if let Form::Json = to { export.text().to_owned() } else { cloudformation::to_yaml(&export.template) }
        }
    };
    notes.iter().for_each(|note| complain(note.get(lang)));
    match output {
        Some(output) => input::write(output, &text).map(|()| Answer::fine(String::new())),
        None => Ok(Answer::fine(text)),
    }
}
