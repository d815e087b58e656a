//! Credentials: where they go, where they must not go, and that they are never seen.

use unforbid::probe::{Answer, Consent, Failure, Header, NoKeyring, Tier};

use crate::asking::{Loose, SECRET, allowing, ask, failure, reply, run_one, with_credential};
use crate::wire::{Server, Table, answer};

/// An address on the server, by its digits.
fn ui(server: &Server) -> String {
    format!("http://{}/ui", server.address)
}

#[test]
fn no_credential_goes_with_a_request_that_announced_none() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let table = Table::default().itself(&server);
    let heard = run_one(&table, ask(&ui(&server), Tier::B), &Loose::default(), &Consent::default());
    assert!(!heard.credential);
    assert_eq!(server.seen()[0].header("authorization"), None);
}

#[test]
fn a_credential_goes_neither_to_strangers_nor_over_plain_http() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    for (url, tier) in [
        ("http://registry.acme.example/ui", Tier::A),
        ("http://registry.acme.example/ui", Tier::B),
        ("http://registry.acme.example/ui", Tier::C),
        ("http://127.0.0.1/ui", Tier::A),
        ("http://127.0.0.1/ui", Tier::D),
        // Its name says loopback and its address does not.
        ("http://localhost/ui", Tier::B),
    ] {
        let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server).host(
            "localhost",
            "20.0.0.1:80",
            &server,
        );
        let consent = allowing(&["registry.acme.example", "127.0.0.1", "localhost"]);
        let heard = run_one(&table, with_credential(ask(url, tier)), &Loose::default(), &consent);
        assert!(matches!(failure(&heard), Failure::Forbidden { .. }), "{url} {tier:?}: {heard:?}");
        assert!(table.admitted().is_empty(), "{url} {tier:?}");
        assert!(!heard.credential);
    }
    assert!(server.lines().is_empty());
}

#[test]
fn a_credential_does_not_go_through_a_proxy_in_plain() {
    let proxy = Server::answering(answer("200 OK", &[], b"{}"));
    let table = Table::default().host("proxy.acme.example", "20.0.0.3:3128", &proxy);
    let keyring = Loose { proxy: Some("http://proxy.acme.example:3128".to_owned()), ..Loose::default() };
    let asked = with_credential(ask("http://127.0.0.1:4873/ui", Tier::B));
    let heard = run_one(&table, asked, &keyring, &Consent::default());
    assert!(matches!(failure(&heard), Failure::Forbidden { .. }), "{heard:?}");
    assert!(proxy.lines().is_empty());
}

#[test]
fn a_credential_that_is_gone_is_not_replaced_by_nothing() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let table = Table::default().itself(&server);
    let asked = with_credential(ask(&ui(&server), Tier::B));
    let heard = run_one(&table, asked, &NoKeyring, &Consent::default());
    assert!(matches!(failure(&heard), Failure::Skipped { .. }), "{heard:?}");
    assert!(server.lines().is_empty());
}

fn shows_nothing(answer: &Answer) {
    let shown = format!("{answer:?} {answer:#?}");
    let words = answer.outcome.as_ref().err().map(ToString::to_string).unwrap_or_default();
    let body = answer.outcome.as_ref().map(|reply| String::from_utf8_lossy(&reply.body).into_owned());
    let body = body.unwrap_or_default();
    for text in [shown, words, body] {
        assert!(!text.contains("npm_0123456789"), "{text}");
    }
}

#[test]
fn a_secret_is_never_seen_even_if_the_registry_repeats_it() {
    let phrase = format!("403 Token {SECRET} is bad");
    let header = format!("x-request-id: {SECRET}");
    // Cut in the middle of the secret, which is no reason to show its beginning.
    let long = format!("via: {}{SECRET}", "v".repeat(490));
    let body = format!("{SECRET}: unknown token {SECRET}. {}{SECRET}", "b".repeat(64 * 1024 - 110));
    let location = format!("location: http://evil.example/{SECRET}?token={SECRET}");
    for bytes in [
        answer(&phrase, &[&header, &long], body.as_bytes()),
        answer("302 Found", &[&location], b""),
        answer("302 Found", &[&format!("location: http://[{SECRET}")], b""),
        answer("200 OK", &[&format!("content-encoding: {SECRET}")], b""),
        format!("HTTP/1.1 {SECRET}\r\n\r\n").into_bytes(),
    ] {
        let server = Server::answering(bytes);
        let table = Table::default().itself(&server);
        let asked = with_credential(ask(&ui(&server), Tier::B));
        let heard = run_one(&table, asked, &Loose::default(), &Consent::default());
        assert!(heard.credential, "{heard:?}");
        assert!(server.seen()[0].header("authorization").is_some_and(|value| value.contains(SECRET)));
        shows_nothing(&heard);
        if let Ok(reply) = &heard.outcome {
            assert!(
                reply.phrase.is_none() || String::from_utf8_lossy(&reply.body).starts_with("<secret>: unk")
            );
        }
    }
    assert!(!format!("{:?}", Header::new("Bearer", SECRET)).contains("npm_"));
}

#[test]
fn a_secret_that_no_header_may_carry_is_not_sent() {
    struct Broken;
    impl unforbid::probe::Keyring for Broken {
        fn credential_for(&self, _: &url::Url) -> Option<Header> {
            Some(Header::new("Bearer", format!("{SECRET}\r\nX-Evil: 1")))
        }
        fn proxy_for(&self, _: &url::Url) -> Option<String> {
            None
        }
        fn extra_roots(&self) -> Vec<std::path::PathBuf> {
            Vec::new()
        }
    }
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let table = Table::default().itself(&server);
    let asked = with_credential(ask(&ui(&server), Tier::B));
    let heard = run_one(&table, asked, &Broken, &Consent::default());
    assert!(matches!(failure(&heard), Failure::Forbidden { .. }), "{heard:?}");
    shows_nothing(&heard);
    assert!(server.lines().is_empty());
}

#[test]
fn an_answer_to_a_credential_says_so() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let table = Table::default().itself(&server);
    let asked = with_credential(ask(&ui(&server), Tier::B));
    let heard = run_one(&table, asked, &Loose::default(), &Consent::default());
    assert_eq!((heard.credential, reply(&heard).status), (true, 200));
}
