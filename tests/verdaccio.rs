//! A real Verdaccio, a real npm, and the built program: what npm prints goes into the program, and the program asks
//! the registry that refused.
//!
//! Verdaccio answers 401 to whoever has no login and 409 to a version that is there, which are no 403. Where a story
//! needs a 403 that Verdaccio never gives, a gate before it refuses that one request and passes everything else on.
//!
//! `.ci/registries` installs Verdaccio and runs this.

#[path = "verdaccio/gate.rs"]
mod gate;
#[path = "verdaccio/lab.rs"]
mod lab;
#[allow(dead_code)]
#[path = "support/registry.rs"]
mod registry;

use lab::{Lab, Looked, Project};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::json;

type Story = fn(&Lab) -> Result<(), String>;

const STORIES: [(&str, Story); 8] = [
    ("a version that Verdaccio lists is proved to be there", version_exists),
    (
        "a version that was taken back is not called burned, as Verdaccio may take it again",
        version_taken_back,
    ),
    ("a login that may not read is proved to be refused", read_denied),
    ("the same log on a machine whose token is for another path keeps its cause", read_denied_elsewhere),
    ("without a login Verdaccio says 401, which is no incident here", no_login),
    ("a login that may not write is named, and reading it again confirms the rest", write_denied),
    ("an audit that is refused while packages are not is proved to be the endpoint", audit_refused),
    ("what was refused and is allowed now is told", allowed_now),
];

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    let trials = STORIES.into_iter().map(|(name, story)| {
        let run = move || story(Lab::running()).map_err(Failed::from);
        Trial::test(name, run).with_ignored_flag(true)
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    Lab::stop();
    conclusion.exit_code()
}

fn version_exists(lab: &Lab) -> Result<(), String> {
    let project = Project::new(&json!({ "name": "@acme/exists", "version": "1.0.2" }));
    project.use_registry(&lab.url, "alice");
    project.npm_succeeds(&["publish"])?;
    let gate = lab.gate(
        "PUT",
        "",
        r#"{"error":"You cannot publish over the previously published versions: 1.0.2."}"#,
    );
    project.use_registry(&gate.url(), "alice");
    // npm itself refuses a version that it sees, unless it is forced.
    let looked = project.refused(&["publish", "--force"])?.look(&project, "auth")?;
    looked.verdict("version-exists", "certain")?;
    looked.proved_by("version-listed")?;
    looked.fact("next_version", "1.0.3")?;
    looked.only_reads(&gate)
}

fn version_taken_back(lab: &Lab) -> Result<(), String> {
    let project = Project::new(&json!({ "name": "@acme/back", "version": "1.0.1" }));
    project.use_registry(&lab.url, "alice");
    project.npm_succeeds(&["publish"])?;
    project.write("package.json", &json!({ "name": "@acme/back", "version": "1.0.2" }).to_string());
    project.npm_succeeds(&["publish"])?;
    project.npm_succeeds(&["unpublish", "@acme/back@1.0.2", "--force"])?;
    let gate = lab.gate(
        "PUT",
        "",
        r#"{"error":"You cannot publish over the previously published versions: 1.0.2."}"#,
    );
    project.use_registry(&gate.url(), "alice");
    let looked = project.refused(&["publish", "--force"])?.look(&project, "auth")?;
    looked.verdict("version-exists", "likely")?;
    looked.found("package-exists")?;
    looked.not_found("version-burned")?;
    looked.not_found("version-listed")
}

fn read_denied(lab: &Lab) -> Result<(), String> {
    let project = lab.secret("@secret/tool")?;
    project.use_registry(&lab.url, "dev");
    let looked = project.refused(&["install", "@secret/tool"])?.look(&project, "auth")?;
    looked.verdict("registry-read-denied", "certain")?;
    looked.found("anonymous-refused")?;
    looked.found("credential-forbidden")?;
    looked.found("logged-in")?;
    looked.does_not_name("missing-credentials")
}

fn read_denied_elsewhere(lab: &Lab) -> Result<(), String> {
    let project = lab.secret("@secret/elsewhere")?;
    project.use_registry(&lab.url, "dev");
    let log = project.refused(&["install", "@secret/elsewhere"])?;
    project.use_registry_with(&lab.url, "other/", "dev");
    let looked = log.look(&project, "auth")?;
    looked.verdict("registry-read-denied", "certain")?;
    looked.found("credential-elsewhere")?;
    looked.found("anonymous-refused")?;
    looked.not_found("credential-forbidden")
}

fn no_login(lab: &Lab) -> Result<(), String> {
    let project = lab.secret("@secret/closed")?;
    project.use_nobody(&lab.url);
    let printed = project.npm_fails(&["install", "@secret/closed"])?;
    let answer = lab::diagnose(&printed, &project, &["--config", "."])?;
    let none = answer["incidents"].as_array().is_some_and(Vec::is_empty);
    let related = answer["related"][0]["code"].as_str() == Some("E401");
    if none && related { Ok(()) } else { Err(format!("{answer:#}\n{printed}")) }
}

fn write_denied(lab: &Lab) -> Result<(), String> {
    let project = Project::new(&json!({ "name": "@acme/mine", "version": "1.0.0" }));
    project.use_registry(&lab.url, "alice");
    project.npm_succeeds(&["publish"])?;
    project.write("package.json", &json!({ "name": "@acme/mine", "version": "1.0.1" }).to_string());
    project.use_registry(&lab.url, "dev");
    let looked = project.refused(&["publish"])?.look(&project, "auth")?;
    looked.verdict("registry-write-denied", "certain")?;
    looked.found("logged-in")?;
    looked.found("registry-as-configured")?;
    looked.checks("confirmed", 1)?;
    looked.does_not_name("version-exists")
}

fn audit_refused(lab: &Lab) -> Result<(), String> {
    let project = Project::new(&json!({ "name": "shop", "version": "1.0.0" }));
    project.write(
        "package-lock.json",
        &json!({
            "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true,
            "packages": { "": { "name": "shop", "version": "1.0.0" }, "node_modules/lodash": { "version": "4.17.21" } },
        })
        .to_string(),
    );
    let gate = lab.gate("POST", "/-/npm/v1/security", r#"{"error":"not available here"}"#);
    project.use_registry(&gate.url(), "dev");
    let looked = project.refused(&["audit"])?.look(&project, "anonymous")?;
    looked.verdict("endpoint-unsupported", "certain")?;
    looked.proved_by("only-endpoint-refused")?;
    looked.only_reads(&gate)
}

fn allowed_now(lab: &Lab) -> Result<(), String> {
    let project = lab.secret("@secret/later")?;
    project.use_registry(&lab.url, "dev");
    let log = project.refused(&["install", "@secret/later"])?;
    // The log is dev's, the machine is alice's by now.
    project.use_registry(&lab.url, "alice");
    let looked: Looked = log.look(&project, "auth")?;
    looked.found("allowed-now")?;
    looked.found("credential-allowed")?;
    looked.not_found("credential-forbidden")
}
