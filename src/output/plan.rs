//! What a probe would send, before anything is sent: for a terminal and for programs.
//!
//! Must not know sockets, nor how a plan is made.

use serde::Serialize;

use super::page::{Page, Paint};
use super::{Style, json, safe};
use crate::advice::capitalised;
use crate::probe::{Ask, Plan, Question, SentAlong, Verb};

/// The requests of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// `E403 on publish`.
    pub headline: String,
    /// What could be asked.
    pub plan: Plan,
}

/// The plans as a page.
pub fn text(plans: &[Planned], style: &Style) -> String {
    let mut page = Page::new(style.width, style.color);
    if plans.is_empty() {
        page.paragraph("", "Nothing to ask: the log holds no 403 of a registry.");
    }
    for planned in plans {
        page.gap();
        page.hanging("", "  ", &format!("{}: what would be asked", planned.headline), Paint::Bold);
        let asked = planned.plan.asks.iter().filter(|ask| ask.ticked);
        let mut number = 0;
        for ask in asked {
            number += 1;
            put_ask(&mut page, &format!("  {number}. "), ask);
        }
        if number == 0 {
            page.paragraph("  ", "Nothing.");
        }
        let left: Vec<&Ask> = planned.plan.asks.iter().filter(|ask| !ask.ticked).collect();
        if !left.is_empty() {
            page.hanging("  ", "  ", "Only if you ask for it:", Paint::Plain);
            left.iter().for_each(|ask| put_ask(&mut page, "  -  ", ask));
        }
        for note in &planned.plan.notes {
            page.paragraph("  ", &capitalised(note));
        }
    }
    if !plans.is_empty() {
        page.gap();
        page.paragraph("", "Nothing was sent. More may follow from the answers, on the same hosts.");
    }
    safe::defused(&page.finish())
}

fn put_ask(page: &mut Page, first: &str, ask: &Ask) {
    page.quoted(first, "       ", &format!("{} {}", ask.verb.name(), ask.url));
    page.hanging("     ", "     ", &capitalised(&sends(ask)), Paint::Dim);
    page.paragraph("     ", &capitalised(&ask.why));
    if let Some(caution) = &ask.caution {
        page.paragraph("     ", &capitalised(caution));
    }
}

/// Whether a credential goes with it: `with npm token, 40 characters, from ~/.npmrc line 3`.
pub fn sends(ask: &Ask) -> String {
    match &ask.credential {
        Some(sent) => format!("with {} from {}", sent.description, sent.place),
        None => "without a credential".to_owned(),
    }
}

#[derive(Serialize)]
struct Plans<'a> {
    plans: Vec<OnePlan<'a>>,
}

#[derive(Serialize)]
struct OnePlan<'a> {
    incident: usize,
    requests: Vec<Request<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Request<'a> {
    question: Question,
    method: Verb,
    url: &'a str,
    credential: Option<&'a SentAlong>,
    why: &'a str,
    chosen: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<&'a str>,
}

/// The plans as one object: `{"schema": 1, "plans": [{"incident": 0, "requests": […], "notes": […]}]}`.
pub fn object(plans: &[Planned], style: &Style) -> String {
    fn request(ask: &Ask) -> Request<'_> {
        let Ask { question, verb, url, credential, why, ticked, caution, .. } = ask;
        Request {
            question: *question,
            method: *verb,
            url: url.as_str(),
            credential: credential.as_ref(),
            why,
            chosen: *ticked,
            caution: caution.as_deref(),
        }
    }
    let plans = plans.iter().enumerate().map(|(incident, planned)| OnePlan {
        incident,
        requests: planned.plan.asks.iter().map(request).collect(),
        notes: &planned.plan.notes,
    });
    json::object(Plans { plans: plans.collect() }, style)
}
