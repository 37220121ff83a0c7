//! The module of the page with the figures starts and race: the boundary of `downhill-web`, and nothing else.

pub use downhill_web::*;
