//! The proof proves: one log, two registries, two verdicts.
//!
//! Every case of `tests/proof/cases.json` is a story: a log, a machine, and what the registry answers. The test runs
//! the program's own line from the log over the configuration, the plan and real sockets to the second diagnosis.
//! Cases of one pair share their log to the letter, so that nothing but the answers can tell them apart.

#[path = "proof/case.rs"]
mod case;
#[path = "proof/line.rs"]
mod line;
#[path = "proof/stage.rs"]
mod stage;
#[allow(dead_code)]
#[path = "support/wire.rs"]
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use case::{Case, Story};
use libtest_mimic::{Arguments, Failed, Trial};

/// The rows of the decision table, so that none is forgotten.
const ROWS: [&str; 17] = [
    "a version that is there already",
    "a name that was unpublished a moment ago",
    "no permission to publish, and bare refusals of an upload",
    "an upload below a scope",
    "these credentials may not",
    "texts about a second factor",
    "a name that is too similar",
    "a read that a private registry refuses",
    "GitHub Packages",
    "a policy, a permission or an allow-list",
    "a mirror with other bytes",
    "an archive behind a redirect",
    "the content, the address or a proxy",
    "it works in the browser",
    "login, whoami and audit",
    "an incident of the registry",
    "an upload to a mirror",
];

/// What a log alone leaves open.
const PAIRS: [&str; 9] = [
    "version-exists / version-burned / own success",
    "name-not-yours / token-lacks-permission / scope-not-yours",
    "waf-blocked-content / proxy-block / ip-blocked / sandbox-egress",
    "email-unverified / account-restricted / payment-required",
    "two-factor-required / interactive-2fa-required",
    "ci-token-permissions / registry-denied / token-lacks-permission on GitHub",
    "role / scope / allow-list / feature on GitLab",
    "policy / permission / pattern on Artifactory",
    "a bare refusal of Azure",
];

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    let story: &'static Story = Box::leak(Box::new(Story::read()));
    let mut trials = vec![
        Trial::test("every row of the decision table has a case", || rows(story)),
        Trial::test("every pair is told apart, or the file says why it cannot be", || pairs(story)),
        Trial::test("no two cases have the same name", || names(story)),
    ];
    for case in &story.cases {
        let about = case.pair.as_ref().or(case.row.as_ref()).map_or("", String::as_str);
        let name = format!("{about}: {}", case.name);
        trials.push(Trial::test(name, move || run(story, case)));
    }
    let exit = libtest_mimic::run(&arguments, trials).exit_code();
    if !arguments.list {
        say(story);
    }
    exit
}

fn run(story: &Story, case: &Case) -> Result<(), Failed> {
    let offences = line::offences(story, case);
    if offences.is_empty() { Ok(()) } else { Err(Failed::from(format!("\n{}", offences.join("\n")))) }
}

/// The cases by pair.
fn by_pair(story: &Story) -> BTreeMap<&str, Vec<&Case>> {
    let mut pairs: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in &story.cases {
        if let Some(pair) = &case.pair {
            pairs.entry(pair).or_default().push(case);
        }
    }
    pairs
}

/// How many verdicts the same log leads to: the largest number over the logs of a pair.
fn verdicts(cases: &[&Case]) -> usize {
    let mut by_log: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for case in cases {
        by_log.entry(&case.log).or_default().insert(case.after.verdict());
    }
    by_log.values().map(BTreeSet::len).max().unwrap_or_default()
}

fn rows(story: &Story) -> Result<(), Failed> {
    let told: BTreeSet<&str> = story.cases.iter().filter_map(|case| case.row.as_deref()).collect();
    let missing: Vec<&str> = ROWS.into_iter().filter(|row| !told.contains(row)).collect();
    let unknown: Vec<&&str> = told.iter().filter(|row| !ROWS.contains(row)).collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(());
    }
    Err(format!("without a case: {missing:?}; not in the table: {unknown:?}").into())
}

fn pairs(story: &Story) -> Result<(), Failed> {
    let told = by_pair(story);
    let mut offences = Vec::new();
    for pair in PAIRS {
        let cases = told.get(pair).map(Vec::as_slice).unwrap_or_default();
        if verdicts(cases) < 2 && !story.undecidable.contains_key(pair) {
            offences.push(format!("{pair}: no two cases with one log and two verdicts"));
        }
    }
    offences
        .extend(told.keys().filter(|pair| !PAIRS.contains(pair)).map(|pair| format!("{pair}: not a pair")));
    if offences.is_empty() { Ok(()) } else { Err(offences.join("\n").into()) }
}

fn names(story: &Story) -> Result<(), Failed> {
    let names: BTreeSet<&str> = story.cases.iter().map(|case| case.name.as_str()).collect();
    if names.len() == story.cases.len() { Ok(()) } else { Err("a name stands twice".into()) }
}

/// The figures, for whoever reads the run.
#[allow(clippy::print_stdout)]
fn say(story: &Story) {
    let told = by_pair(story);
    for pair in PAIRS {
        let cases = told.get(pair).map(Vec::as_slice).unwrap_or_default();
        match (verdicts(cases), story.undecidable.get(pair)) {
            (0 | 1, Some(why)) => println!("left open  {pair}: {why}"),
            (count, Some(why)) => println!("told apart {pair}: {count} verdicts for one log; open: {why}"),
            (count, None) => println!("told apart {pair}: {count} verdicts for one log"),
        }
    }
    let apart = PAIRS.iter().filter(|pair| told.get(**pair).is_some_and(|cases| verdicts(cases) > 1)).count();
    let certain = story.cases.iter().filter(|case| case.after.confidence == "certain").count();
    let gained = story.cases.iter().filter(|case| case.before.verdict() != case.after.verdict()).count();
    println!(
        "{apart} of {} pairs are told apart, {} rows have cases; {} cases, {gained} change the verdict, {certain} end certain",
        PAIRS.len(),
        ROWS.len(),
        story.cases.len(),
    );
}
