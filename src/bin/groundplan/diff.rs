//! `diff`: what an edit means: resources that came, went or changed, and pairs that opened or closed.

use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use groundplan::derived::Derived;
use groundplan::file::Opened;
use groundplan::message;
use groundplan::reach::{End, Network, Refer, Side, Traffic, difference};
use groundplan::text::{Lang, Message};
use serde::Serialize;
use serde_json::json;

use super::changes::Resources;
use super::input::Source;
use super::{Answer, change_picture, complain, pretty};

/// How differences are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// Traffic of one protocol between two ends that can connect now or no longer can.
#[derive(Serialize)]
struct Pair {
    change: &'static str,
    from: String,
    to: String,
    protocol: String,
    ports: Vec<String>,
}

/// Compares two designs.
pub fn run([old, new]: [Source<'_>; 2], format: Format, picture: Option<&Path>, lang: Lang) -> Result<Answer, Message> {
    let (old, new) = (old.read()?, new.read()?);
    old.notes.iter().chain(&new.notes).for_each(|note| complain(note.get(lang)));
    if let Some(output) = picture {
        change_picture::write(&old, &new, output, lang)?;
    }
    let pairs = pairs(&old, &new);
    let resources = Resources::of(&old, &new, lang);
    Ok(Answer::fine(match format {
        Format::Json => pretty(&json!({
            "added": resources.added, "removed": resources.removed, "changed": resources.changed, "pairs": pairs
        })),
        Format::Text => format!("{}{}", resources.text(lang), text(&pairs, lang)),
    }))
}

fn pairs(old: &Opened, new: &Opened) -> Vec<Pair> {
    let both = [old, new].map(|of| Derived::new(of.design.clone()));
    let ([old_net, new_net], [old_pairs, new_pairs]) =
        (both.each_ref().map(Derived::network), both.each_ref().map(Derived::pairs));
    let refers = [old, new].map(|of| Refer::new(&of.design, &of.aliases));
    let [old_refer, new_refer] = &refers;
    let shown = |end: End| match end {
        End::Internet => "internet".to_owned(),
        End::Service { old, new } => {
            new.map(|id| new_refer.id(id)).or_else(|| old.map(|id| old_refer.id(id))).unwrap_or_default().to_owned()
        }
        End::Resource { old, new, interface } => {
            let id = new.map(|id| new_refer.id(id)).or_else(|| old.map(|id| old_refer.id(id))).unwrap_or_default();
            let several = |net: &Network, id| net.interfaces_of(id).len() > 1;
            let several = new.is_some_and(|id| several(new_net, id)) || old.is_some_and(|id| several(old_net, id));
            if several { format!("{id}/{interface}") } else { id.to_owned() }
        }
    };
    let changes = difference(
        Side { design: &old.design, net: old_net, pairs: old_pairs },
        Side { design: &new.design, net: new_net, pairs: new_pairs },
    );
    let mut pairs = Vec::new();
    for change in changes {
        let (from, to) = (shown(change.from), shown(change.to));
        let pair = |change: &'static str, traffic: Traffic| Pair {
            change,
            from: from.clone(),
            to: to.clone(),
            protocol: traffic.protocol,
            ports: traffic.ports.iter().map(ToString::to_string).collect(),
        };
        pairs.extend(change.opened.into_iter().map(|traffic| pair("opened", traffic)));
        pairs.extend(change.closed.into_iter().map(|traffic| pair("closed", traffic)));
    }
    pairs
}

fn text(pairs: &[Pair], lang: Lang) -> String {
    let mut text = String::new();
    // Writing into a string does not fail.
    for Pair { change, from, to, protocol, ports } in pairs {
        let sign = if *change == "opened" { '+' } else { '-' };
        writeln!(text, "{sign} {from} -> {to}\t{protocol} {}", ports.join(" ")).ok();
    }
    let count = |change| pairs.iter().filter(|pair| pair.change == change).count();
    let (opened, closed) = (count("opened"), count("closed"));
    let sum = message!("열린 연결 {opened}개, 닫힌 연결 {closed}개", "pairs opened: {opened}, closed: {closed}");
    writeln!(text, "{}", sum.get(lang)).ok();
    text
}
