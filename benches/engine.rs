//! How long the engine takes for what an editor does all the time: `cargo bench` prints the figures.

#![allow(missing_docs, reason = "criterion's macro writes a public function")]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use groundplan::catalog::Kind;
use groundplan::cloudformation::evaluate::Scope;
use groundplan::cloudformation::export;
use groundplan::design::{Design, Edit, Session};
use groundplan::id::NodeId;
use groundplan::template::{source, to_yaml};
use groundplan::{file, rules, samples};

/// Something to move in the middle of a design.
fn someone(design: &Design) -> NodeId {
    let instances = design.nodes().filter(|(_, node)| node.kind() == Kind::Instance).map(|(id, _)| id);
    let ids: Vec<NodeId> = instances.collect();
    ids.get(ids.len() / 2).copied().unwrap_or(NodeId(1))
}

fn moved(design: &Design, id: NodeId, by: f64) -> Option<Edit> {
    let node = design.node(id)?;
    let mut rect = node.rect;
    rect.x += by;
    Some(Edit::Place { id, parent: node.parent, rect })
}

fn check(c: &mut Criterion) {
    let design = samples::large(2_000);
    // The house asks for less than 20 ms.
    c.bench_function("check 2,000 nodes", |b| b.iter(|| rules::check(black_box(&design))));
}

fn edit(c: &mut Criterion) {
    let design = samples::large(5_000);
    let id = someone(&design);
    let edits: Vec<Edit> = moved(&design, id, 8.0).into_iter().collect();
    let back: Vec<Edit> = moved(&design, id, 0.0).into_iter().collect();
    let mut session = Session::new(design);
    c.bench_function("move there and back at 5,000 nodes", |b| {
        b.iter(|| session.edit(black_box(&edits)).and_then(|_| session.edit(black_box(&back))));
    });
    c.bench_function("undo and redo a move at 5,000 nodes", |b| {
        b.iter(|| (session.undo(), session.redo()));
    });
    let design = samples::large(5_000);
    c.bench_function("remove and undo at 5,000 nodes", |b| {
        b.iter_batched(
            || Session::new(design.clone()),
            |mut session| {
                let removed = session.edit(&[Edit::Remove(id)]);
                session.undo();
                removed
            },
            BatchSize::SmallInput,
        );
    });
}

fn files(c: &mut Criterion) {
    let design = samples::large(2_000);
    let saved = file::save(&design);
    c.bench_function("save 2,000 nodes", |b| b.iter(|| file::save(black_box(&design))));
    c.bench_function("open 2,000 nodes", |b| b.iter(|| file::open(black_box(&saved))));
    c.bench_function("export 2,000 nodes", |b| b.iter(|| export(black_box(&design))));
}

fn templates(c: &mut Criterion) {
    let mut template = export(&samples::large(2_000)).template;
    if let Some(resources) = template.get_mut("Resources").and_then(serde_json::Value::as_object_mut) {
        *resources = std::mem::take(resources).into_iter().take(500).collect();
    }
    let text = to_yaml(&template);
    // The house asks for less than 30 ms.
    c.bench_function("read and evaluate a template of 500 resources", |b| {
        b.iter(|| {
            let source = source::parse(black_box(&text)).ok()?;
            let scope = Scope::new(&source.template, &BTreeMap::new());
            let resources = scope.resources();
            let values = resources.iter().flat_map(|one| one.json.values());
            Some(values.map(|json| scope.evaluate(json)).collect::<Vec<_>>())
        });
    });
}

criterion_group!(engine, check, edit, files, templates);
criterion_main!(engine);
