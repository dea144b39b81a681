//! Why a file was refused: where, what is wrong, what to do.

use serde_json::error::Category;

use crate::catalog::Kind;
use crate::design::Refusal;
use crate::id::NodeId;
use crate::message;
use crate::template::Problem;
use crate::text::{Message, Text, t};

/// Where in a file something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line and a column of its text, from 1.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A node and perhaps one of its fields.
    Node {
        /// The node's id as the file writes it.
        id: String,
        /// The field's id.
        field: Option<String>,
    },
}

impl Place {
    /// The place in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Text { line, column } => message!("{line}번째 줄 {column}번째 칸", "line {line}, column {column}"),
            Self::Node { id, field: Some(field) } => Message::plain(format!("{id} · {field}")),
            Self::Node { id, field: None } => Message::plain(id),
        }
    }
}

/// A file was refused; nothing that was open changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// Where, if it is a place in the file.
    pub place: Option<Place>,
    /// What is wrong.
    pub why: Message,
    /// What to do.
    pub advice: Advice,
}

/// What a person can do about a refused file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// It was a design once.
    AnotherCopy,
    /// It never was one.
    AnotherFile,
    /// It takes a newer page.
    Update,
}

impl Advice {
    /// What to do, in a sentence or two.
    pub const fn text(self) -> Text {
        match self {
            Self::AnotherCopy => t(
                "파일이 손상되었거나 손으로 고쳐진 것 같아요. 다른 사본이나 자동 저장된 설계를 열어 보세요.",
                "The file seems damaged or edited by hand. Try another copy or the autosaved design.",
            ),
            Self::AnotherFile => t(
                "Groundplan에서 저장한 설계 파일이나 CloudFormation 템플릿을 골라 주세요.",
                "Choose a design that Groundplan saved, or a CloudFormation template.",
            ),
            Self::Update => t(
                "최신 버전의 Groundplan으로 열어 주세요. 파일은 그대로 두었어요.",
                "Open it with the newest version of Groundplan. The file was left as it is.",
            ),
        }
    }
}

impl OpenError {
    /// A refusal of the whole file.
    pub fn new(why: Message) -> Self {
        Self { place: None, why, advice: Advice::AnotherCopy }
    }

    /// A refusal at a node, perhaps at one of its fields.
    pub(super) fn at(id: NodeId, field: Option<&str>, why: Message) -> Self {
        let place = Place::Node { id: id.to_string(), field: field.map(str::to_owned) };
        Self { place: Some(place), ..Self::new(why) }
    }

    /// What the design said about a node of the file.
    pub(super) fn refused(refusal: Refusal) -> Self {
        match refusal.node {
            Some(id) => Self::at(id, refusal.field.as_deref(), refusal.why),
            None => Self::new(refusal.why),
        }
    }

    /// Text that is no JSON, or JSON of another form.
    pub(super) fn json(error: &serde_json::Error) -> Self {
        let place = Some(Place::Text { line: error.line(), column: error.column() });
        let whole = error.to_string();
        // The parser's own words, without the place that stands in front of them already.
        let detail = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(words, _)| words);
        let why = match error.classify() {
            Category::Eof => message!("파일이 중간에서 끊겼어요.", "The file is cut short."),
            Category::Data => message!(
                "설계 파일의 형식이 아니에요({detail}).",
                "This does not have the form of a design file ({detail})."
            ),
            Category::Syntax | Category::Io => {
                message!("올바른 JSON이 아니에요({detail}).", "This is not valid JSON ({detail}).")
            }
        };
        Self { place, ..Self::new(why) }
    }

    /// The same with other advice.
    pub(super) fn advise(self, advice: Advice) -> Self {
        Self { advice, ..self }
    }

    /// What the reader of templates said.
    pub(super) fn template(problem: Problem) -> Self {
        let place = problem.line.map(|line| Place::Text { line, column: problem.column.unwrap_or(1) });
        Self { place, ..Self::new(problem.why) }.advise(Advice::AnotherFile)
    }

    pub(super) fn not_a_design() -> Self {
        let why = message!("Groundplan 설계 파일이 아니에요.", "This is not a Groundplan design.");
        Self::new(why).advise(Advice::AnotherFile)
    }

    pub(super) fn newer(version: u64) -> Self {
        let known = super::VERSION;
        let why = message!(
            "더 새로운 버전의 Groundplan에서 만든 파일이에요(형식 {version}, 여기서는 {known}까지 읽어요).",
            "The file was made by a newer version of Groundplan (format {version}; this one reads up to {known})."
        );
        Self::new(why).advise(Advice::Update)
    }

    pub(super) fn newer_step(version: u64, known: u64) -> Self {
        let why = message!(
            "더 새로운 버전의 Groundplan에서 만든 변경이 들어 있어요(형식 {version}, 여기서는 {known}까지 읽어요).",
            "It holds a change that a newer version of Groundplan made (format {version}; this one reads up to {known})."
        );
        Self::new(why).advise(Advice::Update)
    }

    pub(super) fn unknown_kind(id: NodeId, kind: &str) -> Self {
        let known = Kind::ALL.len();
        let why = message!(
            "'{kind}'이라는 리소스 종류를 몰라요. 여기서 아는 종류는 {known}가지예요.",
            "There is no kind of resource called \"{kind}\" among the {known} known here."
        );
        Self::at(id, None, why).advise(Advice::Update)
    }

    /// Place and reason in a line, as the command line and a notice show them.
    pub fn message(&self) -> Message {
        let Some(place) = self.place.as_ref().map(Place::message) else { return self.why.clone() };
        Message { ko: format!("{}: {}", place.ko, self.why.ko), en: format!("{}: {}", place.en, self.why.en) }
    }
}
