//! What is written on a drawing that is looked at from so far that names of tiles have no room: titles of frames first, and for what is inside
//! them counts, "6 instances". What has no room for a name is not drawn but counted by the frame around it: a square without a name says
//! nothing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::label::{fitted, width};
use crate::catalog::{Category, Kind};
use crate::design::{Design, Rect};
use crate::id::NodeId;
use crate::text::Message;

/// Size of the letters, in pixels on the screen.
pub const LETTERS: f64 = 10.5;
/// Side of the square with a kind's glyph in front of words, in pixels.
pub const SQUARE: f64 = 12.0;
/// Between that square and the words.
pub const GAP: f64 = 4.0;
/// Height of a line, in pixels.
const LINE: f64 = 15.0;
/// How much wider than usual letters bold ones are.
const BOLD: f64 = 1.15;
/// Pixels between a frame's border and its words.
const INSET: f64 = 4.0;
/// A frame that is narrower, in pixels, has no room for a name.
const LEAST: f64 = 40.0;
/// Between two counts in a row.
const BETWEEN: f64 = 10.0;
/// Pixels by which a count looks for room further down.
const STEP: f64 = 5.0;
/// Squares of the bare canvas, in pixels: what shares one is counted together.
const CELL: (f64, f64) = (112.0, 40.0);
/// Pixels of a square's words.
const CELL_ROOM: f64 = 104.0;

/// What words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The name of a frame.
    Title,
    /// How many of a kind there are, or the one there is.
    Count,
}

/// Words on the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The frame they are in, or one of those they count.
    pub node: NodeId,
    /// Whose glyph stands in front of them.
    pub kind: Option<Kind>,
    /// What they are.
    pub class: Class,
    /// Around them, the glyph included, in pixels from the world's origin: world units times the zoom.
    pub place: Rect,
    /// What they say.
    pub text: Message,
}

/// A drawing from afar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Far {
    /// The words on it; no two of them share a point.
    pub labels: Vec<Label>,
    /// Frames that are too small for a name: they are counted instead.
    pub hidden: BTreeSet<NodeId>,
}

/// What is written on the part of a design that is seen through `window`, a rectangle of the world, at a zoom. `rect_of` says where nodes stand.
pub fn far(design: &Design, rect_of: impl Fn(NodeId) -> Option<Rect>, window: Rect, zoom: f64) -> Far {
    let mut plan =
        Plan { design, rect_of, zoom, window: scaled(window, zoom), taken: Taken::default(), far: Far::default() };
    plan.titles();
    plan.counts();
    plan.far
}

fn scaled(rect: Rect, by: f64) -> Rect {
    Rect::new(rect.x * by, rect.y * by, rect.w * by, rect.h * by)
}

struct Plan<'a, F> {
    design: &'a Design,
    rect_of: F,
    zoom: f64,
    window: Rect,
    taken: Taken,
    far: Far,
}

/// How many of what are counted together.
#[derive(Default)]
struct Counted(BTreeMap<(Category, Kind), (usize, Option<NodeId>)>);

impl Counted {
    fn add(&mut self, design: &Design, id: NodeId) {
        let Some(kind) = design.node(id).map(crate::design::Node::kind) else { return };
        let (count, first) = self.0.entry((kind.spec().category, kind)).or_default();
        *count += 1;
        first.get_or_insert(id);
    }

    /// What is said of each kind, what runs first: where there is one, its name.
    fn entries(&self, design: &Design) -> Vec<(NodeId, Kind, usize, Message)> {
        let mut entries: Vec<_> = self.0.iter().collect();
        entries.sort_by_key(|((category, kind), (count, _))| (weight(*category), std::cmp::Reverse(*count), *kind));
        let entry = |((_, kind), (count, first)): (&(Category, Kind), &(usize, Option<NodeId>))| {
            let first = (*first)?;
            let name = design.node(first).map(|node| node.name.as_str()).filter(|name| !name.trim().is_empty());
            let text = match name {
                Some(name) if *count == 1 => Message::plain(name),
                _ => counted(*kind, *count),
            };
            Some((first, *kind, *count, text))
        };
        entries.into_iter().filter_map(entry).collect()
    }
}

/// What is read first.
const fn weight(category: Category) -> u8 {
    match category {
        Category::Compute | Category::Containers | Category::Serverless => 0,
        Category::LoadBalancing | Category::Database => 1,
        Category::Network => 2,
        Category::Storage => 3,
        Category::Placement => 4,
        Category::Security => 5,
        _ => 6,
    }
}

/// So many of a kind.
pub fn counted(kind: Kind, count: usize) -> Message {
    let label = kind.spec().label;
    // Short: beside its glyph an instance needs no service.
    let short = |label: &'static str| label.strip_prefix("EC2 ").unwrap_or(label);
    let en = if count == 1 { short(label.en).to_owned() } else { plural(short(label.en)) };
    Message { ko: format!("{} {count}개", short(label.ko)), en: format!("{count} {en}") }
}

/// The plural of an English label.
fn plural(label: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    match label.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if label.ends_with(['s', 'x']) || label.ends_with("ch") || label.ends_with("sh") => format!("{label}es"),
        _ => format!("{label}s"),
    }
}

impl<F: Fn(NodeId) -> Option<Rect>> Plan<'_, F> {
    /// Where a node stands, in pixels.
    fn place(&self, id: NodeId) -> Option<Rect> {
        Some(scaled((self.rect_of)(id)?, self.zoom))
    }

    fn is_frame(&self, id: NodeId) -> bool {
        self.design.node(id).is_some_and(|node| node.kind().spec().shape.is_frame())
    }

    /// The names of frames, the outer ones first: what stands inside writes below them, or not at all.
    fn titles(&mut self) {
        let mut open: VecDeque<NodeId> = self.design.children(None).filter(|id| self.is_frame(*id)).collect();
        while let Some(id) = open.pop_front() {
            let Some(place) = self.place(id) else { continue };
            if !place.intersects(self.window) {
                continue;
            }
            if self.title(id, place) {
                open.extend(self.design.children(Some(id)).filter(|child| self.is_frame(*child)));
            } else {
                let inside = self.design.subtree(id).into_iter().filter(|inner| self.is_frame(*inner));
                self.far.hidden.extend(inside.collect::<Vec<_>>());
            }
        }
    }

    /// Writes the name of a frame below the names of those around it; whether there is room.
    fn title(&mut self, id: NodeId, place: Rect) -> bool {
        if place.w < LEAST || place.h < LINE {
            return false;
        }
        let Some(node) = self.design.node(id) else { return false };
        let text = fitted(&node.name, place.w - 2.0 * INSET, LETTERS * BOLD);
        let w = width(&text, LETTERS * BOLD).min(place.w - 2.0 * INSET);
        let mut label = Rect::new(place.x + INSET, place.y + 1.0, w, LINE - 1.0);
        while label.bottom() <= place.bottom() {
            match self.taken.first_over(label) {
                None => {
                    self.taken.add(label);
                    let text = Message::plain(text);
                    self.far.labels.push(Label { node: id, kind: None, class: Class::Title, place: label, text });
                    return true;
                }
                Some(over) => label.y = over.bottom() + 1.0,
            }
        }
        false
    }

    /// What stands in each frame whose name is written, and on the bare canvas.
    fn counts(&mut self) {
        for at in 0..self.far.labels.len() {
            let Some((frame, title)) = self.far.labels.get(at).map(|label| (label.node, label.place)) else { continue };
            let Some(place) = self.place(frame) else { continue };
            let mut counted = Counted::default();
            let mut frames = Vec::new();
            for child in self.design.children(Some(frame)) {
                if !self.is_frame(child) {
                    counted.add(self.design, child);
                } else if self.far.hidden.contains(&child) {
                    self.design.subtree(child).into_iter().for_each(|inner| counted.add(self.design, inner));
                } else {
                    frames.extend(self.place(child));
                }
            }
            let left = self.fill(place, title.bottom(), &frames, &counted.entries(self.design));
            if left > 0 {
                self.add_to_title(at, place, left);
            }
        }
        self.bare();
    }

    /// Writes entries into the room of a frame beside the frames in it; how many things had none.
    fn fill(&mut self, place: Rect, top: f64, frames: &[Rect], entries: &[(NodeId, Kind, usize, Message)]) -> usize {
        let mut waiting = entries.iter().peekable();
        let mut y = top + 1.0;
        let bottom = place.bottom().min(self.window.bottom()) - 2.0;
        if y < self.window.y {
            y = self.window.y;
        }
        while y + LINE <= bottom && waiting.peek().is_some() {
            let row = Rect::new(place.x + INSET, y, place.w - 2.0 * INSET, LINE);
            let mut wrote = false;
            for (mut x, end) in self.gaps(row, frames) {
                while let Some((id, kind, _, text)) = waiting.peek().copied() {
                    let room = end - x - SQUARE - GAP;
                    let whole = widest(text, 1.0);
                    // A gap as wide as the frame takes what fits nowhere whole.
                    let w = if whole <= room { whole } else { room };
                    if whole > room && (room < LEAST || end - x < row.w - 1.0) {
                        break;
                    }
                    let label = Rect::new(x, y, SQUARE + GAP + w, LINE);
                    self.write(*id, *kind, label, text);
                    waiting.next();
                    wrote = true;
                    x = label.right() + BETWEEN;
                }
            }
            y += if wrote { LINE } else { STEP };
        }
        waiting.map(|(_, _, count, _)| count).sum()
    }

    /// The free stretches of a row, from left to right.
    fn gaps(&self, row: Rect, frames: &[Rect]) -> Vec<(f64, f64)> {
        let mut blocked: Vec<(f64, f64)> = frames
            .iter()
            .copied()
            .chain(self.taken.over(row))
            .filter(|found| found.intersects(row))
            .map(|found| (found.x - INSET, found.right() + INSET))
            .collect();
        blocked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut x, mut gaps) = (row.x, Vec::new());
        for (from, to) in blocked.into_iter().chain([(row.right(), row.right())]) {
            if from - x > SQUARE + GAP {
                gaps.push((x, from.min(row.right())));
            }
            x = x.max(to);
        }
        gaps
    }

    fn write(&mut self, node: NodeId, kind: Kind, place: Rect, text: &Message) {
        self.taken.add(place);
        let cut = |text: &str| fitted(text, place.w - SQUARE - GAP, LETTERS);
        let text = Message { ko: cut(&text.ko), en: cut(&text.en) };
        self.far.labels.push(Label { node, kind: Some(kind), class: Class::Count, place, text });
    }

    /// Says beside a frame's name how many things inside are not written.
    fn add_to_title(&mut self, at: usize, frame: Rect, left: usize) {
        let Some(label) = self.far.labels.get_mut(at) else { return };
        let Some(name) = self.design.node(label.node).map(|node| node.name.as_str()) else { return };
        let text = format!("{name} +{left}");
        let place = Rect { w: width(&text, LETTERS * BOLD), ..label.place };
        // The name is worth more than the number.
        if place.w > frame.w - 2.0 * INSET {
            return;
        }
        let beside = Rect::new(label.place.right(), place.y, (place.right() - label.place.right()).max(0.0), place.h);
        if beside.w <= 0.0 || self.taken.first_over(beside).is_none() {
            self.taken.add(beside);
            label.place = place;
            label.text = Message::plain(text);
        }
    }

    /// What stands on the bare canvas, counted by squares of it.
    fn bare(&mut self) {
        let mut cells: BTreeMap<(i64, i64), Counted> = BTreeMap::new();
        for id in self.design.children(None) {
            let Some(place) = self.place(id).filter(|place| place.intersects(self.window)) else { continue };
            if self.is_frame(id) && !self.far.hidden.contains(&id) {
                continue;
            }
            let at = place.center();
            #[expect(clippy::cast_possible_truncation, reason = "a coordinate of the screen")]
            let cell = ((at.y / CELL.1).floor() as i64, (at.x / CELL.0).floor() as i64);
            let counted = cells.entry(cell).or_default();
            self.design.subtree(id).into_iter().for_each(|inner| counted.add(self.design, inner));
        }
        let all = self.design.children(None).filter_map(|id| Some(self.place(id)?.x));
        let edge = all.fold(f64::MAX, f64::min);
        for counted in cells.into_values() {
            let entries = counted.entries(self.design);
            let Some((id, kind, first, text)) = entries.first() else { continue };
            let Some(at) = self.place(*id) else { continue };
            let rest = entries.iter().map(|(_, _, count, _)| count).sum::<usize>() - first;
            let more = if rest > 0 { format!(" +{rest}") } else { String::new() };
            let text = Message { ko: format!("{}{more}", text.ko), en: format!("{}{more}", text.en) };
            let w = SQUARE + GAP + widest(&text, 1.0).min(CELL_ROOM - SQUARE - GAP);
            // Not beyond the edge of everything: what is fitted into the canvas is fitted with its words.
            let x = (at.center().x - w / 2.0).max(edge);
            let mut place = Rect::new(x, at.center().y - LINE / 2.0, w, LINE);
            // Beside what is written there already; where all is full it is one of very many.
            for _ in 0..8 {
                let Some(over) = self.taken.first_over(place.inflated(INSET)) else {
                    self.write(*id, *kind, place, &text);
                    break;
                };
                place.y = over.bottom() + INSET + 1.0;
            }
        }
    }
}

/// The room that words need in either language: a drawing does not change with the language.
fn widest(text: &Message, by: f64) -> f64 {
    width(&text.ko, LETTERS * by).max(width(&text.en, LETTERS * by))
}

/// Where words stand already, by bands of the height of a line.
#[derive(Default)]
struct Taken(BTreeMap<i64, Vec<Rect>>);

impl Taken {
    #[expect(clippy::cast_possible_truncation, reason = "a coordinate of the screen")]
    fn bands(rect: Rect) -> std::ops::RangeInclusive<i64> {
        (rect.y / 32.0).floor() as i64..=(rect.bottom() / 32.0).floor() as i64
    }

    fn add(&mut self, rect: Rect) {
        for band in Self::bands(rect) {
            self.0.entry(band).or_default().push(rect);
        }
    }

    fn over(&self, rect: Rect) -> impl Iterator<Item = Rect> {
        let within = Self::bands(rect).filter_map(|band| self.0.get(&band)).flatten().copied();
        within.filter(move |found| found.intersects(rect))
    }

    fn first_over(&self, rect: Rect) -> Option<Rect> {
        self.over(rect).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Instance, Internet, Region, Subnet, Vpc};
    use crate::interact::Scene;
    use crate::layout::Sketch;

    fn seen(design: &Design, zoom: f64) -> Far {
        let scene = Scene::new(design);
        let window = scene.bounds().unwrap_or_default().inflated(100.0);
        let far = far(design, |id| scene.rect(id), window, zoom);
        for (n, label) in far.labels.iter().enumerate() {
            for other in far.labels.iter().skip(n + 1) {
                assert!(!label.place.intersects(other.place), "{label:?} and {other:?} at {zoom}");
            }
            for text in [&label.text.ko, &label.text.en] {
                assert!(!text.trim().is_empty(), "{label:?} says nothing");
                let bold = if label.class == Class::Title { BOLD } else { 1.0 };
                let icon = if label.kind.is_some() { SQUARE + GAP } else { 0.0 };
                assert!(
                    text == "…" || width(text, LETTERS * bold) + icon <= label.place.w + 0.01,
                    "{text} is wider than its place at {zoom}"
                );
            }
            let frame = scene.rect(label.node).map(|rect| scaled(rect, zoom)).unwrap_or_default();
            assert!(label.class == Class::Count || frame.contains_rect(label.place), "{label:?} leaves its frame");
        }
        far
    }

    fn network() -> Design {
        let mut sketch = Sketch::new();
        sketch.add(None, "internet", Internet);
        let region = sketch.add(None, "seoul", Region::default());
        let vpc = sketch.add(Some(region), "lab-vpc", Vpc::default());
        for n in 0..3 {
            let subnet = sketch.add(Some(vpc), &format!("subnet-{n}"), Subnet::default());
            for m in 0..6 {
                sketch.add(Some(subnet), &format!("web-{n}-{m}"), Instance::default());
            }
        }
        sketch.finish()
    }

    fn says(far: &Far, ko: &str, en: &str) -> bool {
        far.labels.iter().any(|label| label.text.ko == ko && label.text.en == en)
    }

    #[test]
    fn leaves_merge_into_counts_and_titles_are_kept() {
        let far = seen(&network(), 0.35);
        assert!(far.hidden.is_empty());
        assert!(says(&far, "인스턴스 6개", "6 instances"), "{:?}", far.labels);
        assert!(says(&far, "lab-vpc", "lab-vpc") && says(&far, "subnet-2", "subnet-2"));
        assert!(says(&far, "internet", "internet"), "what stands alone keeps its name");
    }

    #[test]
    fn what_has_no_room_for_a_name_is_counted_by_the_frame_around() {
        let far = seen(&network(), 0.12);
        assert!(!far.hidden.is_empty(), "subnets are too small");
        assert!(
            says(&far, "인스턴스 18개", "18 instances")
                || far.labels.iter().any(|label| label.class == Class::Title && label.text.en.contains('+')),
            "{:?}",
            far.labels
        );
    }

    #[test]
    fn every_zoom_writes_apart_and_within() {
        for sample in designs() {
            for percent in [2, 5, 9, 14, 20, 27, 35, 42] {
                seen(&sample, f64::from(percent) / 100.0);
            }
        }
    }

    /// Ordinary and extreme: names of 256 pictures, right-to-left words, everything on one point, thousands of loose things.
    fn designs() -> Vec<Design> {
        let mut named = network();
        let mut piled = Sketch::new();
        for n in 0..2_000 {
            piled.add_at(None, "مرحبا", Instance::default(), Rect::new(f64::from(n % 7) * 9.0, 0.0, 96.0, 72.0));
        }
        let ids: Vec<NodeId> = named.nodes().map(|(id, _)| id).collect();
        for id in ids {
            named.apply(&crate::design::Edit::Rename { id, name: "🏗".repeat(64) }).unwrap();
        }
        vec![network(), named, piled.finish(), Design::new()]
    }

    #[test]
    fn plurals_are_english() {
        assert_eq!(counted(Kind::Instance, 1).en, "1 instance");
        assert_eq!((plural("IAM policy"), plural("Network ACL")), ("IAM policies".into(), "Network ACLs".into()));
        assert_eq!(plural("API Gateway"), "API Gateways");
    }
}
