//! The designs that a lab file names or holds.

use super::lab::Drawing;
use super::ready::LabError;
use crate::design::{Design, Edit};
use crate::id::NodeId;
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
            for (at, word) in ids.iter().enumerate() {
                let gone = word.parse::<NodeId>().ok().filter(|id| solution.node(*id).is_some());
                let Some(id) = gone else {
                    return Err(LabError::new(
                        format!("{place}.solution-without[{at}]"),
                        message!("풀이에 {word}이(가) 없어요.", "There is no {word} in the solution."),
                    ));
                };
                // What stood in something that went is gone already.
                design.apply(&Edit::Remove(id)).ok();
            }
            Ok(design)
        }
        Drawing::Design(value) => crate::file::open(&value.to_string())
            .map_err(|error| LabError::new(format!("{place}.design"), error.message())),
    }
}
