//! A scripted server on loopback for the probe, and a network that leads there and nowhere else.
//!
//! The server writes down every request with all its headers, so that a test can say what was *not* sent. The network
//! answers names from a table and lets connections pass to scripted servers only; everything else is written down and
//! refused.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use unforbid::probe::Network;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }
}

/// Both directions of a connection.
pub trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}

/// What makes a connection's bytes out of a socket: nothing, or TLS.
pub type Wrapping = Arc<dyn Fn(TcpStream) -> Box<dyn Wire> + Send + Sync>;

type Script = dyn Fn(&Seen, &mut dyn Wire) -> io::Result<()> + Send + Sync;

/// A running server; it stops listening when it goes out of scope.
pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    stopping: Arc<AtomicBool>,
}

impl Server {
    /// Starts one that does as the script says, once for each connection.
    pub fn start(script: impl Fn(&Seen, &mut dyn Wire) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self::wrapped(Arc::new(|stream| Box::new(stream)), script)
    }

    /// Starts one that gives the same answer to everything.
    pub fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::start(move |_, wire| wire.write_all(&answer))
    }

    pub fn wrapped(
        wrapping: Wrapping,
        script: impl Fn(&Seen, &mut dyn Wire) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let stopping = Arc::new(AtomicBool::new(false));
        let script: Arc<Script> = Arc::new(script);
        {
            let (seen, stopping) = (Arc::clone(&seen), Arc::clone(&stopping));
            thread::spawn(move || {
                for stream in listener.incoming().map_while(Result::ok) {
                    if stopping.load(Ordering::SeqCst) {
                        break;
                    }
                    let (seen, script, wrapping) =
                        (Arc::clone(&seen), Arc::clone(&script), Arc::clone(&wrapping));
                    // A client may hang up in the middle of an answer: many tests are about that.
                    thread::spawn(move || serve(wrapping(stream), &*script, &seen).ok());
                }
            });
        }
        Self { address, seen, stopping }
    }

    /// Everything that was asked so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same as `GET /path` lines.
    pub fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // The listener waits for a connection, so it is given one. If that fails, it is gone already.
        TcpStream::connect(self.address).ok();
    }
}

fn serve(mut wire: Box<dyn Wire>, script: &Script, seen: &Mutex<Vec<Seen>>) -> io::Result<()> {
    let Some(request) = read_head(&mut *wire)? else { return Ok(()) };
    seen.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
    script(&request, &mut *wire)?;
    wire.flush()
}

/// A request's head. Read byte by byte, so that what follows it stays on the wire.
fn read_head(wire: &mut dyn Wire) -> io::Result<Option<Seen>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if wire.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.extend_from_slice(&byte);
    }
    let mut lines = BufReader::new(head.as_slice()).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut words = first.split(' ');
    let mut seen = Seen {
        method: words.next().unwrap_or_default().to_owned(),
        target: words.next().unwrap_or_default().to_owned(),
        headers: Vec::new(),
    };
    for line in lines {
        if let Some((name, value)) = line?.split_once(':') {
            seen.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(Some(seen))
}

/// An answer with a length.
pub fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        bytes.push_str(&format!("{header}\r\n"));
    }
    [bytes.as_bytes(), b"\r\n", body].concat()
}

/// Waits until the client hangs up.
pub fn until_hung_up(wire: &mut dyn Wire) {
    let mut rest = [0; 64];
    while matches!(wire.read(&mut rest), Ok(read) if read > 0) {}
}

/// Names, addresses, and what stands behind them.
#[derive(Default)]
pub struct Table {
    names: BTreeMap<String, Vec<IpAddr>>,
    servers: BTreeMap<SocketAddr, SocketAddr>,
    looked_up: Mutex<Vec<String>>,
    admitted: Mutex<Vec<SocketAddr>>,
}

impl Table {
    /// A name with an address.
    pub fn name(mut self, name: &str, address: &str) -> Self {
        self.names.entry(name.to_owned()).or_default().push(address.parse().expect("an address"));
        self
    }

    /// A name with an address and a port, behind which a server stands.
    pub fn host(self, name: &str, address: &str, server: &Server) -> Self {
        let address: SocketAddr = address.parse().expect("an address with a port");
        let mut table = self.name(name, &address.ip().to_string());
        table.servers.insert(address, server.address);
        table
    }

    /// A server that is asked by the digits of its own address.
    pub fn itself(self, server: &Server) -> Self {
        self.detour(&server.address.to_string(), server.address)
    }

    /// A name with an address and a port, on which nobody listens.
    pub fn dead(self, name: &str, address: &str) -> Self {
        let address: SocketAddr = address.parse().expect("an address with a port");
        let nobody = SocketAddr::from(([127, 0, 0, 1], 1));
        self.name(name, &address.ip().to_string()).detour(&address.to_string(), nobody)
    }

    /// Another listener behind an address and a port.
    pub fn detour(mut self, address: &str, listener: SocketAddr) -> Self {
        self.servers.insert(address.parse().expect("an address with a port"), listener);
        self
    }

    /// What the client was, or would have been, allowed to connect to.
    pub fn admitted(&self) -> Vec<String> {
        self.admitted.lock().expect("no test thread panics").iter().map(ToString::to_string).collect()
    }

    pub fn looked_up(&self) -> Vec<String> {
        self.looked_up.lock().expect("no test thread panics").clone()
    }
}

impl Network for Table {
    fn resolve<'a>(&'a self, host: &'a str) -> LocalBoxFuture<'a, io::Result<Vec<IpAddr>>> {
        self.looked_up.lock().expect("no test thread panics").push(host.to_owned());
        let found = self.names.get(host).cloned().ok_or_else(|| io::Error::other("no such name"));
        async move { found }.boxed_local()
    }

    fn admit(&self, address: SocketAddr) -> io::Result<SocketAddr> {
        self.admitted.lock().expect("no test thread panics").push(address);
        self.servers.get(&address).copied().ok_or_else(|| io::ErrorKind::ConnectionRefused.into())
    }
}
