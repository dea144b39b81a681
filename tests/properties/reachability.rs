//! The engine against the reference: single traces and all pairs, on random small networks.

use std::net::Ipv4Addr;

use groundplan::net::{IcmpType, PortRange, Protocol};
use groundplan::reach::sets::intervals;
use groundplan::reach::{Endpoint, Network, Pairs, Passage, Question, trace};
use proptest::prelude::*;

use super::packets::{End, Net, Packet, Start, Who};
use super::world::{Drawn, World, draw, world};

const SOMEBODY: Ipv4Addr = Ipv4Addr::new(8, 8, 8, 8);
const STORAGE: Ipv4Addr = Ipv4Addr::new(52, 219, 56, 0);
/// What is sent: protocol and port.
const PROBES: [(u8, u16); 6] = [(6, 80), (6, 443), (6, 8_050), (6, 45_000), (17, 80), (1, 0)];
/// Ports between which no rule of a world tells; what a client uses, and what NAT gateways and balancers do.
const CLIENT: [u16; 5] = [32_768, 39_999, 40_000, 50_001, 60_999];
const WIDE: [u16; 9] = [1_024, 7_999, 8_000, 8_101, 32_767, 39_999, 45_000, 61_000, 65_535];

/// Both ways for every port a client or a NAT gateway may choose.
fn both(world: &World, start: Start, (protocol, from, to, port): (u8, Ipv4Addr, Ipv4Addr, u16)) -> (bool, bool) {
    let mut all = (true, true);
    for nat_port in WIDE {
        let net = Net { world, nat_port };
        for own in CLIENT {
            let (there, back) = net.connects(start, Packet { protocol, from: (from, own), to: (to, port) });
            all = (all.0 && there, all.1 && back);
        }
    }
    all
}

fn question(from: Endpoint, to: Endpoint, (protocol, port): (u8, u16)) -> Question {
    Question {
        from,
        to,
        protocol: Protocol::from_number(protocol),
        port: Some(port).filter(|_| protocol != 1),
        source_port: None,
    }
}

fn holds(pairs: &Pairs, verdict: Passage, (protocol, port): (u8, u16)) -> (bool, bool) {
    let protocol = Protocol::from_number(protocol);
    let ports = match protocol {
        Protocol::Icmp => IcmpType::asked(8),
        protocol if protocol.has_ports() => PortRange::single(port),
        _ => PortRange::ALL,
    };
    let (from, to) = intervals(protocol, ports);
    let inside = |set| pairs.sets.intervals(set).iter().any(|(low, high)| *low <= from && to <= *high);
    (inside(verdict.traffic), inside(verdict.answered))
}

fn agrees(world: &World) -> Result<(), TestCaseError> {
    let Drawn { design, hosts, balancer, endpoint } = draw(world);
    let net = Network::lower(&design);
    let pairs = Pairs::new(&net);
    let reference = Net { world, nat_port: 1_024 };
    let traced = |from, to, probe| {
        let answer = trace(&design, &net, question(from, to, probe)).unwrap_or_else(|why| panic!("{why}"));
        (answer.forward.passes(), answer.reachable())
    };
    for (a, first) in hosts.iter().enumerate() {
        let (start, own) = (Start::Of(Who::Host(a)), world.hosts[a].private);
        let ix = net.interfaces_of(*first)[0];
        let class = pairs.class_of(ix).unwrap();
        for probe @ (protocol, port) in PROBES {
            for (b, second) in hosts.iter().enumerate().filter(|(b, _)| a != *b) {
                for address in [Some(world.hosts[b].private), world.hosts[b].public].into_iter().flatten() {
                    let want = both(world, start, (protocol, own, address, port));
                    let got = traced(Endpoint::Node(*first), Endpoint::Address(address), probe);
                    prop_assert_eq!(got, want, "host {} -> {} {:?}", a, address, probe);
                }
                let near = world.hosts[b].subnet / 4 == world.hosts[a].subnet / 4;
                let (private, public) = (Some(world.hosts[b].private), world.hosts[b].public);
                let addresses =
                    if near { [private, None] } else { [private.filter(|_| world.peering.is_some()), public] };
                let all = addresses.into_iter().flatten().map(|to| both(world, start, (protocol, own, to, port)));
                let want = all.fold((false, false), |any, one| (any.0 || one.0, any.1 || one.1));
                let to = pairs.class_of(net.interfaces_of(*second)[0]).unwrap();
                let got = holds(&pairs, pairs.between(class, to), probe);
                prop_assert_eq!(got, want, "pair {} -> {} {:?}", a, b, probe);
            }
            let want = both(world, start, (protocol, own, SOMEBODY, port));
            prop_assert_eq!(traced(Endpoint::Node(*first), Endpoint::Internet, probe), want, "{} out {:?}", a, probe);
            prop_assert_eq!(holds(&pairs, pairs.outwards[class], probe), want, "pair {} out {:?}", a, probe);
            if let Some(public) = world.hosts[a].public {
                let want = both(world, Start::Internet, (protocol, SOMEBODY, public, port));
                prop_assert_eq!(
                    traced(Endpoint::Internet, Endpoint::Node(*first), probe),
                    want,
                    "in {} {:?}",
                    a,
                    probe
                );
                prop_assert_eq!(holds(&pairs, pairs.inwards[class], probe), want, "pair in {} {:?}", a, probe);
            } else {
                prop_assert_eq!(traced(Endpoint::Internet, Endpoint::Node(*first), probe).1, false);
            }
            if let (Some(endpoint), 0..4) = (endpoint, world.hosts[a].subnet) {
                let packet = Packet { protocol, from: (own, CLIENT[0]), to: (STORAGE, port) };
                let by_it = reference.end(start, packet) == Some(End::Storage);
                let want = by_it && both(world, start, (protocol, own, STORAGE, port)).1;
                let got = traced(Endpoint::Node(*first), Endpoint::Node(endpoint), probe).1;
                prop_assert_eq!(got, want, "host {} -> storage {:?}", a, probe);
            }
        }
    }
    if let (Some(balancer), Some(of)) = (balancer, &world.balancing) {
        for (place, subnet) in of.subnets().into_iter().enumerate() {
            let (node, ix) = (Who::Node(subnet), net.interfaces_of(balancer)[place]);
            let class = pairs.class_of(ix).unwrap();
            for probe @ (protocol, port) in PROBES {
                let accepts = |client| reference.accepted((of, subnet), client, protocol, port, &WIDE);
                let want = both(world, Start::Internet, (protocol, SOMEBODY, reference.public(node).unwrap(), port));
                let accepted = accepts(SOMEBODY);
                let want = (want.0 && accepted, want.1 && accepted);
                let to = Endpoint::Address(reference.public(node).unwrap());
                prop_assert_eq!(traced(Endpoint::Internet, to, probe), want, "in to node {} {:?}", subnet, probe);
                prop_assert_eq!(
                    holds(&pairs, pairs.inwards[class], probe),
                    want,
                    "pair in to node {} {:?}",
                    subnet,
                    probe
                );
                for (a, first) in hosts.iter().enumerate().filter(|(a, _)| world.hosts[*a].subnet < 4) {
                    let own = world.hosts[a].private;
                    let want = both(world, Start::Of(Who::Host(a)), (protocol, own, reference.private(node), port));
                    // Through an appliance or NAT the node sees another client; who that is depends on the way.
                    if of.network
                        && !of.by_address
                        && (world
                            .tables
                            .iter()
                            .flatten()
                            .any(|(_, to)| matches!(to, super::world::To::Host(_) | super::world::To::Nat)))
                    {
                        continue;
                    }
                    let accepted = accepts(own);
                    let want = (want.0 && accepted, want.1 && accepted);
                    let got = traced(Endpoint::Node(*first), Endpoint::Address(reference.private(node)), probe);
                    prop_assert_eq!(got, want, "host {} to node {} {:?}", a, subnet, probe);
                    // The name of an internet-facing balancer is its public address, from inside too: pairs go by the name.
                    let named = (protocol, own, reference.public(node).unwrap(), port);
                    let named = both(world, Start::Of(Who::Host(a)), named);
                    let want = (named.0 && accepted, named.1 && accepted);
                    let from = pairs.class_of(net.interfaces_of(*first)[0]).unwrap();
                    prop_assert_eq!(
                        holds(&pairs, pairs.between(from, class), probe),
                        want,
                        "pair {} to node {}",
                        a,
                        subnet
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn the_engine_says_what_packets_do(world in world()) {
        agrees(&world)?;
    }
}
