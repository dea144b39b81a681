//! What holds of every picture.

use std::collections::BTreeSet;

use super::*;
use crate::layout::Sketch;
use crate::samples;

fn words(part: &Part) -> impl Iterator<Item = &Words> {
    part.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(words) => Some(words),
        _ => None,
    })
}

#[test]
fn every_node_is_drawn_once_with_its_name() {
    for sample in samples::list() {
        let design = sample.draw();
        let picture = draw(&design, &Marks::default(), &Asked::all(Lang::Ko));
        let mut seen = BTreeSet::new();
        for part in &picture.parts {
            assert!(!part.says.is_empty(), "{}: {:?} says nothing", sample.id, part.of);
            let Of::Node(id) = part.of else { continue };
            assert!(seen.insert(id), "{}: {id} twice", sample.id);
            let name = &design.node(id).unwrap().name;
            assert!(part.says.contains(name.as_str()));
            let first = words(part).next().unwrap_or_else(|| panic!("{}: {name} has no words", sample.id));
            let kept = first.words.split('…').all(|piece| name.contains(piece));
            assert!(kept && !first.words.is_empty(), "{}: {name} reads {}", sample.id, first.words);
        }
        assert_eq!(seen.len(), design.len(), "{}", sample.id);
    }
}

#[test]
fn words_stay_within_the_frames_around_them() {
    for sample in samples::list() {
        let design = sample.draw();
        let picture = draw(&design, &Marks::default(), &Asked::all(Lang::En));
        for part in &picture.parts {
            let Of::Node(id) = part.of else { continue };
            let node = design.node(id).unwrap();
            let frame = if node.kind().spec().shape.is_frame() { Some(id) } else { node.parent };
            let frame = frame.and_then(|id| design.world_rect(id)).unwrap_or(picture.view);
            for words in words(part) {
                let bounds = words.bounds();
                assert!(
                    frame.inflated(0.5).contains_rect(bounds),
                    "{}: {} {bounds:?} {frame:?}",
                    sample.id,
                    words.words
                );
                assert!(words.size >= 10.0);
            }
        }
    }
}

#[test]
fn frames_come_before_what_they_hold_and_wires_before_tiles() {
    for sample in samples::list() {
        let design = sample.draw();
        let picture = draw(&design, &Marks::default(), &Asked::all(Lang::En));
        let place = |of: Of| picture.parts.iter().position(|part| part.of == of);
        let mut wires = 0;
        for (at, part) in picture.parts.iter().enumerate() {
            match part.of {
                Of::Node(id) => {
                    if let Some(parent) = design.node(id).and_then(|node| node.parent) {
                        assert!(place(Of::Node(parent)).unwrap() < at);
                    }
                }
                Of::Wire(edge) => {
                    wires += 1;
                    let frames = [edge.from, edge.to].map(|id| design.ancestors(id).collect::<Vec<_>>());
                    for end in [edge.from, edge.to] {
                        // A wire from a frame to what it holds runs within it.
                        if !frames.iter().any(|frames| frames.contains(&end)) {
                            assert!(at < place(Of::Node(end)).unwrap(), "{}: {}", sample.id, part.says);
                        }
                    }
                }
                _ => {}
            }
        }
        assert_eq!(wires, ways(&design, &Marks::default()).len(), "{}", sample.id);
    }
}

#[test]
fn the_same_design_gives_the_same_document() {
    for sample in samples::list() {
        let write = || svg::write(&draw(&sample.draw(), &Marks::default(), &Asked::all(Lang::Ko)), 1.0, None);
        let document = write();
        assert_eq!(document, write());
        assert_eq!(document.matches("<g ").count(), sample.draw().len());
        assert!(!document.contains("NaN") && !document.contains("style") && !document.contains("script"));
    }
}

#[test]
fn a_part_is_drawn_with_all_that_is_in_it_and_nothing_else() {
    let design = samples::two_az_vpc();
    let vpc = design.all::<crate::catalog::kinds::Vpc>().next().unwrap().0;
    let inside = design.subtree(vpc);
    // Naming something inside as well changes nothing.
    let only = [inside[inside.len() - 1], vpc];
    let picture = draw(&design, &Marks::default(), &Asked { nodes: &only, ..Asked::all(Lang::En) });
    let drawn: BTreeSet<NodeId> =
        picture.parts.iter().filter_map(|part| if let Of::Node(id) = part.of { Some(id) } else { None }).collect();
    assert_eq!(drawn, inside.iter().copied().collect());
    let whole = draw(&design, &Marks::default(), &Asked::all(Lang::En));
    assert!(whole.view.contains_rect(picture.view.inflated(-MARGIN)) && picture.view != whole.view);
    for part in &picture.parts {
        if let Of::Wire(edge) = part.of {
            assert!(drawn.contains(&edge.from) && drawn.contains(&edge.to));
        }
    }
}

#[test]
fn heading_and_legend_stand_beside_the_drawing() {
    let mut design = samples::two_az_vpc();
    design.apply(&crate::design::Edit::Title("수업 <3>".to_owned())).unwrap();
    let bare = draw(&design, &Marks::default(), &Asked::all(Lang::Ko));
    let asked = Asked { heading: true, legend: true, ..Asked::all(Lang::Ko) };
    let told = draw(&design, &Marks::default(), &asked);
    assert!(told.view.contains_rect(bare.view));
    let about: Vec<&Part> = told.parts.iter().filter(|part| part.of == Of::About).collect();
    assert!(about.iter().any(|part| part.says == "수업 <3>"));
    assert!(about.iter().any(|part| part.says == "퍼블릭 서브넷" || part.says == "프라이빗 서브넷"));
    for part in about {
        for words in words(part) {
            let bounds = words.bounds();
            assert!(told.view.contains_rect(bounds), "{} {bounds:?} {:?}", words.words, told.view);
            assert!(!bare.view.inflated(-MARGIN).intersects(bounds), "{}", words.words);
        }
    }
    assert!(svg::write(&told, 1.0, None).contains("수업 &lt;3&gt;"));
}

#[test]
fn an_empty_design_says_that_it_is_empty() {
    let picture = draw(&Design::new(), &Marks::default(), &Asked::all(Lang::En));
    assert_eq!(picture.parts.len(), 1);
    assert!(picture.view.contains_rect(words(&picture.parts[0]).next().unwrap().bounds()));
}

#[test]
fn any_name_leaves_a_document_that_is_well_formed() {
    let mut sketch = Sketch::new();
    for name in ["a & b <c> \"d\"", "\u{1}\u{0}\u{fffe}", "🛰️".repeat(60).as_str(), "שלום עולם", "]]>", "&#0;"]
    {
        sketch.add(None, name, crate::catalog::kinds::Internet);
        sketch.add(None, name, crate::catalog::kinds::Region::default());
    }
    let design = sketch.finish();
    let text = svg::write(&draw(&design, &Marks::default(), &Asked::all(Lang::En)), 2.0, Some("]]> & <x>"));
    assert!(!text.contains("<c>") && !text.contains("<x>") && !text.contains('\u{1}') && !text.contains('\u{0}'));
    for piece in text.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;"].iter().any(|entity| piece.starts_with(entity)), "&{piece}");
    }
}
