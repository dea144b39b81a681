//! A lowered network as namespaces, bridges, routes and nftables rules.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::Ipv4Addr;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use groundplan::catalog::kinds::{AclAction, AclRule, GroupRule};
use groundplan::net::Protocol;
use groundplan::reach::Endpoint;
use groundplan::reach::network::{Hop, Interface, Network, Owner};

use crate::design::PORTS;

/// An address of the internet.
pub const SOMEBODY: Ipv4Addr = Ipv4Addr::new(8, 8, 8, 8);

/// Forwards, without second thoughts about asymmetric ways; what stays on a bridge passes no filter, as ACLs are not asked within a subnet.
const ROUTER_SETTINGS: &str = "cd /proc/sys/net; echo 1 > ipv4/ip_forward
for f in ipv4/conf/*/rp_filter ipv4/conf/*/send_redirects bridge/bridge-nf-call-iptables bridge/bridge-nf-call-arptables; do
  if [ -e $f ]; then echo 0 > $f; fi
done";

/// A question for the kernel.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    /// Who asks, for `trace`.
    pub from: Endpoint,
    /// The same as an interface; nothing is the internet.
    pub at: Option<usize>,
    /// Whom, for `trace`.
    pub to: Endpoint,
    /// The same as an address.
    pub address: Ipv4Addr,
    /// How.
    pub protocol: Protocol,
    /// Where.
    pub port: u16,
}

/// A network of namespaces; everything it made goes when it is dropped.
pub struct Lab {
    prefix: String,
    names: Vec<String>,
    agents: Vec<Agent>,
}

struct Agent {
    /// The interface it stands for; nothing is the internet.
    at: Option<usize>,
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Drop for Lab {
    fn drop(&mut self) {
        for agent in &mut self.agents {
            drop(agent.input.take());
            agent.child.kill().ok();
            agent.child.wait().ok();
        }
        for name in &self.names {
            Command::new("ip").args(["netns", "del", name]).output().ok();
        }
    }
}

impl Lab {
    /// Makes the namespaces of a network with one VPC.
    pub fn build(net: &Network, seed: u64) -> Self {
        let mut lab =
            Self { prefix: format!("gp{}-{seed}", std::process::id()), names: Vec::new(), agents: Vec::new() };
        for name in ["router", "gateway", "internet"] {
            lab.add(name);
        }
        let mut router = String::from("link set lo up\n");
        lab.join("router", "up0", "gateway", "in0");
        lab.join("gateway", "out0", "internet", "eth0");
        let _ = writeln!(router, "link set up0 up\naddr add 169.254.0.1/30 dev up0");
        for (ix, subnet) in net.subnets.iter().enumerate() {
            let first = subnet.cidr.nth(1).unwrap();
            let length = subnet.cidr.prefix_len();
            // A bridge of its own address for each host: a subnet is one link, and its router answers at base + 1.
            let _ = writeln!(
                router,
                "link add br{ix} type bridge\nlink set br{ix} up\naddr add {first}/{length} dev br{ix}"
            );
        }
        for (ix, interface) in net.interfaces.iter().enumerate() {
            let host = format!("host{ix}");
            lab.add(&host);
            lab.join("router", &format!("v{ix}"), &host, "eth0");
            let subnet = net.subnets.get(interface.subnet).unwrap();
            let _ = writeln!(router, "link set v{ix} master br{} up", interface.subnet);
            lab.ip(&host, &host_setup(interface, subnet.cidr.nth(1).unwrap(), subnet.cidr.prefix_len()));
        }
        router.push_str(&routes(net));
        lab.ip("router", &router);
        lab.ip("gateway", "link set lo up\nlink set in0 up\nlink set out0 up\naddr add 169.254.0.2/30 dev in0\naddr add 8.8.8.1/24 dev out0\nroute add 10.0.0.0/16 via 169.254.0.1\n");
        lab.ip(
            "internet",
            &format!(
                "link set lo up\nlink set eth0 up\naddr add {SOMEBODY}/24 dev eth0\nroute add default via 8.8.8.1\n"
            ),
        );
        lab.nft("router", &acls(net));
        lab.nft("gateway", &one_to_one(net));
        for (ix, interface) in net.interfaces.iter().enumerate() {
            lab.nft(
                &format!("host{ix}"),
                &if interface.owner == Owner::NatGateway { masquerade(interface) } else { groups(net, interface) },
            );
        }
        for name in lab.names.clone() {
            run("ip", &["netns", "exec", &name, "sh", "-c", ROUTER_SETTINGS], "");
        }
        for (ix, interface) in
            net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner == Owner::Instance)
        {
            assert!(interface.groups.is_some(), "an instance has groups");
            lab.start(Some(ix), &format!("host{ix}"));
        }
        lab.start(None, "internet");
        lab
    }

    /// Sends all probes, each host its own at once; the answers in the order of the probes.
    pub fn ask(&mut self, probes: &[Probe]) -> Vec<bool> {
        let mut answers = vec![false; probes.len()];
        let asked_by = |at: Option<usize>| probes.iter().enumerate().filter(move |(_, probe)| probe.at == at);
        for agent in &mut self.agents {
            let lines: Vec<String> = asked_by(agent.at)
                .map(|(_, probe)| {
                    format!(
                        "{} {} {}",
                        if probe.protocol == Protocol::Udp { "udp" } else { "tcp" },
                        probe.address,
                        probe.port
                    )
                })
                .collect();
            let text = format!("{}\n{}\n", lines.len(), lines.join("\n"));
            let input = agent.input.as_mut().unwrap();
            input.write_all(if lines.is_empty() { b"0\n" } else { text.as_bytes() }).unwrap();
            input.flush().unwrap();
        }
        for agent in &mut self.agents {
            for (ix, _) in asked_by(agent.at) {
                let mut line = String::new();
                agent.output.read_line(&mut line).unwrap();
                *answers.get_mut(ix).unwrap() = line.trim() == "1";
            }
        }
        answers
    }

    fn name(&self, host: &str) -> String {
        format!("{}-{host}", self.prefix)
    }

    fn add(&mut self, host: &str) {
        let name = self.name(host);
        run("ip", &["netns", "add", &name], "");
        self.names.push(name);
    }

    /// A cable between two namespaces.
    fn join(&self, a: &str, at: &str, b: &str, bt: &str) {
        let (a, b) = (self.name(a), self.name(b));
        run("ip", &["-n", &a, "link", "add", at, "type", "veth", "peer", "name", bt, "netns", &b], "");
    }

    fn ip(&self, host: &str, commands: &str) {
        run("ip", &["-n", &self.name(host), "-batch", "-"], commands);
    }

    fn nft(&self, host: &str, rules: &str) {
        run("ip", &["netns", "exec", &self.name(host), "nft", "-f", "-"], rules);
    }

    fn start(&mut self, at: Option<usize>, host: &str) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kernel/agent.py");
        let mut child = Command::new("ip")
            .args(["netns", "exec", &self.name(host), "python3", script])
            .args(PORTS.map(|port| port.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut ready = String::new();
        output.read_line(&mut ready).unwrap();
        assert_eq!(ready.trim(), "ready");
        self.agents.push(Agent { at, child, input, output });
    }
}

#[track_caller]
fn run(program: &str, args: &[&str], input: &str) {
    let mut child = Command::new(program).args(args).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{program} {args:?}: {}\n{input}", String::from_utf8_lossy(&done.stderr));
}

fn host_setup(interface: &Interface, router: Ipv4Addr, length: u8) -> String {
    let own = interface.private;
    format!("link set lo up\nlink set eth0 up\naddr add {own}/{length} dev eth0\nroute add default via {router}\n")
}

/// What leaves a subnet is routed by the subnet's own table, whatever its destination.
fn routes(net: &Network) -> String {
    let mut out = String::new();
    for (ix, subnet) in net.subnets.iter().enumerate() {
        let table = 100 + ix;
        let _ = writeln!(out, "rule add iif br{ix} lookup {table} pref {table}");
        for (other, to) in net.subnets.iter().enumerate() {
            let _ = writeln!(out, "route add {} dev br{other} table {table}", to.cidr);
        }
        // An address of the VPC that no subnet holds is dropped even where a default route exists.
        let _ = writeln!(out, "route add blackhole 10.0.0.0/16 table {table}");
        match net.route(subnet, SOMEBODY).map(|route| route.hop) {
            Some(Hop::InternetGateway(_)) => {
                let _ = writeln!(out, "route add default via 169.254.0.2 dev up0 table {table}");
            }
            Some(Hop::NatGateway(nat)) => {
                let gateway = net.interfaces.get(nat).unwrap();
                let _ =
                    writeln!(out, "route add default via {} dev br{} table {table}", gateway.private, gateway.subnet);
            }
            _ => {
                let _ = writeln!(out, "route add blackhole default table {table}");
            }
        }
    }
    out
}

/// ACLs at the edges of subnets, by number, without memory; not within a bridge.
fn acls(net: &Network) -> String {
    let mut out =
        String::from("table inet acl {\n chain forward {\n  type filter hook forward priority 0; policy accept;\n");
    for ix in 0..net.subnets.len() {
        let _ = writeln!(out, "  iifname \"br{ix}\" jump out{ix}");
    }
    for ix in 0..net.subnets.len() {
        let _ = writeln!(out, "  oifname \"br{ix}\" jump in{ix}");
    }
    out.push_str(" }\n");
    for (ix, subnet) in net.subnets.iter().enumerate() {
        let rules = subnet.acl.and_then(|acl| net.acls.get(&acl));
        for (name, side, rules) in
            [("in", "saddr", rules.map(|(inbound, _)| inbound)), ("out", "daddr", rules.map(|(_, outbound)| outbound))]
        {
            let _ = writeln!(out, " chain {name}{ix} {{");
            for rule in rules.into_iter().flatten() {
                out.push_str(&acl_rule(rule, side));
            }
            out.push_str(if rules.is_some() { "  drop\n }\n" } else { "  return\n }\n" });
        }
    }
    out.push_str("}\n");
    out
}

fn acl_rule(rule: &AclRule, side: &str) -> String {
    let verdict = if rule.action == AclAction::Allow { "return" } else { "drop" };
    let block = rule.cidr.v4().unwrap();
    format!("  ip {side} {block} {}{verdict}\n", protocol_and_ports(rule.protocol, rule.ports))
}

fn protocol_and_ports(protocol: Protocol, ports: groundplan::net::PortRange) -> String {
    match protocol {
        Protocol::Tcp => format!("tcp dport {}-{} ", ports.from_port(), ports.to_port()),
        Protocol::Udp => format!("udp dport {}-{} ", ports.from_port(), ports.to_port()),
        _ => String::new(),
    }
}

/// An internet gateway: each public address is one private one, and nothing else passes.
fn one_to_one(net: &Network) -> String {
    let mut dnat = String::new();
    let mut snat = String::new();
    for interface in &net.interfaces {
        if let Some(public) = interface.public {
            let _ = writeln!(dnat, "  ip daddr {} dnat to {}", public.address, interface.private);
            let _ = writeln!(snat, "  ip saddr {} snat to {}", interface.private, public.address);
        }
    }
    format!(
        "table ip nat {{\n chain pre {{\n  type nat hook prerouting priority -100;\n{dnat} }}\n chain post {{\n  type nat hook postrouting priority 100;\n{snat} }}\n}}\n\
         table ip edge {{\n chain forward {{\n  type filter hook forward priority 0; policy drop;\n  ct status dnat accept\n  ct state established accept\n  iifname \"in0\" ip saddr {{ {} }} accept\n }}\n}}\n",
        holders(net)
    )
}

/// The private addresses that have a public one.
fn holders(net: &Network) -> String {
    let with = net.interfaces.iter().filter(|interface| interface.public.is_some());
    let list: Vec<String> = with.map(|interface| interface.private.to_string()).collect();
    if list.is_empty() { "255.255.255.255".to_owned() } else { list.join(", ") }
}

/// A NAT gateway: forwards under its own address, takes nothing unsolicited, and passes on no answer to what it did not see begin.
fn masquerade(interface: &Interface) -> String {
    format!(
        "table ip nat {{\n chain post {{\n  type nat hook postrouting priority 100;\n  ip saddr != {} masquerade\n }}\n}}\n\
         table ip own {{\n chain input {{\n  type filter hook input priority 0; policy drop;\n  ct state established accept\n }}\n \
         chain forward {{\n  type filter hook forward priority 0;\n  ct state invalid drop\n }}\n}}\n",
        interface.private
    )
}

/// The security groups of an interface: allow rules that add up, with memory.
fn groups(net: &Network, interface: &Interface) -> String {
    let (mut inbound, mut outbound) = (String::new(), String::new());
    for group in interface.groups.iter().flatten() {
        let Some((enter, leave)) = net.groups.get(group) else { continue };
        enter.iter().for_each(|rule| inbound.push_str(&group_rule(net, rule, "saddr")));
        leave.iter().for_each(|rule| outbound.push_str(&group_rule(net, rule, "daddr")));
    }
    let chain = |hook: &str, rules: &str| {
        format!(
            " chain {hook} {{\n  type filter hook {hook} priority 0; policy drop;\n  ct state established,related accept\n{rules} }}\n"
        )
    };
    format!("table inet groups {{\n{}{}}}\n", chain("input", &inbound), chain("output", &outbound))
}

fn group_rule(net: &Network, rule: &GroupRule, side: &str) -> String {
    let what = protocol_and_ports(rule.protocol, rule.ports);
    let mut out = String::new();
    if let Some(block) = rule.cidr.and_then(|cidr| cidr.v4()) {
        let _ = writeln!(out, "  ip {side} {block} {what}accept");
    }
    if let Some(group) = rule.group {
        let members = net.interfaces.iter().filter(|other| other.groups.as_ref().is_some_and(|of| of.contains(&group)));
        for member in members {
            let _ = writeln!(out, "  ip {side} {} {what}accept", member.private);
        }
    }
    out
}
