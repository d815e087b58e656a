//! What holds for every input, however odd.

use proptest::prelude::*;
use unforbid::text::{Redacted, decode, redact};

use crate::{masked, npm_token, random, web_token};

/// Pieces that logs, and those who attack readers of logs, are made of.
fn hostile() -> impl Strategy<Value = String> {
    let token = npm_token();
    let web = web_token();
    let piece = prop_oneof![
        Just("npm error 403 ".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\u{1b}[31m".to_owned()),
        Just("\u{1b}[2K\u{1b}[1G".to_owned()),
        Just("\u{1b}]8;;https://x/\u{7}".to_owned()),
        Just("\u{8}".to_owned()),
        Just("⠼".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("2026-11-21T20:05:04.0000000Z ".to_owned()),
        Just("#12 3.456 ".to_owned()),
        Just("##[error]".to_owned()),
        Just("web-1  | ".to_owned()),
        Just("{\"log\":\"a\\u001b[0m \\\"b\\\"\\n\",\"stream\":\"stderr\"}".to_owned()),
        Just(" > [build 1/2] RUN x:".to_owned()),
        Just("NPM_TOKEN=".to_owned()),
        Just("password: ".to_owned()),
        Just("\"token\":\"".to_owned()),
        Just("Authorization: Bearer ".to_owned()),
        Just("https://ci:".to_owned()),
        Just("@r.example/ui?sig=".to_owned()),
        Just("-----BEGIN PRIVATE KEY-----".to_owned()),
        Just("-----END PRIVATE KEY-----".to_owned()),
        Just("‹npm token #1›".to_owned()),
        Just(token),
        Just(web),
        "[ -~]{0,90}",
        "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn check_invariants(bytes: &[u8], log: &Redacted) -> Result<(), TestCaseError> {
    let text = log.as_str();
    prop_assert!(text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()), "{text:?}");
    prop_assert_eq!(log.byte_size(), bytes.len() as u64);
    prop_assert_eq!(log.lines().count(), log.line_count());
    let mut end = 0;
    for line in log.lines() {
        prop_assert_eq!(&text[line.start..line.start + line.text.len()], line.text);
        prop_assert_eq!(log.row_at(line.start), line.row);
        end = line.start + line.text.len();
    }
    prop_assert!(text[end..].is_empty() || &text[end..] == "\n");
    let last = log.line_number(log.line_count().saturating_sub(1));
    for byte in 0..text.len() + 3 {
        let place = log.place(byte);
        prop_assert!(place.line >= 1 && place.line <= last && place.column >= 1);
        prop_assert_eq!(place.line, log.line_number(log.row_at(byte)));
    }
    let mut at = 0;
    for mask in log.masks() {
        prop_assert!(mask.span.start >= at && mask.span.end <= text.len());
        let words = &text[mask.span.start..mask.span.end];
        prop_assert!(words.starts_with('‹') && words.ends_with('›'), "{}", words);
        prop_assert!((1..=log.secrets_hidden()).contains(&mask.number));
        at = mask.span.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_text_that_is_safe_to_show(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_invariants(&bytes, &redact(decode(&bytes)))?;
    }

    #[test]
    fn any_mix_of_noise_and_secrets_gives_a_text_that_is_safe_to_show(text in hostile()) {
        let log = masked(&text);
        check_invariants(text.as_bytes(), &log)?;
        prop_assert!(!log.as_str().contains(&random(1, 36)), "{}", log.as_str());
    }

    #[test]
    fn masking_twice_is_masking_once(text in hostile()) {
        let once = masked(&text);
        let twice = masked(once.as_str());
        prop_assert_eq!(twice.as_str(), once.as_str());
    }

    #[test]
    fn plain_lines_stay_exactly_as_they_are(lines in prop::collection::vec("[a-z ]{0,20}", 0..20)) {
        let text = lines.join("\n");
        let log = masked(&text);
        prop_assert_eq!(log.as_str(), text.as_str());
    }
}
