//! A wire as a thing of its own: what it stands for in words, the edits that take it away, and those that lead one of its ends elsewhere.

use super::connect;
use crate::catalog::{Columns, Kind, Value, Widget, typed};
use crate::design::{Design, Edit, Node};
use crate::id::NodeId;
use crate::layout::edges::Edge;
use crate::message;
use crate::text::Message;

/// What a wire says of its row at most.
const SAID: usize = 2;

/// One of the two ends of a wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireEnd {
    /// Where it begins: the resource that has the property.
    Start,
    /// Where its arrow points: the resource that the property names.
    Tip,
}

impl WireEnd {
    /// The node at this end of a wire.
    pub const fn of(self, edge: Edge) -> NodeId {
        match self {
            Self::Start => edge.from,
            Self::Tip => edge.to,
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Start => Self::Tip,
            Self::Tip => Self::Start,
        }
    }
}

/// What a wire stands for: whose property it is, which, what it names, and what else the row says. Nothing where the wire is gone.
pub fn says(design: &Design, edge: Edge) -> Option<Message> {
    let (from, to) = (design.node(edge.from)?, design.node(edge.to)?);
    let meta = *from.kind().fields().into_iter().find(|meta| meta.id == edge.field)?;
    let value = from.body.value(edge.field)?;
    let detail = match meta.widget {
        Widget::Table(columns) => {
            let rows = value.items().iter().filter(|row| refers(row, edge.to));
            let said: Vec<String> = rows.map(|row| cells(row, columns)).filter(|said| !said.is_empty()).collect();
            said.join(", ")
        }
        _ => String::new(),
    };
    let beside = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
    let (a, b, label) = (&from.name, &to.name, meta.label);
    Some(Message::new(&format!("{a}의 {}: {b}{beside}", label.ko), format!("{} of {a}: {b}{beside}", label.en)))
}

/// The first plain cells of a row: a route's destination, a rule's protocol and ports.
fn cells(row: &Value, columns: fn() -> Columns) -> String {
    let Value::Record(cells) = row else { return String::new() };
    let columns = columns();
    let applying = (columns.applying)(row);
    let plain = |meta: &crate::catalog::Meta| {
        let cell = cells.get(meta.id).filter(|_| applying.contains(&meta.id))?;
        let said = match cell {
            Value::Text(_) | Value::Int(_) => typed::write(cell),
            Value::List(items) if items.iter().all(|item| item.as_text().is_some()) => {
                items.iter().map(typed::write).collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        };
        (!said.is_empty()).then_some(said)
    };
    columns.metas.iter().filter_map(plain).take(SAID).collect::<Vec<_>>().join(" · ")
}

/// The edits that take a wire away: its property is emptied, or the rows that name its end go.
///
/// # Errors
/// That the wire is gone.
pub fn cut(design: &Design, edge: Edge) -> Result<Vec<Edit>, Message> {
    let now = value(design, edge)?;
    Ok(vec![Edit::set(edge.from, edge.field, released(&now, edge.to).unwrap_or_default())])
}

/// The edits that lead an end of a wire to another node.
///
/// # Errors
/// Why it may not end there.
pub fn reattach(design: &Design, edge: Edge, end: WireEnd, to: NodeId) -> Result<Vec<Edit>, Message> {
    let cut = cut(design, edge)?;
    let mut after = design.clone();
    after.apply_all(&cut).map_err(|refusal| refusal.why)?;
    led(design, &after, &cut, edge, end, to)
}

/// The nodes that an end of a wire may be led to.
pub fn legal_ends(design: &Design, edge: Edge, end: WireEnd) -> Vec<NodeId> {
    let mut after = design.clone();
    let Some(cut) = cut(design, edge).ok().filter(|cut| after.apply_all(cut).is_ok()) else { return Vec::new() };
    let ids = design.nodes().map(|(id, _)| id);
    ids.filter(|id| led(design, &after, &cut, edge, end, *id).is_ok()).collect()
}

/// The edits for an end that is led elsewhere; `after` is the design without the wire, which `cut` makes.
fn led(
    design: &Design,
    after: &Design,
    cut: &[Edit],
    edge: Edge,
    end: WireEnd,
    to: NodeId,
) -> Result<Vec<Edit>, Message> {
    if to == end.of(edge) {
        return Err(message!("지금도 여기에 연결되어 있어요.", "It ends there already."));
    }
    let stays = end.other().of(edge);
    connect::may_connect(design, stays, to)?;
    let same = match end {
        WireEnd::Tip => renamed(design, edge, to),
        WireEnd::Start => moved(design, cut, edge, to),
    };
    if let Some(edits) = same {
        // What AWS would refuse, such as a property that takes none of this VPC, is refused here with its reason.
        let mut tried = design.clone();
        return tried.apply_all(&edits).map(|_| edits).map_err(|refusal| refusal.why);
    }
    let (from, to) = match end {
        WireEnd::Tip => (stays, to),
        WireEnd::Start => (to, stays),
    };
    Ok(cut.iter().cloned().chain(connect::edits(after, from, to)?).collect())
}

/// The same rows with another end named in them, where the property takes it and does not name it already.
fn renamed(design: &Design, edge: Edge, to: NodeId) -> Option<Vec<Edit>> {
    let now = value(design, edge).ok()?;
    let kind = design.node(to).map(Node::kind)?;
    let takes = design.node(edge.from)?.kind().reference_kinds(edge.field).contains(&kind);
    let same_kind = design.node(edge.to).map(Node::kind) == Some(kind);
    if !takes || refers(&now, to) || !(same_kind || is_free_of_kinds(design, edge, kind)) {
        return None;
    }
    let other = now.map_refs(&|id| Some(if id == edge.to { to } else { id }));
    Some(vec![Edit::set(edge.from, edge.field, other)])
}

/// Whether a row may name a resource of another kind in the same cell: a route's target is a gateway of any kind.
fn is_free_of_kinds(design: &Design, edge: Edge, kind: Kind) -> bool {
    let Some(was) = design.node(edge.to).map(Node::kind) else { return false };
    let fields = design.node(edge.from).map(|node| node.kind().fields()).unwrap_or_default();
    let takes = |widget: &Widget| {
        let kinds = widget.kinds();
        kinds.contains(&was) && kinds.contains(&kind)
    };
    fields.into_iter().filter(|meta| meta.id == edge.field).any(|meta| match meta.widget {
        Widget::Table(columns) => columns().iter().any(|column| takes(&column.widget)),
        widget => takes(&widget),
    })
}

/// The rows that make the wire, moved to another resource of the same kind.
fn moved(design: &Design, cut: &[Edit], edge: Edge, owner: NodeId) -> Option<Vec<Edit>> {
    let (old, new) = (design.node(edge.from)?, design.node(owner)?);
    let (rows, there) = (old.body.value(edge.field)?, new.body.value(edge.field).unwrap_or_default());
    if old.kind() != new.kind() || refers(&there, edge.to) {
        return None;
    }
    let names = |row: &&Value| match row {
        Value::Record(cells) => cells.values().any(|cell| *cell == Value::Ref(edge.to)),
        row => **row == Value::Ref(edge.to),
    };
    let value = match &rows {
        Value::List(items) => {
            let taken: Vec<Value> = items.iter().filter(names).cloned().collect();
            (!taken.is_empty()).then(|| Value::List(there.items().iter().cloned().chain(taken).collect()))?
        }
        one => one.clone(),
    };
    Some(cut.iter().cloned().chain([Edit::set(owner, edge.field, value)]).collect())
}

fn value(design: &Design, edge: Edge) -> Result<Value, Message> {
    let now = design.node(edge.from).and_then(|node| node.body.value(edge.field));
    let gone = || message!("이제 없는 연결이에요.", "That connection is gone.");
    now.filter(|now| refers(now, edge.to)).ok_or_else(gone)
}

fn refers(value: &Value, to: NodeId) -> bool {
    let mut found = false;
    value.visit_refs(&mut |id| found |= id == to);
    found
}

/// A value that does not name a node any more; nothing where all of it was that name. A row that names it in one of its cells was the connection
/// and goes; a row around such a row stays, as a rule does whose only target group is taken away.
fn released(value: &Value, to: NodeId) -> Option<Value> {
    match value {
        Value::Ref(id) => (*id != to).then_some(Value::Ref(*id)),
        Value::List(items) => Some(Value::List(items.iter().filter_map(|item| released(item, to)).collect())),
        Value::Record(cells) => {
            if cells.values().any(|cell| *cell == Value::Ref(to)) {
                return None;
            }
            let cells = cells.iter().map(|(id, cell)| (id.clone(), released(cell, to).unwrap_or_default()));
            Some(Value::Record(cells.collect()))
        }
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{RouteTable, Subnet};
    use crate::interact::Scene;
    use crate::rules::testing::two_zones;

    fn edge(design: &Design, from: NodeId, to: NodeId) -> Edge {
        Scene::new(design).edges_of(from).find(|edge| (edge.from, edge.to) == (from, to)).unwrap()
    }

    #[test]
    fn a_wire_says_what_it_stands_for() {
        let n = two_zones();
        let table = edge(n.design(), n.id("public-rt"), n.id("igw"));
        let said = says(n.design(), table).unwrap();
        assert_eq!(said.en, "Routes of public-rt: igw (0.0.0.0/0)");
        assert_eq!(said.ko, "public-rt의 라우팅: igw (0.0.0.0/0)");
        let subnet = edge(n.design(), n.id("public-a"), n.id("public-rt"));
        assert_eq!(says(n.design(), subnet).unwrap().en, "Route table of public-a: public-rt");
    }

    #[test]
    fn a_wire_that_is_cut_takes_its_row_along_and_nothing_else() {
        let n = two_zones();
        let mut design = n.design().clone();
        let (table, gateway) = (n.id("public-rt"), n.id("igw"));
        let wire = edge(&design, table, gateway);
        design.apply_all(&cut(&design, wire).unwrap()).unwrap();
        assert!(design.get::<RouteTable>(table).unwrap().routes.iter().all(|route| route.target.is_none()));
        assert!(cut(&design, wire).is_err(), "it is gone");
        let wire = edge(&design, n.id("public-a"), table);
        design.apply_all(&cut(&design, wire).unwrap()).unwrap();
        assert_eq!(design.get::<Subnet>(n.id("public-a")).unwrap().route_table, None);
    }

    #[test]
    fn a_rule_stays_without_its_target_group() {
        let record = |cells: &[(&str, Value)]| {
            Value::Record(cells.iter().map(|(id, cell)| ((*id).to_owned(), cell.clone())).collect())
        };
        let forward = |id| record(&[("target_group", Value::Ref(NodeId(id))), ("weight", Value::Int(1))]);
        let rule = |forwards: Vec<Value>| record(&[("priority", Value::Int(1)), ("forwards", Value::List(forwards))]);
        let rules = Value::List(vec![rule(vec![forward(1), forward(2)]), rule(vec![forward(1)])]);
        let without = released(&rules, NodeId(1)).unwrap();
        assert_eq!(without, Value::List(vec![rule(vec![forward(2)]), rule(vec![])]));
        assert_eq!(released(&Value::Ref(NodeId(1)), NodeId(1)), None);
    }

    #[test]
    fn an_end_is_led_elsewhere_with_its_row_and_refused_with_the_reason() {
        let mut n = two_zones();
        let nat = n.add("vpc", "other-igw", Kind::InternetGateway.new_body());
        let other = n.add("vpc", "other-rt", RouteTable::default());
        let (table, gateway) = (n.id("public-rt"), n.id("igw"));
        let wire = edge(n.design(), table, gateway);
        let mut design = n.design().clone();
        let edits = reattach(&design, wire, WireEnd::Tip, nat).unwrap();
        design.apply_all(&edits).unwrap();
        let routes = |design: &Design, id| design.get::<RouteTable>(id).unwrap().routes.clone();
        assert_eq!(routes(&design, table).iter().filter(|route| route.target == Some(nat)).count(), 1);
        assert_eq!(routes(&design, table).len(), routes(n.design(), table).len(), "the row itself stays");
        // The beginning, to another table: the row moves.
        let edits = reattach(n.design(), wire, WireEnd::Start, other).unwrap();
        let mut design = n.design().clone();
        design.apply_all(&edits).unwrap();
        assert!(routes(&design, table).iter().all(|route| route.target != Some(gateway)));
        assert!(routes(&design, other).iter().any(|route| route.target == Some(gateway)));
        let legal = legal_ends(n.design(), wire, WireEnd::Tip);
        assert!(legal.contains(&nat) && !legal.contains(&n.id("vpc")) && !legal.contains(&gateway));
        let why = reattach(n.design(), wire, WireEnd::Tip, n.id("vpc")).unwrap_err();
        assert!(why.en.contains("cannot be connected"), "{why}");
        assert!(reattach(n.design(), wire, WireEnd::Tip, gateway).is_err(), "it ends there already");
    }
}
