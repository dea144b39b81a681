//! The page in two languages: the reader's choice as a signal, and texts as views that follow it.

pub mod search;

use groundplan::text::{Lang, Message, Text};
use leptos::prelude::*;

use crate::app::browser::{self, document, prefs};

/// The language of the page; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Words(RwSignal<Lang>);

impl Words {
    /// The remembered choice, else the language of the browser. Only a choice is remembered: a browser that changes its language changes the
    /// page's until somebody has chosen.
    pub fn remembered() -> Self {
        let lang = match prefs::read("lang").as_deref() {
            Some("en") => Lang::En,
            Some("ko") => Lang::Ko,
            _ => Lang::preferred(browser::languages().iter().map(String::as_str)),
        };
        let words = Self(RwSignal::new(lang));
        words.mark_document();
        words
    }

    /// The language now; tracks.
    pub fn lang(self) -> Lang {
        self.0.get()
    }

    /// Switches, and remembers.
    pub fn set(self, lang: Lang) {
        self.0.set(lang);
        prefs::write("lang", code(lang));
        self.mark_document();
    }

    /// A text in the language now; tracks.
    pub fn say(self, text: Text) -> &'static str {
        text.get(self.lang())
    }

    /// A message in the language now; tracks.
    pub fn read(self, message: &Message) -> String {
        message.get(self.lang()).to_owned()
    }

    /// A term with its English in brackets, as learners mix both: `보안 그룹 (Security group)`; tracks.
    pub fn term(self, text: Text) -> String {
        let aside = self.aside(text).map(|aside| format!(" ({aside})")).unwrap_or_default();
        format!("{}{aside}", self.say(text))
    }

    /// The English of a term beside its Korean; nothing where they are one. Tracks.
    pub fn aside(self, text: Text) -> Option<&'static str> {
        (self.lang() == Lang::Ko && text.ko != text.en).then_some(text.en)
    }

    fn mark_document(self) {
        if let Some(root) = document().document_element() {
            // An attribute with a fixed name is never refused.
            root.set_attribute("lang", code(self.0.get_untracked())).ok();
        }
    }
}

const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    }
}

/// The page's words.
pub fn words() -> Words {
    expect_context()
}

/// A text as a view that follows the language.
pub fn tr(text: Text) -> impl Fn() -> &'static str + Clone + Send + Sync + 'static {
    let words = words();
    move || words.say(text)
}
