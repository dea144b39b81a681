//! What commands and panels make of camera and selection: each answers like an event, so that whoever follows the editor follows this too.

use super::{Camera, Editor, Response, Selection, WireEnd};
use crate::design::{Design, Diff, Point, Rect, Session};
use crate::id::NodeId;
use crate::layout::edges::Edge;

/// How much one step zooms.
const STEP: f64 = 1.25;
/// Pixels around what a fit shows, at most.
const AROUND: f64 = 24.0;
/// The share of the canvas that they are at most.
const AROUND_SHARE: f64 = 0.04;
/// Pixels left free around what was just placed.
const FREE: f64 = 24.0;
/// Pixels around a drawing that was whole and stays so as the canvas loses room.
const EDGE: f64 = 24.0;
/// Pixels on the screen below which a node is too small to be made out.
const LEAST_SEEN: f64 = 16.0;

impl Editor {
    /// Selects what exists of these, and nothing else.
    pub fn select(&mut self, ids: impl IntoIterator<Item = NodeId>, design: &Design) -> Response {
        let mut selection = Selection::of(ids);
        selection.prune(design);
        let changed = selection != self.selection;
        self.selection = selection;
        Response { selection_changed: changed, ..self.unmoved() }
    }

    /// Selects a wire, and nothing else.
    pub fn select_wire(&mut self, edge: Edge, design: &Design) -> Response {
        let mut selection = Selection::of_wire(edge);
        selection.prune(design);
        let changed = selection != self.selection;
        self.selection = selection;
        Response { selection_changed: changed, ..self.unmoved() }
    }

    /// Begins to lead an end of a wire elsewhere; the next click ends it.
    pub fn rewire(&mut self, edge: Edge, end: WireEnd, session: &mut Session) -> Response {
        self.set_tool(super::Tool::Select, session);
        self.begin_rewire(session.design(), edge, end, None);
        Response { overlay_changed: true, ..self.unmoved() }
    }

    /// Says that the space bar is held or not, so that the pointer shows the hand.
    pub fn hold_space(&mut self, held: bool, session: &mut Session) -> Response {
        self.respond(session, |editor, _, _| editor.space = held)
    }

    /// Whether moves snap unless Ctrl is held.
    pub const fn snaps(&self) -> bool {
        !self.loose
    }

    /// Makes moves snap, or not, unless Ctrl is held.
    pub const fn set_snaps(&mut self, snaps: bool) {
        self.loose = !snaps;
    }

    /// Follows a change that was made elsewhere: undo, the inspector, a quick fix. A gesture under way ends where it is.
    pub fn follow(&mut self, design: &Design, diff: Diff) -> Response {
        let before = self.selection.clone();
        let edges = self.adopt(design, &diff);
        let selection_changed = before != self.selection;
        Response { diff, edges, selection_changed, overlay_changed: true, ..Response::default() }
    }

    /// Follows a canvas that changed its size, in pixels. A gesture under way counts from where it began: the drawing follows when it has ended.
    /// What is shown as a whole stays so, larger or smaller, unless a part is selected: that stays where the eye is on it.
    pub fn resize(&mut self, viewport: (f64, f64)) -> Response {
        let before = std::mem::replace(&mut self.viewport, viewport);
        self.outgrown.get_or_insert(before);
        self.catch_up();
        Response { camera_changed: true, ..self.unmoved() }
    }

    /// Looks from where the drawing is seen in a canvas that became another size.
    pub(super) fn catch_up(&mut self) {
        if self.is_busy() {
            return;
        }
        let Some(before) = self.outgrown.take() else { return };
        if !self.selection.is_empty() {
            self.keep_selected_in_sight(before);
        } else if self.fitted == Some(self.camera) {
            self.fit_all();
        } else {
            self.camera.follow(self.scene.bounds(), before, self.viewport, EDGE);
        }
    }

    /// Keeps the drawing where it is under the pointer that has just selected something, and so made room for its properties. What is selected
    /// and would be hidden comes back into sight by the shortest way.
    fn keep_selected_in_sight(&mut self, before: (f64, f64)) {
        let rects = self.selection.ids().iter().filter_map(|id| self.scene.rect(*id));
        let Some(selected) = rects.reduce(|a, b| a.union(b)).map(|rect| self.camera.screen_rect(rect)) else { return };
        let (w, h) = self.viewport;
        if Rect::new(0.0, 0.0, before.0, before.1).contains_rect(selected) {
            let back =
                |end: f64, size: f64, room: f64| if size + EDGE <= room { (room - EDGE - end).min(0.0) } else { 0.0 };
            self.camera.pan(back(selected.right(), selected.w, w), back(selected.bottom(), selected.h, h));
        }
    }

    fn fit_all(&mut self) {
        if let Some(rect) = self.scene.bounds() {
            self.camera.fit(rect, self.viewport, self.around());
            self.fitted = Some(self.camera);
        }
    }

    fn around(&self) -> f64 {
        AROUND.min(self.viewport.0.min(self.viewport.1) * AROUND_SHARE)
    }

    /// How large the canvas is on the page, in pixels.
    pub const fn viewport(&self) -> (f64, f64) {
        self.viewport
    }

    /// Puts the camera elsewhere.
    pub fn set_camera(&mut self, camera: Camera) -> Response {
        let camera_changed = camera != self.camera;
        self.camera = camera;
        Response { camera_changed, ..self.unmoved() }
    }

    /// Zooms in or out at the middle of the canvas, by steps.
    pub fn zoom_by(&mut self, steps: i32) -> Response {
        self.zoom_at_middle(STEP.powi(steps))
    }

    /// Back to life size; the middle of the canvas stays.
    pub fn zoom_to_life(&mut self) -> Response {
        self.zoom_at_middle(1.0 / self.camera.zoom)
    }

    /// Shows these nodes; all where none of them stands anywhere.
    pub fn fit(&mut self, ids: &[NodeId]) -> Response {
        let (before, around) = (self.camera, self.around());
        match ids.iter().filter_map(|id| self.scene.rect(*id)).reduce(Rect::union) {
            Some(rect) => self.camera.fit(rect, self.viewport, around),
            None => self.fit_all(),
        }
        Response { camera_changed: before != self.camera, ..self.unmoved() }
    }

    /// Moves the camera if a node is not wholly on the screen, and zooms if it is too large or too small to be seen there.
    pub fn bring_into_view(&mut self, id: NodeId) -> Response {
        let Some(rect) = self.scene.rect(id) else { return self.unmoved() };
        let (shown, window) = (self.camera.screen_rect(rect), self.window());
        let seen = shown.w.min(shown.h) >= LEAST_SEEN;
        let fits = seen && shown.w <= window.w && shown.h <= window.h;
        if fits && !window.contains_rect(shown) {
            let (at, middle, mut camera) = (shown.center(), window.center(), self.camera);
            camera.pan(middle.x - at.x, middle.y - at.y);
            return self.set_camera(camera);
        }
        if fits || seen && window.intersects(shown) { self.unmoved() } else { self.fit(&[id]) }
    }

    /// Shows these nodes unless all of them are on the screen already.
    pub fn bring_all_into_view(&mut self, ids: &[NodeId]) -> Response {
        let mut rects = ids.iter().filter_map(|id| self.scene.rect(*id));
        if rects.all(|rect| self.window().contains_rect(self.camera.screen_rect(rect))) {
            return self.unmoved();
        }
        self.fit(ids)
    }

    /// Moves the camera as little as is needed to show a node whole, and zooms out where it is larger than the canvas.
    pub fn show_whole(&mut self, id: NodeId) -> Response {
        let Some(rect) = self.scene.rect(id) else { return self.unmoved() };
        let (shown, (w, h)) = (self.camera.screen_rect(rect), self.viewport);
        if shown.w > w - 2.0 * FREE || shown.h > h - 2.0 * FREE {
            return self.fit(&[id]);
        }
        let short = |from: f64, to: f64, room: f64| (FREE - from).max(0.0) - (to - room + FREE).max(0.0);
        let mut camera = self.camera;
        camera.pan(short(shown.x, shown.right(), w), short(shown.y, shown.bottom(), h));
        self.set_camera(camera)
    }

    fn zoom_at_middle(&mut self, factor: f64) -> Response {
        let (middle, mut camera) = (self.window().center(), self.camera);
        camera.zoom_at(Point::new(middle.x, middle.y), factor);
        self.set_camera(camera)
    }

    /// The canvas on the screen.
    const fn window(&self) -> Rect {
        Rect::new(0.0, 0.0, self.viewport.0, self.viewport.1)
    }

    /// Nothing happened, and the pointer keeps its shape.
    fn unmoved(&self) -> Response {
        Response { cursor: self.cursor, ..Response::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Region, Vpc};
    use crate::layout::Sketch;

    /// An editor on a region with a VPC, seen through a canvas of 1000 by 800 pixels.
    fn editor() -> (Editor, Design, NodeId, NodeId) {
        let mut sketch = Sketch::new();
        let region = sketch.add_at(None, "region", Region::default(), Rect::new(0.0, 0.0, 900.0, 600.0));
        let vpc = sketch.add_at(Some(region), "vpc", Vpc::default(), Rect::new(24.0, 48.0, 600.0, 400.0));
        let design = sketch.finish();
        let mut editor = Editor::new(&design);
        assert!(editor.resize((1_000.0, 800.0)).camera_changed, "what came into sight is drawn");
        (editor, design, region, vpc)
    }

    fn shown(editor: &Editor, id: NodeId) -> Rect {
        editor.camera.screen_rect(editor.scene.rect(id).unwrap())
    }

    #[test]
    fn what_is_beside_the_canvas_is_moved_into_it_and_what_is_seen_stays() {
        let (mut editor, _, _, vpc) = editor();
        assert!(!editor.bring_into_view(vpc).camera_changed);
        editor.set_camera(Camera { x: 3_000.0, y: 0.0, zoom: 1.0 });
        assert!(editor.bring_into_view(vpc).camera_changed);
        assert!(editor.window().contains_rect(shown(&editor, vpc)));
        assert_eq!(editor.camera.zoom, 1.0, "it fits as it is");
        editor.set_camera(Camera { x: 0.0, y: 0.0, zoom: 0.02 });
        assert!(editor.bring_into_view(vpc).camera_changed, "too small to be made out");
        assert!(shown(&editor, vpc).h > LEAST_SEEN);
    }

    #[test]
    fn the_drawing_stays_under_the_pointer_when_properties_make_themselves_room() {
        let (mut editor, design, _, vpc) = editor();
        editor.fit(&[]);
        editor.select([vpc], &design);
        let before = editor.camera;
        editor.resize((900.0, 800.0));
        assert_eq!(editor.camera, before, "what is selected is still in sight");
        editor.resize((640.0, 800.0));
        assert!(editor.camera.x < before.x && editor.camera.zoom == before.zoom);
        assert!((shown(&editor, vpc).right() - (640.0 - EDGE)).abs() < 1.0, "{:?}", shown(&editor, vpc));
    }

    #[test]
    fn all_of_several_are_shown_unless_all_are_seen() {
        let (mut editor, _, region, vpc) = editor();
        assert!(!editor.bring_all_into_view(&[region, vpc]).camera_changed);
        editor.set_camera(Camera { x: -500.0, y: 0.0, zoom: 1.0 });
        assert!(editor.bring_all_into_view(&[region, vpc]).camera_changed);
        assert!(editor.window().contains_rect(shown(&editor, region)));
    }

    #[test]
    fn zooming_keeps_the_middle_of_the_canvas() {
        let (mut editor, ..) = editor();
        let middle = editor.camera.world_from_screen(editor.window().center());
        editor.zoom_by(-3);
        assert!(editor.camera.zoom < 0.6);
        let response = editor.zoom_to_life();
        assert!(response.camera_changed && (editor.camera.zoom - 1.0).abs() < 1e-12);
        let after = editor.camera.world_from_screen(editor.window().center());
        assert!((after.x - middle.x).abs() < 1e-6 && (after.y - middle.y).abs() < 1e-6);
        assert!(!editor.zoom_to_life().camera_changed, "it is there already");
    }

    #[test]
    fn only_what_exists_is_selected_and_only_a_change_is_told() {
        let (mut editor, design, region, vpc) = editor();
        assert!(editor.select([vpc], &design).selection_changed);
        assert!(!editor.select([vpc], &design).selection_changed);
        let gone = Design::new();
        assert!(editor.select([region], &gone).selection_changed && editor.selection.is_empty());
    }

    #[test]
    fn an_undo_that_takes_what_is_selected_away_tells_that_nothing_is() {
        let (mut editor, mut design, _, vpc) = editor();
        editor.select([vpc], &design);
        let diff = design.apply(&crate::design::Edit::Remove(vpc)).unwrap();
        let response = editor.follow(&design, diff.clone());
        assert!(response.selection_changed && editor.selection.is_empty());
        assert_eq!(response.diff, diff);
    }
}
