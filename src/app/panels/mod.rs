//! What stands around the canvas: panels, bars and dialogs.

pub mod context;
pub mod deploy;
pub mod designs;
pub mod dialogs;
pub mod gallery;
pub mod import;
pub mod inspector;
pub mod labs;
pub mod later;
pub mod matrix;
pub mod menu;
pub mod merge;
pub mod outline;
pub mod palette;
pub mod picker;
pub mod pins;
pub mod problems;
pub mod share;
pub mod status;
pub mod template;
pub mod toolbar;
pub mod tracer;
pub mod versions;
pub mod vpc_plan;
pub mod welcome;
pub mod what_if;
