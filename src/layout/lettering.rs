//! How large words are drawn, so that they can be read whatever the zoom: the drawing shrinks, its letters only to a point.
//!
//! Between life size and the zoom at which a name has no room any more, letters grow against the zoom by steps, so that a turn of the wheel
//! does not write all of them anew. Farther away [`super::far`] says what is written in their place.

/// Pixels on the screen below which letters are not read.
pub const READABLE: f64 = 10.0;
/// From this zoom there is room for the names of tiles; farther away they merge into counts.
pub const DETAIL: f64 = 0.42;
/// Sizes of the letters of a tile's name and its second line, at life size.
const TILE: [f64; 2] = [12.0, 11.0];
/// Sizes of the letters of a frame's name and of what follows it, at life size.
const TITLE: [f64; 2] = [13.0, 12.0];
/// How much larger letters are from one step to the next.
const STEP: f64 = 1.122;
/// The last step.
const MOST: u8 = 9;

/// A size of letters, in steps against the zoom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lettering(u8);

impl Lettering {
    /// As large as at life size.
    pub const LIFE: Self = Self(0);
    /// The largest of which two lines fit below an icon; wires keep clear of words of this size.
    pub const READING: Self = Self(4);
    /// The largest that is drawn beside icons.
    pub const LARGEST: Self = Self(7);

    /// The smallest letters that are read at a zoom.
    pub fn at(zoom: f64) -> Self {
        if zoom * TILE[1] >= READABLE {
            return Self::LIFE;
        }
        let reads = |step: &Self| TILE[0] * step.scale() * zoom >= READABLE;
        (1..MOST).map(Self).find(reads).unwrap_or(Self(MOST))
    }

    /// How many times as large as at life size letters are.
    pub fn scale(self) -> f64 {
        STEP.powi(i32::from(self.0.saturating_sub(1)))
    }

    /// Size of the letters of a tile's name, in world units.
    pub fn name(self) -> f64 {
        TILE[0] * self.scale()
    }

    /// Size of those of a tile's second line. Below life size it is as large as the name, or it would not be read.
    pub fn caption(self) -> f64 {
        if self == Self::LIFE { TILE[1] } else { self.name() }
    }

    /// Size of the letters of a frame's name.
    pub fn title(self) -> f64 {
        TITLE[0] * self.scale()
    }

    /// Size of what follows a frame's name.
    pub fn note(self) -> f64 {
        TITLE[1] * self.scale()
    }

    /// Whether two lines fit below an icon.
    pub fn has_two_lines(self) -> bool {
        self <= Self::READING
    }

    /// Whether two lines fit into the header of a frame.
    pub fn has_two_titles(self) -> bool {
        self <= Self(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_at_every_zoom_with_names() {
        for percent in 42..=400 {
            let zoom = f64::from(percent) / 100.0;
            let letters = Lettering::at(zoom);
            for size in [letters.name(), letters.caption(), letters.title(), letters.note()] {
                assert!(size * zoom >= READABLE - 1e-9, "{size} at {zoom}");
            }
            assert!(letters <= Lettering::LARGEST && letters.name() * zoom <= TILE[0].max(TILE[0] * zoom) + 0.001);
        }
    }

    #[test]
    fn near_letters_do_not_grow() {
        assert_eq!(Lettering::at(1.0), Lettering::LIFE);
        assert_eq!(Lettering::at(4.0), Lettering::LIFE);
        assert_eq!((Lettering::LIFE.name(), Lettering::LIFE.caption()), (12.0, 11.0));
    }
}
