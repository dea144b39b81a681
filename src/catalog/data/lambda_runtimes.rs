//! The runtimes of Lambda with the day from which AWS no longer keeps each, as planned in late 2026.
//! Follows <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>.

use crate::catalog::Suggestion;
use crate::text::Message;

/// A runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LambdaRuntime {
    /// As templates write it: `python3.13`.
    pub id: &'static str,
    /// As people read it.
    pub label: &'static str,
    /// The day from which it gets no updates: `2029-06-30`.
    pub deprecated_on: &'static str,
    /// Whether that day is past.
    pub is_deprecated: bool,
}

impl LambdaRuntime {
    /// Whether a template may hold the code itself.
    pub fn takes_inline_code(&self) -> bool {
        takes_inline_code(self.id)
    }

    /// The language: `python` of `python3.13`.
    pub fn language(&self) -> &'static str {
        language(self.id)
    }
}

fn language(id: &str) -> &str {
    id.split(|c: char| c.is_ascii_digit() || c == '.').next().unwrap_or_default()
}

const fn kept(id: &'static str, label: &'static str, deprecated_on: &'static str) -> LambdaRuntime {
    LambdaRuntime { id, label, deprecated_on, is_deprecated: false }
}

const fn gone(id: &'static str, label: &'static str, deprecated_on: &'static str) -> LambdaRuntime {
    LambdaRuntime { id, label, deprecated_on, is_deprecated: true }
}

/// All that a template may name, those in use first, newest of each language first.
pub const LAMBDA_RUNTIMES: [LambdaRuntime; 32] = [
    kept("python3.14", "Python 3.14", "2029-06-30"),
    kept("python3.13", "Python 3.13", "2029-06-30"),
    kept("python3.12", "Python 3.12", "2028-10-31"),
    kept("python3.11", "Python 3.11", "2027-06-30"),
    kept("nodejs24.x", "Node.js 24", "2028-04-30"),
    kept("nodejs22.x", "Node.js 22", "2027-04-30"),
    kept("java25", "Java 25", "2029-06-30"),
    kept("java21", "Java 21", "2029-06-30"),
    kept("java17", "Java 17", "2027-06-30"),
    kept("java11", "Java 11", "2027-06-30"),
    kept("java8.al2", "Java 8", "2027-06-30"),
    kept("dotnet10", ".NET 10", "2028-11-14"),
    kept("ruby3.4", "Ruby 3.4", "2028-03-31"),
    kept("ruby3.3", "Ruby 3.3", "2027-03-31"),
    kept("provided.al2023", "Amazon Linux 2023", "2029-06-30"),
    gone("python3.10", "Python 3.10", "2026-10-31"),
    gone("python3.9", "Python 3.9", "2025-12-15"),
    gone("python3.8", "Python 3.8", "2024-10-14"),
    gone("python3.7", "Python 3.7", "2023-12-04"),
    gone("nodejs20.x", "Node.js 20", "2026-04-30"),
    gone("nodejs18.x", "Node.js 18", "2025-09-01"),
    gone("nodejs16.x", "Node.js 16", "2024-06-12"),
    gone("nodejs14.x", "Node.js 14", "2023-12-04"),
    gone("java8", "Java 8 (Amazon Linux 1)", "2024-01-08"),
    gone("dotnet8", ".NET 8", "2026-11-10"),
    gone("dotnet6", ".NET 6", "2024-12-20"),
    gone("dotnetcore3.1", ".NET Core 3.1", "2023-04-03"),
    gone("go1.x", "Go 1", "2024-01-08"),
    gone("ruby3.2", "Ruby 3.2", "2026-03-31"),
    gone("ruby2.7", "Ruby 2.7", "2023-12-07"),
    gone("provided.al2", "Amazon Linux 2", "2026-07-31"),
    gone("provided", "Amazon Linux 1", "2024-01-08"),
];

/// A runtime by its id.
pub fn lambda_runtime(id: &str) -> Option<&'static LambdaRuntime> {
    LAMBDA_RUNTIMES.iter().find(|runtime| runtime.id == id)
}

/// The newest runtime that is kept of the language of another, of one, too, that Lambda no longer knows, such as `nodejs8.10`.
pub fn successor(id: &str) -> Option<&'static LambdaRuntime> {
    let language = match language(id) {
        "dotnetcore" => "dotnet",
        "go" => "provided",
        other => other,
    };
    LAMBDA_RUNTIMES.iter().find(|other| !other.is_deprecated && other.language() == language)
}

/// Whether a template may hold the code of a function of this runtime.
pub fn takes_inline_code(id: &str) -> bool {
    id.starts_with("python") || id.starts_with("nodejs")
}

/// The runtimes that are kept, as a form proposes them.
pub fn lambda_runtimes() -> Vec<Suggestion> {
    let kept = LAMBDA_RUNTIMES.iter().filter(|runtime| !runtime.is_deprecated);
    kept.map(|one| Suggestion { value: one.id.to_owned(), label: Message::plain(one.label) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runtime_that_is_gone_has_a_successor() {
        for runtime in LAMBDA_RUNTIMES.iter().filter(|runtime| runtime.is_deprecated) {
            let next = successor(runtime.id).unwrap_or_else(|| panic!("{} has none", runtime.id));
            assert!(next.deprecated_on > runtime.deprecated_on);
        }
        assert_eq!(
            lambda_runtime("go1.x").and_then(|gone| successor(gone.id)).map(|next| next.id),
            Some("provided.al2023")
        );
    }
}
