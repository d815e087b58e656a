//! How long it takes to load the knowledge, and to diagnose a log of the size that people paste.
//!
//! ```text
//! cargo bench --no-default-features --bench knowledge
//! ```
//!
//! `cold` has compiled nothing yet, as a program that was just started; `warm` is the second log in the same window.
//! Both are to stay under five milliseconds with warm patterns.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion};
use unforbid::knowledge::{self, Knowledge};
use unforbid::{Preferences, explain, text};

const PASTE_BYTES: usize = 10 * 1024;

fn main() {
    let mut criterion = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(4));
    criterion = criterion.configure_from_args();
    criterion.bench_function("load all bundled entries", |bencher| bencher.iter(load));
    let paste = paste();
    for (name, log) in [("one refusal", refusal(1)), ("10 KB paste", paste)] {
        criterion.bench_function(&format!("diagnose warm: {name}"), |bencher| {
            bencher.iter(|| diagnose(black_box(&log), Knowledge::bundled()));
        });
        criterion.bench_function(&format!("diagnose cold: {name}"), |bencher| {
            bencher.iter_batched(
                load,
                |knowledge| diagnose(black_box(&log), &knowledge),
                BatchSize::SmallInput,
            );
        });
    }
    criterion.final_summary();
}

/// All bundled entries, parsed anew.
fn load() -> Knowledge {
    let of = |folder: &'static str| -> Vec<(&'static str, &'static str)> {
        knowledge::bundled_files().filter(|(file, _)| file.starts_with(folder)).collect()
    };
    let (causes, providers) = (of("causes/"), of("providers/"));
    Knowledge::load(&causes, &providers, &of("clients/"), &of("related/")).expect("the bundled entries load")
}

fn refusal(nth: usize) -> String {
    format!(
        "npm error code E403\n\
         npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui-{nth} - \
         You cannot publish over the previously published versions: 1.0.{nth}.\n\
         npm error 403 In most cases, you or one of your dependencies are requesting\n\
         npm error 403 a package version that is forbidden by your security policy, or\n\
         npm error 403 on a server you do not have access to.\n"
    )
}

/// What somebody pastes: a build's chatter, and one refusal in it.
fn paste() -> String {
    let mut log = String::new();
    for nth in 0.. {
        if log.len() > PASTE_BYTES / 2 && !log.contains("E403") {
            log.push_str(&refusal(1));
        }
        if log.len() >= PASTE_BYTES {
            break;
        }
        log.push_str(&format!(
            "npm http fetch GET 200 https://npm.acme.example/package-{nth} {nth}ms (cache hit)\n"
        ));
        log.push_str(&format!(
            "> @acme/ui@1.0.{nth} build:part-{nth}\n> tsc --project tsconfig.{nth}.json\n\n"
        ));
    }
    log
}

fn diagnose(log: &str, knowledge: &Knowledge) -> usize {
    let explained = explain(text::decode(log.as_bytes()), "paste", knowledge, &Preferences::default());
    assert_eq!(explained.advice.incidents.len(), 1, "the answer that is measured is the right one");
    explained.advice.incidents[0].causes.len()
}
