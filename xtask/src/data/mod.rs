//! `cargo xtask data`: AWS's own data, written anew from what AWS publishes.
//!
//! Nothing is fetched: each command takes the published files and says in the head of what it writes where they come from, of when they are and
//! their hash. What is chosen of them, and the little that is corrected by hand, stands apart in `xtask/data.toml` with a reason each.

mod images;
mod instances;
mod prices;
mod types;

use crate::shell;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum Data {
    /// Resource types, from a folder of CloudFormation's resource provider schemas.
    Types {
        /// The folder, a JSON file for each type.
        folder: PathBuf,
        /// A JSON object from types to the names of their files, where the folder has several of a type.
        #[arg(long)]
        index: Option<PathBuf>,
        #[command(flatten)]
        origin: Origin,
    },
    /// The names of all instance types, from the model of the EC2 API (service-2.json of an AWS SDK).
    InstanceNames {
        /// The model.
        model: PathBuf,
        #[command(flatten)]
        origin: Origin,
    },
    /// Processors and memory of instance types, from what `aws ec2 describe-instance-types` prints.
    Instances {
        /// The pages of the answer.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        origin: Origin,
    },
    /// Machine images, from what `aws ssm get-parameters-by-path` prints of /aws/service/… and `aws ec2 describe-images` of their ids.
    Images {
        /// The pages of both answers.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        origin: Origin,
    },
    /// Prices by region, from the price lists of AmazonEC2, AmazonVPC, AWSELB, AmazonECS and AmazonRDS for each region, as JSON.
    Prices {
        /// The price lists.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        origin: Origin,
    },
}

/// Where published files come from.
#[derive(Args)]
pub struct Origin {
    /// What they are and who published them.
    #[arg(long)]
    source: String,
    /// Their year and month, as in 2026-10.
    #[arg(long)]
    date: String,
}

/// Writes the data of one kind.
pub fn command(data: Data) -> Result<()> {
    let choices = choices(&read(&shell::root().join("xtask/data.toml"))?)?;
    match data {
        Data::Types { folder, index, origin } => {
            let index = index.map(|file| json(&file)).transpose()?;
            let schemas = types::schemas(&folder, index.as_ref())?;
            let (text, hash) = types::table(&schemas, &choices)?;
            write("src/cloudformation/faults/types.txt", &format!("{}{text}", origin.head("# ", "types", &hash)))
        }
        Data::InstanceNames { model, origin } => {
            let text = instances::names(&json(&model)?)?;
            let head = origin.head("# ", "instance-names", &hash([&model])?);
            write("src/catalog/data/ec2_types.txt", &format!("{head}# A line is a family and its sizes.\n{text}"))
        }
        Data::Instances { files, origin } => {
            let text = instances::table(&jsons(&files)?, &choices)?;
            let head = origin.head("//! ", "instances", &hash(&files)?);
            write_rust("src/catalog/data/instance_table.rs", &format!("{head}{text}"))
        }
        Data::Images { files, origin } => {
            let text = images::table(&jsons(&files)?, &choices)?;
            let head = origin.head("//! ", "images", &hash(&files)?);
            write_rust("src/catalog/data/image_table.rs", &format!("{head}{text}"))
        }
        Data::Prices { files, origin } => {
            let text = prices::table(&jsons(&files)?, &choices, &origin.date)?;
            let head = origin.head("//! ", "prices", &hash(&files)?);
            write_rust("src/cost/price_table.rs", &format!("{head}{text}"))
        }
    }
}

impl Origin {
    /// The lines at the head of a written file.
    fn head(&self, comment: &str, command: &str, hash: &str) -> String {
        let Self { source, date } = self;
        format!(
            "{comment}From {source}, {date},\n{comment}sha256 {hash}.\n\
             {comment}Written by `cargo xtask data {command}`; what is chosen and corrected by hand stands in `xtask/data.toml`.\n"
        )
    }
}

/// What is chosen and corrected by hand.
fn choices(text: &str) -> Result<toml::Table> {
    text.parse().context("xtask/data.toml is not TOML")
}

/// The texts of a list at `section.name` of the choices.
fn texts<'a>(choices: &'a toml::Table, section: &str, name: &str) -> Result<Vec<&'a str>> {
    let list = choices.get(section).and_then(|section| section.get(name)?.as_array());
    let list = list.with_context(|| format!("data.toml has no list {section}.{name}"))?;
    list.iter().map(|one| one.as_str().with_context(|| format!("{section}.{name} takes texts, not {one:?}"))).collect()
}

/// The tables `[[section.name]]` of the choices.
fn tables<'a>(choices: &'a toml::Table, section: &str, name: &str) -> Result<Vec<&'a toml::Table>> {
    let list = choices.get(section).and_then(|section| section.get(name)).and_then(toml::Value::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|one| one.as_table().with_context(|| format!("{section}.{name} takes tables"))).collect()
}

/// A text of a table of the choices.
fn text<'a>(table: &'a toml::Table, name: &str) -> Result<&'a str> {
    table.get(name).and_then(toml::Value::as_str).with_context(|| format!("there is no {name:?} in {table:?}"))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn json(file: &Path) -> Result<Value> {
    serde_json::from_str(&read(file)?).with_context(|| format!("{} is not JSON", file.display()))
}

fn jsons(files: &[PathBuf]) -> Result<Vec<Value>> {
    files.iter().map(|file| json(file)).collect()
}

/// The hash of files, one after the other.
fn hash<'a>(files: impl IntoIterator<Item = &'a PathBuf>) -> Result<String> {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(hex(&hasher.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write(path: &str, text: &str) -> Result<()> {
    std::fs::write(shell::root().join(path), text).with_context(|| format!("cannot write {path}"))?;
    println!("{path}: {} lines", text.lines().count());
    Ok(())
}

fn write_rust(path: &str, text: &str) -> Result<()> {
    write(path, text)?;
    shell::run(&mut shell::command("rustfmt", &["--edition", "2024", path]))
}

/// The one of `found`, which is described by `what`.
fn only<T>(found: impl IntoIterator<Item = T>, what: &str) -> Result<T> {
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => bail!("the files do not have {what}"),
        (Some(_), Some(_)) => bail!("the files have more than one {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the tests of the generators choose.
    pub(super) fn chosen(text: &str) -> toml::Table {
        choices(text).unwrap()
    }

    #[test]
    fn the_choices_of_the_project_read_and_each_correction_has_a_reason() {
        let choices = chosen(include_str!("../../data.toml"));
        assert!(texts(&choices, "types", "described").unwrap().len() > 90);
        for correction in tables(&choices, "types", "correction").unwrap() {
            assert!(text(correction, "why").unwrap().len() > 10, "{correction:?}");
        }
        assert!(!instances::families(&choices).unwrap().is_empty());
        assert!(!tables(&choices, "images", "image").unwrap().is_empty());
        assert!(!texts(&choices, "prices", "regions").unwrap().is_empty());
    }

    #[test]
    fn the_head_names_source_date_and_hash() {
        let origin = Origin { source: "the moon".to_owned(), date: "2026-11".to_owned() };
        let head = origin.head("# ", "types", "abc");
        assert!(head.lines().all(|line| line.starts_with("# ")), "{head}");
        assert!(["the moon", "2026-11", "sha256 abc", "data types"].iter().all(|one| head.contains(one)), "{head}");
        assert_eq!(hex(&[0, 255]), "00ff");
    }
}
