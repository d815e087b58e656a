//! What a reader's answer to a check may change, for every check of every cause on every example log.

use unforbid::advice::{CheckState, Confidence, Incident};
use unforbid::diagnose::{Answer, Observed};
use unforbid::knowledge::Knowledge;
use unforbid::{Explained, Preferences, explain, explain_again, text};

fn explained(log: &str) -> Explained {
    let log = Knowledge::bundled().expand(log);
    explain(text::decode(log.as_bytes()), "a log", Knowledge::bundled(), &Preferences::default())
}

fn again(first: &Explained, answers: &[Answer]) -> Incident {
    let preferences = Preferences { answers: answers.to_vec(), ..Preferences::default() };
    let advice = explain_again(&first.log, "a log", Knowledge::bundled(), &preferences, &Observed::new());
    advice.incidents.into_iter().next().expect("an answer takes no incident away")
}

fn place(incident: &Incident, cause: &str) -> Option<usize> {
    incident.causes.iter().position(|shown| shown.id == cause)
}

/// Calls `look` with each log's first incident, and each check of each cause that is shown for it.
fn for_every_check(mut look: impl FnMut(&str, &Explained, &str, &str)) {
    let mut looked = 0;
    for entry in Knowledge::bundled().causes() {
        for example in &entry.examples.positive {
            let first = explained(&example.log.join("\n"));
            let Some(incident) = first.advice.incidents.first() else { continue };
            for cause in &incident.causes {
                for check in &cause.checklist {
                    look(&format!("{} + {}", entry.id, example.name), &first, &cause.id, &check.key);
                    looked += 1;
                }
            }
        }
    }
    assert!(looked > 500, "only {looked} checks were looked at");
}

fn answer(cause: &str, check: &str, holds: bool) -> Answer {
    Answer { incident: 0, cause: cause.to_owned(), check: check.to_owned(), holds }
}

#[test]
fn a_yes_never_lowers_its_cause_and_is_shown_and_proves_nothing() {
    for_every_check(|name, first, cause, check| {
        let before = &first.advice.incidents[0];
        let after = again(first, &[answer(cause, check, true)]);
        let (was, is) = (place(before, cause), place(&after, cause));
        if cause != "unknown-403" {
            assert!(is <= was && is.is_some(), "{name}: {cause} went from {was:?} to {is:?}");
            let shown = &after.causes[is.unwrap_or_default()];
            assert!(shown.confidence >= before.causes[was.unwrap_or_default()].confidence, "{name}");
            let answered = shown.checklist.iter().find(|shown| shown.key == check).expect(check);
            assert_eq!((answered.state, answered.answered), (CheckState::Confirmed, true), "{name}");
        }
        for shown in &after.causes {
            let was_certain =
                before.causes.iter().any(|old| old.id == shown.id && old.confidence == Confidence::Certain);
            assert!(shown.confidence != Confidence::Certain || was_certain, "{name}: {} by a yes", shown.id);
        }
    });
}

#[test]
fn a_no_takes_certainty_away_and_never_puts_its_cause_higher() {
    for_every_check(|name, first, cause, check| {
        let before = &first.advice.incidents[0];
        let after = again(first, &[answer(cause, check, false)]);
        let (was, is) = (place(before, cause), place(&after, cause));
        // Where nothing is left that decides, the honest entry comes in front of all.
        assert!(is.is_none() || is >= was, "{name}: {cause} went from {was:?} to {is:?}");
        assert!(
            after.causes.iter().all(|shown| shown.id != cause || shown.confidence != Confidence::Certain)
        );
        assert!(!after.causes.is_empty(), "{name}");
    });
}

#[test]
fn a_no_shows_the_cause_that_the_check_names_instead() {
    let mut seen = 0;
    for_every_check(|name, first, cause, check| {
        let before = &first.advice.incidents[0];
        let shown = before.causes.iter().find(|shown| shown.id == cause).expect("a shown cause");
        let check_shown = shown.checklist.iter().find(|shown| shown.key == check).expect("its check");
        let Some(otherwise) = check_shown.otherwise.as_deref().filter(|id| *id != "unknown-403") else {
            return;
        };
        if before.causes.len() >= 7 || cause == "unknown-403" {
            return;
        }
        let after = again(first, &[answer(cause, check, false)]);
        let known = place(&after, otherwise).is_some()
            || after.excluded.iter().any(|excluded| excluded.id == otherwise);
        assert!(known, "{name}: no to `{check}` does not lead to {otherwise}");
        seen += 1;
    });
    assert!(seen > 200, "only {seen}");
}

#[test]
fn a_yes_decides_between_causes_that_look_alike() {
    let log = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://{npm}/@acme%2fui - Forbidden\n";
    let first = explained(log);
    let causes = &first.advice.incidents[0].causes;
    assert_eq!(causes[0].id, "unknown-403", "the log alone does not decide");
    let other = causes.iter().skip(1).find(|cause| !cause.checklist.is_empty()).expect("a possible cause");
    let check = &other.checklist[0].key;
    let yes = again(&first, &[answer(&other.id, check, true)]);
    assert_eq!(
        (yes.causes[0].id.as_str(), yes.causes[0].confidence),
        (other.id.as_str(), Confidence::Likely)
    );
    let both = again(&first, &[answer(&other.id, check, true), answer(&other.id, "another check", false)]);
    assert_eq!(both.causes[0].id, "unknown-403", "a yes and a no leave it open");
    let elsewhere = Answer { incident: 1, ..answer(&other.id, check, true) };
    assert_eq!(again(&first, &[elsewhere]), again(&first, &[]), "an answer counts for its own incident only");
}
