//! One request made by hand, as curl and Wget print it.
//!
//! ```text
//! $ curl -v -X PUT https://npm.acme.example/@acme%2fui
//! > PUT /@acme%2fui HTTP/1.1
//! > Host: npm.acme.example
//! < HTTP/1.1 403 Forbidden
//! < content-type: application/json
//! <
//! {"error":"user alice is not allowed to publish package @acme/ui"}
//! ```
//! The request comes first and the answer some lines below it, or never: an answer alone names no address, so it is
//! nobody's. What counts is a package registry's address. Must not know causes.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use super::answer::{Answer, Step};
use super::registry;
use crate::facts::{FactKey, Facts, Span};
use crate::knowledge::ReasonState;
use crate::parse::line::Line;
use crate::parse::patterns::{REFUSED, holds};
use crate::parse::{Incident, Kind, Part, Said, request};

/// How far below a request its answer may stand, in rows: curl tells a lot about the certificate in between.
const REACH: usize = 150;

macro_rules! patterns {
    ($($name:ident = $pattern:expr;)*) => {
        $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($pattern).ok());)*
        #[cfg(test)]
        static ALL: &[&LazyLock<Option<Regex>>] = &[$(&$name),*];
    };
}

patterns! {
    COMMAND = r#"(?:^|[\s;&|$#>%+(`'"/\\])(?:curl|wget)(?:\.exe)?\s(?<rest>.*)$"#;
    URL = r#"https?://[^\s'"`<>|)\\^]+"#;
    METHOD = r#"(?:^|\s)(?:-X ?|--request[ =]|--method[ =])['"]?(?<method>[A-Z]+)"#;
    HEAD = r"(?:^|\s)(?:-[a-zA-Z]*I[a-zA-Z]*|--head|--spider)(?:\s|$)";
    UPLOAD = r"(?:^|\s)(?:-T|--upload-file)[ =]";
    POST = r"(?:^|\s)(?:-d|--data(?:-\w+)?|-F|--form|--post-data|--post-file)[ =]";
    WGET = r"^--20\d\d-\d\d-\d\d[ \d:]*--\s+(?<url>https?://\S+)";
    QUIET = r"^(?<url>https?://\S+):$";
    REQUEST = r"^> (?<method>[A-Z]+) (?<target>\S+) HTTP/[\d.]+$";
    HEADER = r"^> (?<name>(?i:host|authorization)): (?<value>\S+)";
    STATUS = r"^\s*(?:< )?HTTP/[\d.]+ (?<status>\d{3})(?: (?<phrase>.*))?$";
    LOCATION = r"^\s*(?:< )?(?i:location): (?<url>https?://\S+)|Issue another request to this URL: '(?<again>[^']+)'";
    AT_ONCE = concat!(
        r"awaiting response\.\.\. 403 ?(?<phrase>[^.]*)|(?:^|\s)ERROR 403: (?<wget>[^.]*)|",
        r"^wget: server returned error: HTTP/[\d.]+ 403 ?(?<busybox>.*)|",
        r"^curl: \(\d+\) The requested URL returned error: 403|",
        r"(?i:CONNECT tunnel failed, response 403|Received HTTP code 403 from proxy after CONNECT)"
    );
    JOINED = r"(?<url>https?://\S+)\s.*?(?:HTTP request sent, awaiting response\.\.\. 403|ERROR 403: )";
}

/// What was asked for.
#[derive(Clone, Debug, Default)]
struct Asked {
    rows: Vec<usize>,
    /// The command goes on in the next row.
    goes_on: bool,
    method: Option<(String, Option<Span>)>,
    url: Option<(String, Span)>,
    host: Option<String>,
    /// curl prints its headers, so what is not among them was not sent.
    headers: bool,
    credential: Option<&'static str>,
}

/// The request and the answer that are being read.
#[derive(Clone, Debug, Default)]
pub struct Group {
    asked: Option<Asked>,
    answer: Option<Answer>,
}

fn captures<'t>(regex: &Option<Regex>, text: &'t str) -> Option<regex::Captures<'t>> {
    // Groups are costly, and most lines have none.
    regex.as_ref().filter(|regex| regex.is_match(text)).and_then(|regex| regex.captures(text))
}

/// Whether one of the commands stands in a line.
fn is_typed(text: &str) -> bool {
    static TOOLS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["curl", "wget"].map(Finder::new));
    TOOLS.iter().any(|tool| holds(tool, text))
}

fn hit(regex: &Option<Regex>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

impl Group {
    /// Whether the next row may belong to what is being read, whatever it says.
    pub fn is_open(&self) -> bool {
        self.answer.is_some() || self.asked.as_ref().is_some_and(|asked| asked.goes_on)
    }

    /// Reads a line; gives the incident that it completes, or that it stands behind.
    pub fn read(&mut self, line: &Line<'_>) -> Option<Incident> {
        let mut done = None;
        if let Some(answer) = &mut self.answer {
            match answer.read(line) {
                Step::Mine => return None,
                Step::Last => return self.finish(),
                Step::NotMine => done = self.finish(),
            }
        }
        let text = line.text();
        if self.asked.as_ref().is_some_and(|asked| asked.goes_on) {
            self.command(line, text);
        } else if let Some(found) =
            Some(text).filter(|text| is_typed(text)).and_then(|text| captures(&COMMAND, text))
        {
            self.asked = Some(Asked::default());
            self.command(line, found.name("rest").map_or("", |rest| rest.as_str()));
        } else if !self.request(line) {
            self.status(line);
        }
        done
    }

    /// What was being read when the log ended.
    pub fn finish(&mut self) -> Option<Incident> {
        let answer = self.answer.take()?;
        let asked = self.asked.take()?;
        Some(asked.incident(answer))
    }

    /// A row of a command that somebody typed.
    fn command(&mut self, line: &Line<'_>, arguments: &str) {
        let Some(asked) = &mut self.asked else { return };
        asked.rows.push(line.row());
        asked.goes_on = arguments.trim_end().ends_with(['\\', '`', '^']) && asked.rows.len() < 20;
        let at = arguments.as_ptr() as usize - line.text().as_ptr() as usize;
        let place = |start: usize, end: usize| line.span(at + start..at + end);
        if let Some(found) = captures(&METHOD, arguments).and_then(|found| found.name("method")) {
            let span = place(found.start(), found.end());
            asked.method = Some((found.as_str().to_owned(), Some(span)));
        }
        let implied = [(&HEAD, "HEAD"), (&UPLOAD, "PUT"), (&POST, "POST")];
        for (pattern, method) in implied {
            if asked.method.is_none() && hit(pattern, arguments) {
                asked.method = Some((method.to_owned(), None));
            }
        }
        if let (None, Some(url)) = (&asked.url, URL.as_ref().and_then(|url| url.find(arguments))) {
            asked.url = Some((url.as_str().to_owned(), place(url.start(), url.end())));
        }
        if arguments.contains("uthorization:") || arguments.contains(" -u ") {
            asked.credential = Some(if arguments.contains("Bearer") { "bearer" } else { "basic" });
        }
    }

    /// A line in which Wget names what it asks for; in one that lost its line breaks, the answer as well.
    fn request(&mut self, line: &Line<'_>) -> bool {
        let text = line.text();
        let joined = Some(text).filter(|text| holds(&REFUSED, text)).and_then(|text| captures(&JOINED, text));
        if let Some(url) = joined.as_ref().and_then(|found| found.name("url")) {
            self.asked = Some(Asked::of(line, url.as_str(), url.range()));
            self.at_once(line, None);
            return true;
        }
        let found = captures(&WGET, text).or_else(|| captures(&QUIET, text));
        let url = found.as_ref().and_then(|found| found.name("url"));
        if let Some(url) = url {
            let known = self.asked.take().filter(|asked| asked.url.is_some());
            let mut asked = Asked::of(line, url.as_str(), url.range());
            // What was typed says more than Wget repeats.
            if let Some(typed) = known {
                asked.rows.extend(typed.rows);
                asked.method = typed.method;
                asked.credential = typed.credential;
            }
            self.asked = Some(asked);
        }
        url.is_some()
    }

    /// A line of the exchange: the request as it was sent, the status of the answer.
    fn status(&mut self, line: &Line<'_>) {
        let text = line.text();
        if let Some(found) = captures(&REQUEST, text) {
            self.sent(line, &found);
            return;
        }
        let Some(asked) = &mut self.asked else { return };
        let last = asked.rows.last().copied().unwrap_or_default();
        if line.row().saturating_sub(last) > REACH {
            self.asked = None;
        } else if let Some(found) = captures(&HEADER, text) {
            asked.header(&found);
        } else if let Some(found) = captures(&LOCATION, text) {
            if let Some(url) = found.name("url").or_else(|| found.name("again")) {
                asked.url = Some((url.as_str().to_owned(), line.span(url.range())));
            }
        } else if let Some(found) = captures(&STATUS, text) {
            if &found["status"] == "403" && asked.counts() {
                asked.rows.push(line.row());
                let phrase = found.name("phrase").and_then(|part| said_of(line, part));
                let without_body = asked.method.as_ref().is_some_and(|(name, _)| name == "HEAD");
                self.answer = Some(Answer::new(line, phrase, without_body));
            }
        } else if let Some(found) = captures(&AT_ONCE, text) {
            let phrase = ["phrase", "wget", "busybox"].into_iter().find_map(|name| found.name(name));
            self.at_once(line, phrase.and_then(|part| said_of(line, part)));
        }
    }

    /// The request line that curl shows.
    fn sent(&mut self, line: &Line<'_>, found: &regex::Captures<'_>) {
        let (Some(method), Some(target)) = (found.name("method"), found.name("target")) else {
            return;
        };
        let mut asked = self.asked.take().unwrap_or_default();
        asked.rows.push(line.row());
        if method.as_str() != "CONNECT" {
            // A further request of the same call, behind a redirect or a proxy's tunnel.
            asked.method = Some((method.as_str().to_owned(), Some(line.span(method.range()))));
            let path = target.as_str();
            let same = asked.url.as_ref().is_some_and(|(url, _)| path_of(url) == path);
            if !same {
                asked.url = Some((path.to_owned(), line.span(target.range())));
            }
            asked.headers = true;
            asked.credential = None;
        }
        self.asked = Some(asked);
    }

    /// A refusal that is told in one line, without the answer.
    fn at_once(&mut self, line: &Line<'_>, phrase: Option<Said>) {
        self.asked = self.asked.take().filter(Asked::counts);
        if let Some(asked) = &mut self.asked {
            asked.rows.push(line.row());
            self.answer = Some(Answer::untold(line, phrase));
        }
    }
}

/// The reason phrase, where it says more than the status.
fn said_of(line: &Line<'_>, part: regex::Match<'_>) -> Option<Said> {
    let text = part.as_str().trim();
    let says = !text.is_empty() && !text.eq_ignore_ascii_case("forbidden");
    says.then(|| Said { text: text.to_owned(), span: line.span(part.range()), part: Part::Phrase })
}

fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |slash| &rest[slash..])
}

impl Asked {
    fn of(line: &Line<'_>, url: &str, range: std::ops::Range<usize>) -> Self {
        let url = Some((url.to_owned(), line.span(range)));
        Self { rows: vec![line.row()], url, ..Self::default() }
    }

    /// A header that curl sent.
    fn header(&mut self, found: &regex::Captures<'_>) {
        if found["name"].eq_ignore_ascii_case("host") {
            self.host = Some(found["value"].to_owned());
        } else {
            let basic = found["value"].eq_ignore_ascii_case("basic");
            self.credential = Some(if basic { "basic" } else { "bearer" });
        }
    }

    /// The whole address; curl shows path and host in two lines.
    fn address(&self) -> Option<(String, Span)> {
        let (url, span) = self.url.as_ref()?;
        if url.contains("://") {
            return Some((request::without_login(url), *span));
        }
        let host = self.host.as_ref()?;
        // A port of its own is a server without a certificate, as people run them at hand.
        let scheme = if host.contains(':') && !host.ends_with(":443") { "http" } else { "https" };
        Some((format!("{scheme}://{host}{url}"), *span))
    }

    fn counts(&self) -> bool {
        self.address().is_some_and(|(url, _)| registry::is_url(&url))
    }

    fn incident(self, answer: Answer) -> Incident {
        let mut facts = Facts::default();
        facts.set(FactKey::Status, "403", None);
        let (method, span) = self.method.clone().unwrap_or_else(|| ("GET".to_owned(), None));
        facts.set(FactKey::Method, method.as_str(), span);
        if let Some((url, span)) = self.address() {
            facts.set(FactKey::Url, url.as_str(), Some(span));
            request::read(&url, Some(&method)).tell(Some(&method), Some(span), &mut facts);
        }
        let credential = self.credential.or(self.headers.then_some("none"));
        facts.set(FactKey::Credential, credential.unwrap_or_default(), None);
        let mut hides = vec![FactKey::Client, FactKey::ClientVersion, FactKey::Version];
        if !self.headers {
            hides.push(FactKey::Credential);
        }
        let (rows, said, told) = answer.into_parts();
        if !told {
            hides.extend([FactKey::Message, FactKey::Notice]);
        }
        let reason = match (said.is_empty(), told) {
            (false, _) => ReasonState::Shown,
            (true, true) => ReasonState::Absent,
            (true, false) => ReasonState::NotShown,
        };
        let mut rows = [self.rows, rows].concat();
        rows.sort_unstable();
        rows.dedup();
        Incident { facts, rows, said, reason, hides, occurrences: 1, kind: Kind::Refused }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert!(ALL.iter().all(|pattern| pattern.is_some()));
    }
}
