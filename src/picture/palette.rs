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
pub const VPC: Colour = Colour::of("--vpc", 0x8c_4f_ff);
/// The inside of a VPC.
pub const VPC_FILL: Colour = Colour::soft("--vpc-fill", 0x8c_4f_ff, 0.025);
/// The border of a region.
pub const REGION: Colour = Colour::of("--region", 0x00_a4_a6);
/// The border of an Availability Zone.
pub const ZONE: Colour = Colour::of("--zone", 0x00_a4_a6);
/// The border of a public subnet.
pub const PUBLIC: Colour = Colour::of("--subnet-public", 0x7a_a1_16);
/// Its inside.
pub const PUBLIC_FILL: Colour = Colour::soft("--subnet-public-fill", 0x7a_a1_16, 0.11);
/// The border of a private subnet.
pub const PRIVATE: Colour = Colour::of("--subnet-private", 0x00_a4_a6);
/// Its inside.
pub const PRIVATE_FILL: Colour = Colour::soft("--subnet-private-fill", 0x00_a4_a6, 0.09);
/// The inside of other frames.
pub const FRAME_FILL: Colour = Colour::soft("--frame-fill", 0x8c_4f_ff, 0.05);
/// Squares of networking, and frames of it.
pub const NETWORK: Colour = Colour::of("--tint-network", 0x8c_4f_ff);
/// Squares of security.
pub const SECURITY: Colour = Colour::of("--tint-security", 0xdd_34_4c);
/// Squares of compute, and Auto Scaling groups.
pub const COMPUTE: Colour = Colour::of("--tint-compute", 0xed_71_00);
/// Squares of storage.
pub const STORAGE: Colour = Colour::of("--tint-storage", 0x5c_8a_0f);
/// Squares of databases.
pub const DATABASE: Colour = Colour::of("--tint-database", 0xc9_25_d1);
/// Squares of management.
pub const MANAGEMENT: Colour = Colour::of("--tint-management", 0xe7_15_7b);
/// Squares of who is outside.
pub const OUTSIDE: Colour = Colour::of("--tint-outside", 0x3d_47_56);
/// Wires.
pub const WIRE: Colour = Colour::of("--wire", 0x54_5b_64);
/// Wires that are shown for a moment.
pub const HINT: Colour = Colour::of("--wire-hint", 0x8c_4f_ff);
/// Glyphs on squares.
pub const GLYPH: Colour = Colour::of("--glyph", 0xff_ff_ff);
/// The paper.
pub const PAPER: Colour = Colour::of("--canvas-bg", 0xff_ff_ff);
/// Names.
pub const INK: Colour = Colour::of("--canvas-text", 0x16_20_2e);
/// What stands beneath names.
pub const CAPTION: Colour = Colour::of("--canvas-caption", 0x55_60_6e);
/// The badge of errors.
pub const ERROR: Colour = Colour::of("--badge-error", 0xd1_32_12);
/// The number on it.
pub const ERROR_INK: Colour = Colour::of("--badge-error-text", 0xff_ff_ff);
/// The badge of warnings.
pub const WARNING: Colour = Colour::of("--badge-warning", 0xf5_b4_00);
/// The number on it.
pub const WARNING_INK: Colour = Colour::of("--badge-warning-text", 0x20_1a_00);
/// What the internet reaches.
pub const EXPOSED: Colour = Colour::of("--warn", 0x92_54_00);
/// What was added, in pictures of a change.
pub const ADDED: Colour = Colour::of("", 0x1a_7f_37);
/// What was changed.
pub const CHANGED: Colour = Colour::of("", 0x9a_67_00);
/// What was removed.
pub const REMOVED: Colour = Colour::of("", 0xcf_22_2e);

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
        let sheets = [include_str!("../../style/canvas.css"), include_str!("../../style/main.css")];
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
