//! The search in the log.
//!
//! Owns what is searched for, where it was found and which place is shown. Must not know how it is drawn.

use super::command::Command;
use super::state::State;
use super::update::World;

/// Something that can be done with the search.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {}

/// What is searched for in a log.
#[derive(Debug, Default)]
pub struct Find {}

/// Carries out what concerns the search, and gives back what does not.
pub fn take(state: &mut State, command: Command, _world: &World<'_>) -> Option<Command> {
    match command {
        Command::Find => {
            if let Some(case) = state.case_mut() {
                case.find = Some(Find::default());
            }
        }
        Command::FindNext | Command::FindPrevious => {}
        Command::InFind(change) => match change {},
        other => return Some(other),
    }
    None
}
