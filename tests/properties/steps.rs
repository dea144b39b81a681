//! What is stored with every edit: a design's text, and behind it a line for each change since.

use groundplan::design::{Design, Edit, Session};
use groundplan::file;
use proptest::prelude::*;

use super::arbitrary::{Draw, damaged, start};
use super::{is_sound, seeds};

/// The text of a design and of every change that was made to it, and the design after the last.
fn journal(first: Design, seeds: &[u64]) -> (String, Design) {
    let (mut text, mut session) = (file::save(&first), Session::new(first));
    for seed in seeds {
        let before = session.design().clone();
        let mut draw = Draw::new(*seed);
        if draw.one_in(6) {
            session.undo();
        } else {
            session.edit(&[draw.edit(&before)]).ok();
        }
        if let Some(step) = file::step(&before, session.design()) {
            assert!(!step.contains('\n'));
            text.push_str(&step);
            text.push('\n');
        }
    }
    (text, session.design().clone())
}

fn opened(text: &str) -> Result<Design, TestCaseError> {
    file::open(text).map_err(|error| TestCaseError::fail(format!("{}\n{text}", error.message().en)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_design_and_its_changes_open_as_the_design_after_them(seeds in seeds(40)) {
        let (text, design) = journal(start(seeds[0]), &seeds);
        let opened = opened(&text)?;
        is_sound(&opened)?;
        prop_assert_eq!(&opened, &design);
        prop_assert_eq!(file::save(&opened), file::save(&design));
    }

    #[test]
    fn a_design_that_was_opened_from_a_template_keeps_it_through_its_changes(seeds in seeds(30), at in any::<u64>()) {
        let text = "Parameters: {Cidr: {Type: String, Default: 10.1.0.0/16}}\nResources:\n  Net:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: !Ref Cidr}\n  Topic: {Type: 'AWS::SNS::Topic'}\n";
        let first = file::read(text).unwrap().design;
        // Some of it is changed before the text is written, so that the text says what it was.
        let early = Draw::new(at).edit(&first);
        let mut begun = first.clone();
        begun.apply(&early).ok();
        let (text, design) = journal(begun, &seeds);
        let again = opened(&text)?;
        prop_assert_eq!(&again, &design);
        prop_assert_eq!(file::save(&again), file::save(&design));
        // The template goes, and another design with a template comes in its place.
        let mut bare = design.clone();
        bare.apply(&Edit::Template(None)).unwrap();
        let steps = [file::step(&design, &bare), file::step(&bare, &design)];
        let text = format!("{text}{}\n{}\n", steps[0].as_deref().unwrap(), steps[1].as_deref().unwrap());
        prop_assert_eq!(&opened(&text)?, &design);
    }

    #[test]
    fn damaged_changes_are_refused_and_what_can_be_read_before_them_is_sound(seeds in seeds(20), damage in seeds(4)) {
        let first = start(seeds[0]);
        let base = file::save(&first);
        let (text, _) = journal(first, &seeds);
        let damaged = damaged(&text[base.len()..], &damage);
        let Ok(damaged) = String::from_utf8(damaged) else { return Ok(()) };
        match file::recover(&format!("{base}{damaged}")) {
            Ok((design, why)) => {
                is_sound(&design)?;
                prop_assert_eq!(why.is_some(), file::open(&format!("{base}{damaged}")).is_err());
            }
            Err(error) => return Err(TestCaseError::fail(error.message().en)),
        }
    }
}
