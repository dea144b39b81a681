//! Where designs lie in the browser's database.
//!
//! A design's record is its whole text and, behind it, a step for each change since ([`file::step`]). A step's key says of which text it is: each time
//! the whole text is written its number goes up, and in the same transaction the steps before it go. So a reader, and a writer that comes late,
//! never put a step behind a text that it does not belong to.

use std::collections::BTreeMap;

use groundplan::file;
use web_sys::wasm_bindgen::JsValue;

use super::versions::{Version, Why};
use crate::app::browser::idb::{Database, Write};
use crate::app::browser::prefs;

pub use crate::app::browser::idb::{Gone, Held};

const DATABASE: &str = "groundplan";
/// The whole text of each design by its id.
const DESIGNS: &str = "designs";
/// Each change since by the design's id, the number of its text, and its own: `ID/00000003/00000001`.
const STEPS: &str = "steps";
/// Older texts by the design's id, a slash and the time.
const OLDER: &str = "versions";
/// `last` is the id of the design to reopen; `title/ID` is a design's title; `text/ID` the number of its text; `version/KEY` why a version was put
/// aside and its name; `format` the form of all this.
const NOTES: &str = "notes";
const STORES: &[&str] = &[DESIGNS, STEPS, OLDER, NOTES];

/// The form of all this that this page reads and writes.
const FORMAT: u32 = 2;
/// What an error is called that says that a newer page wrote here.
pub const NEWER: &str = "NewerFormat";

/// The designs of this browser.
#[derive(Clone)]
pub struct Shelf(Database);

/// Where in a record something was written: the number of its text, and of the last step behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub text: u32,
    pub step: u32,
}

/// What stands under a design's id.
pub enum Record {
    Missing,
    /// Its text with all steps behind it.
    Text {
        text: String,
        place: Place,
    },
    /// Something that is no design, as far as it can be shown.
    Odd(String),
}

/// A design in the browser's storage.
#[derive(Clone)]
pub struct Kept {
    /// Its id.
    pub key: String,
    /// Its title, may be empty.
    pub title: String,
}

impl Shelf {
    /// Opens the database; `gone` hears if it ends meanwhile.
    ///
    /// # Errors
    /// The browser's reason, or [`NEWER`].
    pub async fn open(gone: impl Fn(Gone) + 'static) -> Result<Self, JsValue> {
        let database = Database::open(DATABASE, STORES, gone).await?;
        let format = database.get(NOTES, "format").await?.text();
        if format.and_then(|format| format.parse::<u32>().ok()).is_some_and(|format| format > FORMAT) {
            return Err(JsValue::from_str(NEWER));
        }
        Ok(Self(database))
    }

    /// The design that was written last, in whichever tab.
    pub async fn last(&self) -> Result<Option<String>, JsValue> {
        Ok(self.0.get(NOTES, "last").await?.text())
    }

    /// A design's title; empty where there is none.
    pub async fn title(&self, id: &str) -> Result<String, JsValue> {
        Ok(self.0.get(NOTES, &format!("title/{id}")).await?.text().unwrap_or_default())
    }

    /// A design's record as of one moment.
    pub async fn record(&self, id: &str) -> Result<Record, JsValue> {
        let reading = self.0.reading(&[DESIGNS, STEPS, NOTES])?;
        let text = reading.get(DESIGNS, id)?;
        let number = reading.get(NOTES, &format!("text/{id}"))?;
        let steps = reading.all(STEPS, &format!("{id}/"))?;
        let (text, number, steps) = (text.await?, number.await?, steps.await?);
        let mut text = match text {
            Held::Nothing => return Ok(Record::Missing),
            Held::Odd(shown) => return Ok(Record::Odd(shown)),
            Held::Text(text) => text,
        };
        let number = number.text().and_then(|number| number.parse().ok()).unwrap_or_default();
        let mut place = Place { text: number, step: 0 };
        for (key, step) in steps {
            let Some(at) = place_of(&key).filter(|at| at.text == number) else { continue };
            // A gap, or what is no text, is where a reader has to stop: it is left in the text for it to say so.
            let line = match step {
                Held::Text(line) if at.step == place.step + 1 => line,
                Held::Text(_) => format!("step {} is missing", place.step + 1),
                Held::Odd(shown) => format!("not a step: {shown}"),
                Held::Nothing => continue,
            };
            text.push_str(&line);
            text.push('\n');
            place.step = at.step;
        }
        Ok(Record::Text { text, place })
    }

    /// Writes a design's whole text; the steps before it go.
    pub fn put_text(
        &self,
        id: &str,
        number: u32,
        text: &str,
        title: &str,
    ) -> Result<impl Future<Output = Result<(), JsValue>> + use<>, JsValue> {
        let (steps, note, number) = (format!("{id}/"), format!("text/{id}"), number.to_string());
        let name = format!("title/{id}");
        self.0.write(&[
            Write::Put { store: DESIGNS, key: id, text },
            Write::Put { store: NOTES, key: &note, text: &number },
            Write::DeleteAll { store: STEPS, prefix: &steps },
            Write::Put { store: NOTES, key: &name, text: title },
            Write::Put { store: NOTES, key: "last", text: id },
            Write::Put { store: NOTES, key: "format", text: &FORMAT.to_string() },
        ])
    }

    /// Writes the whole text of a design that is not the one at hand; which was open last stays so.
    pub fn rewrite(
        &self,
        id: &str,
        number: u32,
        text: &str,
        title: &str,
    ) -> Result<impl Future<Output = Result<(), JsValue>> + use<>, JsValue> {
        let (steps, note, name) = (format!("{id}/"), format!("text/{id}"), format!("title/{id}"));
        self.0.write(&[
            Write::Put { store: DESIGNS, key: id, text },
            Write::Put { store: NOTES, key: &note, text: &number.to_string() },
            Write::DeleteAll { store: STEPS, prefix: &steps },
            Write::Put { store: NOTES, key: &name, text: title },
        ])
    }

    /// Takes a design away with its older versions and all that was noted of it.
    pub fn remove(&self, id: &str) -> Result<impl Future<Output = Result<(), JsValue>> + use<>, JsValue> {
        let (inside, versions) = (format!("{id}/"), format!("version/{id}/"));
        let (title, text) = (format!("title/{id}"), format!("text/{id}"));
        self.0.write(&[
            Write::Delete { store: DESIGNS, key: id },
            Write::DeleteAll { store: STEPS, prefix: &inside },
            Write::DeleteAll { store: OLDER, prefix: &inside },
            Write::DeleteAll { store: NOTES, prefix: &versions },
            Write::Delete { store: NOTES, key: &title },
            Write::Delete { store: NOTES, key: &text },
        ])
    }

    /// Writes what changed behind it, from `first` on.
    pub fn put_steps(
        &self,
        id: &str,
        first: Place,
        steps: &[String],
        title: Option<&str>,
    ) -> Result<impl Future<Output = Result<(), JsValue>> + use<>, JsValue> {
        let places = (first.step..).map(|step| Place { step, ..first });
        let keys: Vec<String> = places.map(|place| key_of(id, place)).take(steps.len()).collect();
        let name = format!("title/{id}");
        let mut writes: Vec<Write<'_>> = Vec::new();
        writes.extend(keys.iter().zip(steps).map(|(key, text)| Write::Put { store: STEPS, key, text }));
        writes.extend(title.map(|text| Write::Put { store: NOTES, key: &name, text }));
        self.0.write(&writes)
    }

    /// The designs that are kept, youngest first.
    pub async fn designs(&self) -> Result<Vec<Kept>, JsValue> {
        let reading = self.0.reading(&[DESIGNS, NOTES])?;
        let (keys, titles) = (reading.keys(DESIGNS, "")?, reading.all(NOTES, "title/")?);
        let (keys, titles) = (keys.await?, titles.await?);
        let titles: BTreeMap<String, Held> = titles.into_iter().collect();
        let title = |key: &str| titles.get(&format!("title/{key}")).cloned().and_then(Held::text).unwrap_or_default();
        Ok(keys.into_iter().rev().map(|key| Kept { title: title(&key), key }).collect())
    }

    /// A design's older versions, youngest first.
    pub async fn versions(&self, id: &str) -> Result<Vec<Version>, JsValue> {
        let reading = self.0.reading(&[OLDER, NOTES])?;
        let (keys, notes) = (reading.keys(OLDER, &format!("{id}/"))?, reading.all(NOTES, &format!("version/{id}/"))?);
        let (keys, notes) = (keys.await?, notes.await?);
        let notes: BTreeMap<String, String> =
            notes.into_iter().filter_map(|(key, note)| Some((key, note.text()?))).collect();
        let version = |key: String| {
            let note = notes.get(&format!("version/{key}")).map(String::as_str).unwrap_or_default();
            let (why, name) = note.split_once('\n').unwrap_or((note, ""));
            let at = key.rsplit('/').next().and_then(|millis| millis.parse().ok()).unwrap_or_default();
            Version { at, why: Why::from_id(why), name: name.to_owned(), key }
        };
        Ok(keys.into_iter().rev().map(version).collect())
    }

    /// An older version.
    pub async fn version(&self, key: &str) -> Result<Held, JsValue> {
        self.0.get(OLDER, key).await
    }

    /// Puts a version aside, and takes away those under the keys of `old`.
    pub async fn put_aside(
        &self,
        id: &str,
        text: &str,
        now: f64,
        why: Why,
        name: &str,
        old: impl Iterator<Item = &str>,
    ) -> Result<(), JsValue> {
        let fresh = format!("{id}/{now:014}");
        let (note, said) = (format!("version/{fresh}"), format!("{}\n{name}", why.id()));
        let old: Vec<(&str, String)> = old.map(|key| (key, format!("version/{key}"))).collect();
        let gone = old
            .iter()
            .flat_map(|(key, note)| [Write::Delete { store: OLDER, key }, Write::Delete { store: NOTES, key: note }]);
        let fresh =
            [Write::Put { store: OLDER, key: &fresh, text }, Write::Put { store: NOTES, key: &note, text: &said }];
        let writes: Vec<Write<'_>> = gone.chain(fresh).collect();
        self.0.write(&writes)?.await
    }
}

fn key_of(id: &str, place: Place) -> String {
    format!("{id}/{:08}/{:08}", place.text, place.step)
}

fn place_of(key: &str) -> Option<Place> {
    let (rest, step) = key.rsplit_once('/')?;
    let (_, text) = rest.rsplit_once('/')?;
    Some(Place { text: text.parse().ok()?, step: step.parse().ok()? })
}

/// What a page that goes away could not wait for: in the browser's small storage, which takes it at once.
pub mod last_words {
    use super::{Place, file, prefs};
    use groundplan::design::Design;

    /// Characters that are worth a try: the small storage of a site takes about five million.
    const MOST: usize = 2_000_000;

    /// Leaves a design as it would stand at a place of its record.
    pub fn leave(id: &str, place: Place, design: &Design) {
        let text = file::save(design);
        if text.len() <= MOST {
            prefs::write(&name(id), &format!("{}/{}\n{text}", place.text, place.step));
        }
    }

    /// The text that was left for a design, if it is younger than what stands in its record.
    pub fn younger(id: &str, place: Option<Place>) -> Option<String> {
        let left = prefs::read(&name(id))?;
        let (at, text) = left.split_once('\n')?;
        let (number, step) = at.split_once('/')?;
        let left = Place { text: number.parse().ok()?, step: step.parse().ok()? };
        place.is_none_or(|place| place < left).then(|| text.to_owned())
    }

    /// Forgets what was left: it stands in the record now.
    pub fn forget(id: &str) {
        prefs::forget(&name(id));
    }

    fn name(id: &str) -> String {
        format!("words/{id}")
    }
}
