//! The palette: every command by a few of its letters.
//!
//! Owns which commands are offered, in which order, and which one is chosen. Must not know how it is drawn.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::command::Command;
use super::state::{Overlay, State};
use super::update::{self, World};

/// What was typed, and which line is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// What was typed.
    pub query: String,
    /// The chosen line, counted from 0.
    pub chosen: usize,
}

/// The commands that can do something now and whose label or tooltip holds the letters, best first.
pub fn matches(state: &State, query: &str) -> Vec<Command> {
    let offered = Command::LISTED.iter().filter(|command| {
        // Going back from the palette would only close it.
        !matches!(command, Command::Palette | Command::Menu | Command::Back) && command.is_available(state)
    });
    let offered = offered.cloned();
    if query.trim().is_empty() {
        return offered.collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(query.trim(), CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
    let mut found: Vec<(u32, Command)> = offered
        .filter_map(|command| {
            // The label counts twice: it is what people remember.
            let label = score(command.label()).map(|points| points * 2);
            Some((label.max(score(command.tooltip()))?, command))
        })
        .collect();
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    found.into_iter().map(|(_, command)| command).collect()
}

/// Opens the palette.
pub fn open(state: &mut State) {
    state.overlay = Some(Overlay::Palette(Palette::default()));
}

/// Something was typed, or another line chosen.
pub fn set(state: &mut State, palette: Palette) {
    if let Some(Overlay::Palette(shown)) = &mut state.overlay {
        *shown = palette;
    }
}

/// Carries the chosen command out.
pub fn run(state: &mut State, world: &World<'_>) {
    let Some(Overlay::Palette(palette)) = state.overlay.take() else { return };
    let chosen = matches(state, &palette.query).into_iter().nth(palette.chosen);
    if let Some(command) = chosen {
        update::apply(state, command, world);
    }
}
