//! Where the viewer looks: `screen = world * zoom + (x, y)`.

use crate::design::{Point, Rect};

/// Smallest zoom: a large estate as a thumbnail.
pub const MIN_ZOOM: f64 = 0.02;
/// Largest zoom.
pub const MAX_ZOOM: f64 = 4.0;

/// The transform between world units and CSS pixels of the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Where the world's origin stands on the screen, to the right.
    pub x: f64,
    /// The same downwards.
    pub y: f64,
    /// Pixels to a world unit.
    pub zoom: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self { x: 0.0, y: 0.0, zoom: 1.0 }
    }
}

impl Camera {
    /// The world point under a screen point.
    pub fn world_from_screen(&self, screen: Point) -> Point {
        Point::new((screen.x - self.x) / self.zoom, (screen.y - self.y) / self.zoom)
    }

    /// Where a world point stands on the screen.
    pub fn screen_from_world(&self, world: Point) -> Point {
        Point::new(world.x * self.zoom + self.x, world.y * self.zoom + self.y)
    }

    /// Where a world rectangle stands on the screen.
    pub fn screen_rect(&self, world: Rect) -> Rect {
        let at = self.screen_from_world(world.origin());
        Rect::new(at.x, at.y, world.w * self.zoom, world.h * self.zoom)
    }

    /// A length on the screen in world units.
    pub fn world_length(&self, pixels: f64) -> f64 {
        pixels / self.zoom
    }

    /// Moves the drawing by pixels.
    pub fn pan(&mut self, dx: f64, dy: f64) {
        if dx.is_finite() && dy.is_finite() {
            self.x = (self.x + dx).clamp(-1e9, 1e9);
            self.y = (self.y + dy).clamp(-1e9, 1e9);
        }
    }

    /// Zooms by a factor; the world point under `screen` stays there.
    pub fn zoom_at(&mut self, screen: Point, factor: f64) {
        if !(factor.is_finite() && factor > 0.0) {
            return;
        }
        let world = self.world_from_screen(screen);
        self.zoom = (self.zoom * factor).clamp(MIN_ZOOM, MAX_ZOOM);
        let now = self.screen_from_world(world);
        self.pan(screen.x - now.x, screen.y - now.y);
    }

    /// Shows a world rectangle as large as it fits with `padding` pixels around it, never larger than life.
    pub fn fit(&mut self, world: Rect, viewport: (f64, f64), padding: f64) {
        let room = |pixels: f64| (pixels - 2.0 * padding).max(1.0);
        let zoom = (room(viewport.0) / world.w.max(1.0)).min(room(viewport.1) / world.h.max(1.0)).min(1.0);
        if !zoom.is_finite() {
            return;
        }
        self.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        let middle = world.center();
        self.x = viewport.0 / 2.0 - middle.x * self.zoom;
        self.y = viewport.1 / 2.0 - middle.y * self.zoom;
    }

    /// Follows a viewport that changed its size, so that a panel which opens hides nothing that was in sight: where all of `world` was, all of it
    /// stays, smaller if it must. Where only a part was, what was in the middle stays there.
    pub fn follow(&mut self, world: Option<Rect>, before: (f64, f64), after: (f64, f64), padding: f64) {
        let Some(world) = world.filter(|_| before.0 > 0.0 && before.1 > 0.0) else { return };
        let shown = self.screen_rect(world);
        let within = |(w, h): (f64, f64)| Rect::new(0.0, 0.0, w, h).contains_rect(shown);
        if within(before) {
            if !within(after) {
                let zoom = self.zoom;
                self.fit(world, after, padding);
                // It never grows by losing room.
                if self.zoom > zoom {
                    self.zoom_at(Point::new(after.0 / 2.0, after.1 / 2.0), zoom / self.zoom);
                }
            }
        } else {
            self.pan((after.0 - before.0) / 2.0, (after.1 - before.1) / 2.0);
        }
    }

    /// The part of the world a viewport of this size shows.
    pub fn visible(&self, viewport: (f64, f64)) -> Rect {
        let at = self.world_from_screen(Point::default());
        Rect::new(at.x, at.y, viewport.0 / self.zoom, viewport.1 / self.zoom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_in_sight_stays_in_sight_when_the_viewport_changes() {
        let (world, wide, low) = (Rect::new(0.0, 0.0, 800.0, 600.0), (1000.0, 800.0), (1000.0, 400.0));
        let mut camera = Camera::default();
        camera.fit(world, wide, 48.0);
        let before = camera;
        camera.follow(Some(world), wide, low, 48.0);
        assert!(
            Rect::new(0.0, 0.0, low.0, low.1).contains_rect(camera.screen_rect(world)) && camera.zoom < before.zoom
        );
        let low_camera = camera;
        camera.follow(Some(world), low, wide, 48.0);
        assert_eq!(camera, low_camera, "what is whole is left alone");
        // Close up, the middle stays.
        let mut close = Camera { x: -500.0, y: -500.0, zoom: 3.0 };
        let middle = close.world_from_screen(Point::new(500.0, 400.0));
        close.follow(Some(world), wide, low, 48.0);
        let after = close.world_from_screen(Point::new(500.0, 200.0));
        assert!(
            (middle.x - after.x).abs() < 1e-9
                && (middle.y - after.y).abs() < 1e-9
                && close.zoom.to_bits() == 3.0_f64.to_bits()
        );
        let mut unseen = Camera::default();
        unseen.follow(Some(world), (0.0, 0.0), wide, 48.0);
        assert_eq!(unseen, Camera::default(), "a canvas that had no size shows nothing yet");
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = Camera { x: 40.0, y: -10.0, zoom: 0.5 };
        let pointer = Point::new(300.0, 200.0);
        let before = camera.world_from_screen(pointer);
        camera.zoom_at(pointer, 1.7);
        let after = camera.world_from_screen(pointer);
        assert!((before.x - after.x).abs() < 1e-9 && (before.y - after.y).abs() < 1e-9);
        assert!((camera.zoom - 0.85).abs() < 1e-12);
    }

    #[test]
    fn zoom_stays_between_its_bounds_and_nonsense_changes_nothing() {
        let mut camera = Camera::default();
        camera.zoom_at(Point::default(), 1e9);
        assert_eq!(camera.zoom, MAX_ZOOM);
        camera.zoom_at(Point::default(), 1e-9);
        assert_eq!(camera.zoom, MIN_ZOOM);
        let before = camera;
        camera.zoom_at(Point::default(), f64::NAN);
        camera.pan(f64::INFINITY, 0.0);
        assert_eq!(camera, before);
    }

    #[test]
    fn fit_shows_the_whole_rectangle() {
        let mut camera = Camera::default();
        let world = Rect::new(-500.0, 100.0, 4_000.0, 1_000.0);
        camera.fit(world, (1_000.0, 800.0), 40.0);
        assert!(camera.visible((1_000.0, 800.0)).contains_rect(world));
        assert!((camera.screen_rect(world).x - 40.0).abs() < 1e-9);
    }
}
