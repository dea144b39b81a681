//! Pictures by the command line: drawn, opened again, refused.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod command;

use std::path::PathBuf;

use command::{LAB, Scratch, answer, refusal};
use groundplan::design::Edit;
use groundplan::file;
use groundplan::layout::Sketch;
use groundplan::samples;

#[test]
fn pictures_of_both_kinds_open_again_wherever_a_design_does() {
    let scratch = Scratch::new("picture-open");
    for sample in samples::list() {
        let (design, svg, png) = (scratch.file("a.json"), scratch.file("a.svg"), scratch.file("a.png"));
        std::fs::write(&design, file::save(&sample.draw())).unwrap();
        assert_eq!(answer(&["picture", &design, "-o", &svg], 0), "");
        assert_eq!(answer(&["picture", &design, "-o", &png, "--scale", "0.5"], 0), "");
        assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
        let saved = file::save(&sample.draw());
        for picture in [&svg, &png] {
            assert_eq!(answer(&["convert", picture, "--to", "design"], 0), saved, "{}", sample.id);
        }
        assert_eq!(answer(&["diff", &svg, &design, "--format", "json"], 0).matches("\"id\"").count(), 0);
    }
    let svg = scratch.file("lab.svg");
    answer(&["picture", LAB, "-o", &svg], 0);
    assert_eq!(answer(&["check", &svg], 0), answer(&["check", LAB], 0));
    assert_eq!(answer(&["reach", &svg], 0), answer(&["reach", LAB], 0));
}

#[test]
fn the_same_design_gives_the_same_bytes() {
    let scratch = Scratch::new("picture-same");
    let once = answer(&["picture", LAB], 0);
    assert!(once.starts_with("<svg ") && once == answer(&["picture", LAB], 0));
    let [one, two] = ["one.png", "two.png"].map(|name| scratch.file(name));
    for path in [&one, &two] {
        answer(&["picture", LAB, "-o", path], 0);
    }
    assert!(std::fs::read(&one).unwrap() == std::fs::read(&two).unwrap());
}

#[test]
fn a_frame_can_be_cut_out_and_a_picture_can_be_told_about() {
    let whole = answer(&["picture", LAB, "--bare"], 0);
    let vpc = answer(&["picture", LAB, "--bare", "--frame", "lab-vpc"], 0);
    assert!(vpc.len() < whole.len() && !vpc.contains("<metadata>"));
    let told = answer(&["picture", LAB, "--bare", "--title", "--legend", "--lang", "ko"], 0);
    assert!(told.len() > whole.len() && told.contains("서브넷"));
    let twice = answer(&["picture", LAB, "--bare", "--scale", "2"], 0);
    assert_ne!(twice, whole);
    assert!(refusal(&["picture", LAB, "--frame", "nobody"]).contains("nobody"));
    assert!(refusal(&["picture", LAB, "--frame", "internet"]).contains("no resource"));
}

#[test]
fn what_cannot_be_drawn_or_opened_is_refused_with_a_sentence() {
    let scratch = Scratch::new("picture-refused");
    let [bare, other, huge] = ["bare.svg", "picture.gif", "huge.png"].map(|name| scratch.file(name));
    answer(&["picture", LAB, "--bare", "-o", &bare], 0);
    assert!(refusal(&["check", &bare]).contains("no design in this picture"));
    assert!(refusal(&["--lang", "ko", "check", &bare]).contains("설계가 들어 있지 않아요"));
    assert!(refusal(&["picture", LAB, "-o", &other]).contains(".svg or .png"));
    assert!(!PathBuf::from(&other).exists());
    assert!(refusal(&["picture", LAB, "--scale", "90"]).contains("scale"));
    assert!(refusal(&["picture", LAB, "--scale", "nan"]).contains("scale"));
    // A drawing that is as wide as the moon is far.
    let far = file::save(&samples::two_az_vpc()).replacen("\"at\":[", "\"at\":[9", 1);
    let design = scratch.file("far.json");
    std::fs::write(&design, far.replacen("\"at\":[9", "\"at\":[-90000", 1)).unwrap();
    assert!(refusal(&["picture", &design, "-o", &huge, "--scale", "8"]).contains("too many for a PNG"));
}

#[test]
fn a_change_is_drawn_with_what_came_and_went_marked() {
    let scratch = Scratch::new("picture-change");
    let [before, after, svg, png] = ["old.json", "new.json", "change.svg", "change.png"].map(|name| scratch.file(name));
    let mut design = samples::two_az_vpc();
    std::fs::write(&before, file::save(&design)).unwrap();
    let named = |design: &groundplan::design::Design, name: &str| {
        design.nodes().find(|(_, node)| node.name == name).map(|(id, _)| id).unwrap()
    };
    design.apply(&Edit::Remove(named(&design, "web-c"))).unwrap();
    design.apply(&Edit::set(named(&design, "web-a"), "instance_type", "t3.large")).unwrap();
    let mut sketch = Sketch::of(design);
    let zone = sketch.design().node(named(sketch.design(), "web-a")).unwrap().parent;
    sketch.add(zone, "newcomer", groundplan::catalog::kinds::Instance::default());
    std::fs::write(&after, file::save(sketch.design())).unwrap();
    answer(&["diff", &before, &after, "--picture", &svg], 0);
    answer(&["diff", &before, &after, "--picture", &png], 0);
    let document = std::fs::read_to_string(&svg).unwrap();
    assert!(document.contains("web-c") && document.contains("newcomer"));
    // One sign each on the drawing, and one in the legend.
    for (sign, least) in [(">+<", 2), (">~<", 2), (">\u{2212}<", 2)] {
        assert!(document.matches(sign).count() >= least, "{sign}");
    }
    assert_eq!(document.matches("opacity=\"0.55\"").count(), 1);
    // It carries the new design.
    assert_eq!(answer(&["convert", &svg, "--to", "design"], 0), file::save(sketch.design()));
    assert_eq!(answer(&["convert", &png, "--to", "design"], 0), file::save(sketch.design()));
    // Nothing changed: nothing is marked.
    answer(&["diff", &before, &before, "--picture", &svg], 0);
    let same = std::fs::read_to_string(&svg).unwrap();
    assert!(!same.contains(">+<") && !same.contains(">~<") && !same.contains("0.55"));
    assert!(refusal(&["diff", &before, &after, "--picture", &scratch.file("x.bmp")]).contains(".svg or .png"));
}
