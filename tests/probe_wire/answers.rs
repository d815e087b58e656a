//! What is sent, and what is kept of an answer.

use unforbid::probe::{Cancel, Consent, Failure, Limits, NoKeyring, Tier, Verb, run_blocking};

use crate::asking::{ask, failure, head, reply, run_one};
use crate::wire::{Server, Table, answer};

const URL: &str = "http://registry.acme.example/@acme%2fui?write=true";

fn heard(bytes: Vec<u8>) -> unforbid::probe::Answer {
    let server = Server::answering(bytes);
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    run_one(&table, ask(URL, Tier::B), &NoKeyring, &Consent::default())
}

#[test]
fn a_registry_on_this_machine_is_asked_over_the_systems_network() {
    let server = Server::answering(answer("200 OK", &["content-type: application/json"], b"{}"));
    let url = format!("http://{}/-/ping", server.address);
    let mut steps = Vec::new();
    let answers = run_blocking(
        &[ask(&url, Tier::B)],
        &NoKeyring,
        &Limits::default(),
        &Consent::default(),
        &Cancel::new(),
        &mut |step| steps.push(step),
    );
    assert_eq!(reply(&answers[0]).status, 200);
    assert_eq!(reply(&answers[0]).body, b"{}");
    assert_eq!(steps.len(), 2, "{steps:?}");
}

#[test]
fn a_request_carries_nothing_but_what_it_needs() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    run_one(&table, ask(URL, Tier::B), &NoKeyring, &Consent::default());
    let seen = &server.seen()[0];
    assert_eq!(seen.line(), "GET /@acme%2fui?write=true");
    let mut names: Vec<&str> = seen.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "accept-encoding", "cache-control", "connection", "host", "user-agent"]);
    assert_eq!(seen.header("host"), Some("registry.acme.example"));
    assert_eq!(
        seen.header("user-agent"),
        Some(concat!("unforbid/", env!("CARGO_PKG_VERSION"), " (+read-only probe)"))
    );
}

#[test]
fn the_reason_phrase_is_read_when_it_says_something() {
    let phrase = |status: &str| reply(&heard(answer(status, &[], b""))).phrase.clone();
    assert_eq!(
        phrase("403 Forbidden - blocked by policy X").as_deref(),
        Some("Forbidden - blocked by policy X")
    );
    assert_eq!(phrase("403 Forbidden"), None);
}

#[test]
fn a_refused_head_is_asked_again_as_get() {
    for status in ["403 Forbidden", "404 Not Found", "405 Method Not Allowed"] {
        let server = Server::start(move |seen, wire| match seen.method.as_str() {
            "HEAD" => wire.write_all(&answer(status, &[], b"")),
            _ => wire.write_all(&answer("200 OK", &[], b"bytes")),
        });
        let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
        let answer = run_one(&table, head(URL, Tier::B), &NoKeyring, &Consent::default());
        assert_eq!((answer.verb, reply(&answer).status), (Verb::Get, 200));
        assert_eq!(server.lines(), ["HEAD /@acme%2fui?write=true", "GET /@acme%2fui?write=true"]);
    }
}

#[test]
fn a_granted_head_is_not_repeated() {
    let server = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n");
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let answer = run_one(&table, head(URL, Tier::B), &NoKeyring, &Consent::default());
    assert_eq!((answer.verb, reply(&answer).status, reply(&answer).body.len()), (Verb::Head, 200, 0));
    assert_eq!(server.lines().len(), 1);
}

#[test]
fn only_headers_that_tell_who_answered_are_kept() {
    let long = format!("via: {}", "v".repeat(2_000));
    let headers = [
        "Server: squid/6.1",
        "Set-Cookie: session=0123456789",
        "X-Squid-Error: ERR_ACCESS_DENIED 0",
        "X-Goog-Hash: crc32c=abc",
        "X-Internal-User: alice",
        "X-GitHub-SSO: required; url=https://github.example/sso?authorization_request=abc",
        "Location: https://other.example/",
        "cf-ray: a\u{202e}b\tc",
        long.as_str(),
    ];
    let heard = heard(answer("403 Forbidden", &headers, b""));
    let reply = reply(&heard);
    let names: Vec<&str> = reply.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["server", "x-squid-error", "x-goog-hash", "x-github-sso", "cf-ray", "via"]);
    assert_eq!(reply.header("x-github-sso"), Some("required; url=https://github.example/sso"));
    assert_eq!(reply.header("cf-ray"), Some("abc"), "without characters that cannot be seen");
    assert_eq!(reply.header("via").map(str::len), Some(512));
}

#[test]
fn what_is_no_json_is_still_an_answer() {
    for (kind, body) in
        [("text/html", "<title>Access Denied</title>"), ("application/json", "{\"error\": \"cut off")]
    {
        let heard = heard(answer("200 OK", &[&format!("content-type: {kind}")], body.as_bytes()));
        assert_eq!(reply(&heard).body, body.as_bytes());
        assert_eq!(reply(&heard).header("content-type"), Some(kind));
        assert_eq!(reply(&heard).json(), None);
    }
}

#[test]
fn a_server_that_speaks_no_http_gets_a_clear_word() {
    for (bytes, why) in [
        ("SSH-2.0-OpenSSH_9.6\r\n", "it is not HTTP/1.1"),
        ("", "closed before an answer came"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort", "closed in the middle"),
        ("HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "it is not HTTP/1.1"),
    ] {
        let heard = heard(bytes.into());
        let failure = failure(&heard);
        assert!(matches!(failure, Failure::Broken { .. }), "{failure:?}");
        assert!(failure.to_string().contains(why), "{failure}");
    }
    let endless = format!("HTTP/1.1 200 OK\r\nvia: {}", "v".repeat(1_000_000));
    assert!(matches!(failure(&heard(endless.into())), Failure::Broken { .. }));
}

#[test]
fn a_name_without_address_and_a_closed_port_are_told_apart() {
    let table = Table::default().dead("closed.acme.example", "20.0.0.9:443");
    let asked = |url: &str| run_one(&table, ask(url, Tier::B), &NoKeyring, &Consent::default());
    assert!(matches!(failure(&asked("https://nowhere.acme.example/")), Failure::Name { .. }));
    assert!(matches!(failure(&asked("https://closed.acme.example/")), Failure::Refused { .. }));
    assert_eq!(table.admitted(), ["20.0.0.9:443"]);
}

#[test]
fn a_second_address_is_tried_when_the_first_is_dead() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let table = Table::default().dead("registry.acme.example", "[2600::1]:80").host(
        "registry.acme.example",
        "20.0.0.1:80",
        &server,
    );
    let answer = run_one(&table, ask(URL, Tier::B), &NoKeyring, &Consent::default());
    assert_eq!(reply(&answer).status, 200);
    assert_eq!(table.admitted(), ["[2600::1]:80", "20.0.0.1:80"]);
}
