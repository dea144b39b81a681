//! One function for each parser: whatever the bytes are, they are refused with a sentence or read soundly, and what was read can be written and
//! read again. The fuzz targets of `targets/` and the runner of `main.rs` call the same ones.

use groundplan::cloudformation::export;
use groundplan::design::{Design, Edit, Point, broken_invariants};
use groundplan::file::{self, Form, OpenError, clipboard};
use groundplan::labs::class::{Archive, Handed};
use groundplan::labs::{self, Submission};
use groundplan::template::{self, Syntax, to_json, to_yaml};
use groundplan::text::Message;
use groundplan::{catalog::kinds::Vpc, samples};

/// Reads bytes; panics where something does not hold.
pub type Reader = fn(&[u8]);

/// Every parser by its name, which is the name of its corpus and of its fuzz target.
pub const READERS: [(&str, Reader); 12] = [
    ("design", design),
    ("journal", journal),
    ("json", template),
    ("yaml", template),
    ("describe", describe),
    ("fragment", fragment),
    ("svg", picture),
    ("png", picture),
    ("lab", lab),
    ("submission", submission),
    ("zip", zip),
    ("copy", copy),
];

/// What the page and the command line call for each, and nothing else: what a file costs.
pub const PARSERS: [(&str, Reader); 12] = [
    ("design", |bytes| drop(file::read_bytes(bytes))),
    ("journal", |bytes| drop(file::recover(&String::from_utf8_lossy(bytes)))),
    ("json", |bytes| drop(file::read_bytes(bytes))),
    ("yaml", |bytes| drop(file::read_bytes(bytes))),
    ("describe", |bytes| drop(file::read_bytes(bytes))),
    ("fragment", |bytes| drop(file::linked(&String::from_utf8_lossy(bytes)))),
    ("svg", |bytes| drop(file::read_bytes(bytes))),
    ("png", |bytes| drop(file::read_bytes(bytes))),
    ("lab", |bytes| drop(labs::read(&String::from_utf8_lossy(bytes)))),
    ("submission", |bytes| drop(Submission::read_sealed(&String::from_utf8_lossy(bytes)))),
    ("zip", zip),
    ("copy", copy),
];

/// What a program would be handed of a file: its text, however it is encoded.
fn text(bytes: &[u8]) -> Option<String> {
    match file::decode(bytes) {
        Ok(text) => Some(text),
        Err(why) => {
            is_said(&why);
            None
        }
    }
}

fn is_said(why: &Message) {
    assert!(!why.ko.is_empty() && !why.en.is_empty(), "refused without a word");
}

fn is_refused(error: &OpenError) {
    is_said(&error.message());
}

/// What is saved opens as it was, and is saved as it was.
fn keeps(design: &Design) {
    assert_eq!(broken_invariants(design), Vec::<String>::new());
    let saved = file::save(design);
    let opened = file::open(&saved).unwrap_or_else(|error| panic!("not opened again: {}\n{saved}", error.message().en));
    assert_eq!(&opened, design, "opened otherwise than it was saved");
    assert_eq!(file::save(&opened), saved, "saved otherwise than it was opened");
}

/// A design file.
pub fn design(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match file::open(&text) {
        Ok(design) => keeps(&design),
        Err(error) => is_refused(&error),
    }
    // Whoever chooses it among other files learns the same.
    match file::read_bytes(bytes) {
        Ok(opened) => keeps(&opened.design),
        Err(error) => is_refused(&error),
    }
}

/// A design file with the steps since behind it, as the page stores it.
pub fn journal(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (whole, recovered) = (file::open(&text), file::recover(&text));
    match (&whole, recovered) {
        (Ok(design), Ok((again, None))) => assert_eq!(design, &again),
        (Err(_), Ok((before, Some(why)))) => {
            is_refused(&why);
            keeps(&before);
        }
        (Err(_), Err(why)) => is_refused(&why),
        (_, other) => panic!("opened, and recovered as {other:?}"),
    }
    let Ok(first) = whole else { return };
    let mut next = first.clone();
    let gone: Vec<Edit> = first.nodes().map(|(id, _)| Edit::Remove(id)).take(1).collect();
    if next.apply(&Edit::Title("next".to_owned())).is_err() || next.apply_all(&gone).is_err() {
        return;
    }
    let Some(step) = file::step(&first, &next) else { return };
    // A step is a line behind what is there, whatever stands at its end.
    let text = format!("{}\n{step}\n", text.trim_end());
    assert_eq!(file::open(&text).map_err(|error| error.message().en), Ok(next), "{text}");
}

/// A template or any other document in JSON or YAML.
pub fn template(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    template::document(&text).map_err(|problem| is_said(&problem.why)).ok();
    match template::parse(&text) {
        Ok(source) => {
            assert_eq!(source.text(), text, "it kept another text");
            assert_eq!(source.rewrite(&source.template), text, "what nobody changed is written otherwise");
            for (syntax, print) in [(Syntax::Json, to_json as fn(&template::Json) -> String), (Syntax::Yaml, to_yaml)] {
                let printed = print(&source.template);
                let again = template::parse(&printed);
                // Written out, it may be longer than a template may be.
                let Ok(again) = again else { continue };
                assert_eq!(again.template, source.template, "as {}", syntax.label());
                assert_eq!(print(&again.template), printed, "as {}", syntax.label());
            }
        }
        Err(problem) => is_said(&problem.why),
    }
    match file::read_bytes(bytes) {
        Ok(opened) => {
            keeps(&opened.design);
            let export = export(&opened.design);
            if opened.form == Form::Template {
                assert_eq!(export.text(), text, "what nobody edited leaves otherwise");
            }
        }
        Err(error) => is_refused(&error),
    }
}

/// Output of describe commands.
pub fn describe(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let opened = file::describe([("one.json", text.as_str()), ("two.json", text.as_str())]);
    opened.notes.iter().for_each(is_said);
    keeps(&opened.design);
    let written = export(&opened.design);
    let again = file::read(written.text()).unwrap_or_else(|error| panic!("not read again: {}", error.message().en));
    assert_eq!(again.design.len(), opened.design.len(), "the template of it says something else");
    match file::read_bytes(bytes) {
        Ok(opened) => keeps(&opened.design),
        Err(error) => is_refused(&error),
    }
}

/// The word behind `#d=` of a link.
pub fn fragment(bytes: &[u8]) {
    let word = String::from_utf8_lossy(bytes);
    match file::linked(&word) {
        Ok(design) => {
            keeps(&design);
            if let Ok(word) = file::link(&design) {
                assert_eq!(file::linked(&word).map_err(|error| error.message().en), Ok(design));
            }
        }
        Err(error) => is_refused(&error),
    }
}

/// An SVG document or a PNG file.
pub fn picture(bytes: &[u8]) {
    match file::read_bytes(bytes) {
        Ok(opened) => {
            keeps(&opened.design);
            if opened.form == Form::Picture {
                let carried = file::png_with(&PNG_HEAD, &opened.design);
                let again = file::read_bytes(&carried).map(|again| again.design);
                assert_eq!(again.map_err(|error| error.message().en), Ok(opened.design));
            }
        }
        Err(error) => is_refused(&error),
    }
}

/// The signature of PNG and a header of one pixel.
const PNG_HEAD: [u8; 33] = *b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55";

/// A lab.
pub fn lab(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match labs::read(&text) {
        Ok(ready) => {
            keeps(&ready.start);
            keeps(&ready.solution);
            let written = serde_json::to_string(&ready.lab).expect("a lab can be written");
            let again = labs::read(&written).unwrap_or_else(|errors| panic!("not read again: {errors:#?}"));
            assert_eq!(again.lab, ready.lab);
            assert_eq!(serde_json::to_string(&again.lab).expect("a lab can be written"), written);
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "refused for nothing");
            errors.iter().for_each(|error| is_said(&error.message()));
        }
    }
}

/// What a student hands in.
pub fn submission(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match Submission::read_sealed(&text) {
        Ok((read, _)) => {
            assert!(labs::is_submission(&text), "read, and not known for what it is");
            keeps(&read.design);
            let saved = read.save();
            let again = Submission::read_sealed(&saved).map_err(|why| why.en);
            assert_eq!(again, Ok((read, labs::Seal::Whole)));
            assert_eq!(again.map(|(again, _)| again.save()), Ok(saved));
        }
        Err(why) => is_said(&why),
    }
    if let Err(why) = Handed::new("one.json".to_owned(), Ok(bytes.to_vec()), None).work {
        is_said(&why);
    }
}

/// An archive of what a class handed in.
pub fn zip(bytes: &[u8]) {
    let mut archive = match Archive::open(bytes.to_vec()) {
        Ok(archive) => archive,
        Err(why) => return is_said(&why),
    };
    for at in 0..archive.len() {
        let (name, unpacked) = archive.file(at).expect("as many files as it says");
        if let Err(why) = Handed::new(name, unpacked, None).work {
            is_said(&why);
        }
    }
    assert!(archive.file(archive.len()).is_none());
}

/// Copied resources, pasted into a design.
pub fn copy(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut design = samples::two_az_vpc();
    let into = design.all::<Vpc>().map(|(id, ..)| id).next();
    match clipboard::paste(&design, &text, Point::new(40.0, 40.0), into) {
        Ok(pasted) => {
            assert!(clipboard::is_copy(&text), "pasted, and not known for what it is");
            design.apply_all(&pasted.edits).unwrap_or_else(|refusal| panic!("offered and refused: {}", refusal.why.en));
            keeps(&design);
            let again = clipboard::copy(&design, &pasted.roots);
            assert!(clipboard::paste(&Design::new(), &again, Point::new(0.0, 0.0), None).is_ok() || into.is_some());
        }
        Err(why) => is_said(&why),
    }
}
