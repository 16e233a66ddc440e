//! The shape of programs: what stays goes out in as few copies as there are changes.
//!
//! What they write is proven by decoding, in the tests of derived types.

use super::run::Op;
use super::*;

fn plan(ours: &str, theirs: &str) -> Plan {
    let record = |fields: &str| {
        let text = format!(r#"{{"type":"record","name":"R","fields":[{fields}]}}"#);
        AvroSchema::parse(&text).expect("a schema")
    };
    Plan::new(&record(ours), &record(theirs)).expect("a plan")
}

/// The steps at the root, one letter each.
fn steps(ours: &str, theirs: &str) -> String {
    let letter = |op: &Op| match op {
        Op::Walk(_) => 'w',
        Op::ToEnd => 'e',
        Op::Drop(_) => 'd',
        Op::Insert(_) => 'i',
        Op::IntToDouble | Op::FloatToDouble | Op::ToFixed(_) | Op::Enum(_) => 'c',
        Op::Blocks(_) => 'b',
        Op::Union(_) => 'u',
        Op::Reorder(_) => 'r',
        Op::Call(_) => 'l',
    };
    match plan(ours, theirs).program {
        Some(program) => program.root.iter().map(letter).collect(),
        None => "same".to_owned(),
    }
}

/// Fields by their first letter: `i`nt, `s`tring, `d`ouble, a record `n` of an int and a string; capitals have a default
/// and no counterpart.
fn fields(letters: &str) -> String {
    let field = |letter: char| match letter {
        'i' => r#"{"name":"i","type":"int"}"#,
        's' => r#"{"name":"s","type":"string"}"#,
        'd' => r#"{"name":"d","type":"double"}"#,
        'n' => {
            r#"{"name":"n","type":{"type":"record","name":"N","fields":[{"name":"x","type":"int"},{"name":"y","type":"string"}]}}"#
        }
        'A' => r#"{"name":"A","type":"int","default":1}"#,
        'B' => r#"{"name":"B","type":"int","default":1}"#,
        'Z' => r#"{"name":"Z","type":"null","default":null}"#,
        other => panic!("{other} is no field"),
    };
    letters.chars().map(field).collect::<Vec<_>>().join(",")
}

#[test]
fn unchanged_neighbours_are_one_copy() {
    for (ours, theirs, expected) in [
        ("isdn", "isdn", "same"),
        // A field of no bytes is no change.
        ("isdn", "iZsdn", "same"),
        ("isdn", "AisdnB", "iei"),
        ("isdn", "isAdn", "wie"),
        ("isdn", "isABdn", "wie"),
        ("isdn", "idn", "wde"),
        ("isdn", "in", "wde"),
        ("isdn", "isd", "wd"),
        ("isdn", "n", "de"),
        ("isdn", "A", "id"),
        // Only the stretch whose order differs is cut into sections.
        ("isdn", "sidn", "re"),
        ("isdn", "isnd", "wr"),
        ("isdn", "idsn", "wre"),
        ("isdn", "ndsi", "r"),
        ("isdn", "siAnd", "rir"),
    ] {
        assert_eq!(steps(&fields(ours), &fields(theirs)), expected, "{ours} {theirs}");
    }
}

#[test]
fn sections_join_what_stays_together() {
    for (ours, theirs, sections, pieces) in [
        ("isdn", "dnis", 2, 2),
        ("isdn", "nisd", 2, 2),
        ("isdn", "di", 3, 2),
        ("isdn", "dAis", 2, 3),
    ] {
        let program = plan(&fields(ours), &fields(theirs)).program.expect("a change");
        let reorder = program.root.iter().find_map(|op| match op {
            Op::Reorder(reorder) => Some(reorder),
            _ => None,
        });
        let reorder = reorder.expect("a change of order");
        assert_eq!(
            (reorder.sections.len(), reorder.pieces.len()),
            (sections, pieces),
            "{ours} {theirs}"
        );
    }
}

#[test]
fn a_changed_part_leaves_the_rest_together() {
    let with = |of: &str| format!("{},{{\"name\":\"p\",\"type\":{of}}},{}", fields("is"), fields("dn"));
    for (ours, theirs, expected) in [
        ("\"int\"", "\"long\"", "same"),
        ("\"int\"", "\"double\"", "wce"),
        ("\"int\"", r#"["null","int"]"#, "wie"),
        (r#"["null","int"]"#, r#"["int","null"]"#, "wue"),
        (
            r#"{"type":"array","items":"int"}"#,
            r#"{"type":"array","items":"double"}"#,
            "wbe",
        ),
        (
            r#"{"type":"map","values":"int"}"#,
            r#"{"type":"map","values":["null","int"]}"#,
            "wbe",
        ),
        (
            r#"{"type":"enum","name":"E","symbols":["A"]}"#,
            r#"{"type":"enum","name":"E","symbols":["A","B"]}"#,
            "same",
        ),
        (
            r#"{"type":"enum","name":"E","symbols":["A"]}"#,
            r#"{"type":"enum","name":"E","symbols":["B","A"]}"#,
            "wce",
        ),
    ] {
        assert_eq!(steps(&with(ours), &with(theirs)), expected, "{ours} {theirs}");
    }
}

/// A record in many places is compiled once and called, so that a plan does not grow beyond its schemas.
#[test]
fn long_code_is_called_from_its_second_use_on() {
    let wide: Vec<String> = (0..40)
        .map(|index| format!(r#"{{"name":"f{index}","type":["null","int"]}}"#))
        .collect();
    let wide = |tail: &str| {
        format!(
            r#"{{"name":"a","type":{{"type":"record","name":"W","fields":[{},{{"name":"t","type":"{tail}"}}]}}}},{{"name":"b","type":"W"}},{{"name":"c","type":"W"}}"#,
            wide.join(",")
        )
    };
    let program = plan(&wide("int"), &wide("double")).program.expect("a change");
    assert_eq!((program.edits.len(), program.walks.len()), (1, 0));
    assert!(matches!(program.root[..], [.., Op::Call(0), Op::Call(0)]));
}
