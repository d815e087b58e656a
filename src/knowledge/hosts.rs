//! Hosts: the one function that expands `{npm}`, and the recognition of a provider from a URL or its words.
//!
//! Full host names stand in no file; they are composed here from label and domain.

use super::{HostPattern, Knowledge, Provider, fold};
use crate::facts::{FactKey, Facts};

impl HostPattern {
    /// The host this pattern names, if it names exactly one.
    pub fn host(&self) -> Option<String> {
        match self.label.as_str() {
            "*" => None,
            "" => Some(self.domain.clone()),
            label => Some(format!("{label}.{}", self.domain)),
        }
    }

    /// Whether `host` (ASCII, without port) is named by this pattern.
    pub fn covers(&self, host: &str) -> bool {
        match self.host() {
            Some(named) => host.eq_ignore_ascii_case(&named),
            None => {
                let domain = self.domain.as_str();
                host.len() > domain.len()
                    && host.is_char_boundary(host.len() - domain.len())
                    && host[host.len() - domain.len()..].eq_ignore_ascii_case(domain)
                    && host[..host.len() - domain.len()].ends_with('.')
            }
        }
    }
}

impl Provider {
    /// The first host that the provider always has.
    pub fn host(&self) -> Option<String> {
        self.hosts.iter().find_map(HostPattern::host)
    }
}

impl Knowledge {
    /// Replaces `{npm}` and every other provider id in braces by that provider's host, and `{yarn}` by the
    /// public registry's second host. Other braces stay.
    pub fn expand(&self, text: &str) -> String {
        let mut expanded = text.to_owned();
        for provider in &self.providers {
            let placeholder = format!("{{{}}}", provider.id);
            if expanded.contains(&placeholder)
                && let Some(host) = provider.host()
            {
                expanded = expanded.replace(&placeholder, &host);
            }
        }
        if expanded.contains("{yarn}")
            && let Some(alias) = self.provider("npm").and_then(|npm| npm.hosts.get(1)?.host())
        {
            expanded = expanded.replace("{yarn}", &alias);
        }
        expanded
    }

    /// The public npm registry's host.
    pub fn public_host(&self) -> Option<String> {
        self.provider("npm").and_then(Provider::host)
    }

    /// The provider that a URL names: by host first, then by the shape of the URL.
    pub fn provider_of_url(&self, url: &str, host: &str) -> Option<&Provider> {
        let by_host = |provider: &&Provider| provider.hosts.iter().any(|pattern| pattern.covers(host));
        let shape = url.split_once("://").map_or(url, |(_, rest)| rest);
        let by_shape = |provider: &&Provider| self.any_matches(&provider.urls, shape);
        self.providers.iter().find(by_host).or_else(|| self.providers.iter().find(by_shape))
    }

    /// The provider whose own words these are.
    pub fn provider_of_words(&self, words: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| self.any_matches(&provider.words, words))
    }

    /// The facts that a provider's URL shapes capture: `repository` and whatever else a shape names.
    pub fn facts_of_url(&self, provider: &Provider, url: &str) -> Facts {
        let shape = url.split_once("://").map_or(url, |(_, rest)| rest);
        let mut facts = Facts::default();
        for regex in provider.urls.iter().filter_map(|pattern| self.regex(pattern)) {
            let Some(found) = regex.captures(shape) else {
                continue;
            };
            for name in regex.capture_names().flatten() {
                if let (Some(key), Some(value)) = (FactKey::from_name(name), found.name(name)) {
                    facts.set_if_missing(key, value.as_str(), None);
                }
            }
        }
        facts
    }

    fn any_matches(&self, patterns: &[String], text: &str) -> bool {
        let folded = fold(text);
        let mut regexes = patterns.iter().filter_map(|pattern| self.regex_for(pattern, &folded));
        regexes.any(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::HostPattern;

    #[test]
    fn a_star_covers_sub_domains_and_nothing_else() {
        let pattern = HostPattern { label: "*".into(), domain: "jfrog.io".into() };
        assert!(pattern.covers("acme.jfrog.io"));
        assert!(pattern.covers("a.b.JFROG.io"));
        for other in ["jfrog.io", "evil-jfrog.io", "jfrog.io.evil.example", "é"] {
            assert!(!pattern.covers(other), "{other}");
        }
    }
}
