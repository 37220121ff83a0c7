//! A minimal HTTP/1.1 server for static files.
//!
//! Existing small servers use a thread pool, in which a connection that a browser opens
//! speculatively can block a request forever; here each connection has its own thread.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A response.
pub(crate) struct Response {
    pub(crate) status: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// A server on loopback that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// Starts a server on a free port that answers every request with `answer(target)`.
    pub(crate) fn start(
        answer: impl Fn(&str) -> Response + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("no server: {error}");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stopped = Arc::new(AtomicBool::new(false));
        let answer = Arc::new(answer);
        let stop = Arc::clone(&stopped);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let answer = Arc::clone(&answer);
                // A browser that disconnects in the middle of a response is not an error.
                thread::spawn(move || converse(&connection, &*answer).ok());
            }
        });
        Ok(Self { address, stopped })
    }

    /// `http://127.0.0.1:port/`.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the listener, which then stops.
        TcpStream::connect(self.address).ok();
    }
}

/// Answers the requests of one connection in turn.
fn converse(connection: &TcpStream, answer: &dyn Fn(&str) -> Response) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut header = String::new();
        while reader.read_line(&mut header)? > 2 {
            header.clear();
        }
        let target = line.split(' ').nth(1).unwrap_or("/");
        let response = answer(target);
        let mut head =
            format!("HTTP/1.1 {}\r\nContent-Length: {}\r\n", response.status, response.body.len());
        for (name, value) in &response.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += "\r\n";
        let mut message = head.into_bytes();
        if !line.starts_with("HEAD") {
            message.extend(response.body);
        }
        (&*connection).write_all(&message)?;
    }
}

#[cfg(test)]
mod tests {
    use super::{Response, Server};
    use std::io::{Read, Write};
    use std::net::TcpStream;

    #[test]
    fn idle_connections_block_no_request() {
        let echo =
            |target: &str| Response { status: "200 OK", headers: Vec::new(), body: target.into() };
        let server = Server::start(echo).expect("a port is free");
        let idle: Vec<TcpStream> =
            (0..16).filter_map(|_| TcpStream::connect(server.address).ok()).collect();
        let mut busy = TcpStream::connect(server.address).expect("the server listens");
        for path in ["/one", "/two"] {
            write!(busy, "GET {path} HTTP/1.1\r\nHost: here\r\n\r\n").expect("the server reads");
            let mut answer = [0; 64];
            let length = busy.read(&mut answer).expect("the server answers");
            assert!(String::from_utf8_lossy(&answer[..length]).ends_with(path));
        }
        assert_eq!(idle.len(), 16);
    }
}
