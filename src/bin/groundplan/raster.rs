//! A picture as pixels, with the fonts of this system.

use std::collections::BTreeSet;
use std::sync::Arc;

use groundplan::message;
use groundplan::picture::{Picture, Shape};
use groundplan::text::{Lang, Message};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, ID, Weight};
use resvg::usvg::{FontResolver, Options, Tree};

use super::complain;

/// Pixels that a picture may have: four bytes each while it is painted.
const MAX_PIXELS: f64 = 120_000_000.0;
/// Pixels that a side may have.
const MAX_SIDE: f64 = 30_000.0;
/// What names are written with where the families of the picture have no letter for them, the best first.
const FALLBACKS: [&str; 8] = [
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "NanumGothic",
    "DejaVu Sans",
    "Liberation Sans",
    "Noto Sans",
];
/// Letters that are named where no font has them.
const MOST_NAMED: usize = 10;

/// Paints the document of a picture.
pub fn png(document: &str, picture: &Picture, scale: f64, lang: Lang) -> Result<Vec<u8>, Message> {
    let (w, h) = ((picture.view.w * scale).ceil(), (picture.view.h * scale).ceil());
    if w > MAX_SIDE || h > MAX_SIDE || w * h > MAX_PIXELS {
        return Err(message!(
            "{w} × {h}픽셀은 PNG 한 장에 너무 커요. --scale을 줄이거나 --frame으로 일부만 그리거나 SVG로 내보내세요.",
            "{w} × {h} pixels are too many for a PNG. Use a smaller --scale, draw a part with --frame, or write SVG."
        ));
    }
    let fonts = fonts();
    if fonts.is_empty() {
        return Err(message!(
            "이 컴퓨터에 글꼴이 없어서 이름을 그릴 수 없어요. 글꼴을 설치하거나(예: fonts-noto-cjk) SVG로 내보내세요.",
            "There is no font on this system, so names cannot be drawn. Install one (such as fonts-noto-cjk), or write SVG."
        ));
    }
    let missing = missing(picture, &fonts);
    if !missing.is_empty() {
        let (count, shown) = (missing.len(), missing.iter().take(MOST_NAMED).collect::<String>());
        let why = message!(
            "이 컴퓨터의 글꼴에 없는 글자 {count}개가 빠져요: {shown}. 글꼴을 설치하거나(예: fonts-noto-cjk) SVG로 내보내세요.",
            "No font of this system has {count} of the letters: {shown}. Install one (such as fonts-noto-cjk), or write SVG."
        );
        complain(why.get(lang));
    }
    let failed = |what: &dyn std::fmt::Display| {
        message!("그림을 PNG로 만들 수 없어요({what}).", "The picture cannot be made a PNG ({what}).")
    };
    let options = Options {
        fontdb: Arc::new(fonts),
        font_resolver: FontResolver { select_fallback: Box::new(fallback), ..FontResolver::default() },
        ..Options::default()
    };
    let tree = Tree::from_str(document, &options).map_err(|error| failed(&error))?;
    // Sides are within the bounds above.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand pixels")]
    let mut pixels = Pixmap::new(w.max(1.0) as u32, h.max(1.0) as u32).ok_or_else(|| failed(&"memory"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(&error))
}

/// The fonts of the system, those for names first.
fn fonts() -> Database {
    let mut system = Database::new();
    system.load_system_fonts();
    let family = |families: &[(String, resvg::usvg::fontdb::Language)]| {
        FALLBACKS.iter().position(|known| families.iter().any(|(name, _)| name == known))
    };
    let mut faces: Vec<_> = system.faces().cloned().collect();
    // By names of files as well, so that the same system always chooses the same.
    faces.sort_by_cached_key(|face| {
        (family(&face.families).unwrap_or(FALLBACKS.len()), face.post_script_name.clone(), face.weight.0, face.index)
    });
    let present = FALLBACKS.iter().find(|name| faces.iter().any(|face| face.families.iter().any(|(f, _)| f == **name)));
    let mut fonts = Database::new();
    faces.into_iter().for_each(|face| {
        fonts.push_face_info(face);
    });
    if let Some(name) = present {
        fonts.set_sans_serif_family(*name);
        fonts.set_serif_family(*name);
    }
    fonts
}

/// A font that has a letter: of about the same weight if there is one, else any.
fn fallback(letter: char, tried: &[ID], fonts: &mut Arc<Database>) -> Option<ID> {
    let any = FontResolver::default_fallback_selector();
    let weight = tried.first().and_then(|id| fonts.face(*id)).map_or(Weight::NORMAL, |face| face.weight);
    let others = fonts.faces().filter(|face| (face.weight.0 >= 600) != (weight.0 >= 600)).map(|face| face.id);
    let without: Vec<ID> = tried.iter().copied().chain(others).collect();
    any(letter, &without, fonts).or_else(|| any(letter, tried, fonts))
}

/// The letters of a picture that no font has.
fn missing(picture: &Picture, fonts: &Database) -> BTreeSet<char> {
    let letters: BTreeSet<char> = picture
        .parts
        .iter()
        .flat_map(|part| &part.shapes)
        .filter_map(|shape| if let Shape::Text(words) = shape { Some(words.words.chars()) } else { None })
        .flatten()
        .filter(|letter| !letter.is_ascii() && !letter.is_whitespace() && !letter.is_control())
        .collect();
    let mut fonts = Arc::new(fonts.clone());
    let ids: Vec<ID> = fonts.faces().map(|face| face.id).take(2).collect();
    let any = FontResolver::default_fallback_selector();
    // The selector leaves out the font it is asked to replace: with either of two left out, all are asked.
    let has = |letter: char, fonts: &mut Arc<Database>| ids.iter().any(|id| any(letter, &[*id], fonts).is_some());
    letters.into_iter().filter(|letter| !has(*letter, &mut fonts)).collect()
}
