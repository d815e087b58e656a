//! Cases as data: what a configuration means, and what the audit says about one refused request.

use serde::Deserialize;
use unforbid::config::{self, Outcome};
use unforbid::facts::{FactKey, Observation, Origin, Sign};
use url::Url;

use super::layout::{Laid, Setup, in_words, knowledge};

/// The end of November 2026; the files of a case are as old as the test, so cases of age set `written`.
const NOW: u64 = 1_795_300_000;

#[derive(Deserialize)]
struct Case {
    #[serde(flatten)]
    setup: Setup,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    registry: Option<String>,
    #[serde(default)]
    registry_at: Option<String>,
    #[serde(default)]
    sent: Option<String>,
    /// What `credential_for` hands out for the address: `none`, or as `sent`.
    #[serde(default)]
    lent: Option<String>,
    #[serde(default)]
    proxy: Option<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    /// A piece of the sentence of the first sign.
    #[serde(default)]
    says: Option<String>,
    /// File and line, old and new line of the first sign's correction.
    #[serde(default)]
    correction: Option<[String; 3]>,
    /// Words of a file that could not be read, or does not count.
    #[serde(default)]
    file: Option<[String; 2]>,
}

#[test]
fn every_case_is_read_as_its_client_reads_it() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("cases.json")).expect("cases.json is a list of cases");
    let mut wrong = Vec::new();
    for case in &cases {
        let mut found = Vec::new();
        case.compare(&mut found);
        wrong.extend(found.into_iter().map(|what| format!("{}: {what}", case.setup.title())));
    }
    assert!(wrong.is_empty(), "{} in {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_check_has_a_case_that_finds_it_and_one_that_does_not() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("cases.json")).expect("cases.json is a list of cases");
    for number in 1..=24 {
        let check = format!("C{number:02}");
        let of_check = || cases.iter().filter(|case| case.setup.check.as_deref() == Some(&check));
        assert!(of_check().any(|case| !case.expect.signs.is_empty()), "{check} finds nothing in any case");
        assert!(of_check().any(|case| !case.expect.not.is_empty()), "{check} is never kept from finding");
    }
    let signs = cases.iter().flat_map(|case| case.expect.signs.iter().chain(&case.expect.not));
    for name in signs {
        assert!(Sign::ALL.iter().any(|sign| sign.name() == name), "no finding is called {name}");
    }
}

impl Case {
    fn compare(&self, wrong: &mut Vec<String>) {
        let laid = self.setup.lay();
        self.compare_registry(&laid, wrong);
        self.compare_sent(&laid, wrong);
        self.compare_audit(&laid, wrong);
        let Some([name, words]) = &self.expect.file else {
            return;
        };
        let visited = laid.configuration.files().iter().find(|visited| visited.shown.ends_with(name));
        let outcome = visited.map(|visited| match &visited.outcome {
            Outcome::Read => "read".to_owned(),
            Outcome::Missing => "missing".to_owned(),
            Outcome::Ignored(why) | Outcome::Unreadable(why) => why.clone(),
        });
        if !outcome.as_ref().is_some_and(|outcome| outcome.contains(words)) {
            wrong.push(format!("{name} came out as {outcome:?}"));
        }
    }

    fn compare_registry(&self, laid: &Laid, wrong: &mut Vec<String>) {
        let publishing = laid.facts.get(FactKey::Operation) == Some("publish");
        let registry = laid.configuration.registry_for(laid.facts.get(FactKey::Package), publishing);
        let expected = self.expect.registry.as_ref().map(|address| knowledge().expand(address));
        if expected.is_some_and(|expected| expected != registry.value) {
            wrong.push(format!("the registry is {}", registry.value));
        }
        let at = self.in_words(laid, &registry.origin);
        if self.expect.registry_at.as_ref().is_some_and(|expected| *expected != at) {
            wrong.push(format!("the registry is decided at {at}"));
        }
    }

    fn compare_sent(&self, laid: &Laid, wrong: &mut Vec<String>) {
        let publishing = laid.facts.get(FactKey::Operation) == Some("publish");
        let Some(url) = laid.facts.get(FactKey::Url).and_then(|url| Url::parse(url).ok()) else {
            return;
        };
        let sent = laid.configuration.sent_with(&url, laid.facts.get(FactKey::Package), publishing);
        let sent = in_words(&sent);
        if self.expect.sent.as_ref().is_some_and(|expected| *expected != sent) {
            wrong.push(format!("{sent} is sent"));
        }
        let lent = laid.configuration.credential_for(&url);
        let lent = lent.map_or_else(|| "none".to_owned(), |lent| in_words(&config::Sent::Credential(lent)));
        if self.expect.lent.as_ref().is_some_and(|expected| *expected != lent) {
            wrong.push(format!("{lent} is lent"));
        }
        let proxy = laid.configuration.proxy_for(&url).map_or_else(|| "none".to_owned(), |proxy| proxy.value);
        if self.expect.proxy.as_ref().is_some_and(|expected| *expected != proxy) {
            wrong.push(format!("the proxy is {proxy}"));
        }
    }

    fn compare_audit(&self, laid: &Laid, wrong: &mut Vec<String>) {
        let found = config::audit(&laid.configuration, &laid.facts, knowledge(), NOW);
        let all: Vec<&str> = found.iter().map(|observation| observation.sign.name()).collect();
        for name in &self.expect.signs {
            if !all.contains(&name.as_str()) {
                wrong.push(format!("{name} is not found, only {all:?}"));
            }
        }
        for name in &self.expect.not {
            if let Some(observation) = found.iter().find(|observation| observation.sign.name() == name) {
                wrong.push(format!("{name} is found: {}", observation.text));
            }
        }
        self.keep_secrets(&found, wrong);
        let first = self.expect.signs.first();
        let Some(first) =
            found.iter().find(|observation| Some(observation.sign.name()) == first.map(String::as_str))
        else {
            return;
        };
        let text = without_folder(laid, &first.text);
        if self.expect.says.as_ref().is_some_and(|says| !text.contains(says)) {
            wrong.push(format!("it says: {text}"));
        }
        let Some(expected) = &self.expect.correction else {
            return;
        };
        let correction = first.correction.as_ref().map(|correction| {
            let line = correction.line.map(|line| format!(":{line}")).unwrap_or_default();
            let place = without_folder(laid, &format!("{}{line}", correction.file));
            [place, correction.old.clone().unwrap_or_default(), correction.new.clone().unwrap_or_default()]
        });
        if correction.as_ref() != Some(&expected.clone().map(|text| knowledge().expand(&text))) {
            wrong.push(format!("the correction is {correction:?}"));
        }
    }

    /// Whatever stands behind the name of a secret in a case may not come out of the audit.
    fn keep_secrets(&self, found: &[Observation], wrong: &mut Vec<String>) {
        let lines = self.setup.files.values().flatten();
        let values = lines.filter_map(|line| {
            let (key, value) = line.split_once('=').or_else(|| line.split_once(": "))?;
            let is_secret = ["_auth", "_password", "npmAuth"].iter().any(|name| key.contains(name));
            is_secret.then(|| value.trim_matches(['"', ' ']))
        });
        let secrets: Vec<&str> = values.filter(|value| value.len() > 5 && !value.contains('$')).collect();
        for observation in found {
            let told = format!("{observation:?}");
            if let Some(secret) = secrets.iter().find(|secret| told.contains(**secret)) {
                wrong.push(format!("{secret} is told: {told}"));
            }
        }
    }

    fn in_words(&self, laid: &Laid, origin: &Origin) -> String {
        let words = match origin {
            Origin::File { file, line, .. } => format!("{file}:{line}"),
            Origin::WholeFile { file } => file.clone(),
            Origin::Variable { name } => name.clone(),
            Origin::Client => "client".to_owned(),
            Origin::Request { url, .. } => url.clone(),
        };
        without_folder(laid, &words)
    }
}

/// A text without the folder that the case was laid out in.
fn without_folder(laid: &Laid, text: &str) -> String {
    text.replace(&format!("{}/", laid.root.display()), "")
}
