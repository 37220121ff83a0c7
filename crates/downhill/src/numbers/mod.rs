//! Parsing and printing decimal numbers, for the figures, the command line and CSV.
//!
//! - `read` and `plain` parse one notation exactly; `readings` lists what another may mean, `answers` what
//!   somebody does who writes a certain language.
//! - `shortest`, `fixed` and `scientific` print with the standard library's printer, which the
//!   page's modules contain anyway, because plotters-canvas writes colours with it.
//!
//! The page downloads this code, and the standard library's float parser would bring 10 KB of tables
//! that do not compress. A number is parsed when someone types it, so long division is fast enough.
//! Tests compare the parser with the standard library's.

mod big_integer;
mod notation;
mod print;
mod read;

#[cfg(feature = "parser")]
pub(crate) use notation::is_invisible;
pub use notation::{Reading, answers, code_point, invisible, plain, readings, vanishes, whole};
pub use print::{exponential, field, fixed, is_exponential, scientific, shortest};
pub use read::read;
