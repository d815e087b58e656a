//! A page of the library: like the answer to a log, without the log.

use egui::accesskit::Role;
use egui::{ScrollArea, Sense, Ui, pos2, vec2};

use super::super::fixes::{self, Guard};
use super::super::{Folds, View, footnotes, shelf};
use super::page_id;
use crate::advice::{Cause, Related};
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::library::page::{Body, CausePage, Link, Page, Place};
use crate::app::library::{Change, Entry, Library};
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Disclosure, Look, Tone};
use crate::app::words;
use crate::app::words::library as said;

/// Longer lines are hard to read.
const WIDEST: f32 = 820.0;

/// Draws the page up to the window's edge, so that the scroll bar stands in the margin.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, library: &Library, (left, margin): (f32, f32)) {
    let Some(page) = &library.page else {
        intro(ui, view, margin);
        return;
    };
    let room = ui.max_rect();
    let name = said::page(&page.title);
    // The page is one control: it takes the keyboard, so that arrow keys scroll it.
    let control = shelf::control(ui, room, page_id(), Role::Article, &name);
    // A new page starts at its top, and going back finds the place again.
    ScrollArea::vertical().id_salt(("library page", &page.title)).auto_shrink(false).show(ui, |ui| {
        if control.has_focus() {
            shelf::scroll_with_keys(ui, room.height());
        }
        let width = (ui.available_width() - left - margin).min(WIDEST);
        shelf::column(ui, (left, margin, margin), width, |ui| {
            ways_back(ui, view, library);
            content(ui, view, library, page);
        });
    });
    if control.has_focus() {
        shelf::ring(ui, room);
    }
}

/// Before anything is opened.
fn intro(ui: &mut Ui, view: &View<'_>, margin: f32) {
    let theme = Theme::of(ui);
    let knowledge = view.state.entries.0;
    ui.add_space(margin);
    ui.scope(|ui| {
        ui.set_width((ui.available_width() - margin).min(WIDEST));
        widgets::card(ui, |ui| {
            widgets::heading(ui, Type::Title, 1, said::HEADING);
            widgets::text(ui, Type::Body, theme.text_quiet, said::LEAD);
            let counts = said::counts(
                knowledge.causes().len(),
                knowledge.related().len(),
                knowledge.providers().len(),
            );
            widgets::text(ui, Type::Body, theme.text_quiet, counts);
            ui.add_space(4.0);
            widgets::note(ui, Icon::Keyboard, theme.text_faint, said::HOW);
        });
    });
}

fn ways_back(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    let is_alone = ui.ctx().content_rect().width() < shelf::BESIDE;
    if !is_alone && library.trail.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        if is_alone
            && ui.add(Button::new(said::TO_LIST).icon(Icon::List).small().look(Look::Outlined)).clicked()
        {
            view.push(Command::InLibrary(Change::ShowList));
        }
        if !library.trail.is_empty() {
            let back = Button::new(said::PAGE_BACK).icon(Icon::Left).small().look(Look::Outlined);
            let is_mac = ui.ctx().os() == egui::os::OperatingSystem::Mac;
            let tip = format!("{}+←", egui::ModifierNames::NAMES.format(&egui::Modifiers::ALT, is_mac));
            if ui.add(back.tip(tip)).clicked() {
                view.push(Command::InLibrary(Change::PageBack));
            }
        }
    });
}

fn content(ui: &mut Ui, view: &mut View<'_>, library: &Library, page: &Page) {
    let folds =
        Folds { opened: &library.opened, confirming: library.confirming.as_deref(), client: Some("npm") };
    match &page.body {
        Body::Cause(cause) => cause_page(ui, view, &folds, page, cause),
        Body::Related { related, reviewed } => related_page(ui, view, page, related, reviewed),
        Body::Registry { hosts, admin, docs } => {
            widgets::card(ui, |ui| {
                let theme = Theme::of(ui);
                head(ui, page);
                part(ui, said::ADMIN);
                widgets::text(ui, Type::Body, theme.text_quiet, admin);
                if !hosts.is_empty() {
                    part(ui, said::HOSTS);
                    for host in hosts {
                        widgets::text(ui, Type::Mono, theme.text_quiet, host);
                    }
                }
            });
            links(ui, view, page);
            widgets::card(ui, |ui| {
                widgets::card_heading(ui, Icon::Book, words::SOURCES, |_| {});
                if footnotes::source_row(ui, docs) {
                    view.push(Command::OpenUrl(docs.url.clone()));
                }
            });
        }
    }
}

fn cause_page(ui: &mut Ui, view: &mut View<'_>, folds: &Folds<'_>, page: &Page, shown: &CausePage) {
    let cause = &shown.cause;
    widgets::card(ui, |ui| {
        let theme = Theme::of(ui);
        head(ui, page);
        if cause.own || cause.extended {
            let mark = if cause.own { words::OWN_ENTRY } else { words::EXTENDED };
            widgets::line(ui, Type::Note, theme.text_faint, mark);
        }
        widgets::text(ui, Type::Body, theme.text_quiet, &cause.summary);
        if !shown.names.is_empty() {
            part(ui, said::ALSO_KNOWN_AS);
            ui.spacing_mut().item_spacing.y = 2.0;
            for name in &shown.names {
                widgets::text(ui, Type::Body, theme.text_quiet, name);
            }
        }
    });
    footnotes::background(ui, cause);
    checks(ui, view, page, cause);
    fixes::show(ui, view, folds, cause);
    places(ui, view, folds, page, &shown.places);
    footnotes::questions(ui, view, folds, cause);
    links(ui, view, page);
    footnotes::sources(ui, view, cause);
}

fn related_page(ui: &mut Ui, view: &mut View<'_>, page: &Page, related: &Related, reviewed: &str) {
    widgets::card(ui, |ui| {
        let theme = Theme::of(ui);
        widgets::chip(ui, Tone::Warn, Icon::Key, &related.code);
        head(ui, page);
        if related.own {
            widgets::line(ui, Type::Note, theme.text_faint, words::OWN_ENTRY);
        }
        widgets::text(ui, Type::Body, theme.text_quiet, &related.advice);
        if let Some(next) = &related.next {
            part(ui, said::NEXT);
            fixes::show_step(ui, view, next, &format!("related {}", related.id), Guard::NONE, &mut true);
        }
    });
    links(ui, view, page);
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Book, words::SOURCES, |ui| reviewed_chip(ui, reviewed));
        for source in &related.sources {
            if footnotes::source_row(ui, source) {
                view.push(Command::OpenUrl(source.url.clone()));
            }
        }
    });
}

fn reviewed_chip(ui: &mut Ui, reviewed: &str) {
    let reviewed = words::reviewed(reviewed);
    ui.add_space((ui.available_width() - widgets::plain_chip_width(ui, &reviewed)).max(0.0));
    widgets::plain_chip(ui, Icon::Reviewed, Theme::of(ui).text_faint, &reviewed);
}

/// The title, and below it the id, which stays the same for ever.
fn head(ui: &mut Ui, page: &Page) {
    widgets::heading(ui, Type::Title, 1, &page.title);
    let (Entry::Cause(id) | Entry::Related(id) | Entry::Registry(id)) = &page.entry;
    widgets::text(ui, Type::Mono, Theme::of(ui).text_faint, id);
}

fn part(ui: &mut Ui, text: &str) {
    ui.add_space(4.0);
    let response = widgets::text(ui, Type::Label, Theme::of(ui).text_faint, text);
    widgets::mark_heading(&response, 3, text);
}

/// What to check, without boxes: there is no log whose checks could be done.
fn checks(ui: &mut Ui, view: &mut View<'_>, page: &Page, cause: &Cause) {
    if cause.checklist.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Checklist, said::CHECK, |_| {});
        check_list(ui, view, page, cause);
    });
}

fn check_list(ui: &mut Ui, view: &mut View<'_>, page: &Page, cause: &Cause) {
    let theme = Theme::of(ui);
    for (at, check) in cause.checklist.iter().enumerate() {
        if at > 0 {
            ui.add_space(8.0);
        }
        widgets::text(ui, Type::Item, theme.text, &check.todo);
        footnotes::check_body(ui, view, check, &format!("check {}/{at}", cause.id));
        let instead = check.otherwise.as_ref().and_then(|id| {
            let entry = Entry::Cause(id.clone());
            page.links.iter().find(|link| link.entry == entry)
        });
        if let Some(link) = instead {
            link_row(ui, view, link, &format!("{}: {}", words::OTHERWISE, link.title));
        }
    }
}

/// What differs on single registries, closed until it is asked for.
fn places(ui: &mut Ui, view: &mut View<'_>, folds: &Folds<'_>, page: &Page, places: &[Place]) {
    if places.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Building, said::ON_REGISTRIES, |_| {});
        ui.spacing_mut().item_spacing.y = 0.0;
        for place in places {
            let is_open = folds.opened.contains(&place.key);
            if Disclosure::new(&place.title).show(ui, is_open).clicked() {
                view.push(Command::Toggle(place.key.clone()));
            }
            if is_open {
                widgets::indented(ui, 26.0, |ui| one_place(ui, view, folds, page, &place.cause));
                ui.add_space(12.0);
            }
        }
    });
}

fn one_place(ui: &mut Ui, view: &mut View<'_>, folds: &Folds<'_>, page: &Page, cause: &Cause) {
    let theme = Theme::of(ui);
    let summary = (!cause.summary.is_empty()).then_some(&cause.summary);
    for paragraph in summary.into_iter().chain(&cause.explanation) {
        widgets::text(ui, Type::Body, theme.text_quiet, paragraph);
    }
    if !cause.checklist.is_empty() {
        part(ui, said::CHECK);
        check_list(ui, view, page, cause);
    }
    if !cause.fixes.is_empty() {
        part(ui, said::FIX);
        for (at, fix) in cause.fixes.iter().enumerate() {
            fixes::open_fix(ui, view, folds, fix, &format!("fix {}/{at}", cause.id), &mut false);
        }
    }
    for source in &cause.sources {
        if footnotes::source_row(ui, source) {
            view.push(Command::OpenUrl(source.url.clone()));
        }
    }
}

/// Ways to other pages, by why one would go there.
fn links(ui: &mut Ui, view: &mut View<'_>, page: &Page) {
    if page.links.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Alternatives, said::SEE_ALSO, |_| {});
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut why = "";
        for link in &page.links {
            if link.why != why {
                why = link.why;
                part(ui, why);
            }
            link_row(ui, view, link, &link.title);
        }
    });
}

/// A title that leads to its page.
fn link_row(ui: &mut Ui, view: &mut View<'_>, link: &Link, text: &str) {
    let theme = Theme::of(ui);
    let room = ui.available_width() - 24.0;
    let title = widgets::clipped(ui, widgets::job(Type::Body, theme.accent, text), room, usize::MAX, false);
    let size = vec2(ui.available_width(), title.size().y + 8.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if ui.is_rect_visible(rect) {
        widgets::hover(ui, rect, &response);
        let painter = ui.painter();
        Icon::Otherwise.paint(painter, pos2(rect.left() + 8.0, rect.top() + 14.0), 14.0, theme.text_faint);
        painter.galley(pos2(rect.left() + 24.0, rect.top() + 4.0), title, theme.accent);
        widgets::focus_ring(ui, &response, theme::RADIUS_SMALL);
    }
    widgets::name(&response, Role::Link, text);
    if response.clicked() {
        view.push(Command::InLibrary(Change::Follow(link.entry.clone())));
    }
}
