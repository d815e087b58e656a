//! The sheet that shows what would be read and asked, and on which nothing is sent before its button is pressed.

use egui::{Id, Margin, Modal, ScrollArea, Ui, vec2};

use super::looked;
use super::{View, help};
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::inquiry::{self, Inquiry, Sent, Stage};
use crate::app::state::Case;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button, Look, Tone};
use crate::app::words::{inquiry as words, sentence};
use crate::probe::Ask;

const WIDTH: f32 = 720.0;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let Some(inquiry) = &case.inquiry else { return };
    let theme = Theme::of(ui);
    let room = ui.ctx().content_rect().size();
    let frame = help::frame(theme).inner_margin(Margin::same(if room.x < 700.0 { 16 } else { 24 }));
    let modal =
        Modal::new(Id::unique("inquiry")).frame(frame).backdrop_color(theme.veil()).show(ui.ctx(), |ui| {
            ui.set_width((room.x - 72.0).min(WIDTH));
            let is_low = help::is_low(ui);
            if !is_low {
                head(ui);
            }
            // The buttons stay in sight however long the list is.
            let height = (room.y - if is_low { 130.0 } else { 260.0 }).max(80.0);
            let list = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
            list.auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
                if is_low {
                    head(ui);
                }
                configuration(ui, view, inquiry);
                ui.add_space(10.0);
                requests(ui, view, case, inquiry);
            });
            ui.add_space(10.0);
            buttons(ui, view, inquiry);
        });
    if modal.should_close() {
        view.push(Command::Back);
    }
}

fn head(ui: &mut Ui) {
    widgets::heading(ui, Type::Title, 1, words::HEADING);
    widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, words::LEAD);
    ui.add_space(6.0);
}

fn configuration(ui: &mut Ui, view: &mut View<'_>, inquiry: &Inquiry) {
    let theme = Theme::of(ui);
    widgets::heading(ui, Type::Card, 2, words::CONFIGURATION);
    let project = inquiry.project.as_ref().map(|folder| words::project(&folder.display().to_string()));
    let line = project.unwrap_or_else(|| words::NO_PROJECT.to_owned());
    widgets::note(ui, Icon::Folder, theme.text_quiet, line);
    ui.horizontal_wrapped(|ui| {
        let pick = Button::new(words::PICK_PROJECT).icon(Icon::Folder).small();
        if ui.add_enabled(!inquiry.is_asking(), pick).clicked() {
            view.push(Command::PickProject);
        }
        if let Some(folder) =
            inquiry.suggested.as_ref().filter(|folder| inquiry.project.as_ref() != Some(folder))
        {
            let offer = Button::new(words::use_folder(&folder.display().to_string())).small();
            if ui.add_enabled(!inquiry.is_asking(), offer).clicked() {
                view.push(Command::UseProject(folder.clone()));
            }
        }
    });
    match (&inquiry.stage, &inquiry.looked) {
        (Stage::Looking(_), _) => {
            ui.horizontal(|ui| {
                widgets::spinner(ui, 14.0, theme.text_faint);
                widgets::line(ui, Type::Note, theme.text_faint, words::LOOKING);
            });
        }
        (_, Some(looked)) => {
            let files = looked.owner.configuration().files();
            let read = files.iter().filter(|file| file.outcome == crate::config::Outcome::Read);
            let names: Vec<&str> = read.map(|file| file.shown.as_str()).collect();
            let note = widgets::note(ui, Icon::File, theme.text_faint, words::files(names.len()));
            if !names.is_empty() {
                note.on_hover_text(names.join("\n"));
            }
            if looked.audit.is_empty() {
                widgets::note(ui, Icon::Info, theme.text_quiet, words::NOTHING_FOUND);
            }
            for found in &looked.audit {
                looked::finding(ui, &found.text, looked::tone_of(found.sign));
            }
        }
        (_, None) => {}
    }
}

fn requests(ui: &mut Ui, view: &mut View<'_>, case: &Case, inquiry: &Inquiry) {
    let theme = Theme::of(ui);
    if inquiry.looked.is_none() {
        return;
    }
    let heading = if inquiry.answers.is_empty() { words::REQUESTS } else { words::MORE_REQUESTS };
    widgets::heading(ui, Type::Card, 2, heading);
    if let Some(incident) =
        case.advice().incidents.get(inquiry.incident).filter(|_| !inquiry.answers.is_empty())
    {
        looked::finding(ui, &words::so_far(&inquiry::verdict(incident)), Tone::Accent);
    }
    let enabled = !inquiry.is_asking();
    ui.add_enabled_ui(enabled, |ui| {
        if widgets::check_box(ui, inquiry.with_credentials, words::WITH_CREDENTIALS, Type::Item) {
            view.push(Command::AskWithCredentials(!inquiry.with_credentials));
        }
    });
    ui.add_space(4.0);
    widgets::hairline(ui);
    ui.add_space(4.0);
    if inquiry.plan.asks.is_empty() {
        widgets::note(ui, Icon::Info, theme.text_quiet, words::NOTHING_TO_ASK);
    }
    for ask in &inquiry.plan.asks {
        ui.push_id(ask.id, |ui| request(ui, view, inquiry, ask));
        ui.add_space(4.0);
    }
    for note in &inquiry.plan.notes {
        widgets::note(ui, Icon::Info, theme.text_faint, sentence(note));
    }
}

fn request(ui: &mut Ui, view: &mut View<'_>, inquiry: &Inquiry, ask: &Ask) {
    let theme = Theme::of(ui);
    let is_ticked = inquiry.ticked.contains(&ask.id);
    ui.add_enabled_ui(!inquiry.is_asking(), |ui| {
        if widgets::check_box(ui, is_ticked, &words::request(ask), Type::Mono) {
            view.push(Command::TickAsk(ask.id));
        }
    });
    widgets::indented(ui, 30.0, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        widgets::text(ui, Type::Note, theme.text_quiet, sentence(&ask.why));
        let (icon, ink) =
            if ask.credential.is_some() { (Icon::Key, theme.warn) } else { (Icon::Lock, theme.text_faint) };
        widgets::note(ui, icon, ink, words::sends(ask));
        if let Some(caution) = &ask.caution {
            widgets::note(ui, Icon::Warning, theme.warn, sentence(caution));
        }
        match inquiry.progress.get(&ask.id) {
            Some(Sent::Started) => {
                ui.horizontal(|ui| {
                    widgets::spinner(ui, 13.0, theme.accent);
                    widgets::line(ui, Type::Note, theme.accent, words::ASKING);
                });
            }
            Some(Sent::Answered(what)) => {
                widgets::note(ui, Icon::Check, theme.ok, what);
            }
            Some(Sent::Failed(why)) => {
                widgets::note(ui, Icon::Warning, theme.warn, sentence(why));
            }
            None => {}
        }
    });
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, inquiry: &Inquiry) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        if inquiry.is_asking() {
            if ui.add(Button::new(words::STOP).icon(Icon::Close)).clicked() {
                view.push(Command::StopAsking);
            }
        } else {
            let count = inquiry.ticked.len();
            let ask = Button::new(words::ask(count)).icon(Icon::Network).look(Look::Primary);
            let is_ready = count > 0 && matches!(inquiry.stage, Stage::Choosing);
            let response = ui.add_enabled(is_ready, ask);
            if is_ready && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                view.push(Command::AskRegistry);
            }
        }
        if ui.add(Button::new(super::super::words::CLOSE).look(Look::Ghost)).clicked() {
            view.push(Command::Back);
        }
    });
}
