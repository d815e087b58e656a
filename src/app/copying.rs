//! What goes to the clipboard, and in which form.
//!
//! Owns the copying of whole answers and of their commands. Must not know how a button says that it was pressed.

use super::command::{Clip, Command};
use super::state::{Case, Copied, State, Tone};
use super::update::World;
use super::words;
use crate::advice::{Fix, Shell, Step, StepKind};
use crate::knowledge::Risk;
use crate::output::markdown;

/// How long a copy button says so.
const COPIED_SECS: f64 = 2.0;

/// Puts text on the clipboard.
pub fn copy(state: &mut State, clip: Clip, world: &World<'_>) {
    world.ctx.copy_text(clip.text);
    world.ctx.request_repaint_after_secs(COPIED_SECS as f32);
    state.announcement = words::copied(&clip.what);
    state.copied = Some(Copied { key: clip.key, until: state.now + COPIED_SECS });
    if let Some(case) = state.case_mut() {
        case.confirming = None;
    }
}

/// Copies what one of the listed commands names.
pub fn copy_listed(state: &mut State, command: &Command, world: &World<'_>) {
    let shell = state.settings.shell;
    let Some(case) = state.case() else { return };
    let clip =
        |text: String, what: &str, key: &str| Clip { text, what: what.to_owned(), key: key.to_owned() };
    let clip = match command {
        Command::CopyReport => {
            Some(clip(markdown::report(case.advice(), shell), words::THE_REPORT, "report"))
        }
        Command::CopyLog => Some(clip(case.explained.log.as_str().to_owned(), words::THE_LOG, "log")),
        Command::CopyMessage => case.incident().zip(case.cause()).map(|(incident, cause)| {
            clip(markdown::message_to_admin(incident, cause), words::THE_MESSAGE, "message")
        }),
        Command::CopyAllCommands => {
            let all = all_commands(case, shell);
            let what = words::the_commands(all.commands, all.left_out);
            (all.commands > 0).then(|| clip(all.text, &what, "commands"))
        }
        _ => first_command(case, shell),
    };
    match clip {
        Some(clip) => {
            // What was left out is to be seen and not only heard.
            let what = clip.what.clone();
            copy(state, clip, world);
            if *command == Command::CopyAllCommands {
                state.notify(Tone::Done, words::copied(&what));
            }
        }
        None => state.notify(Tone::Plain, words::NO_COMMAND),
    }
}

/// Whether the button that copies several commands has anything to do that the others have not.
pub fn has_several_commands(fixes: &[Fix]) -> bool {
    safe_commands(fixes).count() > 1
}

/// The commands of an answer as one text.
struct All {
    text: String,
    commands: usize,
    left_out: usize,
}

/// One command on each line, an empty line between fixes. What can break others' work is left out: it is copied one by
/// one, after a second press.
fn all_commands(case: &Case, shell: Shell) -> All {
    let fixes = case.cause().map(|cause| cause.fixes.as_slice()).unwrap_or_default();
    let is_run = |step: &&Step| step.kind == StepKind::Run && step.command.is_some();
    let dangerous = fixes.iter().filter(|fix| fix.risk == Risk::BreaksOthers);
    let mut left_out = dangerous.flat_map(|fix| fix.steps.iter().filter(is_run)).count();
    let (mut blocks, mut commands) = (Vec::new(), 0);
    for fix in fixes.iter().filter(|fix| fix.risk != Risk::BreaksOthers) {
        let mut lines = Vec::new();
        for step in fix.steps.iter().filter(is_run) {
            match step.command.as_ref().and_then(|command| command.for_shell(shell)) {
                Some(line) => lines.push(line),
                None => left_out += 1,
            }
        }
        commands += lines.len();
        if !lines.is_empty() {
            blocks.push(lines.join("\n"));
        }
    }
    All { text: blocks.join("\n\n"), commands, left_out }
}

fn safe_commands(fixes: &[Fix]) -> impl Iterator<Item = (usize, usize, &Step)> {
    let safe = fixes.iter().enumerate().filter(|(_, fix)| fix.risk != Risk::BreaksOthers);
    safe.flat_map(|(nth, fix)| fix.steps.iter().enumerate().map(move |(at, step)| (nth, at, step)))
        .filter(|(_, _, step)| step.kind == StepKind::Run && step.command.is_some())
}

/// The command that has the one primary button.
fn first_command(case: &Case, shell: Shell) -> Option<Clip> {
    let cause = case.cause()?;
    safe_commands(&cause.fixes).find_map(|(nth, at, step)| {
        let text = step.command.as_ref()?.for_shell(shell)?.to_owned();
        let key = format!("fix {}/{nth}/{at}", cause.id);
        Some(Clip { what: words::the_command(&text), text, key })
    })
}
