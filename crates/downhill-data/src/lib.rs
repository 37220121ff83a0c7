//! The module `data` of the page: the boundary of `downhill-web` around the figures of that feature, and nothing else.

pub use downhill_web::*;
