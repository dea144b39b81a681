//! A design as a picture in a dialog: drawn as the canvas draws it, once for each design, seen whole.

use std::sync::Arc;

use groundplan::catalog::kinds::Subnet;
use groundplan::derived::Derived;
use groundplan::design::Design;
use groundplan::interact::Editor;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::drawing::Drawing;

/// Pixels around the drawing.
const AROUND: f64 = 8.0;
/// Ways of wires that are found at once.
const WIRES: usize = 400;

/// The picture. What it shows is said beside it in words.
#[component]
pub fn Preview(design: Signal<Option<Arc<Design>>>) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    Effect::new(move || {
        let (Some(place), design) = (place.get(), design.get()) else { return };
        if let Some(design) = design {
            draw(&place, &design);
        }
    });
    view! { <div class="canvas preview" node_ref=place aria-hidden="true"></div> }.into_any()
}

fn draw(place: &HtmlElement, design: &Design) {
    let mut editor = Editor::new(design);
    editor.resize((f64::from(place.client_width()), f64::from(place.client_height())));
    let mut camera = editor.camera;
    if let Some(around) = editor.scene.bounds() {
        camera.fit(around, editor.viewport(), AROUND);
    }
    editor.set_camera(camera);
    editor.scene.settle(WIRES);
    let mut drawing = Drawing::new();
    drawing.load(design, &editor.scene);
    let derived = Derived::new(design.clone());
    let context = derived.context();
    drawing.set_publics(design.all::<Subnet>().map(|(id, ..)| id).filter(|id| context.is_public(*id)).collect());
    drawing.look(editor.camera, editor.viewport(), &editor.scene);
    drawing.work_all(&editor.scene);
    place.replace_children_with_node_1(&drawing.world);
}
