//! The designs that a lab file names or holds.

use std::collections::BTreeSet;

use super::lab::Drawing;
use super::ready::LabError;
use crate::design::{Design, Edit};
use crate::id::NodeId;
use crate::layout::tidy_up;
use crate::message;

/// The design that a drawing says.
///
/// # Errors
/// Where it cannot be drawn, and why.
pub(super) fn draw(place: &str, drawing: &Drawing, solution: &Design) -> Result<Design, LabError> {
    match drawing {
        Drawing::Empty => Ok(Design::new()),
        Drawing::Sample(id) => crate::samples::sample(id).map(crate::samples::Sample::draw).ok_or_else(|| {
            LabError::new(
                format!("{place}.sample"),
                message!("'{id}'(이)라는 예제가 없어요.", "There is no sample called \"{id}\"."),
            )
        }),
        Drawing::SolutionWithout(ids) => {
            let mut design = solution.clone();
            for id in known(&format!("{place}.solution-without"), ids, solution)? {
                // What stood in something that went is gone already.
                design.apply(&Edit::Remove(id)).ok();
            }
            Ok(design)
        }
        Drawing::SolutionOnly(ids) => Ok(only(solution, &known(&format!("{place}.solution-only"), ids, solution)?)),
        Drawing::Design(value) => crate::file::open(&value.to_string())
            .map_err(|error| LabError::new(format!("{place}.design"), error.message())),
    }
}

/// The resources of the solution that a list names.
fn known(place: &str, ids: &[String], solution: &Design) -> Result<Vec<NodeId>, LabError> {
    let one = |(at, word): (usize, &String)| {
        word.parse::<NodeId>().ok().filter(|id| solution.node(*id).is_some()).ok_or_else(|| {
            LabError::new(
                format!("{place}[{at}]"),
                message!("풀이에 {word}이(가) 없어요.", "There is no {word} in the solution."),
            )
        })
    };
    ids.iter().enumerate().map(one).collect()
}

/// A design of which only these resources and the frames around them are left, put close together.
fn only(design: &Design, ids: &[NodeId]) -> Design {
    let mut kept: BTreeSet<NodeId> = ids.iter().copied().collect();
    for id in ids {
        let mut around = design.node(*id).and_then(|node| node.parent);
        while let Some(frame) = around.filter(|frame| kept.insert(*frame)) {
            around = design.node(frame).and_then(|node| node.parent);
        }
    }
    let mut left = design.clone();
    for (id, _) in design.nodes().filter(|(id, _)| !kept.contains(id)) {
        // What stood in something that went is gone already.
        left.apply(&Edit::Remove(id)).ok();
    }
    for edit in tidy_up(&left) {
        // A place that is refused is where it was.
        left.apply(&edit).ok();
    }
    left
}

#[cfg(test)]
mod tests {
    use super::only;
    use crate::catalog::Kind;
    use crate::samples;

    #[test]
    fn what_is_left_of_a_solution_keeps_its_frames_and_is_small() {
        let whole = samples::sample("six-subnets").unwrap().draw();
        let nat = whole.nodes().find(|(_, node)| node.kind() == Kind::NatGateway).map(|(id, _)| id).unwrap();
        let left = only(&whole, &[nat]);
        let kinds: Vec<Kind> = left.nodes().map(|(_, node)| node.kind()).collect();
        assert_eq!(kinds.len(), 5, "{kinds:?}");
        let size =
            |kind: Kind| left.nodes().find(|(_, node)| node.kind() == kind).map(|(_, node)| node.rect.h).unwrap();
        let before = whole.nodes().find(|(_, node)| node.kind() == Kind::Vpc).map(|(_, node)| node.rect.h).unwrap();
        assert!(size(Kind::Vpc) < before && size(Kind::Subnet) < size(Kind::Vpc));
    }
}
