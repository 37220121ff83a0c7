//! Parsing and printing decimal numbers, for the figures, the command line and CSV.
//!
//! The page downloads this code. The standard library's float parser and printer, with their
//! tables, took 24 KB compressed, a fifth of a module. These functions handle numbers that people
//! type or look at, so long division is fast enough. Tests compare them with the standard library,
//! which gives the same digits.
//!
//! - [`read`] and [`plain`] parse one notation exactly; [`readings`] lists what another may mean.
//! - [`shortest`], [`fixed`] and [`scientific`] print.

mod big_integer;
mod digits;
mod notation;
mod print;
mod read;

pub(crate) use notation::is_invisible;
pub use notation::{Reading, code_point, invisible, plain, readings, vanishes, whole};
pub use print::{field, fixed, scientific, shortest};
pub use read::read;
