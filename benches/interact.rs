//! What the canvas costs the engine at 5,000 nodes: `cargo bench --bench interact`.

#![allow(missing_docs, reason = "criterion's macro writes a public function")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use groundplan::catalog::Kind;
use groundplan::design::{Design, Edit, Point, Rect, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Editor, Pointer, PointerKind, Scene};
use groundplan::layout::Sketch;

/// VPCs of some 300 nodes side by side: a zone, subnets in it, instances in those.
fn estate(nodes: usize) -> (Design, NodeId, NodeId) {
    let mut sketch = Sketch::new();
    let (mut vpcs, mut instance) = (Vec::new(), NodeId(0));
    while sketch.design().len() < nodes {
        let x = vpcs.len() as f64 * 1_700.0;
        let vpc = sketch.add_at(None, "vpc", Kind::Vpc.new_body(), Rect::new(x, 0.0, 1_600.0, 4_300.0));
        let zone = Rect::new(16.0, 48.0, 1_500.0, 4_200.0);
        let zone = sketch.add_at(Some(vpc), "zone", Kind::Zone.new_body(), zone);
        for row in 0..27 {
            let place = Rect::new(16.0, 48.0 + f64::from(row) * 150.0, 1_400.0, 140.0);
            let subnet = sketch.add_at(Some(zone), "subnet", Kind::Subnet.new_body(), place);
            for column in 0..10 {
                let place = Rect::new(16.0 + f64::from(column) * 120.0, 48.0, 96.0, 72.0);
                instance = sketch.add_at(Some(subnet), "web", Kind::Instance.new_body(), place);
            }
        }
        vpcs.push(vpc);
    }
    (sketch.finish(), vpcs.first().copied().unwrap_or(NodeId(0)), instance)
}

fn interact(c: &mut Criterion) {
    let (design, vpc, instance) = estate(5_000);
    let mut group = c.benchmark_group("interact, 5,000 nodes");
    group.sample_size(20);
    group.bench_function("scene from scratch", |b| b.iter(|| Scene::new(&design)));

    let scene = Scene::new(&design);
    let mut n = 0_u32;
    group.bench_function("hit", |b| {
        b.iter(|| {
            n = n.wrapping_add(7_919);
            black_box(scene.hit(Point::new(f64::from(n % 28_000), f64::from(n % 4_300)), 1.0))
        });
    });

    for (what, id) in [("a VPC of 300", vpc), ("an instance", instance)] {
        let mut session = Session::new(design.clone());
        let mut editor = Editor::new(&design);
        let rect = editor.scene.rect(id).unwrap_or_default();
        let at = Point::new(rect.x + 20.0, rect.y + 10.0);
        let mut play = |kind, x, y| editor.pointer(Pointer::new(kind, at + Point::new(x, y)), &mut session);
        group.bench_function(format!("press, first step and Escape, {what}"), |b| {
            b.iter(|| {
                play(PointerKind::Down, 0.0, 0.0);
                play(PointerKind::Move, 10.0, 0.0);
                play(PointerKind::Cancel, 10.0, 0.0)
            });
        });
        play(PointerKind::Down, 0.0, 0.0);
        let mut n = 0_u32;
        group.bench_function(format!("step of a drag, {what}"), |b| {
            b.iter(|| {
                n += 1;
                play(PointerKind::Move, 10.0 + f64::from(n % 64) / 4.0, f64::from(n % 16))
            });
        });
    }

    let (mut design, mut scene) = (design.clone(), scene);
    let mut by = 8.0;
    group.bench_function("moving a VPC of 300 outside a drag", |b| {
        b.iter(|| {
            by = -by;
            let rect = design.node(vpc).map(|node| node.rect).unwrap_or_default().shifted(Point::new(by, 0.0));
            if let Ok(diff) = design.apply(&Edit::Place { id: vpc, parent: None, rect }) {
                scene.apply(&design, &diff);
            }
        });
    });
    group.finish();
}

criterion_group!(benches, interact);
criterion_main!(benches);
