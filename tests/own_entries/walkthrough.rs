//! The page for authors shows what an author sees: its commands are run, and its files are written, in its order.
//!
//! `UPDATE_WALKTHROUGH=1 cargo test --test own_entries` writes the outputs.

use std::path::Path;

use crate::folder::Folder;

/// A block of the page, in fences.
struct Block<'a> {
    language: &'a str,
    /// The file that the sentence before it names, if it ends in one.
    file: Option<&'a str>,
    text: &'a str,
}

fn section(page: &str) -> (usize, usize) {
    let start = page.find("<!-- walkthrough -->").expect("the walkthrough starts");
    (start, page.find("<!-- /walkthrough -->").expect("the walkthrough ends"))
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut parts = text.split("```");
    let mut found = Vec::new();
    while let (Some(before), Some(block)) = (parts.next(), parts.next()) {
        let (language, text) = block.split_once('\n').expect("a block has lines");
        let last = before.trim_end().lines().last().unwrap_or_default();
        let file = last.strip_suffix("`:").and_then(|line| line.rsplit('`').next());
        found.push(Block { language, file, text });
    }
    found
}

/// Replaces the lines with a minus by those with a plus.
fn apply(folder: &Folder, file: &str, diff: &str) {
    let marked = |mark| diff.lines().filter_map(move |line| line.strip_prefix(mark));
    let mut text = folder.read(file);
    for (old, new) in marked('-').zip(marked('+')) {
        assert_eq!(text.matches(old).count(), 1, "{old} stands once in {file}");
        text = text.replace(old, new);
    }
    folder.write_text(file, text.as_bytes());
}

#[test]
fn the_commands_of_the_page_print_what_it_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/README.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (start, end) = section(&page);
    let mut wanted = page[..start].to_owned();
    let mut copied = start;
    let folder = Folder::new();
    let mut commands = 0;
    for block in blocks(&page[start..end]) {
        match (block.language, block.file) {
            ("console", _) => {
                let (command, _) = block.text.split_once('\n').expect("a command and its output");
                let typed = command.strip_prefix("$ unforbid ").expect("a command of this program");
                let ran = folder.run(&typed.split(' ').collect::<Vec<_>>());
                let at = block.text.as_ptr() as usize - page.as_ptr() as usize;
                wanted.push_str(&page[copied..at]);
                wanted.push_str(&format!("{command}\n{}{}", ran.stdout, ran.stderr));
                copied = at + block.text.len();
                commands += 1;
            }
            ("diff", Some(file)) => apply(&folder, file, block.text),
            (_, Some(file)) => folder.write_text(file, block.text.as_bytes()),
            (_, None) => panic!("the sentence before a file names it: {}", block.text),
        }
    }
    wanted.push_str(&page[copied..]);
    assert!(commands >= 5, "the page shows what happens");
    if std::env::var_os("UPDATE_WALKTHROUGH").is_some() {
        std::fs::write(&path, &wanted).expect("the page can be written");
        return;
    }
    let differ = page.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    assert!(
        page == wanted,
        "knowledge/README.md is out of step: {differ:?}; mend it with  UPDATE_WALKTHROUGH=1 cargo test --test own_entries"
    );
}
