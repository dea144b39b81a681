//! Whole parts of a network in one step: what [`groundplan::interact::compose`] makes, on the page.

use std::sync::Arc;

use groundplan::catalog::kinds::Region;
use groundplan::design::{Design, Diff, Edit, Point, Session};
use groundplan::file::clipboard::Pasted;
use groundplan::id::NodeId;
use groundplan::interact::actions::with_growth;
use groundplan::interact::compose::{self, VpcPlan};
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;

use super::edits::complain;
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Tone, ui};

/// Asks for a VPC and all that belongs to it.
pub fn ask_vpc() {
    ui().ask(Dialog::Vpc);
}

/// The region that a new VPC belongs to: around what is selected, else the only one there is.
pub fn region(design: &Design) -> Option<NodeId> {
    let selected = untrack(|| store().selection.with(|ids| ids.first().copied()));
    let around =
        |id: NodeId| std::iter::once(id).chain(design.ancestors(id)).find(|up| design.get::<Region>(*up).is_some());
    let mut all = design.all::<Region>().map(|(id, ..)| id);
    let only = || all.next().filter(|_| all.next().is_none());
    selected.and_then(around).or_else(only)
}

/// Draws a plan as one step, selects the VPC and shows it whole; or says why not.
pub fn draw_vpc(plan: &VpcPlan) -> Result<(), Message> {
    let pasted = store().design(|design| plan.edits(design, region(design)))?;
    put(
        &pasted,
        message!("{}-vpc와 그 안의 것을 그렸어요.", "Drew {}-vpc with all that belongs to it.", plan.name.trim()),
    )
}

/// Puts a design that came as text into the one at hand.
pub fn merge(part: &Design, at: Option<Point>, into: Option<NodeId>) -> Result<(), Message> {
    let pasted = store().design(|design| compose::insert(design, part, at, into))?;
    let n = pasted.roots.len();
    put(&pasted, message!("{n}개를 더했어요.", "Added {n}."))
}

fn put(pasted: &Pasted, said: Message) -> Result<(), Message> {
    let store = store();
    store.with(|session| match with_growth(session, &pasted.edits, &pasted.roots) {
        Ok(diff) => (diff, Ok(())),
        Err(why) => (Diff::default(), Err(why)),
    })?;
    store.select(pasted.roots.clone());
    store.step(|editor, _| editor.bring_all_into_view(&pasted.roots));
    ui().speak_later(said);
    Ok(())
}

/// Puts a load balancer before the selected servers.
pub fn balance() {
    let selected: Vec<NodeId> = store().selection.get_untracked().into_iter().collect();
    compose_with(
        |design| compose::balancer_over(design, &selected),
        t(
            "로드 밸런서, 대상 그룹, 리스너와 보안 그룹 규칙을 만들었어요.",
            "Made a load balancer, its target group, listener and security group rules.",
        )
        .into(),
    );
}

/// Makes an Auto Scaling group from the selected instance.
pub fn scale() {
    let Some(id) = untrack(|| store().selected_one()) else { return };
    compose_with(
        |design| compose::scaling_from(design, id),
        t(
            "이 인스턴스의 설정으로 시작 템플릿과 Auto Scaling 그룹을 만들었어요.",
            "Made a launch template and an Auto Scaling group from this instance.",
        )
        .into(),
    );
}

fn compose_with(make: impl FnOnce(&Design) -> Result<(Vec<Edit>, NodeId), Message>, said: Message) {
    let store = store();
    let made = store.design(make).and_then(|(edits, id)| {
        let drawn = store.with(|session: &mut Session| match session.edit(&edits) {
            Ok(diff) => (diff, Ok(id)),
            Err(refusal) => (Diff::default(), Err(refusal.why)),
        })?;
        Ok(drawn)
    });
    match made {
        Ok(id) => {
            store.select([id]);
            store.step(|editor, _| editor.show_whole(id));
            ui().toast(Tone::Plain, said);
        }
        Err(why) => complain(why),
    }
}

/// Asks whether a design that came as text goes into the one at hand or replaces it.
pub fn ask_merge(design: Design, notes: Vec<Message>, at: Point, into: Option<NodeId>) {
    ui().ask(Dialog::Merge { design: Arc::new(design), notes: notes.into(), at, into });
}
