//! `.yarnrc` of Yarn 1: a key, a space, a value, in the format of its lock file.
//!
//! Must not know which file comes first.

use super::entries::Entry;
use super::ini;
use crate::facts::Origin;

/// The settings of a file's text.
pub(super) fn read(text: &str, file: &str, file_written: Option<u64>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (index, line) in ini::lines(text).enumerate() {
        let Some((key, rest)) = token(line).filter(|_| !line.starts_with([' ', '\t', '#'])) else {
            continue;
        };
        let value = token(rest).map(|(value, _)| value).unwrap_or_default();
        // A colon behind the key belongs to the format.
        let key = key.trim_end_matches(':').to_owned();
        let origin = Origin::File { file: file.to_owned(), line: index + 1, column: 1 };
        // Yarn 1 fills in no variables here.
        let (written, raw, unset) = (key.clone(), value.clone(), Vec::new());
        entries.push(Entry { key, written, raw, value, unset, origin, file_written });
    }
    entries
}

/// The first word of a text, without its quotes, and what follows it.
fn token(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix('"') {
        let mut is_escaped = false;
        let end = inside.find(|c| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        })?;
        let quoted = &text[..end + 2];
        let value = serde_json::from_str(quoted).unwrap_or_else(|_| inside[..end].to_owned());
        return Some((value, &text[end + 2..]));
    }
    let end = text.find([' ', '\t', '#']).unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_read_with_and_without_quotes() {
        let text = "# note\nregistry \"https://npm.acme.example/\"\n\"@acme:registry\" https://b.example/\nalways-auth true\n  nested x\nlastUpdateCheck 1\nempty\n\"open\n";
        let entries = read(text, ".yarnrc", None);
        let seen: Vec<_> = entries.iter().map(|entry| (entry.key.as_str(), entry.value.as_str())).collect();
        let expected = [
            ("registry", "https://npm.acme.example/"),
            ("@acme:registry", "https://b.example/"),
            ("always-auth", "true"),
            ("lastUpdateCheck", "1"),
            ("empty", ""),
        ];
        assert_eq!(seen, expected);
    }
}
