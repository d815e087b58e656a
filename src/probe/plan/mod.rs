//! What could be asked next. Pure: nothing is sent here, and nothing is sent later without a tick.
//!
//! The log is hostile: a host that only it names is never ticked and never gets a credential. Must not know sockets
//! or causes.

mod draft;
mod first;
mod next;

use std::collections::BTreeSet;

use super::{Answer, Home, Plan, Wish};
use crate::facts::{Facts, Sign};
use crate::knowledge::Knowledge;
use draft::Draft;

/// The next round of requests for one incident: the first round while there are no answers.
///
/// Nothing is left to do when no ask is ticked: what the user has not ticked is offered again as long as it would
/// still help. What was answered, also by a failure, is not asked twice.
pub fn plan(facts: &Facts, home: &dyn Home, knowledge: &Knowledge, answers: &[Answer], wish: &Wish) -> Plan {
    let mut draft = Draft::new(facts, home, knowledge, answers, wish);
    if answers.is_empty() {
        first::ask(&mut draft);
        return draft.finish();
    }
    let found = super::observe::observe(facts, home, knowledge, answers);
    let signs: BTreeSet<Sign> = found.into_iter().map(|observation| observation.sign).collect();
    if let Some(reason) = enough(&signs) {
        draft.note(reason);
        return draft.finish();
    }
    let foreign = [
        Sign::MiddleBox,
        Sign::PageInsteadOfJson,
        Sign::KindDiffers,
        Sign::CredentialRefused,
        Sign::LoginDead,
    ];
    if foreign.iter().any(|sign| signs.contains(sign)) {
        draft.withhold_credentials();
    }
    next::ask(&mut draft, &signs);
    draft.finish()
}

/// Why nothing more is worth asking, if so.
fn enough(signs: &BTreeSet<Sign>) -> Option<&'static str> {
    let reasons = [
        (Sign::RateLimited, "nothing more is asked, because the registry asks to wait"),
        (Sign::ProxyRefused, "nothing more is asked, because the proxy does not let requests through"),
        (
            Sign::EdgeRefuses,
            "nothing more is asked, because the registry's edge refuses everything from here",
        ),
        (Sign::AllowedNow, "nothing more is asked, because what was refused is allowed now"),
    ];
    reasons.into_iter().find(|(sign, _)| signs.contains(sign)).map(|(_, reason)| reason)
}
