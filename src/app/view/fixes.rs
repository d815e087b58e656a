//! The fixes: titled steps, each with what is to be copied, opened or sent.

use egui::accesskit::Role;
use egui::{Response, Ui, vec2};

use super::{Folds, View};
use crate::advice::{self, Cause, Fix, Shell, Step, StepKind};
use crate::app::command::Command;
use crate::app::copying;
use crate::app::icons::Icon;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button, CommandBox, Disclosure, Look, Prompt, Tone};
use crate::app::words;
use crate::knowledge::{Risk, Who};

/// The height of the choice of shells.
const SHELLS: f32 = 28.0;
/// In a narrower card, the choices stand below the heading.
const BESIDE: f32 = 440.0;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, page: &Folds<'_>, cause: &Cause) {
    if cause.fixes.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        let is_beside = ui.available_width() >= BESIDE;
        widgets::card_heading(ui, Icon::Wrench, words::FIX, |ui| {
            if is_beside {
                choices(ui, view, page, cause);
            }
        });
        if !is_beside {
            ui.horizontal_wrapped(|ui| choices(ui, view, page, cause));
        }
        let mut primary = true;
        let has_log = view.state.section.is_none();
        for (at, fix) in cause.fixes.iter().enumerate() {
            let key = format!("fix {}/{at}", cause.id);
            if at == 0 {
                open_fix(ui, view, page, fix, &key, &mut primary);
            } else {
                ui.add_space(if at == 1 { 8.0 } else { 0.0 });
                widgets::hairline(ui);
                other_fix(ui, view, page, fix, &key, &mut primary);
            }
        }
        if has_log && copying::has_several_commands(&cause.fixes) {
            ui.add_space(8.0);
            let copied = view.was_copied("commands");
            view.press(ui, Command::CopyAllCommands, |button| {
                let button = button.small();
                if copied { button.look(Look::Done).icon(Icon::Check) } else { button.look(Look::Outlined) }
            });
        }
    });
}

/// Whose words and whose quotes the commands are in, if there is a command.
fn choices(ui: &mut Ui, view: &mut View<'_>, page: &Folds<'_>, cause: &Cause) {
    let has_command = cause.fixes.iter().flat_map(|fix| &fix.steps).any(|step| step.command.is_some())
        || cause.checklist.iter().any(|check| check.command.is_some());
    if !has_command {
        return;
    }
    let options = Shell::ALL.map(|shell| (words::shell(shell), shell.title()));
    let chosen = Shell::ALL.iter().position(|&shell| shell == view.state.settings.shell).unwrap_or(0);
    let client = client_button(view, page);
    let width = widgets::segmented_width(ui, &options, SHELLS) + 8.0 + client.width(ui);
    if ui.available_width() >= width && !ui.layout().main_wrap() {
        ui.add_space(ui.available_width() - width);
    }
    let response = ui.add(client);
    client_menu(&response, view, page);
    if let Some(shell) = widgets::segmented(ui, Role::RadioButton, &options, chosen, SHELLS) {
        view.push(Command::SetShell(Shell::ALL[shell]));
    }
}

/// The name of a client, if it is one that commands can be spelled for.
fn client_title(view: &View<'_>, id: Option<&str>) -> Option<&'static str> {
    let client = id.and_then(|id| view.state.entries.0.client(id))?;
    Some(client.title.as_str())
}

/// The client of the shown request.
fn own_client(view: &View<'_>, page: &Folds<'_>) -> Option<&'static str> {
    client_title(view, page.client)
}

fn client_button(view: &View<'_>, page: &Folds<'_>) -> Button<'static> {
    let chosen = client_title(view, view.state.settings.client.as_deref());
    let title = chosen.or_else(|| own_client(view, page)).unwrap_or(words::OWN_CLIENT);
    Button::new(title)
        .icon_after(Icon::Down)
        .small()
        .look(Look::Ghost)
        .name(words::commands_for(title))
        .tip(words::CLIENT_TIP)
}

fn client_menu(button: &Response, view: &mut View<'_>, page: &Folds<'_>) {
    egui::Popup::menu(button).gap(4.0).show(|ui| {
        ui.set_width(200.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        let chosen = view.state.settings.client.clone();
        let mut clients: Vec<_> = view.state.entries.0.clients().iter().collect();
        clients.sort_by_key(|client| client.title.to_lowercase());
        let clients = clients.into_iter().map(|client| Some(client.id.clone()));
        for client in std::iter::once(None).chain(clients) {
            let title = match &client {
                Some(id) => client_title(view, Some(id)).unwrap_or_default().to_owned(),
                None => words::own_client(own_client(view, page)),
            };
            if widgets::menu_item(ui, &title, client == chosen) {
                view.push(Command::SetClient(client));
            }
        }
    });
}

/// The fix that most people want, open.
pub(super) fn open_fix(
    ui: &mut Ui,
    view: &mut View<'_>,
    page: &Folds<'_>,
    fix: &Fix,
    key: &str,
    primary: &mut bool,
) {
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
    ui.horizontal_wrapped(|ui| {
        let title = widgets::text(ui, Type::Item, theme.text, &fix.title);
        widgets::mark_heading(&title, 3, &fix.title);
        fix_chips(ui, fix);
    });
    if let Some(when) = &fix.when {
        widgets::text(ui, Type::Note, theme.text_quiet, when);
    }
    ui.add_space(2.0);
    steps(ui, view, page, fix, key, primary);
}

/// Any other fix: its title and when to choose it; the steps when it is opened.
fn other_fix(ui: &mut Ui, view: &mut View<'_>, page: &Folds<'_>, fix: &Fix, key: &str, primary: &mut bool) {
    let is_open = page.opened.contains(key);
    let theme = Theme::of(ui);
    let mut line = Disclosure::new(&fix.title).note(fix.when.as_deref().unwrap_or_default());
    if fix.who != Who::You {
        line = line.tag(who_icon(fix.who), theme.text_faint, words::who(fix.who));
    }
    if let Some(risk) = words::risk(fix.risk) {
        let (tone, icon) = risk_look(fix.risk);
        let color = if tone == Tone::Plain { theme.text_faint } else { tone.colors(theme).0 };
        line = line.tag(icon, color, risk);
    }
    if line.show(ui, is_open).clicked() {
        view.push(Command::Toggle(key.to_owned()));
    }
    if !is_open {
        return;
    }
    widgets::indented(ui, 26.0, |ui| {
        steps(ui, view, page, fix, key, primary);
        ui.add_space(8.0);
    });
}

fn fix_chips(ui: &mut Ui, fix: &Fix) {
    if fix.who != Who::You {
        widgets::chip(ui, Tone::Plain, who_icon(fix.who), words::who(fix.who));
    }
    if let Some(risk) = words::risk(fix.risk) {
        let (tone, icon) = risk_look(fix.risk);
        widgets::chip(ui, tone, icon, risk);
    }
}

const fn risk_look(risk: Risk) -> (Tone, Icon) {
    match risk {
        Risk::BreaksOthers => (Tone::Danger, Icon::Warning),
        Risk::ChangesConfig | Risk::None => (Tone::Plain, Icon::Edit),
    }
}

fn steps(ui: &mut Ui, view: &mut View<'_>, page: &Folds<'_>, fix: &Fix, key: &str, primary: &mut bool) {
    for (at, step) in fix.steps.iter().enumerate() {
        if at > 0 {
            ui.add_space(4.0);
        }
        let key = format!("{key}/{at}");
        let guard = Guard { risk: fix.risk, is_confirmed: page.confirming == Some(key.as_str()) };
        show_step(ui, view, step, &key, guard, primary);
    }
}

const fn who_icon(who: Who) -> Icon {
    match who {
        Who::You => Icon::Person,
        Who::PackageOwner => Icon::PackageOwner,
        Who::OrgOwner => Icon::People,
        Who::RegistryAdmin => Icon::Building,
        Who::NetworkAdmin => Icon::Network,
        Who::Vendor => Icon::Support,
    }
}

/// Whether a copy needs a second press, and whether the first was made.
#[derive(Clone, Copy)]
pub(super) struct Guard {
    risk: Risk,
    is_confirmed: bool,
}

impl Guard {
    /// For what cannot break anything.
    pub(super) const NONE: Self = Self { risk: Risk::None, is_confirmed: false };

    fn asks(self) -> bool {
        self.risk == Risk::BreaksOthers && !self.is_confirmed
    }
}

/// One step. The first command that is drawn gets the one primary button.
pub(super) fn show_step(
    ui: &mut Ui,
    view: &mut View<'_>,
    step: &Step,
    key: &str,
    guard: Guard,
    primary: &mut bool,
) {
    let theme = Theme::of(ui);
    match (step.kind, &step.command) {
        (StepKind::Run, Some(command)) => show_command(ui, view, command, key, guard, primary),
        (StepKind::Run, None) => {
            widgets::text(ui, Type::Mono, theme.text_quiet, &step.text);
        }
        (StepKind::Edit, _) => {
            let file = step.file.as_deref().unwrap_or_default();
            widgets::note(ui, Icon::Edit, theme.text_quiet, words::lines_for(file));
            let clip =
                Copying { label: words::COPY_LINES, what: words::THE_LINES.to_owned(), text: &step.text };
            copy_box(ui, view, CommandBox::new(Prompt::Code, &step.text), &clip, key, guard, Look::Outlined);
        }
        (StepKind::Tell, _) => {
            widgets::note(ui, Icon::Message, theme.text_quiet, words::MESSAGE);
            let clip =
                Copying { label: words::COPY_MESSAGE, what: words::THE_MESSAGE.to_owned(), text: &step.text };
            copy_box(ui, view, CommandBox::new(Prompt::Prose, &step.text), &clip, key, guard, Look::Outlined);
        }
        (StepKind::Open, _) => open_page(ui, view, &step.text),
    }
    if guard.risk == Risk::BreaksOthers && guard.is_confirmed {
        widgets::note(ui, Icon::Warning, theme.danger, words::RISK_NOTE);
    }
    if let Some(note) = &step.note {
        widgets::note(ui, Icon::Info, theme.text_faint, note);
    }
}

/// A command in the chosen shell's words.
pub(super) fn show_command(
    ui: &mut Ui,
    view: &mut View<'_>,
    command: &advice::Command,
    key: &str,
    guard: Guard,
    primary: &mut bool,
) {
    let theme = Theme::of(ui);
    let shell = view.state.settings.shell;
    let Some(text) = command.for_shell(shell) else {
        widgets::note(ui, Icon::Info, theme.warn, words::cannot_carry(shell));
        return;
    };
    let look = if std::mem::take(primary) { Look::Primary } else { Look::Outlined };
    let label = if look == Look::Primary { words::COPY_COMMAND } else { words::COPY };
    let gaps: Vec<String> = command.missing.iter().map(|fact| format!("<{}>", fact.name())).collect();
    let clip = Copying { label, what: words::the_command(text), text };
    let shown = CommandBox::new(Prompt::Shell(words::prompt(shell)), text).gaps(&gaps);
    copy_box(ui, view, shown, &clip, key, guard, look);
    if !command.missing.is_empty() {
        let names: Vec<&str> = command.missing.iter().map(|fact| fact.name()).collect();
        let has_log = view.state.section.is_none();
        let gaps = if has_log { words::fill_in(&names) } else { words::library::fill_in(&names) };
        widgets::note(ui, Icon::Warning, theme.warn, gaps);
    }
    if let Some(client) = &command.spelled_for {
        let has_log = view.state.section.is_none();
        let whose = if has_log { words::spelled_for(client) } else { words::library::spelled_for(client) };
        widgets::note(ui, Icon::Info, theme.text_faint, whose);
    }
}

/// A line for a file, as the plus side of a diff.
pub(super) fn show_line(ui: &mut Ui, view: &mut View<'_>, line: &str, key: &str, guard: Guard) {
    let clip =
        Copying { label: words::inquiry::COPY_LINE, what: words::inquiry::THE_LINE.to_owned(), text: line };
    copy_box(ui, view, CommandBox::new(Prompt::Shell("+"), line), &clip, key, guard, Look::Outlined);
}

/// What a copy button says and does.
struct Copying<'a> {
    label: &'static str,
    what: String,
    text: &'a str,
}

fn copy_box(
    ui: &mut Ui,
    view: &mut View<'_>,
    shown: CommandBox<'_>,
    clip: &Copying<'_>,
    key: &str,
    guard: Guard,
    look: Look,
) {
    let was_copied = view.was_copied(key);
    let label = if clip.label == words::COPY { words::COPY_COMMAND } else { clip.label };
    let button = match (was_copied, guard.is_confirmed && guard.risk == Risk::BreaksOthers) {
        (true, _) => Button::new(words::COPIED).icon(Icon::Check).look(Look::Done),
        (false, true) => Button::new(words::RISK_COPY).icon(Icon::Warning).look(Look::Danger),
        (false, false) => Button::new(clip.label).icon(Icon::Copy).look(look),
    };
    let first_line = clip.text.lines().next().unwrap_or_default();
    let button = button.name(words::copy_name(label, first_line));
    if shown.show(ui, button).clicked() {
        view.push(if guard.asks() {
            Command::Confirm(key.to_owned())
        } else {
            View::clip(clip.text, clip.what.clone(), key)
        });
    }
}

/// A page to open.
pub(super) fn open_page(ui: &mut Ui, view: &mut View<'_>, url: &str) {
    let shown = url.split_once("://").map_or(url, |(_, rest)| rest);
    let short: String = if shown.chars().count() > 56 {
        shown.chars().take(55).chain(['…']).collect()
    } else {
        shown.trim_end_matches('/').to_owned()
    };
    let button = Button::new(short).icon_after(Icon::External).name(words::open_name(url)).tip(url);
    if ui.add(button).clicked() {
        view.push(Command::OpenUrl(url.to_owned()));
    }
}
