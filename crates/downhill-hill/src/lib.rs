//! The module of the page with the hill: the boundary of `downhill-web`, and nothing else.

pub use downhill_web::*;
