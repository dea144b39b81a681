//! Small choices that outlive the page: language and theme. Where storage is blocked they last as long as the page.
//!
//! By hand, since `gloo-storage` keeps values as JSON, and would not read the plain words that are there.

use super::window;

/// A remembered choice.
pub fn read(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(&full(key)).ok()?
}

/// Remembers a choice.
pub fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or blocked storage forgets the choice, which harms nobody.
        storage.set_item(&full(key), value).ok();
    }
}

/// Forgets a choice.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        storage.remove_item(&full(key)).ok();
    }
}

/// What this tab remembers for as long as it lives.
pub fn tab_read(key: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(&full(key)).ok()?
}

/// Lets this tab remember.
pub fn tab_write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        storage.set_item(&full(key), value).ok();
    }
}

fn full(key: &str) -> String {
    format!("groundplan.{key}")
}
