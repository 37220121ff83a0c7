//! Messages and numbers in the reader's language.

pub(crate) mod locale;
pub(crate) mod messages;
pub(crate) mod numbers;
