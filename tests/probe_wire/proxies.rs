//! The proxy that the configuration names.

use unforbid::probe::{Answer, Consent, Failure, Tier};

use crate::asking::{Loose, ask, failure, reply, run_one};
use crate::wire::{Server, Table, answer};

/// Asks through the proxy; `:3128` in the setting stands for the proxy's port.
fn through(setting: &str, url: &str, proxy: &Server) -> Answer {
    let port = proxy.address.port();
    let address = format!("10.0.0.3:{port}");
    let table = Table::default().host("proxy.acme.example", &address, proxy);
    let setting = setting.replace(":3128", &format!(":{port}"));
    let keyring = Loose { proxy: Some(setting), ..Loose::default() };
    let heard = run_one(&table, ask(url, Tier::B), &keyring, &Consent::default());
    assert!(table.admitted().iter().all(|admitted| *admitted == address), "nothing goes past the proxy");
    assert!(!table.looked_up().contains(&"registry.acme.example".to_owned()), "the proxy looks names up");
    heard
}

#[test]
fn a_proxy_that_refuses_the_tunnel_is_named_with_its_status() {
    for (status, number) in [("403 Forbidden", 403), ("407 Proxy Authentication Required", 407)] {
        let proxy = Server::answering(answer(status, &["server: squid"], b"<h1>ERR_ACCESS_DENIED</h1>"));
        let heard = through("http://proxy.acme.example:3128/", "https://registry.acme.example/ui", &proxy);
        let shown = format!("http://proxy.acme.example:{}", proxy.address.port());
        let expected =
            Failure::Proxy { proxy: shown.clone(), host: "registry.acme.example".to_owned(), status: number };
        assert_eq!(failure(&heard), &expected);
        assert_eq!(heard.proxy, Some(shown));
        // The second one is for the status, which the first does not tell.
        assert_eq!(proxy.lines(), ["CONNECT registry.acme.example:443"; 2]);
        for seen in proxy.seen() {
            assert_eq!(seen.header("authorization"), None);
            assert_eq!(seen.header("host"), Some("registry.acme.example:443"));
        }
    }
}

#[test]
fn an_unencrypted_request_goes_through_the_proxy_whole() {
    let proxy = Server::answering(answer("403 Forbidden", &["x-squid-error: ERR_ACCESS_DENIED 0"], b""));
    let heard = through("proxy.acme.example:3128", "http://registry.acme.example/@acme%2fui", &proxy);
    assert_eq!(reply(&heard).header("x-squid-error"), Some("ERR_ACCESS_DENIED 0"));
    assert_eq!(proxy.lines(), ["GET http://registry.acme.example/@acme%2fui"]);
    assert_eq!(proxy.seen()[0].header("host"), Some("registry.acme.example"));
}

#[test]
fn the_proxys_own_credential_goes_to_the_proxy_and_is_not_shown() {
    let proxy = Server::answering(answer("403 Forbidden", &[], b""));
    for url in ["https://registry.acme.example/ui", "http://registry.acme.example/ui"] {
        let heard = through("http://dev:se%20cret@proxy.acme.example:3128", url, &proxy);
        for seen in proxy.seen() {
            // `dev:se cret`
            assert_eq!(seen.header("proxy-authorization"), Some("Basic ZGV2OnNlIGNyZXQ="), "{url}: {seen:?}");
        }
        let shown = format!("{heard:?}");
        assert!(!shown.contains("cret") && !shown.contains("ZGV2"), "{shown}");
    }
}

#[test]
fn a_proxy_that_cannot_be_used_gets_a_clear_word() {
    let proxy = Server::answering("no proxy here\r\n");
    for (setting, why) in [
        ("socks5://proxy.acme.example:3128", "a socks5 proxy cannot be used"),
        ("http://[dev:s3cret", "is no URL"),
        ("http://proxy.acme.example:3128", "gave no answer that can be read"),
    ] {
        let heard = through(setting, "https://registry.acme.example/ui", &proxy);
        let failure = failure(&heard);
        assert!(matches!(failure, Failure::Connect { .. }), "{failure:?}");
        assert!(failure.to_string().contains(why) && !failure.to_string().contains("s3cret"), "{failure}");
    }
}
