//! What holds for every command.

use std::collections::BTreeSet;

use super::*;

#[test]
fn every_listed_command_says_what_it_does_and_how_to_reach_it() {
    for command in Command::LISTED {
        assert!(!command.tooltip().is_empty(), "{command:?}");
        assert!(!command.shortcuts().is_empty(), "{command:?}");
    }
}

#[test]
fn no_two_commands_share_a_shortcut_or_a_label() {
    let mut labels = BTreeSet::new();
    let mut shortcuts = Vec::new();
    for command in Command::LISTED {
        assert!(labels.insert(command.label()), "{}", command.label());
        for shortcut in command.shortcuts() {
            assert!(!shortcuts.contains(&shortcut), "{shortcut:?}");
            shortcuts.push(shortcut);
        }
    }
}
