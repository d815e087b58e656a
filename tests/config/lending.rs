//! The rule for credentials, over many configurations: this program sends one only where the user's client would.

use std::collections::BTreeMap;

use proptest::prelude::*;
use unforbid::config::Sent;
use url::Url;

use super::layout::Setup;

const HOSTS: [&str; 5] =
    ["npm.acme.example", "NPM.acme.example", "npm.acme.example:8443", "other.example", "localhost:4873"];
const PATHS: [&str; 7] = ["", "/", "/npm/", "/npm", "/npm/deep/", "/NPM/", "/npm-other/"];
const CLIENTS: [(&str, &str); 11] = [
    ("npm", "6.14.18"),
    ("npm", "8.19.4"),
    ("npm", "11.21.2"),
    ("npm", "12.2.0"),
    ("pnpm", "10.34.9"),
    ("pnpm", "11.28.11"),
    ("pnpm", "12.21.0"),
    ("yarn1", "1.22.22"),
    ("berry", "4.18.1"),
    ("bun", "1.4.5"),
    ("deno", "2.9.6"),
];

fn address() -> impl Strategy<Value = String> {
    let scheme = prop::sample::select(vec!["https", "http"]);
    (scheme, prop::sample::select(&HOSTS[..]), prop::sample::select(&PATHS[..]))
        .prop_map(|(scheme, host, path)| format!("{scheme}://{host}{path}"))
}

fn line() -> impl Strategy<Value = String> {
    let key = (prop::sample::select(&HOSTS[..]), prop::sample::select(&PATHS[..]));
    let part = prop::sample::select(vec!["_authToken=t0", "_authToken=${NOPE}", "_auth=dTpw", "_authToken="]);
    prop_oneof![
        3 => (key, part).prop_map(|((host, path), part)| format!("//{host}{path}:{part}")),
        2 => address().prop_map(|address| format!("registry={address}")),
        1 => address().prop_map(|address| format!("@acme:registry={address}")),
        1 => address().prop_map(|address| format!("registry={}", address.replacen("//", "//u:pw@", 1))),
        1 => Just("_authToken=top".to_owned()),
        1 => Just("always-auth=true".to_owned()),
    ]
}

/// The same lines for Yarn 2 and later, whose file is another.
fn in_yaml(lines: &[String]) -> Vec<String> {
    let mut yaml = vec!["npmAlwaysAuth: true".to_owned(), "unsafeHttpWhitelist: ['*']".to_owned()];
    if let Some(address) = lines.iter().find_map(|line| line.strip_prefix("registry=")) {
        yaml.push(format!("npmRegistryServer: \"{address}\""));
    }
    yaml.push("npmRegistries:".to_owned());
    let mut seen = std::collections::BTreeSet::new();
    for (key, token) in lines.iter().filter_map(|line| line.split_once(":_authToken=")) {
        if seen.insert(key.to_owned()) {
            yaml.push(format!("  \"{key}\":\n    npmAuthToken: \"{token}\"\n    npmAlwaysAuth: true"));
        }
    }
    yaml
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_credential_is_lent_only_where_the_client_itself_would_send_it(
        lines in prop::collection::vec(line(), 0..8),
        client in prop::sample::select(&CLIENTS[..]),
        base in address(),
        tail in prop::sample::select(vec!["", "ui", "@acme%2fui", "ui/-/ui-1.0.0.tgz", "npm/ui", "../ui"]),
    ) {
        let slash = if base.ends_with('/') { "" } else { "/" };
        let url = Url::parse(&format!("{base}{slash}{tail}")).unwrap();
        let (name, file) = match client.0 {
            "berry" => ("home/.yarnrc.yml", in_yaml(&lines)),
            _ => ("home/.npmrc", lines.clone()),
        };
        let laid = Setup {
            name: "generated".to_owned(),
            check: None,
            client: client.0.to_owned(),
            version: client.1.to_owned(),
            files: BTreeMap::from([(name.to_owned(), file)]),
            encoding: BTreeMap::new(),
            env: BTreeMap::new(),
            cd: None,
            facts: BTreeMap::new(),
        }
        .lay();
        let configuration = &laid.configuration;
        let Some(lent) = configuration.credential_for(&url) else {
            return Ok(());
        };
        let is_here = url.host_str() == Some("localhost");
        prop_assert!(url.scheme() == "https" || is_here, "{lent:?} over http to {url}");
        let packages = [None, Some("ui"), Some("@acme/ui")];
        let would_send = packages.into_iter().flat_map(|package| [(package, false), (package, true)]).any(|(package, publishing)| {
            configuration.sent_with(&url, package, publishing) == Sent::Credential(lent.clone())
        });
        prop_assert!(would_send, "{lent:?} is sent to {url} by nobody");
        let scope = Url::parse(&lent.scope).unwrap();
        prop_assert_eq!(scope.origin(), url.origin(), "the key is for another origin");
        prop_assert!(url.path().starts_with(scope.path()) || format!("{}/", url.path()) == scope.path(), "{} is not below {}", url, scope);
        let registries = configuration.registries();
        let is_configured = registries.iter().any(|registry| Url::parse(&registry.value).is_ok_and(|registry| registry.origin() == url.origin()));
        prop_assert!(is_configured, "{url} is no registry of the configuration");
        prop_assert!(!lent.secret.expose().contains("${"), "the name of a variable is no credential");
        prop_assert!(!format!("{lent:?}{configuration:?}").contains("dTpw"), "a secret is printed");
    }

    #[test]
    fn no_text_of_any_file_ends_the_program(
        text in "(?s).{0,300}",
        name in prop::sample::select(vec![
            "home/.npmrc", "home/.yarnrc.yml", "home/.yarnrc", "project/bunfig.toml", "project/package.json",
            "project/pnpm-workspace.yaml", "project/package-lock.json", "project/yarn.lock", "project/bun.lock", "project/.env",
        ]),
        client in prop::sample::select(&CLIENTS[..]),
    ) {
        let setup = Setup {
            name: "generated".to_owned(),
            check: None,
            client: client.0.to_owned(),
            version: client.1.to_owned(),
            files: BTreeMap::from([(name.to_owned(), vec![text])]),
            encoding: BTreeMap::new(),
            env: BTreeMap::new(),
            cd: None,
            facts: BTreeMap::from([("url".to_owned(), "https://npm.acme.example/ui".to_owned()), ("package".to_owned(), "ui".to_owned())]),
        };
        let laid = setup.lay();
        unforbid::config::audit(&laid.configuration, &laid.facts, super::layout::knowledge(), 0);
    }
}
