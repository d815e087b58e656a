//! The history page.

use egui::Ui;

use super::View;
use crate::app::history::History;

pub(super) fn show(_ui: &mut Ui, _view: &mut View<'_>, _page: &History) {}
