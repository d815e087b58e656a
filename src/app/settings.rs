//! The settings page: one place for everything that can be set; every change takes effect and is saved at once.
//!
//! Owns what is open on the page, and every change of it. Must not know how it is drawn.

use super::command::Command;
use super::state::{Section, State};
use super::update::World;

/// Something that can be set.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {}

/// What the page shows beside the settings themselves.
#[derive(Debug, Default)]
pub struct SettingsPage {}

/// Carries out what concerns the settings page, and gives back what does not.
pub fn take(state: &mut State, command: Command, _world: &World<'_>) -> Option<Command> {
    match command {
        Command::Settings => state.section = Some(Section::Settings(Box::default())),
        Command::InSettings(change) => match change {},
        Command::Back if state.overlay.is_none() && matches!(state.section, Some(Section::Settings(_))) => {
            state.section = None;
        }
        other => return Some(other),
    }
    None
}
