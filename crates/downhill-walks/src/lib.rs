//! The module of the page with the figures bowl, scrubber, ravine, plane: the boundary of `downhill-web`, and nothing else.

pub use downhill_web::*;
