use super::*;

fn found(text: &str) -> Vec<Row> {
    found_in(text, &Filter::default())
}

fn found_in(text: &str, filter: &Filter) -> Vec<Row> {
    let knowledge = Knowledge::bundled();
    Index::new(knowledge).find(text, filter, knowledge).rows().cloned().collect()
}

fn cause(id: &str) -> Entry {
    Entry::Cause(id.to_owned())
}

#[test]
fn every_title_id_and_code_finds_its_own_entry() {
    let knowledge = Knowledge::bundled();
    let mut index = Index::new(knowledge);
    let all: Vec<Row> = index.all(&Filter::default(), knowledge).rows().cloned().collect();
    for row in all {
        let (Entry::Cause(id) | Entry::Related(id) | Entry::Registry(id)) = &row.entry;
        for words in [&row.title, id] {
            let found = index.find(words, &Filter::default(), knowledge);
            let place = found.rows().position(|found| found.entry == row.entry);
            assert!(place.is_some_and(|place| place < 5), "{words}: {place:?}");
        }
    }
}

#[test]
fn every_other_name_finds_its_cause_among_the_first_four() {
    let knowledge = Knowledge::bundled();
    let mut index = Index::new(knowledge);
    for entry in knowledge.causes() {
        for name in &entry.also_known_as {
            let found = index.find(name, &Filter::default(), knowledge);
            let place = found.rows().position(|row| row.entry == cause(&entry.id));
            assert!(place.is_some_and(|place| place < 4), "{}: {name}: {place:?}", entry.id);
        }
    }
}

#[test]
fn a_sentence_of_a_registry_comes_first_and_says_why() {
    let rows = found("You cannot publish over the previously published versions: 2.3.0.");
    assert_eq!((&rows[0].entry, rows[0].note.as_str()), (&cause("version-exists"), words::RECOGNISED_NOTE));
    let with_prefix = found("npm ERR! 403 You cannot publish over the previously published versions: 1.0.0.");
    assert_eq!(with_prefix[0].entry, cause("version-exists"));
}

#[test]
fn a_typing_mistake_finds_what_was_meant() {
    for typed in ["pubished version", "versoin exists"] {
        assert!(found(typed).iter().take(4).any(|row| row.entry == cause("version-exists")), "{typed}");
    }
}

#[test]
fn a_registry_leaves_out_what_only_happens_elsewhere() {
    let filter = Filter { registry: Some("github".to_owned()), operation: None };
    let knowledge = Knowledge::bundled();
    let index = Index::new(knowledge);
    let count = |filter: &Filter| index.all(filter, knowledge).len();
    assert!(count(&filter) < count(&Filter::default()));
    let publishing = Filter { registry: None, operation: Some(Operation::Publish) };
    assert!(
        found_in("lockfile registry", &publishing).iter().all(|row| row.entry != cause("lockfile-registry"))
    );
}

#[test]
fn nonsense_and_odd_letters_find_nothing_and_do_no_harm() {
    for text in ["zzqqxx", "ſ\u{212a}…", "\u{0}\u{202e}", "((((", "\\"] {
        assert!(found(text).len() < 20, "{text:?}");
    }
    found(&"npm error ".repeat(400));
}
