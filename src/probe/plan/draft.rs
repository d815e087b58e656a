//! A plan while it is made: the one place where a request is offered, and where the rules about hosts and
//! credentials stand.

use url::Url;

use crate::facts::{Facts, PackageName};
use crate::knowledge::Knowledge;
use crate::probe::subject::Subject;
use crate::probe::{Answer, Ask, Home, Plan, Question, Tier, Verb, Wish, address};

/// How much of a package's metadata is read.
const METADATA: usize = 16 << 20;
/// How much of a short answer is read.
const SHORT: usize = 256 << 10;
/// How much of anything else is read.
const BYTES: usize = 64 << 10;

/// A plan while it is made.
pub struct Draft<'a> {
    /// What it is about.
    pub subject: Subject,
    /// The incident's facts.
    pub facts: &'a Facts,
    /// The configuration.
    pub home: &'a dyn Home,
    /// The entries.
    pub knowledge: &'a Knowledge,
    /// What was answered before.
    pub answers: &'a [Answer],
    wish: &'a Wish,
    credentials: bool,
    plan: Plan,
}

/// A request to be offered.
pub struct Offer {
    question: Question,
    url: Option<Url>,
    why: String,
    credential: bool,
    caution: Option<String>,
}

impl Offer {
    /// An anonymous request.
    pub fn new(question: Question, url: Option<Url>, why: impl Into<String>) -> Self {
        Self { question, url, why: why.into(), credential: false, caution: None }
    }

    /// The same with the user's credential.
    pub fn with_credential(self) -> Self {
        Self { credential: true, ..self }
    }

    /// Not ticked, because of this.
    pub fn with_caution(self, caution: Option<String>) -> Self {
        Self { caution, ..self }
    }
}

impl<'a> Draft<'a> {
    /// An empty plan.
    pub fn new(
        facts: &'a Facts,
        home: &'a dyn Home,
        knowledge: &'a Knowledge,
        answers: &'a [Answer],
        wish: &'a Wish,
    ) -> Self {
        let subject = Subject::of(facts, home, knowledge);
        let credentials = wish.with_credentials;
        Self { subject, facts, home, knowledge, answers, wish, credentials, plan: Plan::default() }
    }

    /// The plan.
    pub fn finish(self) -> Plan {
        self.plan
    }

    /// Says what is not asked and why, once.
    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.plan.notes.contains(&note) {
            self.plan.notes.push(note);
        }
    }

    /// From now on no request with a credential is offered.
    pub fn withhold_credentials(&mut self) {
        if self.credentials {
            self.note("no credential is sent any more, because the answers do not come from the registry alone, or because it does not know the credential");
        }
        self.credentials = false;
    }

    /// Whether requests with a credential are offered.
    pub fn sends_credentials(&self) -> bool {
        self.credentials
    }

    /// An address below the refusing registry.
    pub fn at_registry(&self, path: &str) -> Option<Url> {
        address::join(self.subject.registry.as_ref()?, path)
    }

    /// The address of the package's metadata.
    pub fn package_url(&self) -> Option<Url> {
        self.at_registry(&address::escaped(self.subject.package.as_ref()?))
    }

    /// Whether this was asked before, whatever came of it.
    pub fn was_asked(&self, question: Question) -> bool {
        self.answers.iter().any(|answer| answer.question == question)
    }

    /// Offers a request, unless a rule forbids it.
    pub fn offer(&mut self, offer: Offer) {
        let Some(url) = offer.url else {
            return;
        };
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some(reason) = address::forbidden(&url) {
            self.note(format!("{} is not asked: {reason}", shown(&url)));
            return;
        }
        if self.is_known(offer.question, &url, offer.credential) {
            return;
        }
        let tier = address::tier(&url, self.home, self.knowledge);
        let credential = match offer.credential {
            true if !self.credentials => return,
            true => match self.credential_for(&url, tier) {
                Some(credential) => Some(credential),
                None => return,
            },
            false => None,
        };
        let named = self.wish.hosts.iter().any(|named| named.trim().eq_ignore_ascii_case(&host));
        let stranger = matches!(tier, Tier::C | Tier::D).then(|| only_in_log(&host));
        if !named && self.wish.headless && stranger.is_some() {
            self.note(format!(
                "{host} is not asked, because only the log names it; allow it with --allow-host {host}"
            ));
            return;
        }
        if !named && self.wish.headless && offer.caution.is_some() {
            self.note(format!(
                "{host} is not asked about this package, because the name may be private; allow it with --allow-host {host}"
            ));
            return;
        }
        let ticked = named || stranger.is_none() && offer.caution.is_none();
        let in_house = (tier == Tier::B && address::is_private(&url))
            .then(|| format!("{host} is an address inside this network or this machine"));
        let caution = stranger.or(offer.caution).or(in_house);
        self.plan.asks.push(Ask {
            id: self.id(offer.question),
            question: offer.question,
            verb: verb(offer.question),
            url,
            tier,
            credential,
            why: offer.why,
            ticked,
            caution,
            limit: limit(offer.question),
            accept: accept(offer.question),
        });
    }

    fn is_known(&self, question: Question, url: &Url, credential: bool) -> bool {
        let answered = |answer: &Answer| {
            answer.question == question && answer.url == *url && answer.credential == credential
        };
        let offered = |ask: &Ask| {
            ask.verb == verb(question) && ask.url == *url && ask.credential.is_some() == credential
        };
        self.answers.iter().any(answered) || self.plan.asks.iter().any(offered)
    }

    fn credential_for(&self, url: &Url, tier: Tier) -> Option<crate::probe::SentAlong> {
        let trusted = matches!(tier, Tier::A | Tier::B) && address::is_safe_for_credentials(url);
        trusted.then(|| self.home.credential_for(url)).flatten()
    }

    /// Behind every id of this diagnosis: rounds must not give the same one twice.
    fn id(&self, question: Question) -> usize {
        let kind = Question::ALL.iter().position(|known| *known == question).unwrap_or_default();
        let same = |other: &Question| *other == question;
        let before = self.answers.iter().map(|answer| &answer.question).filter(|known| same(known)).count();
        let now = self.plan.asks.iter().map(|ask| &ask.question).filter(|known| same(known)).count();
        kind * 100 + before + now
    }

    /// Why a package's name should not be told to the public registry without a thought.
    pub fn private_name(&self, package: &PackageName) -> Option<String> {
        let name = package.as_str();
        let public = self.knowledge.public_host()?;
        if let Some(scope) = package.scope() {
            let elsewhere = self.home.maps_scope(scope).as_deref().and_then(address::base);
            return match elsewhere.filter(|registry| !address::is_npm(registry, self.knowledge)) {
                Some(registry) => Some(format!(
                    "{public} would learn the name {name}, and {scope} is mapped to {} here",
                    registry.host_str().unwrap_or("another registry")
                )),
                None if self.subject.is_npm => None,
                None => Some(format!("{public} would learn the name {name}, which may be private")),
            };
        }
        let is_open = self.subject.is_npm || self.subject.expects("cnpm");
        (!is_open).then(|| format!("{public} would learn the name {name}, which may be private"))
    }
}

/// An address in a note: short, without its query.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    let text = url.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn only_in_log(host: &str) -> String {
    if host.split('.').any(|label| label.starts_with("xn--")) {
        format!(
            "only the log names {host}; this is its real spelling, which may look like another host's name"
        )
    } else {
        format!("only the log names {host}; tick it only if you know this host")
    }
}

fn verb(question: Question) -> Verb {
    match question {
        Question::Archive | Question::ArchiveWithCredential | Question::OtherArchive => Verb::Head,
        _ => Verb::Get,
    }
}

fn limit(question: Question) -> usize {
    match question {
        Question::Package
        | Question::PackageWithCredential
        | Question::PublicPackage
        | Question::SimilarName
        | Question::OtherPackage
        | Question::DecodedSlash => METADATA,
        Question::Archive | Question::ArchiveWithCredential | Question::OtherArchive => BYTES,
        _ => SHORT,
    }
}

fn accept(question: Question) -> &'static str {
    match question {
        Question::Archive | Question::ArchiveWithCredential | Question::OtherArchive => "*/*",
        // The short form is enough where nothing but "can it be read" is asked.
        Question::OtherPackage | Question::DecodedSlash => {
            "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*"
        }
        _ => "application/json",
    }
}
