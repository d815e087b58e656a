//! An answer to a log, and claims about it that can be chained.

use unforbid::advice::{Advice, Cause, Confidence};
use unforbid::knowledge::Knowledge;
use unforbid::{Preferences, explain, text};

/// An answer and what is claimed about it.
pub struct Answer {
    log: String,
    pub advice: Advice,
}

/// Reads a log whose hosts are written as `{npm}`, `{github}` and so on.
pub fn read(log: &str) -> Answer {
    let knowledge = Knowledge::bundled();
    let expanded = knowledge.expand(log);
    let text = text::decode(expanded.as_bytes());
    let advice = explain(text, "pasted text", knowledge, &Preferences::default()).advice;
    Answer { log: log.to_owned(), advice }
}

impl Answer {
    /// The causes of the last request in the log, best first.
    fn causes(&self) -> &[Cause] {
        self.advice.incidents.last().map_or(&[], |incident| &incident.causes)
    }

    /// Their ids.
    pub fn ids(&self) -> Vec<&str> {
        self.causes().iter().map(|cause| cause.id.as_str()).collect()
    }

    /// This cause comes first.
    pub fn puts_first(&self, wanted: &str) -> &Self {
        assert_eq!(self.ids().first().copied(), Some(wanted), "of {:?}, for\n{}", self.ids(), self.log);
        self
    }

    /// The answer says that the log does not tell.
    pub fn is_undecided(&self) -> &Self {
        self.puts_first("unknown-403").is_not_certain()
    }

    /// No cause is called certain.
    pub fn is_not_certain(&self) -> &Self {
        let certain: Vec<&str> = self
            .causes()
            .iter()
            .filter(|cause| cause.confidence == Confidence::Certain)
            .map(|cause| cause.id.as_str())
            .collect();
        assert!(certain.is_empty(), "{certain:?} is called certain, for\n{}", self.log);
        self
    }

    /// All of these, separated by blanks, are among the causes in any order.
    pub fn offers(&self, wanted: &str) -> &Self {
        for id in wanted.split(' ') {
            assert!(self.ids().contains(&id), "{id} is not among {:?}, for\n{}", self.ids(), self.log);
        }
        self
    }

    /// All of these, separated by blanks, are among the causes in this order.
    pub fn offers_in_order(&self, wanted: &str) -> &Self {
        let wanted: Vec<&str> = wanted.split(' ').collect();
        let found: Vec<&str> = self.ids().into_iter().filter(|id| wanted.contains(id)).collect();
        assert_eq!(found, wanted, "of {:?}, for\n{}", self.ids(), self.log);
        self
    }

    /// None of these, separated by blanks, is among the causes.
    pub fn does_not_offer(&self, unwanted: &str) -> &Self {
        for id in unwanted.split(' ') {
            assert!(!self.ids().contains(&id), "{id} is among {:?}, for\n{}", self.ids(), self.log);
        }
        self
    }
}

/// npm's error lines around one request.
pub fn npm(request: &str) -> String {
    format!(
        "npm error code E403\n\
         npm error 403 403 Forbidden - {request}\n\
         npm error 403 In most cases, you or one of your dependencies are requesting\n\
         npm error 403 a package version that is forbidden by your security policy, or\n\
         npm error 403 on a server you do not have access to."
    )
}

/// The request as npm's debug log shows it, and the error after it.
pub fn debug(method: &str, url: &str) -> String {
    format!(
        "31 http fetch {method} 403 {url} 212ms (cache skip)\n\
         35 error code E403\n\
         36 error 403 403 Forbidden - {method} {url}"
    )
}
