//! The page's entry: mounts the application into the document.

mod app;

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        app::browser::cover::panicked(&panic.to_string());
        console_error_panic_hook::hook(panic);
    }));
    app::mount();
}
