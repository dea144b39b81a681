//! The project's commands: `cargo xtask serve`, `cargo xtask test`, `cargo xtask build`, `cargo xtask data`.
//!
//! They need rustup and a C compiler; node and npm shrink the bundle and run the browser tests, python3 runs the template tests.

mod bindings;
mod bundle;
mod data;
mod embed;
mod find;
mod labs;
mod rules;
mod serve;
mod shell;
mod size;
mod split;
mod styles;
mod test;
mod tools;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The project's commands.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the page and serves it on loopback with the headers of production.
    Serve {
        /// The port; without it the first free one from 8080 on.
        #[arg(long)]
        port: Option<u16>,
        #[command(flatten)]
        profile: ProfileArgs,
    },
    /// Runs every check and test, or one step.
    Test {
        /// The one step to run.
        #[arg(long, value_name = "STEP")]
        only: Option<String>,
        /// Names the steps and runs none.
        #[arg(long)]
        list: bool,
    },
    /// Runs the property tests and mutates the corpus of every parser, optimised, with new cases.
    Fuzz {
        /// How many cases each of them gets.
        #[arg(long, default_value_t = 10_000)]
        cases: u32,
        /// Draws the same cases again.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Ends the page at random moments of a storm of edits, and looks whether all of them are there again,
    /// and whether nothing is called saved that is not.
    Kills {
        /// How often it ends in each of the seven ways.
        #[arg(long, default_value_t = 43)]
        each: u32,
        /// What decides the moments.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        profile: ProfileArgs,
    },
    /// Builds the page into dist/ and prints its sizes.
    Build {
        #[command(flatten)]
        profile: ProfileArgs,
    },
    /// Lists the labs for the page, as the command line has them.
    Labs,
    /// Writes the pages of rules, in both languages.
    Rules,
    /// Writes AWS's own data anew, from files that AWS publishes.
    #[command(subcommand)]
    Data(data::Data),
}

#[derive(clap::Args)]
struct ProfileArgs {
    /// Builds quickly and without optimisation.
    #[arg(long)]
    debug: bool,
    /// Adds the pages that measure, at #bench and #bench-reach, and keeps out of dist/.
    #[arg(long, conflicts_with = "debug")]
    bench: bool,
}

impl ProfileArgs {
    fn profile(&self) -> bundle::Profile {
        match self {
            Self { debug: true, .. } => bundle::Profile::Debug,
            Self { bench: true, .. } => bundle::Profile::Bench,
            _ => bundle::Profile::Release,
        }
    }
}

fn main() {
    let done = if split::stands_in() {
        split::stand_in(&std::env::args().skip(1).collect::<Vec<_>>())
    } else {
        run(Cli::parse().command)
    };
    if let Err(error) = done {
        eprintln!("\nerror: {error:#}");
        std::process::exit(1);
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve { port, profile } => serve::command(port, profile.profile()),
        Command::Build { profile } => {
            let profile = profile.profile();
            let folder = bundle::build(profile)?;
            // An unoptimised bundle has tens of megabytes, whose size says nothing.
            if profile.is_optimised() {
                size::report(&folder)?;
            }
            Ok(())
        }
        Command::Test { list: true, .. } => {
            test::list();
            Ok(())
        }
        Command::Test { only, .. } => test::command(only.as_deref()),
        Command::Fuzz { cases, seed } => test::fuzz(cases, seed),
        Command::Kills { each, seed, profile } => test::kills(each, seed, profile.profile()),
        Command::Labs => labs::command(),
        Command::Rules => rules::command(),
        Command::Data(data) => data::command(data),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cli, Command, ProfileArgs};
    use clap::{CommandFactory, Parser};

    #[test]
    fn options_are_understood_or_refused() {
        Cli::command().debug_assert();
        let parse = |args: &[&str]| Cli::try_parse_from([&["xtask"], args].concat()).map(|cli| cli.command);
        assert!(matches!(
            parse(&["serve", "--port=2", "--debug"]),
            Ok(Command::Serve { port: Some(2), profile: ProfileArgs { debug: true, bench: false } })
        ));
        assert!(matches!(parse(&["fuzz"]), Ok(Command::Fuzz { cases: 10_000, seed: None })));
        assert!(matches!(parse(&["kills", "--each=2"]), Ok(Command::Kills { each: 2, seed: 1, .. })));
        for refused in [
            &[][..],
            &["serve", "--port"],
            &["serve", "--port", "70000"],
            &["build", "--port", "1"],
            &["build", "--debug", "--bench"],
            &["no"],
        ] {
            assert!(parse(refused).is_err(), "{refused:?}");
        }
    }
}
