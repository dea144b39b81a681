//! Every rule on designs broken at random: no panic, and no fix that is refused, breaks the design or leaves its finding.

use proptest::prelude::*;

use super::testing::scaled;
use super::{Offers, Rule, check, list};
use crate::catalog::kinds::{
    Certificate, HostedZone, IamGroup, IamPolicy, IamRole, IamUser, InstanceProfile, Listener, LoadBalancer,
    MachineImage, NetworkAcl, RecordSet, RouteTable, Snapshot, TargetGroup, Volume, Vpc,
};
use crate::catalog::{Body, Kind, Value};
use crate::design::{Design, Edit, broken_invariants};

/// What a property may be overwritten with; most of it is refused by most fields, and the rest breaks something.
const TEXTS: [&str; 28] = [
    "",
    "a",
    "b",
    "z",
    "tcp",
    "-1",
    "allow",
    "deny",
    "22",
    "all",
    "1024-65535",
    "10.0.0.0/8",
    "10.0.0.0/16",
    "10.0.1.0/24",
    "10.0.1.0/29",
    "0.0.0.0/0",
    "::/0",
    "8.8.0.0/16",
    "10.0.1.1",
    "10.0.1.4",
    "ap-northeast-1",
    "us-east-1",
    "example.com",
    "private",
    "requirements",
    "StepScaling",
    "AdministratorAccess",
    r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
];
const NUMBERS: [i64; 8] = [0, 1, 80, 100, 443, 32766, 32767, 65535];

/// The sound network with one of everything that it lacks.
fn everything() -> Design {
    let mut sketch = scaled();
    let subnets = vec![sketch.id("public-a"), sketch.id("public-c")];
    sketch.add("vpc", "acl", NetworkAcl::default());
    sketch.add("vpc", "spare-rt", RouteTable::default());
    sketch.add("vpc", "nlb", LoadBalancer { subnets, ..LoadBalancer::default() });
    sketch.add("nlb", "tcp", Listener::default());
    sketch.add("vpc", "targets", TargetGroup::default());
    sketch.add("region", "zone", HostedZone::default());
    sketch.add("zone", "record", RecordSet::default());
    sketch.add("region", "certificate", Certificate::default());
    sketch.add("region", "other", Vpc::default());
    let instance = Some(sketch.id("app"));
    sketch.add("zone-c", "disk", Volume { instance, ..Volume::default() });
    sketch.add("region", "image", MachineImage::default());
    sketch.add("region", "snapshot", Snapshot::default());
    let policy = sketch.add("region", "policy", IamPolicy::default());
    sketch.add("region", "role", IamRole { policies: vec![policy], ..IamRole::default() });
    sketch.add("region", "profile", InstanceProfile::default());
    sketch.add("region", "group", IamGroup::default());
    sketch.add("region", "user", IamUser { console_access: true, ..IamUser::default() });
    sketch.design().clone()
}

/// The value with its `at`-th leaf (counted round) overwritten.
fn overwritten(value: &Value, design: &Design, at: u16) -> Value {
    let pick = usize::from(at / 3);
    match value {
        Value::List(items) if !items.is_empty() && !at.is_multiple_of(4) => {
            let mut items = items.clone();
            let row = pick % items.len();
            items[row] = overwritten(&items[row], design, at / 2);
            Value::List(items)
        }
        Value::List(items) if at.is_multiple_of(8) => Value::List(items.iter().chain(items).cloned().collect()),
        Value::List(items) => {
            Value::List(items.iter().cloned().chain([overwritten(&Value::None, design, at)]).collect())
        }
        Value::Record(cells) => {
            let mut cells = cells.clone();
            let (id, cell) = cells.iter().nth(pick % cells.len()).unwrap();
            let (id, cell) = (id.clone(), overwritten(cell, design, at / 2));
            cells.insert(id, cell);
            Value::Record(cells)
        }
        Value::Bool(on) => Value::Bool(!on),
        Value::Int(_) => Value::Int(NUMBERS[pick % NUMBERS.len()]),
        Value::Ref(_) | Value::None if !at.is_multiple_of(3) => {
            design.nodes().nth(pick % design.len()).map_or(Value::None, |(id, _)| Value::Ref(id))
        }
        _ => TEXTS[pick % TEXTS.len()].into(),
    }
}

/// Makes one random edit; one that the design refuses changes nothing.
fn disturb(design: &mut Design, (kind, node, field, with): (u8, u16, u16, u16)) {
    let Some((id, held)) = design.nodes().nth(usize::from(node) % design.len().max(1)) else { return };
    let fields = held.kind().fields();
    let edit = match kind % 10 {
        0 if node.is_multiple_of(4) => Edit::Remove(id),
        1 => {
            let parent = design.nodes().nth(usize::from(with) % design.len()).map(|(parent, _)| parent);
            Edit::Place { id, parent, rect: held.rect }
        }
        2 => {
            let body: Body = Kind::ALL[usize::from(with) % Kind::ALL.len()].new_body();
            let twin = crate::design::Node { body, ..held.clone() };
            Edit::add(design.next_id(), crate::design::Node { parent: Some(id), ..twin })
        }
        _ if fields.is_empty() => return,
        _ => {
            let field = fields[usize::from(field) % fields.len()].id;
            let old = held.body.value(field).unwrap();
            Edit::set(id, field, overwritten(&old, design, with))
        }
    };
    let _ = design.apply(&edit);
}

/// Tries every fix of every finding.
fn sweep(design: &Design) -> Result<(), TestCaseError> {
    let offers = Offers::new(design);
    for finding in check(design) {
        // What is proposed is offered only where it mends this very design.
        let Some(fix) = offers.mending(&finding) else { continue };
        let mut mended = design.clone();
        let made = mended.apply_all(&fix.edits);
        prop_assert!(made.is_ok(), "the fix of {} is refused: {made:?}", finding.rule);
        prop_assert_eq!(broken_invariants(&mended), Vec::<String>::new());
        let place = |found: &&super::Finding| (found.rule, found.node) == (finding.rule, finding.node);
        let (before, after) = (check(design), check(&mended));
        let still = after.iter().filter(place).any(|found| found.message == finding.message);
        // Of three rows alike the fix takes one, and the next moves up and is told of in the same words.
        let fewer = after.iter().filter(place).count() < before.iter().filter(place).count();
        prop_assert!(!still || fewer, "the fix of {} mends nothing: {}", finding.rule, finding.message);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rules_hold_on_broken_designs(steps in prop::collection::vec(any::<(u8, u16, u16, u16)>(), 0..40)) {
        let mut design = everything();
        for step in steps {
            disturb(&mut design, step);
        }
        sweep(&design)?;
    }
}

#[test]
fn every_rule_speaks_both_languages_and_names_its_source() {
    let mut ids = std::collections::BTreeSet::new();
    for Rule { id, title, why, source, .. } in list::ALL.iter() {
        assert!(ids.insert(id), "{id} twice");
        assert!(
            !title.ko.is_empty() && !title.en.is_empty() && !why.ko.is_empty() && !why.en.is_empty(),
            "{id} lacks words"
        );
        assert!(source.starts_with("https://docs.aws.amazon.com/"), "{id} names no AWS page");
    }
}
