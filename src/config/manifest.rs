//! What `package.json` says, with the line of each value.
//!
//! Must not know what follows from it.

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::facts::Origin;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where its key stands.
    pub origin: Origin,
}

/// A `package.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The path as it is shown.
    pub file: String,
    /// The package's name.
    pub name: Option<Located<String>>,
    /// Its version.
    pub version: Option<Located<String>>,
    /// Whether it is private.
    pub private: Option<Located<bool>>,
    /// The address of its repository, or the short form of one.
    pub repository: Option<Located<String>>,
    /// What `publishConfig` sets: key and value.
    pub publish_config: Vec<(String, Located<String>)>,
    /// The client that the project asks for, for example `yarn@4.1.0`.
    pub package_manager: Option<Located<String>>,
    /// The patterns of its workspace members.
    pub workspaces: Vec<String>,
}

impl Manifest {
    /// Reads the text of a `package.json`; the error says what is wrong with it.
    pub(super) fn parse(text: &str, file: &str) -> Result<Self, String> {
        let strict = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            ..ParseOptions::default()
        };
        let parsed = parse_to_ast(text, &CollectOptions::default(), &strict)
            .map_err(|error| format!("it is not JSON ({error}); mend that place"))?;
        let Some(Value::Object(root)) = parsed.value else {
            return Err("it holds no JSON object; write one with name and version".to_owned());
        };
        let reader = Reader { text, file };
        let publish_config = root.get_object("publishConfig").map(|object| reader.strings(object));
        Ok(Self {
            file: file.to_owned(),
            name: reader.string(&root, "name"),
            version: reader.string(&root, "version"),
            private: root.get("private").and_then(|found| {
                let value = found.value.as_boolean_lit()?.value;
                Some(Located { value, origin: reader.place(found) })
            }),
            repository: reader
                .string(&root, "repository")
                .or_else(|| root.get_object("repository").and_then(|object| reader.string(object, "url"))),
            publish_config: publish_config.unwrap_or_default(),
            package_manager: reader.string(&root, "packageManager"),
            workspaces: workspaces(&root),
        })
    }

    /// A setting of `publishConfig`.
    pub fn published(&self, key: &str) -> Option<&Located<String>> {
        // The last of a key counts, as in every JSON reader of JavaScript.
        self.publish_config.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
}

impl Reader<'_> {
    fn string(&self, object: &Object<'_>, key: &str) -> Option<Located<String>> {
        let found = object.properties.iter().rev().find(|property| property.name.as_str() == key)?;
        let value = found.value.as_string_lit()?.value.clone().into_owned();
        Some(Located { value, origin: self.place(found) })
    }

    fn strings(&self, object: &Object<'_>) -> Vec<(String, Located<String>)> {
        let pairs = object.properties.iter().filter_map(|found| {
            let value = found.value.as_string_lit()?.value.clone().into_owned();
            Some((found.name.as_str().to_owned(), Located { value, origin: self.place(found) }))
        });
        pairs.collect()
    }

    fn place(&self, found: &ObjectProp<'_>) -> Origin {
        let before = self.text.get(..found.start()).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
        Origin::File { file: self.file.to_owned(), line, column }
    }
}

fn workspaces(root: &Object<'_>) -> Vec<String> {
    let list = root.get_array("workspaces");
    let list = list.or_else(|| root.get_object("workspaces").and_then(|object| object.get_array("packages")));
    let patterns = list.into_iter().flat_map(|array| &array.elements);
    patterns.filter_map(|value| value.as_string_lit().map(|text| text.value.clone().into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_line() {
        let text = "{\n  \"name\": \"@acme/ui\",\n  \"private\": true,\n  \"publishConfig\": {\n    \"registry\": \"https://npm.acme.example/\"\n  },\n  \"repository\": { \"type\": \"git\", \"url\": \"git+https://code.example/acme/ui.git\" },\n  \"workspaces\": { \"packages\": [\"packages/*\"] }\n}\n";
        let manifest = Manifest::parse(text, "package.json").unwrap();
        let line = |origin: &Origin| match origin {
            Origin::File { line, column, .. } => (*line, *column),
            _ => (0, 0),
        };
        assert_eq!(
            manifest.name.as_ref().map(|name| (name.value.as_str(), line(&name.origin))),
            Some(("@acme/ui", (2, 3)))
        );
        assert_eq!(manifest.private.map(|private| private.value), Some(true));
        assert_eq!(manifest.publish_config.len(), 1);
        assert_eq!(line(&manifest.publish_config[0].1.origin), (5, 5));
        assert_eq!(manifest.repository.unwrap().value, "git+https://code.example/acme/ui.git");
        assert_eq!(manifest.workspaces, ["packages/*"]);
    }

    #[test]
    fn a_text_that_is_no_package_is_refused_and_deep_nesting_too() {
        let deep = "[".repeat(100_000);
        for bad in ["", "[]", "{", "{\"name\": }", "{\"a\":1,}", &deep, "\u{0}"] {
            assert!(Manifest::parse(bad, "package.json").is_err(), "{}", &bad[..bad.len().min(20)]);
        }
    }
}
