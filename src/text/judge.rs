//! Whether what has the shape of a secret is one: placeholders, prose and ordinary values are not.
//!
//! A placeholder is evidence (`${NPM_TOKEN}` that nobody filled in), so it must stay readable.
//! Must not know rows, masks or numbers.

use std::ops::Range;

/// Something that has the shape of a secret.
pub(super) struct Candidate<'a> {
    /// The row it stands in.
    pub row: &'a str,
    /// All that the pattern took.
    pub whole: Range<usize>,
    /// The part that may be secret.
    pub value: Range<usize>,
}

impl<'a> Candidate<'a> {
    fn value(&self) -> &'a str {
        &self.row[self.value.clone()]
    }

    /// The value without what ends a sentence or a list around it; `None` when it is a placeholder.
    fn bare_value(&self) -> Option<&'a str> {
        let value = self.value();
        let bare = without_punctuation(value);
        (!is_placeholder(value) && !is_placeholder(bare)).then_some(bare)
    }

    /// What stands between the start of the match and the value.
    fn intro(&self) -> &'a str {
        &self.row[self.whole.start..self.value.start]
    }
}

/// Where a value ends that starts at byte `start`: at its quote if it has one, otherwise at the next blank, quote
/// or parameter of a query. Looks at each byte of a row once, however many values the row has.
pub(super) fn value_at(row: &str, start: usize) -> Range<usize> {
    let bytes = &row.as_bytes()[start..];
    let before = &row.as_bytes()[..start];
    let length = match before {
        [.., b'\\', b'"' | b'\''] => bytes.iter().position(|b| matches!(b, b'"' | b'\'' | b'\\')),
        [.., quote @ (b'"' | b'\'')] => end_of_quoted(bytes, *quote),
        // No value starts like this.
        _ if bytes.first().is_some_and(|b| b"=:<>(){}[],;".contains(b)) => Some(0),
        _ if is_query(before) => bytes.iter().position(|b| b" \t\"'&#<>()[],".contains(b)),
        _ => end_of_bare(bytes),
    };
    start..start + length.unwrap_or(bytes.len())
}

/// Whether a name and its `=` belong to a URL's query.
fn is_query(before: &[u8]) -> bool {
    let Some(name) = before.strip_suffix(b"=") else {
        return false;
    };
    let length = name.iter().rev().take(64).take_while(|b| is_name_byte(**b)).count();
    matches!(name[..name.len() - length].last(), Some(b'?' | b'&'))
}

/// The closing quote; backslashes protect what follows them.
fn end_of_quoted(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b'\\' => at += 1,
            b if *b == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The next blank or quote, or `&other=`.
fn end_of_bare(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b' ' | b'\t' | b'"' | b'\'' => return Some(at),
            b'&' => {
                let name = bytes[at + 1..].iter().take_while(|b| is_name_byte(**b)).count();
                let rest = &bytes[at + 1..];
                if (name > 0 && rest.get(name) == Some(&b'=')) || rest.starts_with(b"amp;") {
                    return Some(at);
                }
                at += name;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The shape alone is proof.
pub(super) fn always(candidate: &Candidate<'_>) -> Option<usize> {
    Some(candidate.value.len())
}

/// The shape is proof if there is enough of it.
pub(super) fn long(candidate: &Candidate<'_>) -> Option<usize> {
    let value = candidate.value();
    (value.len() >= 16 && !is_placeholder(value)).then_some(value.len())
}

/// Whatever stands there, unless it is a placeholder.
pub(super) fn given(candidate: &Candidate<'_>) -> Option<usize> {
    let value = candidate.bare_value()?;
    Some(value.len())
}

/// Only what no person would have chosen.
pub(super) fn random(candidate: &Candidate<'_>) -> Option<usize> {
    let value = candidate.bare_value()?;
    is_random(value).then_some(value.len())
}

/// After `Basic` or `Bearer`: a header's value, or something long with a digit, but not "Basic authentication".
pub(super) fn authorization(candidate: &Candidate<'_>) -> Option<usize> {
    let value = candidate.bare_value()?;
    let is_parameter = value.trim_end_matches('=').contains('=');
    if is_parameter || is_prose_about_headers(value) {
        return None;
    }
    let before = last_bytes(&candidate.row[..candidate.value.start], 64).to_ascii_lowercase();
    let before = before.trim_end_matches(|c: char| c != ' ' && !c.is_ascii_alphabetic());
    let header = before
        .trim_end()
        .trim_end_matches("bearer")
        .trim_end_matches("basic")
        .trim_end_matches([' ', '\t', ':', '=', '>', '"', '\'', '\\', '[']);
    let is_secret = if header.ends_with("authorization") {
        true
    } else if header.contains("authorization") {
        value.len() >= 8 && (has_digit_and_letter(value) || is_mixed_case(value))
    } else {
        value.len() >= 16 && has_digit_and_letter(value)
    };
    is_secret.then_some(value.len())
}

/// The value of a name that promises a secret.
pub(super) fn named(candidate: &Candidate<'_>) -> Option<usize> {
    if candidate.intro().ends_with(['"', '\'']) {
        let value = candidate.value().trim_end_matches('\\');
        return (!is_placeholder(value)).then_some(value.len());
    }
    let value = candidate.bare_value()?;
    let is_assigned = candidate.intro().contains('=');
    let name = full_name(candidate);
    let is_password = name.to_ascii_lowercase().contains("pass");
    if !is_password && is_call(value) {
        return None;
    }
    let is_small_number = value.len() < 5 && value.bytes().all(|b| b.is_ascii_digit());
    let is_secret = if is_assigned {
        is_password || !is_small_number
    } else {
        is_like_a_secret(value) || (is_setting(candidate, name, value) && (is_password || is_variable(name)))
    };
    is_secret.then_some(value.len())
}

/// What is written where a secret would be, but is none.
fn is_placeholder(value: &str) -> bool {
    let bare = value.trim_matches(|c: char| matches!(c, '"' | '\'' | '\\' | '`'));
    // The dashes are a private key's frame, which is no secret.
    if bare.is_empty() || bare.starts_with('‹') || bare.starts_with("-----") {
        return true;
    }
    if bare.contains("***") {
        return !leaves_a_secret(bare);
    }
    let lower = last_bytes(bare, 256).to_ascii_lowercase();
    let pairs = [("${", "}"), ("$(", ")"), ("{{", "}}"), ("%", "%"), ("<", ">"), ("(", ")"), ("[", "]")];
    let starts = ["$env:", "process.env.", "secrets.", "env.", "op://", "your-", "your_"];
    let hidden = ["[hidden]", "[redacted", "(hidden)", "(redacted)", "(protected)", "[masked]"];
    if hidden.iter().any(|words| lower.contains(words)) {
        return !leaves_a_secret(bare);
    }
    let words = [
        "null",
        "undefined",
        "true",
        "false",
        "none",
        "nil",
        "yes",
        "no",
        "redacted",
        "hidden",
        "masked",
        "secret",
        "token",
        "password",
        "x-oauth-basic",
        "string",
        "required",
        "missing",
        "invalid",
        "expired",
        "empty",
    ];
    pairs.iter().any(|(start, end)| lower.len() > 1 && lower.starts_with(start) && lower.ends_with(end))
        || lower.starts_with("${{")
        || is_variable_reference(bare)
        || starts.iter().any(|start| lower.starts_with(start))
        || words.contains(&lower.as_str())
        || lower.bytes().all(|b| matches!(b, b'x' | b'*' | b'-' | b'.' | b'_' | b'#' | b'?'))
        || bare.chars().all(|c| matches!(c, '•' | '…' | '●'))
}

/// Whether a secret stands whole beside the stars of another, as in `a=***; session=…`.
fn leaves_a_secret(value: &str) -> bool {
    value.split([' ', '\t', ';', ',', '&', '=', ':', '*', '[', '(']).any(is_random)
}

/// `$NPM_TOKEN`.
fn is_variable_reference(value: &str) -> bool {
    value.strip_prefix('$').is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// `getToken(…`: a line of a program in a stack trace.
fn is_call(value: &str) -> bool {
    let name = value.bytes().take_while(|b| is_name_byte(*b) || *b == b':').count();
    name > 0 && value[name..].starts_with('(')
}

/// A sentence that only mentions the header.
fn is_prose_about_headers(value: &str) -> bool {
    let words = [
        "auth",
        "authentication",
        "authorization",
        "credentials",
        "header",
        "headers",
        "scheme",
        "token",
        "tokens",
        "realm",
        "access",
        "login",
        "user",
    ];
    words.contains(&value.to_ascii_lowercase().as_str())
}

/// The whole name that the pattern found the end of, for example `NODE_AUTH_TOKEN`.
fn full_name<'a>(candidate: &Candidate<'a>) -> &'a str {
    let before = &candidate.row[..candidate.whole.start];
    let length = before.bytes().rev().take(64).take_while(|b| is_name_byte(*b)).count();
    let intro = candidate.intro();
    let end = intro.bytes().take_while(|b| is_name_byte(*b)).count();
    &candidate.row[candidate.whole.start - length..candidate.whole.start + end]
}

/// Whether a name is written like a variable of the environment.
fn is_variable(name: &str) -> bool {
    name.bytes().any(|b| b.is_ascii_uppercase()) && !name.bytes().any(|b| b.is_ascii_lowercase())
}

/// Whether the row is nothing but the name and the value, as in a settings file or a list of variables.
fn is_setting(candidate: &Candidate<'_>, name: &str, value: &str) -> bool {
    let start = candidate.whole.start + candidate.intro().bytes().take_while(|b| is_name_byte(*b)).count();
    let before = &candidate.row[..start - name.len()];
    let after = &candidate.row[candidate.value.start + value.len()..];
    before.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '+' | '>' | '"' | '\''))
        && after.len() < 64
        && after.trim().is_empty()
}

/// Whether the start of a row can be what is left of a secret: not a word, an address or another setting.
pub(super) fn is_piece(text: &str) -> bool {
    let is_encoded = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=_-.~%".contains(&b));
    let body = text.trim_end_matches('=');
    is_encoded
        && !body.contains('=')
        && !text.starts_with(['/', '-', '.'])
        && (has_digit_and_letter(text) || is_mixed_case(text) || text.len() >= 20)
}

/// Whether an unquoted value after a colon is more likely a secret than the next word of a sentence.
fn is_like_a_secret(value: &str) -> bool {
    !value.starts_with(['@', '/', '.', '#', '&', '|'])
        && !value.contains("://")
        && ((value.len() >= 8 && has_digit_and_letter(value)) || (value.len() >= 16 && is_mixed_case(value)))
}

/// Whether a text changes between small letters, capitals and digits as only generated ones do.
pub(super) fn is_random(value: &str) -> bool {
    let class = |b: u8| match b {
        b'0'..=b'9' => 1,
        b'a'..=b'z' => 2,
        b'A'..=b'Z' => 3,
        _ => 0,
    };
    let changes = value
        .as_bytes()
        .windows(2)
        .filter(|pair| {
            let (a, b) = (class(pair[0]), class(pair[1]));
            a != b && a != 0 && b != 0
        })
        .count();
    value.len() >= 16 && changes >= 3 && has_digit_and_letter(value)
}

fn has_digit_and_letter(value: &str) -> bool {
    value.bytes().any(|b| b.is_ascii_digit()) && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Whether there are capitals after the first letter, and small letters.
fn is_mixed_case(value: &str) -> bool {
    value.bytes().skip(1).any(|b| b.is_ascii_uppercase()) && value.bytes().any(|b| b.is_ascii_lowercase())
}

/// A value without what ends a sentence or a list.
fn without_punctuation(value: &str) -> &str {
    value.trim_end_matches([',', ';', ')', '}', ']', '>', '.', ':', '\\', '`'])
}

fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')
}

/// The last bytes of a text, cut at a character.
fn last_bytes(text: &str, count: usize) -> &str {
    &text[text.floor_char_boundary(text.len().saturating_sub(count))..]
}
