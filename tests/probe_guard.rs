//! The guard of the probe: which addresses may be asked, as tables. Nothing is sent here.

use std::collections::BTreeSet;
use std::net::IpAddr;

use unforbid::probe::{Consent, Failure, Tier, judge_address, judge_url};
use url::Url;

fn typed(hosts: &[&str]) -> Consent {
    Consent { hosts: hosts.iter().map(|host| (*host).to_owned()).collect::<BTreeSet<_>>(), headless: true }
}

fn judged(url: &str, tier: Tier, consent: &Consent) -> Result<(), String> {
    let url = Url::parse(url).unwrap_or_else(|error| panic!("{error}: {url}"));
    judge_url(&url, tier, consent).map_err(|failure| match failure {
        Failure::Forbidden { reason } => reason,
        other => panic!("{other:?}: {url}"),
    })
}

#[test]
fn what_no_registry_has_is_refused_whoever_named_it() {
    let long = format!("https://registry.acme.example/{}", "a".repeat(4_000));
    let rows: &[(&str, &str)] = &[
        ("http://169.254.169.254/latest/meta-data/", "its cloud"),
        ("http://169.254.1.1/", "its cloud"),
        ("http://2852039166/", "its cloud"),
        ("http://0xa9.0xfe.0xa9.0xfe/", "its cloud"),
        ("http://0251.0376.0251.0376/", "its cloud"),
        ("http://[::ffff:169.254.169.254]/", "its cloud"),
        ("http://[64:ff9b::a9fe:a9fe]/", "its cloud"),
        ("http://[fd00:ec2::254]/", "its cloud"),
        ("http://[fe80::1]/", "its cloud"),
        ("http://100.100.100.200/", "its cloud"),
        ("http://0.0.0.0/", "its cloud"),
        ("http://[::]/", "its cloud"),
        ("http://metadata.google.internal/", "its cloud"),
        ("http://metadata.google.internal./", "its cloud"),
        ("http://METADATA.google.internal/", "its cloud"),
        ("http://instance-data/", "its cloud"),
        ("http://127.0.0.1:22/", "port 22"),
        ("http://registry.acme.example:6379/", "port 6379"),
        ("https://registry.acme.example:25/", "port 25"),
        ("ftp://registry.acme.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("https://user:pw@registry.acme.example/", "user name or a password"),
        ("https://user@registry.acme.example/", "user name or a password"),
        ("https://registry.acme.example/ui#top", "after #"),
        (&long, "longer than 2048"),
        ("https://registry.acme.example/..%2f..%2fetc", "climbs"),
        ("https://registry.acme.example/npm/..%2F..%2Fetc", "climbs"),
        ("https://registry.acme.example/%252e%252e%252fetc", "climbs"),
        ("https://registry.acme.example/..%5c..%5cetc", "climbs"),
        ("https://registry.acme.example/ui%0d%0aX-Evil:%201", "control"),
        ("https://registry.acme.example/ui%00", "control"),
        ("https://registry.acme.example/ui?write=%0a", "control"),
    ];
    for (url, why) in rows {
        let host = Url::parse(url).expect("a URL").host_str().unwrap_or_default().to_owned();
        for tier in [Tier::A, Tier::B, Tier::C, Tier::D] {
            let reason = judged(url, tier, &typed(&[&host])).expect_err(url);
            assert!(reason.contains(why), "{url}: {reason}");
            assert!(reason.len() < 300, "{url}: {reason}");
        }
    }
}

#[test]
fn the_registrys_own_addresses_pass() {
    for url in [
        "https://registry.acme.example/@acme%2fui",
        "https://registry.acme.example/artifactory/api/npm/x/@acme%2fui/-/ui-1.0.0.tgz",
        "http://localhost:4873/-/ping",
        "http://127.0.0.1:4873/ui",
        "http://[::1]:4873/ui",
        "https://nexus:8443/repository/npm/ui",
        "https://registry.acme.example/ui...etc",
    ] {
        assert_eq!(judged(url, Tier::B, &Consent::default()), Ok(()), "{url}");
    }
}

#[test]
fn a_host_that_only_the_log_names_waits_for_the_users_word() {
    let nobody = Consent { headless: true, ..Consent::default() };
    for (url, tier, host) in [
        ("https://evil.example/ui", Tier::C, "evil.example"),
        ("http://127.0.0.1:4873/ui", Tier::D, "127.0.0.1"),
        ("http://2130706433/", Tier::C, "127.0.0.1"),
        ("http://0177.0.0.1/", Tier::C, "127.0.0.1"),
        ("http://[::ffff:127.0.0.1]/", Tier::C, "::ffff:7f00:1"),
        ("http://[::1]:4873/", Tier::D, "::1"),
        ("https://nexus/ui", Tier::C, "nexus"),
        ("https://printer.local/ui", Tier::C, "printer.local"),
        ("https://evil.example:8443/ui", Tier::C, "evil.example"),
        // Called known by a plan that was deceived.
        ("http://127.0.0.1/", Tier::A, "127.0.0.1"),
        ("https://xn--rgistry-9xa.example/ui", Tier::A, "xn--rgistry-9xa.example"),
        ("https://r\u{0435}gistry.acme.example/ui", Tier::A, "xn--rgistry-7gg.acme.example"),
    ] {
        let reason = judged(url, tier, &nobody).expect_err(url);
        assert!(reason.ends_with(&format!("allow it with --allow-host {host}")), "{url}: {reason}");
        assert_eq!(judged(url, tier, &typed(&[host])), Ok(()), "{url}");
        assert!(judged(url, tier, &typed(&["other.example", "example"])).is_err(), "{url}");
    }
    let reason = judged("https://evil.example/ui", Tier::C, &Consent::default()).expect_err("not allowed");
    assert!(reason.ends_with("type the name evil.example to allow it"), "{reason}");
}

#[test]
fn a_host_may_be_allowed_with_its_port_alone() {
    let consent = typed(&["nexus.corp:8081"]);
    assert_eq!(judged("http://nexus.corp:8081/ui", Tier::D, &consent), Ok(()));
    assert!(judged("http://nexus.corp:8082/ui", Tier::D, &consent).is_err());
}

#[test]
fn addresses_are_judged_again_after_the_name_was_looked_up() {
    let rows: &[(&str, [bool; 4])] = &[
        //                    A      B     C      D
        ("8.8.8.8", [true, true, true, true]),
        ("2600::1", [true, true, true, true]),
        ("127.0.0.1", [true, true, false, true]),
        ("::1", [true, true, false, true]),
        ("10.1.2.3", [true, true, false, true]),
        ("172.16.0.1", [true, true, false, true]),
        ("192.168.1.1", [true, true, false, true]),
        ("100.64.0.1", [true, true, false, true]),
        ("198.18.0.1", [true, true, false, true]),
        ("203.0.113.7", [true, true, false, true]),
        ("fc00::1", [true, true, false, true]),
        ("::ffff:10.0.0.1", [true, true, false, true]),
        ("64:ff9b::a00:1", [true, true, false, true]),
        ("2002:a00:1::", [true, true, false, true]),
        ("169.254.169.254", [false; 4]),
        ("::ffff:169.254.169.254", [false; 4]),
        ("64:ff9b::a9fe:a9fe", [false; 4]),
        ("fe80::1", [false; 4]),
        ("fd00:ec2::254", [false; 4]),
        ("100.100.100.200", [false; 4]),
        ("0.0.0.0", [false; 4]),
        ("::", [false; 4]),
        ("255.255.255.255", [false; 4]),
        ("224.0.0.1", [false; 4]),
        ("ff02::1", [false; 4]),
    ];
    for (ip, expected) in rows {
        let address: IpAddr = ip.parse().expect("an address");
        let verdicts = [Tier::A, Tier::B, Tier::C, Tier::D]
            .map(|tier| judge_address(address, tier, &typed(&["evil.example"])).is_ok());
        assert_eq!(verdicts, *expected, "{ip}");
        // The user may allow a private address by its digits, but no address of the last group.
        let allowed = judge_address(address, Tier::C, &typed(&[ip])).is_ok();
        assert_eq!(allowed, expected[0], "{ip}");
    }
}
