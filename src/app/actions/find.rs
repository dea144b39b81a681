//! Finding what is drawn: by name, kind, address, block and logical id, to jump to it.

use std::rc::Rc;

use groundplan::catalog::{Value, typed};
use groundplan::command::Command;
use groundplan::design::{Design, Node, logical_ids};
use groundplan::id::NodeId;
use groundplan::text::Message;

use super::edits::{self, path};
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Pick, ui};

/// Asks for a resource and shows it.
pub fn ask() {
    let picks = store().design(picks);
    ui().ask(Dialog::Pick { title: Command::Find.spec().text.into(), picks: Rc::new(picks) });
}

/// Everything drawn, as things to pick.
pub fn picks(design: &Design) -> Vec<Pick> {
    let logical = logical_ids(design);
    let pick = |(id, node): (NodeId, &Node)| {
        let pick = Pick::new(id.to_string(), Message::plain(&node.name), move || edits::reveal(id));
        let caption = node.body.caption().into_iter();
        let beside = caption.chain(Some(path(design, id)).filter(|path| !path.is_empty())).collect::<Vec<_>>();
        let known = known(node, logical.get(&id).map(String::as_str));
        pick.kind(node.kind()).hint(Message::plain(beside.join(" · "))).known(known)
    };
    design.nodes().map(pick).collect()
}

/// What a resource is found by beside its name and place.
fn known(node: &Node, logical: Option<&str>) -> String {
    let spec = node.kind().spec();
    let mut words: Vec<String> = [spec.label.ko, spec.label.en].into_iter().map(str::to_owned).collect();
    words.extend(spec.keywords.iter().map(|word| (*word).to_owned()));
    words.extend(logical.map(str::to_owned));
    words.push(node.origin.clone());
    for meta in node.body.fields() {
        match node.body.value(meta.id) {
            Some(Value::Text(text)) => words.push(text),
            Some(Value::List(items)) => {
                words.extend(items.iter().filter(|item| item.as_text().is_some()).map(typed::write));
            }
            _ => {}
        }
    }
    words.join(" ")
}
