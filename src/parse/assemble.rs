//! What stands apart joins the incident it belongs to; words are trimmed of what clients put round them.
//!
//! Must not know causes.

use super::frame::Segment;
use super::patterns::OLD_PACKAGE;
use super::{Incident, Part, Said};
use crate::facts::FactKey;
use crate::knowledge::ReasonState;

/// How many words without a URL belong to one incident.
const LOOSE_WORDS: usize = 12;

/// Words of a segment that the registry may have said, trimmed of frames; `None` when they say nothing.
pub(super) fn words_of(segment: &Segment<'_>, text: &str, part: Part) -> Option<Said> {
    let mut piece = text;
    if part == Part::Phrase {
        piece = piece.strip_prefix("SKIPPING OPTIONAL DEPENDENCY: ").unwrap_or(piece);
        piece = piece.trim_start_matches("403 ");
        piece =
            piece.strip_prefix("Forbidden").map_or(piece, |rest| rest.trim_start_matches([' ', '-', ':']));
    }
    let piece = piece
        .trim_start_matches([' ', '-', '│', '|'])
        .trim_end_matches([' ', ',', '+', '\'', '\\'])
        .trim_end_matches(r"\n");
    // A quote that the client put round its whole sentence.
    let unpaired = piece.ends_with('"') && piece.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let piece = if unpaired { piece[..piece.len() - 1].trim_end_matches(r"\n") } else { piece };
    if piece.is_empty() || piece == "\"" || piece.contains("[object Object]") {
        return None;
    }
    // yarn 1 escapes the quotes of the sentence it quotes; a JSON body needs its escapes.
    let text = if piece.starts_with('{') { piece.to_owned() } else { piece.replace("\\\"", "\"") };
    Some(Said { text, span: segment.span_of(piece), part })
}

pub(super) fn piece(segment: &Segment<'_>, part: Part) -> Said {
    Said { text: segment.text.to_owned(), span: segment.whole(), part }
}

/// Adds words that stood without a URL; old npm appends ` : <package>` to them.
pub(super) fn add_loose(incident: &mut Incident, loose: &[(usize, Said)]) {
    for (row, said) in loose.iter().take(LOOSE_WORDS) {
        let mut said = said.clone();
        let old = OLD_PACKAGE.as_ref().and_then(|old| old.captures(&said.text));
        let names = |text: &str| semver::Version::parse(text.trim_end_matches('.')).is_err();
        if let Some(found) = old.filter(|found| !found["said"].is_empty() && names(&found["package"])) {
            let package = found["package"].to_owned();
            let words = found["said"].to_owned();
            incident.facts.set_if_missing(FactKey::Package, package, Some(said.span));
            said.text = words;
        }
        incident.rows.push(*row);
        incident.said.push(said);
    }
    if !incident.said.is_empty() {
        incident.reason = ReasonState::Shown;
    }
}

/// Gives a report without URL to the request log's line of the same run: lerna and old npm print the words in one
/// place and the URL in another.
pub(super) fn adopt(incidents: Vec<Incident>) -> Vec<Incident> {
    let mut kept: Vec<Incident> = Vec::new();
    for incident in incidents {
        let fits = |other: &&mut Incident| {
            let method = incident.facts.get(FactKey::Method);
            other.said.is_empty()
                && other.facts.has(FactKey::Url)
                && (method.is_none() || method == other.facts.get(FactKey::Method))
        };
        let home = if incident.facts.has(FactKey::Url) { None } else { kept.iter_mut().rev().find(fits) };
        let Some(home) = home else {
            kept.push(incident);
            continue;
        };
        home.said = incident.said;
        home.reason = incident.reason;
        home.rows.extend(incident.rows);
        // The tool that printed the words is the one that was run; the request log carries its library's name.
        if let Some(client) = incident.facts.get(FactKey::Client) {
            home.facts.set(FactKey::Client, client, None);
        }
        home.facts.fill_from(&incident.facts);
    }
    kept
}
