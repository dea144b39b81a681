//! The page `#bench`: the same canvas on a scene that a benchmark hands over, so that it can be measured against other editors by real gestures.
//!
//! Builds have it with the feature `bench`, as `cargo xtask serve --bench` makes them; what ships does not.

pub mod reach;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use groundplan::catalog::Kind;
use groundplan::design::{Design, Edit, Node, Point, Rect, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Camera, Editor, Response};
use groundplan::layout::edges::{Edge, WireClass};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::HtmlElement;

use crate::app::browser::{document, window};
use crate::app::canvas::{Canvas, Host, listen};
use crate::app::parts::Studies;

/// A document of its own: there is no store on this page.
#[derive(Clone, Default)]
struct Bench {
    document: Rc<RefCell<(Editor, Session)>>,
    ids: Rc<RefCell<BTreeMap<String, NodeId>>>,
    canvas: Rc<OnceCell<Canvas>>,
}

impl Host for Bench {
    fn step(&self, step: &mut dyn FnMut(&mut Editor, &mut Session) -> Response) {
        let response = {
            let (editor, session) = &mut *self.document.borrow_mut();
            step(editor, session)
        };
        if let Some(canvas) = self.canvas.get() {
            canvas.follow(&response);
        }
    }

    fn read(&self, read: &mut dyn FnMut(&mut Editor, &Design)) {
        let (editor, session) = &mut *self.document.borrow_mut();
        read(editor, session.design());
    }

    fn choose(&self, _hit: Option<NodeId>) -> bool {
        false
    }

    fn is_choosing(&self) -> bool {
        false
    }
}

/// Where the canvas is measured.
const CANVAS: &str = "#bench";
/// Where reachability is.
const REACH: &str = "#bench-reach";

/// What builds the page that the address asks for, if it is one that measures.
pub fn asked_for() -> Option<fn(&'static Studies)> {
    match window().location().hash().unwrap_or_default().as_str() {
        CANVAS => Some(|studies| {
            if let Err(error) = (studies.bench)() {
                wasm_bindgen::throw_val(error);
            }
        }),
        REACH => Some(|studies| (studies.bench_reach)()),
        _ => None,
    }
}

/// Builds the page and `window.__bench`.
///
/// # Errors
/// Of the browser, when an element or property cannot be made.
pub fn run() -> Result<(), JsValue> {
    let root: HtmlElement = document().create_element("div")?.unchecked_into();
    root.set_class_name("canvas");
    root.set_tab_index(0);
    document().body().ok_or("no body")?.append_child(&root)?;
    let bench = Bench::default();
    let canvas = Canvas::mount(&root, bench.clone());
    _ = bench.canvas.set(canvas.clone());
    // The scene's nodes do not stand on our grid, and the benchmark checks that they went where the pointer did.
    canvas.set_free(true);
    // The page is never taken down, so neither are its listeners.
    std::mem::forget(listen(&root, &canvas));

    let object = js_sys::Object::new();
    let put = |name: &str, value: &JsValue| js_sys::Reflect::set(&object, &name.into(), value).map(drop);
    put("name", &"groundplan".into())?;
    put("wantsText", &true.into())?;
    put("zoomModifiers", &2.into())?;
    put("panButton", &"middle".into())?;
    let (on, of) = (canvas.clone(), bench.clone());
    let load = Closure::<dyn Fn(String) -> js_sys::Promise>::new(move |text: String| {
        let (canvas, bench) = (on.clone(), of.clone());
        future_to_promise(async move {
            bench.open(&text).map_err(|why| JsValue::from(why.as_str()))?;
            canvas.reload();
            canvas.draw_now();
            painted().await
        })
    });
    put("load", &load.into_js_value())?;
    let on = canvas.clone();
    let set_view = Closure::<dyn Fn(JsValue) -> js_sys::Promise>::new(move |view: JsValue| {
        let number =
            |key: &str| js_sys::Reflect::get(&view, &key.into()).ok().and_then(|v| v.as_f64()).unwrap_or_default();
        let camera = Camera { x: number("x"), y: number("y"), zoom: number("zoom") };
        on.step(|editor, _| editor.set_camera(camera));
        on.draw_now();
        future_to_promise(async move {
            painted().await?;
            painted().await
        })
    });
    put("setView", &set_view.into_js_value())?;
    let of = bench.clone();
    let rect = Closure::<dyn Fn(String) -> JsValue>::new(move |id: String| {
        let id = of.ids.borrow().get(&id).copied();
        let (editor, _) = &*of.document.borrow();
        let found = id.and_then(|id| Some(editor.camera.screen_rect(editor.scene.rect(id)?)));
        let rect = found.unwrap_or_default();
        let object = js_sys::Object::new();
        for (key, value) in [("x", rect.x), ("y", rect.y), ("w", rect.w), ("h", rect.h)] {
            js_sys::Reflect::set(&object, &key.into(), &value.into()).ok();
        }
        object.into()
    });
    put("nodeScreenRect", &rect.into_js_value())?;
    let grab = Closure::<dyn Fn(String) -> JsValue>::new(move |id: String| {
        let found = bench.ids.borrow().get(&id).and_then(|id| bench.grip(*id));
        let Some((held, at)) = found else { return JsValue::NULL };
        let name = bench.ids.borrow().iter().find(|(_, id)| **id == held).map(|(name, _)| name.clone());
        js_sys::Array::of3(&name.unwrap_or_default().into(), &at.x.into(), &at.y.into()).into()
    });
    put("grab", &grab.into_js_value())?;
    js_sys::Reflect::set(&window(), &"__bench".into(), &object).map(drop)
}

impl Bench {
    /// A screen point by which a node is taken hold of: a frame by its header between two handles; for a tile, the one in the middle of its
    /// frame, because a tile does not stay where it may not stand, and from afar the gesture's few pixels lead out of the frame.
    fn grip(&self, id: NodeId) -> Option<(NodeId, Point)> {
        let (editor, session) = &*self.document.borrow();
        let (camera, design) = (editor.camera, session.design());
        let node = design.node(id)?;
        if node.kind().spec().shape.is_frame() {
            let rect = camera.screen_rect(editor.scene.rect(id)?);
            return Some((id, Point::new(rect.x + rect.w / 4.0, rect.y + (14.0 * camera.zoom).max(1.0))));
        }
        let middle = editor.scene.rect(node.parent?)?.center();
        let off = |rect: Rect| (rect.center().x - middle.x).hypot(rect.center().y - middle.y);
        // Not one beneath another, nor beneath the handle of what is selected.
        let handle = editor.connect_handle(design).map(|(_, at)| at);
        let is_free = |id: NodeId, rect: Rect| {
            let at = camera.screen_from_world(rect.center());
            let far = handle.is_none_or(|handle| (handle.x - at.x).hypot(handle.y - at.y) > 24.0);
            far && editor.scene.hit(rect.center(), camera.zoom).is_some_and(|hit| hit.id == id)
        };
        let tiles = design.children(node.parent).filter_map(|id| Some((id, editor.scene.rect(id)?)));
        let tiles = tiles.filter(|(id, rect)| is_free(*id, *rect));
        let (held, rect) = tiles.min_by(|(_, a), (_, b)| off(*a).total_cmp(&off(*b)))?;
        Some((held, camera.screen_rect(rect).center()))
    }

    /// Opens a scene; its edges are of no kind of ours.
    fn open(&self, text: &str) -> Result<(), String> {
        let scene: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let list = |key: &str| scene.get(key).and_then(Value::as_array).into_iter().flatten();
        let mut design = Design::new();
        let mut ids = BTreeMap::new();
        let mut corners: BTreeMap<NodeId, Point> = BTreeMap::new();
        for node in list("nodes") {
            let text = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
            let number = |key: &str| node.get(key).and_then(Value::as_f64).unwrap_or_default();
            let kind = match (text("kind"), text("icon")) {
                ("vpc", _) => Kind::Vpc,
                ("az", _) => Kind::Zone,
                ("subnet", _) => Kind::Subnet,
                (_, "nat") => Kind::NatGateway,
                _ => Kind::Instance,
            };
            let id = design.next_id();
            let parent = ids.get(text("parent")).copied();
            let corner = parent.and_then(|parent| corners.get(&parent)).copied().unwrap_or_default();
            let rect = Rect::new(number("x"), number("y"), number("w"), number("h"));
            corners.insert(id, rect.origin());
            let rect = rect.shifted(Point::default() - corner);
            let name = text("label").to_owned();
            let node = Node { name, parent, rect, body: kind.new_body(), origin: String::new() };
            design.apply(&Edit::add(id, node)).map_err(|refusal| refusal.why.en)?;
            ids.insert(text("id").to_owned(), id);
        }
        let end = |edge: &Value, key: &str| edge.get(key).and_then(Value::as_str).and_then(|id| ids.get(id)).copied();
        let edge = |edge: &Value| {
            Some(Edge { from: end(edge, "s")?, field: "", to: end(edge, "t")?, class: WireClass::Always })
        };
        let edges: Vec<Edge> = list("edges").filter_map(edge).collect();
        *self.ids.borrow_mut() = ids;
        let (editor, session) = &mut *self.document.borrow_mut();
        let (camera, viewport) = (editor.camera, editor.viewport());
        *editor = Editor::new(&design);
        editor.scene.add_edges(&edges);
        editor.set_camera(camera);
        editor.resize(viewport);
        *session = Session::new(design);
        Ok(())
    }
}

/// Waits until the frame that shows the drawing has been handed over.
async fn painted() -> Result<JsValue, JsValue> {
    for _ in 0..2 {
        let frame = js_sys::Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).ok();
        });
        JsFuture::from(frame).await?;
    }
    let task = js_sys::Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback(&resolve).ok();
    });
    JsFuture::from(task).await
}
