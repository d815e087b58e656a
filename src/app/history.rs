//! What was diagnosed before: listed, searched, annotated, deleted.
//!
//! Owns what is listed and chosen in the history, and every change of that. Must not know how it is drawn or stored.

use super::command::Command;
use super::state::{Section, State};
use super::update::World;

/// Something that can be done in the history.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {}

/// What the history shows.
#[derive(Debug, Default)]
pub struct History {}

/// Carries out what concerns the history, and gives back what does not.
pub fn take(state: &mut State, command: Command, _world: &World<'_>) -> Option<Command> {
    match command {
        Command::History => state.section = Some(Section::History(Box::default())),
        Command::InHistory(change) => match change {},
        Command::Back if state.overlay.is_none() && matches!(state.section, Some(Section::History(_))) => {
            state.section = None;
        }
        other => return Some(other),
    }
    None
}
