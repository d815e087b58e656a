//! A home, a project and a client as a case describes them, in a folder that is thrown away.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tempfile::TempDir;
use unforbid::config::{self, Client, Configuration, Machine, Scheme, Sent};
use unforbid::facts::{FactKey, Facts};
use unforbid::knowledge::Knowledge;

/// What a case says about its machine. The same fields in `cases.json` and in `measured.json`.
#[derive(Deserialize)]
pub struct Setup {
    pub name: String,
    #[serde(default)]
    pub check: Option<String>,
    pub client: String,
    pub version: String,
    #[serde(default)]
    pub files: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub encoding: BTreeMap<String, String>,
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    #[serde(default)]
    pub cd: Option<String>,
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
}

/// A case's machine, laid out.
pub struct Laid {
    // Held so that the folder lives as long as the configuration.
    _folder: TempDir,
    pub root: PathBuf,
    pub configuration: Configuration,
    pub facts: Facts,
}

pub fn knowledge() -> &'static Knowledge {
    Knowledge::bundled()
}

impl Setup {
    pub fn title(&self) -> String {
        format!("{} {} {}: {}", self.check.as_deref().unwrap_or("-"), self.client, self.version, self.name)
    }

    pub fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.set(FactKey::Client, self.client.as_str(), None);
        facts.set(FactKey::ClientVersion, self.version.as_str(), None);
        for (key, value) in &self.facts {
            let key =
                FactKey::from_name(key).unwrap_or_else(|| panic!("{}: no fact is called {key}", self.name));
            facts.set(key, knowledge().expand(value), None);
        }
        facts
    }

    pub fn lay(&self) -> Laid {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().canonicalize().expect("the folder is there");
        let (home, project) = (root.join("home"), root.join("project"));
        for folder in [&home, &project] {
            fs::create_dir_all(folder).expect("a folder can be made");
        }
        for (name, lines) in &self.files {
            self.write(&root.join(name), name, lines);
        }
        let facts = self.facts();
        let client = Client::of(&facts).unwrap_or_else(|| panic!("{}: no such client", self.name));
        let at_home = home.to_str().expect("a readable path");
        let variables = self.env.iter().map(|(name, value)| {
            let value = match name.starts_with("FAKE_") {
                true => fake(value),
                false => knowledge().expand(value).replace("/home/dev", at_home),
            };
            (name.clone(), value)
        });
        let machine = Machine {
            home: Some(home.clone()),
            variables: variables.collect(),
            global: vec![root.join("global/npmrc")],
        };
        let start = root.join(self.cd.as_deref().unwrap_or("project"));
        let project = config::find_project(&start).filter(|found| found.starts_with(&root)).unwrap_or(start);
        let configuration = config::read(&project, client, &machine, knowledge());
        Laid { _folder: folder, root, configuration, facts }
    }

    fn write(&self, path: &Path, name: &str, lines: &[String]) {
        let text = knowledge().expand(&lines.iter().map(|line| format!("{line}\n")).collect::<String>());
        let bytes = match self.encoding.get(name).map(String::as_str) {
            None => text.into_bytes(),
            Some("crlf") => text.replace('\n', "\r\n").into_bytes(),
            Some("utf-16le") => {
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
            Some(other) => panic!("{}: no encoding is called {other}", self.name),
        };
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
}

/// What is sent, in the words of the cases: `none`, `stops`, `bearer:TOKEN`, `basic:BASE64`.
pub fn in_words(sent: &Sent) -> String {
    match sent {
        Sent::Anonymous => "none".to_owned(),
        Sent::Stops(_) => "stops".to_owned(),
        Sent::Credential(credential) => {
            let scheme = match credential.scheme {
                Scheme::Bearer => "bearer",
                Scheme::Basic => "basic",
            };
            format!("{scheme}:{}", credential.secret.expose())
        }
    }
}

/// A secret of some shape, put together here so that none stands in a file: `np+m_*36` is `npm_` and 36 letters,
/// `web+1700000000` is a web token that ends then.
fn fake(recipe: &str) -> String {
    if let Some(end) = recipe.strip_prefix("web+") {
        let part = |json: &str| base64(json.as_bytes());
        return format!(
            "{}.{}.{}",
            part("{\"alg\":\"none\"}"),
            part(&format!("{{\"exp\":{end}}}")),
            part("signature")
        );
    }
    let (prefix, length) = recipe.split_once('*').expect("a shape and a length");
    let letters = "aB3dE5fG7hJ9kL2mN4pQ6rS8tU".chars().cycle();
    format!(
        "{}{}",
        prefix.replace('+', ""),
        letters.take(length.parse().expect("a length")).collect::<String>()
    )
}

/// Base64 for addresses, without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for index in 0..=chunk.len() {
            text.push(char::from(LETTERS[(word >> (18 - 6 * index)) as usize & 63]));
        }
    }
    text
}
