//! Every entry of `knowledge/`, every example of every entry, each as a named test.
//!
//! `UPDATE_KNOWLEDGE=1 cargo test --test knowledge` writes the canonical form and the schemas.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Serialize;
use serde::de::DeserializeOwned;
use unforbid::advice::{Advice, Confidence};
use unforbid::knowledge::{self, Cause, ClientEntry, Knowledge, Provider, Related};
use unforbid::{Preferences, explain, text};

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for (file, content) in knowledge::bundled_files() {
        trials.push(Trial::test(format!("{file} is in canonical form"), move || canonical(file, content)));
    }
    for folder in ["causes", "providers", "clients", "related"] {
        trials.push(Trial::test(format!("schema of {folder} is in step"), move || schema(folder)));
    }
    let all = knowledge::bundled_files().all(|(file, content)| parses(file, content).is_ok());
    if all {
        trials.push(Trial::test("every rule is kept", rules));
        trials.push(Trial::test("the confusion table is empty off its diagonal", confusion));
        examples(&mut trials);
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

fn updating() -> bool {
    std::env::var_os("UPDATE_KNOWLEDGE").is_some()
}

/// Compares a file with what it should be, or writes it.
fn compare(path: &Path, wanted: &str) -> Result<(), Failed> {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    if found == wanted {
        return Ok(());
    }
    if updating() {
        return Ok(std::fs::write(path, wanted)?);
    }
    let line = found.lines().zip(wanted.lines()).position(|(a, b)| a != b).unwrap_or(0);
    Err(format!(
        "{} differs from its canonical form, first in line {}\n  found  {}\n  wanted {}\n  mend it with  UPDATE_KNOWLEDGE=1 cargo test --test knowledge",
        path.display(),
        line + 1,
        found.lines().nth(line).unwrap_or_default(),
        wanted.lines().nth(line).unwrap_or_default(),
    )
    .into())
}

fn rewrite<T: DeserializeOwned + Serialize>(content: &str) -> serde_json::Result<String> {
    let entry: T = serde_json::from_str(content)?;
    Ok(serde_json::to_string_pretty(&entry)? + "\n")
}

fn parses(file: &str, content: &str) -> serde_json::Result<String> {
    match file.split('/').next() {
        Some("causes") => rewrite::<Cause>(content),
        Some("providers") => rewrite::<Provider>(content),
        Some("clients") => rewrite::<ClientEntry>(content),
        _ => rewrite::<Related>(content),
    }
}

fn canonical(file: &str, content: &str) -> Result<(), Failed> {
    let wanted = parses(file, content).map_err(|error| format!("knowledge/{file}: {error}"))?;
    let value: serde_json::Value = serde_json::from_str(content)?;
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str());
    if value["id"].as_str() != stem {
        return Err(format!("knowledge/{file}: the id is {}, the file says {stem:?}", value["id"]).into());
    }
    let folder = file.split('/').next().unwrap_or_default();
    if value["$schema"].as_str() != Some(&format!("../schema/{folder}.json")) {
        return Err(format!("knowledge/{file}: write \"$schema\": \"../schema/{folder}.json\"").into());
    }
    compare(&root().join(file), &wanted)
}

fn schema(folder: &str) -> Result<(), Failed> {
    let schema = knowledge::schema(folder).ok_or("no schema for this folder")?;
    let wanted = serde_json::to_string_pretty(&schema)? + "\n";
    compare(&root().join("schema").join(format!("{folder}.json")), &wanted)
}

fn rules() -> Result<(), Failed> {
    Knowledge::bundled().compile()?;
    let problems = knowledge::check(Knowledge::bundled());
    if problems.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Err(lines.join("\n").into())
}

fn run(lines: &[String]) -> (Advice, usize) {
    let knowledge = Knowledge::bundled();
    let log = knowledge.expand(&lines.join("\n"));
    let explained = explain(text::decode(log.as_bytes()), "example", knowledge, &Preferences::default());
    let secrets = explained.advice.input.secrets_hidden;
    (explained.advice, secrets)
}

/// The id that an answer puts first: a cause, a related code, or `nothing`.
fn first(advice: &Advice) -> String {
    advice
        .incidents
        .first()
        .and_then(|incident| incident.causes.first())
        .map(|cause| cause.id.clone())
        .or_else(|| advice.related.first().map(|related| related.id.clone()))
        .unwrap_or_else(|| "nothing".to_owned())
}

/// What won and why, for a failure's message.
fn told(advice: &Advice) -> String {
    let lines: Vec<String> = advice
        .incidents
        .iter()
        .flat_map(|incident| &incident.causes)
        .map(|cause| format!("    {} ({}: {})", cause.id, cause.confidence.word(), cause.why))
        .collect();
    lines.join("\n")
}

fn examples(trials: &mut Vec<Trial>) {
    for cause in Knowledge::bundled().causes() {
        for example in &cause.examples.positive {
            let name = format!("{} + {}", cause.id, example.name);
            trials.push(Trial::test(name, move || {
                let (advice, secrets) = run(&example.log);
                expect(&advice, &cause.id, secrets)?;
                for (fact, wanted) in &example.expect {
                    let wanted = Knowledge::bundled().expand(wanted);
                    let key =
                        unforbid::facts::FactKey::from_name(fact).ok_or(format!("{fact:?} is no fact"))?;
                    let found = advice.incidents.first().and_then(|incident| incident.facts.get(key));
                    if found != Some(wanted.as_str()) {
                        return Err(
                            format!("fact {fact}\n  expected  {wanted}\n  got       {found:?}").into()
                        );
                    }
                }
                let sure = advice.incidents.first().map_or(0, |incident| {
                    incident.causes.iter().filter(|cause| cause.confidence == Confidence::Certain).count()
                });
                if sure > 1 {
                    return Err(format!("two causes are certain\n{}", told(&advice)).into());
                }
                Ok(())
            }));
        }
        for example in &cause.examples.negative {
            let name = format!("{} - {}", cause.id, example.name);
            trials.push(Trial::test(name, move || {
                let (advice, secrets) = run(&example.log);
                expect(&advice, &example.instead, secrets)
            }));
        }
    }
    for related in Knowledge::bundled().related() {
        for example in &related.examples {
            let name = format!("{} + {}", related.id, example.name);
            trials.push(Trial::test(name, move || {
                let (advice, secrets) = run(&example.log);
                expect(&advice, &related.id, secrets)
            }));
        }
    }
}

fn expect(advice: &Advice, wanted: &str, secrets: usize) -> Result<(), Failed> {
    let got = first(advice);
    if got != wanted {
        return Err(format!(
            "\n  expected  {wanted}\n  got       {got}\n{}\n  hint      narrow that matcher, or add `outranks`",
            told(advice)
        )
        .into());
    }
    if secrets > 0 {
        return Err("the example holds something that looks like a secret; write it differently".into());
    }
    Ok(())
}

/// Every positive example of every entry against every entry.
fn confusion() -> Result<(), Failed> {
    let mut table: BTreeMap<(String, String), usize> = BTreeMap::new();
    for cause in Knowledge::bundled().causes() {
        for example in &cause.examples.positive {
            let (advice, _) = run(&example.log);
            *table.entry((cause.id.clone(), first(&advice))).or_default() += 1;
        }
    }
    let off: Vec<String> = table
        .iter()
        .filter(|((wanted, got), _)| wanted != got)
        .map(|((wanted, got), count)| format!("  {wanted} taken for {got}: {count}"))
        .collect();
    let right: usize = table.iter().filter(|((wanted, got), _)| wanted == got).map(|(_, count)| count).sum();
    if off.is_empty() {
        return Ok(());
    }
    Err(format!("{right} right, and\n{}", off.join("\n")).into())
}
