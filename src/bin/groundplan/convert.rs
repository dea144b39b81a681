//! `convert`: a design in another form.

use std::path::Path;

use clap::ValueEnum;
use groundplan::cloudformation;
use groundplan::file::{self, Opened};
use groundplan::id::NodeId;
use groundplan::template::Syntax;
use groundplan::text::{Lang, Message};

use super::input::Source;
use super::{Answer, complain, input};

/// What a design can be turned into.
#[derive(Clone, Copy, ValueEnum)]
pub enum Form {
    /// Groundplan's own file.
    Design,
    /// A CloudFormation template as JSON; one that was opened as JSON stays as it is where nothing was edited.
    Json,
    /// A CloudFormation template as YAML; one that was opened as YAML keeps its comments.
    Yaml,
}

/// Prints the design in that form, or writes it to a file. What the form cannot say goes to standard error.
pub fn run(source: Source<'_>, to: Form, output: Option<&Path>, lang: Lang) -> Result<Answer, Message> {
    let Opened { design, mut notes, .. } = source.read()?;
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
            export.written(if let Form::Json = to { Syntax::Json } else { Syntax::Yaml })
        }
    };
    notes.iter().for_each(|note| complain(note.get(lang)));
    match output {
        Some(output) => input::write(output, text.as_bytes()).map(|()| Answer::fine(String::new())),
        None => Ok(Answer::fine(text)),
    }
}
