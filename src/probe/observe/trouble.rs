//! Trouble that is nobody's permission: no answer, errors of the registry itself, limits, clocks.

use super::heard::from_answer;
use super::{Heard, Scene};
use crate::facts::{FactKey, Observation, Sign};
use crate::probe::{Failure, times, words};

/// Clocks that differ by more make signed links and tokens fail.
const MOST_SKEW: i64 = 300;

/// What went wrong.
pub fn read(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    if let Some(heard) = scene.heard.iter().find(|heard| heard.status() >= 500 && !heard.boxed.is_enough()) {
        let text = format!("{} answers with an error of its own ({})", heard.host(), heard.status());
        found.push(heard.seen(Sign::RegistryUnwell, text));
    }
    found.extend(limited(scene));
    found.extend(skewed(scene));
    found.extend(silent(scene));
    found
}

fn limited(scene: &Scene<'_>) -> Option<Observation> {
    let heard = scene.heard.iter().find(|heard| {
        heard.status() == 429 || heard.status() == 403 && heard.reply.header("retry-after").is_some()
    })?;
    let wait = heard.reply.header("retry-after").map(str::trim);
    let end = wait.and_then(|wait| match wait.parse::<u32>() {
        Ok(seconds) => heard.now().checked_add(i64::from(seconds)),
        Err(_) => times::from_header(wait),
    });
    let end = end.and_then(times::minute);
    let until = end.as_ref().map(|end| format!(" until {end}")).unwrap_or_default();
    let text = format!("{} asks to wait{until} ({})", heard.host(), heard.status());
    let mut observation = heard.seen(Sign::RateLimited, text);
    if let Some(end) = end {
        observation.learned.set(FactKey::RetryAt, end, None);
    }
    Some(observation)
}

/// Every answer that tells the time must agree: one server with a wrong clock says nothing about this machine.
fn skewed(scene: &Scene<'_>) -> Option<Observation> {
    let skew = |heard: &Heard<'_>| {
        let received = i64::try_from(heard.reply.received).ok().filter(|received| *received > 0)?;
        Some(received.saturating_sub(heard.date()?))
    };
    let told = scene.heard.iter().filter_map(|heard| Some((heard, skew(heard)?)));
    let (heard, least) = told.min_by_key(|(_, skew)| skew.unsigned_abs())?;
    if least.unsigned_abs() <= MOST_SKEW.unsigned_abs() {
        return None;
    }
    let which = if least > 0 { "ahead of" } else { "behind" };
    let text = format!("this machine's clock is {} {which} that of {}", times::span(least), heard.host());
    Some(heard.seen(Sign::ClockSkewed, text))
}

/// Hosts of which no answer came at all.
fn silent(scene: &Scene<'_>) -> Vec<Observation> {
    let answered = |host: Option<&str>| scene.heard.iter().any(|heard| Some(heard.host()) == host);
    let failed = scene.answers.iter().filter_map(|answer| {
        let failure = answer.outcome.as_ref().err()?;
        let no_answer = matches!(
            failure,
            Failure::Name { .. }
                | Failure::Refused { .. }
                | Failure::Connect { .. }
                | Failure::Certificate { .. }
                | Failure::TimedOut { .. }
                | Failure::Broken { .. }
        );
        (no_answer && !answered(answer.url.host_str())).then_some((answer, failure))
    });
    failed
        .map(|(answer, failure)| from_answer(answer, Sign::NoAnswer, words::clean(&failure.to_string())))
        .collect()
}
