//! What servers say, made fit to be shown: no control characters, no secrets, not too long.
//!
//! Whatever a server sends is hostile text. Must not know what the words mean.

use serde_json::Value;

use super::Reply;
use crate::text;

/// The longest saying that is kept, in characters.
const LONGEST: usize = 500;
/// No more of a text is looked at.
const LOOKED_AT: usize = 8_192;

/// A text of a server in one line: cleaned, its secrets masked, cut.
pub fn clean(said: &str) -> String {
    let cut: String = said.chars().take(LOOKED_AT).collect();
    let masked = text::redact(text::decode(cut.as_bytes()));
    let one_line = masked.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = |c: &char| !c.is_control();
    let mut kept: String = one_line.chars().filter(shown).take(LONGEST).collect();
    // Half a mask is not a mask.
    if kept.rfind('‹') > kept.rfind('›') {
        kept.truncate(kept.rfind('‹').unwrap_or_default());
    }
    kept.trim_end().to_owned()
}

/// What an answer says in words: its reason phrase and the message of its body, each thing once.
pub fn said(reply: &Reply) -> Option<String> {
    let body = reply.json().and_then(|json| from_json(&json)).or_else(|| from_text(reply));
    let words = match (reply.phrase.clone(), body) {
        (Some(phrase), Some(body)) if phrase.contains(body.trim()) => phrase,
        (Some(phrase), Some(body)) if !body.contains(phrase.trim()) => format!("{phrase}: {body}"),
        (phrase, body) => body.or(phrase)?,
    };
    let words = clean(&words);
    (!words.is_empty()).then_some(words)
}

fn from_json(json: &Value) -> Option<String> {
    let listed = json.get("errors").and_then(|errors| errors.get(0));
    let places = listed.into_iter().chain(json.get("error")).chain([json]);
    places.into_iter().find_map(|place| match place {
        Value::String(text) => Some(text.clone()),
        place => ["message", "error", "reason", "detail"]
            .iter()
            .find_map(|key| place.get(key)?.as_str().map(str::to_owned)),
    })
}

fn from_text(reply: &Reply) -> Option<String> {
    let head = reply.body.get(..LOOKED_AT).unwrap_or(&reply.body);
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim();
    if let Some(code) = xml(text, "Code") {
        return Some(match xml(text, "Message") {
            Some(message) => format!("{code}: {message}"),
            None => code.to_owned(),
        });
    }
    let plain = !text.is_empty() && !text.starts_with(['<', '{', '[']) && text.chars().count() <= LONGEST;
    plain.then(|| text.to_owned())
}

/// The text of an element without attributes, as object stores answer.
pub fn xml<'a>(text: &'a str, element: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{element}>"))?;
    let (inside, _) = rest.split_once(&format!("</{element}>"))?;
    Some(inside.trim())
}

/// Whether the body is a web page.
pub fn is_page(reply: &Reply) -> bool {
    let head = reply.body.get(..512).unwrap_or(&reply.body);
    let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let typed = reply.header("content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    let opens = ["<!doctype html", "<html", "<head", "<body", "<meta", "<script", "<title"];
    opens.iter().any(|open| text.starts_with(open))
        || (typed && !text.is_empty() && !text.starts_with(['{', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(body: &str) -> Reply {
        Reply { status: 403, body: body.as_bytes().to_vec(), ..Reply::default() }
    }

    #[test]
    fn the_message_is_found_wherever_registries_put_it() {
        for (body, expected) in [
            (r#"{"errors":[{"status":403,"message":"no deploy"}]}"#, "no deploy"),
            (r#"{"error":"user alice is not allowed"}"#, "user alice is not allowed"),
            (r#"{"error":{"message":"inner"}}"#, "inner"),
            (r#"{"message":"403 Forbidden"}"#, "403 Forbidden"),
            (r#"{"success":false,"reason":"quota"}"#, "quota"),
            (
                "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
                "AccessDenied: Request has expired",
            ),
            ("credential endpoint not permitted", "credential endpoint not permitted"),
        ] {
            assert_eq!(said(&reply(body)).as_deref(), Some(expected), "{body}");
        }
        assert_eq!(said(&reply("<html>Access Denied</html>")), None);
        let phrase = Reply { phrase: Some("blocked by policy X".into()), ..reply("") };
        assert_eq!(said(&phrase).as_deref(), Some("blocked by policy X"));
        let both = Reply { phrase: Some("blocked by policy X".into()), ..reply(r#"{"message":"ask Bob"}"#) };
        assert_eq!(said(&both).as_deref(), Some("blocked by policy X: ask Bob"));
    }

    #[test]
    fn words_of_a_server_cannot_act_nor_tell_a_secret() {
        let token = format!("npm_{}", "a1B2".repeat(9));
        let hostile = format!("\u{1b}[31mno\u{7} {token}\r\n::error::x\u{202e} {}", "long ".repeat(1_000));
        let cleaned = clean(&hostile);
        assert!(
            !cleaned.contains(&token) && !cleaned.contains(['\u{1b}', '\u{7}', '\n', '\u{202e}']),
            "{cleaned}"
        );
        assert!(cleaned.chars().count() <= LONGEST);
    }
}
