//! The command line: a thin binary over the engine, for instructors, CI and measuring.
//!
//! Results go to standard output, problems to standard error. Exit 0: fine. 1: the answer is no. 2: input or arguments make no sense.

mod assert;
mod breaking;
mod catalog;
mod change_picture;
mod changes;
mod check;
mod convert;
mod cost;
mod course;
mod diff;
mod grade;
mod handed_in;
mod input;
mod lab;
mod picture;
mod raster;
mod reach;
mod report;
mod sarif;
mod teardown;
mod trace;
mod way;

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use groundplan::text::{Lang, Message};

/// Checks and converts designs of AWS networks.
#[derive(Parser)]
#[command(name = "groundplan", version, about)]
struct Args {
    /// Language of texts; the default follows the locale.
    #[arg(long, global = true, value_enum)]
    lang: Option<Language>,
    /// The region that a template is meant for; by default the one that it seems to be written for.
    #[arg(long, global = true, value_parser = input::region)]
    region: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Ko,
    En,
}

#[derive(Subcommand)]
enum Command {
    /// Lists every kind of resource.
    Kinds {
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
    /// Lists every rule.
    Rules {
        #[arg(long, value_enum, default_value = "text")]
        format: catalog::RulesFormat,
    },
    /// Says what is wrong with a design; exits with 1 if anything is an error.
    Check {
        /// A design file or a CloudFormation template (JSON or YAML); - is standard input.
        input: PathBuf,
        #[arg(long, value_enum, default_value = "text")]
        format: check::Format,
        /// The address of a Groundplan page, such as https://plan.example.com/: findings in SARIF link to their rule there.
        #[arg(long, value_name = "URL")]
        page: Option<String>,
    },
    /// Says whether one end reaches another, on which way, and what blocks it; exits with 1 if not.
    Trace {
        /// A design file, a CloudFormation template, or output of aws ec2 describe-* (a file or a folder).
        input: PathBuf,
        #[command(flatten)]
        asked: trace::Options,
        #[arg(long, value_enum, default_value = "text")]
        format: trace::Format,
    },
    /// Lists who reaches whom.
    Reach {
        /// A design file, a CloudFormation template, or output of aws ec2 describe-* (a file or a folder).
        input: PathBuf,
        #[arg(long, value_enum, default_value = "text")]
        format: reach::Format,
    },
    /// Says what an edit means: pairs that can connect now, and pairs that no longer can.
    Diff {
        /// The design before.
        old: PathBuf,
        /// The design after.
        new: PathBuf,
        #[arg(long, value_enum, default_value = "text")]
        format: diff::Format,
        /// Where to write the new drawing as SVG or PNG, with what was added, changed and removed marked.
        #[arg(long, value_name = "FILE")]
        picture: Option<PathBuf>,
    },
    /// Decides what is pinned in a design, and what a file asks of it; exits with 1 if anything fails.
    Assert {
        /// A design file, a CloudFormation template, or output of aws ec2 describe-* (a file or a folder).
        input: PathBuf,
        /// A JSON list of claims such as {"from": "internet", "to": "web", "port": 80} or
        /// {"expect": "does-not-reach", "from": "internet", "to": {"category": "database"}}.
        #[arg(long, alias = "assertions")]
        claims: Option<PathBuf>,
        #[arg(long, value_enum, default_value = "text")]
        format: assert::Format,
    },
    /// Says what a design costs a month by list price, and what goes on costing while instances are stopped.
    Cost {
        /// A design file, a template, or output of aws ec2 describe-*; - is standard input.
        input: PathBuf,
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
    /// Lists the blocks of VPCs and subnets, and how many addresses are left.
    Addresses {
        /// A design file, a template, or output of aws ec2 describe-*; - is standard input.
        input: PathBuf,
        #[arg(long, value_enum, default_value = "text")]
        format: report::Format,
    },
    /// Writes one page without scripts: drawing, findings, address plan, who reaches whom, cost.
    Report {
        /// A design file, a template, or output of aws ec2 describe-*; - is standard input.
        input: PathBuf,
        /// Where to write it instead of standard output.
        #[arg(short)]
        output: Option<PathBuf>,
    },
    /// Says in which order everything can be deleted, and why.
    Teardown {
        /// A design file, a template, or output of aws ec2 describe-*; - is standard input.
        input: PathBuf,
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
    /// Lists the labs.
    Labs {
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
    /// Prints what a lab begins or ends with, a broken variant of it, or whether it is sound.
    Lab {
        /// The id of a lab, or a lab file.
        lab: PathBuf,
        #[command(flatten)]
        asked: lab::Asked,
        /// How hard the fault should be to find, from 1 to 3.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=3))]
        level: Option<u8>,
    },
    /// Prints a design with faults that learners make, the same for the same seed.
    Break {
        /// A design file, a template, or output of aws ec2 describe-*; - is standard input.
        input: PathBuf,
        #[command(flatten)]
        asked: breaking::Options,
    },
    /// Marks submissions by a lab; exits with 1 if one makes less than all points or cannot be marked.
    Grade {
        /// The id of a lab, or a lab file.
        lab: PathBuf,
        /// Submissions or designs, folders and zip archives of them.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[arg(long, value_enum, default_value = "text")]
        format: grade::Format,
    },
    /// Draws a design as SVG or PNG; the picture carries the design and can be opened again.
    Picture {
        /// A design file, a template, or output of aws ec2 describe-*; - is standard input.
        input: PathBuf,
        #[command(flatten)]
        asked: picture::Options,
    },
    /// Turns a design into another form.
    Convert {
        /// A design file or a CloudFormation template (JSON or YAML); - is standard input.
        input: PathBuf,
        /// The form to turn it into.
        #[arg(long, value_enum)]
        to: convert::Form,
        /// Where to write it instead of standard output.
        #[arg(short)]
        output: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum ListFormat {
    Text,
    Json,
}

/// What a command answers.
struct Answer {
    /// For standard output.
    text: String,
    /// Whether the answer is yes.
    fine: bool,
}

impl Answer {
    const fn fine(text: String) -> Self {
        Self { text, fine: true }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let lang = args.lang.map_or_else(of_locale, |lang| match lang {
        Language::Ko => Lang::Ko,
        Language::En => Lang::En,
    });
    let region = args.region.as_deref();
    let source = |path| input::Source { path, region };
    let answer = match args.command {
        Command::Kinds { format } => Ok(Answer::fine(catalog::kinds(format, lang))),
        Command::Rules { format } => Ok(Answer::fine(catalog::rules(format, lang))),
        Command::Check { input, format, page } => check::run(source(&input), format, page.as_deref(), lang),
        Command::Trace { input, asked, format } => trace::run(source(&input), &asked, format, lang),
        Command::Reach { input, format } => reach::run(source(&input), format, lang),
        Command::Diff { old, new, format, picture } => {
            diff::run([source(&old), source(&new)], format, picture.as_deref(), lang)
        }
        Command::Assert { input, claims, format } => assert::run(source(&input), claims.as_deref(), format, lang),
        Command::Addresses { input, format } => report::addresses(source(&input), format, lang),
        Command::Report { input, output } => report::run(source(&input), output.as_deref(), lang),
        Command::Cost { input, format } => cost::run(source(&input), format, lang),
        Command::Teardown { input, format } => teardown::run(source(&input), format, lang),
        Command::Labs { format } => lab::list(format, lang),
        Command::Lab { lab, asked, level } => lab::run(&lab, &asked, level, lang),
        Command::Break { input, asked } => breaking::run(source(&input), &asked),
        Command::Grade { lab, files, format } => grade::run(&lab, &files, region, format, lang),
        Command::Picture { input, asked } => picture::run(source(&input), &asked, lang),
        Command::Convert { input, to, output } => convert::run(source(&input), to, output.as_deref(), lang),
    };
    match answer.and_then(|answer| print(&answer.text).map(|()| answer.fine)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            complain(problem.get(lang));
            ExitCode::from(2)
        }
    }
}

/// Korean where the locale is, else English.
fn of_locale() -> Lang {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    if locale.starts_with("ko") { Lang::Ko } else { Lang::En }
}

/// Writes the answer. A reader that has seen enough (`| head`) is no problem.
fn print(text: &str) -> Result<(), Message> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Message::plain(format!("stdout: {error}"))),
        _ => Ok(()),
    }
}

/// Writes a line to standard error; if that fails too, nobody is listening.
fn complain(text: &str) {
    writeln!(io::stderr(), "groundplan: {text}").ok();
}

/// JSON over several lines, for people as well as for programs. What is printed has text for keys, so there is nothing that could fail.
fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
