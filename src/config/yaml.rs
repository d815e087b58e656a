//! YAML with places: mappings, lists and scalars, each with its line and column.
//!
//! Built from the parser's events, so that an alias can never blow the tree up: it stands for nothing here.
//! Must not know what a key means.

use saphyr_parser::{Event, Parser};

/// So deep is no configuration.
const DEEPEST: usize = 64;

/// A value.
pub(super) struct Node {
    /// What it is.
    pub value: Value,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
}

/// What a value is.
pub(super) enum Value {
    /// A text, number, or word.
    Scalar(String),
    /// Keys and values in order.
    Map(Vec<(Node, Node)>),
    /// A list.
    List(Vec<Node>),
    /// An alias, or something nested too deep.
    Nothing,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            Value::Map(_) | Value::List(_) | Value::Nothing => None,
        }
    }

    /// The keys and values of a mapping; none for anything else.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &Self, &Self)> {
        let pairs: &[(Self, Self)] = match &self.value {
            Value::Map(pairs) => pairs,
            Value::Scalar(_) | Value::List(_) | Value::Nothing => &[],
        };
        pairs.iter().filter_map(|(key, value)| Some((key.text()?, key, value)))
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            Value::Scalar(_) | Value::Map(_) | Value::Nothing => &[],
        }
    }
}

/// A container that is still open, and the key that waits for its value.
struct Open {
    node: Node,
    key: Option<Node>,
}

/// The first document of a text; `None` for an empty one. The error says what is wrong and where.
pub(super) fn parse(text: &str) -> Result<Option<Node>, String> {
    let mut open: Vec<Open> = Vec::new();
    let mut too_deep = 0_usize;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| format!("it is not YAML ({error}); mend that place"))?;
        let node = |value| Node { value, line: span.start.line(), column: span.start.col() + 1 };
        let done = match event {
            Event::MappingStart(..) | Event::SequenceStart(..) if open.len() >= DEEPEST => {
                too_deep += 1;
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd if too_deep > 0 => {
                too_deep -= 1;
                if too_deep > 0 {
                    continue;
                }
                node(Value::Nothing)
            }
            _ if too_deep > 0 => continue,
            Event::MappingStart(..) => {
                open.push(Open { node: node(Value::Map(Vec::new())), key: None });
                continue;
            }
            Event::SequenceStart(..) => {
                open.push(Open { node: node(Value::List(Vec::new())), key: None });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(closed) => closed.node,
                None => continue,
            },
            Event::Scalar(text, ..) => node(Value::Scalar(text.into_owned())),
            Event::Alias(_) => node(Value::Nothing),
            Event::DocumentEnd => return Ok(None),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => continue,
        };
        let Some(parent) = open.last_mut() else {
            return Ok(Some(done));
        };
        match &mut parent.node.value {
            Value::List(items) => items.push(done),
            Value::Map(pairs) => match parent.key.take() {
                Some(key) => pairs.push((key, done)),
                None => parent.key = Some(done),
            },
            Value::Scalar(_) | Value::Nothing => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_place() {
        let root = parse("a: 1\nb:\n  \"//h\":\n    c: 'x # y' # z\n").unwrap().unwrap();
        let (_, _, b) = root.pairs().nth(1).unwrap();
        let (host, key, inner) = b.pairs().next().unwrap();
        assert_eq!((host, key.line, key.column), ("//h", 3, 3));
        let (_, key, value) = inner.pairs().next().unwrap();
        assert_eq!((key.line, key.column, value.text()), (4, 5, Some("x # y")));
    }

    #[test]
    fn hostile_yaml_neither_hangs_nor_blows_up() {
        let bomb = format!(
            "a0: &a0 [x]\n{}",
            (1..60).map(|n| format!("a{n}: &a{n} [*a{0},*a{0}]\n", n - 1)).collect::<String>()
        );
        assert!(parse(&bomb).unwrap().is_some());
        let deep = format!("{}x{}", "[".repeat(200), "]".repeat(200));
        assert!(parse(&deep).is_ok_and(|node| node.is_some()) || parse(&deep).is_err());
        for odd in ["", "\u{0}", "a: [", "- a\nb: c", "&", "%", "a: |\n", "? a\n: b", "\t a: b", "---\n...\n"]
        {
            // Any answer will do, as long as there is one.
            assert!(parse(odd).is_ok() || parse(odd).is_err());
        }
    }
}
