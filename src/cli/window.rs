//! The way to the window, and what to do when there is none.
//!
//! Owns when a window can open and the words for when it cannot. Must not know what is in it.

use std::io::{self, Cursor, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::own::Known;
use super::{CliError, exit, run, streams};
use crate::Preferences;
use crate::knowledge::nearest;
use crate::output::Format;
use crate::text::{self, Text};

/// The packages that hold what the window loads at run time; minimal systems and containers lack them.
#[cfg(all(unix, not(target_os = "macos")))]
const NEEDS: &str = "on Debian and Ubuntu it needs a running X11 or Wayland session and the packages libx11-6 \
                     libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1; ";
#[cfg(not(all(unix, not(target_os = "macos"))))]
const NEEDS: &str = "";

/// A program that starts this one may leave an open pipe behind that never says anything. Waiting for its end would
/// keep the window away for ever; a client that is about to say something says its first word sooner than this.
const FIRST_WORD: Duration = Duration::from_secs(3);

/// Opens the window, with these logs in it if there are any, and stays until it is closed.
pub fn open(files: &[PathBuf], known: &Known) -> Result<u8, CliError> {
    match files {
        [] => open_piped(false, known),
        [only] if only == "-" => open_piped(true, known),
        files => open_files(files, known),
    }
}

fn open_piped(is_asked: bool, known: &Known) -> Result<u8, CliError> {
    let patience = (!is_asked && can_show()).then_some(FIRST_WORD);
    // A terminal is waited for only if `-` asks for it.
    let piped = match !is_asked && io::stdin().is_terminal() {
        true => None,
        false => piped(patience)?,
    };
    open_text(piped, known)
}

fn open_files(files: &[PathBuf], known: &Known) -> Result<u8, CliError> {
    if let Some(path) = files.iter().find(|path| !path.try_exists().unwrap_or(true)) {
        return Err(CliError::NoSuchFile { path: path.clone(), hint: subcommand_hint(path) });
    }
    let shown = files.first().map(|path| path.display().to_string()).unwrap_or_default();
    if !can_show() {
        return Err(no_window(&shown));
    }
    start(app_start::files(files), known).map_err(|reason| refused(&reason, &shown))?;
    Ok(exit::DIAGNOSED)
}

/// `; did you mean the subcommand diagnose`, if the file that is not there looks like one.
fn subcommand_hint(path: &Path) -> String {
    let typed = path.to_string_lossy();
    match nearest(&typed, ["diagnose", "explain", "list", "knowledge", "help"].into_iter()).first() {
        Some(name) => format!("; did you mean the subcommand {name}"),
        None => String::new(),
    }
}

/// Shows what was piped in; on stdout if no window can.
fn open_text(piped: Option<Text>, known: &Known) -> Result<u8, CliError> {
    let refusal = if can_show() {
        match start(app_start::text(piped.clone()), known) {
            Ok(()) => return Ok(exit::DIAGNOSED),
            Err(reason) => refused(&reason, "FILE"),
        }
    } else {
        no_window("FILE")
    };
    match piped {
        Some(text) => run::answer(
            text,
            run::STANDARD_INPUT,
            known,
            &Preferences::default(),
            Format::Text,
            &streams::style(None),
        ),
        None => Err(refusal),
    }
}

/// What is piped in, or nothing if that is empty or, with patience, nothing comes in time.
fn piped(patience: Option<Duration>) -> Result<Option<Text>, CliError> {
    let Some(patience) = patience else {
        return first_word().and_then(the_rest).map_err(CliError::Read);
    };
    let (sender, receiver) = mpsc::channel();
    // The thread goes on reading when nobody waits any more, so that the writer does not meet a closed pipe.
    thread::spawn(move || {
        let word = first_word();
        // Nobody listens after the time is up; there is nothing to be done about that here.
        sender.send(None).ok();
        sender.send(Some(word.and_then(the_rest))).ok();
    });
    if receiver.recv_timeout(patience).is_err() {
        return Ok(None);
    }
    // Nobody asked for standard input by name, so that it cannot be read must not keep the window away.
    match receiver.recv() {
        Ok(Some(Ok(text))) => Ok(text),
        _ => Ok(None),
    }
}

fn first_word() -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; 4096];
    loop {
        match io::stdin().lock().read(&mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                return Ok(buffer);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn the_rest(first: Vec<u8>) -> io::Result<Option<Text>> {
    if first.is_empty() {
        return Ok(None);
    }
    text::read(Cursor::new(first).chain(io::stdin().lock())).map(Some)
}

/// Whether it makes sense to try.
fn can_show() -> bool {
    cfg!(feature = "app") && has_display()
}

#[cfg(all(unix, not(target_os = "macos")))]
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
const fn has_display() -> bool {
    true
}

fn no_window(file: &str) -> CliError {
    if cfg!(feature = "app") {
        refused("neither DISPLAY nor WAYLAND_DISPLAY is set", file)
    } else {
        CliError::Windowless { file: file.to_owned() }
    }
}

fn refused(reason: &str, file: &str) -> CliError {
    CliError::NoWindow { reason: reason.to_owned(), needs: NEEDS, file: file.to_owned() }
}

#[cfg(feature = "app")]
mod app_start {
    use super::{PathBuf, Text, run};
    pub use crate::app::Start;

    pub fn files(paths: &[PathBuf]) -> Start {
        Start::Files(paths.to_vec())
    }

    pub fn text(piped: Option<Text>) -> Start {
        piped.map_or(Start::Empty, |text| Start::Text { name: run::STANDARD_INPUT.to_owned(), text })
    }
}

#[cfg(not(feature = "app"))]
mod app_start {
    use super::{PathBuf, Text};

    pub struct Start;

    pub const fn files(_: &[PathBuf]) -> Start {
        Start
    }

    pub fn text(_: Option<Text>) -> Start {
        Start
    }
}

/// Runs the window; the error is in plain words.
///
/// The window system's crates panic when a library is missing that they load at run time, and their errors name
/// source files of the machine this was built on: neither is for users.
#[cfg(feature = "app")]
fn start(start: app_start::Start, known: &Known) -> Result<(), String> {
    use std::panic;

    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        crate::app::run(start, known.knowledge, &known.warnings)
    }));
    panic::set_hook(hook);
    let (reason, otherwise) = match outcome {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(reason)) => (reason, "the system refused it"),
        Err(payload) => (panic_text(payload.as_ref()), "it stopped unexpectedly"),
    };
    Err(in_words(&reason).unwrap_or(otherwise).to_owned())
}

/// What a panic said; empty if it was no text.
#[cfg(feature = "app")]
fn panic_text(payload: &(dyn std::any::Any + Send)) -> String {
    let formatted = payload.downcast_ref::<String>().cloned();
    let literal = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    formatted.or(literal).unwrap_or_default()
}

#[cfg(not(feature = "app"))]
fn start(_: app_start::Start, _: &Known) -> Result<(), String> {
    Err("this build has none".to_owned())
}

/// What a message of the window system means, if it is one of the known ones.
#[cfg_attr(not(feature = "app"), allow(dead_code))]
fn in_words(reason: &str) -> Option<&'static str> {
    let reason = reason.to_lowercase();
    let meanings: [(&[&str], &str); 5] = [
        (&["library", ".so", "dlopen", "could not be loaded"], "a system library is missing"),
        (&["opengl", "egl", "glx", "glutin", "no gl", "gl context", "glow"], "OpenGL does not work here"),
        (&["adapter", "wgpu", "vulkan", "dx12", "metal"], "no graphics adapter fits"),
        (&["graphics"], "the graphics could not be started"),
        (&["display", "wayland", "x11", "xcb", "compositor", "connect"], "no display answers"),
    ];
    let said = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    let meaning = meanings.into_iter().find(|(words, _)| said(words));
    meaning.map(|(_, meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_in_words_without_anything_of_the_original() {
        for (reason, words) in [
            ("Library libxkbcommon-x11.so could not be loaded.", Some("a system library is missing")),
            ("NoGlutinConfigs(ConfigTemplate { .. })", Some("OpenGL does not work here")),
            (
                "os error at /build/winit/mod.rs:765: neither WAYLAND_DISPLAY nor DISPLAY is set.",
                Some("no display answers"),
            ),
            ("No suitable adapter", Some("no graphics adapter fits")),
            ("index out of bounds", None),
        ] {
            assert_eq!(in_words(reason), words);
        }
    }

    #[test]
    fn a_missing_file_that_looks_like_a_subcommand_is_taken_for_one() {
        assert!(subcommand_hint(Path::new("diagnos")).contains("diagnose"));
        assert!(subcommand_hint(Path::new("npm-debug.log")).is_empty());
    }
}
