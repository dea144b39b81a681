//! ICMP has types and codes: what admits one message does not admit another.

use crate::catalog::FieldValue;
use crate::catalog::kinds::{AclRule, GroupRule};
use crate::net::{IcmpType, Protocol};
use crate::reach::tests::traces::{acl, end, group};
use crate::reach::{Asked, Network, Pairs, Question, trace};
use crate::rules::Offers;
use crate::rules::testing::{Named, two_zones};

fn rule(icmp: &str) -> GroupRule {
    GroupRule { protocol: Protocol::Icmp, icmp: icmp.parse().unwrap(), ..GroupRule::default() }
}

fn acl_rule(icmp: &str) -> AclRule {
    AclRule { protocol: Protocol::Icmp, icmp: icmp.parse().unwrap(), ..AclRule::default() }
}

/// Whether a message of a type (a ping where none is given) gets there, and its answer back.
fn passes(n: &Named, from: &str, to: &str, kind: Option<u16>) -> (bool, bool) {
    let net = Network::lower(n.design());
    let (from, to) = (end(n, from), end(n, to));
    let question = Question { from, to, protocol: Protocol::Icmp, port: kind, source_port: None };
    let answer = trace(n.design(), &net, question).unwrap();
    (answer.forward.passes(), answer.reachable())
}

#[test]
fn fact_25c_a_group_admits_only_the_messages_it_names() {
    let mut n = two_zones();
    for (icmp, ping, unreachable) in [
        ("all", true, true),
        ("8", true, false),
        ("8/0", true, false),
        ("0", false, false),
        ("3", false, true),
        ("3/4", false, false),
    ] {
        n.set("web-sg", "inbound", vec![rule(icmp)].to_value());
        assert_eq!(passes(&n, "internet", "web", None), (ping, ping), "{icmp}");
        assert_eq!(passes(&n, "internet", "web", Some(8)), (ping, ping), "{icmp}");
        // Nobody answers a message that says that something is out of reach.
        assert_eq!(passes(&n, "internet", "web", Some(3)), (unreachable, unreachable), "{icmp}");
        let pairs = Pairs::new(&Network::lower(n.design()));
        let web = pairs.class_of(Network::lower(n.design()).interfaces_of(n.id("web"))[0]).unwrap();
        let told = crate::reach::matrix::by_protocol(pairs.sets.intervals(pairs.inwards[web].answered));
        let told: Vec<String> =
            told.iter().flat_map(|(protocol, all)| all.iter().map(|one| protocol.in_words(*one))).collect();
        assert_eq!(told, [if icmp == "8/0" { "8/0" } else { icmp }]);
    }
}

#[test]
fn fact_25c_an_acl_needs_the_request_there_and_the_reply_back() {
    let mut n = two_zones();
    n.set("web-sg", "inbound", vec![rule("all")].to_value());
    let edge = n.add("vpc", "edge", acl(vec![acl_rule("8")], vec![acl_rule("0")]));
    n.set("public-a", "network_acl", edge);
    assert_eq!(passes(&n, "internet", "web", None), (true, true));
    n.set("edge", "outbound", vec![acl_rule("8")].to_value());
    assert_eq!(passes(&n, "internet", "web", None), (true, false));
    n.set("edge", "inbound", vec![acl_rule("0")].to_value());
    assert!(!passes(&n, "internet", "web", None).0);
}

#[test]
fn the_edit_that_opens_a_ping_opens_nothing_else() {
    let mut n = two_zones();
    n.add("vpc", "closed", group(vec![], vec![GroupRule::everything()]));
    let net = Network::lower(n.design());
    let question = Question {
        from: end(&n, "internet"),
        to: end(&n, "web"),
        protocol: Protocol::Icmp,
        port: None,
        source_port: None,
    };
    let answer = trace(n.design(), &net, question).unwrap();
    let fix = Offers::new(n.design()).opening(&Asked::Packet(question), &answer.forward.blockers[0]).unwrap();
    let mut design = n.design().clone();
    design.apply_all(&fix.edits).unwrap();
    let rules = &design.get::<crate::catalog::kinds::SecurityGroup>(n.id("web-sg")).unwrap().inbound;
    assert_eq!(rules.last().map(|rule| (rule.protocol, rule.icmp)), Some((Protocol::Icmp, IcmpType::ECHO_REQUEST)));
    assert!(trace(&design, &Network::lower(&design), question).unwrap().reachable());
}
