//! The answers of one diagnosis, each read once, and how far each may be believed.
//!
//! Must not know what signs there are.

use serde_json::Value;

use crate::facts::{Facts, Observation, Origin, Sign, is_account};
use crate::knowledge::Knowledge;
use crate::probe::fingerprint::{self, BoxMarks, Marks};
use crate::probe::packument::Packument;
use crate::probe::subject::Subject;
use crate::probe::{Answer, Home, Question, Reply, address, times, words};

/// All answers, and what they are about.
pub struct Scene<'a> {
    /// The incident's facts.
    pub facts: &'a Facts,
    /// The configuration.
    pub home: &'a dyn Home,
    /// The entries.
    pub knowledge: &'a Knowledge,
    /// What the questions were about.
    pub subject: Subject,
    /// All answers, those that never came included.
    pub answers: &'a [Answer],
    /// The answers that came.
    pub heard: Vec<Heard<'a>>,
}

/// An answer that came.
pub struct Heard<'a> {
    /// The request.
    pub answer: &'a Answer,
    /// The answer.
    pub reply: &'a Reply,
    /// Its body, when it is JSON.
    pub json: Option<Value>,
    /// What speaks for a box that answered instead.
    pub boxed: BoxMarks,
    /// Whether the asked host is the public registry.
    pub is_npm: bool,
}

impl<'a> Scene<'a> {
    /// Reads the answers.
    pub fn new(
        facts: &'a Facts,
        home: &'a dyn Home,
        knowledge: &'a Knowledge,
        answers: &'a [Answer],
    ) -> Self {
        let heard = answers.iter().filter_map(|answer| {
            let reply = answer.outcome.as_ref().ok()?;
            let json = reply.json();
            Some(Heard {
                answer,
                reply,
                boxed: fingerprint::box_marks(answer, reply, json.is_some()),
                json,
                is_npm: address::is_npm(&answer.url, knowledge),
            })
        });
        let heard = heard.collect();
        Self { facts, home, knowledge, subject: Subject::of(facts, home, knowledge), answers, heard }
    }

    /// The registry's own answers to a question, the last one first: what was asked twice counts as answered last.
    pub fn all(&self, question: Question) -> impl Iterator<Item = &Heard<'a>> {
        let own = move |heard: &&Heard<'_>| heard.answer.question == question && !heard.boxed.is_enough();
        self.heard.iter().rev().filter(own)
    }

    /// The registry's own answer to a question.
    pub fn own(&self, question: Question) -> Option<&Heard<'a>> {
        self.all(question).next()
    }

    /// The best answer about the package on the refusing registry: one that lists it, before one that does not.
    pub fn package(&self) -> Option<&Heard<'a>> {
        let both = || self.all(Question::PackageWithCredential).chain(self.all(Question::Package));
        both().find(|heard| heard.packument().is_some()).or_else(|| both().next())
    }

    /// The account that the registry knows the credential as.
    pub fn account(&self) -> Option<&str> {
        let from = |question, key: &str| {
            let name = self.own(question)?.ok_json()?.get(key)?.as_str()?;
            is_account(name).then_some(name)
        };
        from(Question::WhoAmI, "username").or_else(|| from(Question::Account, "name"))
    }

    /// Whether what is missing from an answer is really not there: the public registry itself answered, nothing on
    /// the way sends on, rewrites, or reads along.
    pub fn absence_counts(&self, heard: &Heard<'_>) -> bool {
        let marks = Marks::read([heard.reply]);
        let intercepted =
            heard.reply.issuer.as_deref().is_some_and(|name| !fingerprint::is_public_authority(name));
        heard.is_npm
            && heard.answer.hops.is_empty()
            && !heard.boxed.is_enough()
            && !heard.reply.cut
            && marks.of("npm") > 0
            && marks.named().is_none()
            && !intercepted
    }

    /// Whether the whole metadata came from the public registry untouched, so that a missing version is missing.
    pub fn is_whole_record(&self, heard: &Heard<'_>, packument: &Packument<'_>) -> bool {
        // Proxies that rewrite metadata drop these two first.
        self.absence_counts(heard) && packument.has_times() && packument.maintainers().is_some()
    }
}

impl<'a> Heard<'a> {
    /// The status.
    pub fn status(&self) -> u16 {
        self.reply.status
    }

    /// Whether the answer is a yes: 2xx, and JSON where JSON is due.
    pub fn is_ok(&self) -> bool {
        let yes = (200..300).contains(&self.status());
        if asks_for_bytes(self.answer.question) {
            yes && !words::is_page(self.reply)
        } else {
            yes && (self.json.is_some() || self.reply.cut && !words::is_page(self.reply))
        }
    }

    /// The JSON of an answer that is a yes.
    pub fn ok_json(&self) -> Option<&Value> {
        self.json.as_ref().filter(|_| self.is_ok())
    }

    /// The metadata in the answer; a package that was unpublished as a whole may come with 404.
    pub fn packument(&self) -> Option<Packument<'_>> {
        let readable = self.is_ok() || self.status() == 404;
        self.json.as_ref().filter(|_| readable).and_then(Packument::of)
    }

    /// The host that was asked.
    pub fn host(&self) -> &'a str {
        self.answer.url.host_str().unwrap_or("the registry")
    }

    /// When the answer was made: by the server's clock, else by this machine's.
    pub fn now(&self) -> i64 {
        self.date().unwrap_or_else(|| i64::try_from(self.reply.received).unwrap_or(i64::MAX))
    }

    /// When the answer was made by the server's clock; what a cache has kept is as much older as it says.
    pub fn date(&self) -> Option<i64> {
        let date = times::from_header(self.reply.header("date")?)?;
        let age = self.reply.header("age").and_then(|age| age.trim().parse::<u32>().ok());
        Some(date.saturating_add(age.map_or(0, i64::from)))
    }

    /// A finding from this answer.
    pub fn seen(&self, sign: Sign, text: impl Into<String>) -> Observation {
        let mut observation = from_answer(self.answer, sign, text);
        if matches!(self.status(), 401 | 403) {
            observation.said = words::said(self.reply);
        }
        observation
    }
}

/// A finding from an answer or from its failure.
pub fn from_answer(answer: &Answer, sign: Sign, text: impl Into<String>) -> Observation {
    let mut url = answer.url.clone();
    // Signatures stand in queries.
    if url.query() != Some("write=true") {
        url.set_query(None);
    }
    let origin = Origin::Request {
        method: answer.verb.name().to_owned(),
        url: url.into(),
        status: answer.outcome.as_ref().ok().map(|reply| reply.status),
        credential: answer.credential,
    };
    Observation::new(sign, text, origin)
}

/// Whether a question is answered with an archive, not with JSON.
pub fn asks_for_bytes(question: Question) -> bool {
    matches!(question, Question::Archive | Question::ArchiveWithCredential | Question::OtherArchive)
}
