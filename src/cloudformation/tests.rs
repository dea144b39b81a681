//! What an exported template says, and that it comes back as the same design.

use super::*;
use crate::design::Design;
use crate::samples;

#[track_caller]
fn same_again(design: &Design) -> Export {
    let export = export(design);
    let reopened = match reopen(export.text()) {
        Ok(reopened) => reopened,
        Err(problem) => panic!("{problem:?}\n{}", export.text()),
    };
    for (id, node) in design.nodes() {
        assert_eq!(reopened.design.node(id), Some(node), "{}", node.name);
    }
    assert_eq!(&reopened.design, design);
    assert_eq!(reopened.notes, []);
    assert_eq!(super::export(&reopened.design).text(), export.text(), "exported twice, the same");
    export
}

#[test]
fn samples_come_back_as_they_were() {
    for sample in samples::list() {
        let export = same_again(&(sample.make)());
        assert_eq!(export.notes, [], "{}", sample.id);
    }
    same_again(&Design::new());
}

#[test]
fn a_large_design_comes_back_as_it_was() {
    same_again(&samples::large(600));
}
