//! What an edit means: which pairs can connect that could not before, and which no longer can.

use std::collections::BTreeMap;

use super::network::Network;
use super::pairs::{Pairs, Passage};
use super::rows::{Traffic, in_words};
use super::sets::{NOTHING, Sets, without};
use crate::design::{Design, pairing};
use crate::id::NodeId;

/// A design with its network and all pairs.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The design.
    pub design: &'a Design,
    /// It, lowered.
    pub net: &'a Network,
    /// All pairs of it.
    pub pairs: &'a Pairs,
}

/// One end of a pair in either design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Anybody on the internet.
    Internet,
    /// The service behind a gateway endpoint.
    Service {
        /// In the old design.
        old: Option<NodeId>,
        /// In the new design.
        new: Option<NodeId>,
    },
    /// An interface of a resource.
    Resource {
        /// In the old design.
        old: Option<NodeId>,
        /// In the new design.
        new: Option<NodeId>,
        /// Which of its interfaces, counted from 0.
        interface: usize,
    },
}

/// A pair that changed. Only connections whose answer gets back count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Who begins.
    pub from: End,
    /// Who is reached.
    pub to: End,
    /// What connects now and did not.
    pub opened: Vec<Traffic>,
    /// What connected and no longer does.
    pub closed: Vec<Traffic>,
}

/// A class of the old and one of the new network; `None` where the interface is not there.
type Joint = (Option<usize>, Option<usize>);

/// All pairs that opened or closed from one design to another, by who begins.
pub fn difference(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let mut joints: BTreeMap<Joint, Vec<End>> = BTreeMap::new();
    for (end, joint) in ends(old, new) {
        joints.entry(joint).or_default().push(end);
    }
    let services = services(old, new);
    let mut known = Known::default();
    let mut changes = Vec::new();
    for (from, sources) in &joints {
        for (to, targets) in &joints {
            let before = between(old.pairs, from.0, to.0);
            let after = between(new.pairs, from.1, to.1);
            let (opened, closed) = known.parted(old, new, before, after);
            if opened.is_empty() && closed.is_empty() {
                continue;
            }
            for source in sources {
                for target in targets.iter().filter(|target| *target != source) {
                    let (opened, closed) = (opened.clone(), closed.clone());
                    changes.push(Change { from: *source, to: *target, opened, closed });
                }
            }
        }
        for (old_endpoint, new_endpoint) in services.iter().copied() {
            let row = |side: Side<'_>, endpoint: Option<NodeId>, class: Option<usize>| {
                let verdicts = endpoint.and_then(|endpoint| side.pairs.services.get(&endpoint));
                verdicts.and_then(|verdicts| verdicts.get(class?)).copied().unwrap_or_default()
            };
            let (opened, closed) =
                known.parted(old, new, row(old, old_endpoint, from.0), row(new, new_endpoint, from.1));
            if opened.is_empty() && closed.is_empty() {
                continue;
            }
            let to = End::Service { old: old_endpoint, new: new_endpoint };
            changes.extend(sources.iter().map(|end| Change {
                from: *end,
                to,
                opened: opened.clone(),
                closed: closed.clone(),
            }));
        }
        for out in [true, false] {
            let row = |side: Side<'_>, class: Option<usize>| {
                let verdicts = if out { &side.pairs.outwards } else { &side.pairs.inwards };
                class.and_then(|class| verdicts.get(class)).copied().unwrap_or_default()
            };
            let (opened, closed) = known.parted(old, new, row(old, from.0), row(new, from.1));
            if opened.is_empty() && closed.is_empty() {
                continue;
            }
            for end in sources {
                let (from, to) = if out { (*end, End::Internet) } else { (End::Internet, *end) };
                changes.push(Change { from, to, opened: opened.clone(), closed: closed.clone() });
            }
        }
    }
    changes.sort_by_key(|change| (change.from, change.to));
    changes
}

/// The gateway endpoints of either design, each with what it is in the other.
fn services(old: Side<'_>, new: Side<'_>) -> Vec<(Option<NodeId>, Option<NodeId>)> {
    let partner = pairing(old.design, new.design);
    let mut all: Vec<_> = old.pairs.services.keys().map(|id| (Some(*id), partner.get(id).copied())).collect();
    let added = new.pairs.services.keys().filter(|id| !partner.values().any(|known| known == *id));
    all.extend(added.map(|id| (None, Some(*id))));
    all
}

fn between(pairs: &Pairs, from: Option<usize>, to: Option<usize>) -> Passage {
    from.zip(to).map(|(from, to)| pairs.between(from, to)).unwrap_or_default()
}

/// Every interface of either network with its classes.
fn ends(old: Side<'_>, new: Side<'_>) -> Vec<(End, Joint)> {
    let partner = pairing(old.design, new.design);
    let partnered: BTreeMap<NodeId, NodeId> = partner.iter().map(|(old, new)| (*new, *old)).collect();
    let classes = [old, new].map(|side| {
        let mut of = BTreeMap::new();
        for (class, members) in side.pairs.classes.classes.iter().map(|class| &class.members).enumerate() {
            of.extend(members.iter().map(|ix| (*ix, class)));
        }
        of
    });
    let [of_old, of_new] = &classes;
    // By resource and position: an interface is the same while its resource and its place among the resource's interfaces are.
    let mut found: BTreeMap<End, Joint> = BTreeMap::new();
    for (ix, class) in of_old {
        let Some(node) = old.net.interfaces.get(*ix).map(|interface| interface.node) else { continue };
        let Some(place) = place(old.net, node, *ix) else { continue };
        let end = End::Resource { old: Some(node), new: partner.get(&node).copied(), interface: place };
        found.entry(end).or_default().0 = Some(*class);
    }
    for (ix, class) in of_new {
        let Some(node) = new.net.interfaces.get(*ix).map(|interface| interface.node) else { continue };
        let Some(place) = place(new.net, node, *ix) else { continue };
        let end = End::Resource { old: partnered.get(&node).copied(), new: Some(node), interface: place };
        found.entry(end).or_default().1 = Some(*class);
    }
    found.into_iter().collect()
}

fn place(net: &Network, node: NodeId, ix: usize) -> Option<usize> {
    net.interfaces_of(node).iter().position(|own| *own == ix)
}

/// What two verdicts of two networks differ in; the same few meet each other again and again.
#[derive(Default)]
struct Known(BTreeMap<(u32, u32), (Vec<Traffic>, Vec<Traffic>)>);

impl Known {
    fn parted(
        &mut self,
        old: Side<'_>,
        new: Side<'_>,
        before: Passage,
        after: Passage,
    ) -> (Vec<Traffic>, Vec<Traffic>) {
        if (before.answered, after.answered) == (NOTHING, NOTHING) {
            return Default::default();
        }
        let of = |sets: &Sets, id| sets.intervals(id).to_vec();
        let parted = self.0.entry((before.answered, after.answered)).or_insert_with(|| {
            let (before, after) = (of(&old.pairs.sets, before.answered), of(&new.pairs.sets, after.answered));
            (in_words(&without(&after, &before)), in_words(&without(&before, &after)))
        });
        parted.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{GroupRule, Instance};
    use crate::net::AnyCidr;
    use crate::rules::testing::{Named, two_zones};

    fn changes(old: &Named, new: &Named) -> Vec<(String, String, String)> {
        let nets = [old, new].map(|n| Network::lower(n.design()));
        let pairs = [Pairs::new(&nets[0]), Pairs::new(&nets[1])];
        let side = |n, ix: usize| Side { design: n, net: &nets[ix], pairs: &pairs[ix] };
        let name = |end: End| match end {
            End::Internet => "internet".to_owned(),
            End::Service { old: from, new: to } | End::Resource { old: from, new: to, .. } => {
                let node = to.and_then(|id| new.design().node(id)).or_else(|| old.design().node(from?));
                node.unwrap().name.clone()
            }
        };
        let told = |traffic: &[Traffic], sign: &str| {
            traffic.iter().map(|t| format!("{sign}{} {}", t.protocol, t.ports[0])).collect::<Vec<_>>().join(" ")
        };
        let row = |c: &Change| (name(c.from), name(c.to), told(&c.opened, "+") + &told(&c.closed, "-"));
        difference(side(old.design(), 0), side(new.design(), 1)).iter().map(row).collect()
    }

    fn row(from: &str, to: &str, what: &str) -> (String, String, String) {
        (from.to_owned(), to.to_owned(), what.to_owned())
    }

    #[test]
    fn a_rule_opens_and_closes_pairs_and_the_same_design_changes_nothing() {
        let old = two_zones();
        assert_eq!(changes(&old, &old), []);
        let mut new = two_zones();
        new.rows("web-sg", "inbound", &[GroupRule::tcp(22, AnyCidr::default())]);
        assert_eq!(
            changes(&old, &new),
            [
                row("internet", "web", "+tcp 22-tcp 80"),
                row("web", "app", "+tcp 22-tcp 80"),
                row("app", "web", "+tcp 22-tcp 80")
            ]
        );
    }

    #[test]
    fn a_route_to_a_service_opens_it() {
        let mut old = two_zones();
        old.add("vpc", "s3", crate::catalog::kinds::VpcEndpoint::default());
        let mut new = old.clone();
        new.refs("s3", "route_tables", &["private-rt"]);
        assert_eq!(changes(&old, &new), [row("app", "s3", "+tcp all +icmp 0")]);
    }

    #[test]
    fn what_is_new_opens_and_what_is_gone_closes() {
        let old = two_zones();
        let mut new = two_zones();
        new.add("public-c", "fresh", Instance::default());
        new.remove("app");
        let found = changes(&old, &new);
        assert!(found.contains(&row("app", "web", "-tcp 80")), "{found:?}");
        assert!(found.contains(&row("fresh", "web", "+tcp 80")), "{found:?}");
        assert!(found.contains(&row("fresh", "internet", "+all all")), "{found:?}");
        assert!(!found.iter().any(|(from, to, _)| from == "internet" && to == "web"));
    }
}
