//! What Markdown and HTML would read into text, and how to keep them from it.
//!
//! Owns escaping. Must not know advice.

use super::super::safe;

/// One line of text outside code: HTML and Markdown signs are escaped, a word with `@` becomes code.
///
/// On GitHub `@acme/ui` outside code notifies the team of that name, and an entity or a backslash does not help.
pub fn prose(text: &str) -> String {
    let text = safe::line(text);
    let words: Vec<_> = text.split(' ').map(word).collect();
    let text = words.join(" ");
    match text.chars().next() {
        // These start a list, a heading or a rule at the start of a block.
        Some('#' | '-' | '+' | '=' | '~') => format!("\\{text}"),
        _ => text,
    }
}

fn word(word: &str) -> String {
    if !mentions(word) {
        return escaped(word);
    }
    let is_edge = |c: char| !c.is_alphanumeric() && !"@/<>{}_-$".contains(c);
    let start = word.len() - word.trim_start_matches(is_edge).len();
    let middle = word[start..].trim_end_matches(is_edge);
    let end = &word[start + middle.len()..];
    format!("{}{}{}", escaped(&word[..start]), code(middle), escaped(end))
}

/// Whether a site could read a mention into the word: an `@` before a letter or digit. Not so in an address of the
/// web, which must stay a link.
fn mentions(word: &str) -> bool {
    let followed = word
        .match_indices('@')
        .any(|(at, _)| word[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '<'));
    followed && !word.contains("://")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let inside_word = before.is_alphanumeric() && rest.peek().is_some_and(|c| c.is_alphanumeric());
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '[' | ']' | '|' => out.extend(['\\', c]),
            '_' | '~' if !inside_word => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// A code span, its backticks longer than any run inside.
pub fn code(text: &str) -> String {
    let text = safe::line(text);
    if text.trim().is_empty() {
        return String::new();
    }
    let ticks = "`".repeat(longest_run(&text) + 1);
    // A backtick at the edge needs a space, which the reader strips again.
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A fenced block, its fence longer than any run of backticks inside.
pub fn fence(language: &str, text: &str) -> String {
    let body = safe::lines(text).join("\n");
    let ticks = "`".repeat((longest_run(&body) + 1).max(3));
    format!("{ticks}{language}\n{body}\n{ticks}")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_markdown_signs_are_text_outside_code() {
        for (text, expected) in [
            ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
            ("a & b", "a &amp; b"),
            ("[x](https://a.example)", "\\[x\\](https://a.example)"),
            ("*bold* _it_ snake_case ~~no~~", "\\*bold\\* \\_it\\_ snake_case \\~\\~no\\~\\~"),
            ("# not a heading", "\\# not a heading"),
            ("- not a list", "\\- not a list"),
            ("> not a quote", "&gt; not a quote"),
        ] {
            assert_eq!(prose(text), expected);
        }
    }

    #[test]
    fn a_scoped_name_notifies_nobody() {
        for (text, expected) in [
            ("the scope @acme is", "the scope `@acme` is"),
            ("(@acme/ui@1.0.2).", "(`@acme/ui@1.0.2`)."),
            ("holds left-pad@1.3.0, so", "holds `left-pad@1.3.0`, so"),
            ("needs @<scope>", "needs `@<scope>`"),
            ("a @ b", "a @ b"),
            ("`@acme`", "\\``@acme`\\`"),
        ] {
            assert_eq!(prose(text), expected);
        }
    }

    #[test]
    fn code_outlasts_every_run_of_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(fence("text", "a\n````\n<b>"), "`````text\na\n````\n<b>\n`````");
    }
}
