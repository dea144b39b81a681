//! The page's entry: mounts the application into the document.

mod app;

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(|| view! { <h1>"Groundplan"</h1> });
}
