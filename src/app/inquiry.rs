//! A look beyond the log for one refused request: the configuration of this machine, then the registry.
//!
//! Owns what the sheet shows and every change of it. Nothing is read before the sheet is opened, and nothing is sent
//! before its button is pressed. Must not know how anything is drawn.

pub mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::jobs::Event;
use super::state::{Case, Dialog, JobId, Overlay, State, Tone};
use super::update::World;
use super::words;
use crate::advice::{Confidence, Incident};
use crate::facts::Observation;
use crate::probe::{self, Answer, Ask, Cancel, Plan, Progress, Wish};
use work::{Asked, Looked};

/// A look beyond the log.
#[derive(Debug)]
pub struct Inquiry {
    /// The refused request it is about, by its place in the answer.
    pub incident: usize,
    /// The project whose files are read; without one only the user's own are.
    pub project: Option<PathBuf>,
    /// A folder that the log names and that is here.
    pub suggested: Option<PathBuf>,
    /// Whether requests with the user's credential are offered.
    pub with_credentials: bool,
    /// What goes on.
    pub stage: Stage,
    /// What was read, once it was.
    pub looked: Option<Arc<Looked>>,
    /// What could be asked next.
    pub plan: Plan,
    /// Hosts that the user has agreed to before.
    pub agreed: BTreeSet<String>,
    /// The requests that the user agrees to, by id.
    pub ticked: BTreeSet<usize>,
    /// What was answered so far.
    pub answers: Vec<Answer>,
    /// How far each request of the running round is.
    pub progress: BTreeMap<usize, Sent>,
}

/// What goes on.
#[derive(Clone, Debug)]
pub enum Stage {
    /// The configuration is being read.
    Looking(JobId),
    /// The user chooses.
    Choosing,
    /// Requests are being sent.
    Asking(JobId, Cancel),
}

/// How far a request is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// On its way.
    Started,
    /// Answered; what came, in words.
    Answered(String),
    /// Not answered; why, in words.
    Failed(String),
}

impl Inquiry {
    /// The requests that are agreed to, in order.
    pub fn chosen(&self) -> Vec<Ask> {
        self.plan.asks.iter().filter(|ask| self.ticked.contains(&ask.id)).cloned().collect()
    }

    /// Whether requests are on their way.
    pub const fn is_asking(&self) -> bool {
        matches!(self.stage, Stage::Asking(..))
    }

    /// Whether any request with a credential could be made, so that the choice makes sense.
    pub fn wish(&self) -> Wish {
        Wish { with_credentials: self.with_credentials, hosts: BTreeSet::new(), headless: false }
    }

    fn job(&self) -> Option<JobId> {
        match self.stage {
            Stage::Looking(job) | Stage::Asking(job, _) => Some(job),
            Stage::Choosing => None,
        }
    }

    fn take_plan(&mut self, plan: Plan) {
        // Only at first: after a round, what is ticked is what there is still to ask.
        let is_first = self.answers.is_empty();
        let agreed = |ask: &&Ask| {
            let host = ask.url.host_str().is_some_and(|host| self.agreed.contains(host));
            ask.ticked || is_first && ask.credential.is_none() && host
        };
        self.ticked = plan.asks.iter().filter(agreed).map(|ask| ask.id).collect();
        self.plan = plan;
    }
}

/// Opens the sheet for the shown request, and reads the configuration.
pub fn open(state: &mut State, world: &World<'_>) {
    let job = state.next_job();
    let agreed = if state.settings.remember_hosts { state.settings.agreed_hosts.clone() } else { Vec::new() };
    let Some(case) = state.case_mut() else { return };
    let at = case.incident;
    let known = case.inquiry.take().filter(|inquiry| inquiry.incident == at && !inquiry.is_asking());
    let mut inquiry = known.unwrap_or_else(|| Inquiry {
        incident: at,
        project: None,
        suggested: work::named_folder(&**world.services, case),
        with_credentials: false,
        stage: Stage::Choosing,
        looked: None,
        plan: Plan::default(),
        agreed: BTreeSet::new(),
        ticked: BTreeSet::new(),
        answers: Vec::new(),
        progress: BTreeMap::new(),
    });
    inquiry.agreed = agreed.into_iter().collect();
    case.inquiry = Some(inquiry);
    state.overlay = Some(Overlay::Inquiry);
    state.announcement = words::inquiry::LEAD.to_owned();
    look(state, job, world);
}

/// Reads the configuration again, for the chosen project.
fn look(state: &mut State, job: JobId, world: &World<'_>) {
    let preferences = state.preferences();
    let Some(case) = state.case_mut() else { return };
    let Some(inquiry) = case.inquiry.as_mut() else { return };
    inquiry.stage = Stage::Looking(job);
    inquiry.answers.clear();
    inquiry.progress.clear();
    let (project, wish, at) = (inquiry.project.clone(), inquiry.wish(), inquiry.incident);
    let known = work::Known::of(case, at, preferences);
    if let Some(facts) = case.advice().incidents.get(at).map(|incident| incident.facts.clone()) {
        work::look(Arc::clone(world.services), job, facts, (project, wish), known, world.outbox.clone());
    }
}

/// Asks for the project's folder.
pub fn pick_project(state: &mut State, world: &World<'_>) {
    if state.dialog.is_some() {
        return;
    }
    let job = state.next_job();
    state.dialog = Some(Dialog { job, since: state.now });
    world.services.pick_folder(job, world.outbox.clone());
}

/// Reads the files of this project, too.
pub fn set_project(state: &mut State, folder: PathBuf, world: &World<'_>) {
    let job = state.next_job();
    if let Some(inquiry) = state.case_mut().and_then(|case| case.inquiry.as_mut()) {
        inquiry.project = Some(folder);
        look(state, job, world);
    }
}

/// Offers requests with the user's credential, or no longer.
pub fn set_credentials(state: &mut State, wanted: bool) {
    let knowledge = state.entries.0;
    let Some(case) = state.case_mut() else { return };
    let Some(inquiry) = case.inquiry.as_mut().filter(|inquiry| !inquiry.is_asking()) else { return };
    inquiry.with_credentials = wanted;
    let facts = case.explained.advice.incidents.get(inquiry.incident).map(|incident| &incident.facts);
    if let (Some(facts), Some(looked)) = (facts, &inquiry.looked) {
        let plan = probe::plan(facts, &looked.owner, knowledge, &inquiry.answers, &inquiry.wish());
        inquiry.take_plan(plan);
    }
}

/// Agrees to a request, or no longer.
pub fn tick(state: &mut State, id: usize) {
    let Some(inquiry) = state.case_mut().and_then(|case| case.inquiry.as_mut()) else { return };
    if !inquiry.is_asking() && !inquiry.ticked.remove(&id) {
        inquiry.ticked.insert(id);
    }
}

/// Sends the requests that are agreed to.
pub fn ask(state: &mut State, world: &World<'_>) {
    let job = state.next_job();
    let preferences = state.preferences();
    let Some(case) = state.case_mut() else { return };
    let at = case.incident;
    let known = work::Known::of(case, at, preferences);
    let Some(inquiry) = case.inquiry.as_mut().filter(|inquiry| inquiry.incident == at) else { return };
    let (Some(looked), asks) = (inquiry.looked.clone(), inquiry.chosen()) else { return };
    if asks.is_empty() || inquiry.is_asking() {
        return;
    }
    let cancel = Cancel::default();
    inquiry.stage = Stage::Asking(job, cancel.clone());
    inquiry.progress.clear();
    let round =
        work::Round { asks, looked, earlier: inquiry.answers.clone(), wish: inquiry.wish(), cancel, known };
    if let Some(facts) = case.explained.advice.incidents.get(at).map(|incident| incident.facts.clone()) {
        work::ask(Arc::clone(world.services), job, facts, round, world.outbox.clone());
    }
    state.announcement = words::inquiry::ASKING.to_owned();
}

/// Stops the requests that are on their way; what was answered stays.
pub fn stop(state: &mut State) {
    let Some(inquiry) = state.case_mut().and_then(|case| case.inquiry.as_mut()) else { return };
    if let Stage::Asking(_, cancel) = &inquiry.stage {
        cancel.cancel();
    }
}

/// Takes what a thread has found, unless it is no longer wanted.
pub fn receive(state: &mut State, event: Event, world: &World<'_>) {
    match event {
        Event::PickedFolder(job, folder) => {
            if state.dialog.take_if(|dialog| dialog.job == job).is_some()
                && let Some(folder) = folder
            {
                set_project(state, folder, world);
            }
        }
        Event::Looked(job, looked) => take_looked(state, job, *looked, world),
        Event::Progress(job, progress) => {
            if let Some(inquiry) = current(state, job) {
                note_progress(inquiry, progress);
            }
        }
        Event::Asked(job, asked) => take_asked(state, job, *asked),
        // The others are not for this sheet.
        _ => {}
    }
}

fn current(state: &mut State, job: JobId) -> Option<&mut Inquiry> {
    state.case_mut()?.inquiry.as_mut().filter(|inquiry| inquiry.job() == Some(job))
}

fn take_looked(state: &mut State, job: JobId, looked: Looked, world: &World<'_>) {
    let Some(inquiry) = current(state, job) else { return };
    inquiry.stage = Stage::Choosing;
    inquiry.take_plan(looked.plan.clone());
    let (at, audit, advice) = (inquiry.incident, looked.audit.clone(), looked.advice.clone());
    inquiry.looked = Some(Arc::new(looked));
    if let Some(case) = state.case_mut() {
        learn(case, at, audit);
        case.take_advice(advice);
    }
    world.ctx.request_repaint();
}

/// What was found for a request takes the place of what was found before.
fn learn(case: &mut Case, at: usize, found: Vec<Observation>) {
    case.observed.insert(at, found);
}

fn note_progress(inquiry: &mut Inquiry, progress: Progress) {
    match progress {
        Progress::Started(id) => {
            inquiry.progress.insert(id, Sent::Started);
        }
        Progress::Answered(answer) => {
            let sent = match &answer.outcome {
                Ok(reply) => Sent::Answered(words::inquiry::answered(reply, answer.took)),
                Err(failure) => Sent::Failed(failure.to_string()),
            };
            inquiry.progress.insert(answer.ask, sent);
        }
    }
}

fn take_asked(state: &mut State, job: JobId, asked: Asked) {
    let Some(inquiry) = current(state, job) else { return };
    inquiry.stage = Stage::Choosing;
    inquiry.answers = asked.answers;
    inquiry.take_plan(asked.plan);
    let at = inquiry.incident;
    let nothing_more = inquiry.ticked.is_empty();
    let Some(case) = state.case_mut() else { return };
    learn(case, at, asked.observations);
    case.take_advice(asked.advice);
    if let Some(chosen) = case.causes.get_mut(at) {
        *chosen = 0;
    }
    case.reveal_evidence();
    let best = case.advice().incidents.get(at).and_then(|incident| incident.causes.first());
    // What is proven needs no further question.
    let is_done = nothing_more || best.is_some_and(|cause| cause.confidence == Confidence::Certain);
    let said = case.advice().incidents.get(at).map(verdict).unwrap_or_default();
    if is_done && state.overlay == Some(Overlay::Inquiry) {
        state.overlay = None;
        state.notify(Tone::Done, said);
    } else {
        state.announcement = said;
    }
}

/// What the answer is now, for the line at the bottom and for those who cannot see that it changed.
pub fn verdict(incident: &Incident) -> String {
    let excluded = incident.excluded.len();
    match incident.causes.first() {
        Some(cause) => words::inquiry::verdict(cause, excluded),
        None => String::new(),
    }
}

impl Case {
    /// Takes an answer to the same log that knows more; what was chosen and ticked stays.
    pub fn take_advice(&mut self, advice: crate::advice::Advice) {
        if advice.incidents.len() == self.advice().incidents.len() {
            self.explained.advice = advice;
            self.confirming = None;
            for (at, chosen) in self.causes.iter_mut().enumerate() {
                let causes =
                    self.explained.advice.incidents.get(at).map_or(0, |incident| incident.causes.len());
                *chosen = (*chosen).min(causes.saturating_sub(1));
            }
        }
    }
}
