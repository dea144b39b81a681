//! What is true of every design, whatever was done to it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops where it cannot go on")]

mod arbitrary;
mod draw;
mod foreign;
mod kept;
mod packets;
mod reachability;
mod steps;
mod templates;
mod world;

use std::collections::BTreeMap;

use arbitrary::{Draw, damaged, session, start};
use groundplan::design::{Design, Point, Session, broken_invariants};
use groundplan::file::{self, clipboard};
use groundplan::id::NodeId;
use groundplan::reach::{Network, judge};
use groundplan::{cloudformation, rules};
use proptest::collection::vec;
use proptest::prelude::*;

fn seeds(most: usize) -> impl Strategy<Value = Vec<u64>> {
    vec(any::<u64>(), 1..most)
}

fn is_sound(design: &Design) -> Result<(), TestCaseError> {
    prop_assert_eq!(broken_invariants(design), Vec::<String>::new());
    Ok(())
}

fn some(design: &Design, seed: u64) -> Vec<NodeId> {
    let mut draw = Draw::new(seed);
    design.nodes().map(|(id, _)| id).filter(|_| draw.one_in(4)).collect()
}

proptest! {
    // A failure is named by its seeds in the message; nothing is written beside the tests.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_keeps_the_design_sound_or_changes_nothing(seeds in seeds(60)) {
        let mut session = Session::new(start(seeds[0]));
        for seed in &seeds {
            let before = session.design().clone();
            let edit = Draw::new(*seed).edit(&before);
            match session.edit(std::slice::from_ref(&edit)) {
                Ok(diff) => {
                    prop_assert_eq!(diff.is_empty(), *session.design() == before, "{:?}", edit);
                    prop_assert!(diff.clone().then(diff.inverse()).is_empty());
                }
                Err(refusal) => {
                    prop_assert_eq!(session.design(), &before);
                    prop_assert!(!refusal.why.ko.is_empty() && !refusal.why.en.is_empty());
                }
            }
            is_sound(session.design())?;
        }
    }

    #[test]
    fn undo_leads_back_to_the_start_and_redo_to_the_end(seeds in seeds(60)) {
        let mut session = session(&seeds);
        let end = session.design().clone();
        while session.undo().is_some() {
            is_sound(session.design())?;
        }
        prop_assert_eq!(session.design(), &start(seeds[0]));
        while session.redo().is_some() {}
        prop_assert_eq!(session.design(), &end);
        is_sound(session.design())?;
    }

    #[test]
    fn a_gesture_is_one_step_or_none(before in seeds(20), gesture in seeds(20)) {
        let mut session = session(&before);
        let (design, mark) = (session.design().clone(), session.mark());
        let act = |session: &mut Session| {
            for seed in &gesture {
                session.edit(&[Draw::new(*seed).edit(session.design())]).ok();
            }
        };
        act(&mut session);
        let after = session.design().clone();
        session.bail(mark);
        prop_assert_eq!(session.design(), &design);
        prop_assert_eq!(session.mark(), mark);
        act(&mut session);
        prop_assert_eq!(session.design(), &after);
        session.squash(mark);
        prop_assert_eq!(session.design(), &after);
        if after == design {
            prop_assert_eq!(session.mark(), mark);
        } else {
            session.undo();
            prop_assert_eq!(session.design(), &design);
        }
        is_sound(session.design())?;
    }

    #[test]
    fn every_fix_that_is_offered_is_accepted(seeds in seeds(40)) {
        let session = session(&seeds);
        for finding in rules::check(session.design()) {
            prop_assert!(session.design().node(finding.node).is_some(), "{:?}", finding);
            let Some(fix) = finding.fix else { continue };
            let mut mended = session.design().clone();
            let done = mended.apply_all(&fix.edits);
            prop_assert!(done.is_ok(), "{}: {:?}", finding.rule, done);
            prop_assert!(mended != *session.design(), "the fix of {} does nothing", finding.rule);
            is_sound(&mended)?;
        }
    }

    #[test]
    fn every_claim_is_decided_with_a_reason(seeds in seeds(40)) {
        let session = session(&seeds);
        let design = session.design();
        let net = Network::lower(design);
        for outcome in judge(design, &net, &BTreeMap::new(), design.assertions()) {
            prop_assert!(!outcome.why.ko.is_empty() && !outcome.why.en.is_empty(), "{:?}", outcome);
            prop_assert!(!outcome.claim.ko.is_empty() && !outcome.claim.en.is_empty());
        }
    }

    #[test]
    fn an_export_is_the_same_every_time_and_opens_as_it_was(seeds in seeds(40)) {
        let session = session(&seeds);
        let export = cloudformation::export(session.design());
        prop_assert_eq!(&export, &cloudformation::export(&session.design().clone()));
        let opened = file::read(export.text()).map_err(|error| TestCaseError::fail(error.message().en))?;
        prop_assert_eq!(&opened.design, session.design());
        prop_assert_eq!(cloudformation::export(&opened.design), export);
    }

    #[test]
    fn a_damaged_template_is_refused_or_sound(before in seeds(10), damage in seeds(4)) {
        let export = cloudformation::export(session(&before).design());
        match file::read_bytes(&damaged(export.text(), &damage)) {
            Ok(opened) => is_sound(&opened.design)?,
            Err(error) => prop_assert!(!error.why.ko.is_empty() && !error.why.en.is_empty()),
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(file::read_bytes(&bytes).is_err());
    }

    #[test]
    fn a_damaged_file_is_refused_or_sound(before in seeds(10), damage in seeds(4)) {
        let saved = damaged(&file::save(session(&before).design()), &damage);
        match file::read_bytes(&saved) {
            Ok(opened) => is_sound(&opened.design)?,
            Err(error) => prop_assert!(!error.why.ko.is_empty() && !error.why.en.is_empty()),
        }
    }

    #[test]
    fn a_duplicate_is_accepted_and_sound(before in seeds(20), chosen in any::<u64>()) {
        let mut session = session(&before);
        let chosen = some(session.design(), chosen);
        let made = clipboard::duplicate(session.design(), &chosen, Point::new(16.0, 16.0));
        let made = made.map_err(|why| TestCaseError::fail(why.en))?;
        let subtrees: std::collections::BTreeSet<NodeId> =
            chosen.iter().flat_map(|id| session.design().subtree(*id)).collect();
        let count = session.design().len();
        session.edit(&made.edits).map_err(|refusal| TestCaseError::fail(refusal.why.en))?;
        prop_assert_eq!(session.design().len(), count + subtrees.len());
        is_sound(session.design())?;
    }

    #[test]
    fn a_damaged_copy_is_refused_or_pasted_soundly(before in seeds(10), chosen in any::<u64>(), damage in seeds(4)) {
        let session = session(&before);
        let text = clipboard::copy(session.design(), &some(session.design(), chosen));
        let text = String::from_utf8_lossy(&damaged(&text, &damage)).into_owned();
        let into = session.design().nodes().next().map(|(id, _)| id);
        if let Ok(made) = clipboard::paste(session.design(), &text, Point::new(40.0, 40.0), into) {
            let mut design = session.design().clone();
            design.apply_all(&made.edits).unwrap();
            is_sound(&design)?;
        }
    }
}
