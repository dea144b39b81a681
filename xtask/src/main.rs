//! The project's commands: `cargo xtask serve`, `cargo xtask test`, `cargo xtask build`.
//!
//! They need rustup and a C compiler; node and npm shrink the bundle and run the browser tests, python3 runs the template tests.

mod bundle;
mod find;
mod serve;
mod shell;
mod size;
mod split;
mod test;
mod tools;

use anyhow::{Result, bail};

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--debug]     build the page and serve it on loopback with the headers of production
  test [--only STEP] [--list]    run every check and test, or one step; --list names the steps
  fuzz [--cases N] [--seed N]    run the property tests, optimised, with N new cases each (10,000)
  build [--debug]                build the page into dist/ and print its sizes
  help                           print this

--debug builds quickly and without optimisation.";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = if split::stands_in() { split::stand_in(&args) } else { run(&args) };
    if let Err(error) = done {
        eprintln!("\nerror: {error:#}");
        std::process::exit(1);
    }
}

fn run(args: &[String]) -> Result<()> {
    let Some((command, options)) = args.split_first() else { bail!("no command given\n\n{HELP}") };
    match command.as_str() {
        "serve" => {
            let options = Options::parse(options, &["--debug"], &["--port"])?;
            serve::command(options.number("--port")?, bundle::Profile::debug_if(options.has("--debug")))
        }
        "build" => {
            let options = Options::parse(options, &["--debug"], &[])?;
            let profile = bundle::Profile::debug_if(options.has("--debug"));
            let folder = bundle::build(profile)?;
            // An unoptimised bundle has tens of megabytes, whose size says nothing.
            if profile == bundle::Profile::Release {
                size::report(&folder)?;
            }
            Ok(())
        }
        "test" => {
            let options = Options::parse(options, &["--list"], &["--only"])?;
            if options.has("--list") {
                test::list();
                return Ok(());
            }
            test::command(options.value("--only"))
        }
        "fuzz" => {
            let options = Options::parse(options, &[], &["--cases", "--seed"])?;
            let cases = options.number("--cases")?;
            test::fuzz(cases.unwrap_or(10_000), options.number("--seed")?)
        }
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("there is no command {other:?}\n\n{HELP}"),
    }
}

/// The options after a command: flags, and names that take a value (`--port 8080` or `--port=8080`).
struct Options {
    given: Vec<(String, Option<String>)>,
}

impl Options {
    /// Refuses what is neither in `flags` nor in `valued`.
    fn parse(args: &[String], flags: &[&str], valued: &[&str]) -> Result<Options> {
        let mut given = Vec::new();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let (name, inline) = match arg.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (arg.as_str(), None),
            };
            if valued.contains(&name) {
                let Some(value) = inline.or_else(|| args.next().cloned()) else { bail!("{name} takes a value") };
                given.push((name.to_owned(), Some(value)));
            } else if flags.contains(&name) && inline.is_none() {
                given.push((name.to_owned(), None));
            } else {
                bail!("there is no option {arg:?} here\n\n{HELP}");
            }
        }
        Ok(Options { given })
    }

    fn has(&self, name: &str) -> bool {
        self.given.iter().any(|(given, _)| given == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.given.iter().rev().find(|(given, _)| given == name)?.1.as_deref()
    }

    /// The number that an option is given, within the bounds of its type.
    fn number<N: std::str::FromStr<Err: std::fmt::Display>>(&self, name: &str) -> Result<Option<N>> {
        let Some(text) = self.value(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|why| anyhow::anyhow!("{name} does not take {text:?}: {why}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn options_are_understood_or_refused() {
        let parse = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
            Options::parse(&args, &["--debug"], &["--port"])
        };
        let options = parse(&["--port", "1", "--debug", "--port=2"]).unwrap();
        assert!(options.has("--debug"));
        assert_eq!(options.value("--port"), Some("2"));
        assert_eq!(options.number::<u16>("--port").unwrap(), Some(2));
        assert!(parse(&["--port", "70000"]).unwrap().number::<u16>("--port").is_err());
        for refused in [&["--port"][..], &["--debug=1"], &["--other"], &["serve"]] {
            assert!(parse(refused).is_err(), "{refused:?}");
        }
    }
}
