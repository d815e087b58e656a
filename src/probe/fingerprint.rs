//! Who answers: the software behind a registry, or something in between.
//!
//! One sign proves nothing; signs are weighed and summed. Must not know causes.

use std::collections::BTreeMap;

use super::words::is_page;
use super::{Answer, Reply};

/// What it takes to name a software or a box.
pub const ENOUGH: u8 = 2;

/// A sign of a software in a header. `""` as text: whatever the header says.
struct Mark {
    software: &'static str,
    header: &'static str,
    /// What the value starts with, lower case.
    starts: &'static str,
    weight: u8,
}

const fn mark(software: &'static str, header: &'static str, starts: &'static str, weight: u8) -> Mark {
    Mark { software, header, starts, weight }
}

/// Headers by software; the ids are those of `knowledge/providers`. Marks that nobody measured weigh one.
const MARKS: [Mark; 25] = [
    mark("artifactory", "x-jfrog-version", "", 2),
    mark("artifactory", "x-artifactory-id", "", 2),
    mark("artifactory", "x-artifactory-node-id", "", 1),
    mark("artifactory", "server", "artifactory", 2),
    mark("nexus", "server", "nexus/", 2),
    mark("nexus", "www-authenticate", "basic realm=\"sonatype nexus", 2),
    mark("github", "x-github-request-id", "", 1),
    mark("github", "www-authenticate", "basic realm=\"github package", 2),
    mark("gitlab", "x-gitlab-meta", "", 2),
    mark("azure", "x-tfs-processid", "", 1),
    mark("azure", "x-vss-e2eid", "", 1),
    mark("azure", "activityid", "", 1),
    mark("azure", "x-msedge-ref", "", 1),
    mark("codeartifact", "x-amzn-requestid", "", 1),
    mark("codeartifact", "x-amzn-errortype", "", 1),
    mark("google", "server", "esf", 1),
    mark("google", "x-goog-", "", 1),
    mark("verdaccio", "x-powered-by", "verdaccio", 2),
    mark("verdaccio", "x-powered-by", "hidden", 1),
    mark("gitea", "x-gitea-", "", 1),
    mark("npm", "npm-notice", "", 1),
    mark("npm", "cf-ray", "", 1),
    mark("npm", "cf-cache-status", "", 1),
    mark("npm", "server", "cloudflare", 1),
    mark("cloudsmith", "x-cloudsmith-", "", 1),
];

/// Words in a body by software; each weighs one.
const WORDS: [(&str, &str); 12] = [
    ("artifactory", "\"errors\":[{\"status\":"),
    ("artifactory", "\"errors\" : [ {"),
    ("nexus", "\"success\":false,\"error\":"),
    ("github", "permission_denied:"),
    ("github", "authentication token not provided"),
    ("gitlab", "{\"message\":\"403 forbidden\"}"),
    ("azure", "\"typekey\":\""),
    ("google", "artifactregistry.repositories."),
    ("verdaccio", "authorization required to "),
    ("verdaccio", "is not allowed to access package "),
    ("verdaccio", "no such package available"),
    ("cnpm", "\"sync_model\""),
];

/// How much speaks for each software among some answers; each sign counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<&'static str, u8>);

impl Marks {
    /// Reads the signs of some answers of one host.
    pub fn read<'a>(replies: impl IntoIterator<Item = &'a Reply>) -> Self {
        let replies: Vec<&Reply> = replies.into_iter().collect();
        let mut marks = Self::default();
        for mark in &MARKS {
            if replies.iter().any(|reply| has(reply, mark.header, mark.starts)) {
                marks.add(mark.software, mark.weight);
            }
        }
        let heads: Vec<String> = replies.iter().map(|reply| head(reply)).collect();
        for (software, words) in WORDS {
            if heads.iter().any(|head| head.contains(words)) {
                marks.add(software, 1);
            }
        }
        // The answer to `/-/ping`: no other registry says pong.
        if heads.iter().any(|head| head.starts_with("{\"pong\":true")) {
            marks.add("cnpm", 2);
        }
        marks
    }

    fn add(&mut self, software: &'static str, weight: u8) {
        *self.0.entry(software).or_default() += weight;
    }

    /// How much speaks for a software.
    pub fn of(&self, software: &str) -> u8 {
        self.0.get(software).copied().unwrap_or_default()
    }

    /// The software for which enough speaks. The public registry's edge also stands before other registries, and
    /// storage and cloud headers before any software; so those name nobody.
    pub fn named(&self) -> Option<&'static str> {
        let telling = |software: &&str| !matches!(*software, "npm" | "google" | "codeartifact");
        let enough = self.0.iter().filter(|(_, weight)| **weight >= ENOUGH);
        enough
            .filter(|(software, _)| telling(software))
            .max_by_key(|(_, weight)| **weight)
            .map(|(name, _)| *name)
    }
}

fn has(reply: &Reply, header: &str, starts: &str) -> bool {
    let family = header.ends_with('-');
    reply.headers.iter().any(|(key, value)| {
        let key = key.to_ascii_lowercase();
        let named = if family { key.starts_with(header) } else { key == header };
        named && value.trim().to_ascii_lowercase().starts_with(starts)
    })
}

/// The start of a body in lower case: enough for every sign.
fn head(reply: &Reply) -> String {
    let head = reply.body.get(..4_096).unwrap_or(&reply.body);
    String::from_utf8_lossy(head).trim_start().to_ascii_lowercase()
}

/// Hosts to which gateways send what they block.
const GATEWAYS: [&str; 4] =
    ["gateway.zscaler", "block.opendns.com", "block.sse.cisco.com", "notify.bluecoat.com"];

/// Words of block pages.
const PAGE_WORDS: [&str; 14] = [
    "access denied",
    "web page blocked",
    "web site blocked",
    "this website is blocked",
    "the requested url was rejected",
    "fortiguard",
    "websense",
    "forcepoint",
    "netskope",
    "umbrella",
    "zscaler",
    "blue coat",
    "err_access_denied",
    "content filter",
];

/// Names of proxies in `Server` and `Via`.
const PROXIES: [&str; 11] = [
    "squid",
    "zscaler",
    "bluecoat",
    "blue coat",
    "bigip",
    "netskope",
    "mcafee web gateway",
    "fortigate",
    "websense",
    "mitmproxy",
    "privoxy",
];

/// What speaks for a box that answered instead of the registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoxMarks {
    /// How much.
    pub weight: u8,
    /// What, each in a few words.
    pub what: Vec<&'static str>,
}

impl BoxMarks {
    /// Whether it is enough to say so.
    pub fn is_enough(&self) -> bool {
        self.weight >= ENOUGH
    }

    fn add(&mut self, weight: u8, what: &'static str) {
        self.weight += weight;
        self.what.push(what);
    }
}

/// What in an answer speaks for a box in between. A proxy that only passes answers on leaves its name too, so
/// nothing counts when the registry's JSON came through.
///
/// Only Squid's own headers were measured and count as strong; of the others it takes two.
pub fn box_marks(answer: &Answer, reply: &Reply, is_json: bool) -> BoxMarks {
    let mut marks = BoxMarks::default();
    if answer.hops.iter().any(|hop| GATEWAYS.iter().any(|gateway| hop.to.contains(gateway))) {
        marks.add(2, "it was sent on to the page of a web gateway");
    }
    if reply.status == 407 {
        marks.add(2, "a proxy asks for a login");
    }
    if is_json || (200..300).contains(&reply.status) && !is_page(reply) {
        return marks;
    }
    if has(reply, "x-squid-error", "") {
        marks.add(2, "Squid names its own error");
    }
    if has(reply, "server", "squid") {
        marks.add(2, "the server calls itself Squid");
    } else if names_proxy(reply, "server") {
        marks.add(1, "the server calls itself a proxy");
    }
    if has(reply, "x-zscaler", "") || has(reply, "x-zscaler-", "") {
        marks.add(1, "a Zscaler header came along");
    }
    if has(reply, "proxy-authenticate", "") {
        marks.add(1, "a proxy asks for a login");
    }
    if names_proxy(reply, "via") {
        marks.add(1, "the answer came through a proxy");
    }
    if has(reply, "x-cache", "") && !is_edge(reply) && !has(reply, "x-cache", "error from cloudfront") {
        marks.add(1, "a cache in between names itself");
    }
    if is_page(reply) {
        marks.add(1, "it is a web page where JSON was due");
        let head = head(reply);
        if !is_edge(reply) && PAGE_WORDS.iter().any(|words| head.contains(words)) {
            marks.add(1, "the page uses the words of a block page");
        }
    }
    marks
}

fn names_proxy(reply: &Reply, header: &str) -> bool {
    let values = reply.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(header));
    values
        .map(|(_, value)| value.to_ascii_lowercase())
        .any(|value| PROXIES.iter().any(|name| value.contains(name)))
}

/// Whether a content network, such as the public registry's own, wrote the answer: it is not a box in between.
pub fn is_edge(reply: &Reply) -> bool {
    let marks = [
        ("cf-ray", ""),
        ("cf-mitigated", ""),
        ("server", "cloudflare"),
        ("server", "akamai"),
        ("server", "cloudfront"),
        ("x-iinfo", ""),
        ("x-sucuri-", ""),
        ("x-amz-cf-id", ""),
    ];
    marks.iter().any(|(header, starts)| has(reply, header, starts))
}

/// Authorities that browsers trust, by a word of their name. Kept small: it is only asked about registries that
/// everybody reaches, and an authority that is missing here costs a wrong "the certificate is a private one".
const AUTHORITIES: [&str; 24] = [
    "let's encrypt",
    "isrg",
    "google trust services",
    "digicert",
    "sectigo",
    "comodo",
    "usertrust",
    "amazon",
    "globalsign",
    "cloudflare",
    "microsoft",
    "entrust",
    "geotrust",
    "thawte",
    "rapidssl",
    "starfield",
    "godaddy",
    "go daddy",
    "ssl.com",
    "zerossl",
    "identrust",
    "certum",
    "buypass",
    "baltimore",
];

/// Whether the issuer of a certificate is an authority that browsers trust.
pub fn is_public_authority(issuer: &str) -> bool {
    let lower = issuer.to_ascii_lowercase();
    if AUTHORITIES.iter().any(|name| lower.contains(name)) {
        return true;
    }
    // Let's Encrypt and Google number their intermediates: `CN=R11`, `CN=E7`, `CN=WE1`, `CN=WR2`, `CN=YE1`.
    lower.split(',').filter_map(|part| part.trim().strip_prefix("cn=")).any(|name| {
        let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
        letters.len() < name.len()
            && name.len() <= 4
            && matches!(letters, "r" | "e" | "we" | "wr" | "ye" | "yr")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_authorities_are_told_from_public_ones() {
        for issuer in [
            "CN=WE1,O=Google Trust Services,C=US",
            "CN=R11",
            "C=US, O=Let's Encrypt, CN=E7",
            "CN=GTS, O=Google Trust Services",
        ] {
            assert!(is_public_authority(issuer), "{issuer}");
        }
        for issuer in ["CN=Corporate Root", "CN=Zscaler Root CA", "CN=R1000000", "CN=egress", ""] {
            assert!(!is_public_authority(issuer), "{issuer}");
        }
    }
}
