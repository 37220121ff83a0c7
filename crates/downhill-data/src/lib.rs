//! The module of the page with the figure fit: the boundary of `downhill-web`, and nothing else.

pub use downhill_web::*;
