//! The page's entry: mounts the application into the document.

mod app;

fn main() {
    console_error_panic_hook::set_once();
    if app::bench::is_asked_for() {
        app::bench::begin();
        return;
    }
    leptos::mount::mount_to_body(app::App);
}
