//! A lab as a package for learning management systems, made from the files of the page that is open.

use groundplan::labs::scorm::package;
use groundplan::labs::{Lab, Ready};
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Lessons, absent, load};
use crate::app::browser::{fetch, files};
use crate::app::state::ui::Tone;

/// The list of the page's files, from the page.
const FILES: &str = "files.json";

impl Lessons {
    /// Hands a package of a lab to the browser's downloads. `name` is what the lab was asked for by.
    pub fn save_package(self, ready: &Ready, name: String, busy: RwSignal<bool>) {
        let Lab { id, title, .. } = &ready.lab;
        let is_ours = name == *id;
        // One of our own is among the page's files.
        let own = async move { if is_ours { Ok(None) } else { load(&name).await.map(Some) } };
        self.hand_over(id.clone(), title, busy, own);
    }

    /// The same of a lab that is being written.
    pub fn save_package_of(self, id: String, title: &Message, text: String, busy: RwSignal<bool>) {
        self.hand_over(id, title, busy, async move { Ok(Some(text)) });
    }

    fn hand_over(
        self,
        id: String,
        title: &Message,
        busy: RwSignal<bool>,
        own: impl Future<Output = Result<Option<String>, Message>> + 'static,
    ) {
        let (ui, words) = (self.page.ui, self.page.words);
        let title = title.get(untrack(|| words.lang())).to_owned();
        busy.set(true);
        spawn_local(async move {
            let made = async {
                let own = own.await?;
                package(&id, &title, own.as_deref(), all_files().await?).ok_or_else(too_large)
            };
            let made = made.await;
            busy.try_set(false);
            match made {
                Ok(bytes) => {
                    let name = format!("{id}.scorm.zip");
                    files::download_bytes(&name, "application/zip", &bytes);
                    ui.toast(Tone::Plain, message!("{name}(으)로 저장했어요", "Saved as {name}"));
                }
                Err(why) => ui.toast(Tone::Bad, why),
            }
        });
    }
}

async fn all_files() -> Result<Vec<(String, Vec<u8>)>, Message> {
    let list = fetch::text(FILES).await.map_err(absent)?;
    let names: Vec<String> = serde_json::from_str(&list).map_err(|_| incomplete())?;
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        // One after the other: the browser has most of them, and the rest come from one server.
        let bytes = fetch::bytes(&name).await.map_err(|_| incomplete())?;
        all.push((name, bytes));
    }
    Ok(all)
}

fn incomplete() -> Message {
    t(
        "이 페이지의 파일을 모두 받지 못해서 패키지를 만들지 못했어요. 네트워크를 확인하거나, 새 버전이 나왔다면 페이지를 새로 고친 다음 다시 해 주세요.",
        "Not all files of this page could be loaded, so there is no package. Check the network, or reload the page if there is a new version, and try again.",
    )
    .into()
}

fn too_large() -> Message {
    t("패키지가 너무 커요.", "The package is too large.").into()
}
