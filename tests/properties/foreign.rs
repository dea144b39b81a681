//! Templates that others wrote: whatever is edited, the rest of them stays as it was.

use std::collections::BTreeSet;

use groundplan::catalog::Kind;
use groundplan::cloudformation::export;
use groundplan::design::{Design, Session};
use groundplan::file;
use groundplan::id::NodeId;
use groundplan::template::Json;
use proptest::prelude::*;

use super::arbitrary::Draw;
use super::{is_sound, seeds};

const TEMPLATES: [&str; 2] = [include_str!("../foreign/network.yaml"), include_str!("../foreign/service.json")];

fn opened(seed: u64) -> Design {
    let text = Draw::new(seed).pick(&TEMPLATES).unwrap();
    file::read(text).unwrap().design
}

/// The nodes that are not what they were, and whoever is connected with one: what they write may change.
fn touched(design: &Design) -> BTreeSet<NodeId> {
    let base = design.template().unwrap().base();
    let said = |design: &Design, id: NodeId| {
        let node = design.node(id)?;
        Some((node.name.clone(), node.body.clone(), design.ancestors(id).collect::<Vec<_>>()))
    };
    let ids = base.nodes().chain(design.nodes()).map(|(id, _)| id);
    let changed: BTreeSet<NodeId> = ids.filter(|id| said(base, *id) != said(design, *id)).collect();
    let near = |design: &Design, id: NodeId| {
        let to = design.references(id).into_iter().map(|(_, to)| to).chain(design.ancestors(id));
        to.into_iter().any(|to| changed.contains(&to))
    };
    let pointing = |id: &NodeId| near(base, *id) || near(design, *id);
    let pointed: Vec<NodeId> = [base, design]
        .into_iter()
        .flat_map(|design| changed.iter().flat_map(|id| design.references(*id)).map(|(_, to)| to))
        .collect();
    let around: Vec<NodeId> = base.nodes().map(|(id, _)| id).filter(pointing).collect();
    changed.iter().copied().chain(around).chain(pointed).collect()
}

fn without_waits(json: &Json) -> Json {
    let mut json = json.clone();
    json.as_object_mut().unwrap().shift_remove("DependsOn");
    json
}

fn keeps_the_rest(design: &Design) -> Result<(), TestCaseError> {
    let original = design.template().unwrap();
    let (old, new) = (original.template(), export(design).template);
    let ties = original.saved();
    let touched = touched(design);
    // Groups that refer to each other cannot both have their rules inside; who closes the circle decides for all.
    let is_group = |id: &NodeId| original.base().node(*id).is_some_and(|node| node.kind() == Kind::SecurityGroup);
    let mut expected = old.get("Resources").unwrap().as_object().unwrap().iter();
    let name = |logical: &str| ties.names.iter().find(|(_, name)| *name == logical).map(|(id, _)| *id);
    let untouched = expected.by_ref().filter(|(logical, _)| {
        let owner = name(logical).or_else(|| ties.parts.get(*logical).copied());
        owner.is_none_or(|owner| !touched.contains(&owner) && !is_group(&owner))
    });
    for (logical, resource) in untouched {
        let Some(now) = new.get("Resources").and_then(|all| all.get(logical)) else {
            return Err(TestCaseError::fail(format!("{logical} is gone")));
        };
        prop_assert_eq!(without_waits(now), without_waits(resource), "{}", logical);
    }
    for section in [
        "AWSTemplateFormatVersion",
        "Description",
        "Metadata",
        "Transform",
        "Globals",
        "Rules",
        "Mappings",
        "Conditions",
    ] {
        prop_assert_eq!(new.get(section), old.get(section));
    }
    for (name, parameter) in old.get("Parameters").and_then(Json::as_object).into_iter().flatten() {
        prop_assert_eq!(new.get("Parameters").and_then(|all| all.get(name)), Some(parameter));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn edits_change_what_they_touch_and_undo_brings_the_template_back(seeds in seeds(12)) {
        let design = opened(seeds[0]);
        let template = design.template().unwrap().template().clone();
        prop_assert_eq!(&export(&design).template, &template);
        let mut session = Session::new(design.clone());
        for seed in &seeds {
            let edit = Draw::new(*seed).edit(session.design());
            session.edit(std::slice::from_ref(&edit)).ok();
        }
        keeps_the_rest(session.design())?;
        let made = export(session.design());
        let again = file::read(made.text()).map_err(|error| TestCaseError::fail(error.message().en))?;
        is_sound(&again.design)?;
        prop_assert_eq!(&export(&again.design).template, &made.template);
        let saved = file::save(session.design());
        let reopened = file::open(&saved).map_err(|error| TestCaseError::fail(error.message().en))?;
        prop_assert_eq!(&reopened, session.design());
        prop_assert_eq!(export(&reopened), made);
        while session.undo().is_some() {}
        prop_assert_eq!(session.design(), &design);
        prop_assert_eq!(export(session.design()).template, template);
    }
}
