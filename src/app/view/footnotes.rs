//! What follows the fixes: checks, other causes, background, questions, sources.

use egui::accesskit::Role;
use egui::{Sense, Ui, pos2, vec2};

use super::fixes::{self, Guard};
use super::{Folds, View, verdict};
use crate::advice::{Cause, Check, CheckState, Incident, Source};
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::state::Case;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Tone};
use crate::app::words;

/// The height of the choice of answers.
const ANSWERS: f32 = 28.0;

/// What to check, with the answers to choose from.
pub(super) fn checks(ui: &mut Ui, view: &mut View<'_>, case: &Case, cause: &Cause) {
    if cause.checklist.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        let done = cause.checklist.iter().filter(|check| case.answer_to(&check.key).is_some()).count();
        widgets::card_heading(ui, Icon::Checklist, words::CHECK, |ui| {
            if done > 0 {
                let faint = Theme::of(ui).text_faint;
                widgets::line(ui, Type::Note, faint, words::answered(done, cause.checklist.len()));
            }
        });
        for (at, check) in cause.checklist.iter().enumerate() {
            if at > 0 {
                ui.add_space(8.0);
            }
            show_check(ui, view, case, check, &format!("check {}/{at}", cause.id), at);
        }
    });
}

fn show_check(ui: &mut Ui, view: &mut View<'_>, case: &Case, check: &Check, key: &str, at: usize) {
    let theme = Theme::of(ui);
    let title = widgets::text(ui, Type::Item, theme.text, &check.todo);
    widgets::mark_heading(&title, 3, &check.todo);
    widgets::indented(ui, 14.0, |ui| {
        check_body(ui, view, check, key);
        let words = words::answers(&check.todo);
        let options = words.each_ref().map(|(short, long)| (*short, long.as_str()));
        let chosen = case.answer_to(&check.key).map_or(0, |holds| if holds { 1 } else { 2 });
        let pressed = widgets::segmented(ui, Role::RadioButton, &options, chosen, ANSWERS);
        if let Some(pressed) = pressed.filter(|pressed| *pressed != chosen) {
            view.push(Command::AnswerCheck(at, [None, Some(true), Some(false)][pressed % 3]));
        }
        if let (Some(id), Some(title)) = (&check.otherwise, &check.otherwise_title) {
            otherwise(ui, view, case, id, title);
        }
    });
}

/// What answers a check, and which answer confirms the cause.
pub(super) fn check_body(ui: &mut Ui, view: &mut View<'_>, check: &Check, key: &str) {
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing.y = 6.0;
    if let Some(command) = &check.command {
        fixes::show_command(ui, view, command, key, Guard::NONE, &mut false);
    }
    if let Some(url) = &check.open {
        fixes::open_page(ui, view, url);
    }
    // What the reader has said stands in the choice below.
    if let Some(state) = words::check_state(check.state).filter(|_| !check.answered) {
        let tone = if check.state == CheckState::Confirmed { Tone::Ok } else { Tone::Warn };
        widgets::chip(ui, tone, Icon::Safe, state);
    }
    let confirms = format!("{} if {}", words::CONFIRMS, lower_first(&check.confirms));
    widgets::note(ui, Icon::Check, theme.text_quiet, confirms);
}

/// Where to look when a check says no: a step to that cause if it is among the possible ones.
fn otherwise(ui: &mut Ui, view: &mut View<'_>, case: &Case, id: &str, title: &str) {
    let theme = Theme::of(ui);
    let listed = case.incident().and_then(|incident| incident.causes.iter().position(|cause| cause.id == id));
    let text = format!("{}: {title}", words::OTHERWISE);
    match listed.filter(|&at| at != case.cause_index()) {
        Some(at) => {
            let button =
                widgets::Button::new(text).icon(Icon::Otherwise).small().flush().look(widgets::Look::Ghost);
            if ui.add(button).clicked() {
                view.push(Command::SelectCause(at));
            }
        }
        None => {
            widgets::note(ui, Icon::Otherwise, theme.text_quiet, text);
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    // A word in capitals, such as a name or a code, stays as it is.
    let is_word = chars.clone().next().is_some_and(|second| second.is_lowercase() || second == ' ');
    if is_word { format!("{}{}", first.to_lowercase(), chars.as_str()) } else { text.to_owned() }
}

/// The possible causes; pressing one shows it.
pub(super) fn others(ui: &mut Ui, view: &mut View<'_>, case: &Case, incident: &Incident) {
    if incident.causes.len() < 2 {
        return;
    }
    widgets::card(ui, |ui| {
        let heading = if case.cause_index() == 0 { words::OTHERS } else { words::OTHERS_SHOWN };
        widgets::card_heading(ui, Icon::Alternatives, heading, |_| {});
        ui.spacing_mut().item_spacing.y = 2.0;
        for (at, cause) in incident.causes.iter().enumerate() {
            if at != case.cause_index() && cause_row(ui, cause) {
                view.push(Command::SelectCause(at));
            }
        }
    });
}

fn cause_row(ui: &mut Ui, cause: &Cause) -> bool {
    let theme = Theme::of(ui);
    let (tone, icon) = verdict::confidence_look(cause.confidence);
    let color = tone.colors(theme).0;
    let word = ui.painter().layout_job(widgets::job(Type::Chip, color, words::confidence(cause)));
    let room = ui.available_width() - word.size().x - 58.0;
    let title = widgets::clipped(ui, widgets::job(Type::Item, theme.text, &cause.title), room, 2, false);
    let why = words::sentence(&cause.why);
    let why_galley = widgets::clipped(ui, widgets::job(Type::Note, theme.text_quiet, &why), room, 2, false);
    let height = 16.0 + title.size().y + 2.0 + why_galley.size().y;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        widgets::hover(ui, rect, &response);
        let title_at = pos2(rect.left(), rect.top() + 8.0);
        let why_at = pos2(rect.left(), title_at.y + title.size().y + 2.0);
        painter.galley(title_at, title, theme.text);
        painter.galley(why_at, why_galley, theme.text_quiet);
        Icon::Right.paint(painter, pos2(rect.right() - 8.0, rect.top() + 18.0), 16.0, theme.text_faint);
        let word_left = rect.right() - 24.0 - word.size().x;
        icon.paint(painter, pos2(word_left - 12.0, rect.top() + 18.0), 13.0, color);
        painter.galley(pos2(word_left, rect.top() + 18.0 - word.size().y / 2.0), word, color);
        widgets::focus_ring(ui, &response, theme::RADIUS);
    }
    let spoken = format!("{}, {}", cause.title, words::confidence(cause).to_lowercase());
    widgets::name(&response, Role::Button, &spoken);
    response.clicked()
}

/// Why it happens.
pub(super) fn background(ui: &mut Ui, cause: &Cause) {
    if cause.explanation.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Info, words::BACKGROUND, |_| {});
        for paragraph in &cause.explanation {
            widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, paragraph);
        }
    });
}

/// What people ask, closed until it is asked for.
pub(super) fn questions(ui: &mut Ui, view: &mut View<'_>, page: &Folds<'_>, cause: &Cause) {
    if cause.questions.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Question, words::QUESTIONS, |_| {});
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, question) in cause.questions.iter().enumerate() {
            let key = format!("question {}/{at}", cause.id);
            let is_open = page.opened.contains(&key);
            if widgets::Disclosure::new(&question.ask).show(ui, is_open).clicked() {
                view.push(Command::Toggle(key));
            }
            if is_open {
                widgets::indented(ui, 26.0, |ui| {
                    for paragraph in &question.answer {
                        widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, paragraph);
                    }
                });
                ui.add_space(8.0);
            }
        }
    });
}

/// Where the statements come from, and when they were last read.
pub(super) fn sources(ui: &mut Ui, view: &mut View<'_>, cause: &Cause) {
    if cause.sources.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Book, words::SOURCES, |ui| {
            let reviewed = words::reviewed(&cause.reviewed);
            let faint = Theme::of(ui).text_faint;
            ui.add_space((ui.available_width() - widgets::plain_chip_width(ui, &reviewed)).max(0.0));
            widgets::plain_chip(ui, Icon::Reviewed, faint, &reviewed);
        });
        ui.spacing_mut().item_spacing.y = 0.0;
        for source in &cause.sources {
            if source_row(ui, source) {
                view.push(Command::OpenUrl(source.url.clone()));
            }
        }
    });
}

/// A source; pressing it opens the page.
pub(super) fn source_row(ui: &mut Ui, source: &Source) -> bool {
    let theme = Theme::of(ui);
    let host = source.url.split_once("://").map_or(source.url.as_str(), |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host);
    let about = format!("{host}, {}", words::seen(&source.seen));
    let room = ui.available_width() - 24.0;
    let title = widgets::clipped(ui, widgets::job(Type::Body, theme.accent, &source.title), room, 2, false);
    let about = widgets::clipped(ui, widgets::job(Type::Note, theme.text_faint, about), room, 1, true);
    let height = 12.0 + title.size().y + about.size().y;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        widgets::hover(ui, rect, &response);
        let about_at = pos2(rect.left(), rect.top() + 6.0 + title.size().y);
        painter.galley(pos2(rect.left(), rect.top() + 6.0), title, theme.accent);
        painter.galley(about_at, about, theme.text_faint);
        Icon::External.paint(painter, pos2(rect.right() - 8.0, rect.top() + 16.0), 15.0, theme.text_faint);
        widgets::focus_ring(ui, &response, theme::RADIUS);
    }
    widgets::name(&response, Role::Link, &format!("{}: {}", source.title, source.url));
    response.on_hover_text(&source.url).clicked()
}
