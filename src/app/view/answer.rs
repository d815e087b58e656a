//! The answer, card by card: what happened, how to mend it, what to check, what else it could be.

use egui::accesskit::Role;
use egui::{CornerRadius, Sense, Ui, pos2, vec2};

use super::{Folds, View, fixes, footnotes, looked, nothing, remembered, verdict};
use crate::advice::Incident;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::state::Case;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Look};
use crate::app::words;
use crate::facts::FactKey;

/// Longer lists of refused requests are shown in part.
const LISTED: usize = 6;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    for warning in &case.advice().warnings {
        banner(ui, &words::sentence(warning));
    }
    let (Some(incident), Some(cause)) = (case.incident(), case.cause()) else {
        nothing::show(ui, view, case);
        return;
    };
    if case.advice().incidents.len() > 1 {
        incidents(ui, view, case);
    }
    remembered::hint(ui, view);
    verdict::show(ui, view, case, incident, cause);
    fixes::show(ui, view, &Folds::of(case), cause);
    remembered::card(ui, view);
    looked::show(ui, view, incident);
    footnotes::checks(ui, view, case, cause);
    footnotes::others(ui, view, case, incident);
    footnotes::background(ui, cause);
    footnotes::questions(ui, view, &Folds::of(case), cause);
    nothing::related(ui, view, case, words::RELATED_TOO);
    footnotes::sources(ui, view, cause);
}

/// Something to know about the log as a whole.
fn banner(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    egui::Frame::new()
        .fill(theme.warn_soft)
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(14, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            widgets::note(ui, Icon::Warning, theme.warn, text);
        });
}

/// The refused requests of the log, to step through.
fn incidents(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let all = &case.advice().incidents;
    let theme = Theme::of(ui);
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::List, &words::incidents(all.len()), |ui| {
            let position = words::nth(case.incident, all.len());
            let job = widgets::job(Type::Note, theme.text_faint, position.clone());
            let width = ui.painter().layout_job(job).size().x + 2.0 * 26.0 + 2.0 * 8.0;
            ui.add_space((ui.available_width() - width).max(0.0));
            let step = |button: widgets::Button<'static>| button.small().look(Look::Ghost).words(false);
            view.press(ui, Command::PreviousIncident, step);
            widgets::line(ui, Type::Note, theme.text_faint, position);
            view.press(ui, Command::NextIncident, step);
        });
        ui.spacing_mut().item_spacing.y = 2.0;
        // The list moves along, so that the shown one is always in it.
        let first = case.incident.saturating_sub(LISTED / 2).min(all.len().saturating_sub(LISTED));
        for (at, incident) in all.iter().enumerate().skip(first).take(LISTED) {
            if incident_row(ui, at, incident, at == case.incident) {
                view.push(Command::SelectIncident(at));
            }
        }
    });
}

fn incident_row(ui: &mut Ui, at: usize, incident: &Incident, is_shown: bool) -> bool {
    let theme = Theme::of(ui);
    let title = incident.causes.first().map_or("", |cause| cause.title.as_str());
    let about =
        incident.facts.get(FactKey::Package).or_else(|| incident.facts.get(FactKey::Host)).unwrap_or("");
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
    let ground = match (is_shown, response.hovered()) {
        (true, _) => Some(theme.accent_soft),
        (false, true) => Some(theme.hover),
        (false, false) => None,
    };
    let painter = ui.painter();
    if let Some(ground) = ground {
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS), ground);
    }
    let ink = if is_shown { theme.accent } else { theme.text_faint };
    let number = painter.layout_job(widgets::job(Type::Label, ink, (at + 1).to_string()));
    painter.galley(pos2(rect.left() + 12.0, rect.center().y - number.size().y / 2.0), number, ink);
    let left = rect.left() + 36.0;
    let room = rect.right() - 12.0 - left;
    let title_galley =
        widgets::clipped(ui, widgets::job(Type::Item, theme.text, title), room * 0.62, 1, true);
    let about_room = room - title_galley.size().x - 12.0;
    let about_galley =
        widgets::clipped(ui, widgets::job(Type::Note, theme.text_quiet, about), about_room, 1, true);
    let y = rect.center().y;
    painter.galley(pos2(left, y - title_galley.size().y / 2.0), title_galley, theme.text);
    let about_left = rect.right() - 12.0 - about_galley.size().x;
    painter.galley(pos2(about_left, y - about_galley.size().y / 2.0), about_galley, theme.text_quiet);
    widgets::focus_ring(ui, &response, theme::RADIUS);
    let spoken = format!("{}: {title}, {about}", incident.headline);
    widgets::name_selected(&response, Role::ListBoxOption, is_shown, &spoken);
    response.clicked()
}
