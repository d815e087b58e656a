//! The rules of the floors, as functions from one source file to what is wrong with it.

use regex::Regex;

use crate::source::{paths, program_only};

const FLOORS: [(&str, u8); 14] = [
    ("facts", 0),
    ("text", 1),
    ("knowledge", 1),
    ("config", 2),
    ("parse", 2),
    ("diagnose", 3),
    ("probe", 3),
    ("machine", 3),
    ("advice", 4),
    ("output", 5),
    ("lib", 5),
    ("cli", 6),
    ("app", 6),
    ("main", 7),
];

/// Names that only some modules may know: what they are, the names, and where they belong.
const RESERVED: [(&str, &[&str], &[&str]); 6] = [
    ("the window's libraries", &["egui", "eframe", "rfd", "pollster", "notify", "zbus"], &["app/"]),
    (
        "files",
        &["std::fs"],
        &[
            "text/",
            "knowledge/",
            "config/",
            "cli/",
            "app/store",
            "app/jobs",
            "app/places",
            "app/history/store",
        ],
    ),
    ("the environment", &["std::env"], &["cli/", "app/", "machine.rs"]),
    ("processes", &["std::process"], &["cli/", "app/", "main.rs", "bin/"]),
    ("sockets", &["std::net"], &["probe/"]),
    ("the network's libraries", &["reqwest", "hyper", "rustls", "tokio", "webpki"], &["probe/"]),
];

/// A source file: its path below `src`, with `/` on every system, and its text.
pub struct File {
    pub path: String,
    pub text: String,
}

/// Uses of a floor that is not lower.
pub fn climbs(file: &File) -> Vec<String> {
    let own = top_module(&file.path);
    let Some(own_floor) = floor(own) else {
        return vec![format!(
            "src/{}: `{own}` has no floor; give it one in tests/support/rules.rs",
            file.path
        )];
    };
    let mut found = Vec::new();
    for named in paths(&program_only(&file.text)) {
        let Some(used) = module_of(&named.path, &file.path) else {
            continue;
        };
        // The window is started from the command line: in one place, by one function and with one type.
        let entrance = matches!(named.path.join("::").as_str(), "crate::app::run" | "crate::app::Start");
        let starts_the_window = file.path == "cli/window.rs" && entrance;
        if used != own && !starts_the_window && floor(used).is_none_or(|floor| floor >= own_floor) {
            found.push(format!(
                "src/{}:{}: `{own}` must not know `{used}` ({})",
                file.path,
                named.line,
                named.path.join("::")
            ));
        }
    }
    found
}

/// The top module a path leads to, when it leads into this crate.
fn module_of<'a>(path: &'a [String], file: &str) -> Option<&'a str> {
    let (first, rest) = path.split_first()?;
    let (name, rest) = match first.as_str() {
        "crate" | "unforbid" => rest.split_first()?,
        "super" => {
            let climbed = 1 + rest.iter().take_while(|part| *part == "super").count();
            // Inside an inline module the climb starts one step further in, so only names of modules count.
            let inside = rest.get(climbed - 1..)?;
            let (name, rest) = inside.split_first()?;
            if climbed < depth(file) || floor(name).is_none() {
                return None;
            }
            (name, rest)
        }
        // In lib.rs the modules are at hand without a prefix; declaring one is not using it.
        module if file == "lib.rs" && floor(module).is_some() && !rest.is_empty() => (first, rest),
        _ => return None,
    };
    // What is not a module of the crate stands in lib.rs itself.
    let is_module = floor(name).is_some() || !rest.is_empty();
    Some(if is_module { name } else { "lib" })
}

/// How many steps a file's module is below the crate's root.
fn depth(file: &str) -> usize {
    let steps = file.split('/').count();
    if file.ends_with("/mod.rs") { steps - 1 } else { steps }
}

fn top_module(file: &str) -> &str {
    match file.split(['/', '.']).next() {
        Some("bin") | None => "main",
        Some(name) => name,
    }
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// Reserved names outside of where they belong.
pub fn strays(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    for named in paths(&program_only(&file.text)) {
        let path = named.path.join("::");
        for (what, names, homes) in RESERVED {
            let reserved = names.iter().any(|name| path == *name || path.starts_with(&format!("{name}::")));
            if reserved && !homes.iter().any(|home| file.path.starts_with(home)) {
                let line = named.line;
                found.push(format!("src/{}:{line}: {what} must not be known here ({path})", file.path));
            }
        }
    }
    found
}

/// Colours that are not the theme's.
pub fn colours(file: &File) -> Vec<String> {
    if file.path == "app/theme.rs" || file.path.starts_with("app/theme/") {
        return Vec::new();
    }
    let colour = Regex::new(r"\b(Color32|Rgba|Hsva|HexColor)::(from_\w+|new|[A-Z][A-Z_]+)\b|\bhex_color!")
        .expect("a regex");
    let mut found = Vec::new();
    for (index, line) in program_only(&file.text).lines().enumerate() {
        for made in colour.find_iter(line).map(|made| made.as_str()) {
            // No colour at all is no decision about colour.
            if !made.ends_with("::TRANSPARENT") && !made.ends_with("::PLACEHOLDER") {
                let line = index + 1;
                found.push(format!("src/{}:{line}: `{made}`; take it from app/theme.rs", file.path));
            }
        }
    }
    found
}

/// Words that are drawn where they stand: they belong to the words of the window, where they can be translated.
pub fn drawn_words(file: &File) -> Vec<String> {
    if !file.path.starts_with("app/view") && !file.path.starts_with("app/widgets") {
        return Vec::new();
    }
    let words = Regex::new(r#""[A-Z][a-z]+[^"]*""#).expect("a regex");
    let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().enumerate().filter(|(_, line)| {
        // Names that only egui sees, and reasons that only a compiler reads.
        let line = line.trim_start();
        !line.starts_with("//") && !line.contains("Id::unique(") && !line.contains("reason = ")
    });
    let drawn = lines.filter_map(|(index, line)| Some((index + 1, words.find(line)?.as_str())));
    drawn.map(|(line, text)| format!("src/{}:{line}: {text}; put it into app/words", file.path)).collect()
}

/// Where a text spells one of the hosts, by line. `docs.example.com` does not spell `example.com`.
pub fn spelled_hosts(text: &str, hosts: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        // Without backslashes, so that a host in a regex is seen too.
        let line = line.to_ascii_lowercase().replace('\\', "");
        for host in hosts {
            let whole = line.match_indices(host.as_str()).any(|(at, _)| {
                let within = |c: char| c.is_ascii_alphanumeric() || c == '-';
                !line[..at].ends_with(|c| within(c) || c == '.')
                    && !line[at + host.len()..].starts_with(within)
            });
            if whole {
                found.push((index + 1, host.clone()));
            }
        }
    }
    found
}
