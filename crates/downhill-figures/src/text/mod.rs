//! Words and numbers as a reader's language writes them.

pub(crate) mod locale;
pub(crate) mod messages;
pub(crate) mod numbers;
