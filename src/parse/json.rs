//! Clients' JSON output: the sentences inside, as lines of their own.
//!
//! ```text
//!     "summary": "403 Forbidden - PUT https://{npm}/ui - You do not have permission …",       npm --json
//! {"level":"error","code":"ERR_PNPM_FETCH_403","err":{"message":"GET https://…: Forbidden - 403"}}   pnpm ndjson
//! {"type":"error","data":"Error: https://{npm}/left-pad: Forbidden\n    at …"}             yarn 1
//! {"type":"error","displayName":"YN0035","data":"  Response Code: 403 (Forbidden)"}         berry
//! ```
//! Also the readable part of a registry's JSON body. Must not know causes.

use serde_json::Value;

use super::line::Line;

/// A larger line is somebody's data and no message.
const LIMIT: usize = 64 * 1024;
/// Keys whose value is a sentence, in pretty-printed output.
const KEYS: [&str; 3] = ["\"summary\"", "\"message\"", "\"data\""];
/// Of a message with a stack, only so many lines are read.
const MOST_LINES: usize = 12;

/// The sentences of a line of JSON; empty when it is none.
pub fn unwrap(line: &Line<'_>) -> Vec<Line<'static>> {
    let text = line.text().trim();
    if text.len() > LIMIT || !text.contains("403") && !text.contains("\"data\"") && !text.contains("\"hint\"")
    {
        return Vec::new();
    }
    let sentences = if text.starts_with("{\"") && text.ends_with('}') {
        serde_json::from_str(text).ok().map(|value| of_object(&value)).unwrap_or_default()
    } else {
        of_member(text).into_iter().collect()
    };
    let start = line.start();
    sentences
        .iter()
        .flat_map(|sentence| sentence.lines().take(MOST_LINES))
        .filter(|sentence| !sentence.trim().is_empty())
        .map(|sentence| Line::decoded(line.row(), start, sentence.to_owned()))
        .collect()
}

/// `"summary": "…",` of a pretty-printed object.
fn of_member(text: &str) -> Option<String> {
    let rest = KEYS.iter().find_map(|key| text.strip_prefix(key))?;
    let value = rest.trim_start().strip_prefix(':')?.trim().trim_end_matches(',');
    let sentence: String = serde_json::from_str(value).ok()?;
    // npm calls it summary; pnpm 11 calls it message and marks the same sentence in its text.
    let of_pnpm = text.starts_with("\"message\"") && sentence.starts_with("403 ");
    Some(if of_pnpm { format!("[E403] {sentence}") } else { sentence })
}

/// The sentences of one object on one line.
fn of_object(value: &Value) -> Vec<String> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut found = Vec::new();
    if let Some(data) = text(value, "data") {
        // berry tells the code beside the sentence, which the reader of its groups wants in front.
        let code = text(value, "displayName").map_or(String::new(), |code| format!("➤ {code}: "));
        let indent = text(value, "indent").unwrap_or_default();
        let level =
            text(value, "type").filter(|_| code.is_empty()).map_or(String::new(), |level| level + " ");
        found.push(format!("{code}{indent}{level}{data}"));
        return found;
    }
    let error = value.get("err").or_else(|| value.get("error")).unwrap_or(value);
    found
        .extend(text(error, "message").or_else(|| text(value, "message")).or_else(|| text(error, "summary")));
    found.extend(text(value, "hint"));
    found
}

/// What a registry says in a JSON body, in words; `None` when the text is no such body.
///
/// Read are `error`, `error_description`, `message`, `detail` and `errors[].message`, whichever there are.
pub fn said_in_body(text: &str) -> Option<String> {
    let text = text.trim();
    let body = if text.starts_with('{') && text.ends_with('}') { text } else { return None };
    let value: Value = serde_json::from_str(body)
        // A client that printed the body inside a string left its quotes escaped.
        .or_else(|_| serde_json::from_str(&body.replace("\\\"", "\"")))
        .ok()?;
    let mut words: Vec<String> = Vec::new();
    let mut add = |value: Option<&Value>| {
        if let Some(text) = value.and_then(Value::as_str).map(str::trim)
            && !text.is_empty()
            && !words.iter().any(|known| known == text)
        {
            words.push(text.to_owned());
        }
    };
    let inner = value.get("error").filter(|error| error.is_object()).unwrap_or(&value);
    for key in ["error", "message", "error_description", "detail", "reason"] {
        add(inner.get(key));
    }
    for error in value.get("errors").and_then(Value::as_array).into_iter().flatten() {
        add(error.get("message").or(Some(error)));
    }
    (!words.is_empty()).then(|| words.join(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_registrys_body_gives_its_words() {
        let words = |body: &str| said_in_body(body).unwrap_or_default();
        assert_eq!(words(r#"{"error":"You cannot publish"}"#), "You cannot publish");
        assert_eq!(words(r#"{"error":{"code":403,"message":"Permission denied"}}"#), "Permission denied");
        assert_eq!(words(r#"{"errors":[{"status":403,"message":"blocked"}]}"#), "blocked");
        assert_eq!(
            words(r#"{"error":"insufficient_scope","error_description":"needs more"}"#),
            "insufficient_scope: needs more"
        );
        assert_eq!(words(r#"{\"message\":\"403 Forbidden\"}"#), "403 Forbidden");
        assert_eq!(words("not a body"), "");
    }
}
