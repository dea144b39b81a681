//! The colours of a drawing in light: AWS's for architecture diagrams, and those of words and findings. The style sheet of the canvas has the same under
//! the same names, and others for the dark; a test compares them.

use super::icons::Tint;

/// A colour of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// The custom property of the style sheet that holds it.
    pub name: &'static str,
    /// Red, green and blue.
    pub rgb: u32,
    /// How much it covers: 1 is all.
    pub alpha: f64,
}

impl Colour {
    const fn of(name: &'static str, rgb: u32) -> Self {
        Self { name, rgb, alpha: 1.0 }
    }

    const fn soft(name: &'static str, rgb: u32, alpha: f64) -> Self {
        Self { name, rgb, alpha }
    }

    /// As SVG and CSS write it, without how much it covers.
    pub fn hex(self) -> String {
        format!("#{:06x}", self.rgb)
    }
}

/// The border of a VPC.
pub const VPC: Colour = Colour::of("--vpc", 0x8c4fff);
/// The inside of a VPC.
pub const VPC_FILL: Colour = Colour::soft("--vpc-fill", 0x8c4fff, 0.025);
/// The border of a region.
pub const REGION: Colour = Colour::of("--region", 0x00a4a6);
/// The border of an Availability Zone.
pub const ZONE: Colour = Colour::of("--zone", 0x00a4a6);
/// The border of a public subnet.
pub const PUBLIC: Colour = Colour::of("--subnet-public", 0x7aa116);
/// Its inside.
pub const PUBLIC_FILL: Colour = Colour::soft("--subnet-public-fill", 0x7aa116, 0.11);
/// The border of a private subnet.
pub const PRIVATE: Colour = Colour::of("--subnet-private", 0x00a4a6);
/// Its inside.
pub const PRIVATE_FILL: Colour = Colour::soft("--subnet-private-fill", 0x00a4a6, 0.09);
/// The inside of other frames.
pub const FRAME_FILL: Colour = Colour::soft("--frame-fill", 0x8c4fff, 0.05);
/// Squares of networking, and frames of it.
pub const NETWORK: Colour = Colour::of("--tint-network", 0x8c4fff);
/// Squares of security.
pub const SECURITY: Colour = Colour::of("--tint-security", 0xdd344c);
/// Squares of compute, and Auto Scaling groups.
pub const COMPUTE: Colour = Colour::of("--tint-compute", 0xed7100);
/// Squares of storage.
pub const STORAGE: Colour = Colour::of("--tint-storage", 0x5c8a0f);
/// Squares of databases.
pub const DATABASE: Colour = Colour::of("--tint-database", 0xc925d1);
/// Squares of management.
pub const MANAGEMENT: Colour = Colour::of("--tint-management", 0xe7157b);
/// Squares of who is outside.
pub const OUTSIDE: Colour = Colour::of("--tint-outside", 0x3d4756);
/// Wires.
pub const WIRE: Colour = Colour::of("--wire", 0x545b64);
/// Wires that are shown for a moment.
pub const HINT: Colour = Colour::of("--wire-hint", 0x8c4fff);
/// Glyphs on squares.
pub const GLYPH: Colour = Colour::of("--glyph", 0xffffff);
/// The paper.
pub const PAPER: Colour = Colour::of("--canvas-bg", 0xffffff);
/// Names.
pub const INK: Colour = Colour::of("--canvas-text", 0x16202e);
/// What stands beneath names.
pub const CAPTION: Colour = Colour::of("--canvas-caption", 0x55606e);
/// The badge of errors.
pub const ERROR: Colour = Colour::of("--badge-error", 0xd13212);
/// The number on it.
pub const ERROR_INK: Colour = Colour::of("--badge-error-text", 0xffffff);
/// The badge of warnings.
pub const WARNING: Colour = Colour::of("--badge-warning", 0xf5b400);
/// The number on it.
pub const WARNING_INK: Colour = Colour::of("--badge-warning-text", 0x201a00);
/// What the internet reaches.
pub const EXPOSED: Colour = Colour::of("--warn", 0x925400);
/// What was added, in pictures of a change.
pub const ADDED: Colour = Colour::of("", 0x1a7f37);
/// What was changed.
pub const CHANGED: Colour = Colour::of("", 0x9a6700);
/// What was removed.
pub const REMOVED: Colour = Colour::of("", 0xcf222e);

/// The colour of a square.
pub const fn tint(tint: Tint) -> Colour {
    match tint {
        Tint::Outside => OUTSIDE,
        Tint::Zone => ZONE,
        Tint::Private => PRIVATE,
        Tint::Network => NETWORK,
        Tint::Security => SECURITY,
        Tint::Compute => COMPUTE,
        Tint::Storage => STORAGE,
        Tint::Database => DATABASE,
        Tint::Management => MANAGEMENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canvas_has_the_same_colours() {
        let sheets = [include_str!("../../style/stage.css"), include_str!("../../style/main.css")];
        let said = |name: &str| {
            let line = |css: &'static str| css.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: ")));
            let value = sheets.into_iter().find_map(line).unwrap_or_else(|| panic!("{name} is in no style sheet"));
            let value = value.trim_end_matches(';');
            value.strip_prefix("light-dark(").and_then(|both| both.split(',').next()).unwrap_or(value)
        };
        for colour in [
            VPC,
            VPC_FILL,
            REGION,
            ZONE,
            PUBLIC,
            PUBLIC_FILL,
            PRIVATE,
            PRIVATE_FILL,
            FRAME_FILL,
            NETWORK,
            SECURITY,
            COMPUTE,
            STORAGE,
            DATABASE,
            MANAGEMENT,
            OUTSIDE,
            WIRE,
            HINT,
            GLYPH,
            PAPER,
            INK,
            CAPTION,
            ERROR,
            ERROR_INK,
            WARNING,
            WARNING_INK,
            EXPOSED,
        ] {
            let [_, red, green, blue] = colour.rgb.to_be_bytes();
            let ours =
                if colour.alpha < 1.0 { format!("rgb({red} {green} {blue} / {})", colour.alpha) } else { colour.hex() };
            assert_eq!(said(colour.name), ours, "{}", colour.name);
        }
    }
}
