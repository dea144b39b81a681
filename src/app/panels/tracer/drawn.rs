//! An answer as the canvas draws it.

use std::collections::BTreeMap;

use groundplan::id::NodeId;
use groundplan::reach::Verdict;

use super::answer::{Answer, Hop};
use crate::app::state::highlight::{At, Look, Mark, Note, Path};

/// The path of an answer, the packet being at a hop.
pub fn path_of(answer: &Answer, at: usize, pace: u32) -> Path {
    let Some((way, looked)) = answer.hop(at) else { return Path::default() };
    let hops = |back: bool| answer.ways.iter().filter(move |way| way.back == back).flat_map(|way| &way.hops);
    let place = |hop: &Hop, back: bool| At { back, hop: hops(back).position(|one| one.at == hop.at).unwrap_or(0) };
    let mut marks: BTreeMap<NodeId, Mark> = BTreeMap::new();
    for hop in hops(way.back) {
        let Some(node) = hop.node else { continue };
        let mark =
            marks.entry(node).or_insert_with(|| Mark { node, numbers: String::new(), blocked: false, current: false });
        if !mark.numbers.is_empty() {
            mark.numbers.push('·');
        }
        mark.numbers.push_str(&hop.number.to_string());
        mark.blocked |= !hop.passed;
        mark.current |= hop.at == at;
    }
    let first_dead =
        [false, true].into_iter().find_map(|back| hops(back).find(|hop| !hop.passed).map(|hop| (hop, back)));
    let why =
        |hop: &Hop| answer.blockers.iter().find(|blocker| blocker.hop == Some(hop.at)).map(|found| &found.message);
    let rewritten = (looked.before != looked.after).then(|| looked.after.line());
    Path {
        marks: marks.into_values().collect(),
        there: hops(false).map(|hop| hop.gate).collect(),
        back: hops(true).map(|hop| hop.gate).collect(),
        look: match answer.verdict {
            Verdict::Yes => Look::Open,
            Verdict::Partly => Look::Partly,
            Verdict::Unknown => Look::Unknown,
            Verdict::No => Look::Blocked,
        },
        dead: first_dead.map(|(hop, back)| place(hop, back)),
        at: place(looked, way.back),
        note: Note {
            title: looked.sentence(),
            header: looked.before.line(),
            rewritten,
            end: (!looked.passed).then(|| why(looked).unwrap_or(&looked.decided).clone()),
        },
        pace,
    }
}
