//! Redirects: followed by hand, judged anew, and never far.

use unforbid::probe::{Answer, Consent, Failure, NoKeyring, Tier};

use crate::asking::{Loose, SECRET, allowing, ask, failure, reply, run_one, with_credential};
use crate::wire::{Server, Table, answer};

const URL: &str = "http://registry.acme.example/ui";

/// A registry that sends on, and storage that answers. The answer, the storage's server and the network.
fn sent_to(location: &str, tier: Tier, consent: &Consent) -> (Answer, Server, Table) {
    let registry = Server::answering(answer("302 Found", &[&format!("location: {location}")], b""));
    let storage = Server::answering(answer("200 OK", &["server: AmazonS3"], b"bytes"));
    let table = Table::default()
        .host("registry.acme.example", "20.0.0.1:80", &registry)
        .host("storage.acme.example", "20.0.0.2:80", &storage)
        .host("rebound.acme.example", "10.0.0.5:80", &storage)
        .name("metadata.acme.example", "169.254.169.254");
    let heard = run_one(&table, ask(URL, tier), &NoKeyring, consent);
    (heard, storage, table)
}

#[test]
fn a_redirect_to_the_storage_is_followed_and_shown_without_its_signature() {
    let (heard, storage, _) =
        sent_to("http://storage.acme.example/ui.tgz?X-Signature=abc", Tier::B, &Consent::default());
    assert_eq!(reply(&heard).body, b"bytes");
    assert_eq!(heard.hops.len(), 1);
    assert_eq!(
        (heard.hops[0].status, heard.hops[0].to.as_str()),
        (302, "http://storage.acme.example/ui.tgz")
    );
    assert_eq!(storage.lines(), ["GET /ui.tgz?X-Signature=abc"]);
    assert_eq!(storage.seen()[0].header("referer"), None);
}

#[test]
fn a_redirect_into_a_private_network_or_to_metadata_is_refused() {
    for (location, why) in [
        ("http://169.254.169.254/latest/", "its cloud"),
        ("http://metadata.google.internal/", "its cloud"),
        ("http://metadata.acme.example/", "its cloud"),
        ("http://127.0.0.1/", "private network"),
        ("http://2130706433/", "private network"),
        ("http://localhost/", "private network"),
        ("http://127.0.0.1:22/", "port 22"),
        ("http://rebound.acme.example/", "private address 10.0.0.5"),
        ("http://user:pw@storage.acme.example/", "user name or a password"),
        ("http://xn--strage-5ya.acme.example/", "is not one that your configuration"),
        ("file:///etc/passwd", "scheme"),
        ("http://", "no address"),
    ] {
        let (heard, storage, table) = sent_to(location, Tier::B, &Consent::default());
        let failure = failure(&heard);
        assert!(matches!(failure, Failure::Redirect { .. }), "{location}: {failure:?}");
        assert!(failure.to_string().contains(why), "{location}: {failure}");
        assert!(!failure.to_string().contains("pw"), "{failure}");
        assert_eq!(table.admitted(), ["20.0.0.1:80"], "{location}");
        assert!(storage.lines().is_empty(), "{location}");
        assert!(heard.hops.is_empty(), "{location}: what is refused was not followed");
    }
}

#[test]
fn a_host_that_only_the_log_names_may_not_send_to_a_third() {
    let mine = allowing(&["registry.acme.example"]);
    let (heard, storage, _) = sent_to("http://storage.acme.example/", Tier::C, &mine);
    assert!(matches!(failure(&heard), Failure::Redirect { .. }));
    assert!(storage.lines().is_empty());
    let both = allowing(&["registry.acme.example", "storage.acme.example"]);
    assert_eq!(reply(&sent_to("http://storage.acme.example/", Tier::C, &both).0).status, 200);
}

#[test]
fn redirects_without_end_end_after_three() {
    let registry = Server::answering(answer("301 Moved", &["location: /ui"], b""));
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &registry);
    let heard = run_one(&table, ask(URL, Tier::B), &NoKeyring, &Consent::default());
    assert!(failure(&heard).to_string().contains("3 redirects were followed already"));
    assert_eq!((registry.lines().len(), heard.hops.len()), (4, 3));
}

#[test]
fn a_redirect_without_target_is_an_answer() {
    let registry = Server::answering(answer("302 Found", &[], b"where to?"));
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &registry);
    let heard = run_one(&table, ask(URL, Tier::B), &NoKeyring, &Consent::default());
    assert_eq!(reply(&heard).status, 302);
}

#[test]
fn a_credential_stays_on_the_first_hop() {
    // Another host, another port of the same host, and even the same address again.
    let other = Server::answering(answer("200 OK", &[], b"{}"));
    let to = |location: String| {
        Server::start(move |seen, wire| match seen.target.as_str() {
            "/ui" => wire.write_all(&answer("307 Temporary", &[&format!("location: {location}")], b"")),
            _ => wire.write_all(&answer("200 OK", &[], b"{}")),
        })
    };
    let neighbour = format!("http://{}/x", other.address);
    for location in ["http://storage.acme.example/x", &neighbour, "/x"] {
        let registry = to(location.to_owned());
        let table = Table::default().itself(&registry).itself(&other).host(
            "storage.acme.example",
            "20.0.0.2:80",
            &other,
        );
        let asked = with_credential(ask(&format!("http://{}/ui", registry.address), Tier::B));
        let heard = run_one(&table, asked, &Loose::default(), &allowing(&["127.0.0.1"]));
        assert_eq!(reply(&heard).status, 200, "{location}");
        let carried: Vec<bool> = registry
            .seen()
            .iter()
            .chain(other.seen().last().filter(|_| location != "/x"))
            .map(|seen| seen.header("authorization").is_some())
            .collect();
        assert_eq!(carried, [true, false], "{location}");
        assert!(registry.seen()[0].header("authorization").is_some_and(|value| value.ends_with(SECRET)));
    }
}
