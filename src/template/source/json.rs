//! JSON with places. `serde_json` keeps neither places nor keys that are there twice, so the structure is read here and only scalars by it.

use std::cell::OnceCell;

use super::super::Json;
use super::tree::{Entry, Fault, Id, MAX_DEPTH, Node, Shape, Style, Tree, unique};
use crate::message;

/// Reads a text as JSON; what it says that is strange but clear is noted.
pub(super) fn read(text: &str, notes: &mut Vec<Fault>) -> Result<Tree, Fault> {
    let mut reader = Reader { text, at: 0, tree: Tree::default(), twice: Vec::new(), lines: OnceCell::new() };
    let root = reader.value(0)?;
    reader.tree.set_root(root);
    reader.blank();
    if reader.at < text.len() {
        return Err(reader.fault(
            "템플릿이 끝난 뒤에 다른 글자가 있어요. 지우세요.",
            "There is something after the end of the template. Remove it.",
        ));
    }
    notes.append(&mut reader.twice);
    Ok(reader.tree.finished())
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    tree: Tree,
    /// Keys that are there twice.
    twice: Vec<Fault>,
    lines: OnceCell<Vec<usize>>,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn blank(&mut self) {
        let blanks = self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.at += blanks;
    }

    fn fault(&self, ko: &str, en: &str) -> Fault {
        if self.at >= self.text.len() {
            let why = message!(
                "템플릿이 도중에 끝났어요. 닫히지 않은 괄호나 따옴표가 있는지 보고, 파일이 잘리지 않았는지 확인하세요.",
                "The template ends in the middle. Look for a bracket or quote that is not closed, and check that the file was not cut off."
            );
            return Fault::new(self.text.len(), why);
        }
        if matches!(self.rest(), [b'/', b'/' | b'*', ..] | [b'#', ..]) {
            let why = message!(
                "JSON에는 주석을 쓸 수 없어요. 주석을 지우거나 템플릿을 YAML로 쓰세요.",
                "JSON has no comments. Remove the comment, or write the template in YAML."
            );
            return Fault::new(self.at, why);
        }
        Fault::new(self.at, crate::text::Message::new(ko, en))
    }

    fn value(&mut self, depth: usize) -> Result<Id, Fault> {
        self.blank();
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(Fault::too_deep(start));
        }
        let (style, shape) = match self.peek() {
            Some(b'{') => (Style::Flow, self.object(depth)?),
            Some(b'[') => (Style::Flow, self.array(depth)?),
            Some(b'"') => (Style::Quoted, Shape::Scalar(Json::String(self.string()?))),
            _ => (Style::Plain, Shape::Scalar(self.word()?)),
        };
        let span = start..self.at;
        self.tree.push(Node { span, value_at: start, function: None, is_anchor: false, style, shape })
    }

    fn object(&mut self, depth: usize) -> Result<Shape, Fault> {
        self.at += 1;
        let mut entries = Vec::new();
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Shape::map(entries));
        }
        loop {
            self.blank();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.fault(
                    "여기에는 큰따옴표로 감싼 이름이 와야 해요. 마지막 항목 뒤의 쉼표나 빠진 따옴표를 고치세요.",
                    "A name in double quotes belongs here. Mend the comma after the last entry, or the missing quotes.",
                ));
            }
            let key = self.string()?;
            let key_span = start..self.at;
            self.blank();
            if self.peek() != Some(b':') {
                return Err(self.fault("이름 뒤에 쌍점(:)이 빠졌어요.", "The colon (:) after the name is missing."));
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, key_span, is_merge: false, value });
            if self.ends(b'}')? {
                break;
            }
        }
        unique(&mut entries, (self.text, &self.lines), &mut self.twice);
        Ok(Shape::map(entries))
    }

    fn array(&mut self, depth: usize) -> Result<Shape, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Shape::list(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.ends(b']')? {
                return Ok(Shape::list(items));
            }
        }
    }

    /// Past a comma, or past the closing bracket.
    fn ends(&mut self, close: u8) -> Result<bool, Fault> {
        self.blank();
        match self.peek() {
            Some(b',') => self.at += 1,
            Some(byte) if byte == close => {
                self.at += 1;
                return Ok(true);
            }
            _ => {
                return Err(self.fault(
                    "값 뒤에 쉼표(,)나 닫는 괄호가 빠졌어요.",
                    "A comma (,) or the closing bracket is missing after the value.",
                ));
            }
        }
        Ok(false)
    }

    fn string(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let mut escaped = false;
        let mut plain = true;
        let end = self.rest().iter().skip(1).position(|byte| {
            let ends = (*byte == b'"' && !escaped) || *byte == b'\n';
            escaped = *byte == b'\\' && !escaped;
            plain &= *byte != b'\\' && *byte >= b' ';
            ends
        });
        let closed = end.map(|end| start + end + 2).filter(|end| self.text.as_bytes().get(end - 1) == Some(&b'"'));
        let Some(end) = closed else {
            let why = message!(
                "큰따옴표가 같은 줄에서 닫히지 않았어요. 줄바꿈은 \\n으로 쓰세요.",
                "The double quote is not closed on its line. Write a line break as \\n."
            );
            return Err(Fault::new(start, why));
        };
        self.at = end;
        let written = self.text.get(start..end).unwrap_or_default();
        if plain {
            return Ok(written.trim_matches('"').to_owned());
        }
        serde_json::from_str(written).map_err(|_| {
            let why = message!(
                "따옴표 안에 JSON이 모르는 이스케이프나 제어 문자가 있어요. 역슬래시는 \\\\로, 탭은 \\t로 쓰세요.",
                "The text in quotes has an escape or a control character that JSON does not allow. Write a backslash as \\\\ and a tab as \\t."
            );
            Fault::new(start, why)
        })
    }

    fn word(&mut self) -> Result<Json, Fault> {
        let start = self.at;
        let length =
            self.rest().iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(byte)).count();
        let word = self.text.get(start..start + length).unwrap_or_default();
        match serde_json::from_str(word) {
            Ok(json) if length > 0 => {
                self.at += length;
                Ok(json)
            }
            _ => Err(self.fault(
                "여기에는 값이 와야 해요. 글은 큰따옴표로 감싸고, 마지막 항목 뒤의 쉼표는 지우세요.",
                "A value belongs here. Put text in double quotes, and remove a comma after the last entry.",
            )),
        }
    }
}
