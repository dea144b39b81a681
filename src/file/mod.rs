//! Design files: `save` writes the newest version, `open` reads every version there ever was, and `read` tells what a file is at all.
//!
//! A file is JSON with one node a line, so that two versions of a design compare well. Behind it may stand what changed since, a line each
//! ([`step()`]): what is stored with every edit. The types of each version are their own ([`v1`]), with
//! stable names, apart from the structs in memory. When version 2 comes, `v1.rs` keeps reading its files and turns them into version 2's types;
//! `tests/golden` holds a file of each version that must stay readable for ever.
//!
//! Whatever comes in is measured before memory is spent on it, and becomes a design only through [`Edit`](crate::design::Edit)s, so a file can
//! break no invariant. A file that is refused is refused whole, with the place and the reason.

pub mod clipboard;
mod encoding;
mod error;
mod packed;
mod picture_file;
mod plain;
mod step;
mod template;
mod v1;
mod versions;
mod xml_bounds;

pub use encoding::decode;
pub use error::{Advice, OpenError, Place};
pub use packed::{MAX_LINK, link, linked, pack_text, unpack_text};
pub use picture_file::{png_with, svg_with};
pub use step::step;
pub use versions::{Kept, surplus};

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cloudformation;
use crate::design::{Design, MAX_TEMPLATE_WEIGHT, MAX_WEIGHT};
use crate::id::NodeId;
use crate::message;
use crate::template::Problem;
use crate::text::Message;

/// The version that [`save`] writes.
pub const VERSION: u64 = 1;
/// Bytes a file may have: what the nodes of a design may take, as much again for what they were in the template that it was opened from, that
/// template, and what people pinned now and then. So whatever is saved can be opened.
pub const MAX_BYTES: usize = 2 * MAX_WEIGHT + MAX_TEMPLATE_WEIGHT + (8 << 20);
/// Bytes that the steps behind a design may have.
pub const MAX_STEP_BYTES: usize = 4 << 20;
/// How many of the last steps are left out one by one to find those that can be read.
const MOST_LEFT_OUT: usize = 64;

/// A design as a file of the newest version. The same design gives the same text.
///
/// Positions are kept to a thousandth of a pixel.
pub fn save(design: &Design) -> String {
    v1::write(design)
}

/// What a file turned out to hold.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The design.
    pub design: Design,
    /// Which kind of file it was.
    pub form: Form,
    /// What of a template is drawn otherwise than it is, or cannot be known before it is deployed, with its place.
    pub notes: Vec<Message>,
    /// What else resources are called, by the node that stands for them: ids of an account, logical ids of a template.
    pub aliases: BTreeMap<String, NodeId>,
}

impl Opened {
    fn of_picture(design: Design) -> Self {
        Self { design, form: Form::Picture, notes: Vec::new(), aliases: BTreeMap::new() }
    }
}

impl Form {
    /// Whether nodes keep their ids in it, so that two such files can be versions of one design.
    pub const fn keeps_ids(self) -> bool {
        matches!(self, Self::Design | Self::Picture)
    }
}

/// The kinds of file that hold a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A design file.
    Design,
    /// A CloudFormation template.
    Template,
    /// Output of AWS's describe commands.
    Describe,
    /// A picture that carries a design.
    Picture,
}

/// The design in the bytes of any file that people may choose: UTF-8, with or without a byte order mark, or UTF-16.
///
/// # Errors
/// As [`read`]; also where the bytes are not text.
pub fn read_bytes(bytes: &[u8]) -> Result<Opened, OpenError> {
    read_bytes_in(bytes, None)
}

/// The same, of a template for a region: that which it seems to be meant for where none is said.
///
/// # Errors
/// As [`read_bytes`].
pub fn read_bytes_in(bytes: &[u8], region: Option<&str>) -> Result<Opened, OpenError> {
    if picture_file::is_png(bytes) {
        return picture_file::open_png(bytes).map(Opened::of_picture);
    }
    read_in(&decode(bytes).map_err(|why| OpenError::new(why).advise(Advice::AnotherFile))?, region)
}

/// The design in the text of any file that people may choose: a design file, a template in JSON or YAML, output of describe commands,
/// or an SVG picture that carries a design.
///
/// # Errors
/// Why the file is refused, where, and what to do.
pub fn read(text: &str) -> Result<Opened, OpenError> {
    read_in(text, None)
}

fn read_in(text: &str, region: Option<&str>) -> Result<Opened, OpenError> {
    let whole = text;
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    if picture_file::is_svg(text) {
        return picture_file::open_svg(text).map(Opened::of_picture);
    }
    if text.len() <= MAX_BYTES && cloudformation::is_describe(text) {
        return Ok(describe([("", text)]));
    }
    let is_design = match Head::of(text) {
        Ok(head) => head.groundplan.is_some(),
        Err(error) if text.len() > MAX_BYTES || is_cut_design(text) => return Err(error),
        // It may be YAML, and if it is no JSON at all, the reader of templates knows the place.
        Err(_) => false,
    };
    if is_design {
        let (design, notes, aliases) = (open(text)?, Vec::new(), BTreeMap::new());
        return Ok(Opened { design, form: Form::Design, notes, aliases });
    }
    let cloudformation::Imported { design, notes, names } =
        cloudformation::import_in(whole, region).map_err(OpenError::template)?;
    let notes = notes.iter().map(Problem::message).collect();
    Ok(Opened { design, form: Form::Template, notes, aliases: names })
}

/// Whether a text begins as a design file does.
fn is_cut_design(text: &str) -> bool {
    text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with("\"groundplan\""))
}

/// The design in output of AWS's describe commands, which may be many files; each has a name for notes.
pub fn describe<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Opened {
    let cloudformation::Described { design, notes, aliases } = cloudformation::describe(texts);
    Opened { design, form: Form::Describe, notes, aliases }
}

/// The design in a design file of any version, after the last of the steps behind it.
///
/// # Errors
/// Why the file is refused, where, and what to do.
pub fn open(text: &str) -> Result<Design, OpenError> {
    open_until(text, usize::MAX)
}

/// The design in a design file with as many of its steps as can be read, and why not all of them.
///
/// # Errors
/// As [`open`], where it is the design before all steps that cannot be read.
pub fn recover(text: &str) -> Result<(Design, Option<OpenError>), OpenError> {
    let Err(why) = open(text) else { return open(text).map(|design| (design, None)) };
    let behind = Head::of(text)?.behind(text);
    let steps = behind.lines().filter(|line| !line.trim().is_empty()).count();
    let fewer = (1..steps).rev().take(MOST_LEFT_OUT).chain([0]);
    let found = fewer.map(|most| open_until(text, most)).find(Result::is_ok);
    found.unwrap_or_else(|| Err(why.clone())).map(|design| (design, Some(why)))
}

/// The design after so many steps at most.
fn open_until(text: &str, most: usize) -> Result<Design, OpenError> {
    let head = Head::of(text)?;
    match head.groundplan {
        None => Err(OpenError::not_a_design()),
        Some(1) => {
            let mut file = v1::parse(head.before(text))?;
            let lines = head.before(text).lines().count().saturating_sub(1);
            step::follow(&mut file, head.behind(text), lines, most)?;
            v1::read(file)
        }
        Some(version) if version > VERSION => Err(OpenError::newer(version)),
        Some(version) => Err(OpenError::new(message!(
            "버전 {version}인 설계 파일은 없어요. 파일이 손상된 것 같아요.",
            "There is no design file of version {version}. The file seems damaged."
        ))),
    }
}

/// What tells files apart, whatever their version, so that a newer one is known for what it is.
#[derive(Deserialize)]
struct Head {
    groundplan: Option<u64>,
    /// Where the steps begin, if there are any.
    #[serde(skip)]
    end: usize,
}

impl Head {
    /// Reads past everything else without keeping it, once the size is known to be bearable.
    fn of(text: &str) -> Result<Self, OpenError> {
        if text.len() > MAX_BYTES + MAX_STEP_BYTES {
            return Err(too_large(text.len()));
        }
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Self>();
        let head = values.next().unwrap_or_else(|| serde_json::from_str(""));
        let end = values.byte_offset();
        let head = head.map_err(|error| OpenError::json(&error))?;
        if end > MAX_BYTES {
            return Err(too_large(end));
        }
        Ok(Self { end, ..head })
    }

    fn before<'a>(&self, text: &'a str) -> &'a str {
        text.get(..self.end).unwrap_or(text)
    }

    fn behind<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.end..).unwrap_or_default()
    }
}

fn too_large(bytes: usize) -> OpenError {
    let (size, limit) = (crate::text::mebibytes(bytes), MAX_BYTES >> 20);
    OpenError::new(message!(
        "파일이 너무 커요({size} MiB). {limit} MiB까지 열 수 있어요.",
        "The file is too large ({size} MiB). At most {limit} MiB can be opened."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Edit;
    use crate::samples;

    #[test]
    fn samples_come_back_as_they_were() {
        for sample in samples::list() {
            let design = sample.draw();
            let saved = save(&design);
            assert_eq!(open(&saved).unwrap(), design, "{}", sample.id);
            assert_eq!(save(&open(&saved).unwrap()), saved);
        }
    }

    #[test]
    fn other_files_are_refused_with_place_and_reason() {
        let node = |rest: &str| format!("{{\"groundplan\":1,\"nodes\":[\n{{\"id\":\"n1\",{rest}}}\n]}}");
        let named =
            |kind: &str, rest: &str| node(&format!("\"kind\":\"{kind}\",\"name\":\"x\",\"at\":[0,0,9,9]{rest}"));
        for (text, place, says) in [
            (String::new(), "line 1, column 0", "cut short"),
            ("{\"groundplan\":1,\"nodes\":[".to_owned(), "line 1, column 25", "cut short"),
            ("{\"groundplan\":1,\n\"nodes\":[}".to_owned(), "line 2, column 10", "not valid JSON"),
            ("[]".to_owned(), "line 1", "form of a design file"),
            ("{}".to_owned(), "", "not a Groundplan design"),
            ("{\"groundplan\":2,\"shapes\":[]}".to_owned(), "", "newer version"),
            ("{\"groundplan\":0}".to_owned(), "", "no design file of version 0"),
            ("{\"groundplan\":1,\"nodes\":[],\"more\":1}".to_owned(), "line 1", "more"),
            (node("\"kind\":\"vpc\""), "line 2", "name"),
            (named("castle", ""), "n1", "castle"),
            (named("region", ",\"fields\":{\"moat\":true}"), "n1 · moat", "no property"),
            (named("laptop", ",\"fields\":{\"public_ip\":\"10.0.0.0/33\"}"), "n1", ""),
            (named("subnet", ""), "n1", "must be placed in"),
            (named("region", ",\"parent\":\"n7\""), "n1", "n7"),
            (named("region", ",\"parent\":\"n1\""), "n1", "inside itself"),
            (named("region", ",\"colour\":1"), "line 2", "colour"),
            (node("\"kind\":\"region\",\"name\":\"x\",\"at\":[0,0,0,9]"), "n1", "position or size"),
            (node("\"kind\":\"region\",\"name\":\" \",\"at\":[0,0,9,9]"), "n1", "name cannot be empty"),
            (node("\"kind\":\"region\",\"name\":\"x\",\"at\":[0,0,1e999,9]"), "line 2", ""),
        ] {
            let error = open(&text).unwrap_err();
            let shown = error.message().en;
            assert!(shown.starts_with(place) && shown.contains(says), "{text}\n{shown}");
            assert!(shown != error.message().ko);
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let large = format!("{{\"groundplan\":1,\"title\":\"{}\"}}", " ".repeat(MAX_BYTES));
        assert!(open(&large).unwrap_err().message().en.contains("too large"));
        let node = |n: usize| format!("{{\"id\":\"n{n}\",\"kind\":\"internet\",\"name\":\"x\",\"at\":[0,0,9,9]}}");
        let nodes: Vec<String> = (1..=20_001).map(node).collect();
        let many = format!("{{\"groundplan\":1,\"nodes\":[{}]}}", nodes.join(","));
        assert!(open(&many).unwrap_err().message().en.contains("at most 20000"));
        let deep = format!("{{\"groundplan\":1,\"nodes\":{}", "[".repeat(100_000));
        assert!(open(&deep).is_err());
        let text = format!(
            "{{\"groundplan\":1,\"nodes\":[{{\"id\":\"n1\",\"kind\":\"laptop\",\"name\":\"x\",\"at\":[0,0,9,9],\"fields\":{{\"address\":\"{}\"}}}}]}}",
            "1".repeat(crate::design::MAX_TEXT + 1)
        );
        assert!(open(&text).unwrap_err().message().en.contains("4194304 characters"));
    }

    #[test]
    fn whatever_may_be_drawn_can_be_saved_and_opened() {
        let mut design = samples::two_az_vpc();
        let (id, ..) = design.all::<crate::catalog::kinds::Instance>().next().unwrap();
        // Every character takes two in a file.
        design.apply(&Edit::set(id, "user_data", "\"\n".repeat(300_000).as_str())).unwrap();
        let refusal = loop {
            let copied = clipboard::duplicate(&design, &[id], crate::design::Point::new(8.0, 8.0));
            match copied.map(|copied| design.apply_all(&copied.edits)) {
                Ok(done) => drop(done.unwrap()),
                Err(why) => break why,
            }
        };
        assert!(refusal.en.contains("10 MiB"), "{refusal}");
        let saved = save(&design);
        assert!(saved.len() > 4 << 20 && saved.len() <= MAX_BYTES);
        assert_eq!(open(&saved).unwrap(), design);
        let why = design
            .apply(&Edit::set(id, "user_data", crate::catalog::Value::Text("1".repeat(crate::design::MAX_TEXT + 1))))
            .unwrap_err();
        assert_eq!(why.field.as_deref(), Some("user_data"));
    }

    #[test]
    fn a_name_that_makes_a_full_design_heavier_is_refused() {
        let mut design = samples::two_az_vpc();
        let (id, ..) = design.all::<crate::catalog::kinds::Instance>().next().unwrap();
        for _ in 0..3 {
            let copied = clipboard::duplicate(&design, &[id], crate::design::Point::new(8.0, 8.0)).unwrap();
            design.apply_all(&copied.edits).unwrap();
        }
        let all: Vec<NodeId> = design.all::<crate::catalog::kinds::Instance>().map(|(id, ..)| id).collect();
        for id in all {
            let weight: usize = design.nodes().map(|(_, node)| crate::design::weight(node)).sum();
            let text = "x".repeat((MAX_WEIGHT - weight - 100).min(crate::design::MAX_TEXT));
            design.apply(&Edit::set(id, "user_data", text.as_str())).ok();
        }
        let why = design.apply(&Edit::Rename { id, name: "\"".repeat(255) }).unwrap_err().why;
        assert!(why.en.contains("10 MiB"), "{why}");
        assert_eq!(open(&save(&design)).unwrap(), design);
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_and_a_mark_is_skipped() {
        assert!(read_bytes(b"\x89JPG").unwrap_err().why.en.contains("byte 0"));
        let marked = [b"\xef\xbb\xbf", save(&Design::new()).as_bytes()].concat();
        assert_eq!(read_bytes(&marked).unwrap().design, Design::new());
    }

    #[test]
    fn a_template_of_ours_is_known_for_what_it_is() {
        let design = samples::two_az_vpc();
        let export = cloudformation::export(&design);
        let opened = read(export.text()).unwrap();
        assert_eq!((opened.form, opened.notes, opened.design), (Form::Template, vec![], design));
        let yaml = read(&crate::template::to_yaml(&export.template)).unwrap();
        assert_eq!((yaml.form, yaml.design), (Form::Template, samples::two_az_vpc()));
        let text = export.text().replacen("\"Type\": \"AWS::EC2::VPC", "\"Kind\": \"AWS::EC2::VPC", 1);
        assert!(matches!(read(&text).unwrap_err().place, Some(Place::Text { line: 2.., .. })));
    }

    #[test]
    fn a_design_keeps_the_template_it_was_opened_from() {
        let text = "Parameters: {Cidr: {Type: String, Default: 10.1.0.0/16}}\nResources:\n  Net:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: !Ref Cidr}\n  Topic: {Type: 'AWS::SNS::Topic'}\n";
        let mut design = read(text).unwrap().design;
        let (id, ..) = design.all::<crate::catalog::kinds::Vpc>().next().unwrap();
        let (topic, ..) = design.all::<crate::catalog::kinds::CloudformationResource>().next().unwrap();
        for edit in [Edit::set(id, "dns_support", false), Edit::Remove(topic)] {
            design.apply(&edit).unwrap();
        }
        let saved = save(&design);
        let opened = read(&saved).unwrap();
        assert_eq!((opened.form, &opened.design, save(&opened.design)), (Form::Design, &design, saved));
        let template = cloudformation::export(&opened.design).template;
        assert_eq!(
            template["Resources"],
            serde_json::json!({
                "Net": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": { "Ref": "Cidr" }, "EnableDnsSupport": false } }
            })
        );
    }
}
