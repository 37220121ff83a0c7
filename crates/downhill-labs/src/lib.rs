//! The module of the page with the figures lab and chain: the boundary of `downhill-web`, and nothing else.

pub use downhill_web::*;
