//! Copy and paste: resources as text that can go to another document or another tab.
//!
//! What is pasted gets new ids and free names. References among the copied resources follow them; a reference to another resource is kept only
//! where the document has that very resource, told by id, kind and name, so that a paste into another document never connects to a stranger.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::MAX_BYTES;
use super::v1::{Nodes, Saved};
use crate::catalog::{Kind, may_hold};
use crate::design::{Design, Edit, MAX_NAME, Node, Point, Rect};
use crate::id::NodeId;
use crate::layout::{HEADER, PADDING, snapped};
use crate::message;
use crate::text::Message;

/// What a paste does to the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The edits, to be made as one step.
    pub edits: Vec<Edit>,
    /// The new resources that stand in no other new one: what to select afterwards.
    pub roots: Vec<NodeId>,
}

/// What the text begins with, and how it is told from any other text.
const VERSION: u64 = 1;

#[derive(Serialize)]
struct Written {
    #[serde(rename = "groundplan-copy")]
    version: u64,
    nodes: Vec<Saved>,
    outside: BTreeMap<NodeId, Stranger>,
}

#[derive(Deserialize)]
struct Copied {
    #[serde(rename = "groundplan-copy")]
    version: u64,
    nodes: Nodes,
    #[serde(default)]
    outside: BTreeMap<NodeId, Stranger>,
}

/// A resource that was referred to but not copied.
#[derive(Serialize, Deserialize)]
struct Stranger {
    kind: String,
    name: String,
}

/// The chosen resources and all they hold, as text. Those on top say where they stand on the canvas, not in their frame.
pub fn copy(design: &Design, chosen: &[NodeId]) -> String {
    let roots = outermost(design, chosen);
    let copied: BTreeSet<NodeId> = roots.iter().flat_map(|root| design.subtree(*root)).collect();
    let mut nodes = Vec::new();
    let mut outside = BTreeMap::new();
    for id in &copied {
        let (Some(node), Some(world)) = (design.node(*id), design.world_rect(*id)) else { continue };
        let placed = Node { origin: String::new(), ..node.clone() };
        let placed = if roots.contains(id) { Node { parent: None, rect: world, ..placed } } else { placed };
        nodes.push(Saved::new(*id, &placed));
        for (_, to) in design.references(*id) {
            if let (false, Some(other)) = (copied.contains(&to), design.node(to)) {
                let stranger = Stranger { kind: other.kind().spec().id.to_owned(), name: other.name.clone() };
                outside.insert(to, stranger);
            }
        }
    }
    // Keys are text and numbers finite, so there is nothing that could fail.
    serde_json::to_string(&Written { version: VERSION, nodes, outside }).unwrap_or_default()
}

/// Whether a text is a copy of resources, of whatever version.
pub fn is_copy(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "groundplan-copy")]
        _version: serde_json::Value,
    }
    text.len() <= MAX_BYTES && serde_json::from_str::<Head>(text).is_ok()
}

/// Puts copied resources into the document with the middle at a point of the canvas, in `into` or the nearest frame around it that may hold them.
///
/// # Errors
/// Why not: the text is not ours, or no frame there may hold what was copied.
pub fn paste(design: &Design, text: &str, at: Point, into: Option<NodeId>) -> Result<Pasted, Message> {
    let copied = read(text)?;
    let tops = copied.nodes.list.iter().filter(|node| node.parent.is_none()).map(rect);
    let Some(bounds) = tops.reduce(Rect::union) else {
        return Err(message!("복사한 것이 비어 있어요.", "The copy is empty."));
    };
    // On the grid, wherever the pointer is.
    let by = snapped(at - bounds.center() + bounds.origin()) - bounds.origin();
    place(design, copied, |_, kind, world| {
        let mut frames = into.into_iter().chain(into.into_iter().flat_map(|frame| design.ancestors(frame)));
        let fits = |frame: &NodeId| design.node(*frame).is_some_and(|node| may_hold(Some(node.kind()), kind).is_ok());
        let frame = frames.find(fits);
        let mut rect = world.shifted(by - design.origin(frame));
        if frame.is_some() {
            rect = Rect { x: rect.x.max(PADDING), y: rect.y.max(HEADER), ..rect };
        }
        (frame, rect)
    })
}

/// The chosen resources once more in the same frames, moved by so much.
///
/// # Errors
/// Why not: there would be too many.
pub fn duplicate(design: &Design, chosen: &[NodeId], by: Point) -> Result<Pasted, Message> {
    let copied = read(&copy(design, chosen))?;
    place(design, copied, |id, _, world| {
        let frame = design.node(id).and_then(|node| node.parent);
        (frame, world.shifted(by - design.origin(frame)))
    })
}

/// Those of the chosen that stand in no other of them.
fn outermost(design: &Design, chosen: &[NodeId]) -> BTreeSet<NodeId> {
    let all: BTreeSet<NodeId> = chosen.iter().copied().collect();
    all.iter().copied().filter(|id| !design.ancestors(*id).any(|up| all.contains(&up))).collect()
}

fn read(text: &str) -> Result<Copied, Message> {
    let not_ours = || {
        message!(
            "붙여 넣을 리소스가 아니에요. Groundplan에서 복사한 것만 붙여 넣을 수 있어요.",
            "This is nothing to paste here: only what was copied in Groundplan can be pasted."
        )
    };
    if text.len() > MAX_BYTES {
        return Err(not_ours());
    }
    let copied: Copied = serde_json::from_str(text).map_err(|_| not_ours())?;
    if copied.version != VERSION {
        return Err(message!(
            "다른 버전의 Groundplan에서 복사한 것이에요. 페이지를 새로 고쳐 주세요.",
            "This was copied in another version of Groundplan. Reload the page."
        ));
    }
    Ok(copied)
}

const fn rect(node: &Saved) -> Rect {
    let [x, y, w, h] = node.at;
    Rect::new(x, y, w, h)
}

/// Turns a copy into edits; `settle` says for those on top, by old id, kind and place on the canvas, in which frame they go and where in it.
fn place(
    design: &Design,
    copied: Copied,
    settle: impl Fn(NodeId, Kind, Rect) -> (Option<NodeId>, Rect),
) -> Result<Pasted, Message> {
    let Copied { nodes, outside, .. } = copied;
    let ordered = nodes.by_parents().map_err(|error| error.message())?;
    let first = design.next_id().0;
    let ids = (0_u32..).map(|n| NodeId(first.saturating_add(n)));
    let fresh: BTreeMap<NodeId, NodeId> = ordered.iter().map(|node| node.id).zip(ids).collect();
    let follow = |to: NodeId| {
        let same = || {
            let (node, stranger) = (design.node(to)?, outside.get(&to)?);
            (node.kind().spec().id == stranger.kind && node.name == stranger.name).then_some(to)
        };
        fresh.get(&to).copied().or_else(same)
    };
    let mut taken: BTreeSet<String> = design.nodes().map(|(_, node)| node.name.clone()).collect();
    let (mut edits, mut later, mut roots) = (Vec::new(), Vec::new(), Vec::new());
    for saved in ordered {
        let old = saved.id;
        let Some(id) = fresh.get(&old).copied() else { continue };
        let (mut node, references) = saved.into_node().map_err(|error| error.message())?;
        if let Some(parent) = node.parent {
            node.parent = fresh.get(&parent).copied();
        } else {
            (node.parent, node.rect) = settle(old, node.kind(), node.rect);
            roots.push(id);
        }
        node.name = free_name(&mut taken, &node.name);
        edits.push(Edit::add(id, node));
        let sets = references.into_iter().map(|(field, value)| (field, value.map_refs(&follow)));
        later.extend(sets.map(|(field, value)| Edit::Set { id, field, value }));
    }
    edits.append(&mut later);
    let mut after = design.clone();
    after.apply_all(&edits).map_err(|refusal| refusal.why)?;
    for root in &roots {
        let growth = after.growth(*root);
        after.apply_all(&growth).map_err(|refusal| refusal.why)?;
        edits.extend(growth);
    }
    Ok(Pasted { edits, roots })
}

/// The name if nobody has it, else its stem with the next number: `web`, `web-2`, `web-3`.
fn free_name(taken: &mut BTreeSet<String>, name: &str) -> String {
    let is_number = |tail: &str| !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_digit());
    let stem = name.rsplit_once('-').filter(|(_, tail)| is_number(tail)).map_or(name, |(stem, _)| stem);
    // Room for the number.
    let stem: String = stem.chars().take(MAX_NAME - 11).collect();
    let numbered = (2_u32..).map(|n| format!("{stem}-{n}"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Instance, SecurityGroup};
    use crate::design::broken_invariants;
    use crate::samples;

    #[track_caller]
    fn pasted(design: &Design, pasted: &Pasted) -> Design {
        let mut after = design.clone();
        after.apply_all(&pasted.edits).unwrap();
        assert_eq!(broken_invariants(&after), Vec::<String>::new());
        after
    }

    #[test]
    fn a_whole_network_pasted_into_an_empty_document_is_the_same_network() {
        let design = samples::two_az_vpc();
        let roots: Vec<NodeId> = design.children(None).collect();
        let copy = copy(&design, &roots);
        let empty = Design::new();
        let made = paste(&empty, &copy, Point::default(), None).unwrap();
        let after = pasted(&empty, &made);
        assert_eq!((after.len(), made.roots.len()), (design.len(), roots.len()));
        let links = |design: &Design| {
            let name = |id| design.node(id).map(|node| node.name.clone()).unwrap();
            let all =
                design.nodes().flat_map(|(id, _)| design.references(id).into_iter().map(move |(f, to)| (id, f, to)));
            let mut links: Vec<_> = all.map(|(id, field, to)| (name(id), field, name(to))).collect();
            links.sort();
            links
        };
        assert!(!links(&design).is_empty());
        assert_eq!(links(&after), links(&design));
    }

    #[test]
    fn a_copy_in_the_same_document_keeps_its_connections_and_gets_free_names() {
        let design = samples::two_az_vpc();
        let (id, _, instance) = design.all::<Instance>().next().unwrap();
        let made = duplicate(&design, &[id], Point::new(16.0, 16.0)).unwrap();
        let after = pasted(&design, &made);
        let copy = after.node(made.roots[0]).unwrap();
        assert_eq!(copy.get::<Instance>().unwrap(), instance);
        assert_eq!(copy.parent, design.node(id).unwrap().parent);
        assert_eq!(copy.rect, design.node(id).unwrap().rect.shifted(Point::new(16.0, 16.0)));
        assert!(design.nodes().all(|(_, node)| node.name != copy.name));
    }

    #[test]
    fn a_reference_never_leads_to_a_stranger() {
        let design = samples::two_az_vpc();
        let (id, ..) = design.all::<Instance>().next().unwrap();
        let mut other = design.clone();
        for (group, node, _) in design.all::<SecurityGroup>() {
            other.apply(&Edit::Rename { id: group, name: format!("{}-other", node.name) }).unwrap();
        }
        let into = design.node(id).unwrap().parent;
        let made = paste(&other, &copy(&design, &[id]), Point::default(), into).unwrap();
        let after = pasted(&other, &made);
        assert_eq!(after.get::<Instance>(made.roots[0]).unwrap().security_groups, vec![]);
    }

    #[test]
    fn a_paste_goes_to_the_nearest_frame_that_may_hold_it() {
        let design = samples::two_az_vpc();
        let (id, ..) = design.all::<Instance>().next().unwrap();
        let subnet = design.ancestor(id, Kind::Subnet).unwrap();
        let text = copy(&design, &[subnet]);
        // Over the subnet's own instance: the zone around both holds it.
        let made = paste(&design, &text, design.world_rect(id).unwrap().center(), Some(id)).unwrap();
        let after = pasted(&design, &made);
        assert_eq!(after.node(made.roots[0]).unwrap().parent, design.node(subnet).unwrap().parent);
        let refused = paste(&design, &text, Point::default(), None).unwrap_err();
        assert!(refused.en.contains("must be placed in"), "{refused}");
    }

    #[test]
    fn other_text_is_refused() {
        let design = samples::two_az_vpc();
        let looped =
            r#"{"groundplan-copy":1,"nodes":[{"id":"n1","kind":"vpc","name":"x","parent":"n1","at":[0,0,9,9]}]}"#;
        for text in [
            "",
            "hello",
            "{}",
            "[]",
            r#"{"groundplan-copy":9,"nodes":[]}"#,
            r#"{"groundplan-copy":1,"nodes":[]}"#,
            looped,
            &crate::file::save(&design),
        ] {
            assert!(paste(&design, text, Point::default(), None).is_err(), "{text}");
        }
    }

    #[test]
    fn names_go_on_counting() {
        let mut taken = ["web", "web-2", "db"].map(str::to_owned).into();
        assert_eq!(free_name(&mut taken, "web-2"), "web-3");
        assert_eq!(free_name(&mut taken, "web"), "web-4");
        assert_eq!(free_name(&mut taken, "cache-7"), "cache-7");
        assert_eq!(free_name(&mut taken, "db"), "db-2");
    }

    #[test]
    fn what_stands_in_something_chosen_is_copied_once() {
        let design = samples::two_az_vpc();
        let (id, ..) = design.all::<Instance>().next().unwrap();
        let subnet = design.ancestor(id, Kind::Subnet).unwrap();
        assert_eq!(copy(&design, &[id, subnet]), copy(&design, &[subnet]));
    }
}
