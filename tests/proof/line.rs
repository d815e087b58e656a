//! The whole line of a case, in the order of the command line: log, configuration, plan, sockets, second diagnosis.

use std::collections::BTreeSet;

use unforbid::advice::{Advice, CheckState, Confidence, Incident};
use unforbid::config::{self, Client, Family};
use unforbid::diagnose::Observed;
use unforbid::facts::FactKey;
use unforbid::knowledge::Knowledge;
use unforbid::probe::{
    self, Answer, Ask, Cancel, Consent, Limits, Owner, Verb, Wish, run_blocking, run_over,
};
use unforbid::{Preferences, explain, explain_again, text};

use crate::case::{Case, Story};
use crate::stage::{Moment, Stage};

/// As many rounds as the command line makes.
const ROUNDS: usize = 4;

/// What is wrong with a case; empty when nothing is.
pub fn offences(story: &Story, case: &Case) -> Vec<String> {
    let knowledge = Knowledge::bundled();
    let stage = Stage::new(story, case);
    let before = explain(text::decode(stage.log.as_bytes()), "log", knowledge, &Preferences::default());
    let Some(incident) = before.advice.incidents.first() else {
        return vec!["the log holds no 403".to_owned()];
    };
    let client = Client::of(&incident.facts);
    let client = client.unwrap_or(Client { family: Family::Npm, major: None, minor: None });
    let configuration = config::read(&stage.project, client, &stage.machine, knowledge);
    let mut found = config::audit(&configuration, &incident.facts, knowledge, Moment::now());
    let owner = Owner::new(configuration);
    // As on the command line, a proof ends the asking.
    let is_proven = |answers: &[Answer]| {
        let mut found = found.clone();
        found.extend(probe::observe(&incident.facts, &owner, knowledge, answers));
        let observed = Observed::from([(0, found)]);
        let after = explain_again(&before.log, "log", knowledge, &Preferences::default(), &observed);
        let best = after.incidents.first().and_then(|incident| incident.causes.first());
        best.is_some_and(|best| !best.proved_by.is_empty() && best.confidence == Confidence::Certain)
    };
    let (asks, answers, notes) = ask(case, &stage, incident, &owner, &is_proven);
    found.extend(probe::observe(&incident.facts, &owner, knowledge, &answers));
    let signs: Vec<&str> = found.iter().map(|observation| observation.sign.name()).collect();
    let signs = signs.join(", ");
    let observed = Observed::from([(0, found)]);
    let after = explain_again(&before.log, "log", knowledge, &Preferences::default(), &observed);

    let mut wrong = Vec::new();
    compare(case, incident, &after, &mut wrong);
    keep_the_rules(case, &stage, &asks, &mut wrong);
    if !wrong.is_empty() {
        wrong.push(format!("    found {signs}"));
        wrong.push(format!(
            "    facts {:?}",
            incident.facts.iter().map(|(key, fact)| format!("{key}={}", fact.value)).collect::<Vec<_>>()
        ));
        wrong.push(format!("    notes {notes:?}"));
        wrong.extend(answers.iter().map(|answer| {
            let outcome = answer.outcome.as_ref();
            let came = outcome.map_or_else(ToString::to_string, |reply| reply.status.to_string());
            format!("    {:?} {} credential {} -> {came}", answer.question, answer.url, answer.credential)
        }));
        if let Some(after) = after.incidents.first() {
            let all: Vec<String> =
                after.causes.iter().map(|cause| format!("{} {:?}", cause.id, cause.confidence)).collect();
            let out: Vec<&str> = after.excluded.iter().map(|excluded| excluded.id.as_str()).collect();
            wrong.push(format!("    causes {all:?}\n    excluded {out:?}"));
        }
    }
    wrong
}

/// Asks round after round, only what is ticked by itself.
fn ask(
    case: &Case,
    stage: &Stage,
    incident: &Incident,
    owner: &Owner,
    is_proven: &dyn Fn(&[Answer]) -> bool,
) -> (Vec<Ask>, Vec<Answer>, BTreeSet<String>) {
    let knowledge = Knowledge::bundled();
    let mut hosts: BTreeSet<String> = case.allow.iter().map(|host| knowledge.expand(host)).collect();
    if stage.is_here {
        hosts.insert("127.0.0.1".to_owned());
    }
    let wish = Wish { with_credentials: case.with_credentials, hosts: hosts.clone(), headless: true };
    let consent = Consent { hosts, headless: true };
    let mut limits = Limits::default();
    let (mut asks, mut answers, mut notes) = (Vec::new(), Vec::new(), BTreeSet::new());
    for _ in 0..ROUNDS {
        let plan = probe::plan(&incident.facts, owner, knowledge, &answers, &wish);
        notes.extend(plan.notes);
        let mut ticked: Vec<Ask> = plan.asks.into_iter().filter(|ask| ask.ticked).collect();
        ticked.truncate(limits.requests);
        if ticked.is_empty() {
            break;
        }
        let cancel = Cancel::new();
        answers.extend(if stage.is_here {
            run_blocking(&ticked, owner, &limits, &consent, &cancel, &mut |_| ())
        } else {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.expect("a runtime");
            runtime.block_on(run_over(
                &stage.network,
                &ticked,
                owner,
                &limits,
                &consent,
                &cancel,
                &mut |_| (),
            ))
        });
        // A refused `HEAD` is repeated as `GET`.
        let sent = ticked.iter().map(|ask| if ask.verb == Verb::Head { 2 } else { 1 });
        limits.requests = limits.requests.saturating_sub(sent.sum());
        asks.extend(ticked);
        if is_proven(&answers) {
            break;
        }
    }
    (asks, answers, notes)
}

fn compare(case: &Case, before: &Incident, after: &Advice, wrong: &mut Vec<String>) {
    let verdict = |incident: &Incident| {
        let top = incident.causes.first();
        let word = |confidence| format!("{confidence:?}").to_ascii_lowercase();
        top.map_or_else(String::new, |cause| format!("{} {}", cause.id, word(cause.confidence)))
    };
    let mut claim = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    claim(verdict(before) == case.before.verdict(), format!("before: {}", verdict(before)));
    let Some(incident) = after.incidents.first() else {
        return claim(false, "looking made the incident vanish".to_owned());
    };
    claim(verdict(incident) == case.after.verdict(), format!("after: {}", verdict(incident)));
    for id in &case.after.excluded {
        let excluded = incident.excluded.iter().any(|excluded| excluded.id == *id);
        claim(excluded, format!("{id} is not ruled out"));
    }
    for id in &case.after.gone {
        claim(incident.causes.iter().all(|cause| cause.id != *id), format!("{id} is still named"));
    }
    let Some(cause) = incident.causes.first() else { return };
    let proved: Vec<_> =
        cause.proved_by.iter().filter_map(|at| Some(incident.observations.get(*at)?.observed)).collect();
    for sign in &case.after.proved_by {
        claim(proved.contains(sign), format!("{sign} is not among what proves it: {proved:?}"));
    }
    for sign in &case.after.found {
        let found = incident.observations.iter().any(|observation| observation.observed == *sign);
        claim(found, format!("{sign} is not found"));
    }
    let count = |state| cause.checklist.iter().filter(|check| check.state == state).count();
    let (confirmed, refuted) = (count(CheckState::Confirmed), count(CheckState::Refuted));
    claim(confirmed >= case.after.confirmed, format!("{confirmed} checks are confirmed"));
    claim(refuted >= case.after.refuted, format!("{refuted} checks are refuted"));
    let next = incident.facts.get(FactKey::NextVersion);
    claim(
        case.after.next_version.is_none() || case.after.next_version.as_deref() == next,
        format!("the next version is {next:?}"),
    );
    let says = case.after.why.as_ref().is_none_or(|piece| cause.why.contains(piece.as_str()));
    claim(says, format!("it says: {}", cause.why));
}

/// Only reads, only what was planned, and a credential only where it was announced.
fn keep_the_rules(case: &Case, stage: &Stage, asks: &[Ask], wrong: &mut Vec<String>) {
    for seen in stage.seen() {
        let is_read = matches!(seen.method.as_str(), "GET" | "HEAD" | "CONNECT");
        if !is_read {
            wrong.push(format!("{} was sent", seen.line()));
        }
        let Some(sent) = seen.header("authorization") else { continue };
        let host = seen.header("host").unwrap_or_default();
        let announced = asks.iter().any(|ask| {
            let authority = ask.url.host_str().map(|name| match ask.url.port() {
                Some(port) => format!("{name}:{port}"),
                None => name.to_owned(),
            });
            let target = ask
                .url
                .query()
                .map_or(ask.url.path().to_owned(), |query| format!("{}?{query}", ask.url.path()));
            ask.credential.is_some() && authority.as_deref() == Some(host) && target == seen.target
        });
        let lines = case.files.values().flatten();
        let mut tokens = lines.filter_map(|line| line.split_once("_authToken=")).map(|(_, token)| token);
        if !tokens.any(|token| sent == format!("Bearer {token}")) {
            wrong.push(format!("{host}: {} carried something that stands in no file", seen.line()));
        }
        if !announced || !case.with_credentials || case.sends_none {
            wrong.push(format!(
                "{host}: {} carried a credential that nobody announced or that may not be sent ({} characters)",
                seen.line(),
                sent.len()
            ));
        }
    }
}
