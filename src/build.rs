//! Lists `knowledge/**/*.json` into one generated file, and what each pattern in them needs; nothing else.
//!
//! A directory-embedding macro does not notice a new file until some source is touched; this does.
//! Checking stays in the library, where messages can be good.

#[path = "knowledge/needles.rs"]
#[allow(dead_code)]
mod needles;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=knowledge");
    println!("cargo::rerun-if-changed=src/build.rs");
    println!("cargo::rerun-if-changed=src/knowledge/needles.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("knowledge");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("bundled.rs");
    let mut code = String::new();
    let mut patterns = BTreeSet::new();
    for folder in ["causes", "providers", "clients", "related"] {
        let constant = folder.to_uppercase();
        // Writing to a String cannot fail; the error type is the trait's, hence `map_err` and not `unwrap`.
        writeln!(code, "const {constant}: &[(&str, &str)] = &[").map_err(io::Error::other)?;
        for path in json_files(&root.join(folder))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            writeln!(code, "    ({:?}, include_str!({path:?})),", format!("{folder}/{name}"))
                .map_err(io::Error::other)?;
            // A file that is no JSON has no patterns; the library says what is wrong with it.
            let entry = serde_json::from_slice(&fs::read(&path)?).unwrap_or(Value::Null);
            collect(&entry, false, &mut patterns);
        }
        writeln!(code, "];").map_err(io::Error::other)?;
    }
    // In the order of the patterns, for a binary search.
    writeln!(code, "const NEEDLES: &[(&str, &[&str])] = &[").map_err(io::Error::other)?;
    for pattern in patterns {
        let needles = needles::needles(&pattern);
        writeln!(code, "    ({pattern:?}, &{needles:?}),").map_err(io::Error::other)?;
    }
    writeln!(code, "];").map_err(io::Error::other)?;
    fs::write(out, code)
}

/// The strings below the keys that hold patterns; `within` says that this is such a place.
fn collect(value: &Value, within: bool, patterns: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if within => drop(patterns.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, within, patterns)),
        Value::Object(members) => members.iter().for_each(|(key, member)| {
            collect(member, matches!(key.as_str(), "regex" | "urls" | "words" | "match"), patterns);
        }),
        _ => {}
    }
}

/// The JSON files of a folder in the order of their names.
fn json_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
