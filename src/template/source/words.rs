//! What is wrong with a text that is not YAML, in words that say what to do.

use granit_parser::ErrorKind as Kind;

use super::tree::Fault;
use crate::message;
use crate::text::{Message, Text, t};

/// What a parser complains of at a byte; a tab in front of it is what hinders.
pub(super) fn yaml(kind: &Kind, text: &str, at: usize) -> Fault {
    let (start, line) = line(text, at);
    if line.trim_start_matches(' ').starts_with('\t') {
        return Fault::new(start + line.find('\t').unwrap_or_default(), TAB.into());
    }
    Fault::new(at, reason(kind, line, at))
}

fn reason(kind: &Kind, line: &str, at: usize) -> Message {
    if two_functions(line) {
        return message!(
            "한 값에 짧은 함수(!)를 두 개 이어 쓸 수 없어요. 바깥 것을 Fn::Base64: !Sub처럼 긴 이름으로 쓰세요.",
            "Two short forms (!) cannot follow each other on one value. Write the outer one in its long form, as in Fn::Base64: !Sub."
        );
    }
    let words = match kind {
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar
        | Kind::TabAtBlockScalarStart
        | Kind::InvalidBlockEntryWhitespace
        | Kind::InvalidMappingValueWhitespace => TAB,
        Kind::UnknownAnchor => return anchor(),
        Kind::RecursionLimitExceeded => return Fault::too_deep(at).why,
        Kind::UnexpectedCharacter { .. } => CHARACTER,
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => QUOTE,
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => AFTER_QUOTE,
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => ESCAPE,
        Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::UnclosedFlowCollection { .. }
        | Kind::MisplacedFlowCollectionEnd
        | Kind::MismatchedFlowCollectionEnd { .. }
        | Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::BlockEntryInFlowCollection => BRACKET,
        Kind::MappingValueNotAllowed
        | Kind::MappingKeyNotAllowed
        | Kind::InvalidColonPlacement
        | Kind::FlowMappingValueAdjacentCollection => COLON,
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => NO_COLON,
        Kind::UndeclaredTagHandle
        | Kind::ExpectedTagBang
        | Kind::InvalidTagTerminator
        | Kind::InvalidGlobalTagCharacter
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape => TAG,
        Kind::ZeroBlockScalarIndent | Kind::InvalidBlockScalarHeader | Kind::InvalidBlockScalarIndent => LINES,
        _ => INDENT,
    };
    words.into()
}

const TAB: Text = t(
    "들여쓰기에 탭이 있어요. YAML은 공백으로만 들여 써요: 탭을 공백 두 칸으로 바꾸세요.",
    "There is a tab in the indentation. YAML is indented with spaces only: replace the tab with two spaces.",
);
const CHARACTER: Text = t(
    "값이 이 글자로 시작할 수 없어요. 값을 따옴표로 감싸세요.",
    "A value cannot begin with this character. Put the value in quotes.",
);
const QUOTE: Text = t(
    "따옴표가 닫히지 않았어요. 끝나는 곳에 따옴표를 넣으세요.",
    "The quote is not closed. Close it where the text ends.",
);
const AFTER_QUOTE: Text = t(
    "닫는 따옴표 뒤에 글자가 더 있어요. 값 전체를 따옴표로 감싸고, 안의 따옴표는 두 번 쓰거나 다른 따옴표를 쓰세요.",
    "There is more after the closing quote. Quote the whole value, and double the quotes inside or use the other kind.",
);
const ESCAPE: Text = t(
    "큰따옴표 안에 YAML이 모르는 이스케이프가 있어요. 역슬래시는 \\\\로 쓰거나 작은따옴표를 쓰세요.",
    "The double quotes hold an escape that YAML does not know. Write a backslash as \\\\, or use single quotes.",
);
const BRACKET: Text = t(
    "괄호나 쉼표가 맞지 않아요. [ ]와 { }가 짝이 맞는지, 항목 사이에 쉼표가 있는지 보세요.",
    "Brackets or commas do not match. Check that each [ ] and { } is closed, with commas between the items.",
);
const COLON: Text = t(
    "여기에는 쌍점(:)이 올 수 없어요. 들여쓰기를 위아래 줄과 맞추고, 값에 쌍점이 있으면 따옴표로 감싸세요.",
    "A colon (:) cannot stand here. Align the indentation with the lines around it, and quote a value that contains a colon.",
);
const NO_COLON: Text = t(
    "이름 뒤에 쌍점(:)이 빠졌어요. '이름: 값'으로 쓰고, 쌍점 뒤를 한 칸 띄우세요.",
    "The colon (:) after a name is missing. Write 'name: value', with a space after the colon.",
);
const TAG: Text = t(
    "함수 이름(!)을 읽을 수 없어요. !Ref, !Sub처럼 쓰고, 뒤를 한 칸 띄우세요. 느낌표로 시작하는 값은 따옴표로 감싸세요.",
    "The name of a function (!) cannot be read. Write it as !Ref or !Sub with a space after it, and quote a value that begins with an exclamation mark.",
);
const LINES: Text = t(
    "여러 줄 글(| 또는 >)의 첫 줄이나 들여쓰기가 맞지 않아요. |나 > 바로 뒤에서 줄을 바꾸고, 글을 이름보다 두 칸 더 들여 쓰세요.",
    "The first line or the indentation of a text of several lines (| or >) does not fit. Break the line right after | or >, and indent the text two spaces more than its name.",
);
const INDENT: Text = t(
    "들여쓰기나 문장 부호가 YAML에 맞지 않아요. 이 줄과 바로 윗줄의 들여쓰기를 맞추고, 특수 문자가 있는 값은 따옴표로 감싸세요.",
    "The indentation or punctuation is not valid YAML. Align this line with the one above it, and quote values with special characters.",
);

/// A key that is not a text.
pub(super) fn key() -> Message {
    message!(
        "여기에는 이름이 와야 해요. CloudFormation의 이름은 글이어야 해요: 이름을 쓰거나, 특수 문자가 있으면 따옴표로 감싸세요.",
        "A name belongs here. Names in CloudFormation are texts: write one, and quote it if it has special characters."
    )
}

/// That CloudFormation takes no alias
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html>).
pub(super) fn alias() -> Message {
    message!(
        "YAML 별칭(*)은 CloudFormation이 받지 않아요. aws cloudformation package나 sam으로 풀어 쓴 템플릿을 배포하거나, 값을 그대로 적으세요.",
        "CloudFormation takes no YAML aliases (*). Deploy what aws cloudformation package or sam writes out, or write the value itself."
    )
}

/// An alias without its anchor.
pub(super) fn anchor() -> Message {
    message!(
        "별칭(*)이 부르는 앵커(&)가 앞에 없어요. 앵커를 먼저 쓰거나, *로 시작하는 값은 따옴표로 감싸세요.",
        "The anchor (&) that this alias (*) names does not come before it. Write the anchor first, or quote a value that begins with *."
    )
}

/// A text without anything.
pub(super) fn empty() -> Message {
    message!(
        "템플릿이 비어 있어요. Resources가 있는 CloudFormation 템플릿을 여세요.",
        "The template is empty. Open a CloudFormation template that has Resources."
    )
}

/// The line around a byte, and where it begins.
fn line(text: &str, at: usize) -> (usize, &str) {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
    (start, text.get(start..).unwrap_or_default().lines().next().unwrap_or_default())
}

/// Whether a line has two short forms after each other, `!Base64 !Sub`.
fn two_functions(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_function = |word: &str| word.strip_prefix('!').is_some_and(super::super::tags::is_known);
    words.windows(2).any(|pair| pair.iter().all(|word| is_function(word)))
}
