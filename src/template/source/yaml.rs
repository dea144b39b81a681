//! YAML with places, out of the events of a parser.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, Tag, options};

use super::super::Json;
use super::super::tags;
use super::tree::{Entry, Fault, Id, MAX_DEPTH, Node, Shape, Style, Tree, unique};
use super::{scalar, words};
use crate::message;

/// Reads a text as YAML; what it says that is strange but clear is noted.
pub(super) fn read(text: &str, notes: &mut Vec<Fault>) -> Result<Tree, Fault> {
    let options = options! {
        emit_comments: false,
        emit_anchor_events: true,
        block_scalar_eof_without_line_feed: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader {
        text,
        tree: Tree::default(),
        stack: Vec::new(),
        anchors: BTreeMap::new(),
        aliased: false,
        last: 0,
        notes,
        lines: OnceCell::new(),
        done: false,
    };
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => reader.event(event, &span)?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(reader.last).min(text.len());
                return Err(words::yaml(error.kind(), text, at));
            }
        }
    }
    if !reader.done {
        return Err(Fault::new(0, words::empty()));
    }
    Ok(reader.tree.finished())
}

/// A collection that is open.
struct Open {
    id: Id,
    items: Vec<Id>,
    entries: Vec<Entry>,
    is_map: bool,
    /// The key whose value comes next.
    key: Option<Entry>,
}

struct Reader<'a, 'n> {
    text: &'a str,
    tree: Tree,
    stack: Vec<Open>,
    anchors: BTreeMap<usize, Id>,
    /// Whether an alias was met and told of.
    aliased: bool,
    /// Where the last value ended.
    last: usize,
    notes: &'n mut Vec<Fault>,
    done: bool,
    /// Where each line begins, once somebody asked.
    lines: OnceCell<Vec<usize>>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Fault> {
        let range = span.byte_range().unwrap_or(self.last..self.last);
        match event {
            Event::DocumentStart(..) if self.done => {
                let why = message!(
                    "한 파일에 YAML 문서가 여러 개예요. CloudFormation 템플릿은 문서 하나예요: --- 아래를 다른 파일로 옮기세요.",
                    "There are several YAML documents in this file. A template is one document: move what is below --- to another file."
                );
                return Err(Fault::new(range.start, why));
            }
            Event::Scalar(value, style, anchor, tag) => {
                let tag = tag.as_deref();
                if self.wants_key() && tag.is_none_or(says_nothing) {
                    if anchor != 0 {
                        let shape = Shape::Scalar(Json::String(value.to_string()));
                        let id = self.add(range.clone(), span, None, Style::Plain, shape)?;
                        self.anchor(anchor, id);
                    }
                    return self.key(value.into_owned(), style, range);
                }
                self.value(value.into_owned(), style, anchor, tag, span, range)?;
            }
            Event::SequenceStart(style, anchor, tag) => self.open(false, style, anchor, tag.as_deref(), span, range)?,
            Event::MappingStart(style, anchor, tag) => self.open(true, style, anchor, tag.as_deref(), span, range)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(&range)?,
            Event::Alias(target) => {
                let Some(to) = self.anchors.get(&target).copied() else {
                    return Err(Fault::new(range.start, words::anchor()));
                };
                if self.stack.iter().any(|open| open.id == to) {
                    let why = message!(
                        "앵커가 자기 안에서 자기를 다시 불러요. 끝없이 커지니 별칭(*)을 지우세요.",
                        "The anchor repeats itself inside itself, which never ends. Remove the alias (*)."
                    );
                    return Err(Fault::new(range.start, why));
                }
                if self.wants_key() {
                    let text = match self.tree.get(to).map(|node| &node.shape) {
                        Some(Shape::Scalar(Json::String(text))) => text.clone(),
                        Some(Shape::Scalar(other)) => other.to_string(),
                        _ => return Err(Fault::new(range.start, words::key())),
                    };
                    return self.key(text, ScalarStyle::DoubleQuoted, range);
                }
                self.last = range.end;
                if !self.aliased {
                    self.aliased = true;
                    self.notes.push(Fault::new(range.start, words::alias()));
                }
                let id = self.add(range, span, None, Style::Plain, Shape::Alias(to))?;
                self.place(id)?;
            }
            Event::Anchor(anchor, _) => self.anchored(anchor, &range),
            _ => {}
        }
        Ok(())
    }

    fn wants_key(&self) -> bool {
        self.stack.last().is_some_and(|open| open.is_map && open.key.is_none())
    }

    fn key(&mut self, text: String, style: ScalarStyle, range: Range<usize>) -> Result<(), Fault> {
        if range.is_empty() {
            return Err(Fault::new(range.start, words::key()));
        }
        self.last = range.end;
        if let Some(open) = self.stack.last_mut() {
            let is_merge = text == "<<" && style == ScalarStyle::Plain;
            open.key = Some(Entry { key: text, key_span: range, is_merge, value: 0 });
        }
        Ok(())
    }

    fn add(
        &mut self,
        range: Range<usize>,
        span: &Span,
        function: Option<String>,
        style: Style,
        shape: Shape,
    ) -> Result<Id, Fault> {
        let tag = span.tag_start().and_then(|mark| mark.byte_offset());
        let start = tag.map_or(range.start, |tag| tag.min(range.start));
        self.tree.push(Node { span: start..range.end, value_at: range.start, function, is_anchor: false, style, shape })
    }

    fn anchor(&mut self, anchor: usize, id: Id) {
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
    }

    /// The event of an anchor follows that of its node, whose bytes begin with it.
    fn anchored(&mut self, anchor: usize, range: &Range<usize>) {
        let Some(id) = self.anchors.get(&anchor).copied() else { return };
        if let Some(node) = self.tree.get_mut(id) {
            node.is_anchor = true;
            node.span.start = node.span.start.min(range.start);
        }
    }

    fn open(
        &mut self,
        is_map: bool,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: &Span,
        range: Range<usize>,
    ) -> Result<(), Fault> {
        if self.wants_key() {
            return Err(Fault::new(range.start, words::key()));
        }
        if self.stack.len() >= MAX_DEPTH {
            return Err(Fault::too_deep(range.start));
        }
        let function = self.function(tag, &range);
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
        let range = if is_map || style == Style::Flow { range } else { self.first_dash(range) };
        self.last = range.end;
        let id = self.add(range, span, function, style, Shape::Scalar(Json::Null))?;
        self.anchor(anchor, id);
        self.stack.push(Open { id, items: Vec::new(), entries: Vec::new(), is_map, key: None });
        Ok(())
    }

    /// Where a list in block style begins. For one that is indented no more than its key the parser tells where its first item begins.
    fn first_dash(&self, range: Range<usize>) -> Range<usize> {
        if !self.stack.last().is_some_and(|open| open.is_map) {
            return range;
        }
        let before = self.text.get(self.last..range.start).unwrap_or_default();
        let mut at = self.last;
        for line in before.split_inclusive('\n') {
            let dash = at + line.len() - line.trim_start_matches(' ').len();
            if at > self.last && self.text.get(dash..).is_some_and(|rest| rest.starts_with('-')) {
                return dash..dash;
            }
            at += line.len();
        }
        range
    }

    fn close(&mut self, range: &Range<usize>) -> Result<(), Fault> {
        let Some(mut open) = self.stack.pop() else { return Ok(()) };
        unique(&mut open.entries, (self.text, &self.lines), self.notes);
        if let Some(node) = self.tree.get_mut(open.id) {
            if node.style == Style::Flow {
                self.last = range.end;
            }
            node.span.end = self.last.max(node.span.start);
            node.shape = if open.is_map { Shape::map(open.entries) } else { Shape::list(open.items) };
        }
        self.place(open.id)
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, id: Id) -> Result<(), Fault> {
        match self.stack.last_mut() {
            None => {
                self.tree.set_root(id);
                self.done = true;
            }
            Some(open) if !open.is_map => open.items.push(id),
            Some(open) => match open.key.take() {
                Some(entry) => {
                    let is_merge = entry.is_merge && is_merged(&self.tree, id);
                    open.entries.push(Entry { value: id, is_merge, ..entry });
                }
                None => return Err(Fault::new(self.last, words::key())),
            },
        }
        Ok(())
    }

    fn value(
        &mut self,
        text: String,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: &Span,
        range: Range<usize>,
    ) -> Result<(), Fault> {
        let function = self.function(tag, &range);
        let tag_end = span.tag_span().and_then(|tag| tag.byte_range()).map(|tag| tag.end);
        let is_empty = style == ScalarStyle::Plain && range.is_empty();
        let json = match tag.and_then(Tag::core_suffix) {
            Some("str") => Json::String(if is_empty { String::new() } else { text }),
            Some(_) => scalar::resolve(&text),
            None if is_empty && tag.is_some() => Json::String(String::new()),
            None if tag.is_some() || style != ScalarStyle::Plain => Json::String(text),
            None => scalar::resolve(&text),
        };
        let (style, range) = match style {
            ScalarStyle::Plain if is_empty => (Style::Plain, self.nowhere(tag_end)),
            ScalarStyle::Plain => (Style::Plain, range),
            ScalarStyle::Literal | ScalarStyle::Folded => (Style::Lines, self.lines(tag_end, range)),
            _ => (Style::Quoted, range),
        };
        self.last = range.end;
        let id = self.add(range, span, function, style, Shape::Scalar(json))?;
        self.anchor(anchor, id);
        self.place(id)
    }

    /// Where a value stands that is not written: after its tag, the colon of its key or the dash of its item.
    fn nowhere(&self, tag_end: Option<usize>) -> Range<usize> {
        let at = tag_end.unwrap_or_else(|| {
            let after = self.text.get(self.last..).unwrap_or_default();
            let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
            let in_map = self.stack.last().is_some_and(|open| open.is_map);
            match after.get(blank..).and_then(|rest| rest.chars().next()) {
                Some(':') if in_map => self.last + blank + 1,
                _ => self.last,
            }
        });
        at..at
    }

    /// The bytes of a text in lines: the parser's begin below its header, `|`, and go on to what follows.
    fn lines(&self, tag_end: Option<usize>, range: Range<usize>) -> Range<usize> {
        let from = tag_end.unwrap_or(self.last).min(range.start);
        let before = self.text.get(from..range.start).unwrap_or_default();
        let start = before.find(['|', '>']).map_or(range.start, |found| from + found);
        let header = self.text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let (indicators, _) = header.split_once('#').unwrap_or((header, ""));
        // The parser's begin behind the indentation of the first line.
        let first = self.text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
        let indent = range.start - first;
        let body = self.text.get(first..range.end).unwrap_or_default();
        let body = match body.rfind('\n') {
            // The last line is whole only where the text ends with it.
            Some(last) if range.end < self.text.len() => body.get(..last).unwrap_or_default(),
            _ => body,
        };
        let end = if indicators.contains('+') {
            first + body.len()
        } else {
            // Spaces beyond the indentation are content, an empty line at the end is none.
            let has_content =
                |line: &str| !line.trim().is_empty() || line.trim_end_matches(['\r', '\n']).len() > indent;
            let mut at = first;
            let mut end = start + indicators.trim_end().len();
            for line in body.split_inclusive('\n') {
                if has_content(line) {
                    end = at + line.trim_end_matches(['\r', '\n']).len();
                }
                at += line.len();
            }
            end
        };
        start..end.max(start)
    }

    /// The function that a tag is short for.
    fn function(&mut self, tag: Option<&Tag>, range: &Range<usize>) -> Option<String> {
        let tag = tag?;
        if says_nothing(tag) {
            return None;
        }
        let word = tag.suffix();
        if !tags::is_known(word) {
            let why = message!(
                "!{word}은(는) CloudFormation이 모르는 함수예요. Fn::{word}(으)로 두었어요. 이름을 확인하세요.",
                "CloudFormation knows no function !{word}. It is kept as Fn::{word}. Check the name."
            );
            self.notes.push(Fault::new(range.start, why));
        }
        Some(tags::key(word))
    }
}

/// Whether a tag is YAML's own, `!!str`, or a lone `!`, which makes a text of what follows.
fn says_nothing(tag: &Tag) -> bool {
    tag.handle() == "tag:yaml.org,2002:" || tag.suffix() == "!" || tag.suffix().is_empty()
}

/// Whether a merge key merges a value: a mapping, or a list of them.
fn is_merged(tree: &Tree, id: Id) -> bool {
    let is_map = |id: Id| matches!(tree.target(id).map(|node| &node.shape), Some(Shape::Map(_)));
    match tree.target(id).map(|node| &node.shape) {
        Some(Shape::List(items)) => items.iter().all(|item| is_map(*item)),
        _ => is_map(id),
    }
}
