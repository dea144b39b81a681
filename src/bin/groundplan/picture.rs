//! `picture`: the drawing of a design as SVG or PNG, with the design inside.

use std::path::{Path, PathBuf};

use clap::Args;
use groundplan::derived::Derived;
use groundplan::design::Design;
use groundplan::file;
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::picture::{self, Asked, Picture, draw, drawio, ways};
use groundplan::reach::{Endpoint, Refer};
use groundplan::text::{Lang, Message};

use super::input::Source;
use super::{Answer, complain, input, raster};

/// How much larger or smaller than the drawing a picture may be.
const SCALES: std::ops::RangeInclusive<f64> = 0.1..=8.0;

/// What picture is asked for.
#[derive(Args)]
pub struct Options {
    /// Where to write it, by its ending as SVG, PNG or a document of draw.io; SVG goes to standard output where nothing is said.
    #[arg(short)]
    output: Option<PathBuf>,
    /// How much larger than the drawing it is.
    #[arg(long, default_value = "1", value_parser = scale)]
    scale: f64,
    /// Only this frame or resource, with all that is in it: an id or a name. May be said several times.
    #[arg(long = "frame", value_name = "REF")]
    frames: Vec<String>,
    /// The title of the design above the drawing.
    #[arg(long)]
    title: bool,
    /// What is drawn, explained beneath it.
    #[arg(long)]
    legend: bool,
    /// Leaves the design out of the picture, so that it cannot be opened again.
    #[arg(long)]
    bare: bool,
}

/// A scale as an argument.
fn scale(text: &str) -> Result<f64, String> {
    let fits = |scale: &f64| SCALES.contains(scale);
    text.parse().ok().filter(fits).ok_or_else(|| "a scale is a number from 0.1 to 8".to_owned())
}

/// Draws the design, or a part of it.
pub fn run(source: Source<'_>, asked: &Options, lang: Lang) -> Result<Answer, Message> {
    let opened = source.read()?;
    opened.notes.iter().for_each(|note| complain(note.get(lang)));
    let refer = Refer::new(&opened.design, &opened.aliases);
    let mut nodes: Vec<NodeId> = Vec::new();
    for word in &asked.frames {
        match refer.end(word)? {
            Endpoint::Node(id) => nodes.push(id),
            Endpoint::Internet | Endpoint::Address(_) => {
                return Err(message!(
                    "'{word}'은(는) 그림에서 잘라 낼 수 있는 리소스가 아니에요. 리소스 id나 이름으로 써 주세요.",
                    "\"{word}\" is no resource that can be cut out of the drawing. Write a resource id or name."
                ));
            }
        }
    }
    let marks = Derived::new(opened.design.clone()).marks(lang);
    let wanted = Asked { nodes: &nodes, heading: asked.title, legend: asked.legend, ..Asked::all(lang) };
    if let Some(path) = asked
        .output
        .as_deref()
        .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("drawio")))
    {
        let document = drawio::write(&opened.design, &marks, &wanted, &ways(&opened.design, &marks));
        return input::write(path, document.as_bytes()).map(|()| Answer::fine(String::new()));
    }
    let picture = draw(&opened.design, &marks, &wanted);
    let inside = (!asked.bare).then_some(&opened.design);
    write(&picture, inside, asked.scale, asked.output.as_deref(), lang)
}

/// Writes a picture where it is wanted, with a design in it.
pub fn write(
    picture: &Picture,
    inside: Option<&Design>,
    scale: f64,
    output: Option<&Path>,
    lang: Lang,
) -> Result<Answer, Message> {
    let document = match inside {
        Some(design) => file::svg_with(picture, scale, design),
        None => picture::svg::write(picture, scale, None),
    };
    let Some(path) = output else { return Ok(Answer::fine(document)) };
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let bytes = match ending.as_deref() {
        Some("svg") => document.into_bytes(),
        Some("png") => {
            // Without the design: it goes into a chunk of its own.
            let drawn = raster::png(&picture::svg::write(picture, scale, None), picture, scale, lang)?;
            inside.map_or_else(|| drawn.clone(), |design| file::png_with(&drawn, design))
        }
        _ => {
            let shown = path.display();
            return Err(message!(
                "{shown}: .svg나 .png로 끝나는 이름을 써 주세요.",
                "{shown}: write a name that ends with .svg or .png."
            ));
        }
    };
    input::write(path, &bytes).map(|()| Answer::fine(String::new()))
}
