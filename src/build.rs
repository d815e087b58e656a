//! Lists `knowledge/**/*.json` into one generated file, nothing else.
//!
//! A directory-embedding macro does not notice a new file until some source is touched; this does.
//! Checking stays in the library, where messages can be good.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=knowledge");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("knowledge");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("bundled.rs");
    let mut code = String::new();
    for folder in ["causes", "providers", "clients", "related"] {
        let constant = folder.to_uppercase();
        // Writing to a String cannot fail; the error type is the trait's, hence `map_err` and not `unwrap`.
        writeln!(code, "const {constant}: &[(&str, &str)] = &[").map_err(io::Error::other)?;
        for path in json_files(&root.join(folder))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            writeln!(code, "    ({:?}, include_str!({path:?})),", format!("{folder}/{name}"))
                .map_err(io::Error::other)?;
        }
        writeln!(code, "];").map_err(io::Error::other)?;
    }
    fs::write(out, code)
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
