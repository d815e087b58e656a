//! Makes text from a log harmless where it is shown: on a terminal, in a CI job's output, in a pasted report.
//!
//! Owns what may not leave the program as it stands. Must not know what the text means.
//! Example: `##vso[task.setvariable]` becomes `# #vso[task.setvariable]`, and `::set-env::` becomes `: :set-env::`.

/// `text` as one line without anything that moves the cursor, reorders letters or hides.
pub fn line(text: &str) -> String {
    text.trim_end_matches(['\n', '\r'])
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if is_unsafe(c) => None,
            c => Some(c),
        })
        .collect()
}

/// `text` as lines, each of them as [`line()`] makes it.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(line).collect()
}

/// Whether a character acts on its surroundings instead of being seen.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The whole output with every workflow command taken apart, visibly.
///
/// GitHub's agent obeys a line that starts with `::` after white space, and `##[` anywhere in a line;
/// the Azure Pipelines agent obeys `##vso[` and `##[` anywhere; TeamCity obeys `##teamcity[`
/// (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).
/// A Markdown heading is left alone, because a space follows its signs.
pub fn defused(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        defuse_line(line, &mut out);
    }
    out
}

fn defuse_line(line: &str, out: &mut String) {
    let body = line.trim_start_matches(|c: char| c.is_whitespace() || is_unsafe(c));
    out.push_str(&line[..line.len() - body.len()]);
    let colons = body.len() - body.trim_start_matches(':').len();
    let mut rest = body;
    if colons >= 2 {
        push_spaced(':', colons, out);
        rest = &body[colons..];
    }
    while let Some(at) = rest.find("##") {
        out.push_str(&rest[..at]);
        let run = &rest[at..];
        let after = run.trim_start_matches('#');
        let signs = run.len() - after.len();
        if after.starts_with(|c: char| !c.is_whitespace()) {
            push_spaced('#', signs, out);
        } else {
            out.push_str(&run[..signs]);
        }
        rest = after;
    }
    out.push_str(rest);
}

/// `###` as `# # #`.
fn push_spaced(sign: char, count: usize, out: &mut String) {
    for nth in 0..count {
        if nth > 0 {
            out.push(' ');
        }
        out.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_workflow_command_is_taken_apart() {
        for (hostile, harmless) in [
            ("::error::x", ": :error::x"),
            ("  \t::set-output name=a::b", "  \t: :set-output name=a::b"),
            (":::error::x", ": : :error::x"),
            ("\u{a0}\u{200b}::error::x", "\u{a0}\u{200b}: :error::x"),
            ("a ##vso[task.x]", "a # #vso[task.x]"),
            ("###[error]", "# # #[error]"),
            ("##[error]##[error]", "# #[error]# #[error]"),
            ("##teamcity[x]", "# #teamcity[x]"),
            ("ok\n::error::x\n", "ok\n: :error::x\n"),
        ] {
            assert_eq!(defused(hostile), harmless);
        }
    }

    #[test]
    fn ordinary_text_is_left_as_it_is() {
        for text in ["## Heading\n", "a :: b\n", "std::fmt", ": x", "#1", "issue ##\n", "", "\n\n"] {
            assert_eq!(defused(text), text);
        }
    }

    #[test]
    fn a_line_keeps_its_letters_and_loses_what_acts() {
        assert_eq!(line("a\u{1b}[31mb\u{202e}c\td\n"), "a[31mbc d");
        assert_eq!(line("caf\u{e9} \u{4e2d}\u{1f600}"), "caf\u{e9} \u{4e2d}\u{1f600}");
        assert_eq!(line("a\nb"), "a b");
        assert_eq!(lines("a\r\nb\u{7}"), ["a", "b"]);
    }
}
