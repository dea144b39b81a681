//! What `save` writes, `open` takes: of every design that edits, imports, pastes and duplicates can make.

use groundplan::cloudformation::{export, import};
use groundplan::design::{Design, Edit, MAX_ID, MAX_NODES, MAX_TEXT, Node, Point, Rect, Session, weight};
use groundplan::file::{self, clipboard};
use groundplan::id::NodeId;
use groundplan::picture::{Asked, Marks, Of, draw};
use groundplan::text::Lang;
use proptest::prelude::*;

use super::arbitrary::{Draw, damaged, session, start};
use super::{is_sound, seeds, some};

/// Templates of others, which keep what a design has no place for.
const OTHERS: [&str; 4] = [
    "Parameters: {Cidr: {Type: String, Default: 10.1.0.0/16}}\nResources:\n  Net:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: !Ref Cidr}\n  Topic: {Type: 'AWS::SNS::Topic'}\n",
    "\u{feff}{\"Resources\": {\"B\": {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {\"BucketName\": \"a\\u0001\\\"b\"}}}}",
    include_str!("../foreign/network.yaml"),
    include_str!("../foreign/service.json"),
];

/// Anything that people can do to a document.
fn done(session: &mut Session, seed: u64) {
    let mut draw = Draw::new(seed);
    let design = session.design().clone();
    let at = |draw: &mut Draw| {
        let third = |draw: &mut Draw| f64::from(u32::try_from(draw.below(9_000)).unwrap()) / 3.0 - 1_000.0;
        Point::new(third(draw), third(draw))
    };
    match draw.below(12) {
        0 => {
            let other = start(seed);
            let text = clipboard::copy(&other, &some(&other, seed));
            let text = String::from_utf8_lossy(&damaged(&text, &[seed])).into_owned();
            let into = draw.pick(&design.nodes().map(|(id, _)| id).collect::<Vec<_>>());
            if let Ok(made) = clipboard::paste(&design, &text, at(&mut draw), into) {
                session.edit(&made.edits).unwrap();
            }
        }
        1 => {
            if let Ok(made) = clipboard::duplicate(&design, &some(&design, seed), at(&mut draw)) {
                session.edit(&made.edits).unwrap();
            }
        }
        2 => {
            let text = match draw.below(OTHERS.len() + 1) {
                whose if whose < OTHERS.len() => OTHERS[whose].to_owned(),
                _ => export(&design).text().to_owned(),
            };
            let text = String::from_utf8_lossy(&damaged(&text, &[seed][..draw.below(2)])).into_owned();
            if let Ok(opened) = import(&text) {
                *session = Session::new(opened.design);
            }
        }
        // A place that is dragged to while zoomed, an id from far above, a text that is long.
        3 => {
            let placed = draw.pick(&design.nodes().map(|(id, _)| id).collect::<Vec<_>>());
            let Some((id, node)) = placed.and_then(|id| Some((id, design.node(id)?))) else { return };
            let (parent, corner) = (node.parent, at(&mut draw));
            let rect = Rect::new(corner.x, corner.y, corner.x.abs() / 7.0 + 1e-5, node.rect.h);
            session.edit(&[Edit::Place { id, parent, rect }]).unwrap();
        }
        4 => {
            let id = NodeId(MAX_ID - 1 + u32::try_from(draw.below(4)).unwrap());
            let body = groundplan::catalog::Kind::Internet.new_body();
            let rect = Rect::new(0.1, -0.0, 80.0, 80.0);
            let node = Node { name: "far".to_owned(), parent: None, rect, body, origin: "\u{7f}é\"".to_owned() };
            session.edit(&[Edit::add(id, node)]).ok();
        }
        5 => {
            let texts = ["\"\\\u{1}", "é", "x", "\r\n"];
            let text = texts[draw.below(4)].repeat(draw.below(40_000));
            let set = |(id, node): (NodeId, &Node)| {
                let has = node.kind().fields().iter().any(|meta| meta.id == "user_data");
                has.then(|| Edit::set(id, "user_data", text.as_str()))
            };
            if let Some(edit) = design.nodes().find_map(set) {
                session.edit(&[edit]).ok();
            }
        }
        _ => drop(session.edit(&[draw.edit(&design)])),
    }
}

fn comes_back(design: &Design) -> Result<(), TestCaseError> {
    let saved = file::save(design);
    let opened = file::open(&saved).map_err(|error| TestCaseError::fail(error.message().en))?;
    is_sound(&opened)?;
    prop_assert_eq!(&opened, design);
    prop_assert_eq!(file::save(&opened), saved);
    // New resources find ids that can be saved as well.
    prop_assert!(opened.next_id().0 <= MAX_ID && opened.node(opened.next_id()).is_none());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_opens_as_it_was(seeds in seeds(30)) {
        let mut session = session(&seeds[..seeds.len().min(5)]);
        for seed in &seeds {
            done(&mut session, *seed);
            is_sound(session.design())?;
        }
        comes_back(session.design())?;
    }

    #[test]
    fn a_design_weighs_at_least_what_its_file_takes_and_not_much_more(seeds in seeds(30)) {
        let mut session = session(&seeds);
        for seed in &seeds {
            done(&mut session, *seed);
        }
        session.edit(&[Edit::Template(None), Edit::Assertions(Vec::new())]).unwrap();
        let design = session.design();
        let weight: usize = design.nodes().map(|(_, node)| weight(node)).sum();
        let saved = file::save(design).len();
        prop_assert!(saved <= weight + 2_000, "{} in a file of {}", weight, saved);
        // Files of 8 MiB with 10,000 resources were opened before there was a weight, and still are.
        prop_assert!(weight <= saved + design.len() * 200, "{} in a file of {}", weight, saved);
    }
}

#[test]
fn a_text_of_the_greatest_length_is_kept() {
    let mut design = start(1);
    let (id, ..) = design.all::<groundplan::catalog::kinds::Instance>().next().unwrap();
    for (text, fits) in
        [("é".repeat(MAX_TEXT), true), ("x".repeat(MAX_TEXT + 1), false), ("\u{1}".repeat(MAX_TEXT), false)]
    {
        assert_eq!(design.apply(&Edit::set(id, "user_data", text.as_str())).is_ok(), fits);
        comes_back(&design).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_drawn_comes_back_from_its_picture_and_its_link(seeds in seeds(12)) {
        let mut session = Session::new(start(seeds[0]));
        for seed in &seeds {
            done(&mut session, *seed);
        }
        let design = session.design();
        let saved = file::open(&file::save(design)).unwrap();
        let picture = draw(design, &Marks::default(), &Asked::all(Lang::Ko));
        let drawn = picture.parts.iter().filter(|part| matches!(part.of, Of::Node(_))).count();
        prop_assert_eq!(drawn, design.len());
        let document = file::svg_with(&picture, 1.0, design);
        prop_assert_eq!(&file::read_bytes(document.as_bytes()).unwrap().design, &saved);
        // Any 33 bytes are as good as a header.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0; 17]);
        prop_assert_eq!(&file::read_bytes(&file::png_with(&png, design)).unwrap().design, &saved);
        if let Ok(word) = file::link(design) {
            prop_assert_eq!(&file::linked(&word).unwrap(), &saved);
            // Whatever a messenger makes of it, it is the design or a sentence.
            for seed in &seeds {
                let other = String::from_utf8_lossy(&damaged(&word, &[*seed])).into_owned();
                if let Err(error) = file::linked(&other) {
                    prop_assert!(!error.message().ko.is_empty());
                }
            }
        }
    }
}

/// Refused because there would be too many, and nothing of it done.
fn is_full(design: &Design, why: &groundplan::text::Message) {
    assert!(why.en.contains(&format!("{MAX_NODES}")), "{}", why.en);
    assert!(design.len() <= MAX_NODES);
}

#[test]
fn what_is_filled_to_the_last_resource_is_kept_however_it_was_filled() {
    let node = |n: usize| {
        let body = groundplan::catalog::Kind::Laptop.new_body();
        let name = format!("l{n}");
        Node { name, parent: None, rect: Rect::new(0.0, 0.0, 80.0, 80.0), body, origin: String::new() }
    };
    // By edits, one after the other.
    let mut edited = Design::new();
    for n in 0..MAX_NODES {
        edited.apply(&Edit::add(edited.next_id(), node(n))).unwrap();
    }
    let refusal = edited.apply(&Edit::add(edited.next_id(), node(MAX_NODES))).unwrap_err();
    is_full(&edited, &refusal.why);

    // By paste, and what was pasted by duplicate: of as many as fit and of one more.
    let all: Vec<NodeId> = edited.nodes().map(|(id, _)| id).collect();
    let (half, at) = (&all[..MAX_NODES / 2], Point::new(400.0, 400.0));
    let mut design = Design::new();
    let made = clipboard::paste(&design, &clipboard::copy(&edited, half), at, None).unwrap();
    design.apply_all(&made.edits).unwrap();
    is_full(&design, &clipboard::paste(&design, &clipboard::copy(&edited, &all), at, None).unwrap_err());
    let own: Vec<NodeId> = design.nodes().map(|(id, _)| id).collect();
    let made = clipboard::duplicate(&design, &own, at).unwrap();
    design.apply_all(&made.edits).unwrap();
    assert_eq!(design.len(), MAX_NODES);
    is_full(&design, &clipboard::duplicate(&design, &own[..1], at).unwrap_err());
    is_full(&design, &clipboard::paste(&design, &clipboard::copy(&design, &own[..1]), at, None).unwrap_err());
    comes_back(&design).unwrap();

    // By a template that says more than fit: what fits is drawn, and that the rest is not is said.
    let bucket = |n: usize| format!("\"B{n}\":{{\"Type\":\"AWS::S3::Bucket\"}}");
    let buckets: Vec<String> = (0..=MAX_NODES).map(bucket).collect();
    let opened = import(&format!("{{\"Resources\":{{{}}}}}", buckets.join(","))).unwrap();
    assert!(opened.design.len() <= MAX_NODES && opened.design.len() + 100 > MAX_NODES, "{}", opened.design.len());
    assert!(opened.notes.iter().any(|note| note.why.en.contains(&format!("{MAX_NODES}"))), "nobody was told");
    comes_back(&opened.design).unwrap();
}
