//! The page `#bench-reach`: reachability at the size of a large account, measured in the browser, as figures on the page.

use std::fmt::Write;

use groundplan::catalog::FieldValue;
use groundplan::catalog::kinds::{AclRule, GroupRule, NetworkAcl, SecurityGroup};
use groundplan::design::{Design, Edit};
use groundplan::id_of;
use groundplan::reach::{Exposures, Network, Pairs, Reach};
use groundplan::samples;

use crate::app::browser::{document, window};

/// How often each is measured.
const RUNS: usize = 15;

/// Milliseconds since the page was opened.
fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Bytes of the program's memory.
fn memory() -> f64 {
    let buffer = js_sys::Reflect::get(&wasm_bindgen::memory(), &"buffer".into());
    let length = buffer.and_then(|buffer| js_sys::Reflect::get(&buffer, &"byteLength".into()));
    length.ok().and_then(|length| length.as_f64()).unwrap_or_default()
}

/// Measures `work` on what `prepare` makes, which is not counted: the median, the least and the most of all runs.
fn measured<T, R>(mut prepare: impl FnMut() -> T, mut work: impl FnMut(&mut T) -> R) -> String {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let mut ready = prepare();
            let before = now();
            // What is made is dropped only after the clock is read.
            let made = work(&mut ready);
            let took = now() - before;
            drop(made);
            took
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let of = |at: usize| times.get(at).copied().unwrap_or_default();
    format!("{:.1} ms ({:.1} to {:.1} in {RUNS} runs)", of(RUNS / 2), of(0), of(RUNS - 1))
}

/// Measures, and writes the figures on the page.
pub fn run() {
    let page = document().create_element("pre").ok();
    if let (Some(page), Some(body)) = (&page, document().body()) {
        page.set_id("bench-reach");
        body.append_child(page).ok();
    }
    let text = figures();
    if let Some(page) = page {
        page.set_text_content(Some(&text));
        page.set_attribute("data-done", "true").ok();
    }
}

fn figures() -> String {
    let design = samples::account();
    let net = Network::lower(&design);
    let before = memory();
    let pairs = Pairs::new(&net);
    let grown = (memory() - before) / f64::from(1 << 20);
    let (interfaces, classes) = (net.interfaces.len(), pairs.classes.classes.len());
    let mut text = String::new();
    let mut line = |what: &str, figure: &str| {
        // Writing to a string cannot fail.
        _ = writeln!(text, "{what}: {figure}");
    };
    line("interfaces, classes", &format!("{interfaces}, {classes}"));
    line("memory that all pairs took", &format!("{grown:.1} MiB"));
    line("lower", &measured(|| (), |()| Network::lower(&design)));
    line("all pairs", &measured(|| (), |()| Pairs::new(&net)));
    line("lower and all pairs", &measured(|| (), |()| Reach::new(&design)));
    line("what the internet reaches", &measured(|| (), |()| Exposures::new(&design, &net, &pairs)));
    let reach = Reach::new(&design);
    for (what, edit) in edits(&design) {
        let mut after = design.clone();
        let Ok(diff) = after.apply(&edit) else { continue };
        line(&format!("after an edit of {what}"), &measured(|| reach.clone(), |reach| reach.follow(&after, &diff)));
    }
    text
}

/// Edits as people make them, one rule each.
fn edits(design: &Design) -> Vec<(&'static str, Edit)> {
    let mut edits = Vec::new();
    if let Some((id, _, group)) = design.all::<SecurityGroup>().next() {
        for (what, block) in [("a group's rule", "10.0.7.0/24"), ("a group's rule that parts a subnet", "10.0.7.0/25")]
        {
            let Ok(block) = block.parse() else { continue };
            let mut rules = group.inbound.clone();
            rules.push(GroupRule::tcp(22, block));
            edits.push((what, Edit::set(id, id_of!(SecurityGroup.inbound), rules.to_value())));
        }
    }
    if let Some((id, _, acl)) = design.all::<NetworkAcl>().next() {
        let mut rules = acl.inbound.clone();
        let number = 50;
        rules.extend("22".parse().ok().map(|ports| AclRule { number, ports, ..AclRule::default() }));
        edits.push(("an ACL's rule", Edit::set(id, id_of!(NetworkAcl.inbound), rules.to_value())));
    }
    edits
}
