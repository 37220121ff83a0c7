//! The framework shared by all figures: inputs, fields, declarations, playback, predictions and
//! snapshots.

pub(crate) mod alpha_plan;
pub(crate) mod choice;
pub(crate) mod controls;
pub(crate) mod declaration;
pub(crate) mod field;
pub(crate) mod figure;
pub(crate) mod figure_kind;
pub(crate) mod figure_text;
pub(crate) mod input;
pub(crate) mod pane_set;
pub(crate) mod pane_view;
pub(crate) mod paper_svg;
pub(crate) mod parameter;
#[cfg(test)]
mod payloads;
pub(crate) mod pitch;
pub(crate) mod playback;
pub(crate) mod prediction;
pub(crate) mod results;
pub(crate) mod snapshot;
pub(crate) mod static_svg;
pub(crate) mod view_state;
