//! What must hold for every input, as functions that panic when it does not; one module for each target.
//!
//! Must not know libFuzzer, so that `cargo test` replays the kept inputs without it.

pub mod parse;
#[expect(dead_code, reason = "its log is for the tests of the program")]
#[path = "../../tests/support/planted.rs"]
mod planted;
pub mod redaction;
#[path = "../../tests/redaction/samples.rs"]
mod samples;
pub mod text;

/// Characters that hide or reorder others; no text that is shown may hold one.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    fn replay(target: &str, check: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        let mut count = 0;
        for entry in fs::read_dir(&folder).expect("the kept inputs are there") {
            let path = entry.expect("an entry of a folder").path();
            println!("{}", path.display());
            check(&fs::read(&path).expect("a kept input can be read"));
            count += 1;
        }
        assert!(count > 10, "only {count} inputs in {}", folder.display());
    }

    #[test]
    fn every_kept_input_of_text_holds() {
        replay("text", crate::text::check);
    }

    #[test]
    fn every_kept_input_of_redaction_holds() {
        replay("redaction", crate::redaction::check);
    }

    #[test]
    fn every_kept_input_of_parse_holds() {
        replay("parse", crate::parse::check);
    }
}
