//! The drawing read aloud: what stands at a place, what it belongs to, with what it is connected and how many problems it has. The canvas says it of
//! what is selected, so that the drawing can be walked without being seen.

use super::{Scene, wires};
use crate::design::Design;
use crate::id::NodeId;
use crate::layout::edges::Edge;
use crate::message;
use crate::text::Message;

/// Connections that are named; of more their number is said.
const NAMED: usize = 4;

/// A resource in words: kind, name, what its second line says, the frame around it, how much it holds, its connections and problems.
pub fn of_node(design: &Design, scene: &Scene, id: NodeId, problems: usize) -> Option<Message> {
    let node = design.node(id)?;
    let spec = node.kind().spec();
    let mut said =
        Message::new(&format!("{} {}", spec.label.ko, node.name), format!("{} {}", spec.label.en, node.name));
    let mut add = |more: Message| {
        said.ko = format!("{}, {}", said.ko, more.ko);
        said.en = format!("{}, {}", said.en, more.en);
    };
    if let Some(caption) = node.body.caption().filter(|caption| *caption != node.name) {
        add(Message::plain(caption));
    }
    if let Some(frame) = node.parent.and_then(|up| design.node(up)) {
        add(message!("{} 안", "in {}", frame.name));
    }
    if spec.shape.is_frame() {
        match design.children(Some(id)).count() {
            0 => add(message!("비어 있음", "empty")),
            n => add(message!("안에 {n}개", "{n} inside")),
        }
    }
    let mut ends: Vec<&str> = Vec::new();
    for edge in scene.edges_of(id) {
        let other = if edge.from == id { edge.to } else { edge.from };
        let name = design.node(other).map_or("", |node| node.name.as_str());
        if !ends.contains(&name) {
            ends.push(name);
        }
    }
    match (ends.len(), ends.get(..NAMED)) {
        (0, _) => {}
        (n, Some(first)) if n > NAMED => {
            let (named, more) = (first.join(", "), n - NAMED);
            add(message!("연결: {named} 외 {more}개", "connected with {named} and {more} more"));
        }
        _ => add(message!("연결: {}", "connected with {}", ends.join(", "))),
    }
    match problems {
        0 => {}
        1 => add(message!("문제 1개", "1 problem")),
        n => add(message!("문제 {n}개", "{n} problems")),
    }
    Some(said)
}

/// A wire in words.
pub fn of_wire(design: &Design, edge: Edge) -> Option<Message> {
    let said = wires::says(design, edge)?;
    Some(Message::new(&format!("연결, {}", said.ko), format!("Connection, {}", said.en)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::two_zones;

    #[test]
    fn what_is_selected_is_said_with_its_relations() {
        let n = two_zones();
        let scene = Scene::new(n.design());
        let said = |name: &str, problems| of_node(n.design(), &scene, n.id(name), problems).unwrap();
        assert_eq!(
            said("public-a", 2).en,
            "Subnet public-a, 10.0.1.0/24, in zone-a, 2 inside, connected with public-rt, 2 problems"
        );
        assert_eq!(said("igw", 1).ko, "인터넷 게이트웨이 igw, vpc 안, 연결: public-rt, 문제 1개");
        let wire = scene.edges_of(n.id("igw")).next().unwrap();
        assert_eq!(of_wire(n.design(), wire).unwrap().en, "Connection, Routes of public-rt: igw (0.0.0.0/0)");
        assert_eq!(of_node(n.design(), &scene, NodeId(99_999), 0), None);
    }
}
