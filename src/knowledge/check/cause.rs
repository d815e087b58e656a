//! The rules of a cause.

use super::super::{
    Cause, Check, FALLBACK, Fix, Knowledge, Matcher, Risk, Ruling, SourceKind, Strength, Who,
};
use super::common::Sheet;

/// The longest title, in characters.
const TITLE_LIMIT: usize = 60;

/// Writes down every rule that `cause` breaks.
pub fn check(knowledge: &Knowledge, cause: &Cause, sheet: &mut Sheet) {
    sheet.id(&cause.id);
    if cause.id.contains(|c: char| c.is_ascii_uppercase()) {
        sheet.error(format!("the id {:?} has capitals", cause.id), "use small letters", &cause.id);
    }
    texts(cause, sheet);
    for id in &cause.outranks {
        sheet.cause(knowledge, id, "outranks");
    }
    for item in &cause.matchers {
        matcher(knowledge, item, sheet);
    }
    for item in &cause.observed {
        ruling(knowledge, item, sheet);
    }
    checklist(knowledge, &cause.checklist, sheet);
    fixes(knowledge, &cause.fixes, sheet);
    for (provider, overlay) in &cause.providers {
        sheet.provider(knowledge, provider, "overlay for");
        for item in &overlay.matchers {
            matcher(knowledge, item, sheet);
        }
        checklist(knowledge, &overlay.checklist, sheet);
        fixes(knowledge, &overlay.fixes, sheet);
        if !overlay.sources.is_empty() {
            sheet.sources(&overlay.sources);
        }
    }
    let has_matcher = !cause.matchers.is_empty()
        || cause.providers.values().any(|overlay| !overlay.matchers.is_empty())
        || cause.id == FALLBACK;
    if !has_matcher {
        sheet.error("has no matcher", "add at least one to `match`", "id");
    }
    if cause.examples.positive.is_empty() || cause.examples.negative.is_empty() {
        sheet.warning("lacks a positive or a negative example", "add one of each to `examples`", "examples");
    }
    let community_only = cause.sources.iter().all(|source| source.kind == SourceKind::Community);
    let conclusive = cause.matchers.iter().any(|matcher| matcher.strength == Strength::Conclusive);
    if community_only && conclusive {
        let hint = "lower the strength, or add a better source";
        sheet.warning("is conclusive on users' reports alone", hint, "conclusive");
    }
    sheet.sources(&cause.sources);
    sheet.date("reviewed", &cause.reviewed);
}

fn texts(cause: &Cause, sheet: &mut Sheet) {
    if cause.title.chars().count() > TITLE_LIMIT || cause.title.ends_with('.') {
        let hint = "at most 60 characters, no period";
        sheet.warning("the title is too long or ends with a period", hint, &cause.title);
    }
    if cause.operations.is_empty() {
        let hint = "name at least one of publish, install, other";
        sheet.error("has no operation, so that it is never offered", hint, "operations");
    }
    let all = [
        ("an explanation", "explanation", cause.explanation.is_empty()),
        ("a check", "checklist", cause.checklist.is_empty()),
        ("a fix", "fixes", cause.fixes.is_empty()),
    ];
    for (what, key, _) in all.into_iter().filter(|(_, _, missing)| *missing) {
        sheet.warning(format!("lacks {what}"), "every cause has at least one", key);
    }
    let overlays = cause.providers.values();
    let texts = [&cause.title, &cause.summary].into_iter().chain(&cause.explanation);
    let questions = cause.questions.iter();
    let texts = texts.chain(questions.flat_map(|question| question.answer.iter().chain([&question.ask])));
    let texts = texts.chain(overlays.flat_map(|overlay| overlay.summary.iter().chain(&overlay.explanation)));
    sheet.placeholders("a text", texts);
}

fn matcher(knowledge: &Knowledge, matcher: &Matcher, sheet: &mut Sheet) {
    let whose = format!("matcher {:?}", matcher.name);
    if matcher.all.is_empty() && matcher.when.is_empty() {
        let hint = "add a clause to `all` or a gate to `when`";
        sheet.error(format!("{whose} matches everything"), hint, &matcher.name);
    }
    for provider in &matcher.when.provider {
        sheet.provider(knowledge, provider, &format!("{whose} names"));
    }
    for clause in matcher.all.iter().chain(&matcher.none) {
        sheet.pattern(knowledge, &clause.regex, &whose);
    }
}

fn ruling(knowledge: &Knowledge, ruling: &Ruling, sheet: &mut Sheet) {
    let whose = format!("ruling {:?}", ruling.because);
    if ruling.all.is_empty() && ruling.any.is_empty() {
        let hint = "name at least one finding in `all` or `any`";
        sheet.error(format!("{whose} holds without any finding"), hint, &ruling.because);
    }
    let both = ruling.none.iter().find(|sign| ruling.rests_on(**sign));
    if let Some(sign) = both {
        sheet.error(
            format!("{whose} asks for {sign} and forbids it"),
            "remove one of the two",
            &ruling.because,
        );
    }
    for provider in &ruling.when.provider {
        sheet.provider(knowledge, provider, &format!("{whose} names"));
    }
    sheet.placeholders(&whose, [&ruling.because]);
}

fn checklist(knowledge: &Knowledge, checklist: &[Check], sheet: &mut Sheet) {
    for check in checklist {
        let place = format!("check {:?}", check.todo);
        if let Some(otherwise) = &check.otherwise {
            sheet.cause(knowledge, otherwise, &format!("{place} points to"));
        }
        if let Some(action) = &check.run {
            sheet.action(knowledge, action, &place);
        }
        if let Some(url) = check.open.as_ref().filter(|url| !url.starts_with("https://")) {
            sheet.error(format!("{place} opens {url:?}, which is not https"), "write https://", url);
        }
        sheet.argv(&check.argv, &place);
        sheet.placeholders(&place, [&check.todo, &check.confirms].into_iter().chain(&check.argv));
    }
}

fn fixes(knowledge: &Knowledge, fixes: &[Fix], sheet: &mut Sheet) {
    if let Some(first) = fixes.first().filter(|fix| fix.risk == Risk::BreaksOthers) {
        let hint = "put a harmless fix first";
        sheet.error("the first fix can break other people's work", hint, &first.title);
    }
    for fix in fixes {
        let place = format!("fix {:?}", fix.title);
        if fix.risk == Risk::BreaksOthers && !fix.first_on.is_empty() {
            let hint = "leave out `first_on`: what can break other people's work is never tried first";
            sheet.error(format!("{place} can become the first"), hint, &fix.title);
        }
        if fix.who != Who::You && !fix.steps.iter().any(|step| step.tell.is_some()) {
            let what = format!("{place} is for somebody else but has no message");
            sheet.warning(what, "add a `tell` step", &fix.title);
        }
        sheet.placeholders(&place, [&fix.title].into_iter().chain(&fix.when));
        for step in &fix.steps {
            sheet.step(knowledge, step, &place);
        }
    }
}
