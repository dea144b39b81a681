//! What people do to the document from anywhere on the page: commands, edits, the clipboard, documents in and out. No view is named here.

pub mod autosave;
pub mod clipboard;
pub mod commands;
pub mod composing;
pub mod dispatch;
pub mod documents;
pub mod edits;
pub mod find;
pub mod import;
pub mod keyboard;
pub mod lessons;
pub mod links;
pub mod offering;
pub mod offers;
mod parts_of_page;
pub mod placing;
pub mod sharing;
