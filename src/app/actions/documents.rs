//! Documents in and out: new, opened from a file, begun from a sample, saved to a file, exported.

use std::rc::Rc;

use groundplan::design::{Design, Edit};
use groundplan::file;
use groundplan::message;
use groundplan::samples::Sample;
use groundplan::text::{Lang, Message, t};
use leptos::prelude::untrack;
use web_sys::DragEvent;

use super::autosave::{Autosave, Version, autosave};
use crate::app::browser::{Listener, document, files, keep};
use crate::app::parts::{CHECKS, DESK, STUDIES};
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Pick, Tone, Ui, ui};
use crate::app::words::words;

/// What people may open: designs, templates, output of describe commands, pictures that carry a design.
const OPENED: &str = ".json,.groundplan,.yaml,.yml,.template,.txt,.svg,.png,application/json";

/// An empty design; asks first where the one at hand would be lost.
pub fn ask_new() {
    let record = autosave();
    instead(move || record.begin(Design::new()));
}

/// Begins with a sample.
pub fn begin(sample: &'static Sample) {
    let record = autosave();
    let title = sample.title.get(untrack(|| words().lang()));
    instead(move || {
        CHECKS.with(move |checks| {
            let mut design = (checks.draw)(sample);
            // A title is never refused.
            design.apply(&Edit::Title(title.to_owned())).ok();
            record.begin(design);
        });
    });
}

/// Begins with a design that is drawn already, under a title.
pub fn begin_with(mut design: Design, title: groundplan::text::Text) {
    let record = autosave();
    // A title is never refused.
    design.apply(&Edit::Title(title.get(untrack(|| words().lang())).to_owned())).ok();
    instead(move || record.begin(design.clone()));
}

/// When a record was begun, in milliseconds after the beginning of 1970: its id begins with that.
pub fn begun(id: &str) -> Option<f64> {
    let (millis, _) = id.split_once('-')?;
    Some(u64::from_str_radix(millis, 16).ok()? as f64)
}

/// Does it, unless work would be lost: then it asks.
pub fn instead(then: impl Fn() + 'static) {
    if !autosave().would_lose() {
        return then();
    }
    ui().ask(Dialog::Confirm {
        title: t("저장하지 못한 설계가 있어요", "The design is not saved"),
        body: t(
            "이 설계는 브라우저에 저장되지 않아서, 계속하면 사라져요. 먼저 파일로 저장하세요.",
            "This design could not be kept in the browser and will be lost if you go on. Save it to a file first.",
        ),
        yes: t("버리고 계속하기", "Discard and go on"),
        then: Rc::new(then),
    });
}

/// Asks for a file to open.
pub fn ask_open() {
    instead(move || files::choose(OPENED, false, move |chosen| DESK.with(move |desk| (desk.open)(chosen))));
}

/// Files dropped on the page are opened.
pub fn listen() {
    let carries =
        |event: &DragEvent| event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
    // A page that does not say it takes files is replaced by the file.
    keep(Listener::of::<DragEvent>(&document(), "dragover", move |event| {
        if carries(&event) {
            event.prevent_default();
        }
    }));
    keep(Listener::of::<DragEvent>(&document(), "drop", move |event| {
        if !carries(&event) {
            return;
        }
        event.prevent_default();
        if let Some(data) = event.data_transfer() {
            let chosen = files::dropped(&data);
            DESK.with(move |desk| (desk.open)(chosen));
        }
    }));
}

/// Hands the design to the browser's downloads.
pub fn download() {
    let text = store().design(file::save);
    let name = format!("{}.groundplan.json", file_name());
    files::download(&name, "application/json", &text);
    ui().toast(Tone::Plain, message!("{name}(으)로 저장했어요", "Saved as {name}"));
}

/// Hands the CloudFormation template to the browser's downloads.
pub fn export() {
    STUDIES.with(|studies| {
        let (text, syntax) = store().design(studies.export);
        let name = format!("{}.template.{}", file_name(), syntax.ending());
        files::download(&name, syntax.media_type(), &text);
        ui().toast(Tone::Plain, message!("{name}(으)로 내보냈어요", "Exported as {name}"));
    });
}

/// The document's title as a file's name.
pub fn file_name() -> String {
    let title = store().design(|design| design.title().to_owned());
    let kept = in_file_name(&title, 60);
    if kept.is_empty() { "design".to_owned() } else { kept }
}

/// As much of a text as the name of a file takes everywhere, in so many characters at most; may be empty.
pub fn in_file_name(text: &str, most: usize) -> String {
    let kept: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(most).collect();
    kept.trim_matches('-').to_owned()
}

/// Asks for an older version of this design, or to keep the one of now under a name.
pub fn ask_version() {
    let (record, ui, lang) = (autosave(), ui(), untrack(|| words().lang()));
    record.versions(move |versions| {
        let keep = t("지금 설계를 이름 붙여 남기기…", "Keep the design of now under a name…");
        let mut picks = vec![Pick::new("keep-version", keep, move || ui.ask(Dialog::KeepVersion))];
        picks.extend(versions.into_iter().map(|version| {
            let when = time(version.at, lang);
            let label = if version.name.is_empty() { when } else { format!("{} · {when}", version.name) };
            let (title, why) = (Message::plain(label), Message::from(version.why.text()));
            let called = title.clone();
            let pick =
                Pick::new(version.key.clone(), title, move || show_version(record, ui, &version, called.clone()));
            pick.hint(why)
        }));
        ui.ask(Dialog::Pick { title: t("이전 저장본", "Earlier versions").into(), picks: Rc::new(picks) });
    });
}

/// Shows what an older version differs in from the design of now.
fn show_version(record: Autosave, ui: Ui, version: &Version, title: Message) {
    let again = version.clone();
    record.with_version(version.clone(), move |design| {
        let restore = Rc::new(move || record.restore(again.clone()));
        ui.ask(Dialog::Version { title, design: Rc::new(design), restore });
    });
}

/// When a version was put aside, as people read it.
pub fn time(at: f64, lang: Lang) -> String {
    let locale = match lang {
        Lang::Ko => "ko-KR",
        Lang::En => "en-GB",
    };
    js_sys::Date::new(&at.into()).to_locale_string(locale, &js_sys::Object::new()).into()
}

/// Shows the designs that are kept in the browser.
pub fn ask_design() {
    ui().ask(Dialog::Designs);
}
