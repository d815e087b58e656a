//! The first card: what happened, how sure that is, and the lines that say so.

use egui::accesskit::Role;
use egui::{CornerRadius, Rect, Sense, Ui, pos2, vec2};

use super::{View, once};
use crate::advice::{Cause, Confidence, Evidence, Incident};
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::reader::Target;
use crate::app::rows::wrap;
use crate::app::state::Case;
use crate::app::theme::{self, Theme, Type};
use crate::app::tint;
use crate::app::widgets::{self, Look, Tone};
use crate::app::words;

/// More evidence than this is not shown in the card; it is marked in the log.
const EVIDENCE: usize = 4;
/// How many rows a line of evidence may take.
const EVIDENCE_ROWS: usize = 3;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case, incident: &Incident, cause: &Cause) {
    widgets::card(ui, |ui| {
        chips(ui, incident, cause);
        if case.cause_index() > 0 {
            another_cause(ui, view);
        }
        ui.spacing_mut().item_spacing.y = 6.0;
        widgets::heading(ui, Type::Title, 1, &cause.title);
        if cause.own || cause.extended {
            let mark = if cause.own { words::OWN_ENTRY } else { words::EXTENDED };
            widgets::line(ui, Type::Note, Theme::of(ui).text_faint, mark);
        }
        widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, &cause.summary);
        ui.add_space(6.0);
        why(ui, view, case, cause);
        proof(ui, incident, cause);
        if let Some(to_be_sure) = &cause.to_be_sure {
            ui.add_space(6.0);
            small_heading(ui, words::TO_BE_SURE);
            widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, to_be_sure);
        }
        ui.add_space(8.0);
        hand_on(ui, view);
    });
}

/// What was refused at the left, how sure we are at the right.
fn chips(ui: &mut Ui, incident: &Incident, cause: &Cause) {
    let (tone, icon) = confidence_look(cause.confidence);
    let color = tone.colors(Theme::of(ui)).0;
    let word = words::confidence(cause);
    let width = widgets::plain_chip_width(ui, word);
    ui.horizontal(|ui| {
        widgets::chip(ui, Tone::Danger, Icon::Refused, &incident.headline);
        let times = words::occurrences(incident.occurrences);
        if incident.occurrences > 1 && ui.available_width() > width + widgets::chip_width(ui, &times) + 16.0 {
            widgets::chip(ui, Tone::Plain, Icon::List, &times);
        }
        ui.add_space((ui.available_width() - width).max(0.0));
        widgets::plain_chip(ui, icon, color, word).on_hover_text(words::confidence_means(cause));
    });
}

/// Colour and icon of a confidence; the word stands beside them.
pub(super) const fn confidence_look(confidence: Confidence) -> (Tone, Icon) {
    match confidence {
        Confidence::Certain => (Tone::Ok, Icon::Certain),
        Confidence::Likely => (Tone::Accent, Icon::Likely),
        Confidence::Possible => (Tone::Warn, Icon::Possible),
    }
}

fn another_cause(ui: &mut Ui, view: &mut View<'_>) {
    ui.horizontal(|ui| {
        widgets::line(ui, Type::Note, Theme::of(ui).text_faint, words::ANOTHER_CAUSE);
        let back =
            widgets::Button::new(words::FIRST_CAUSE).icon(Icon::Undo).small().flush().look(Look::Ghost);
        if ui.add(back).clicked() {
            view.push(Command::SelectCause(0));
        }
    });
}

fn small_heading(ui: &mut Ui, text: &str) {
    let response = widgets::text(ui, Type::Label, Theme::of(ui).text_faint, text);
    widgets::mark_heading(&response, 3, text);
}

fn why(ui: &mut Ui, view: &mut View<'_>, case: &Case, cause: &Cause) {
    small_heading(ui, words::WHY);
    widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, words::sentence(&cause.why));
    ui.add_space(2.0);
    for evidence in cause.evidence.iter().take(EVIDENCE) {
        let is_shown = case.reveal.is_some_and(|reveal| reveal.outline && reveal.row == evidence.row);
        if evidence_row(ui, case, evidence, is_shown) {
            view.push(Command::Reveal(evidence.row));
        }
    }
    if let Some(more) = cause.evidence.len().checked_sub(EVIDENCE).filter(|&more| more > 0) {
        widgets::text(ui, Type::Note, Theme::of(ui).text_faint, words::more_evidence(more));
    }
}

/// The findings that prove it.
fn proof(ui: &mut Ui, incident: &Incident, cause: &Cause) {
    let mut found = cause.proved_by.iter().filter_map(|at| incident.observations.get(*at)).peekable();
    if found.peek().is_none() {
        return;
    }
    ui.add_space(6.0);
    small_heading(ui, words::inquiry::PROVED_BY);
    for observation in found {
        super::looked::finding(ui, &observation.text, Tone::Ok);
    }
}

/// A line of the log; pressing it shows the line in its place.
pub(super) fn evidence_row(ui: &mut Ui, case: &Case, evidence: &Evidence, is_shown: bool) -> bool {
    line_row(ui, case, (evidence.row, evidence.line), &evidence.text, is_shown)
}

/// The same from its parts: the line's row and number, and its text.
pub(super) fn line_row(
    ui: &mut Ui,
    case: &Case,
    (row, number): (usize, usize),
    text: &str,
    is_shown: bool,
) -> bool {
    let theme = Theme::of(ui);
    let label = ui.painter().layout_job(widgets::job(Type::Chip, theme.mark_text, words::line(number)));
    let left = 14.0 + label.size().x + 14.0;
    let room = ui.available_width() - left - 12.0;
    let text = text.trim().replace('\t', " ");
    // What the client puts before each of its lines takes the place of what matters.
    let shown = tint::without_prefix(&text);
    let galley = ui.painter().layout_job(widgets::job(Type::Mono, theme.text, in_rows(ui, shown, room)));
    let size = vec2(ui.available_width(), galley.size().y + 14.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let corner = CornerRadius::same(theme::RADIUS_SMALL);
        let ground = match (is_shown, response.hovered()) {
            (true, _) => theme.accent_soft,
            (false, true) => theme.hover,
            (false, false) => theme.sunken,
        };
        painter.rect_filled(rect, corner, ground);
        let bar = Rect::from_min_size(rect.min + vec2(0.0, 8.0), vec2(3.0, rect.height() - 16.0));
        painter.rect_filled(bar, 1, theme.mark_bar);
        let label_at = pos2(rect.left() + 14.0, rect.top() + 7.0 + (20.0 - label.size().y) / 2.0);
        painter.galley(label_at, label, theme.mark_text);
        painter.galley(pos2(rect.left() + left, rect.top() + 7.0), galley, theme.text);
        widgets::focus_ring(ui, &response, theme::RADIUS_SMALL);
    }
    if once::wants_focus(ui, case, Target::Evidence(row)) {
        response.request_focus();
    }
    if once::wants_sight(ui, case, row) {
        response.scroll_to_me(None);
    }
    widgets::name(&response, Role::Button, &words::show_line(number, &text));
    response.clicked()
}

/// The beginning of a line in as many rows as it may take, broken where the log breaks it.
fn in_rows(ui: &Ui, text: &str, width: f32) -> String {
    let glyph = ui.ctx().fonts_mut(|fonts| fonts.glyph_width(&Type::Mono.font(), '0'));
    let columns = (width / glyph).floor().max(8.0) as usize;
    let mut rows: Vec<&str> = wrap(text, columns).take(EVIDENCE_ROWS + 1).map(|row| &text[row]).collect();
    let is_cut = rows.len() > EVIDENCE_ROWS;
    rows.truncate(EVIDENCE_ROWS);
    let mut shown = rows.iter().map(|row| row.trim_end()).collect::<Vec<_>>().join("\n");
    if is_cut {
        // The last row may be full: its last character makes room.
        shown.pop();
        shown.push('…');
    }
    shown
}

/// The answer for other people.
fn hand_on(ui: &mut Ui, view: &mut View<'_>) {
    ui.horizontal_wrapped(|ui| {
        view.press(ui, Command::CheckRegistry, |button| button.small().look(Look::Outlined));
        for (command, key) in [(Command::CopyReport, "report"), (Command::CopyMessage, "message")] {
            let copied = view.was_copied(key);
            view.press(ui, command, |button| {
                let button = button.small();
                if copied { button.look(Look::Done).icon(Icon::Check) } else { button.look(Look::Outlined) }
            });
        }
        view.press(ui, Command::SaveReport, |button| button.small().look(Look::Outlined).words(false));
    });
}
