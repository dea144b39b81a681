//! What is open on the page: panels, a dialog, toasts, the theme. None of it belongs to the document.

use std::rc::Rc;
use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::command::search::rank;
use groundplan::design::{Design, Point};
use groundplan::file::OpenError;
use groundplan::id::NodeId;
use groundplan::text::{Message, Text};
use leptos::prelude::*;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

use crate::app::browser::{Timer, document, prefs, window};

/// Milliseconds that a toast stays.
const TOAST_STAYS: u32 = 8_000;

/// The remembered height of the results, what it is at first, and its least, in pixels.
const DRAWER: &str = "drawer";
const DRAWER_HEIGHT: i32 = 320;
pub const DRAWER_LEAST: i32 = 120;
/// Pixels of the window that the results leave to the bar, the drawing and the status line.
const DRAWER_LEAVES: i32 = 240;

/// A length in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "windows are small")]
const fn whole(pixels: f64) -> i32 {
    pixels as i32
}

/// The panels around the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    Palette,
    Outline,
    Inspector,
    Lab,
    Problems,
    Tracer,
    Matrix,
    Pins,
    Template,
}

impl Panel {
    /// Where on the page it stands: a side that can be folded away.
    pub const fn side(self) -> Side {
        match self {
            Self::Palette | Self::Outline => Side::Left,
            Self::Inspector | Self::Lab => Side::Right,
            Self::Problems | Self::Tracer | Self::Matrix | Self::Pins | Self::Template => Side::Bottom,
        }
    }
}

/// A side of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
    Bottom,
}

impl Side {
    /// For attributes and remembered choices.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Bottom => "bottom",
        }
    }
}

/// How light the page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The next in the round.
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// One thing to pick.
#[derive(Clone)]
pub struct Pick {
    /// What it is called.
    pub label: Message,
    /// What stands beside it: a shortcut, a place.
    pub hint: Message,
    /// What it is found by beside that, and what is not shown.
    pub known: String,
    /// With the icon of a kind.
    pub kind: Option<Kind>,
    /// Stable name for tests.
    pub id: String,
    /// What it does.
    pub then: Rc<dyn Fn()>,
}

impl Pick {
    /// Something to pick with neither hint nor icon.
    pub fn new(id: impl Into<String>, label: impl Into<Message>, then: impl Fn() + 'static) -> Self {
        Self {
            label: label.into(),
            hint: Message::default(),
            known: String::new(),
            kind: None,
            id: id.into(),
            then: Rc::new(then),
        }
    }

    /// With something beside it.
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Found by these words too.
    pub fn known(mut self, words: String) -> Self {
        self.known = words;
        self
    }

    /// With a kind's icon.
    pub const fn kind(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// How well a folded query finds it; nothing where it does not.
    pub fn rank(&self, query: &str) -> Option<u8> {
        rank(query, &[&self.label.ko, &self.label.en], &[&self.hint.ko, &self.hint.en, &self.known])
    }
}

/// A dialog over the page.
#[derive(Clone)]
pub enum Dialog {
    Shortcuts,
    About,
    /// A yes-or-no question: what is asked, what yes is called, what yes does.
    Confirm {
        title: Text,
        body: Text,
        yes: Text,
        then: Rc<dyn Fn()>,
    },
    /// One of a list.
    Pick {
        title: Message,
        picks: Rc<Vec<Pick>>,
    },
    /// What can be done here, in a list beside the pointer.
    Menu {
        title: Message,
        /// In groups, with a line between them.
        groups: Rc<Vec<Vec<Pick>>>,
        /// Where in the window; without a pointer it stands where dialogs do.
        at: Option<(i32, i32)>,
    },
    /// Gives a node another name, where it is not named on the drawing itself.
    Rename(NodeId),
    /// A VPC and all that belongs to it.
    Vpc,
    /// Networks to begin with.
    Gallery,
    /// The designs of this browser.
    Designs,
    /// A design that was pasted as text, and where.
    Merge {
        design: Arc<Design>,
        notes: Arc<[Message]>,
        at: Point,
        into: Option<NodeId>,
    },
    /// How the design is deployed, what it costs, and how it is taken down.
    Deploy,
    /// Pictures and links of the design.
    Share,
    /// How an AWS account is collected and opened.
    Account,
    /// What of the document's file was read otherwise than it stood there.
    Notes,
    /// The labs, or the one that was asked for.
    Course,
    /// Keeps the design of now as a version under a name.
    KeepVersion,
    /// An older version beside the design of now: what it is called, the design, and what restores it.
    Version {
        title: Message,
        design: Rc<Design>,
        restore: Rc<dyn Fn()>,
    },
    /// A file or record that could not be opened: its name, why, and its text to keep.
    Damaged {
        name: Message,
        why: Message,
        text: Option<Rc<str>>,
    },
}

impl Dialog {
    /// What could not be opened, and why, and what would help.
    pub fn damaged(name: Message, error: &OpenError, text: Option<&str>) -> Self {
        let (why, advice) = (error.message(), error.advice.text());
        let why = Message { ko: format!("{} {}", why.ko, advice.ko), en: format!("{} {}", why.en, advice.en) };
        Self::Damaged { name, why, text: text.map(Rc::from) }
    }
}

/// How grave a toast is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Bad,
}

/// A short notice that goes by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub key: u32,
    pub tone: Tone,
    pub text: Message,
}

/// The page's furniture; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Ui {
    open: [RwSignal<bool>; 3],
    shown: [RwSignal<Panel>; 3],
    /// Whether the right side gives way to the drawing: nothing is selected of which it could show something.
    pub yields: RwSignal<bool>,
    /// Whether somebody wants to see the right side all the same.
    pub asked: RwSignal<bool>,
    /// Whether the drawing is shown to an audience: alone, and in large letters.
    pub presenting: RwSignal<bool>,
    /// The side that covers the lower half of a phone.
    pub sheet: RwSignal<Option<Side>>,
    /// How high the results are, in pixels, whichever of them is in front.
    pub drawer: RwSignal<i32>,
    pub dialog: RwSignal<Option<Dialog>, LocalStorage>,
    /// How far the tour is, while there is one.
    pub tour: RwSignal<Option<usize>>,
    /// The node that is being named on the drawing.
    pub renaming: RwSignal<Option<NodeId>>,
    pub toasts: RwSignal<Vec<Toast>>,
    /// What the live region says.
    pub spoken: RwSignal<Message>,
    /// What it will say when the document has come to rest, with how many problems there are then.
    later: StoredValue<Option<Message>>,
    pub theme: RwSignal<Theme>,
    timers: StoredValue<Vec<(u32, Timer)>, LocalStorage>,
    /// What had the focus before the dialog.
    back: StoredValue<Option<HtmlElement>, LocalStorage>,
    returning: StoredValue<Option<Timer>, LocalStorage>,
}

impl Ui {
    /// As it was left. Call it once, at the page's root.
    pub fn remembered() -> Self {
        let open = |side: Side, by_default: bool| {
            RwSignal::new(prefs::read(side.name()).map_or(by_default, |choice| choice == "open"))
        };
        let theme = match prefs::read("theme").as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        };
        let ui = Self {
            open: [open(Side::Left, true), open(Side::Right, true), open(Side::Bottom, false)],
            shown: [Panel::Palette, Panel::Inspector, Panel::Problems].map(RwSignal::new),
            yields: RwSignal::new(false),
            asked: RwSignal::new(false),
            presenting: RwSignal::new(false),
            sheet: RwSignal::new(None),
            drawer: RwSignal::new(prefs::read(DRAWER).and_then(|kept| kept.parse().ok()).unwrap_or(DRAWER_HEIGHT)),
            dialog: RwSignal::new_local(None),
            tour: RwSignal::default(),
            renaming: RwSignal::default(),
            toasts: RwSignal::default(),
            spoken: RwSignal::default(),
            later: StoredValue::default(),
            theme: RwSignal::new(theme),
            timers: StoredValue::new_local(Vec::new()),
            back: StoredValue::new_local(None),
            returning: StoredValue::new_local(None),
        };
        ui.set_theme(theme);
        ui
    }

    /// Whether a side is unfolded.
    pub const fn open(self, side: Side) -> RwSignal<bool> {
        let [left, right, bottom] = self.open;
        match side {
            Side::Left => left,
            Side::Right => right,
            Side::Bottom => bottom,
        }
    }

    /// Whether a side is unfolded and does not give way.
    pub fn shows(self, side: Side) -> bool {
        self.open(side).get() && !(side == Side::Right && self.yields.get())
    }

    /// Which of a side's panels is in front.
    pub const fn shown(self, side: Side) -> RwSignal<Panel> {
        let [left, right, bottom] = self.shown;
        match side {
            Side::Left => left,
            Side::Right => right,
            Side::Bottom => bottom,
        }
    }

    /// Brings a panel to the front, on a phone as a sheet.
    pub fn show(self, panel: Panel) {
        let side = panel.side();
        self.shown(side).set(panel);
        self.set_open(side, true);
        self.sheet.set(Some(side));
    }

    /// Folds a side away or out, and remembers.
    pub fn set_open(self, side: Side, open: bool) {
        self.open(side).set(open);
        if side == Side::Right {
            self.asked.set(open);
            self.yields.set(false);
        }
        prefs::write(side.name(), if open { "open" } else { "closed" });
    }

    /// Makes the results so high, within what a page has room for; whether it is remembered.
    pub fn set_drawer(self, height: i32, remember: bool) {
        let room = window().inner_height().ok().and_then(|height| height.as_f64()).map_or(800, whole);
        let height = height.clamp(DRAWER_LEAST, (room - DRAWER_LEAVES).max(DRAWER_LEAST));
        self.drawer.set(height);
        if remember {
            prefs::write(DRAWER, &height.to_string());
        }
    }

    /// Brings the panel to the front, or folds its side away if it is there.
    pub fn toggle(self, panel: Panel) {
        let side = panel.side();
        if self.open(side).get_untracked() && self.shown(side).get_untracked() == panel {
            self.set_open(side, false);
        } else {
            self.show(panel);
        }
    }

    /// On a phone: the panel as a sheet, or away with it.
    pub fn toggle_sheet(self, panel: Panel) {
        let side = panel.side();
        if self.sheet.get_untracked() == Some(side) && self.shown(side).get_untracked() == panel {
            self.sheet.set(None);
        } else {
            self.show(panel);
        }
    }

    /// Shows a notice for a while, and says it.
    pub fn toast(self, tone: Tone, text: Message) {
        let key = self.toasts.with_untracked(|all| all.last().map_or(0, |last| last.key.wrapping_add(1)));
        self.speak(text.clone());
        self.toasts.update(|all| {
            all.retain(|toast| toast.text != text);
            all.push(Toast { key, tone, text });
            // More than three at once are a wall, not a notice.
            let surplus = all.len().saturating_sub(3);
            all.drain(..surplus);
        });
        let timer = Timer::after(TOAST_STAYS, move || self.dismiss(key));
        self.timers.update_value(|timers| timers.push((key, timer)));
    }

    /// Takes a notice away.
    pub fn dismiss(self, key: u32) {
        self.toasts.try_update(|all| all.retain(|toast| toast.key != key));
        let gone = self.timers.try_update_value(|timers| {
            let at = timers.iter().position(|(of, _)| *of == key)?;
            Some(timers.swap_remove(at))
        });
        drop(gone);
    }

    /// Says something to a screen reader without showing it.
    pub fn speak(self, text: Message) {
        self.spoken.set(text);
    }

    /// Says what was done as soon as it is known how many problems there are then.
    pub fn speak_later(self, text: Message) {
        self.later.set_value(Some(text));
    }

    /// Says what was waiting to be said.
    pub fn speak_now(self, problems: usize) {
        if let Some(Some(done)) = self.later.try_update_value(Option::take) {
            let s = if problems == 1 { "" } else { "s" };
            self.speak(match problems {
                0 => done,
                n => Message { ko: format!("{} 문제 {n}개.", done.ko), en: format!("{} {n} problem{s}.", done.en) },
            });
        }
    }

    /// Makes the page light or dark, and remembers.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        prefs::write("theme", theme.name());
        if let Some(root) = document().document_element() {
            // An attribute with a fixed name is never refused.
            root.set_attribute("data-theme", theme.name()).ok();
        }
    }

    /// Opens a dialog in the place of any other.
    pub fn ask(self, dialog: Dialog) {
        if self.dialog.with_untracked(Option::is_none) {
            let focused = document().active_element().and_then(|focused| focused.dyn_into::<HtmlElement>().ok());
            self.back.set_value(focused);
        }
        self.dialog.set(Some(dialog));
    }

    /// Lets a node be named on the drawing, and gives `field`, which is there then, the keyboard.
    pub fn rename(self, id: NodeId, field: &'static str) {
        self.renaming.set(Some(id));
        // A menu that this was picked from is open until the next effects, and gives the focus back after them.
        let focus = move || {
            let field = document().get_element_by_id(field).and_then(|field| field.dyn_into::<HtmlElement>().ok());
            // Focusing an element that is on the page does not fail.
            field.into_iter().for_each(|field| drop(field.focus()));
        };
        self.returning.set_value(Some(Timer::after(0, focus)));
    }

    /// Closes the dialog and gives the focus back to where it was.
    pub fn close(self) {
        self.dialog.set(None);
        if let Some(Some(back)) = self.back.try_update_value(Option::take) {
            // The page behind a modal is inert until it is gone, which is after the next effects.
            let focus = move || drop(back.focus());
            self.returning.set_value(Some(Timer::after(0, focus)));
        }
    }
}

/// The page's furniture.
pub fn ui() -> Ui {
    expect_context()
}
