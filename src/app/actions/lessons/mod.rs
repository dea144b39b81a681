//! Labs: the one that the address asks for, the one that is being done, and what was done before.

mod author;
mod breaking;
mod kept;
mod marking;
mod package;
mod reported;
mod run;

pub use author::{Own, author};
pub use breaking::{Fault, breaking};
pub use kept::{best, progress};
pub use marking::marking;
pub use run::{Lessons, lessons};

use groundplan::text::{Message, t};
use leptos::prelude::*;

use crate::app::browser::fetch::{self, Absent};
use crate::app::browser::{Listener, address_with, keep, prefs, window};
use crate::app::parts::LABS;
use crate::app::state::lab::{Asked, lab_signs};
use crate::app::state::ui::{Dialog, ui};

/// What a lab is called that has no address: one from a file, or one that is being written. This tab remembers its text.
pub(super) const DRAFT: &str = "lab-file";
/// Goes on with what this tab was at, and follows the document. Call it once, as the page's root.
pub fn begin() {
    run::begin();
    marking::begin();
    breaking::begin();
    author::begin();
}

/// The list of our own labs.
const INDEX: &str = "labs/index.json";

/// Shows the labs when the address asks for them (`#labs`, `#lab=ID`, `#lab=FILE.lab.json`, `#wall=ID` for a classroom's wall, `#mark` to mark a class, `#break`, `#author`), and goes on with the one that this tab was at.
/// Call it once, at the page's root.
pub fn listen() {
    let (signs, ui) = (lab_signs(), ui());
    let show = move || {
        if let Some(asked) = asked(&window().location().hash().unwrap_or_default()) {
            signs.asked.set(asked);
            ui.ask(Dialog::Course);
        }
    };
    keep(Listener::new(&window(), "hashchange", move |_| show()));
    show();
    if kept::now().is_some() || breaking::is_kept() {
        LABS.fetch();
    }
}

/// Whether an address asks for labs, and for what of them.
fn asked(hash: &str) -> Option<Asked> {
    match hash {
        "#labs" => Some(Asked::All),
        "#mark" => Some(Asked::Marking),
        "#break" => Some(Asked::Break),
        "#author" => Some(Asked::Author),
        _ => {
            let (asks, name) = hash.split_once('=')?;
            let name = String::from(js_sys::decode_uri_component(name).ok()?);
            match asks {
                "#lab" => Some(Asked::One(name)),
                "#wall" => Some(Asked::Wall(name)),
                _ => None,
            }
        }
    }
}

/// The link that opens a lab here; nothing for one that only this tab has.
pub fn lab_link(name: &str) -> Option<String> {
    (name != DRAFT).then(|| address_with(&format!("#lab={}", js_sys::encode_uri_component(name))))
}

/// Where a lab's file is: our own by its id, another by its address on this site. Nothing where the name leads elsewhere.
fn address(name: &str) -> Option<String> {
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.is_empty() && name.chars().all(is_id) {
        return Some(format!("labs/{name}.lab.json"));
    }
    let stays =
        !name.contains([':', '\\', '?', '#']) && !name.starts_with('/') && !name.split('/').any(|step| step == "..");
    (stays && name.ends_with(".lab.json")).then(|| name.to_owned())
}

/// The text of a lab's file.
async fn load(name: &str) -> Result<String, Message> {
    if let Some(text) = prefs::tab_read(name).filter(|_| name == DRAFT) {
        return Ok(text);
    }
    let Some(address) = address(name) else {
        let why =
            t("이 사이트에 있는 .lab.json 파일만 열 수 있어요.", "Only .lab.json files of this site can be opened.");
        return Err(why.into());
    };
    fetch::text(&address).await.map_err(absent)
}

/// The text of the list of our own labs.
///
/// # Errors
/// Why it is not here, and what would help.
pub async fn index() -> Result<String, Message> {
    fetch::text(INDEX).await.map_err(absent)
}

fn absent(why: Absent) -> Message {
    match why {
        Absent::NotThere => t(
            "그런 실습이 없어요. 주소를 확인하거나 실습 목록에서 골라 주세요.",
            "There is no such lab. Check the address, or choose one from the list.",
        ),
        Absent::NoAnswer => t(
            "실습을 불러오지 못했어요. 네트워크 연결을 확인하고 다시 시도해 주세요.",
            "The lab could not be loaded. Check the network and try again.",
        ),
    }
    .into()
}
