//! What the page's panels and commands do to the document, each said aloud after it is done.

use std::rc::Rc;
use std::sync::Arc;

use groundplan::catalog::{Kind, may_hold};
use groundplan::design::{Assertion, Design, Diff, Edit, Node, Point, Session};
use groundplan::id::NodeId;
use groundplan::interact::WireEnd;
use groundplan::interact::actions::Done;
use groundplan::layout::edges::Edge;
use groundplan::rules::Finding;
use groundplan::text::{Message, t};
use groundplan::{interact, message};

use super::offers;
use crate::app::parts::STUDIES;
use crate::app::parts::Wanted;
use crate::app::state::store::{refusal_message, store};
use crate::app::state::ui::{Dialog, Pick, Tone, ui};
use groundplan::command::Command;
use leptos::prelude::*;

/// Makes edits as one step; says `done` or why not. Whether they were made.
pub fn make(edits: &[Edit], done: Message) -> bool {
    match store().edit(edits) {
        Ok(_) => {
            ui().speak(done);
            true
        }
        Err(refusal) => {
            complain(refusal_message(store(), &refusal));
            false
        }
    }
}

/// Gives the design another title.
pub fn retitle(title: &str) {
    make(&[Edit::Title(title.trim().to_owned())], t("제목을 바꿨어요", "Title changed").into());
}

/// Pins one more, as one step.
pub fn pin(assertion: Assertion) {
    let mut all = store().design(|design| design.assertions().to_vec());
    if all.contains(&assertion) {
        return complain(t("이미 고정해 둔 기대예요.", "This is pinned already.").into());
    }
    all.push(assertion);
    make(&[Edit::Assertions(all)], t("기대를 고정했어요.", "Pinned.").into());
}

/// Shows what went wrong.
pub fn complain(why: Message) {
    ui().toast(Tone::Bad, why);
}

/// Selects a node and brings it into view.
pub fn reveal(id: NodeId) {
    store().select([id]);
    ui().sheet.set(None);
    bring_into_view(id);
}

/// Moves the camera so that a node is seen.
pub fn bring_into_view(id: NodeId) {
    store().step(|editor, _| editor.bring_into_view(id));
}

/// Mends what was found, as one step.
pub fn mend(finding: &Finding) {
    mend_as(&Wanted::Finding(Arc::new(finding.clone())));
}

/// Makes the edits of a fix, if it may still be offered, as one step; tells whether it did.
pub fn mend_as(wanted: &Wanted) -> bool {
    let Some(fix) = offers::offer(store(), wanted) else {
        complain(
            t(
                "그사이 디자인이 바뀌어서 이 방법으로는 고칠 수 없어요.",
                "The design has changed meanwhile, and this no longer mends it.",
            )
            .into(),
        );
        return false;
    };
    let made = make(&fix.edits, fix.title.clone());
    if made {
        ui().toast(Tone::Plain, fix.title);
    }
    made
}

/// Asks for another name in a dialog.
pub fn ask_name(id: NodeId) {
    ui().ask(Dialog::Rename(id));
}

/// Lets a node be named where it is drawn; in a dialog where a sheet covers that.
pub fn name_in_place(id: NodeId) {
    if ui().sheet.get_untracked().is_some() || store().guarded.get_untracked() {
        return ask_name(id);
    }
    bring_into_view(id);
    ui().rename(id, NAME_FIELD);
}

/// The field in which a node is named where it is drawn.
pub const NAME_FIELD: &str = "canvas-name";

/// Does one of the deeds of [`groundplan::interact::actions`] as one step, selects what it was about and says it.
pub fn perform(act: impl FnOnce(&mut Session) -> Result<Done, Message>) {
    let result = store().with(|session| match act(session) {
        Ok(done) => (done.diff.clone(), Ok(done)),
        Err(why) => (Diff::default(), Err(why)),
    });
    match result {
        Ok(done) => {
            store().select(done.ids);
            ui().speak_later(done.said);
        }
        Err(why) => complain(why),
    }
}

/// What is selected.
fn selected() -> Vec<NodeId> {
    store().selection.get_untracked().into_iter().collect()
}

/// Removes what is selected with everything inside; of a wire, what it stands for.
pub fn remove_selected() {
    let wire = store().wire.get_untracked();
    perform(|session| match wire {
        Some(wire) => interact::actions::disconnect(session, wire),
        None => interact::actions::delete(session, &selected()),
    });
}

/// Makes the selected frames wider and higher by so much.
pub fn stretch(by: Point) {
    perform(|session| interact::actions::stretch(session, &selected(), by));
}

/// Puts every frame and tile into a readable place, as one step.
pub fn tidy_up() {
    STUDIES.with(|studies| {
        let edits = store().design(studies.tidy_up);
        if edits.is_empty() {
            return ui().toast(Tone::Plain, t("이미 정돈돼 있어요.", "It is tidy already.").into());
        }
        if make(&edits, t("그림을 정돈했어요.", "Tidied up the drawing.").into()) {
            store().step(|editor, _| editor.fit(&[]));
        }
    });
}

/// Puts what is selected in line.
pub fn arrange(command: Command) {
    let ids = selected();
    let edits = store().design(|design| command.arranges(design, &ids.iter().copied().collect()));
    // What is in line already is done without a step to undo.
    if let Some(edits) = edits.filter(|edits| !edits.is_empty()) {
        perform(|session| interact::actions::arrange(session, &ids, &edits, command.spec().text.into()));
    }
}

/// Copies what is selected beside itself.
pub fn duplicate() {
    perform(|session| interact::actions::duplicate(session, &selected()));
}

/// Moves what is selected by so much.
pub fn nudge(by: Point) {
    perform(|session| interact::actions::nudge(session, &selected(), by));
}

/// Selects everything.
pub fn select_all() {
    let all: Vec<NodeId> = store().design(|design| design.nodes().map(|(id, _)| id).collect());
    store().select(all);
}

/// Asks for a frame to put what is selected into.
pub fn ask_frame() {
    let selected = selected();
    let picks = store().design(|design| {
        let fits = |frame: Option<NodeId>| {
            let holder = frame.and_then(|id| design.node(id)).map(Node::kind);
            selected.iter().all(|id| {
                let inside = frame.is_some_and(|frame| frame == *id || design.is_inside(frame, *id));
                !inside
                    && design
                        .node(*id)
                        .is_some_and(|node| node.parent != frame && may_hold(holder, node.kind()).is_ok())
            })
        };
        let selected = selected.clone();
        targets(design, fits, move |frame| {
            perform(|session| interact::actions::move_into(session, &selected, frame));
        })
    });
    if picks.is_empty() {
        return complain(t("옮길 수 있는 다른 프레임이 없어요.", "There is no other frame it can go into.").into());
    }
    ui().ask(Dialog::Pick { title: t("어디로 옮길까요?", "Move into…").into(), picks: Rc::new(picks) });
}

/// Asks what to connect a node with.
pub fn ask_end(from: NodeId) {
    let picks: Vec<Pick> = store().design(|design| {
        let ends = interact::connect::legal_targets(design, from);
        let ends = ends.into_iter().filter_map(|to| Some((to, design.node(to)?)));
        let pick = |(to, node): (NodeId, &Node)| {
            let pick = Pick::new(to.to_string(), Message::plain(&node.name), move || {
                perform(|session| interact::actions::connect(session, from, to));
            });
            pick.kind(node.kind()).hint(Message::plain(path(design, to)))
        };
        ends.map(pick).collect()
    });
    if picks.is_empty() {
        return complain(
            t("연결할 수 있는 다른 리소스가 없어요.", "There is nothing it could be connected with.").into(),
        );
    }
    let name = store().name(from);
    let title = message!("{name}을(를) 무엇과 연결할까요?", "Connect {name} with…");
    ui().ask(Dialog::Pick { title, picks: Rc::new(picks) });
}

/// Asks where an end of the selected wire shall be instead.
pub fn ask_wire_end(end: WireEnd) {
    let Some(wire) = store().wire.get_untracked() else { return };
    let picks: Vec<Pick> = store().design(|design| {
        let ends = interact::wires::legal_ends(design, wire, end);
        let ends = ends.into_iter().filter_map(|to| Some((to, design.node(to)?)));
        let pick = |(to, node): (NodeId, &Node)| {
            let pick = Pick::new(to.to_string(), Message::plain(&node.name), move || lead(wire, end, to));
            pick.kind(node.kind()).hint(Message::plain(path(design, to)))
        };
        ends.map(pick).collect()
    });
    if picks.is_empty() {
        return complain(
            t("이 연결이 갈 수 있는 다른 리소스가 없어요.", "There is nothing else it could be connected with.").into(),
        );
    }
    let name = store().name(end.other().of(wire));
    let title = message!("{name}을(를) 무엇과 연결할까요?", "Connect {name} with…");
    ui().ask(Dialog::Pick { title, picks: Rc::new(picks) });
}

/// Leads an end of a wire to another node; the wire stays selected.
fn lead(wire: Edge, end: WireEnd, to: NodeId) {
    perform(|session| interact::actions::reattach(session, wire, end, to));
    store().step(|editor, session| {
        let (a, b) = (end.other().of(wire), to);
        let new =
            editor.scene.edges_of(a).find(|edge| (edge.from, edge.to) == (a, b) || (edge.to, edge.from) == (a, b));
        match new {
            Some(edge) => editor.select_wire(edge, session.design()),
            None => editor.select([], session.design()),
        }
    });
}

/// Asks for a frame to put a new resource into; with only one answer it does not ask.
pub fn ask_place(kind: Kind) {
    let then = move |frame| {
        perform(|session| interact::actions::place_at(session, kind, frame, None));
        if let Some(id) = untrack(|| store().selected_one()) {
            store().step(|editor, _| editor.show_whole(id));
        }
    };
    let selected = selected();
    let mut picks = store().design(|design| {
        let fits = |frame: Option<NodeId>| may_hold(frame.and_then(|id| design.node(id)).map(Node::kind), kind).is_ok();
        targets(design, fits, then)
    });
    // What is selected, or the frame around it that takes the kind, is meant before any other.
    let meant =
        store().design(|design| interact::fresh::taker(design, selected.last().copied(), &[kind]).ok().flatten());
    if let Some(meant) = meant.map(|id| id.to_string()) {
        picks.sort_by_key(|pick| pick.id != meant);
    }
    match picks.as_slice() {
        [] => complain(match may_hold(None, kind) {
            Err(why) => why,
            Ok(()) => Message::default(),
        }),
        [only] => (only.then)(),
        _ => {
            let label = kind.spec().label;
            let title = Message::new(&format!("{}을(를) 어디에 둘까요?", label.ko), format!("Place {} in…", label.en));
            ui().ask(Dialog::Pick { title, picks: Rc::new(picks) });
        }
    }
}

/// The bare canvas and every frame that `fits`, as things to pick.
fn targets(
    design: &Design,
    fits: impl Fn(Option<NodeId>) -> bool,
    then: impl Fn(Option<NodeId>) + Clone + 'static,
) -> Vec<Pick> {
    let mut picks = Vec::new();
    if fits(None) {
        let then = then.clone();
        picks.push(Pick::new("canvas", t("프레임 바깥", "Outside all frames"), move || then(None)));
    }
    let frames = design.nodes().filter(|(id, node)| node.kind().spec().shape.is_frame() && fits(Some(*id)));
    picks.extend(frames.map(|(id, node)| {
        let then = then.clone();
        let pick = Pick::new(id.to_string(), Message::plain(&node.name), move || then(Some(id)));
        pick.kind(node.kind()).hint(Message::plain(path(design, id)))
    }));
    picks
}

/// The names of the frames around a node, outermost first.
pub fn path(design: &Design, id: NodeId) -> String {
    let mut names: Vec<&str> = design.ancestors(id).filter_map(|up| Some(design.node(up)?.name.as_str())).collect();
    names.reverse();
    names.join(" › ")
}
