//! Whatever the pointer does: nothing breaks, the scene follows, and undoing everything brings the beginning back.

use proptest::prelude::*;

use super::script::stage;
use crate::catalog::Kind;
use crate::interact::{Button, Key, Modifiers, PointerKind, PointerType, Tool};

#[derive(Clone, Debug)]
enum Act {
    Pointer(PointerKind, f64, f64, Button, u8),
    Key(Key, bool),
    Tool(Tool),
    Hold(Modifiers),
    Finger(i32, PointerType),
    Undo,
}

fn act() -> impl Strategy<Value = Act> {
    use PointerKind::{Cancel, Down, Leave, Move, Up, Wheel};
    // The camera starts at the origin, so most of these points are on the stage.
    let place = (-50.0..1_100.0_f64, -50.0..800.0_f64);
    let kind = prop_oneof![
        5 => Just(Down), 10 => Just(Move), 5 => Just(Up), 1 => Just(Cancel), 1 => Just(Leave),
        1 => (-90.0..90.0_f64, -90.0..90.0_f64).prop_map(|(dx, dy)| Wheel { dx, dy }),
    ];
    let button = prop_oneof![12 => Just(Button::Main), 1 => Just(Button::Middle), 1 => Just(Button::Second)];
    let key = prop::sample::select(vec![Key::Escape, Key::Delete, Key::Left, Key::Right, Key::Up, Key::Down]);
    let tool = prop_oneof![
        4 => Just(Tool::Select), 1 => Just(Tool::Pan), 2 => Just(Tool::Connect),
        3 => prop::sample::select(Kind::ALL.to_vec()).prop_map(Tool::Place),
    ];
    let held =
        any::<(bool, bool, bool)>().prop_map(|(shift, ctrl, alt)| Modifiers { shift, ctrl, alt, space: shift && alt });
    prop_oneof![
        40 => (place, kind, button, 1..3_u8).prop_map(|((x, y), kind, button, n)| Act::Pointer(kind, x, y, button, n)),
        3 => (key, any::<bool>()).prop_map(|(key, repeat)| Act::Key(key, repeat)),
        4 => tool.prop_map(Act::Tool),
        3 => held.prop_map(Act::Hold),
        2 => (1..3, prop_oneof![Just(PointerType::Mouse), Just(PointerType::Touch)]).prop_map(|(id, of)| Act::Finger(id, of)),
        1 => Just(Act::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_events_keep_the_invariants_and_can_be_undone(acts in prop::collection::vec(act(), 1..60)) {
        let mut script = stage().script;
        let before = script.design().clone();
        for act in acts {
            match act {
                Act::Pointer(kind, x, y, button, clicks) => drop(script.event(kind, x, y, button, clicks)),
                Act::Key(key, repeat) => drop(script.key_held(key, repeat)),
                Act::Tool(tool) => drop(script.tool(tool)),
                Act::Hold(modifiers) => drop(script.hold(modifiers)),
                Act::Finger(id, of) => (script.finger, script.pointer_type) = (id, of),
                Act::Undo => if !script.editor.is_busy() { script.undo(); },
            }
        }
        script.key(Key::Escape);
        prop_assert!(!script.editor.is_busy());
        while script.undo() {}
        prop_assert_eq!(script.design(), &before);
    }
}
