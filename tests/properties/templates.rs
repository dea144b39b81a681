//! Templates of any design: they come back as they were, and damaged ones are refused or sound.

use groundplan::cloudformation::{export, import};
use groundplan::design::Design;
use groundplan::template::{Json, Problem, source, to_yaml};
use proptest::prelude::*;

use super::arbitrary::{damaged, session};
use super::{is_sound, seeds};

/// Whether a null stands anywhere; CloudFormation refuses a template that has one.
fn has_null(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Array(items) => items.iter().any(has_null),
        Json::Object(entries) => entries.values().any(has_null),
        _ => false,
    }
}

fn comes_back(design: &Design) -> Result<(), TestCaseError> {
    let made = export(design);
    let opened = import(made.text()).map_err(|problem| TestCaseError::fail(problem.message().en))?;
    for (id, node) in design.nodes() {
        prop_assert_eq!(opened.design.node(id), Some(node));
    }
    prop_assert_eq!(&opened.design, design);
    // What is odd about the template itself (it is empty, resources wait for each other in a circle, a value is not one that AWS takes) is told; nothing else is left to tell.
    let read = source::parse(made.text()).map_err(|problem| TestCaseError::fail(problem.message().en))?;
    let odd: Vec<Problem> = read.faults().iter().map(Problem::from).collect();
    let more: Vec<_> = opened.notes.iter().filter(|note| !odd.contains(note)).collect();
    prop_assert!(more.is_empty(), "{:?}", more);
    let again = export(&opened.design);
    prop_assert_eq!(&made, &again);
    prop_assert!(!has_null(&made.template));
    prop_assert!(to_yaml(&made.template).ends_with('\n'));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_opens_as_it_was(seeds in seeds(60)) {
        comes_back(session(&seeds).design())?;
    }

    #[test]
    fn a_damaged_template_is_refused_or_sound(before in seeds(10), damage in seeds(4)) {
        let text = export(session(&before).design()).text().to_owned();
        let text = String::from_utf8_lossy(&damaged(&text, &damage)).into_owned();
        match import(&text) {
            Ok(opened) => is_sound(&opened.design)?,
            Err(problem) => prop_assert!(!problem.why.ko.is_empty() && !problem.why.en.is_empty()),
        }
    }
}
