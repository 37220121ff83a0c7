//! End-to-end tests of the `downhill` command.

mod analysis;
mod figure;
mod fit;
mod numbers;
mod race;
mod run;
mod trace;
mod train;
