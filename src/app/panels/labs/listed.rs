//! What is said of each lab before it is loaded, and the way back to the list of them.

use groundplan::text::{Message, t};
use leptos::prelude::*;
use serde::Deserialize;

use crate::app::actions::lessons::index;
use crate::app::state::lab::{Asked, lab_signs};
use crate::app::words::tr;

/// What the list tells of a lab.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Entry {
    pub id: String,
    pub title: Message,
    pub minutes: u16,
    pub points: u32,
    #[serde(default)]
    pub requires: Vec<String>,
}

#[derive(Deserialize)]
struct Index {
    labs: Vec<Entry>,
}

/// What is said of each lab before it is loaded.
///
/// # Errors
/// Why the list is not here.
pub async fn entries() -> Result<Vec<Entry>, Message> {
    let text = index().await?;
    let read = serde_json::from_str::<Index>(&text).map(|index| index.labs);
    read.map_err(|_| t("실습 목록을 읽을 수 없어요.", "The list of labs cannot be read.").into())
}

/// The way back to the list.
#[component]
pub fn Back() -> impl IntoView {
    let signs = lab_signs();
    view! {
        <button type="button" class="button small" data-testid="course-back" on:click=move |_| signs.asked.set(Asked::All)>
            {tr(t("← 실습 목록", "← All labs"))}
        </button>
    }
}
