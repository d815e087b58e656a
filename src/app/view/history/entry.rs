//! One diagnosis of the history: what was refused, the cause, the note, and what can be done with it.

use egui::accesskit::Role;
use egui::{ScrollArea, Ui, vec2};

use super::super::{View, remembered, shelf, verdict};
use super::page_id;
use crate::advice;
use crate::app::command::Command;
use crate::app::history::{Change, History, Kept, Record};
use crate::app::icons::Icon;
use crate::app::library::page::registry_title;
use crate::app::library::{self, Entry};
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button, Look, Tone};
use crate::app::words::history as words;
use crate::knowledge::Knowledge;

/// Longer lines are hard to read.
const WIDEST: f32 = 760.0;

/// Draws it up to the window's edge, so that the scroll bar stands in the margin.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, history: &History, (left, margin): (f32, f32)) {
    let record = history.page.and_then(|id| view.state.past.record(id));
    let room = ui.max_rect();
    // The diagnosis is one control: it takes the keyboard, so that arrow keys scroll it.
    let control =
        record.map(|record| shelf::control(ui, room, page_id(), Role::Article, &words::entry(&record.title)));
    let has_focus = control.is_some_and(|control| control.has_focus());
    ScrollArea::vertical().id_salt(("history page", history.page)).auto_shrink(false).show(ui, |ui| {
        if has_focus {
            shelf::scroll_with_keys(ui, room.height());
        }
        let width = (ui.available_width() - left - margin).min(WIDEST);
        shelf::column(ui, (left, margin, margin), width, |ui| match record {
            Some(record) => content(ui, view, record),
            None => intro(ui),
        });
    });
    if has_focus {
        shelf::ring(ui, room);
    }
}

/// Before anything is opened.
fn intro(ui: &mut Ui) {
    let theme = Theme::of(ui);
    widgets::card(ui, |ui| {
        widgets::heading(ui, Type::Title, 1, words::HEADING);
        widgets::text(ui, Type::Body, theme.text_quiet, words::LEAD);
        ui.add_space(4.0);
        widgets::note(ui, Icon::Keyboard, theme.text_faint, words::CHOOSE);
    });
}

fn content(ui: &mut Ui, view: &mut View<'_>, record: &Record) {
    if ui.ctx().content_rect().width() < shelf::BESIDE
        && ui.add(Button::new(words::TO_LIST).icon(Icon::List).small()).clicked()
    {
        view.push(Command::InHistory(Change::ShowList));
    }
    widgets::card(ui, |ui| {
        chips(ui, record);
        ui.spacing_mut().item_spacing.y = 6.0;
        widgets::heading(ui, Type::Title, 1, &record.title);
        widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, when(view, record));
        facts(ui, view, record);
        ui.add_space(8.0);
        actions(ui, view, record);
    });
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Note, words::NOTE, |_| {});
        remembered::note(ui, view, record.id);
    });
}

fn when(view: &View<'_>, record: &Record) -> String {
    let past = &view.state.past;
    let (day, today) = (|seconds| past.day(seconds), past.today());
    if record.times > 1 {
        let at = |seconds| words::at(&words::on_day(day(seconds), today), &past.time(seconds));
        return words::read_often(record.times, &at(record.first), &at(record.last));
    }
    words::at(&words::day_heading(day(record.last), today), &past.time(record.last))
}

/// What was refused at the left, how sure the cause was at the right.
fn chips(ui: &mut Ui, record: &Record) {
    let (tone, icon) = verdict::confidence_look(record.confidence);
    let color = tone.colors(Theme::of(ui)).0;
    let word = words::confidence(record);
    let width = widgets::plain_chip_width(ui, word);
    ui.horizontal(|ui| {
        widgets::chip(ui, Tone::Danger, Icon::Refused, &record.headline);
        ui.add_space((ui.available_width() - width).max(0.0));
        widgets::plain_chip(ui, icon, color, word);
    });
}

fn facts(ui: &mut Ui, view: &View<'_>, record: &Record) {
    let knowledge = view.state.entries.0;
    let facts = [
        (words::PACKAGE, record.package_and_version()),
        (words::REGISTRY, registry(record, knowledge)),
        (words::CLIENT, client(record, knowledge)),
        (words::REASON, record.reason.clone()),
        (words::LOG, Some(record.log.clone())),
    ];
    for (name, value) in facts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let theme = Theme::of(ui);
        ui.add_space(2.0);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let label = widgets::text(ui, Type::Label, theme.text_faint, name);
            widgets::mark_heading(&label, 3, name);
            widgets::text(ui, Type::Body, theme.text, value);
        });
    }
}

fn registry(record: &Record, knowledge: &Knowledge) -> Option<String> {
    let named = record.provider.as_deref().filter(|id| *id != "generic");
    let title = named.and_then(|id| knowledge.provider(id)).map(registry_title);
    match (title, &record.host) {
        (Some(title), Some(host)) => Some(format!("{title}, {host}")),
        (title, host) => title.or_else(|| host.clone()),
    }
}

fn client(record: &Record, knowledge: &Knowledge) -> Option<String> {
    let id = record.client.as_ref()?;
    let title = knowledge.client(id).map_or(id.as_str(), |client| client.title.as_str());
    Some(match &record.client_version {
        Some(version) => format!("{title} {version}"),
        None => title.to_owned(),
    })
}

fn actions(ui: &mut Ui, view: &mut View<'_>, record: &Record) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        // A cause of own entries may be gone.
        let is_known = advice::describe_title(view.state.entries.0, &record.cause).is_some();
        if record.kept == Kept::Yes && ui.add(Button::new(words::OPEN_LOG).icon(Icon::File).small()).clicked()
        {
            view.push(Command::InHistory(Change::OpenLog(record.id)));
        }
        if is_known && ui.add(Button::new(words::IN_LIBRARY).icon(Icon::Book).small()).clicked() {
            view.push(Command::Library);
            let cause = Entry::Cause(record.cause.clone());
            view.push(Command::InLibrary(library::Change::Follow(cause)));
        }
        let delete = Button::new(words::DELETE).icon(Icon::Trash).small().look(Look::Ghost);
        if ui.add(delete.name(words::delete_name(&record.title))).clicked() {
            view.push(Command::InHistory(Change::Delete(record.id)));
        }
    });
    let why_not = match record.kept {
        Kept::Yes => return,
        Kept::No => words::LOG_NOT_KEPT,
        Kept::TooLong => words::LOG_TOO_LONG,
        Kept::Gone => words::LOG_MADE_ROOM,
    };
    widgets::note(ui, Icon::Info, Theme::of(ui).text_faint, why_not);
}
