//! Times as registries write them, and how they are told to people. Must not know what a time is of.

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// A moment as JSON holds it: `2026-03-01T10:00:00.000Z`.
pub fn from_json(text: &str) -> Option<i64> {
    (text.len() <= 64).then(|| text.parse::<Timestamp>().ok()).flatten().map(Timestamp::as_second)
}

/// A moment as an HTTP header holds it: `Sun, 22 Nov 2026 03:58:33 GMT`.
pub fn from_header(text: &str) -> Option<i64> {
    if text.len() > 64 {
        return None;
    }
    rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok().map(Timestamp::as_second)
}

/// In UTC to the minute, rounded up: who waits until then has waited long enough.
pub fn minute(seconds: i64) -> Option<String> {
    let rounded = seconds.checked_add(59)?.div_euclid(60).checked_mul(60)?;
    let text = Timestamp::from_second(rounded).ok()?.to_string();
    // 2026-03-01T10:00:00Z
    let (front, _) = text.rsplit_once(':')?;
    Some(format!("{front}Z"))
}

/// The day in UTC: `2026-03-01`.
pub fn day(seconds: i64) -> Option<String> {
    let text = Timestamp::from_second(seconds).ok()?.to_string();
    text.split_once('T').map(|(day, _)| day.to_owned())
}

/// A length of time in plain words, rounded down: `6 minutes`, `3 hours`, `2 days`.
pub fn span(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let (count, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7_200 => (seconds / 60, "minute"),
        7_200..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_moment_are_the_same_moment() {
        let header = from_header("Sun, 22 Nov 2026 03:58:33 GMT").unwrap();
        assert_eq!(from_json("2026-11-22T03:58:33.000Z"), Some(header));
        assert_eq!(minute(header).as_deref(), Some("2026-11-22T03:59Z"));
        assert_eq!(day(header).as_deref(), Some("2026-11-22"));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "0000", &"9".repeat(500)] {
            assert_eq!(from_json(text), None, "{text}");
            assert_eq!(from_header(text), None, "{text}");
        }
        assert_eq!(minute(i64::MAX), None);
        assert_eq!(day(i64::MIN), None);
        assert_eq!(span(i64::MIN), "106751991167300 days");
    }
}
