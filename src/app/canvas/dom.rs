//! A few words for making SVG: everything is made by the document's methods, and text only through text nodes.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

use crate::app::browser::document;

/// A new SVG element with a class.
#[expect(clippy::expect_used, reason = "the names are constants that every browser knows")]
pub fn svg(name: &str, class: &str) -> SvgElement {
    let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), name).expect("an SVG element");
    if !class.is_empty() {
        set(&element, "class", class);
    }
    element.unchecked_into()
}

/// A new `div` with a class.
#[expect(clippy::expect_used, reason = "the name is a constant that every browser knows")]
pub fn div(class: &str) -> HtmlElement {
    let element: HtmlElement = document().create_element("div").expect("a div").unchecked_into();
    element.set_class_name(class);
    element
}

/// Writes an attribute. The names are constants and valid, so this cannot fail.
pub fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).ok();
}

/// Appends a child. Fails only for a parent inside its own child, which the tree of nodes rules out.
pub fn append(parent: &web_sys::Node, child: &web_sys::Node) {
    parent.append_child(child).ok();
}

/// Moves by CSS. A transform costs a layer only where it is asked for by `lift`.
pub fn translate(element: &SvgElement, x: f64, y: f64) {
    element.style().set_property("transform", &format!("translate({x}px,{y}px)")).ok();
}
