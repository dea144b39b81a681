//! What is drawn and said over the drawing as it is seen now: outlines, handles, the path, names in full, and why something may not be.

use groundplan::design::Design;
use groundplan::interact::Editor;

use super::Stage;
use crate::app::canvas::over::{self, Shown};

/// Pixels that a note beside the pointer may take.
const TIP: f64 = 320.0;
/// Pixels that a whole name beside its node may take.
const NAME: f64 = 40.0;

impl Stage {
    /// Writes the name of what is pointed at, else of the one that is selected, below it, if it is cut there or not written at all.
    fn draw_whole_name(&self, editor: &Editor) {
        let overlay = editor.overlay();
        let at_rest = overlay.gesture.is_none() && overlay.band.is_none() && overlay.marquee.is_none();
        let named = overlay.hover.or_else(|| editor.selection.single()).filter(|_| at_rest).and_then(|id| {
            let rect = editor.camera.screen_rect(editor.scene.rect(id)?);
            Some((self.drawing.cut_name(id)?, rect))
        });
        let Some((name, rect)) = named else {
            self.whole_name.set_hidden(true);
            return;
        };
        if self.whole_name.text_content().as_deref() != Some(&name) {
            self.whole_name.set_text_content(Some(&name));
        }
        self.whole_name.set_hidden(false);
        let (w, h) = editor.viewport();
        let x = rect.center().x.clamp(0.0, w);
        // Below a tile; at the lower edge of the canvas above it. A frame may be larger than the canvas: then at its upper edge.
        let (y, share) = if rect.h > h / 2.0 { (rect.y.clamp(0.0, h - NAME), 0) } else { (rect.bottom() + 4.0, 0) };
        let (y, share) = if y > h - NAME { (rect.y - 4.0, 100) } else { (y, share) };
        let across = (x / w.max(1.0) * 100.0).clamp(0.0, 100.0);
        let transform = format!("translate(calc({x:.0}px - {across:.0}%),calc({y:.0}px - {share}%))");
        self.whole_name.style().set_property("transform", &transform).ok();
    }

    pub(super) fn draw_over(&mut self, editor: &Editor, design: &Design) {
        let shown = Shown {
            camera: editor.camera,
            scene: &editor.scene,
            overlay: editor.overlay(),
            selection: editor.selection.ids(),
            lost: &self.lost,
            handles: editor.resize_handles(design).map(|(_, handles)| handles.map(|(_, at)| at)),
            connect: editor.connect_handle(design).map(|(_, at)| at),
            wire: editor.selection.wire(),
            ends: editor.wire_handles().map(|(_, ends)| ends.map(|(_, at)| at)),
        };
        self.over.draw(&shown);
        self.draw_whole_name(editor);
        self.path.draw(editor.camera, &editor.scene, editor.overlay().gesture.is_some());
        let refusal = over::refusal(editor.overlay()).map(|why| why.get(self.lang).to_owned());
        if self.tip.hidden() != refusal.is_none() {
            self.tip.set_hidden(refusal.is_none());
        }
        if let Some(why) = refusal {
            if self.tip.text_content().as_deref() != Some(&why) {
                self.tip.set_text_content(Some(&why));
            }
            let at = self.pointer;
            let (w, h) = editor.viewport();
            // In the right and lower part of the canvas it stands on the other side of the pointer, so that it is not cut off.
            let beside = |at: f64, size: f64, gap: f64| {
                if at > size - TIP { format!("calc({}px - 100%)", at - gap) } else { format!("{}px", at + gap) }
            };
            let transform = format!("translate({},{})", beside(at.x, w, 16.0), beside(at.y, h, 20.0));
            self.tip.style().set_property("transform", &transform).ok();
        }
    }
}
