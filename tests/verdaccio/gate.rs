//! A gate before a registry: it refuses one kind of request with a 403 and passes everything else on.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A running gate; it lives as long as the process.
pub struct Gate {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Gate {
    /// Refuses `method` below `path` with these words; everything else goes to `registry`.
    pub fn before(
        registry: SocketAddr,
        method: &'static str,
        path: &'static str,
        says: &'static str,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let log = Arc::clone(&log);
                // A client may hang up in the middle of an answer.
                thread::spawn(move || pass(stream, registry, method, path, says, &log).ok());
            }
        });
        Self { address, seen }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Everything that came since it was asked last.
    pub fn take_seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn pass(
    client: TcpStream,
    registry: SocketAddr,
    method: &str,
    path: &str,
    says: &str,
    log: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let mut answers = client.try_clone()?;
    let mut reader = BufReader::new(client);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let (mut head, mut length) = (first.clone(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        // One request for each connection: the answer ends where the connection does.
        if !lower.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    let mut words = first.split(' ');
    let (asked, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    log.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{asked} {target}"));
    if asked == method && target.starts_with(path) {
        let headers = "content-type: application/json\r\nconnection: close";
        let length = says.len();
        return write!(
            answers,
            "HTTP/1.1 403 Forbidden\r\n{headers}\r\ncontent-length: {length}\r\n\r\n{says}"
        );
    }
    let mut beyond = TcpStream::connect(registry)?;
    write!(beyond, "{head}connection: close\r\n\r\n")?;
    beyond.write_all(&body)?;
    io::copy(&mut beyond, &mut answers)?;
    Ok(())
}
