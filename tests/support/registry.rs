//! A registry on loopback that answers as it is told, for clients that are run for real.
//!
//! A list of rules says what to answer; the first that fits a request is taken, and without one the answer is 404,
//! as for a package that does not exist. Bodies may name `{registry}`, the address that the registry itself has.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use regex::Regex;

/// What to answer to which request.
pub struct Rule {
    pub method: &'static str,
    /// Tried on the request's target as it was sent, for example `/@acme%2fui`.
    pub path: Regex,
    pub status: u16,
    /// The words after the status on the first line of the answer.
    pub reason: &'static str,
    pub headers: Vec<(&'static str, &'static str)>,
    pub body: String,
}

impl Rule {
    /// A rule that answers with JSON. The path has to fit as a whole.
    pub fn json(
        method: &'static str,
        path: &str,
        status: u16,
        reason: &'static str,
        body: &serde_json::Value,
    ) -> Self {
        Self {
            method,
            path: Regex::new(&format!("^(?:{path})$")).expect("a test's path is a regex"),
            status,
            reason,
            headers: vec![("content-type", "application/json")],
            body: body.to_string(),
        }
    }
}

/// A request that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub authorized: bool,
    pub body: Vec<u8>,
}

/// A running registry; it stops when it goes out of scope.
pub struct Registry {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    stopping: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Registry {
    /// Starts a registry on a free port.
    pub fn start(rules: Vec<Rule>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stopping = Arc::new(AtomicBool::new(false));
        let listening = {
            let (requests, stopping) = (Arc::clone(&requests), Arc::clone(&stopping));
            let rules = Arc::new(rules);
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if stopping.load(Ordering::SeqCst) {
                        break;
                    }
                    let Ok(stream) = stream else { continue };
                    let (requests, rules) = (Arc::clone(&requests), Arc::clone(&rules));
                    // A client may hold several connections open, and close one in the middle of an answer: that
                    // is its right and no failure of the test.
                    thread::spawn(move || serve(stream, address, &rules, &requests).ok());
                }
            })
        };
        Self { address, requests, stopping, listening: Some(listening) }
    }

    /// The registry's address with a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Everything that was asked so far.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.requests).clone()
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // The listener waits for a connection, so it is given one. If that fails, it is gone already.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(listening) = self.listening.take()
            && woken
        {
            listening.join().expect("the listening thread does not panic");
        }
    }
}

fn lock(requests: &Mutex<Vec<Request>>) -> MutexGuard<'_, Vec<Request>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers one connection: requests one after another, until the client closes it.
fn serve(
    stream: TcpStream,
    address: SocketAddr,
    rules: &[Rule],
    requests: &Mutex<Vec<Request>>,
) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut answers = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader)? {
        let rule =
            rules.iter().find(|rule| rule.method == request.method && rule.path.is_match(&request.target));
        lock(requests).push(request);
        answers.write_all(&answer(rule, address))?;
    }
    Ok(())
}

fn answer(rule: Option<&Rule>, address: SocketAddr) -> Vec<u8> {
    let not_found = Rule::json("", "", 404, "Not Found", &serde_json::json!({ "error": "Not found" }));
    let rule = rule.unwrap_or(&not_found);
    let body = rule.body.replace("{registry}", &format!("http://{address}/"));
    let mut head = format!("HTTP/1.1 {} {}\r\n", rule.status, rule.reason);
    for (name, value) in &rule.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    [head.into_bytes(), body.into_bytes()].concat()
}

/// The next request of a connection; `None` when the client has no more.
fn read_request(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut words = first.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next(), words.next());
    let mut length = 0;
    let mut authorized = false;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().map_err(io::Error::other)?,
            "authorization" => authorized = true,
            _ => {}
        }
    }
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    Ok(Some(Request {
        method: method.unwrap_or_default(),
        target: target.unwrap_or_default(),
        authorized,
        body,
    }))
}
