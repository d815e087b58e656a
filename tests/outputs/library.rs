//! The pages of the bundled entries, without a log.

use unforbid::advice::{describe, describe_related};
use unforbid::knowledge::Knowledge;
use unforbid::output::{Format, Style, render_cause, render_list, render_related};

use super::FORMATS;
use super::sample::style;

#[test]
fn every_entry_of_the_library_has_a_page_in_every_format() {
    let knowledge = Knowledge::bundled();
    let pages = |render: &dyn Fn(Format) -> String, title: &str, id: &str| {
        for format in FORMATS {
            let shown = render(format);
            // Markdown marks up some words of a title, and a narrow page wraps it.
            let first_word = title.split(' ').next().unwrap_or_default();
            assert!(shown.contains(first_word) && shown.ends_with('\n'), "{id} as {format:?}: {shown}");
            assert!(!shown.contains("{package}") && !shown.contains("\n\n\n"), "{id} as {format:?}: {shown}");
        }
    };
    let wide = Style { width: 1_000, ..style() };
    for cause in knowledge.causes() {
        let page = describe(knowledge, &cause.id).unwrap();
        pages(&|format| render_cause(&page, format, &wide), &cause.title, &cause.id);
    }
    for entry in knowledge.related() {
        let page = describe_related(knowledge, &entry.id).unwrap();
        assert_eq!(page.title, entry.title, "{}", entry.id);
        let page = [page];
        pages(&|format| render_related(&page, format, &wide), &entry.title, &entry.id);
    }
}

#[test]
fn the_contents_name_every_entry_once() {
    let knowledge = Knowledge::bundled();
    let (causes, related) = (knowledge.causes(), knowledge.related());
    let shown = render_list(causes, related, Format::Text, &style());
    let rows: Vec<_> = shown.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    let ids = causes.iter().map(|cause| &cause.id).chain(related.iter().map(|entry| &entry.id));
    for id in ids {
        let hits = rows.iter().filter(|row| row.split(' ').next() == Some(id));
        assert_eq!(hits.count(), 1, "{id} in {shown}");
    }
    let json = render_list(causes, related, Format::Json, &style());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["causes"].as_array().map(Vec::len), Some(causes.len()));
    assert_eq!(json["related"].as_array().map(Vec::len), Some(related.len()));
}
