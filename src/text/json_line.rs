//! Lines that a container runtime wrapped in JSON: `{"log":"npm error …\n","stream":"stderr","time":"…"}`.
//!
//! Other JSON stays as it is: package managers write JSON of their own, and its keys mean something.

use serde::Deserialize;

/// The shape of Docker's `json-file` driver and its relatives; the stream is what tells them from other JSON.
#[derive(Deserialize)]
struct Wrapped {
    stream: String,
    log: Option<String>,
    message: Option<String>,
    msg: Option<String>,
    line: Option<String>,
}

/// Whether a cleaned line is worth a look.
pub(super) fn may_be_wrapped(line: &str) -> bool {
    line.starts_with('{')
        && line.trim_end().ends_with('}')
        && memchr::memmem::find(line.as_bytes(), b"\"stream\"").is_some()
}

/// The wrapped text without its line end, and the byte where it starts in `line`.
pub(super) fn unwrap(line: &str) -> Option<(String, usize)> {
    if !may_be_wrapped(line) {
        return None;
    }
    let wrapped: Wrapped = serde_json::from_str(line).ok()?;
    if !matches!(wrapped.stream.as_str(), "stdout" | "stderr") {
        return None;
    }
    let (key, mut text) = [
        ("\"log\"", wrapped.log),
        ("\"message\"", wrapped.message),
        ("\"msg\"", wrapped.msg),
        ("\"line\"", wrapped.line),
    ]
    .into_iter()
    .find_map(|(key, text)| Some((key, text?)))?;
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    let colon = line.find(key)? + key.len();
    let quote = colon + line[colon..].find('"')?;
    Some((text, quote + 1))
}
