//! What would be asked: every row of `tests/probe/plan.json` is a log, a machine and the requests that come of it.

#[path = "probe/row.rs"]
mod row;

use std::collections::BTreeSet;

use row::{Given, Incident, Machine, Wished, question, rows};
use serde::Deserialize;
use unforbid::knowledge::Knowledge;
use unforbid::probe::{Answer, Ask, Plan, Question, Tier, Verb, plan};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    incident: Incident,
    #[serde(default)]
    home: Machine,
    #[serde(default)]
    wish: Wished,
    #[serde(default)]
    answers: Vec<Given>,
    /// The asks, in order and complete; absent when a row only forbids.
    expect: Option<Vec<Expect>>,
    /// Pieces that no address may hold.
    #[serde(default)]
    not_urls: Vec<String>,
    /// Pieces of the notes.
    #[serde(default)]
    notes: Vec<String>,
    /// Whether the log is a trap: nothing ticked, no credential.
    #[serde(default)]
    hostile: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    question: String,
    #[serde(default)]
    verb: Option<String>,
    url: String,
    tier: String,
    #[serde(default)]
    credential: bool,
    ticked: bool,
    /// A piece of it; absent when there must be none.
    #[serde(default)]
    caution: Option<String>,
}

fn planned(row: &Row) -> Plan {
    let answers: Vec<Answer> =
        row.answers.iter().enumerate().map(|(index, given)| given.answer(index)).collect();
    plan(&row.incident.facts(), &row.home, Knowledge::bundled(), &answers, &row.wish.wish())
}

fn shown(ask: &Ask) -> String {
    format!(
        "{:?} {} {} {:?}{}{} {:?}",
        ask.question,
        ask.verb.name(),
        ask.url,
        ask.tier,
        if ask.credential.is_some() { " with credential" } else { "" },
        if ask.ticked { " ticked" } else { "" },
        ask.caution
    )
}

fn fits(ask: &Ask, expect: &Expect) -> bool {
    let verb = if expect.verb.as_deref() == Some("HEAD") { Verb::Head } else { Verb::Get };
    let caution = match (&ask.caution, &expect.caution) {
        (Some(caution), Some(piece)) => caution.contains(piece.as_str()),
        (None, None) => true,
        _ => false,
    };
    ask.question == question(&expect.question)
        && ask.verb == verb
        && ask.url.as_str() == expect.url
        && format!("{:?}", ask.tier) == expect.tier
        && ask.credential.is_some() == expect.credential
        && ask.ticked == expect.ticked
        && caution
}

#[test]
fn every_incident_leads_to_the_requests_of_its_row() {
    let mut failed = Vec::new();
    for row in rows::<Row>("plan.json") {
        let plan = planned(&row);
        let all: Vec<String> = plan.asks.iter().map(shown).collect();
        let mut claim = |holds: bool, what: &str| {
            if !holds {
                failed.push(format!(
                    "{}: {what}\n    {}\n    {:?}",
                    row.name,
                    all.join("\n    "),
                    plan.notes
                ));
            }
        };
        if let Some(expect) = &row.expect {
            let same = plan.asks.len() == expect.len()
                && plan.asks.iter().zip(expect).all(|(ask, expect)| fits(ask, expect));
            claim(same, "other requests than expected");
        }
        for piece in &row.not_urls {
            claim(!plan.asks.iter().any(|ask| ask.url.as_str().contains(piece.as_str())), piece);
        }
        for piece in &row.notes {
            claim(plan.notes.iter().any(|note| note.contains(piece.as_str())), piece);
        }
        if row.hostile {
            claim(plan.asks.iter().all(|ask| !ask.ticked && ask.credential.is_none()), "a trap is ticked");
        }
    }
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

#[test]
fn no_plan_breaks_a_rule_of_safety_whatever_its_row_is_about() {
    for mut row in rows::<Row>("plan.json") {
        for with_credentials in [false, true] {
            for headless in [false, true] {
                row.wish.with_credentials = with_credentials;
                row.wish.headless = headless;
                let plan = planned(&row);
                let ids: BTreeSet<usize> = plan.asks.iter().map(|ask| ask.id).collect();
                assert_eq!(ids.len(), plan.asks.len(), "{}: every request has its own id", row.name);
                assert!(plan.asks.len() <= 12, "{}: {} requests", row.name, plan.asks.len());
                for ask in &plan.asks {
                    let what = format!("{}: {}", row.name, shown(ask));
                    let host = ask.url.host_str().unwrap();
                    let named = row.wish.hosts.iter().any(|named| named.eq_ignore_ascii_case(host));
                    let stranger = matches!(ask.tier, Tier::C | Tier::D);
                    assert!(!(stranger && ask.credential.is_some()), "{what}");
                    assert!(!(stranger && ask.ticked && !named), "{what}");
                    assert!(!(headless && stranger && !named), "{what}");
                    assert!(ask.credential.is_none() || with_credentials, "{what}");
                    assert!(ask.url.username().is_empty() && ask.url.password().is_none(), "{what}");
                    assert!(ask.url.fragment().is_none() && ask.url.as_str().len() <= 2_048, "{what}");
                    assert!(!ask.why.ends_with('.') && !ask.why.is_empty(), "{what}");
                }
                assert!(
                    with_credentials || plan.asks.iter().all(|ask| ask.credential.is_none()),
                    "{}",
                    row.name
                );
            }
        }
    }
}

#[test]
fn ids_stay_apart_through_the_rounds() {
    for row in rows::<Row>("plan.json").into_iter().filter(|row| row.answers.is_empty()) {
        let first = planned(&row);
        let facts = row.incident.facts();
        let answers: Vec<Answer> = first
            .asks
            .iter()
            .map(|ask| {
                let given = Given {
                    question: name(ask.question),
                    url: ask.url.to_string(),
                    status: 404,
                    ..Given::default()
                };
                Answer { ask: ask.id, ..given.answer(ask.id) }
            })
            .collect();
        let next = plan(&facts, &row.home, Knowledge::bundled(), &answers, &row.wish.wish());
        let known: BTreeSet<usize> = first.asks.iter().map(|ask| ask.id).collect();
        assert!(answers.is_empty() || next.asks.iter().all(|ask| !known.contains(&ask.id)), "{}", row.name);
    }
}

fn name(question: Question) -> String {
    serde_json::to_value(question).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[test]
fn every_question_has_a_row_that_asks_it() {
    let rows = rows::<Row>("plan.json");
    let asked: BTreeSet<Question> = rows
        .iter()
        .flat_map(|row| row.expect.iter().flatten())
        .map(|expect| question(&expect.question))
        .collect();
    let missing: Vec<Question> =
        Question::ALL.into_iter().filter(|question| !asked.contains(question)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
