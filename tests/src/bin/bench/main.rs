//! The measurements of `cargo xtask bench`, printed as JSON.

mod bytes;
mod figures;
mod gestures;
mod host;
mod native;
mod phone;
mod spread;

use std::path::PathBuf;
use std::process::ExitCode;

use host::Host;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let command = std::env::args_os().nth(1).map(PathBuf::from);
    let command = command.ok_or("bench PROGRAM: the installed command `downhill`".to_owned());
    let measured = command.and_then(|command| measure(&command));
    downhill_tests::exit_code(measured.map(|measured| println!("{measured:#}")))
}

fn measure(command: &std::path::Path) -> Result<Value, String> {
    let mut host = Host::default();
    let (figures, native) = figures::measure(command, &mut host)?;
    Ok(json!({
        "figures": figures,
        "native": native,
        "phone": phone::measure(&mut host)?,
        "gestures": gestures::measure(&mut host)?,
        "bytes": bytes::measure()?,
        "stolen": host.stolen(),
    }))
}
