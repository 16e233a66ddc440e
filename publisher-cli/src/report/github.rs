//! A check as annotations of a GitHub workflow: on the line of the schema and on that of the Rust field.
//!
//! GitHub shows ten annotations of a kind for each step and drops the rest in silence, so it gets ten and a count.
//!
//! Implements: GitHub Actions, "Workflow commands", `error`, `warning` and `notice`.

use std::fmt::Write as _;

use crate::command::counted;
use crate::judgement::Found;
use crate::report::Report;

/// What GitHub shows of a kind.
const SHOWN: usize = 10;

/// The whole check.
pub(crate) fn report(report: &Report) -> String {
    let findings: Vec<&Found> = report.findings().collect();
    let mut text = String::new();
    for found in findings.iter().take(SHOWN) {
        let kind = if found.warning { "warning" } else { "error" };
        if let Some(here) = &found.here {
            command(&mut text, kind, (&here.file, here.line), &found.rule, &message(found));
        } else {
            let _ = writeln!(
                text,
                "::{kind} title={}::{}",
                property(&found.rule),
                value(&message(found))
            );
        }
    }
    let in_rust = findings.iter().filter_map(|found| Some((found, found.rust.as_ref()?)));
    for (found, (file, line)) in in_rust.take(SHOWN) {
        command(
            &mut text,
            "notice",
            (file, *line as usize),
            &found.rule,
            &message(found),
        );
    }
    if findings.len() > SHOWN {
        let _ = writeln!(
            text,
            "{} more: run publisher check to see them",
            counted(findings.len() - SHOWN, "finding")
        );
    }
    for note in &report.notes {
        // In the middle of a line nothing is a command, whatever a file is called.
        let _ = writeln!(text, "note: {}", note.replace(['\r', '\n'], " "));
    }
    let words = if findings.is_empty() {
        "ok".to_owned()
    } else {
        counted(findings.len(), "finding")
    };
    let _ = writeln!(text, "{words}: {}", report.counts());
    text
}

fn command(text: &mut String, kind: &str, (file, line): (&str, usize), title: &str, message: &str) {
    let _ = writeln!(
        text,
        "::{kind} file={},line={line},title={}::{}",
        property(file),
        property(title),
        value(message)
    );
}

/// What somebody reads in the pull request.
fn message(found: &Found) -> String {
    let mut text = format!("{}: {}", found.name, found.message);
    for detail in &found.details {
        let _ = write!(text, "\n{detail}");
    }
    for (word, part) in [("Breaks", &found.breaks), ("Deploy", &found.deploy)] {
        if let Some(part) = part {
            let _ = write!(text, "\n{word}: {part}");
        }
    }
    let _ = write!(text, "\n{}", found.explanation);
    for repair in &found.repairs {
        let _ = write!(text, "\nRepair: {repair}");
    }
    text
}

fn value(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    value(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::Spot;

    fn found(number: usize) -> Found {
        Found {
            rule: "a-rule".to_owned(),
            name: "a.Placed".to_owned(),
            message: format!("100% wrong, {number}"),
            explanation: "It: is\nso.".to_owned(),
            here: Some(Spot {
                file: "a,b:c%.avsc".to_owned(),
                line: number,
                pointer: String::new(),
            }),
            ..Found::default()
        }
    }

    fn of(count: usize) -> String {
        report(&Report {
            baseline: "dir:x".to_owned(),
            judged: Vec::new(),
            found: (1..=count).map(found).collect(),
            waived: Vec::new(),
            notes: Vec::new(),
        })
    }

    #[test]
    fn annotations_are_escaped() {
        assert_eq!(
            of(1),
            "::error file=a%2Cb%3Ac%25.avsc,line=1,title=a-rule::a.Placed: 100%25 wrong, 1%0AIt: is%0Aso.\n\
             1 finding: 0 schemas against dir:x: 0 unchanged, 0 changed, 0 new\n"
        );
    }

    #[test]
    fn no_note_is_a_command() {
        let text = report(&Report {
            baseline: "dir:x".to_owned(),
            judged: Vec::new(),
            found: Vec::new(),
            waived: Vec::new(),
            notes: vec!["::error::a\n::error::b.avsc is gone".to_owned()],
        });
        assert!(
            text.starts_with("note: ::error::a ::error::b.avsc is gone\nok: "),
            "{text}"
        );
    }

    #[test]
    fn no_more_than_github_shows() {
        let text = of(13);
        assert_eq!(text.matches("::error ").count(), 10);
        assert!(
            text.contains("\n3 findings more: run publisher check to see them\n13 findings: "),
            "{text}"
        );
    }
}
