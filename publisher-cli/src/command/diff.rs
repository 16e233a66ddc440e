//! `publisher diff`: what changed, for people; the verdict beside it.

use std::fmt::Write as _;

use anyhow::Result;

use super::{Answer, check};
use crate::cli::{Diff, DiffFormat};
use crate::judgement::{Judged, State};
use crate::paint::Paint;
use crate::project::Project;
use crate::report::markdown;
use crate::report::text::strongest;
use crate::surroundings::Surroundings;
use publisher_core::differences::{Change, changes};

pub(super) fn run(diff: &Diff, surroundings: &Surroundings) -> Result<Answer> {
    let project = Project::read(&diff.baselined.committed.schemas, surroundings)?;
    let checked = check::checked(&project, &diff.baselined, surroundings)?;
    let changed: Vec<(&Judged, Vec<Change>)> = checked
        .units
        .iter()
        .filter(|(_, _, judged)| judged.state != State::Unchanged)
        .map(|(unit, earlier, judged)| {
            let before = earlier.last();
            let changes = before
                .map(|before| changes(&before.schema, &unit.schema))
                .unwrap_or_default();
            (judged, changes)
        })
        .collect();
    let label = checked.baseline.label();
    let text = match diff.format {
        DiffFormat::Text => shown(&label, &changed, &checked.notes, Paint::new(surroundings.coloured_out)),
        DiffFormat::Markdown => markdown::changes(&label, &changed, &checked.notes),
    };
    Ok(Answer::found(
        text,
        changed.iter().any(|(judged, _)| !judged.found.is_empty()),
    ))
}

fn shown(baseline: &str, changed: &[(&Judged, Vec<Change>)], notes: &[String], paint: Paint) -> String {
    let mut text = String::new();
    for (judged, changes) in changed {
        let name = judged.subject.as_deref().unwrap_or(&judged.name);
        let verdict = match (judged.state, judged.found.is_empty()) {
            (State::New, _) => "new".to_owned(),
            (_, true) => paint.good(&format!("{} holds", judged.level)),
            (_, false) => paint.bad(&format!("{} broken", judged.level)),
        };
        let _ = writeln!(
            text,
            "{} ({}): {verdict}{}",
            paint.strong(name),
            judged.file,
            strongest(judged)
        );
        for change in changes {
            let line = format!("  {} {}", change.sign(), change.words());
            let line = match change.sign() {
                "+" => paint.good(&line),
                "-" => paint.bad(&line),
                _ => line,
            };
            let _ = writeln!(text, "{line}");
        }
        for found in &judged.found {
            let _ = writeln!(
                text,
                "  {} {}",
                paint.error(&format!("error[{}]:", found.rule)),
                found.message
            );
        }
    }
    for note in notes {
        let _ = writeln!(text, "{} {note}", paint.faint("note:"));
    }
    if changed.is_empty() {
        let _ = writeln!(text, "no schema has changed against {baseline}");
    }
    text
}
