//! The browser's events as the editor's.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use groundplan::design::Point;
use groundplan::interact::{Button, Key, Modifiers, Pointer, PointerKind, PointerType};
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, ResizeObserver, WheelEvent};

use super::stage::Canvas;
use crate::app::browser::{Listener, Timer, document, window};

/// Milliseconds within which presses at one place count as one, two, three.
const DOUBLE: f64 = 400.0;
/// How far apart those presses may be, in pixels.
const STRAY: f64 = 5.0;
/// Milliseconds until a finger that stays asks for the menu.
const LONG: u32 = 500;
/// How far it may stray meanwhile, in pixels.
const FINGER_STRAYS: f64 = 8.0;
/// Pixels to a line, where the wheel counts lines.
const LINE: f64 = 24.0;

/// What the listeners remember.
#[derive(Default)]
struct Memory {
    /// Whether the space bar is held.
    space: Cell<bool>,
    /// Where a finger stays, and what happens if it stays long.
    held: RefCell<Option<(Point, Timer)>>,
    /// The last press: when, where, how many.
    press: Cell<(f64, Point, u8)>,
}

/// Listens to everything the canvas answers, until the listeners are dropped.
pub fn listen(root: &HtmlElement, canvas: &Canvas) -> Vec<Listener> {
    let memory = Rc::new(Memory::default());
    let surface = canvas.surface();
    let mut listeners = Vec::new();
    for (name, kind) in [
        ("pointerdown", PointerKind::Down),
        ("pointermove", PointerKind::Move),
        ("pointerup", PointerKind::Up),
        ("pointercancel", PointerKind::Cancel),
        ("pointerleave", PointerKind::Leave),
    ] {
        let (canvas, memory, root, surface) = (canvas.clone(), memory.clone(), root.clone(), surface.clone());
        let target = surface.clone();
        listeners.push(Listener::of::<PointerEvent>(&target, name, move |event| {
            if kind == PointerKind::Down {
                // A press on the canvas focuses it, and a middle press would scroll.
                root.focus().ok();
                surface.set_pointer_capture(event.pointer_id()).ok();
                event.prevent_default();
                hold(&event, &root, &memory, &canvas);
            } else if is_no_stay(kind, place(&event, &root), &memory) {
                memory.held.take();
            }
            canvas.pointer(translated(&event, kind, &root, &memory));
        }));
    }
    listeners.push({
        let (canvas, memory, root) = (canvas.clone(), memory.clone(), root.clone());
        Listener::of::<WheelEvent>(&surface, "wheel", move |event| {
            event.prevent_default();
            let scale = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { LINE } else { 1.0 };
            let kind = PointerKind::Wheel { dx: event.delta_x() * scale, dy: event.delta_y() * scale };
            let mut pointer = Pointer::new(kind, place(&event, &root));
            pointer.modifiers = modifiers(&event, &memory);
            canvas.pointer(pointer);
        })
    });
    listeners.push({
        let (canvas, memory, root) = (canvas.clone(), memory.clone(), root.clone());
        Listener::of::<KeyboardEvent>(&document(), "keydown", move |event| {
            let active = document().active_element();
            let here = active.as_ref().is_some_and(|active| root.contains(Some(active)));
            if event.default_prevented() || event.is_composing() || !here {
                return;
            }
            if event.code() == "Space" {
                if !memory.space.replace(true) {
                    canvas.step(|editor, session| editor.hold_space(true, session));
                }
                event.prevent_default();
            } else if let Some(key) = key(&event) {
                event.prevent_default();
                let ctrl = event.ctrl_key() || event.meta_key();
                let held = Modifiers { shift: event.shift_key(), ctrl, ..Modifiers::default() };
                canvas.step(|editor, session| editor.key(key, held, event.repeat(), session));
            }
        })
    });
    listeners.push({
        let (memory, canvas) = (memory.clone(), canvas.clone());
        Listener::of::<KeyboardEvent>(&document(), "keyup", move |event| {
            if event.code() == "Space" {
                release_space(&memory, &canvas);
            }
        })
    });
    // A window that loses the keyboard hears no release.
    let canvas = canvas.clone();
    listeners.push(Listener::new(&window(), "blur", move |_: Event| release_space(&memory, &canvas)));
    listeners
}

/// Whether a finger does not stay where it touched.
fn is_no_stay(kind: PointerKind, at: Point, memory: &Memory) -> bool {
    let strays = |from: Point| (at.x - from.x).hypot(at.y - from.y) > FINGER_STRAYS;
    kind != PointerKind::Move || memory.held.borrow().as_ref().is_some_and(|(from, _)| strays(*from))
}

fn release_space(memory: &Memory, canvas: &Canvas) {
    if memory.space.replace(false) {
        canvas.step(|editor, session| editor.hold_space(false, session));
    }
}

/// A finger that stays where it touched asks for the menu there, as the right button does: some browsers say so themselves, others never.
fn hold(event: &PointerEvent, root: &HtmlElement, memory: &Rc<Memory>, canvas: &Canvas) {
    if event.pointer_type() != "touch" {
        return;
    }
    // Two fingers pinch.
    if memory.held.take().is_some() {
        return;
    }
    let (at, canvas, id) = (place(event, root), canvas.clone(), event.pointer_id());
    let window = (event.client_x(), event.client_y());
    let timer = Timer::after(LONG, move || {
        // The press itself is over: its release must not select anything else.
        let touch =
            Pointer { pointer_type: PointerType::Touch, pointer_id: id, ..Pointer::new(PointerKind::Cancel, at) };
        canvas.pointer(touch);
        canvas.pointer(Pointer { button: Button::Second, ..Pointer::new(PointerKind::Down, at) });
        canvas.menu(window);
    });
    memory.held.replace(Some((at, timer)));
}

/// A key of the canvas's own; others with Ctrl or Command are commands. Escape gives up whatever is held: a drag with Ctrl, Alt or Command, too.
fn key(event: &KeyboardEvent) -> Option<Key> {
    if event.key() == "Escape" {
        return Some(Key::Escape);
    }
    let arrow = event.key().starts_with("Arrow");
    if event.alt_key() || (event.ctrl_key() || event.meta_key()) && !arrow {
        return None;
    }
    match event.key().as_str() {
        "PageUp" => Some(Key::PageUp),
        "PageDown" => Some(Key::PageDown),
        "Delete" | "Backspace" => Some(Key::Delete),
        "ArrowLeft" => Some(Key::Left),
        "ArrowRight" => Some(Key::Right),
        "ArrowUp" => Some(Key::Up),
        "ArrowDown" => Some(Key::Down),
        _ => None,
    }
}

fn translated(event: &PointerEvent, kind: PointerKind, root: &HtmlElement, memory: &Memory) -> Pointer {
    let screen = place(event, root);
    let clicks = if kind == PointerKind::Down { presses(event.time_stamp(), screen, memory) } else { 1 };
    Pointer {
        kind,
        screen,
        button: match event.button() {
            1 => Button::Middle,
            2 => Button::Second,
            _ => Button::Main,
        },
        modifiers: modifiers(event, memory),
        clicks,
        pointer_type: match event.pointer_type().as_str() {
            "touch" => PointerType::Touch,
            "pen" => PointerType::Pen,
            _ => PointerType::Mouse,
        },
        pointer_id: event.pointer_id(),
    }
}

/// Counts presses in quick succession: a pointer event does not say.
fn presses(now: f64, at: Point, memory: &Memory) -> u8 {
    let (then, there, count) = memory.press.get();
    let again = now - then < DOUBLE && (at.x - there.x).abs() < STRAY && (at.y - there.y).abs() < STRAY;
    let count = if again { count.saturating_add(1) } else { 1 };
    memory.press.set((now, at, count));
    count
}

fn modifiers(event: &MouseEvent, memory: &Memory) -> Modifiers {
    Modifiers {
        shift: event.shift_key(),
        ctrl: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        space: memory.space.get(),
    }
}

/// Where an event is, from the canvas's top left corner.
pub fn place(event: &MouseEvent, root: &HtmlElement) -> Point {
    // The offset of an event on the surface would do, were the pointer never captured from elsewhere.
    let rect = root.unchecked_ref::<web_sys::Element>().get_bounding_client_rect();
    Point::new(f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top())
}

/// Watches how large the canvas is on the page, until it is dropped.
pub struct Resized {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl Resized {
    /// Watches.
    #[expect(clippy::expect_used, reason = "every browser that runs WebAssembly has resize observers")]
    pub fn watch(root: &HtmlElement, canvas: &Canvas) -> Self {
        let canvas = canvas.clone();
        let closure = Closure::<dyn FnMut()>::new(move || canvas.measure());
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).expect("a resize observer");
        observer.observe(root);
        Self { observer, _closure: closure }
    }
}

impl Drop for Resized {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
