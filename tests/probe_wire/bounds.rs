//! Time, number, order, and stopping.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, pending};
use unforbid::probe::{
    Answer, Ask, Cancel, Consent, Failure, Limits, Network, NoKeyring, Progress, Tier, run_blocking,
};

use crate::asking::{allowing, ask, failure, head, patient, reply, run_all};
use crate::wire::{Server, Table, answer, until_hung_up};

fn run(network: &dyn Network, asks: &[Ask], limits: &Limits) -> Vec<Answer> {
    run_all(network, asks, &NoKeyring, limits, &Consent::default(), &Cancel::new(), &mut |_| ())
}

fn numbered(urls: &[&str]) -> Vec<Ask> {
    urls.iter().enumerate().map(|(place, url)| Ask { id: place + 10, ..ask(url, Tier::B) }).collect()
}

fn skipped(answer: &Answer, why: &str) {
    assert!(matches!(failure(answer), Failure::Skipped { reason } if reason.contains(why)), "{answer:?}");
}

#[test]
fn a_body_that_drips_is_given_up() {
    let server = Server::start(|_, wire| {
        wire.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n")?;
        let (_open, never) = mpsc::channel::<()>();
        loop {
            wire.write_all(b"a")?;
            wire.flush()?;
            assert!(never.recv_timeout(Duration::from_millis(20)).is_err(), "nobody speaks here");
        }
    });
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let limits = Limits { request: Duration::from_millis(300), ..patient() };
    let answers = run(&table, &numbered(&["http://registry.acme.example/ui"]), &limits);
    assert!(matches!(failure(&answers[0]), Failure::TimedOut { seconds: 1, .. }), "{answers:?}");
    assert!(answers[0].took < Duration::from_secs(10), "{:?}", answers[0].took);
}

#[test]
fn silence_is_given_up_wherever_it_begins() {
    let server = Server::start(|_, wire| {
        until_hung_up(wire);
        Ok(())
    });
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let limits = Limits { request: Duration::from_millis(100), ..patient() };
    let answers = run(&table, &numbered(&["http://registry.acme.example/ui"]), &limits);
    assert!(matches!(failure(&answers[0]), Failure::TimedOut { .. }), "{answers:?}");

    /// A name that is never found, and a machine that takes connections and says nothing.
    struct Silent(TcpListener);
    impl Network for Silent {
        fn resolve<'a>(&'a self, host: &'a str) -> LocalBoxFuture<'a, io::Result<Vec<IpAddr>>> {
            async move {
                if host == "nameless.acme.example" {
                    pending::<()>().await;
                }
                Ok(vec![IpAddr::from([20, 0, 0, 1])])
            }
            .boxed_local()
        }
        fn admit(&self, _: SocketAddr) -> io::Result<SocketAddr> {
            self.0.local_addr()
        }
    }
    let limits = Limits { connect: Duration::from_millis(50), ..patient() };
    let asks = numbered(&["http://nameless.acme.example/", "https://deaf.acme.example/"]);
    let silent = Silent(TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback"));
    for answer in run(&silent, &asks, &limits) {
        assert!(matches!(failure(&answer), Failure::TimedOut { .. }), "{answer:?}");
    }
}

#[test]
fn a_run_is_stopped_in_the_middle_of_a_body() {
    let (begun, waiting) = mpsc::channel();
    let begun = Mutex::new(begun);
    let server = Server::start(move |_, wire| {
        wire.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\nhalf")?;
        wire.flush()?;
        begun.lock().expect("no thread panics").send(()).expect("the test waits");
        until_hung_up(wire);
        Ok(())
    });
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let cancel = Cancel::new();
    let button = cancel.clone();
    let user = thread::spawn(move || {
        waiting.recv().expect("the server begins");
        button.cancel();
    });
    let asks = numbered(&["http://registry.acme.example/ui"; 3]);
    let limits = Limits { at_once: 1, request: Duration::from_secs(60), ..patient() };
    let answers = run_all(&table, &asks, &NoKeyring, &limits, &Consent::default(), &cancel, &mut |_| ());
    user.join().expect("the user's thread does not panic");
    for answer in &answers {
        assert_eq!(failure(answer), &Failure::Cancelled);
    }
    assert_eq!(server.lines().len(), 1, "the others were not sent any more");
}

#[test]
fn a_run_that_was_stopped_before_it_began_sends_nothing() {
    let cancel = Cancel::new();
    cancel.cancel();
    let table = Table::default();
    let asks = numbered(&["http://registry.acme.example/ui"]);
    let answers = run_all(&table, &asks, &NoKeyring, &patient(), &Consent::default(), &cancel, &mut |step| {
        assert!(!matches!(step, Progress::Started(_)), "{step:?}");
    });
    assert_eq!(failure(&answers[0]), &Failure::Cancelled);
    assert!(table.looked_up().is_empty());
}

#[test]
fn a_host_that_asks_to_wait_is_left_alone_and_others_are_not() {
    for (status, header, why) in [
        ("429 Too Many Requests", "retry-after: 30", "registry.acme.example asked to wait 30 s (status 429)"),
        ("429 Too Many Requests", "server: x", "registry.acme.example asked to wait (status 429)"),
        ("503 Unavailable", "retry-after: Sun, 01 Mar 2026 00:00:00 GMT", "until Sun, 01 Mar 2026"),
    ] {
        let busy = Server::answering(answer(status, &[header], b""));
        let other = Server::answering(answer("200 OK", &[], b"{}"));
        let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &busy).host(
            "other.acme.example",
            "20.0.0.2:80",
            &other,
        );
        let asks = numbered(&[
            "http://registry.acme.example/one",
            "http://registry.acme.example/two",
            "http://other.acme.example/three",
            "http://registry.acme.example/four",
        ]);
        let answers = run(&table, &asks, &Limits { at_once: 1, ..patient() });
        assert!(reply(&answers[0]).status >= 429);
        skipped(&answers[1], why);
        assert_eq!(reply(&answers[2]).status, 200);
        skipped(&answers[3], why);
        assert_eq!(busy.lines(), ["GET /one"]);
    }
}

#[test]
fn a_head_that_is_told_to_wait_is_not_repeated() {
    let busy = Server::answering(answer("403 Forbidden", &["retry-after: 5"], b""));
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &busy);
    let answers = run(&table, &[head("http://registry.acme.example/ui", Tier::B)], &patient());
    assert_eq!(reply(&answers[0]).status, 403);
    assert_eq!(busy.lines(), ["HEAD /ui"]);
}

#[test]
fn redirects_and_repetitions_count_towards_the_limit_of_requests() {
    let server = Server::start(|seen, wire| match seen.target.as_str() {
        "/sent-on" => wire.write_all(&answer("302 Found", &["location: /here"], b"")),
        _ => wire.write_all(&answer("200 OK", &[], b"{}")),
    });
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let asks = numbered(&["http://registry.acme.example/sent-on"; 3]);
    let answers = run(&table, &asks, &Limits { requests: 3, at_once: 1, ..patient() });
    assert_eq!(reply(&answers[0]).status, 200);
    skipped(&answers[1], "the limit of 3 requests");
    skipped(&answers[2], "the limit of 3 requests");
    assert_eq!(server.lines(), ["GET /sent-on", "GET /here", "GET /sent-on"]);
}

#[test]
fn a_run_without_time_sends_nothing() {
    let table = Table::default();
    let asks = numbered(&["http://registry.acme.example/ui"]);
    let answers = run(&table, &asks, &Limits { run: Duration::ZERO, ..patient() });
    skipped(&answers[0], "for all requests is reached");
    assert!(table.looked_up().is_empty());
}

#[test]
fn two_are_under_way_at_one_time_and_not_more() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let pair = Arc::new(Barrier::new(2));
    let server = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        Server::start(move |_, wire| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // Passes only when a second one is there.
            pair.wait();
            now.fetch_sub(1, Ordering::SeqCst);
            wire.write_all(&answer("200 OK", &[], b"{}"))
        })
    };
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let asks = numbered(&["http://registry.acme.example/ui"; 6]);
    let answers = run(&table, &asks, &Limits { request: Duration::from_secs(30), ..patient() });
    assert!(answers.iter().all(|answer| reply(answer).status == 200));
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn answers_stand_in_the_order_of_the_requests() {
    let (done, waiting) = mpsc::channel::<()>();
    let waiting = Mutex::new(waiting);
    let server = Server::start(move |seen, wire| {
        if seen.target == "/first" {
            waiting.lock().expect("no thread panics").recv().expect("the second is answered");
        }
        wire.write_all(&answer("200 OK", &[], seen.target.as_bytes()))
    });
    let table = Table::default().host("registry.acme.example", "20.0.0.1:80", &server);
    let asks = numbered(&["http://registry.acme.example/first", "http://registry.acme.example/second"]);
    let mut told = Vec::new();
    let mut progress = |step: Progress| match step {
        Progress::Started(id) => told.push(format!("started {id}")),
        Progress::Answered(answer) => {
            told.push(format!("answered {}", answer.ask));
            if answer.ask == 11 {
                done.send(()).expect("the server waits");
            }
        }
    };
    let answers =
        run_all(&table, &asks, &NoKeyring, &patient(), &Consent::default(), &Cancel::new(), &mut progress);
    assert_eq!(told, ["started 10", "started 11", "answered 11", "answered 10"]);
    assert_eq!(answers.iter().map(|answer| answer.ask).collect::<Vec<_>>(), [10, 11]);
    assert_eq!(reply(&answers[0]).body, b"/first");
}

#[test]
fn a_refused_address_is_never_looked_up() {
    for url in [
        "http://169.254.169.254/",
        "http://127.0.0.1:22/",
        "http://2130706433/",
        "https://user:pw@registry.acme.example/",
        "https://xn--rgistry-9xa.example/ui",
        "https://registry.acme.example/..%2f..%2fetc",
        "https://evil.example/ui",
    ] {
        let table =
            Table::default().name("registry.acme.example", "20.0.0.1").name("evil.example", "20.0.0.2");
        let answers = run(&table, &[ask(url, Tier::C)], &patient());
        assert!(matches!(failure(&answers[0]), Failure::Forbidden { .. }), "{url}: {answers:?}");
        assert!(table.looked_up().is_empty() && table.admitted().is_empty(), "{url}");
    }
}

#[test]
fn only_the_addresses_that_were_judged_are_admitted() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let mixed = Table::default()
        .name("evil.example", "169.254.169.254")
        .name("evil.example", "10.0.0.5")
        .host("evil.example", "20.0.0.1:80", &server);
    let rebound = Table::default().name("evil.example", "10.0.0.5").name("evil.example", "::1");
    let asked = |table: &Table| {
        let asks = [ask("http://evil.example/ui", Tier::C)];
        let consent = allowing(&["evil.example"]);
        run_all(table, &asks, &NoKeyring, &patient(), &consent, &Cancel::new(), &mut |_| ()).remove(0)
    };
    assert_eq!(reply(&asked(&mixed)).status, 200);
    assert_eq!(mixed.admitted(), ["20.0.0.1:80"]);
    let refused = asked(&rebound);
    assert!(failure(&refused).to_string().contains("private address"), "{refused:?}");
    assert!(rebound.admitted().is_empty());
}

#[test]
fn an_address_that_is_refused_at_the_last_moment_is_not_connected_to() {
    let server = Server::answering(answer("200 OK", &[], b"{}"));
    let elsewhere = Server::answering(answer("200 OK", &[], b"{}"));
    let itself = server.address.to_string();
    // Nobody may pass; and an address in digits cannot be exchanged for another one.
    for table in [Table::default(), Table::default().detour(&itself, elsewhere.address)] {
        let answers = run(&table, &numbered(&[&format!("http://{itself}/ui")]), &patient());
        let failure = failure(&answers[0]);
        assert!(matches!(failure, Failure::Refused { .. } | Failure::Connect { .. }), "{failure:?}");
        assert_eq!(table.admitted(), [itself.as_str()]);
    }
    assert!(server.lines().is_empty() && elsewhere.lines().is_empty());
}

#[test]
fn a_thread_that_waits_already_is_told_so() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let asks = numbered(&["http://registry.acme.example/ui"]);
    let answers = runtime.block_on(async {
        let nothing = Consent::default();
        run_blocking(&asks, &NoKeyring, &patient(), &nothing, &Cancel::new(), &mut |_| ())
    });
    skipped(&answers[0], "another run is under way on this thread");
}
