//! Reads the paths that a Rust file names: `use` lines with their groups, and paths in the code.
//!
//! A small scanner and no parser: comments, texts and test modules are blanked out first, so that what is left are
//! the names that the program itself depends on.

/// A path such as `std::fs::read`, and the line it stands on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
}

/// The file as the program sees it: comments, the inside of texts and everything under `#[cfg(test)]` are blank.
/// Lines keep their numbers.
pub fn program_only(source: &str) -> String {
    without_tests(&without_texts(source))
}

/// Every path that the code names, groups written out: `use std::{env, fs};` is two paths.
pub fn paths(code: &str) -> Vec<Named> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let continues = at > 0 && matches!(tokens[at - 1].text, "::" | ".");
        if tokens[at].is_name() && !continues {
            at = read_path(&tokens, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

struct Token<'a> {
    text: &'a str,
    line: usize,
}

impl Token<'_> {
    fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// Reads the path that starts at `at`, and answers where to go on.
fn read_path(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Named>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let line = tokens[at].line;
    let mut path = prefix.to_vec();
    path.push(tokens[at].text.to_owned());
    at += 1;
    while text(at) == "::" {
        if text(at + 1) == "{" {
            return read_group(tokens, at + 2, &path, found);
        }
        match tokens.get(at + 1) {
            Some(next) if next.is_name() || next.text == "*" => path.push(next.text.to_owned()),
            _ => break,
        }
        at += 2;
    }
    found.push(Named { line, path });
    at
}

/// Reads the inside of `prefix::{…}` up to and with its closing brace.
fn read_group(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Named>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text {
            "}" => return at + 1,
            // The new name after `as` is no path.
            "as" => at += 2,
            _ if token.is_name() => at = read_path(tokens, at, prefix, found),
            _ => at += 1,
        }
    }
    at
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (index, text) in code.lines().enumerate() {
        let line = index + 1;
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if rest.starts_with("::") {
                2
            } else if first.is_alphanumeric() || first == '_' {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            let (token, after) = rest.split_at(length);
            tokens.push(Token { text: token, line });
            rest = after.trim_start();
        }
    }
    tokens
}

/// Blanks comments, texts and characters.
fn without_texts(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = length_of_text(rest, &code);
        if length == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let (text, after) = rest.split_at(length);
            code.extend(text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = after;
        }
    }
    code
}

/// How many bytes at the start of `rest` are a comment, a text or a character; 0 when it is code.
fn length_of_text(rest: &str, before: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return length_of_block_comment(rest);
    }
    if rest.starts_with('"') {
        return length_of_string(rest);
    }
    let inside_a_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    if rest.starts_with('r') && (!inside_a_name || before.ends_with(['b', 'c'])) {
        let marks = rest[1..].chars().take_while(|&c| c == '#').count();
        if rest[1 + marks..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(marks));
            let body = 2 + marks;
            return rest[body..].find(&end).map_or(rest.len(), |at| body + at + end.len());
        }
    }
    if rest.starts_with('\'') {
        return length_of_char(rest);
    }
    0
}

fn length_of_block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn length_of_string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character in quotes; a lifetime has none after it.
fn length_of_char(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            chars.next();
            chars.find(|&(_, c)| c == '\'').map_or(0, |(at, _)| at + 1)
        }
        Some(_) => chars.next().filter(|&(_, c)| c == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

/// Blanks each item that has `#[cfg(test)]` in front.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, marked)) = rest.split_once(MARK) {
        kept.push_str(before);
        let item = &marked[..length_of_item(marked)];
        kept.extend(item.chars().filter(|&c| c == '\n'));
        rest = &marked[item.len()..];
    }
    kept.push_str(rest);
    kept
}

fn length_of_item(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(c, '}' | ';') {
            return at + 1;
        }
    }
    code.len()
}
