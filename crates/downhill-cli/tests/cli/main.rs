//! The command `downhill` as a person uses it.

mod analysis;
mod figure;
mod fit;
mod numbers;
mod race;
mod run;
mod trace;
