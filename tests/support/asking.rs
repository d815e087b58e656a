//! Requests of a plan, a keyring and a runtime for tests of the probe's runner.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use unforbid::probe::{
    Answer, Ask, Cancel, Consent, Failure, Header, Keyring, Limits, Network, Progress, Question, Reply,
    SentAlong, Tier, Verb, run_over,
};
use url::Url;

/// A secret that must never be seen anywhere but in the first request.
pub const SECRET: &str = "npm_0123456789abcdefghijklmnopqrstuvwxyz";

/// A `GET` without a credential.
pub fn ask(url: &str, tier: Tier) -> Ask {
    Ask {
        id: 1,
        question: Question::Package,
        verb: Verb::Get,
        url: Url::parse(url).expect("a test's address"),
        tier,
        credential: None,
        why: String::new(),
        ticked: true,
        caution: None,
        limit: 64 * 1024,
        accept: "application/json",
    }
}

pub fn head(url: &str, tier: Tier) -> Ask {
    Ask { verb: Verb::Head, ..ask(url, tier) }
}

pub fn with_credential(ask: Ask) -> Ask {
    let announced = SentAlong { description: "npm token".to_owned(), place: "~/.npmrc line 1".to_owned() };
    Ask { credential: Some(announced), ..ask }
}

/// A configuration that hands the secret out for whatever it is asked: the runner has to be the careful one.
#[derive(Default)]
pub struct Loose {
    pub proxy: Option<String>,
    pub roots: Vec<PathBuf>,
}

impl Keyring for Loose {
    fn credential_for(&self, _: &Url) -> Option<Header> {
        Some(Header::new("Bearer", SECRET))
    }

    fn proxy_for(&self, _: &Url) -> Option<String> {
        self.proxy.clone()
    }

    fn extra_roots(&self) -> Vec<PathBuf> {
        self.roots.clone()
    }
}

pub fn allowing(hosts: &[&str]) -> Consent {
    Consent { hosts: hosts.iter().map(|host| (*host).to_owned()).collect::<BTreeSet<_>>(), headless: true }
}

/// Runs the requests over a network that leads only to scripted servers.
pub fn run_all(
    network: &dyn Network,
    asks: &[Ask],
    keyring: &dyn Keyring,
    limits: &Limits,
    consent: &Consent,
    cancel: &Cancel,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Answer> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run_over(network, asks, keyring, limits, consent, cancel, progress))
}

/// One request, without limits that a test could meet by chance.
pub fn run_one(network: &dyn Network, ask: Ask, keyring: &dyn Keyring, consent: &Consent) -> Answer {
    let limits = Limits { connect: Duration::from_secs(30), request: Duration::from_secs(60), ..patient() };
    let mut answers = run_all(network, &[ask], keyring, &limits, consent, &Cancel::new(), &mut |_| ());
    assert_eq!(answers.len(), 1, "one answer for one request");
    answers.remove(0)
}

pub fn patient() -> Limits {
    Limits { run: Duration::from_secs(120), ..Limits::default() }
}

pub fn reply(answer: &Answer) -> &Reply {
    answer.outcome.as_ref().unwrap_or_else(|failure| panic!("no answer: {failure}"))
}

pub fn failure(answer: &Answer) -> &Failure {
    answer.outcome.as_ref().expect_err("a failure was due")
}
