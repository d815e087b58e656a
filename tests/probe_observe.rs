//! What registries answer, and what is read from it: every row of `tests/probe/observe.json` is a story.

#[path = "probe/row.rs"]
mod row;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use row::{Given, Incident, Machine, Wished, rows};
use serde::Deserialize;
use unforbid::facts::{FactKey, Observation, Sign};
use unforbid::knowledge::Knowledge;
use unforbid::probe::{Answer, Question, observe, plan};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    incident: Incident,
    #[serde(default)]
    home: Machine,
    answers: Vec<Given>,
    expect: Expect,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expect {
    signs: Vec<Sign>,
    not: Vec<Sign>,
    learned: BTreeMap<String, String>,
    said: Option<String>,
    /// Pieces of the sentences.
    text: Vec<String>,
}

fn observed(row: &Row) -> Vec<Observation> {
    let answers: Vec<Answer> =
        row.answers.iter().enumerate().map(|(index, given)| given.answer(index)).collect();
    observe(&row.incident.facts(), &row.home, Knowledge::bundled(), &answers)
}

fn offences(row: &Row, found: &[Observation]) -> Vec<String> {
    let signs: BTreeSet<Sign> = found.iter().map(|observation| observation.sign).collect();
    let mut offences = Vec::new();
    let mut claim = |holds: bool, what: String| {
        if !holds {
            offences.push(what);
        }
    };
    for sign in &row.expect.signs {
        claim(signs.contains(sign), format!("{sign} is missing"));
    }
    for sign in &row.expect.not {
        claim(!signs.contains(sign), format!("{sign} must not be there"));
    }
    for (name, value) in &row.expect.learned {
        let key = FactKey::from_name(name).expect("a fact's name");
        let learned: Vec<&str> =
            found.iter().filter_map(|observation| observation.learned.get(key)).collect();
        let fits = if value.is_empty() { learned.is_empty() } else { learned.contains(&value.as_str()) };
        claim(fits, format!("{name} is {learned:?}, not {value:?}"));
    }
    if let Some(said) = &row.expect.said {
        let all: Vec<&str> = found.iter().filter_map(|observation| observation.said.as_deref()).collect();
        claim(all.iter().any(|one| one.contains(said.as_str())), format!("{said:?} is not in {all:?}"));
    }
    for piece in &row.expect.text {
        let all: Vec<&str> = found.iter().map(|observation| observation.text.as_str()).collect();
        claim(
            all.iter().any(|one| one.contains(piece.as_str())),
            format!("{piece:?} is in none of {all:#?}"),
        );
    }
    offences
}

#[test]
fn every_answer_is_read_as_its_row_says() {
    let mut failed = Vec::new();
    for row in rows::<Row>("observe.json") {
        let found = observed(&row);
        let offences = offences(&row, &found);
        if !offences.is_empty() {
            let signs: Vec<&str> = found.iter().map(|observation| observation.sign.name()).collect();
            failed.push(format!("{}: {}\n    found {signs:?}", row.name, offences.join("; ")));
        }
    }
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

#[test]
fn every_sign_that_a_registry_can_give_has_a_row_for_it_and_one_against_it() {
    let rows = rows::<Row>("observe.json");
    let first = Sign::ALL.iter().position(|sign| *sign == Sign::PackageExists).unwrap();
    let expected: BTreeSet<Sign> = rows.iter().flat_map(|row| row.expect.signs.clone()).collect();
    let excluded: BTreeSet<Sign> = rows.iter().flat_map(|row| row.expect.not.clone()).collect();
    let missing: Vec<String> = Sign::ALL[first..]
        .iter()
        .filter(|sign| !expected.contains(sign) || !excluded.contains(sign))
        .map(|sign| format!("{sign}: for {}, against {}", expected.contains(sign), excluded.contains(sign)))
        .collect();
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "no two rows have the same name");
}

#[test]
fn sentences_are_plain_and_say_which_request_they_come_from() {
    for row in rows::<Row>("observe.json") {
        for observation in observed(&row) {
            let text = &observation.text;
            assert!(!text.is_empty() && !text.ends_with('.') && !text.contains("  "), "{}: {text}", row.name);
            assert!(!text.contains(|c: char| c.is_control() || c == '!'), "{}: {text:?}", row.name);
            assert!(text.chars().count() <= 700, "{}: {text}", row.name);
            assert!(matches!(observation.origin, unforbid::facts::Origin::Request { .. }), "{}", row.name);
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("1.0.0".to_owned()),
        Just("9007199254740993.0.0".to_owned()),
        Just("0.0.18446744073709551615".to_owned()),
        Just("2026-11-21T10:00:00.000Z".to_owned()),
        Just("+262143-12-31T23:59:59Z".to_owned()),
        Just("-009999-01-01T00:00:00Z".to_owned()),
        Just("1.0.0-".to_owned() + &"9".repeat(300)),
        Just("\u{1b}[31m\u{202e}evil\u{0}".to_owned()),
        Just(format!("npm_{}", "aB3d".repeat(9))),
        "\\PC{0,40}",
    ]
}

/// JSON of roughly the shapes that registries send.
fn json() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        Just("versions"),
        Just("time"),
        Just("unpublished"),
        Just("dist"),
        Just("dist-tags"),
        Just("latest"),
        Just("maintainers"),
        Just("name"),
        Just("username"),
        Just("error"),
        Just("errors"),
        Just("message"),
        Just("objects"),
        Just("tfa"),
        Just("email_verified"),
        Just("1.0.0"),
        Just("tarball"),
        Just("integrity"),
    ];
    let leaf = prop_oneof![
        piece().prop_map(serde_json::Value::String),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<bool>().prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    let value = leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| {
                serde_json::Value::Object(
                    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
                )
            }),
        ]
    });
    prop_oneof![
        value.prop_map(|value| value.to_string()),
        piece(),
        piece().prop_map(|text| format!("<html>{text}"))
    ]
}

fn given(
    urls: &'static [&'static str],
) -> impl Strategy<Value = (Question, String, u16, String, String, String)> {
    let status =
        prop_oneof![Just(200u16), Just(401), Just(403), Just(404), Just(429), Just(503), any::<u16>()];
    let header = prop_oneof![
        Just("date"),
        Just("retry-after"),
        Just("via"),
        Just("server"),
        Just("cf-ray"),
        Just("age"),
        Just("x-squid-error"),
    ];
    (
        prop::sample::select(Question::ALL.to_vec()),
        prop::sample::select(urls),
        status,
        json(),
        header,
        piece(),
    )
        .prop_map(|(question, url, status, body, header, value)| {
            (question, url.to_owned(), status, body, header.to_owned(), value)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn no_answer_can_crash_it_nor_put_a_secret_or_a_control_character_on_the_screen(
        all in prop::collection::vec(
            given(&["https://{npm}/my-utils", "https://repo.acme.example/api/npm/npm/my-utils", "http://127.0.0.1:4873/-/whoami"]),
            0..6,
        ),
        version in piece(),
        publish in any::<bool>(),
    ) {
        let knowledge = Knowledge::bundled();
        let method = if publish { "PUT" } else { "GET" };
        let incident = Incident { refused: knowledge.expand(&format!("{method} https://{{npm}}/my-utils")), ..Incident::default() };
        let mut facts = incident.facts();
        facts.set(FactKey::Version, version, None);
        let answers: Vec<Answer> = all
            .into_iter()
            .enumerate()
            .map(|(index, (question, url, status, body, header, value))| {
                let name = serde_json::to_value(question).unwrap().as_str().unwrap().to_owned();
                Given {
                    question: name,
                    url: knowledge.expand(&url),
                    status,
                    body: serde_json::Value::String(body),
                    headers: BTreeMap::from([(header, value.clone())]),
                    phrase: Some(value.clone()),
                    issuer: Some(value),
                    ..Given::default()
                }
                .answer(index)
            })
            .collect();
        let home = Machine { credentials: vec!["https://".to_owned()], known: vec!["http://127.0.0.1:4873/".into()], ..Machine::default() };
        for observation in observe(&facts, &home, knowledge, &answers) {
            let learned: Vec<String> = observation.learned.iter().map(|(_, fact)| fact.value.clone()).collect();
            for text in [Some(observation.text), observation.said].into_iter().flatten().chain(learned) {
                prop_assert!(!text.contains(|c: char| c.is_control() || c == '\u{202e}'), "{:?}", text);
                prop_assert!(!text.contains(&"aB3d".repeat(9)), "{:?}", text);
            }
        }
        let wish = Wished { with_credentials: true, ..Wished::default() }.wish();
        for ask in plan(&facts, &home, knowledge, &answers, &wish).asks {
            prop_assert!(ask.credential.is_none() || ask.url.scheme() == "https" || ask.url.host_str() == Some("127.0.0.1"));
        }
    }
}
