//! Any design that does what is asked gets the points, and none that does not gets all of them.

use std::collections::BTreeMap;

use super::{lab, labs};
use groundplan::catalog::kinds::{GroupRule, Instance, S3Bucket, SecurityGroup, Subnet};
use groundplan::catalog::{FieldValue, Kind, Value};
use groundplan::design::{Design, Edit, Node};
use groundplan::file;
use groundplan::id::NodeId;
use groundplan::labs::mutants::mutants;
use groundplan::labs::{Grade, Ready, Work, grade};
use groundplan::layout::Sketch;
use groundplan::net::{AnyCidr, Cidr};
use groundplan::reach::{Exposures, Network, Pairs, Rows};

#[track_caller]
fn marked(ready: &Ready, design: &Design) -> Grade {
    grade(ready, design, &Work::default())
}

#[track_caller]
fn is_full(ready: &Ready, design: &Design, what: &str) {
    let grade = marked(ready, design);
    let short: Vec<_> =
        grade.marks.iter().filter(|mark| mark.points < mark.of).map(|mark| (&mark.id, &mark.why.en)).collect();
    assert!(grade.is_full(), "{}, {what}: {short:#?}", ready.lab.id);
}

/// The same design as somebody else would have drawn it: other numbers, other names, another order.
fn redrawn(design: &Design) -> Design {
    fn shift(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(cells) => {
                // A name inside a resource, such as a container's, is one of its properties: others may say it.
                let is_node = cells.contains_key("kind") && cells.contains_key("id");
                for (key, cell) in cells {
                    match cell {
                        serde_json::Value::String(text) if matches!(key.as_str(), "id" | "parent" | "ref") => {
                            let id: NodeId = text.parse().unwrap();
                            *text = NodeId(1_000 - id.0).to_string();
                        }
                        serde_json::Value::String(text) if is_node && key == "name" => {
                            *text = format!("x{}", text.chars().rev().collect::<String>());
                        }
                        other => shift(other),
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(shift),
            _ => {}
        }
    }
    let mut whole: serde_json::Value = serde_json::from_str(&file::save(design)).unwrap();
    shift(&mut whole);
    file::open(&whole.to_string()).unwrap()
}

#[test]
fn names_and_numbers_do_not_count() {
    for (_, ready) in labs() {
        is_full(&ready, &redrawn(&ready.solution), "redrawn");
    }
}

#[test]
fn things_beside_the_task_do_not_count() {
    for (_, ready) in labs() {
        let mut sketch = Sketch::of(redrawn(&ready.solution));
        let region = sketch.design().nodes().find(|(_, node)| node.kind() == Kind::Region).map(|(id, _)| id);
        sketch.add(region, "pictures", S3Bucket::default());
        assert_eq!(sketch.refusals(), &[]);
        is_full(&ready, sketch.design(), "with a bucket");
    }
}

/// Rules that name a group admit the addresses of its members instead, where those are machines.
fn by_address(design: &Design) -> Design {
    let mut design = design.clone();
    let mut fixed: BTreeMap<NodeId, Vec<Cidr>> = BTreeMap::new();
    let instances: Vec<(NodeId, Instance)> = design.all::<Instance>().map(|(id, _, of)| (id, of.clone())).collect();
    for (number, (id, instance)) in instances.into_iter().enumerate() {
        let subnet = design.ancestor(id, Kind::Subnet).and_then(|id| design.get::<Subnet>(id)).unwrap();
        let address = subnet.cidr.nth(50 + u32::try_from(number).unwrap()).unwrap();
        design.apply(&Edit::set(id, "private_ip", address.to_value())).unwrap();
        for group in instance.security_groups {
            fixed.entry(group).or_default().push(Cidr::host(address));
        }
    }
    let groups: Vec<(NodeId, SecurityGroup)> =
        design.all::<SecurityGroup>().map(|(id, _, of)| (id, of.clone())).collect();
    let mut changed = 0;
    for (id, group) in groups {
        let rows: Vec<GroupRule> = group
            .inbound
            .iter()
            .flat_map(|rule| match rule.group.and_then(|group| fixed.get(&group)) {
                Some(hosts) => {
                    changed += 1;
                    let by = |host: &Cidr| GroupRule { group: None, cidr: Some(AnyCidr::V4(*host)), ..rule.clone() };
                    hosts.iter().map(by).collect()
                }
                None => vec![rule.clone()],
            })
            .collect();
        design.apply(&Edit::Set { id, field: "inbound".to_owned(), value: rows.to_value() }).unwrap();
    }
    assert!(changed > 0, "no rule names a group of machines");
    design
}

#[test]
fn rules_by_address_are_as_good_as_rules_by_group() {
    for id in ["six-subnets", "private-servers"] {
        let ready = lab(id);
        is_full(&ready, &by_address(&ready.solution), "by address");
    }
}

#[test]
fn other_blocks_are_as_good() {
    let ready = lab("private-servers");
    let other = file::save(&redrawn(&ready.solution)).replace("\"10.0.", "\"172.20.");
    is_full(&ready, &file::open(&other).unwrap(), "172.20.0.0/16");
}

#[test]
fn opening_everything_does_not_pass() {
    for (name, ready) in labs() {
        let mut design = ready.solution.clone();
        let groups: Vec<NodeId> = design.all::<SecurityGroup>().map(|(id, ..)| id).collect();
        // A site of a bucket has nothing to open.
        if groups.is_empty() {
            continue;
        }
        for id in groups {
            let all = vec![GroupRule::everything()];
            design.apply(&Edit::Set { id, field: "inbound".to_owned(), value: all.to_value() }).unwrap();
        }
        assert!(!marked(&ready, &design).is_full(), "{name}: everything is open and all points are made");
    }
}

/// Who reaches whom by what, and how each subnet gets out: what a design does.
fn behaviour(design: &Design) -> String {
    let net = Network::lower(design);
    let name = |party: groundplan::reach::Party| match party {
        groundplan::reach::Party::Internet => "internet".to_owned(),
        groundplan::reach::Party::Interface(ix) => net.interfaces[ix].node.to_string(),
        groundplan::reach::Party::Service(id) => id.to_string(),
    };
    let mut told = Vec::new();
    let mut rows = Rows::new(&net);
    for party in rows.parties() {
        rows.from(party, |row| {
            if !row.reply_blocked {
                told.push(format!("{} {} {:?}", name(row.from), name(row.to), row.traffic));
            }
        });
    }
    told.sort();
    told.dedup();
    let tiers = Exposures::new(design, &net, &Pairs::new(&net)).subnets;
    let tiers: Vec<_> = tiers.iter().map(|(id, tier)| (id, tier.tier)).collect();
    format!("{told:?}{tiers:?}")
}

#[test]
fn mutants_of_a_solution_that_behave_otherwise_lose_points() {
    for (name, ready) in labs() {
        let whole = behaviour(&ready.solution);
        let mut alive = Vec::new();
        for mutant in mutants(&ready.solution) {
            if marked(&ready, &mutant.design).is_full() && behaviour(&mutant.design) != whole {
                alive.push(mutant.what.en);
            }
        }
        assert_eq!(alive, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn roles_that_two_could_fill_are_asked_for_and_the_choice_counts() {
    let ready = lab("private-servers");
    let mut design = redrawn(&ready.solution);
    // A second machine in a public subnet that nobody signs in to.
    let (bastion, node) =
        design.nodes().find(|(_, node)| node.name == "xnoitsab").map(|(id, node)| (id, node.clone())).unwrap();
    let id = NodeId(1);
    let twin = Node { name: "other".to_owned(), ..node };
    design.apply(&Edit::add(id, twin)).unwrap();
    design.apply(&Edit::set(id, "security_groups", Value::List(vec![]))).unwrap();
    let open = marked(&ready, &design);
    let filled = &open.cast.roles["bastion"];
    assert_eq!((filled.candidates.as_slice(), filled.chosen), (&[id, bastion][..], false));
    assert_eq!(filled.nodes, [bastion], "the one that makes most points");
    let roles = [("bastion".to_owned(), vec![id])].into();
    let chosen = grade(&ready, &design, &Work { roles, ..Work::default() });
    assert_eq!(chosen.cast.roles["bastion"].nodes, [id]);
    assert!(chosen.points < open.points && chosen.cast.roles["bastion"].chosen);
}
