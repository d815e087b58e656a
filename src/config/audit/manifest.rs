//! Checks of `package.json`: name, version, owner, and how a publish identifies itself.

use super::{Subject, counted};
use crate::config::entries::place;
use crate::config::model::Family;
use crate::facts::{FactKey, Origin, PackageName, Sign};

/// Variables by which a CI system offers an identity to trusted publishing.
const IDENTITY: [&str; 2] = ["ACTIONS_ID_TOKEN_REQUEST_URL", "NPM_ID_TOKEN"];
/// The first version of npm that takes it.
const TRUSTED_SINCE: [u64; 3] = [11, 5, 1];

impl Subject<'_> {
    pub(super) fn check_manifest(&mut self) {
        if !self.publishing {
            return;
        }
        self.check_name_and_version();
        self.check_owner();
        self.check_identity();
    }

    fn check_name_and_version(&mut self) {
        let Some(manifest) = self.configuration.manifest.clone() else {
            return;
        };
        if let Some(private) = manifest.private.filter(|private| private.value) {
            let text = format!(
                "{} marks the package as private, which keeps it from being published",
                place(&private.origin)
            );
            self.add(Sign::PackagePrivate, text, &private.origin);
        }
        if let Some(name) = manifest.name
            && let Some(what) = wrong_name(&name.value)
        {
            let text = format!("{} names the package in a way that is refused: {what}", place(&name.origin));
            self.add(Sign::ManifestInvalid, text, &name.origin);
        }
        let Some(version) = manifest.version else {
            return;
        };
        let clean = version.value.trim().trim_start_matches(['v', '=']);
        match semver::Version::parse(clean) {
            Err(_) => {
                let text = format!("{} is not a version of three numbers", place(&version.origin));
                self.add(Sign::ManifestInvalid, text, &version.origin);
            }
            Ok(parsed) if !parsed.build.is_empty() => {
                let text = format!(
                    "{} has build metadata, +{}, which is dropped before publishing",
                    place(&version.origin),
                    parsed.build
                );
                self.add(Sign::BuildMetadata, text, &version.origin);
            }
            Ok(_) => {}
        }
    }

    /// On GitHub the scope and the repository have one owner.
    fn check_owner(&mut self) {
        let Some(repository) =
            self.configuration.manifest.as_ref().and_then(|manifest| manifest.repository.clone())
        else {
            return;
        };
        let Some(scope) = self.scope().map(|scope| scope.trim_start_matches('@').to_owned()) else {
            return;
        };
        let registry = self.picked.url();
        let is_github = registry
            .is_some_and(|url| self.provider_of(&url).is_some_and(|provider| provider.id == "github"));
        let owner = owner_of(&repository.value);
        if let Some(owner) = owner.filter(|owner| is_github && !owner.eq_ignore_ascii_case(&scope)) {
            let text = format!(
                "{} names the owner {owner}, the package's scope is {scope}",
                place(&repository.origin)
            );
            self.add(Sign::RepositoryOwnerDiffers, text, &repository.origin);
        }
    }

    /// An identity is offered, and the client is too old to use it.
    fn check_identity(&mut self) {
        let offered = IDENTITY
            .iter()
            .any(|name| self.configuration.variables.get(*name).is_some_and(|value| !value.is_empty()));
        let is_public = self.picked.url().is_some_and(|url| self.is_public(&url));
        let Some(credential) = self.credential().cloned().filter(|_| offered && is_public) else {
            return;
        };
        if self.configuration.client.family != Family::Npm {
            return;
        }
        let version =
            self.facts.get(FactKey::ClientVersion).filter(|_| self.facts.get(FactKey::Client) == Some("npm"));
        let numbers: Vec<u64> =
            version.unwrap_or_default().split('.').map_while(|part| part.parse().ok()).collect();
        if numbers.len() == 3 && numbers < TRUSTED_SINCE.to_vec() {
            let text = format!(
                "npm {} does not know trusted publishing and sends the token of {}; npm 11.5.1 is the first that does",
                version.unwrap_or_default(),
                place(&credential.origin)
            );
            self.add(Sign::TokenBeforeTrustedPublishing, text, &credential.origin);
        }
    }

    /// Files that could not be read, or do not count at all.
    pub(super) fn unreadable(&mut self, shown: &str, why: &str) {
        let origin = Origin::WholeFile { file: shown.to_owned() };
        self.add(Sign::FileUnreadable, format!("{shown} could not be read: {why}"), &origin);
    }
}

fn wrong_name(name: &str) -> Option<String> {
    if name.chars().count() > 214 {
        return Some(format!("it has {}, 214 are allowed", counted(name.chars().count(), "character")));
    }
    if name.chars().any(char::is_uppercase) {
        return Some("it has capital letters".to_owned());
    }
    PackageName::parse(name).is_none().then(|| "it is not a name that can stand in an address".to_owned())
}

/// The owner of a repository on GitHub: of an address, of `github:owner/name`, of `owner/name`.
fn owner_of(repository: &str) -> Option<String> {
    let short = repository.strip_prefix("github:").unwrap_or(repository);
    if !short.contains(':') && short.split('/').count() == 2 {
        return short.split('/').next().map(str::to_owned);
    }
    let after = repository.split_once("github.com").map(|(_, rest)| rest.trim_start_matches([':', '/']))?;
    after.split('/').next().filter(|owner| !owner.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_found_in_every_form_of_a_repository() {
        for form in [
            "acme/ui",
            "github:acme/ui",
            "https://github.com/acme/ui",
            "git+ssh://git@github.com/acme/ui.git",
            "git@github.com:acme/ui.git",
        ] {
            assert_eq!(owner_of(form).as_deref(), Some("acme"), "{form}");
        }
        for form in ["", "https://code.example/acme/ui", "gitlab:acme/ui", "acme"] {
            assert_eq!(owner_of(form), None, "{form}");
        }
    }
}
