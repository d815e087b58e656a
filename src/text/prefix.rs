//! What CI systems, containers and task runners write in front of a line, and how much of it there is.
//!
//! Works on cleaned lines. Shapes that ordinary text could have too count only in front of a package manager's
//! own words. Must not know what the rest of a line means.

use super::glyphs;

/// How far into a line a rule looks for its end, so that one huge line costs no more than many short ones.
const REACH: usize = 256;

/// Words at the start of a line that only package managers write.
const MARKERS: &[&str] = &[
    "npm ERR!",
    "npm WARN",
    "npm error",
    "npm warn",
    "npm notice",
    "npm http",
    "npm info",
    "npm verb",
    "npm sill",
    "yarn run v",
    "yarn publish v",
    "yarn install v",
    "yarn add v",
    "yarn upgrade v",
    "yarn npm ",
    "ERR_PNPM_",
    "[ERR_PNPM_",
    "➤ YN",
    "error Couldn't publish package",
    "error An unexpected error",
    "info Current version",
];

/// Removes prefixes line by line; remembers whether it is inside a summary of a failed image build.
#[derive(Default)]
pub(super) struct Prefixes {
    in_build_summary: bool,
}

impl Prefixes {
    /// How many bytes at the start of `line` are prefixes, however many layers of them.
    pub fn length(&mut self, line: &str) -> usize {
        let mut done = 0;
        while let Some(length) = one(&line[done..]) {
            done += length;
        }
        let rest = &line[done..];
        if let Some(length) = seconds(rest)
            && (self.in_build_summary || is_marked(&rest[length..]))
        {
            done += length;
        }
        self.watch(rest);
        done
    }

    /// A summary is ` > [build 3/4] RUN …:`, lines with seconds in front, and a rule of dashes.
    fn watch(&mut self, line: &str) {
        if self.in_build_summary {
            self.in_build_summary = !line.starts_with("------");
        } else {
            self.in_build_summary =
                (line.starts_with(" > [") || line.starts_with("> [")) && line.ends_with(':');
        }
    }
}

/// The length of the outermost prefix, never 0.
fn one(line: &str) -> Option<usize> {
    let special = match line.as_bytes().first()? {
        b'0'..=b'9' => stamp(line).or_else(|| clock(line)),
        b'[' => bracketed(line),
        b'#' => hashed(line),
        b':' => workflow_command(line),
        b's' => section(line),
        b'S' => build_step(line),
        b'r' => remote(line),
        0xe2 => spinner(line).or_else(|| boxed(line)),
        _ => None,
    };
    special.or_else(|| tabbed(line)).or_else(|| container(line)).or_else(|| task(line))
}

/// `2026-11-21T20:05:04.0000000Z `, and what GitLab, Kubernetes and Heroku put behind it.
fn stamp(line: &str) -> Option<usize> {
    let length = blank_after(line, date_time(line)?)?;
    Some(length + stream(&line[length..]))
}

/// The length of a date and time, with fraction and zone if there are any.
pub(super) fn date_time(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let date = ["0000-00-00T00:00:00", "0000-00-00 00:00:00", "0000/00/00 00:00:00"];
    if !date.iter().any(|shape| has_shape(bytes, shape)) {
        return None;
    }
    let mut end = fraction(bytes, 19);
    if bytes.get(end) == Some(&b'Z') {
        end += 1;
    } else if let Some(sign) = bytes.get(end..)
        && matches!(sign.first(), Some(b'+' | b'-'))
    {
        let zone = &sign[1..];
        let shape = ["00:00", "0000"].into_iter().find(|s| has_shape(zone, s));
        end += shape.map_or(0, |shape| 1 + shape.len());
    }
    Some(end)
}

/// `01E ` of GitLab (`+` continues a line), `stderr F ` of containers.
fn stream(rest: &str) -> usize {
    match rest.as_bytes() {
        [a, b, b'O' | b'E', b' ' | b'+', ..] if is_hex(*a) && is_hex(*b) => 4,
        [a, b, b'O' | b'E'] if is_hex(*a) && is_hex(*b) => 3,
        _ => ["stdout F ", "stderr F ", "stdout P ", "stderr P "]
            .iter()
            .find(|words| rest.starts_with(**words))
            .map_or(0, |words| words.len()),
    }
}

/// `20:05:04  ` of Jenkins, `20:05:04.123<TAB>` of Cloudflare, `8:05:04 PM: ` of Netlify.
fn clock(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let end = ["00:00:00", "0:00:00"].into_iter().find(|s| has_shape(bytes, s))?.len();
    let rest = &line[end..];
    if rest.starts_with(" AM: ") || rest.starts_with(" PM: ") {
        return Some(end + 5);
    }
    let end = fraction(bytes, end);
    let rest = &line[end..];
    if rest.starts_with("  ") { Some(end + 2) } else { rest.starts_with('\t').then_some(end + 1) }
}

/// `3.456 `: the seconds in a build summary, always five characters wide.
fn seconds(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let shapes = ["0.000 ", "00.00 ", "000.0 ", "0000. "];
    shapes.iter().any(|shape| has_shape(bytes, shape)).then_some(6)
}

/// `[2026-11-21T20:05:04.000Z] `, `[20:05:04]W: `, `[Container] 2026/11/21 20:05:04 `, `[91m`, `[release] npm …`.
fn bracketed(line: &str) -> Option<usize> {
    let inside = &line[1..];
    if let Some(rest) = inside.strip_prefix("Container] ") {
        return stamp(rest).map(|length| length + 12);
    }
    if line.starts_with("[command]") {
        return Some(9);
    }
    if let Some(length) = date_time(inside)
        && inside[length..].starts_with(']')
    {
        return blank_after(line, length + 2);
    }
    if has_shape(inside.as_bytes(), "00:00:00") {
        let end = 1 + fraction(inside.as_bytes(), 8);
        return line[end..].starts_with(']').then(|| end + 1 + teamcity(&line[end + 1..]));
    }
    // A colour whose escape character got lost on the way to a forum.
    let colour = inside.bytes().take_while(|b| b.is_ascii_digit() || *b == b';').count();
    if (1..=12).contains(&colour) && inside[colour..].starts_with('m') {
        return Some(colour + 2);
    }
    let close = find(line, "]")?;
    let after = line[close + 1..].strip_prefix(':').unwrap_or(&line[close + 1..]);
    let text = after.strip_prefix(' ')?;
    is_marked(text).then(|| line.len() - text.len())
}

/// What TeamCity writes between its clock and the text: level, blanks, build step.
fn teamcity(rest: &str) -> usize {
    let mut text = rest;
    for level in ["W:", "E:", "F:", "i:", " :", ":"] {
        if let Some(after) = text.strip_prefix(level) {
            text = after;
            break;
        }
    }
    text = text.strip_prefix('\t').unwrap_or(text);
    let unindented = text.trim_start_matches([' ', '\t']);
    if let Some(step) = unindented.strip_prefix("[Step ")
        && let Some(end) = find(step, "] ")
    {
        text = &step[end + 2..];
    } else {
        text = text.strip_prefix(' ').unwrap_or(text);
    }
    rest.len() - text.len()
}

/// `##[error]`, `##vso[task.logissue type=error]`, `#12 3.456 `.
fn hashed(line: &str) -> Option<usize> {
    if let Some(word) = line.strip_prefix("##[") {
        let end = word.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'-').count();
        return (end > 0 && word[end..].starts_with(']')).then_some(end + 4);
    }
    if line.starts_with("##vso[") {
        return find(line, "]").map(|end| end + 1);
    }
    let bytes = line.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let number = digits(1);
    let space = 1 + number;
    if number == 0 || bytes.get(space) != Some(&b' ') {
        return None;
    }
    let point = space + 1 + digits(space + 1);
    if point == space + 1 || bytes.get(point) != Some(&b'.') {
        return None;
    }
    blank_after(line, point + 1 + digits(point + 1))
}

/// `::error file=a.js,line=1::`. A value that is to be masked is not a prefix.
fn workflow_command(line: &str) -> Option<usize> {
    let word = line.strip_prefix("::")?;
    let end = word.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'-').count();
    let known = [
        "group",
        "endgroup",
        "error",
        "warning",
        "notice",
        "debug",
        "command",
        "echo",
        "set-output",
        "save-state",
        "add-path",
        "set-env",
        "stop-commands",
        "add-matcher",
        "remove-matcher",
    ];
    if !known.contains(&&word[..end]) || !matches!(word.as_bytes().get(end), Some(b':' | b' ')) {
        return None;
    }
    // Properties escape their colons, so the next pair ends the command.
    find(word, "::").map(|end| end + 4)
}

/// `section_start:1795291504:publish[collapsed=true]`, left over where the carriage return got lost.
fn section(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("section_start:").or_else(|| line.strip_prefix("section_end:"))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let name = rest[digits..].strip_prefix(':').filter(|_| digits > 0)?;
    let end =
        name.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    let mut rest = &name[end..];
    if rest.starts_with('[')
        && let Some(close) = find(rest, "]")
    {
        rest = &rest[close + 1..];
    }
    (end > 0).then(|| line.len() - rest.len())
}

/// `Step #1 - "install": `.
fn build_step(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("Step #")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = rest.get(digits..).filter(|_| digits > 0)?;
    if let Some(name) = rest.strip_prefix(" - \"") {
        rest = &name[find(name, "\"")? + 1..];
    }
    rest.strip_prefix(": ").map(|text| line.len() - text.len())
}

/// `remote:        ` of a deployment by push. Git's own `remote: ` lines have one blank and stay.
fn remote(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("remote:")?;
    let text = rest.trim_start_matches(' ');
    let blanks = rest.len() - text.len();
    (blanks > 1 || (blanks == 1 && is_marked(text))).then(|| line.len() - text.len())
}

/// A spinner's last frame, glued to the line that replaced it.
fn spinner(line: &str) -> Option<usize> {
    let text = line.trim_start_matches(glyphs::is_braille);
    let after = text.trim_start_matches(' ');
    (text.len() < line.len()).then(|| line.len() - after.len())
}

/// `│ npm error`: a script's output in pnpm's frame. pnpm's own boxes stay.
fn boxed(line: &str) -> Option<usize> {
    let text = line.strip_prefix("│ ")?;
    (text.starts_with("npm ") && is_marked(text)).then(|| line.len() - text.len())
}

/// `job<TAB>step<TAB>2026-11-21T20:05:04Z ` of GitHub's client, `build<TAB>21-Nov-2026 20:05:04<TAB>` of Bamboo.
fn tabbed(line: &str) -> Option<usize> {
    let first = find(line, "\t")?;
    let second = first + 1 + find(&line[first + 1..], "\t")?;
    let (kind, middle) = (&line[..first], &line[first + 1..second]);
    if matches!(kind, "simple" | "build" | "error" | "command") {
        let day = middle.bytes().take_while(u8::is_ascii_digit).count();
        let rest = middle.as_bytes().get(day..).filter(|_| (1..=2).contains(&day))?;
        if has_shape(rest, "-aaa-0000 00:00:00") {
            return Some(second + 1);
        }
    }
    stamp(&line[second + 1..]).map(|length| second + 1 + length)
}

/// `web-1  | ` of Docker Compose.
fn container(line: &str) -> Option<usize> {
    let name = line
        .bytes()
        .take(REACH)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        .count();
    let rest = line.get(name..).filter(|_| name > 0)?;
    let bar = rest.trim_start_matches(' ');
    let text = bar.strip_prefix('|').filter(|_| bar.len() < rest.len())?;
    let text = text.strip_prefix(' ').or(text.is_empty().then_some(text))?;
    let digits = line[..name].bytes().rev().take_while(u8::is_ascii_digit).count();
    let is_numbered =
        digits > 0 && digits + 1 < name && matches!(line.as_bytes()[name - digits - 1], b'-' | b'_');
    (is_numbered || is_marked(text)).then(|| line.len() - text.len())
}

/// `@acme/ui:release: ` of task runners, `packages/ui release: ` of pnpm, `app[web.1]: ` of Heroku.
fn task(line: &str) -> Option<usize> {
    let end = find(line, ": ")?;
    let text = &line[end + 2..];
    if !is_marked(text) {
        return None;
    }
    let name = &line[..end];
    let words = name.split(' ').count();
    let is_name = name.chars().all(|c| {
        c.is_ascii_alphanumeric()
            || matches!(c, '@' | '/' | '_' | '.' | ':' | '#' | '~' | '[' | ']' | '-' | ' ')
    });
    let says_more = matches!(
        name.rsplit(' ').next(),
        Some("npm" | "npx" | "pnpm" | "yarn" | "bun" | "error" | "Error" | "warning" | "stderr" | "")
    );
    (is_name && words <= 2 && !says_more).then_some(end + 2)
}

/// Whether a package manager wrote this.
fn is_marked(text: &str) -> bool {
    let text = text.strip_prefix(' ').unwrap_or(text);
    MARKERS.iter().any(|marker| text.starts_with(marker))
}

/// The position of `needle`, if it is near.
fn find(line: &str, needle: &str) -> Option<usize> {
    let near = line.len().min(REACH);
    memchr::memmem::find(&line.as_bytes()[..near], needle.as_bytes())
}

/// Whether `bytes` start like `shape`, in which `0` is any digit and `a` any letter.
fn has_shape(bytes: &[u8], shape: &str) -> bool {
    bytes.len() >= shape.len()
        && bytes.iter().zip(shape.bytes()).all(|(b, s)| match s {
            b'0' => b.is_ascii_digit(),
            b'a' => b.is_ascii_alphabetic(),
            s => *b == s,
        })
}

/// The end of a `.123` or `,123` at `from`, or `from`.
fn fraction(bytes: &[u8], from: usize) -> usize {
    match bytes.get(from) {
        Some(b'.' | b',') => {
            let digits = bytes[from + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits > 0 { from + 1 + digits } else { from }
        }
        _ => from,
    }
}

/// `end` and the one blank behind it; `None` when something else stands there.
fn blank_after(line: &str, end: usize) -> Option<usize> {
    match line.as_bytes().get(end) {
        None => (end == line.len()).then_some(end),
        Some(b' ' | b'\t') => Some(end + 1),
        Some(_) => None,
    }
}

const fn is_hex(b: u8) -> bool {
    b.is_ascii_hexdigit()
}
