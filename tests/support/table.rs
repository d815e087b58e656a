//! Which facts are read from which client: a table of counts.

use unforbid::diagnose::Diagnosis;
use unforbid::facts::FactKey;

const COLUMNS: [(&str, FactKey); 6] = [
    ("method", FactKey::Method),
    ("URL", FactKey::Url),
    ("package", FactKey::Package),
    ("version", FactKey::Version),
    ("reason", FactKey::Reason),
    ("client version", FactKey::ClientVersion),
];

/// The page with the table; `folders` holds each folder's name and its diagnoses with their operation.
pub fn of(folders: &[(String, Vec<(String, Diagnosis)>)]) -> String {
    let captures: usize = folders.iter().map(|(_, read)| read.len()).sum();
    let mut page = format!(
        "# Captures\n\nWhat real clients printed when a registry on loopback refused them: {captures} logs.\n\
         `{{npm}}` and other names in braces stand for hosts; `tests/lab/README.md` tells how to record more.\n\n\
         How many refusals in these logs give which fact, for each client and what it was doing:\n\n"
    );
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    page.push_str(&format!("| client | operation | refusals | {} |\n", names.join(" | ")));
    page.push_str(&format!("| --- | --- | --- |{}\n", " --- |".repeat(COLUMNS.len())));
    for (name, read) in folders {
        for operation in ["publish", "install", "other"] {
            let of = read.iter().filter(|(one, _)| one == operation);
            let incidents: Vec<_> =
                of.flat_map(|(_, diagnosis)| &diagnosis.incidents).map(|found| &found.incident).collect();
            if incidents.is_empty() {
                continue;
            }
            let count = |key: FactKey| incidents.iter().filter(|one| one.facts.has(key)).count();
            let hidden =
                |key: FactKey| incidents.iter().all(|one| one.not_shown().any(|hidden| hidden == key));
            let cells: Vec<String> = COLUMNS
                .iter()
                .map(|(_, key)| match count(*key) {
                    0 if hidden(*key) => "not shown".to_owned(),
                    count => count.to_string(),
                })
                .collect();
            page.push_str(&format!(
                "| {name} | {operation} | {} | {} |\n",
                incidents.len(),
                cells.join(" | ")
            ));
        }
    }
    page
}
