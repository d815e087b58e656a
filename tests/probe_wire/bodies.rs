//! Bodies that are too long, packed, broken or never end.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use unforbid::probe::{Answer, Consent, Failure, NoKeyring, Tier};

use crate::asking::{ask, failure, reply, run_one};
use crate::wire::{Server, Table, answer};

const URL: &str = "http://registry.acme.example/ui";
const LIMIT: usize = 64 * 1024;

fn from(server: &Server) -> Answer {
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", server);
    run_one(&table, ask(URL, Tier::B), &NoKeyring, &Consent::default())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

#[test]
fn a_packed_body_is_unpacked() {
    let whole = packed(br#"{"name":"ui"}"#);
    let in_two = [packed(br#"{"name":"#), packed(br#""ui"}"#)].concat();
    for body in [whole, in_two] {
        let heard = from(&Server::answering(answer("200 OK", &["content-encoding: gzip"], &body)));
        assert_eq!(reply(&heard).body, br#"{"name":"ui"}"#);
        assert!(!reply(&heard).cut);
    }
}

#[test]
fn a_bomb_is_cut_at_the_limit() {
    let bomb = packed(&vec![0; 64 * 1024 * 1024]);
    assert!(bomb.len() < 100_000, "the bomb is small on the wire: {}", bomb.len());
    let heard = from(&Server::answering(answer("200 OK", &["content-encoding: gzip"], &bomb)));
    assert_eq!((reply(&heard).body.len(), reply(&heard).cut), (LIMIT, true));
}

#[test]
fn a_gigabyte_is_cut_at_the_limit() {
    let server = Server::start(|_, wire| {
        wire.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n")?;
        let zeros = vec![0; 1024 * 1024];
        (0..1024).try_for_each(|_| wire.write_all(&zeros))
    });
    let heard = from(&server);
    assert_eq!((reply(&heard).body.len(), reply(&heard).cut), (LIMIT, true));
}

#[test]
fn a_body_of_exactly_the_limit_is_whole() {
    for (length, cut) in [(LIMIT, false), (LIMIT + 1, true)] {
        let heard = from(&Server::answering(answer("200 OK", &[], &vec![b'a'; length])));
        assert_eq!((reply(&heard).body.len(), reply(&heard).cut), (LIMIT, cut), "{length}");
    }
}

#[test]
fn packing_that_cannot_be_undone_gets_a_clear_word_with_the_status() {
    let half = packed(b"hello, hello, hello");
    for (encoding, body, why) in [
        ("gzip", b"no gzip at all, but long enough to tell".as_slice(), "is announced as gzip"),
        ("gzip", &half[..half.len() / 2], "is announced as gzip"),
        ("br", b"anything", "packed with br"),
    ] {
        let header = format!("content-encoding: {encoding}");
        let heard = from(&Server::answering(answer("403 Forbidden", &[&header], body)));
        let failure = failure(&heard);
        assert!(matches!(failure, Failure::Broken { .. }), "{failure:?}");
        let words = failure.to_string();
        assert!(words.contains(why) && words.contains("403"), "{words}");
    }
}

#[test]
fn an_empty_body_that_is_called_packed_is_empty() {
    let heard = from(&Server::answering(answer("403 Forbidden", &["content-encoding: gzip"], b"")));
    assert_eq!(reply(&heard).body, b"");
}

#[test]
fn a_body_that_unpacks_to_nothing_for_ever_is_cut() {
    // A block of no bytes that is not the last one.
    let nothing = [0, 0, 0, 0xff, 0xff].repeat(4 * 1024);
    let server = Server::start(move |_, wire| {
        wire.write_all(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n")?;
        wire.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])?;
        loop {
            wire.write_all(&nothing)?;
        }
    });
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let heard = run_one(&table, ask(URL, Tier::B), &NoKeyring, &Consent::default());
    assert_eq!((reply(&heard).body.len(), reply(&heard).cut), (0, true));
}
