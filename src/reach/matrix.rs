//! All pairs as people read them: resources in place of interfaces, sorted into groups whose members reach and are reached alike, and filtered
//! without writing every pair out.

use std::collections::BTreeMap;

use super::network::Network;
use super::pairs::{Pairs, Passage};
use super::sets::{Interval, NOTHING, Sets, intervals, without, words};
use crate::id::NodeId;
use crate::net::{IcmpType, PortRange, Protocol};
use crate::text::csv::cell;

/// A resource with interfaces, a gateway endpoint for the service behind it, or the internet where there is none.
pub type End = Option<NodeId>;

/// Protocols, each with its port ranges.
pub type Traffic = Vec<(Protocol, Vec<PortRange>)>;

/// Which pairs are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only pairs between which some of this traffic passes.
    pub traffic: Option<Interval>,
    /// Only from and to the internet.
    pub internet: bool,
    /// Only where a part of the traffic gets no answer.
    pub reply_blocked: bool,
}

impl Query {
    /// The interval of a protocol and a port; without a port all of them, of all protocols the port of TCP, which comes first.
    pub fn traffic(protocol: Protocol, port: Option<u16>) -> Option<Interval> {
        match (protocol, port) {
            (Protocol::All, None) => None,
            (Protocol::All, Some(port)) => Some(intervals(Protocol::Tcp, PortRange::single(port))),
            (Protocol::Icmp, Some(kind)) => {
                let messages = u8::try_from(kind).map_or(PortRange::ALL, IcmpType::asked);
                Some(intervals(Protocol::Icmp, messages))
            }
            (protocol, port) => {
                let ports = port.filter(|_| protocol.has_ports()).map_or(PortRange::ALL, PortRange::single);
                Some(intervals(protocol, ports))
            }
        }
    }
}

/// One pair between which something passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who begins.
    pub from: End,
    /// Who answers.
    pub to: End,
    /// What passes, and what of it is answered.
    pub verdict: Passage,
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The first rows: the internet's, then by names.
    pub rows: Vec<Row>,
    /// How many there are.
    pub total: u64,
}

/// Resources that reach and are reached alike.
#[derive(Clone, Debug)]
struct Group {
    members: Vec<End>,
    /// Their classes among [`Pairs`]'s.
    classes: Vec<usize>,
}

/// From one group to another, where something passes.
#[derive(Clone, Copy, Debug)]
struct Cell {
    from: usize,
    to: usize,
    verdict: Passage,
}

/// All pairs of a design.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    groups: Vec<Group>,
    cells: Vec<Cell>,
    sets: Sets,
}

impl Matrix {
    /// Sorts what [`Pairs`] found.
    pub fn new(net: &Network, pairs: &Pairs) -> Self {
        let mut matrix = Self { groups: groups(net, pairs), cells: Vec::new(), sets: pairs.sets.clone() };
        let resources = matrix.groups.len();
        for from in 0..resources {
            for to in 0..resources {
                matrix.fill(from, to, |a, b| pairs.between(a, b));
            }
        }
        for (endpoint, verdicts) in &pairs.services {
            let service = matrix.groups.len();
            matrix.groups.push(Group { members: vec![Some(*endpoint)], classes: vec![0] });
            for group in 0..resources {
                matrix.fill(group, service, |from, _| verdicts.get(from).copied().unwrap_or_default());
            }
        }
        let internet = matrix.groups.len();
        matrix.groups.push(Group { members: vec![None], classes: vec![0] });
        for group in 0..resources {
            matrix.fill(internet, group, |_, to| pairs.inwards.get(to).copied().unwrap_or_default());
            matrix.fill(group, internet, |from, _| pairs.outwards.get(from).copied().unwrap_or_default());
        }
        matrix
    }

    fn fill(&mut self, from: usize, to: usize, between: impl Fn(usize, usize) -> Passage) {
        let (Some(a), Some(b)) = (self.groups.get(from), self.groups.get(to)) else { return };
        let mut verdict = Passage::default();
        for one in a.classes.iter().flat_map(|a| b.classes.iter().map(|b| between(*a, *b))) {
            verdict.traffic = self.sets.union(verdict.traffic, one.traffic);
            verdict.answered = self.sets.union(verdict.answered, one.answered);
        }
        if verdict.traffic != NOTHING {
            self.cells.push(Cell { from, to, verdict });
        }
    }

    /// The pairs a query asks for, at most so many, of ends of which one is `called` as asked; names are given by `name`.
    pub fn find(
        &self,
        query: &Query,
        most: usize,
        called: impl Fn(End) -> bool,
        name: impl Fn(End) -> String,
    ) -> Found {
        let hits: Vec<Vec<bool>> =
            self.groups.iter().map(|group| group.members.iter().map(|end| called(*end)).collect()).collect();
        let mut found = Found::default();
        for cell in self.cells.iter().filter(|cell| self.answers(query, cell)) {
            let (Some(a), Some(b)) = (self.groups.get(cell.from), self.groups.get(cell.to)) else { continue };
            let (Some(hit_a), Some(hit_b)) = (hits.get(cell.from), hits.get(cell.to)) else { continue };
            found.total += count(hit_a, hit_b, cell.from == cell.to);
            let all = a.members.iter().zip(hit_a).flat_map(|a| b.members.iter().zip(hit_b).map(move |b| (a, b)));
            let asked = all.filter(|((from, a), (to, b))| (**a || **b) && from != to);
            let room = most.saturating_sub(found.rows.len());
            found.rows.extend(asked.take(room).map(|((from, _), (to, _))| Row {
                from: *from,
                to: *to,
                verdict: cell.verdict,
            }));
        }
        found.rows.sort_by_cached_key(|row| (row.from.is_some(), name(row.from), name(row.to), row.from, row.to));
        found
    }

    /// What of a pair's traffic is answered, and what is not, protocol by protocol.
    pub fn traffic_of(&self, verdict: Passage) -> (Traffic, Traffic) {
        let (traffic, answered) = (self.sets.intervals(verdict.traffic), self.sets.intervals(verdict.answered));
        (by_protocol(answered), by_protocol(&without(traffic, answered)))
    }

    /// Rows as comma-separated values with a heading: a line for each protocol, and for what gets no answer a line of its own.
    pub fn csv(&self, rows: &[Row], name: impl Fn(End) -> String) -> String {
        let mut text = "from,to,protocol,ports,reply_blocked\n".to_owned();
        for row in rows {
            let (from, to) = (cell(&name(row.from)), cell(&name(row.to)));
            let (open, lost) = self.traffic_of(row.verdict);
            for (part, blocked) in [(open, "no"), (lost, "yes")] {
                for (protocol, ports) in part {
                    let ports: Vec<String> = ports.iter().map(|ports| protocol.in_words(*ports)).collect();
                    text.push_str(&format!("{from},{to},{protocol},{},{blocked}\n", ports.join(" ")));
                }
            }
        }
        text
    }

    fn answers(&self, query: &Query, cell: &Cell) -> bool {
        let internet = self.groups.len().saturating_sub(1);
        let meets = |(from, to): Interval| {
            self.sets.intervals(cell.verdict.traffic).iter().any(|(low, high)| *low <= to && from <= *high)
        };
        (!query.internet || cell.from == internet || cell.to == internet)
            && (!query.reply_blocked || cell.verdict.traffic != cell.verdict.answered)
            && query.traffic.is_none_or(meets)
    }
}

/// How many pairs of different members have one that is a hit.
fn count(a: &[bool], b: &[bool], same: bool) -> u64 {
    let (all_a, all_b) = (a.len() as u64, b.len() as u64);
    let missed = |of: &[bool]| of.iter().filter(|hit| !**hit).count() as u64;
    let (missed_a, missed_b) = (missed(a), missed(b));
    let (own, own_missed) = if same { (all_a, missed_a) } else { (0, 0) };
    (all_a * all_b - own) - (missed_a * missed_b - own_missed)
}

fn groups(net: &Network, pairs: &Pairs) -> Vec<Group> {
    let mut classes: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
    for (at, class) in pairs.classes.classes.iter().enumerate() {
        for interface in class.members.iter().filter_map(|ix| net.interfaces.get(*ix)) {
            let all = classes.entry(interface.node).or_default();
            if all.last() != Some(&at) {
                all.push(at);
            }
        }
    }
    let mut alike: BTreeMap<Vec<usize>, Vec<End>> = BTreeMap::new();
    for (node, classes) in classes {
        alike.entry(classes).or_default().push(Some(node));
    }
    alike.into_iter().map(|(classes, members)| Group { members, classes }).collect()
}

/// Traffic protocol by protocol, each with its port ranges.
pub fn by_protocol(intervals: &[Interval]) -> Traffic {
    let mut out = Traffic::new();
    for (protocol, ports) in words(intervals) {
        match out.last_mut().filter(|(last, _)| *last == protocol) {
            Some((_, all)) => all.push(ports),
            None => out.push((protocol, vec![ports])),
        }
    }
    out
}

/// The port of a range that is best asked about: one that people know, else the first.
pub fn telling_port(ports: PortRange) -> u16 {
    const KNOWN: [u16; 8] = [443, 80, 22, 3306, 5432, 8080, 53, 3389];
    KNOWN.into_iter().find(|port| ports.contains(*port)).unwrap_or_else(|| ports.from_port().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{GroupRule, Listener, LoadBalancer, Scheme};
    use crate::rules::testing::{Named, two_zones};

    fn rows(n: &Named, query: &Query, called: &str, most: usize) -> (Vec<String>, u64) {
        let design = n.design();
        let net = Network::lower(design);
        let matrix = Matrix::new(&net, &Pairs::new(&net));
        let name = |end: End| {
            end.map_or("internet".to_owned(), |id| design.node(id).map(|node| node.name.clone()).unwrap_or_default())
        };
        let found = matrix.find(query, most, |end| name(end).contains(called), name);
        let told = found.rows.iter().map(|row| {
            let (open, lost) = matrix.traffic_of(row.verdict);
            let part = |part: Traffic| {
                let one = |(protocol, ports): &(Protocol, Vec<PortRange>)| {
                    let ports: Vec<String> = ports.iter().map(|ports| protocol.in_words(*ports)).collect();
                    format!("{protocol}:{}", ports.join(","))
                };
                part.iter().map(one).collect::<Vec<_>>().join(" ")
            };
            format!("{} > {} {}|{}", name(row.from), name(row.to), part(open), part(lost))
        });
        (told.collect(), found.total)
    }

    #[test]
    fn pairs_are_told_by_name_and_filtered() {
        let n = two_zones();
        let (all, total) = rows(&n, &Query::default(), "", 100);
        assert_eq!(total, all.len() as u64);
        assert!(all.contains(&"internet > web tcp:80|".to_owned()), "{all:#?}");
        assert!(all.iter().any(|row| row.starts_with("app > internet")), "{all:#?}");
        let only = Query { internet: true, ..Query::default() };
        assert!(rows(&n, &only, "", 100).0.iter().all(|row| row.contains("internet")));
        let ssh = Query { traffic: Query::traffic(Protocol::Tcp, Some(22)), ..only };
        assert!(!rows(&n, &ssh, "", 100).0.iter().any(|row| row.starts_with("internet")));
        assert!(rows(&n, &Query::default(), "web", 100).0.iter().all(|row| row.contains("web")));
        let (first, same) = rows(&n, &Query::default(), "", 1);
        assert_eq!((first.len(), same), (1, total), "what is not shown is counted");
    }

    #[test]
    fn resources_that_are_alike_are_counted_without_themselves() {
        assert_eq!(count(&[true, true, true], &[true, true, true], true), 6);
        assert_eq!(count(&[true, false, false], &[true, false, false], true), 4);
        assert_eq!(count(&[true, false], &[false, false, false], false), 3);
        assert_eq!(count(&[false], &[false], true), 0);
    }

    #[test]
    fn a_balancer_takes_what_its_listeners_do() {
        let mut n = two_zones();
        let subnets = vec![n.id("public-a"), n.id("public-c")];
        let group = n.id("web-sg");
        n.rows("web-sg", "inbound", &[GroupRule { cidr: Some("0.0.0.0/0".parse().unwrap()), ..GroupRule::default() }]);
        let alb = LoadBalancer {
            scheme: Scheme::InternetFacing,
            subnets,
            security_groups: vec![group],
            ..LoadBalancer::default()
        };
        n.add("vpc", "alb", alb);
        let inwards = |n: &Named| {
            let (all, _) = rows(n, &Query { internet: true, ..Query::default() }, "alb", 100);
            all.into_iter().find(|row| row.starts_with("internet > alb"))
        };
        assert_eq!(inwards(&n), None);
        n.add("alb", "http", Listener::default());
        assert_eq!(inwards(&n).as_deref(), Some("internet > alb tcp:80|"));
    }

    #[test]
    fn a_service_behind_a_gateway_endpoint_is_reached_and_never_begins() {
        let mut n = two_zones();
        n.add("vpc", "s3", crate::catalog::kinds::VpcEndpoint::default());
        assert_eq!(rows(&n, &Query::default(), "s3", 100).1, 0);
        n.refs("s3", "route_tables", &["private-rt"]);
        assert_eq!(rows(&n, &Query::default(), "s3", 100).0, ["app > s3 tcp:all icmp:0,8|"]);
        let only = Query { internet: true, ..Query::default() };
        assert_eq!(rows(&n, &only, "s3", 100).1, 0, "it is not the internet");
    }

    #[test]
    fn rows_become_comma_separated_values() {
        let n = two_zones();
        let net = Network::lower(n.design());
        let matrix = Matrix::new(&net, &Pairs::new(&net));
        let found = matrix.find(&Query { internet: true, ..Query::default() }, 9, |_| true, |_| String::new());
        let named = |end: End| if end.is_some() { "=a, \"b\"" } else { "internet" }.to_owned();
        let text = matrix.csv(&found.rows, named);
        assert!(
            text.starts_with("from,to,protocol,ports,reply_blocked\ninternet,\"'=a, \"\"b\"\"\",tcp,80,no\n"),
            "{text}"
        );
    }

    #[test]
    fn a_port_people_know_is_asked_about() {
        let of = |text: &str| telling_port(text.parse().unwrap());
        assert_eq!([of("all"), of("22"), of("8000-9000"), of("9000-9100")], [443, 22, 8080, 9000]);
    }
}
