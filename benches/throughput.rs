//! How many bytes of a log are read in a second, step by step and from bytes to answer.
//!
//! ```text
//! cargo bench --no-default-features --bench throughput
//! cargo bench --no-default-features --bench throughput -- 'whole/npm debug'
//! ```

#[path = "logs/mod.rs"]
mod logs;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use unforbid::knowledge::Knowledge;
use unforbid::output::{self, Format, Style};
use unforbid::text::{self, Redacted};
use unforbid::{Preferences, explain, parse};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let logs = logs::all();
    step(&mut criterion, "text", &logs, |log| log.bytes.clone(), |bytes| masked(bytes).line_count());
    step(&mut criterion, "parse", &logs, |log| masked(&log.bytes), |log| parse::parse(log).incidents.len());
    step(&mut criterion, "whole", &logs, |log| log.bytes.clone(), |bytes| answer(bytes).len());
    criterion.final_summary();
}

/// Measures `work` on what `prepare` makes of each log, per byte of the original.
fn step<T>(
    criterion: &mut Criterion,
    name: &str,
    logs: &[logs::Log],
    prepare: fn(&logs::Log) -> T,
    work: fn(&T) -> usize,
) {
    let mut group = criterion.benchmark_group(name);
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    for log in logs {
        let input = prepare(log);
        group.throughput(Throughput::Bytes(log.bytes.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(log.name), &input, |bencher, input| {
            bencher.iter(|| work(black_box(input)));
        });
    }
    group.finish();
}

fn masked(bytes: &[u8]) -> Redacted {
    text::redact(text::decode(bytes))
}

/// What the command line prints. A wrong answer would be a wrong figure, so it is looked at.
fn answer(bytes: &[u8]) -> String {
    let explained = explain(text::decode(bytes), "bench.log", Knowledge::bundled(), &Preferences::default());
    assert!(!explained.advice.incidents.is_empty(), "each of the logs holds a refusal");
    output::render(&explained.advice, Format::Text, &Style::default())
}
