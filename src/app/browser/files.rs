//! Files in and out: choosing, dropping, reading, downloading.
//!
//! By hand, since `gloo-file` only reads, and by a `FileReader` with its listeners, where `File.arrayBuffer` is one call.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry,
    FileSystemFileEntry, HtmlAnchorElement, HtmlInputElement, Url,
};

use super::{Listener, document};

/// A file, and where it lies in the folder it came with: `account/vpcs.json`.
pub struct Found {
    pub path: String,
    pub file: File,
}

impl Found {
    fn new(file: File) -> Self {
        // What a folder's input tells of its files.
        let path = js_sys::Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        Self { path: path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name()), file }
    }
}

/// What was chosen or dropped.
#[derive(Default)]
pub struct Chosen {
    pub files: Vec<Found>,
    /// Folders that are not opened yet.
    pub folders: Vec<FileSystemDirectoryEntry>,
}

fn listed(files: &FileList) -> Chosen {
    Chosen { files: (0..files.length()).filter_map(|at| files.get(at)).map(Found::new).collect(), folders: Vec::new() }
}

/// What was dropped. Only the event itself may ask: afterwards its data is gone.
pub fn dropped(data: &DataTransfer) -> Chosen {
    let (items, mut chosen) = (data.items(), Chosen::default());
    for item in (0..items.length()).filter_map(|at| items.get(at)) {
        let entry = item.webkit_get_as_entry().ok().flatten();
        match entry.filter(FileSystemEntry::is_directory) {
            Some(folder) => chosen.folders.push(folder.unchecked_into()),
            None => chosen.files.extend(item.get_as_file().ok().flatten().map(Found::new)),
        }
    }
    chosen
}

/// What is in folders.
#[derive(Default)]
pub struct Opened {
    pub files: Vec<Found>,
    /// The paths of what the browser did not give.
    pub lost: Vec<String>,
}

/// Opens folders, and the folders in them that are not hidden, down to their files. Nothing where there is more in them than `most`.
pub async fn opened(folders: Vec<FileSystemDirectoryEntry>, most: usize) -> Option<Opened> {
    let path = |entry: &FileSystemEntry| entry.full_path().trim_start_matches('/').to_owned();
    let (mut waiting, mut inside, mut seen) = (folders, Opened::default(), 0);
    while let Some(folder) = waiting.pop() {
        let reader = folder.create_reader();
        // A reader tells of some entries at a time, and of none when it has told of all.
        loop {
            let ask = |resolve, reject| reader.read_entries_with_callback_and_callback(&resolve, &reject).unwrap_or(());
            let Ok(entries) = answer(ask).await else {
                inside.lost.push(path(&folder));
                break;
            };
            let entries: Vec<FileSystemEntry> =
                js_sys::Array::from(&entries).iter().map(JsCast::unchecked_into).collect();
            seen += entries.len();
            if seen > most {
                return None;
            }
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                if entry.name().starts_with('.') {
                    continue;
                }
                if entry.is_directory() {
                    waiting.push(entry.unchecked_into());
                    continue;
                }
                let path = path(&entry);
                let entry: FileSystemFileEntry = entry.unchecked_into();
                match answer(|resolve, reject| entry.file_with_callback_and_callback(&resolve, &reject)).await {
                    Ok(file) => inside.files.push(Found { path, file: file.unchecked_into() }),
                    Err(_) => inside.lost.push(path),
                }
            }
        }
    }
    inside.files.sort_by(|a, b| a.path.cmp(&b.path));
    Some(inside)
}

/// What a function tells that takes one callback for what it found and one for why it did not.
async fn answer(ask: impl Fn(js_sys::Function, js_sys::Function)) -> Result<JsValue, JsValue> {
    JsFuture::from(js_sys::Promise::new(&mut |resolve, reject| ask(resolve, reject))).await
}

/// Asks for files, or for a folder with all that is in it. `then` is called when something was chosen.
pub fn choose(accept: &str, folder: bool, then: impl FnOnce(Chosen) + 'static) {
    let Some(input) = document().create_element("input").ok().and_then(|e| e.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(true);
    if folder {
        // An attribute with a fixed name is never refused.
        input.set_attribute("webkitdirectory", "").ok();
    }
    // The listener lives in its own handler's slot until the choice is made; a cancelled choice frees it too.
    let slot: Rc<RefCell<Vec<Listener>>> = Rc::default();
    let mut then = Some(then);
    let (chosen, held) = (input.clone(), slot.clone());
    let on_change = Listener::new(&input, "change", move |_| {
        if let (Some(files), Some(then)) = (chosen.files(), then.take()) {
            then(listed(&files));
        }
        held.borrow_mut().clear();
    });
    let held = slot.clone();
    let on_cancel = Listener::new(&input, "cancel", move |_| held.borrow_mut().clear());
    slot.borrow_mut().extend([on_change, on_cancel]);
    input.click();
}

/// Reads a file's bytes.
///
/// # Errors
/// The browser's reason: the file went away or may not be read.
pub async fn read(file: &File) -> Result<Vec<u8>, JsValue> {
    let bytes = JsFuture::from(file.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// Hands a text file to the browser's downloads.
pub fn download(name: &str, mime: &str, text: &str) {
    hand_over(name, mime, &text.into());
}

/// Hands a file of bytes to the browser's downloads.
pub fn download_bytes(name: &str, mime: &str, bytes: &[u8]) {
    hand_over(name, mime, &js_sys::Uint8Array::from(bytes));
}

fn hand_over(name: &str, mime: &str, part: &JsValue) {
    let bag = BlobPropertyBag::new();
    bag.set_type(mime);
    // A sequence of parts may hold texts and bytes alike.
    let parts = js_sys::Array::of1(part);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &bag) else { return };
    download_blob(name, &blob);
}

/// Hands bytes to the browser's downloads.
pub fn download_blob(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    if let Some(link) = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The download has its own hold on the bytes by the time the click returns.
    Url::revoke_object_url(&address).ok();
}
