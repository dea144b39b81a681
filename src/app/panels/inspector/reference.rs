//! References to other resources: one from a list, or several by checkboxes.

use groundplan::catalog::{Kind, Value};
use groundplan::design::Design;
use groundplan::facts::is_stranger;
use groundplan::id::NodeId;
use groundplan::text::t;
use leptos::prelude::*;

use super::choice::{Opt, Select};
use super::entry::Entry;
use super::typing::{MIXED, described_by};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// A resource that can be referred to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidate {
    /// Whether it stands outside the VPC of the one that refers; those come last.
    far: bool,
    name: String,
    caption: String,
    place: String,
    id: NodeId,
}

/// Every node of these kinds, those in the same VPC first; of other VPCs only what is chosen where the field takes no other.
fn candidates(design: &Design, kinds: &[Kind], entry: Entry) -> Vec<Candidate> {
    let owner = entry.owner;
    let is_far = |id: NodeId| owner.is_some_and(|owner| is_stranger(design, owner, id));
    let is_chosen = |id: NodeId| entry.value.with(|value| value.items().contains(&Value::Ref(id)));
    let fitting = design.nodes().filter(|(id, node)| kinds.contains(&node.kind()) && Some(*id) != owner);
    let mut found: Vec<Candidate> = fitting
        .map(|(id, node)| (id, node, is_far(id)))
        .filter(|(id, _, far)| !(*far && entry.meta.same_vpc) || is_chosen(*id))
        .map(|(id, node, far)| Candidate {
            far,
            name: node.name.clone(),
            caption: node.body.caption().unwrap_or_default(),
            place: node.parent.and_then(|up| design.node(up)).map(|up| up.name.clone()).unwrap_or_default(),
            id,
        })
        .collect();
    found.sort();
    // Where all stand in one place it tells nobody anything.
    let same = found.iter().all(|one| found.first().is_some_and(|first| one.place == first.place));
    if same {
        found.iter_mut().for_each(|one| one.place.clear());
    }
    found
}

impl Candidate {
    fn hint(&self) -> String {
        [&self.caption, &self.place]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn line(&self) -> String {
        let hint = self.hint();
        if hint.is_empty() { self.name.clone() } else { format!("{} — {hint}", self.name) }
    }
}

fn watched(kinds: &'static [Kind], entry: Entry) -> Memo<Vec<Candidate>> {
    let store = store();
    Memo::new(move |_| {
        store.settled.track();
        store.design(|design| candidates(design, kinds, entry))
    })
}

/// Another resource, or none.
#[component]
pub fn Reference(entry: Entry, kinds: &'static [Kind], cell: bool) -> impl IntoView {
    let (store, words) = (store(), words());
    let all = watched(kinds, entry);
    let options = Signal::derive(move || {
        let mut options: Vec<Opt> = vec![(String::new(), words.say(t("없음", "None")).to_owned())];
        options.extend(all.with(|all| {
            let unique = |one: &Candidate| all.iter().filter(|other| other.name == one.name).count() == 1;
            // A cell is narrow: a name that says enough stands alone.
            let line = |one: &Candidate| if cell && unique(one) { one.name.clone() } else { one.line() };
            all.iter().map(|one| (one.id.to_string(), line(one))).collect::<Vec<_>>()
        }));
        // The list follows an edit after a moment; what is chosen is in it at once.
        if let Value::Ref(id) = entry.value.get()
            && !options.iter().any(|(value, _)| *value == id.to_string())
        {
            options.push((id.to_string(), store.name(id)));
        }
        options
    });
    let current = Signal::derive(move || match entry.value.get() {
        Value::Ref(id) => id.to_string(),
        _ => String::new(),
    });
    let pick = Callback::new(|value: String| value.parse().map_or(Value::None, Value::Ref));
    view! { <Select entry options current pick/> }.into_any()
}

/// Any number of resources.
#[component]
pub fn References(entry: Entry, kinds: &'static [Kind]) -> impl IntoView {
    let words = words();
    let all = watched(kinds, entry);
    let none = move || kinds.first().map_or("", |kind| words.say(kind.spec().label));
    view! {
        <div
            class="insp-checks scroll"
            role="group"
            id=entry.part("field")
            data-testid=entry.part("field")
            aria-labelledby=entry.part("label")
            aria-describedby=described_by(entry)
        >
            <Show when=move || entry.mixed.get()>
                <p class="insp-empty">{tr(MIXED)}</p>
            </Show>
            <For each=move || all.get() key=|one| one.clone() children=move |one| view! { <Check entry one/> }/>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="insp-empty">
                    {move || words.read(&groundplan::message!("아직 없어요: {}", "None yet: {}", none()))}
                </p>
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn Check(entry: Entry, one: Candidate) -> impl IntoView {
    let id = one.id;
    let checked = move || entry.value.with(|value| value.items().contains(&Value::Ref(id)));
    let toggle = move |_| {
        let mut chosen = entry.items();
        let before = chosen.len();
        chosen.retain(|value| *value != Value::Ref(id));
        if chosen.len() == before {
            chosen.push(Value::Ref(id));
        }
        entry.send(Value::List(chosen));
    };
    let hint = one.hint();
    view! {
        <label class="insp-check">
            <input type="checkbox" data-testid=format!("{}-{}", entry.part("field"), one.name) prop:checked=checked on:change=toggle/>
            <span class="insp-check-name">{one.name}</span>
            <small>{hint}</small>
        </label>
    }
    .into_any()
}
