//! Panes used by several figures, and what they share: curve, loss chart and contour map.

pub(crate) mod annotations;
pub(crate) mod chart_lines;
pub(crate) mod color_range;
pub(crate) mod contour_map;
pub(crate) mod curve;
pub(crate) mod labels;
pub(crate) mod loss_chart;
