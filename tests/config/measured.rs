//! What real clients sent, held against what the model says that they send.

use serde::Deserialize;
use unforbid::facts::FactKey;
use url::Url;

use super::layout::{Setup, in_words, knowledge};

/// One run of a real client; see `tests/lab/config/README.md`.
#[derive(Deserialize)]
struct Measured {
    #[serde(flatten)]
    setup: Setup,
    command: String,
    wire: Vec<Seen>,
    stops: bool,
    #[serde(default)]
    said: String,
}

/// One request as it arrived.
#[derive(Deserialize)]
struct Seen {
    method: String,
    #[serde(default)]
    scheme: Option<String>,
    host: String,
    path: String,
    auth: String,
}

#[test]
fn the_model_says_what_real_clients_did() {
    let text = include_str!("measured.json");
    let runs: Vec<Measured> = serde_json::from_str(text).expect("measured.json is a list of runs");
    let (mut compared, mut wrong) = (0, Vec::new());
    for run in &runs {
        let mut found = Vec::new();
        compared += run.compare(&mut found);
        wrong.extend(found.into_iter().map(|what| format!("{}: {what}", run.setup.title())));
    }
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared >= 300, "only {compared} requests were compared");
}

impl Measured {
    fn compare(&self, wrong: &mut Vec<String>) -> usize {
        let mut laid = self.setup.lay();
        laid.configuration = laid.configuration.with_command(&self.command);
        let package = laid.facts.get(FactKey::Package);
        let publishing = laid.facts.get(FactKey::Operation) == Some("publish");
        let mut compared = 0;
        // Where a lock file sends a client is not the configuration's choice.
        let is_locked = self.setup.name.starts_with("lockfile");
        // The token of trusted publishing is made while the client runs; no file holds it.
        if self.wire.iter().any(|seen| seen.path.contains("/oidc/token/")) {
            return 0;
        }
        for (index, seen) in self.wire.iter().filter(|seen| seen.method != "CONNECT").enumerate() {
            // Where a registry sends a client on to is not the configuration's business.
            if index > 0 && self.setup.name.contains("redirect") {
                continue;
            }
            let url = seen.url();
            let sent = in_words(&laid.configuration.sent_with(&url, package, publishing));
            if sent != knowledge().expand(&seen.auth) {
                wrong.push(format!("{} {url}: {} was sent, the model says {sent}", seen.method, seen.auth));
            }
            // Before an upload npm asks the registry that an install would ask.
            if seen.method == "PUT" || index == 0 && !publishing && !is_locked && !seen.path.ends_with(".tgz")
            {
                let registry = laid.configuration.registry_for(package, publishing).value;
                if !url.as_str().starts_with(&registry) {
                    wrong.push(format!("{url} was asked, the model says {registry}"));
                }
            }
            compared += 1;
        }
        let stopped_for_credentials = ["ENEEDAUTH", "ERR_INVALID_AUTH", "Failed to replace env"];
        if self.stops
            && self.wire.is_empty()
            && stopped_for_credentials.iter().any(|word| self.said.contains(word))
        {
            let url = laid.facts.get(FactKey::Url).and_then(|url| Url::parse(url).ok()).expect("an address");
            let sent = in_words(&laid.configuration.sent_with(&url, package, publishing));
            if sent != "stops" {
                wrong.push(format!("it stopped ({}), the model says {sent}", self.said));
            }
            compared += 1;
        }
        compared
    }
}

impl Seen {
    fn url(&self) -> Url {
        let scheme = self.scheme.as_deref().unwrap_or("https");
        let address = format!("{scheme}://{}{}", self.host, self.path);
        Url::parse(&knowledge().expand(&address)).expect("an address")
    }
}
