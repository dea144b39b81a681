//! The Linux kernel as a second opinion: random designs become network namespaces, real packets are sent, and every verdict is compared with `trace`.
//!
//! One namespace per interface, bridges for subnets and policy routing for route tables in a router per VPC, an internet gateway that is one-to-one
//! NAT, NAT gateways that masquerade, security groups as stateful and ACLs as stateless nftables rules. Packets go only between addresses of these
//! namespaces. The test needs root, `ip` and `nft`; where they are missing it says so, and in CI that is a failure.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on, and says what it skips")]

mod design;
mod hosts;

use std::io::Write as _;
use std::process::Command;

use groundplan::design::Design;
use groundplan::reach::{Endpoint, Network, Question, Trace, trace};

use design::{PORTS, generated};
use hosts::{Lab, Probe, SOMEBODY};

/// Networks to try; each takes about a second and a half.
const DESIGNS: u64 = 12;

/// What stands in the way of running here, if anything.
fn obstacle() -> Option<String> {
    let works =
        |program: &str, args: &[&str]| Command::new(program).args(args).output().is_ok_and(|out| out.status.success());
    if !works("nft", &["--version"]) {
        return Some("nft is missing (package nftables)".to_owned());
    }
    let name = format!("gp-try-{}", std::process::id());
    if !works("ip", &["netns", "add", &name]) {
        return Some("network namespaces cannot be made here (root and `ip` are needed)".to_owned());
    }
    let filters = works("ip", &["netns", "exec", &name, "nft", "add", "table", "inet", "try"]);
    works("ip", &["netns", "del", &name]);
    (!filters).then(|| "nftables does not work in a namespace here".to_owned())
}

#[test]
fn the_kernel_agrees_with_trace() {
    if let Some(why) = obstacle() {
        assert!(std::env::var_os("CI").is_none(), "the kernel cannot be asked: {why}");
        // Written past the test runner, which keeps the output of tests that pass to itself.
        writeln!(std::io::stderr(), "SKIPPED: the kernel is not asked, because {why}").ok();
        return;
    }
    let (mut asked, mut open) = (0, 0);
    for seed in 0..DESIGNS {
        let design = generated(seed);
        let net = Network::lower(&design);
        let mut lab = Lab::build(&net, seed);
        let questions = questions(&net);
        let expected: Vec<Trace> = questions.iter().map(|question| asked_of_trace(&design, &net, question)).collect();
        let mut answers = lab.ask(&questions);
        // Silence may be a packet that came late on a busy machine: what should have got through is asked again.
        for _ in 0..2 {
            let late: Vec<usize> =
                (0..questions.len()).filter(|ix| expected[*ix].reachable() && !answers[*ix]).collect();
            let again: Vec<Probe> = late.iter().map(|ix| questions[*ix]).collect();
            for (ix, answer) in late.iter().zip(lab.ask(&again)) {
                answers[*ix] = answer;
            }
        }
        for ((question, kernel), answer) in questions.iter().zip(answers).zip(expected) {
            asked += 1;
            open += u32::from(kernel);
            assert_eq!(
                kernel,
                answer.reachable(),
                "design {seed}, {question:?}: the kernel says {kernel}; trace notes {:#?}\n{}",
                [answer.forward.blockers, answer.reply.blockers],
                told(&design)
            );
        }
    }
    // A test in which everything is closed, or everything open, would agree about nothing.
    assert!(open * 20 > asked && open * 20 < asked * 19, "{open} of {asked} probes got through");
    writeln!(std::io::stderr(), "the kernel agrees on {asked} probes, {open} of them open").ok();
}

fn asked_of_trace(design: &Design, net: &Network, probe: &Probe) -> Trace {
    let Probe { from, to, protocol, port, .. } = *probe;
    trace(design, net, Question { from, to, protocol, port: Some(port), source_port: None }).unwrap()
}

/// A design as its saved text, which shows what differs from the defaults.
fn told(design: &Design) -> String {
    groundplan::file::save(design)
}

/// Every pair of instances and the internet, on every probe port.
fn questions(net: &Network) -> Vec<Probe> {
    use groundplan::net::Protocol;
    use groundplan::reach::network::Owner;
    let instances: Vec<_> =
        net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner == Owner::Instance).collect();
    let mut all = Vec::new();
    let mut every_port = |from: Endpoint, at: Option<usize>, to: Endpoint, address| {
        for port in PORTS {
            all.push(Probe { from, at, to, address, protocol: Protocol::Tcp, port });
        }
        all.push(Probe { from, at, to, address, protocol: Protocol::Udp, port: 80 });
    };
    for (ix, from) in &instances {
        for (other, to) in &instances {
            if ix != other {
                every_port(Endpoint::Node(from.node), Some(*ix), Endpoint::Address(to.private), to.private);
            }
        }
        every_port(Endpoint::Node(from.node), Some(*ix), Endpoint::Internet, SOMEBODY);
        if let Some(public) = from.public {
            every_port(Endpoint::Internet, None, Endpoint::Address(public.address), public.address);
        }
    }
    all
}
