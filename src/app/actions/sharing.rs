//! The design as a picture or a link, handed to downloads or to the clipboard.

use std::collections::BTreeMap;

use groundplan::design::{Design, Point};
use groundplan::file;
use groundplan::id::NodeId;
use groundplan::layout::edges::{Edge, WireClass};
use groundplan::message;
use groundplan::picture::{Asked, Picture, draw_with, drawio, svg};
use groundplan::report::{self, addresses, findings};
use groundplan::text::markup::Escaped;
use groundplan::text::{Lang, Message, Text, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::JsValue;

use super::documents::file_name;
use super::links::DESIGN;
use crate::app::browser::{address_with, files, paint, reason, window};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::{Tone, Ui, ui};

/// Which picture is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Only what is selected, with all that is in it.
    pub selected: bool,
    pub png: bool,
    /// How much larger than the drawing, from 1 to 4.
    pub scale: u8,
    pub heading: bool,
    pub legend: bool,
    /// Whether the design goes with it, so that it can be opened again.
    pub inside: bool,
}

/// A picture that is ready to be written.
struct Ready {
    picture: Picture,
    design: Option<Design>,
    scale: f64,
}

impl Ready {
    fn of(store: Store, wanted: Wanted, lang: Lang) -> Self {
        let marks = store.derived(|derived| derived.marks(lang));
        let nodes: Vec<NodeId> = match wanted.selected {
            true => store.selection.get_untracked().into_iter().collect(),
            false => Vec::new(),
        };
        let asked = Asked { nodes: &nodes, heading: wanted.heading, legend: wanted.legend, ..Asked::all(lang) };
        let ways = ways(store);
        let picture = store.design(|design| draw_with(design, &marks, &asked, &ways));
        let design = wanted.inside.then(|| store.design(Design::clone));
        Self { picture, design, scale: f64::from(wanted.scale) }
    }

    fn svg(&self) -> String {
        match &self.design {
            Some(design) => file::svg_with(&self.picture, self.scale, design),
            None => svg::write(&self.picture, self.scale, None),
        }
    }

    /// The same as pixels.
    async fn png(self) -> Result<Vec<u8>, JsValue> {
        let side = |length: f64| {
            // A few thousand pixels; the browser refuses what is too large.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length in pixels")]
            let whole = (length * self.scale).ceil() as u32;
            whole
        };
        let (w, h) = (side(self.picture.view.w), side(self.picture.view.h));
        let bytes = paint::png(&svg::write(&self.picture, self.scale, None), w, h).await?;
        Ok(self.design.as_ref().map_or_else(|| bytes.clone(), |design| file::png_with(&bytes, design)))
    }
}

/// Wires as they run on the canvas.
fn ways(store: Store) -> BTreeMap<Edge, Vec<Point>> {
    store.editor(|editor, _| {
        let drawn = editor.scene.edges().filter(|edge| edge.class == WireClass::Always);
        drawn.map(|edge| (edge, editor.scene.route(edge))).collect()
    })
}

/// A file that other programs go on with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Everything that is known of the design, as a page without scripts.
    Report,
    /// What the rules found, for spreadsheets.
    Findings,
    /// The address plan, for spreadsheets.
    Addresses,
    /// The drawing, for draw.io.
    Drawing,
}

/// Hands a file to the browser's downloads.
pub fn save_paper(paper: Paper, lang: Lang) {
    let (store, ui) = (store(), ui());
    let (ending, kind, text) = match paper {
        Paper::Report => {
            let wanted = Wanted { selected: false, png: false, scale: 1, heading: false, legend: true, inside: false };
            let picture = Ready::of(store, wanted, lang).picture;
            (".html", "text/html", store.derived(|derived| report::page(derived, Some(&picture), lang)))
        }
        Paper::Findings => {
            let text =
                store.derived(|derived| findings::csv(&findings::rows(derived.design(), derived.findings()), lang));
            (tailed(lang, "-문제.csv", "-findings.csv"), "text/csv", text)
        }
        Paper::Addresses => {
            let text = store.derived(|derived| addresses::csv(&addresses::rows(derived)));
            (tailed(lang, "-주소.csv", "-addresses.csv"), "text/csv", text)
        }
        Paper::Drawing => {
            let (marks, ways) = (store.derived(|derived| derived.marks(lang)), ways(store));
            let text = store.design(|design| drawio::write(design, &marks, &Asked::all(lang), &ways));
            (".drawio", "application/xml", text)
        }
    };
    let name = format!("{}{ending}", file_name());
    // Spreadsheets take a table for the letters of another country without this mark.
    let text = if kind == "text/csv" { format!("\u{feff}{text}") } else { text };
    files::download(&name, kind, &text);
    ui.toast(Tone::Plain, message!("{name}(으)로 저장했어요", "Saved as {name}"));
}

/// The end of a file's name in the language of what is in it.
const fn tailed(lang: Lang, ko: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// The document of a picture, to look at before it is taken.
pub fn preview(wanted: Wanted, lang: Lang) -> String {
    Ready::of(store(), Wanted { scale: 1, inside: false, ..wanted }, lang).svg()
}

/// Hands a picture to the browser's downloads.
pub fn save(wanted: Wanted, lang: Lang) {
    let (ready, ui) = (Ready::of(store(), wanted, lang), ui());
    let name = format!("{}.{}", file_name(), if wanted.png { "png" } else { "svg" });
    let told = message!("{name}(으)로 저장했어요", "Saved as {name}");
    if !wanted.png {
        files::download(&name, "image/svg+xml", &ready.svg());
        return ui.toast(Tone::Plain, told);
    }
    spawn_local(async move {
        let painted = ready.png().await.and_then(|bytes| paint::blob(&bytes, "image/png"));
        match painted {
            Ok(blob) => {
                files::download_blob(&name, &blob);
                ui.toast(Tone::Plain, told);
            }
            Err(error) => unpainted(ui, &error),
        }
    });
}

/// Puts a picture onto the clipboard.
pub fn copy(wanted: Wanted, lang: Lang) {
    let (ready, ui) = (Ready::of(store(), wanted, lang), ui());
    let written = paint::copy_png(ready.png());
    spawn_local(async move {
        let done = match written {
            Ok(written) => JsFuture::from(written).await.map(|_| ()),
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => ui.toast(Tone::Plain, t("그림을 복사했어요", "Copied the picture").into()),
            Err(error) => unpainted(ui, &error),
        }
    });
}

fn unpainted(ui: Ui, error: &JsValue) {
    let error = reason(error);
    ui.toast(
        Tone::Bad,
        message!(
            "그림을 만들지 못했어요({error}). 크기를 줄이거나 SVG로 저장해 보세요.",
            "The picture could not be made ({error}). Make it smaller, or save it as SVG."
        ),
    );
}

/// The link that carries the design.
///
/// # Errors
/// That the design is too large for one.
pub fn link() -> Result<String, Message> {
    let word = store().design(file::link)?;
    Ok(address_with(&format!("{DESIGN}{word}")))
}

/// What puts the design of a link into a page of somebody's own: a frame in which it is looked at.
pub fn frame_of(link: &str) -> String {
    let (page, fragment) = link.split_once('#').unwrap_or((link, ""));
    let folder = page.rsplit_once('/').map_or(page, |(folder, _)| folder);
    let title = store().design(|design| design.title().to_owned());
    let title = if title.is_empty() { "Groundplan".to_owned() } else { title };
    format!(
        "<iframe src=\"{folder}/embed.html#{fragment}\" title=\"{}\" width=\"100%\" height=\"480\" loading=\"lazy\"></iframe>",
        Escaped(&title)
    )
}

/// Puts a text onto the clipboard, and says what was copied.
pub fn copy_text(text: &str, done: Text) {
    let (written, ui) = (window().navigator().clipboard().write_text(text), ui());
    spawn_local(async move {
        match JsFuture::from(written).await {
            Ok(_) => ui.toast(Tone::Plain, done.into()),
            Err(error) => {
                let error = reason(&error);
                ui.toast(
                    Tone::Bad,
                    message!(
                        "브라우저가 복사를 막았어요({error}). 링크를 골라 Ctrl+C로 복사하세요.",
                        "The browser did not allow it ({error}). Select the link and press Ctrl+C."
                    ),
                );
            }
        }
    });
}
