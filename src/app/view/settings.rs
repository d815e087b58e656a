//! The settings page.

use egui::Ui;

use super::View;
use crate::app::settings::SettingsPage;

pub(super) fn show(_ui: &mut Ui, _view: &mut View<'_>, _page: &SettingsPage) {}
