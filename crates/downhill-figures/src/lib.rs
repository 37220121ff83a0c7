//! Every figure as state, input, snapshot and drawing.
