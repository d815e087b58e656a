//! Names that a mistyped one may be meant to be.

/// At most three names that `typed` may be meant to be, the best first.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let mut scored: Vec<_> = names
        .map(|name| {
            let lower = name.to_lowercase();
            // A piece of an id is what people remember: "burned" for "version-burned".
            let piece = typed.len() >= 3 && lower.contains(&typed);
            let score = strsim::jaro_winkler(&typed, &lower) + if piece { 1.0 } else { 0.0 };
            (score, name)
        })
        .filter(|(score, _)| *score >= 0.8)
        .collect();
    scored.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cmp(y)));
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

/// `did you mean "fixes"`, or `otherwise` if nothing is like it.
pub fn did_you_mean<'a>(typed: &str, names: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    match nearest(typed, names).first() {
        Some(name) => format!("did you mean {name:?}"),
        None => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_mistake_or_a_piece_of_an_id_finds_the_id() {
        let ids = ["version-exists", "version-burned", "name-not-yours", "E401"];
        assert_eq!(nearest("verson-exists", ids.into_iter())[0], "version-exists");
        assert_eq!(nearest("burned", ids.into_iter()), ["version-burned"]);
        assert_eq!(nearest("e401", ids.into_iter()), ["E401"]);
        assert!(nearest("zzz", ids.into_iter()).is_empty());
    }
}
