//! What real clients printed, and what is read from it: every capture below `tests/captures` is a test.
//!
//! The expectations beside the captures were made from the registry's own log of requests and reviewed by eye
//! (`tests/lab/README.md`). The last test is a table: which facts are read from which client.

#[path = "support/expected.rs"]
mod expected;
#[path = "support/table.rs"]
mod table;

use std::fs;
use std::path::Path;

use expected::{Capture, folders};
use libtest_mimic::{Arguments, Failed, Trial};
use unforbid::diagnose::{Diagnosis, Observed, diagnose};
use unforbid::facts::FactKey;
use unforbid::knowledge::{Knowledge, ReasonState};
use unforbid::{parse, text};

fn main() {
    let arguments = Arguments::from_args();
    let knowledge: &'static Knowledge = Knowledge::bundled();
    let folders: &'static [expected::Folder] = Box::leak(folders(&root()).into_boxed_slice());
    let mut trials = vec![
        Trial::test("there are enough captures of every family", || enough(folders)),
        Trial::test("every expectation was reviewed", || reviewed(folders)),
        Trial::test("the table of facts is in step", || in_step(folders, knowledge)),
    ];
    for folder in folders {
        for capture in &folder.captures {
            let name = format!("{} {}", folder.name, capture.name);
            trials.push(Trial::test(name, move || {
                let offences = check(capture, &read(capture, knowledge), knowledge);
                if offences.is_empty() {
                    Ok(())
                } else {
                    Err(Failed::from(format!("\n{}", offences.join("\n"))))
                }
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures")
}

/// The straight line up to the diagnosis.
fn read(capture: &Capture, knowledge: &Knowledge) -> Diagnosis {
    let bytes = fs::read(&capture.path).expect("a capture can be read");
    let log = text::redact(text::decode(knowledge.expand(&String::from_utf8_lossy(&bytes)).as_bytes()));
    diagnose(&log, &parse::parse(&log), knowledge, &Observed::new())
}

fn check(capture: &Capture, diagnosis: &Diagnosis, knowledge: &Knowledge) -> Vec<String> {
    let mut offences = Vec::new();
    let found = &diagnosis.incidents;
    if found.len() != capture.incidents.len() {
        let urls: Vec<_> = found
            .iter()
            .map(|one| (one.incident.facts.get(FactKey::Url), one.incident.reason_text()))
            .collect();
        offences.push(format!("{} incidents instead of {}: {urls:?}", found.len(), capture.incidents.len()));
    }
    for (number, (wanted, found)) in capture.incidents.iter().zip(found).enumerate() {
        let incident = &found.incident;
        let mut expect = |what: &str, wanted: &str, found: &str| {
            if wanted != found {
                offences.push(format!("incident {number}, {what}: {found:?} instead of {wanted:?}"));
            }
        };
        for (key, value) in &wanted.facts {
            let found = incident.facts.get(fact(key)).unwrap_or("(not known)");
            let masked = text::redact(text::decode(knowledge.expand(value).as_bytes()));
            expect(key, masked.as_str(), found);
        }
        // Unknown facts stand nowhere; what a sentence implies (yarn 1 only publishes with PUT) has no place.
        for key in wanted.unknown.iter().filter(|key| incident.facts.span(fact(key)).is_some()) {
            expect(key, "(not known)", incident.facts.get(fact(key)).unwrap_or("(not known)"));
        }
        if let Some(state) = &wanted.reason_state {
            expect("reason_state", state, state_name(incident.reason));
        }
        for part in &wanted.reason_contains {
            let reason = incident.facts.get(FactKey::Reason).unwrap_or_default();
            let raw = incident.reason_text();
            if ![reason, &raw].iter().any(|text| text.contains(&knowledge.expand(part))) {
                expect("reason_contains", part, reason);
            }
        }
    }
    for code in &capture.related {
        let ids: Vec<_> = diagnosis.near_misses.iter().map(|miss| miss.id.as_str()).collect();
        let named = |id: &&str| knowledge.related().iter().any(|one| one.id == **id && one.code == *code);
        if !ids.iter().any(|id| id == code || named(id)) {
            offences.push(format!("related {code} is missing; there are {ids:?}"));
        }
    }
    offences
}

fn fact(name: &str) -> FactKey {
    FactKey::from_name(name).unwrap_or_else(|| panic!("there is no fact named {name}"))
}

fn state_name(state: ReasonState) -> &'static str {
    match state {
        ReasonState::Shown => "shown",
        ReasonState::Absent => "absent",
        ReasonState::NotShown => "not-shown",
    }
}

/// At least 120 captures, at least 8 of each family.
fn enough(folders: &[expected::Folder]) -> Result<(), Failed> {
    let total: usize = folders.iter().map(|folder| folder.captures.len()).sum();
    let families = [
        "npm",
        "pnpm",
        "yarn1",
        "berry",
        "bun",
        "deno",
        "lerna",
        "changesets",
        "semantic-release",
        "release-it",
        "np",
        "nx",
    ];
    let few: Vec<String> = families
        .iter()
        .map(|family| {
            let of = folders.iter().filter(|folder| folder.family() == *family);
            (family, of.map(|folder| folder.captures.len()).sum::<usize>())
        })
        .filter(|(_, count)| *count < 8)
        .map(|(family, count)| format!("{family}: {count}"))
        .collect();
    if total < 120 || !few.is_empty() {
        return Err(format!("{total} captures; too few of {few:?}").into());
    }
    Ok(())
}

/// An expectation that was only drafted proves nothing.
fn reviewed(folders: &[expected::Folder]) -> Result<(), Failed> {
    let drafts = folders.iter().flat_map(|folder| {
        let drafts = folder.captures.iter().filter(|capture| capture.is_draft);
        drafts.map(move |capture| format!("{} {}", folder.name, capture.name))
    });
    let drafts: Vec<String> = drafts.collect();
    if drafts.is_empty() { Ok(()) } else { Err(format!("not reviewed: {drafts:?}").into()) }
}

/// Compares the table with the one that is kept; `UPDATE_CAPTURES=1` writes it.
fn in_step(folders: &[expected::Folder], knowledge: &Knowledge) -> Result<(), Failed> {
    let read_all = |folder: &expected::Folder| -> Vec<(String, Diagnosis)> {
        folder.captures.iter().map(|one| (one.operation.clone(), read(one, knowledge))).collect()
    };
    let rows: Vec<_> = folders.iter().map(|folder| (folder.name.clone(), read_all(folder))).collect();
    let made = table::of(&rows);
    let path = root().join("README.md");
    if std::env::var_os("UPDATE_CAPTURES").is_some() {
        fs::write(&path, &made).map_err(|error| format!("the table cannot be written: {error}"))?;
        return Ok(());
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if kept == made {
        return Ok(());
    }
    let changed: Vec<&str> = made.lines().filter(|line| !kept.contains(line)).collect();
    Err(format!(
        "tests/captures/README.md is out of step in\n{}\nmend it with  UPDATE_CAPTURES=1 cargo test --test captures",
        changed.join("\n")
    )
    .into())
}
