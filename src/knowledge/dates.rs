//! Days, to tell how long ago an entry was reviewed.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A review that is older is worth a second look: registries change.
pub const STALE_DAYS: i64 = 270;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day that it is now, in UTC.
    pub fn today() -> Self {
        // A clock before 1970 is wrong; then every review lies ahead and none is stale.
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self(i64::try_from(seconds / 86_400).unwrap_or(0))
    }

    /// The day that `text` names as `YYYY-MM-DD`, if there is such a day.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |range: std::ops::Range<usize>| {
            let part = text.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok())?
        };
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        let parsed = Self::of(year, month, day);
        (parsed.parts() == (year, month, day)).then_some(parsed)
    }

    /// How many days lie between this day and a later one.
    pub const fn until(self, later: Self) -> i64 {
        later.0 - self.0
    }

    /// Years begin in March here, so that the leap day is a year's last one
    /// (<https://howardhinnant.github.io/date_algorithms.html>).
    const fn of(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    const fn parts(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year + era * 400;
        (if month <= 2 { year + 1 } else { year }, month, day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("1970-01-01").0, 0);
        assert_eq!(day("2024-02-28").until(day("2024-03-01")), 2);
        assert_eq!(day("2026-02-25").until(day("2026-11-22")), STALE_DAYS);
        assert_eq!(day("2000-02-29").to_string(), "2000-02-29");
    }

    #[test]
    fn a_day_that_does_not_exist_is_none() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "26-01-01",
            "2026/01/01",
            "2026-1-011",
            "+026-01-01",
            "",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
