//! What is said when a log could not be read: what, why, and what to do.

use std::path::PathBuf;

use crate::app::state::Failure;
use crate::text::OpenError;

/// A log could not be read.
pub fn cannot_open(error: &OpenError) -> Failure {
    let (why, next, place) = parts_of(&error.to_string());
    Failure {
        title: "This log could not be read".to_owned(),
        why,
        next,
        places_name: "File",
        places: place.into_iter().collect(),
    }
}
/// There is no npm log.
pub fn no_npm_log(looked_in: &[PathBuf]) -> Failure {
    Failure {
        title: "No npm log was found".to_owned(),
        why: "npm keeps its newest logs in a folder of its own. None of the usual places holds one."
            .to_owned(),
        next: "Run the failing command again, or paste what it printed.".to_owned(),
        places_name: "Looked in",
        places: looked_in.iter().map(|path| path.display().to_string()).collect(),
    }
}
/// The engine stopped.
pub fn engine_failed() -> Failure {
    Failure {
        title: "This log is too much for Unforbid".to_owned(),
        why: "Reading it stopped unexpectedly. That is a fault of this program and not of the log."
            .to_owned(),
        next: "Paste only the lines around “403” instead.".to_owned(),
        places_name: "",
        places: Vec::new(),
    }
}

/// An error in house form as a sentence: capital first.
pub fn sentence(error: &str) -> String {
    crate::advice::capitalised(error)
}

/// The parts of an error in house form, `cannot …: why; what to do: path`: why, what to do, path.
fn parts_of(error: &str) -> (String, String, Option<String>) {
    let parts = (|| {
        let (_, rest) = error.split_once(": ")?;
        let (why, rest) = rest.split_once("; ")?;
        let (next, place) = rest.split_once(": ")?;
        Some((format!("{}.", sentence(why)), format!("{}.", sentence(next)), Some(place.to_owned())))
    })();
    parts.unwrap_or_else(|| (sentence(error), String::new(), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_comes_apart_into_why_what_to_do_and_where() {
        let failure = cannot_open(&OpenError::Missing { path: "/logs/a: b; c.log".into() });
        assert_eq!(failure.why, "There is no such file.");
        assert_eq!(failure.next, "Check its name and folder.");
        assert_eq!(failure.places, ["/logs/a: b; c.log"]);
        assert_eq!(parts_of("it broke"), ("It broke".to_owned(), String::new(), None));
        assert_eq!(sentence(""), "");
    }
}
