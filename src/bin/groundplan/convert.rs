//! `convert`: a design in another form.

use std::path::Path;

use clap::ValueEnum;
use groundplan::file;
use groundplan::text::Message;

use super::{Answer, input};

/// What a design can be turned into.
#[derive(Clone, Copy, ValueEnum)]
pub enum Form {
    /// Groundplan's own file.
    Design,
}

/// Prints the design in that form, or writes it to a file.
pub fn run(path: &Path, to: Form, output: Option<&Path>) -> Result<Answer, Message> {
    let design = input::design(path)?;
    let text = match to {
        Form::Design => file::save(&design),
    };
    match output {
        Some(output) => input::write(output, &text).map(|()| Answer::fine(String::new())),
        None => Ok(Answer::fine(text)),
    }
}
