//! What a frame of the log costs, however long the log is: at rest, while scrolling, and when the width changes.
//!
//! ```text
//! cargo bench --bench viewer
//! ```

#[path = "viewer/screen.rs"]
mod screen;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode};
use screen::Screen;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("frame");
    group.sampling_mode(SamplingMode::Flat).sample_size(20);
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for (name, log) in logs() {
        let mut screen = Screen::open(&log);
        for (what, frame) in [
            ("rest", rest as fn(&mut Screen) -> usize),
            ("scroll", Screen::scroll),
            ("width", Screen::resize),
        ] {
            group.bench_function(BenchmarkId::new(what, name), |bencher| bencher.iter(|| frame(&mut screen)));
        }
    }
    group.finish();
    criterion.final_summary();
}

fn rest(screen: &mut Screen) -> usize {
    screen.frame(Vec::new())
}

/// Logs of many lines, and one of a single long line. The largest is cut to what is ever read.
fn logs() -> Vec<(&'static str, String)> {
    let line = "10 http fetch GET 200 https://registry.acme.example/some-package-with-a-long-name 123ms (cache miss)\n";
    let refusal =
        "npm error code E403\nnpm error 403 403 Forbidden - PUT https://registry.acme.example/ui - no\n";
    let of = |bytes: usize| format!("{}{refusal}", line.repeat(bytes / line.len()));
    let long = format!("{}\n{refusal}", line.replace('\n', " ").repeat(1_000_000 / line.len()));
    vec![
        ("1 MB", of(1_000_000)),
        ("10 MB", of(10_000_000)),
        ("100 MB", of(100_000_000)),
        ("1 MB in one line", long),
    ]
}
