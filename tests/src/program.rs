//! External programs that the tests start: finding, starting and stopping them.

use std::env;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The first of these programs on `PATH` or among the project's own tools.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let own = root().join("target/tools/bin");
    let machine = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = [own].into_iter().chain(env::split_paths(&machine)).collect();
    names
        .iter()
        .flat_map(|name| {
            folders
                .iter()
                .map(move |folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        })
        .find(|file| file.is_file())
}

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace")
}

/// A free port on this machine.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}

/// A running program, stopped on drop.
#[derive(Debug)]
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(command: &mut Command) -> Result<Self, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("starting {name}: {error}"))?;
        Ok(Self(child))
    }

    /// Waits until the program listens on its port.
    pub(crate) fn listening_on(self, port: u16) -> Result<Self, String> {
        self.listening_within(port, Duration::from_secs(30))
    }

    /// The same with a deadline of its own.
    pub(crate) fn listening_within(mut self, port: u16, time: Duration) -> Result<Self, String> {
        let deadline = Instant::now() + time;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Ok(Some(status)) = self.0.try_wait() {
                return Err(format!("the program ended at once ({status})"));
            }
            if Instant::now() > deadline {
                return Err("the program does not answer".into());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(self)
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // By its id, and with a request first: a driver asked to terminate closes its browser too.
        let asked = Command::new("kill")
            .arg(self.0.id().to_string())
            .status()
            .is_ok_and(|status| status.success());
        let deadline = Instant::now() + Duration::from_secs(3);
        while asked && Instant::now() < deadline {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
