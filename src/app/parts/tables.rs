//! What each part can do: functions by name, which the page's root fills in. What is called through a table is not in the first file.

use std::collections::BTreeSet;
use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::command::Command;
use groundplan::design::{Design, Edit, Fix};
use groundplan::file::{OpenError, Opened};
use groundplan::id::NodeId;
use groundplan::reach::{Asked, Blocker, Exposures};
use groundplan::rules::Finding;
use groundplan::samples::Sample;
use groundplan::template::Syntax;
use groundplan::text::Text;
use leptos::prelude::*;
use web_sys::{ClipboardEvent, HtmlElement, MouseEvent, PointerEvent};

use crate::app::browser::files::Chosen;
use crate::app::state::store::Store;
use crate::app::state::ui::Dialog;

/// The canvas, the document, and all that one does to them.
pub struct Desk {
    /// Lets everything listen that works on the document; called once, at the page's root.
    pub begin: fn(),
    /// Puts the canvas into its place.
    pub mount: fn(&HtmlElement),
    /// A design as a picture.
    pub preview: fn(Signal<Option<Arc<Design>>>) -> AnyView,
    /// The field in which a resource is named where it is drawn, while one is.
    pub renaming: fn() -> AnyView,
    /// Does what a command says.
    pub run: fn(Command),
    /// A press on an item of the palette.
    pub press: fn(Kind, &PointerEvent),
    /// A click on one.
    pub click: fn(Kind, &MouseEvent),
    /// Begins with a sample.
    pub sample: fn(&'static Sample),
    /// What a kind is for, as the palette says when the pointer rests on it.
    pub summary: fn(Kind) -> Text,
    /// Gives the design another title.
    pub retitle: fn(&str),
    /// Asks for an older version of the design.
    pub versions: fn(),
    /// Lets this tab write in place of another.
    pub take_over: fn(),
    /// Makes what came with a link a design of one's own.
    pub make_copy: fn(),
    /// Opens files and folders that were dropped on the page.
    pub open: fn(Chosen),
    /// Copies what is selected; cuts it if the flag says so.
    pub copy: fn(&ClipboardEvent, bool),
    /// Pastes a text, at a place in the window.
    pub paste: fn(&str, Option<(f64, f64)>),
}

/// What follows from a design: the rules, reachability, cost.
pub struct Checks {
    /// Brings the derived facts up to the document, and shows them.
    pub settle: fn(),
    /// The panel that lists what is wrong.
    pub problems: fn() -> AnyView,
    /// What may be offered to mend or open something, of the document as it is now.
    pub offer: fn(Store, &Wanted) -> Option<Fix>,
    /// What the internet reaches, and how each subnet reaches the internet.
    pub exposures: fn() -> Arc<Exposures>,
    /// Draws a sample.
    pub draw: fn(&Sample) -> Design,
}

/// Forms, outline and dialogs.
pub struct Forms {
    /// The form of one resource; the signal remembers whether its further fields are open.
    pub one: fn(NodeId, RwSignal<bool>) -> AnyView,
    /// How many of each kind there are.
    pub counts: fn() -> AnyView,
    /// The selected wire: what it stands for, and what can be done with it.
    pub wire: fn() -> AnyView,
    /// The form of several resources.
    pub many: fn(Signal<BTreeSet<NodeId>>) -> AnyView,
    /// The panel with the document as a tree.
    pub outline: fn() -> AnyView,
    /// The card of the tour, while there is one.
    pub tour: fn() -> AnyView,
    /// A dialog over the page.
    pub dialog: fn(Dialog) -> AnyView,
}

/// The tracer, the matrix and the template.
pub struct Studies {
    /// Makes what outlives the panels, and lets it listen; called once, at the page's root.
    pub begin: fn(),
    /// The path tracer's panel.
    pub tracer: fn() -> AnyView,
    /// The bar below a drawing that is shown to an audience.
    pub present: fn() -> AnyView,
    /// Says what is taken away to see what would still work.
    pub what_if: fn() -> AnyView,
    /// Puts a question into the tracer, asks it and shows the answer.
    pub trace: fn(Asked),
    /// Puts a node into the tracer as the source, or as the destination, and shows it.
    pub trace_end: fn(NodeId, bool),
    /// The matrix of who reaches whom.
    pub matrix: fn() -> AnyView,
    /// The panel of what must hold.
    pub pins: fn() -> AnyView,
    /// The template's panel.
    pub template: fn() -> AnyView,
    /// The design in the bytes of any file that people may choose.
    pub read: fn(&[u8]) -> Result<Opened, OpenError>,
    /// The design in output of describe commands, by the names of the files; nothing where none of them is any.
    pub describe: fn(&[(String, String)]) -> Option<Opened>,
    /// The edits that put every node in a readable place.
    pub tidy_up: fn(&Design) -> Vec<Edit>,
    /// A design as the text of a template, and how that is written.
    pub export: fn(&Design) -> (String, Syntax),
    /// The body of the deploy sheet.
    pub deploy: fn() -> AnyView,
    /// The body of the dialog from which pictures and links are shared.
    pub share: fn() -> AnyView,
    /// The design in the word of a link.
    pub linked: fn(&str) -> Result<Design, OpenError>,
    /// The page `#bench`.
    #[cfg(feature = "bench")]
    pub bench: fn() -> Result<(), wasm_bindgen::JsValue>,
    /// The page `#bench-reach`.
    #[cfg(feature = "bench")]
    pub bench_reach: fn(),
}

/// Labs.
pub struct Labs {
    /// Goes on with the lab that this tab was at, and lets it listen; called once, at the page's root.
    pub begin: fn(),
    /// The panel of the lab that is being done.
    pub panel: fn() -> AnyView,
    /// The labs to choose from, or the one that was asked for.
    pub course: fn() -> AnyView,
}

/// What a fix would be for.
#[derive(Clone)]
pub enum Wanted {
    /// To mend what a rule found.
    Finding(Arc<Finding>),
    /// To open what blocks the way that was asked about.
    Blocker(Arc<(Asked, Blocker)>),
}

impl Wanted {
    /// Whether it comes with a fix at all.
    pub fn proposes(&self) -> bool {
        match self {
            Self::Finding(finding) => finding.fix.is_some(),
            Self::Blocker(both) => both.1.fix.is_some(),
        }
    }
}
