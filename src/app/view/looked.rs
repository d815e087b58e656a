//! The card with what was found beyond the log: findings, lines to change, causes that are out.

use egui::Ui;

use super::View;
use super::fixes::{self, Guard};
use crate::advice::{Incident, Observation};
use crate::app::icons::Icon;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Tone};
use crate::app::words::inquiry as words;
use crate::facts::{Correction, Sign};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, incident: &Incident) {
    if incident.observations.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Network, words::LOOKED, |_| {});
        for (at, observation) in incident.observations.iter().enumerate() {
            let tone = match (observation.proves.is_empty(), observation.excludes.is_empty()) {
                (false, _) => Tone::Ok,
                _ => tone_of(observation.observed),
            };
            finding(ui, &observation.text, tone);
            if let Some(correction) = &observation.correction {
                widgets::indented(ui, 22.0, |ui| change(ui, view, correction, at, observation));
            }
        }
        if !incident.excluded.is_empty() {
            ui.add_space(6.0);
            let heading = widgets::text(ui, Type::Label, theme.text_faint, words::RULED_OUT);
            widgets::mark_heading(&heading, 3, words::RULED_OUT);
            for excluded in &incident.excluded {
                let line =
                    format!("{}: {}", excluded.title, super::super::words::sentence(&excluded.because));
                widgets::note(ui, Icon::Close, theme.text_quiet, line);
            }
        }
    });
}

/// One finding with the icon of its kind.
pub(super) fn finding(ui: &mut Ui, text: &str, tone: Tone) {
    let theme = Theme::of(ui);
    let (icon, ink) = match tone {
        Tone::Ok => (Icon::Check, theme.ok),
        Tone::Warn | Tone::Danger => (Icon::Warning, theme.warn),
        Tone::Accent | Tone::Plain => (Icon::Info, theme.text_quiet),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        widgets::icon_here(ui, icon, 15.0, ink);
        widgets::text(ui, Type::Body, theme.text_quiet, super::super::words::sentence(text));
    });
}

/// Whether a finding is good news.
pub(super) const fn tone_of(sign: Sign) -> Tone {
    match sign {
        Sign::RegistryAsConfigured
        | Sign::CredentialMatches
        | Sign::LockfileSameHost
        | Sign::LoggedIn
        | Sign::IsMaintainer
        | Sign::MayWrite
        | Sign::EmailVerified
        | Sign::CredentialAllowed
        | Sign::AnonymousAllowed
        | Sign::AllowedNow
        | Sign::KindAsExpected
        | Sign::RegistryWell
        | Sign::VersionFree => Tone::Ok,
        Sign::NoCredential
        | Sign::CredentialElsewhere
        | Sign::VariableUnset
        | Sign::FileNotRead
        | Sign::TokenExpired
        | Sign::ForeignToken
        | Sign::FineGrainedToken
        | Sign::PasswordNotBase64
        | Sign::ValueCut
        | Sign::FileUtf16
        | Sign::LockfileOtherHost
        | Sign::PublishConfigShadowed
        | Sign::RegistryDiffers
        | Sign::MiddleBox
        | Sign::ProxyRefused
        | Sign::LoginDead
        | Sign::TlsIntercepted
        | Sign::PublicOtherBytes => Tone::Warn,
        _ => Tone::Plain,
    }
}

/// A line to change, as in a diff. It is copied and never written.
fn change(ui: &mut Ui, view: &mut View<'_>, correction: &Correction, at: usize, found: &Observation) {
    let theme = Theme::of(ui);
    let place = match correction.line {
        Some(line) => format!("{} line {line}", correction.file),
        None => correction.file.clone(),
    };
    widgets::note(ui, Icon::Edit, theme.text_quiet, place);
    if let Some(old) = &correction.old {
        diff_row(ui, "-", old, theme.danger);
    }
    match &correction.new {
        Some(new) => {
            fixes::show_line(ui, view, new, &format!("correction {}/{at}", found.observed), Guard::NONE)
        }
        None => {
            widgets::note(ui, Icon::Eraser, theme.warn, words::REMOVE_LINE);
        }
    }
}

fn diff_row(ui: &mut Ui, mark: &str, text: &str, ink: egui::Color32) {
    widgets::text(ui, Type::Mono, ink, format!("{mark} {text}"));
}
