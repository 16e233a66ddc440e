//! A check for people: schema by schema, what is found, why, whom it hits, what to do; on success one line.

use std::fmt::Write as _;

use crate::command::counted;
use crate::judgement::{Found, Judged, Spot};
use crate::origin::registered::RegistryVerdict;
use crate::paint::Paint;
use crate::report::Report;

/// Nobody reads more findings of one schema.
pub(crate) const MOST_SHOWN: usize = 200;

/// What stands in the place of those that are not shown.
pub(crate) fn more(count: usize) -> String {
    format!("... and {} more; --format json has all\n\n", counted(count, "finding"))
}

/// The whole check.
pub(crate) fn report(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    for judged in report.judged.iter().filter(|judged| !judged.found.is_empty()) {
        for found in judged.found.iter().take(MOST_SHOWN) {
            text.push_str(&finding(found, paint));
        }
        if judged.found.len() > MOST_SHOWN {
            text.push_str(&more(judged.found.len() - MOST_SHOWN));
        }
        let _ = writeln!(text, "{}\n", verdict(judged));
    }
    for found in &report.found {
        let _ = writeln!(text, "{}", finding(found, paint));
    }
    for (found, entry) in &report.waived {
        let at = found
            .here
            .as_ref()
            .map_or(String::new(), |here| format!(" at {}", shown(here)));
        let _ = writeln!(
            text,
            "{} {} {}{at}: {} ({}, until {})",
            paint.faint("waived:"),
            found.name,
            found.rule,
            entry.reason,
            entry.owner,
            entry.expires()
        );
    }
    for judged in &report.judged {
        if let Some(RegistryVerdict::NotAsked(reason)) = &judged.registry {
            let subject = judged.subject.as_deref().unwrap_or(&judged.name);
            let _ = writeln!(
                text,
                "{} the registry gives no verdict on {subject}: {reason}",
                paint.faint("note:")
            );
        }
    }
    for note in &report.notes {
        let _ = writeln!(text, "{} {note}", paint.faint("note:"));
    }
    let count = report.findings().count();
    let _ = match count {
        0 => writeln!(text, "{} {}", paint.good("ok:"), report.counts()),
        _ => writeln!(
            text,
            "{} {}",
            paint.bad(&format!("{}:", counted(count, "finding"))),
            report.counts()
        ),
    };
    text
}

/// One finding, its parts a line each.
pub(crate) fn finding(found: &Found, paint: Paint) -> String {
    let heading = match found.warning {
        true => paint.warning(&format!("warning[{}]:", found.rule)),
        false => paint.error(&format!("error[{}]:", found.rule)),
    };
    let mut text = format!("{heading} {}\n", found.message);
    let mut line = |word: &str, value: &str| {
        let _ = writeln!(text, "  {word:<9} {}", value.replace('\n', "\n            "));
    };
    match (&found.subject, found.name.is_empty()) {
        (Some(subject), _) if *subject != found.name => line("event", &format!("{} (subject {subject})", found.name)),
        (_, false) => line("event", &found.name),
        _ => {}
    }
    if let Some(here) = &found.here {
        line("schema", &shown(here));
    }
    if let Some((file, number)) = &found.rust {
        let field = found
            .field
            .as_ref()
            .map_or(String::new(), |field| format!(" (field {field})"));
        line("rust", &format!("{file}:{number}{field}"));
    }
    if let Some(there) = &found.there {
        line("earlier", &shown(there));
    }
    for detail in &found.details {
        line("", detail);
    }
    if !found.versions.is_empty() {
        line("versions", &found.versions.join(", "));
    }
    for (word, value) in [("breaks", &found.breaks), ("deploy", &found.deploy)] {
        if let Some(value) = value {
            line(word, value);
        }
    }
    line("why", &found.explanation);
    if !found.specification.is_empty() {
        line("", &found.specification);
    }
    for repair in &found.repairs {
        line("repair", repair);
    }
    text
}

/// `schemas/a.avsc:12 /fields/1`.
fn shown(spot: &Spot) -> String {
    match spot.pointer.as_str() {
        "" => format!("{}:{}", spot.file, spot.line),
        pointer => format!("{}:{} {pointer}", spot.file, spot.line),
    }
}

/// What a schema's change has and has not.
pub(crate) fn verdict(judged: &Judged) -> String {
    let subject = judged.subject.as_deref().unwrap_or(&judged.name);
    format!(
        "{subject}: level {}, dialect {}{}",
        judged.level,
        judged.dialect,
        strongest(judged)
    )
}

/// `; the change holds BACKWARD, and fails BACKWARD_TRANSITIVE first at version 2`.
pub(crate) fn strongest(judged: &Judged) -> String {
    if judged.strongest.is_empty() {
        return String::new();
    }
    let names: Vec<String> = judged.strongest.iter().map(|level| level.to_string()).collect();
    let mut text = format!("; the strongest level that holds is {}", names.join(" and "));
    if let Some((level, version)) = &judged.fails {
        let _ = write!(text, ", {level} fails first at {version}");
    }
    text
}
