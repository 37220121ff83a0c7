//! The measurements of `cargo xtask bench`, printed as JSON; without a command those of the page.

mod bytes;
mod figures;
mod gestures;
mod host;
mod native;
mod phone;
mod spread;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use host::Host;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let command = std::env::args_os().nth(1).map(PathBuf::from);
    let measured = measure(command.as_deref());
    downhill_tests::exit_code(measured.map(|measured| println!("{measured:#}")))
}

fn measure(command: Option<&Path>) -> Result<Value, String> {
    let mut host = Host::default();
    let beside = command.map(|command| figures::measure(command, &mut host)).transpose()?;
    let (figures, native) = beside.unwrap_or_default();
    Ok(json!({
        "figures": figures,
        "native": native,
        "phone": phone::measure(&mut host)?,
        "gestures": gestures::measure(&mut host)?,
        "bytes": bytes::measure()?,
        "stolen": host.stolen(),
    }))
}
