//! `publisher register`: the committed schemas into the registry, what others refer to first. Shows first, writes on
//! `--yes`, and writes nothing at all if one of them has findings.

use std::fmt::Write as _;

use anyhow::Result;
use publisher_core::registry::SchemaText;

use super::{Answer, check, counted};
use crate::acknowledged;
use crate::cli::{Baselined, Committed, Register};
use crate::compact::compact;
use crate::failure::Failure;
use crate::origin::registered::{Registered, RegistryVerdict};
use crate::origin::{Against, Baseline};
use crate::paint::Paint;
use crate::progress::Progress;
use crate::project::Project;
use crate::report;
use crate::surroundings::Surroundings;

pub(super) fn run(register: &Register, surroundings: &Surroundings) -> Result<Answer> {
    let paint = Paint::new(surroundings.coloured_out);
    let project = Project::read(&register.committed.schemas, surroundings)?;
    let asked = Baselined {
        committed: Committed {
            schemas: register.committed.schemas.clone(),
        },
        against: Against::Registry(register.registry.registry.clone()),
        level: None,
        dialect: None,
    };
    let checked = check::checked(&project, &asked, surroundings)?;
    let mut steps = Vec::new();
    let Baseline::Registry(registry) = &checked.baseline else {
        return Err(Failure::new("a registry was asked for and another baseline opened").into());
    };
    let mut progress = Progress::new(checked.units.len(), surroundings.progress);
    for (unit, earlier, judged) in &checked.units {
        let subject = unit.subject.as_deref().unwrap_or(&unit.file.name);
        progress.step(subject);
        let schema = compact(&unit.schema);
        let found = registry.look_up(subject, &schema)?;
        steps.push(Step {
            known: found.map(|found| {
                let version = found.version.map_or("?".to_owned(), |version| version.to_string());
                format!("id {}, version {version}", found.id)
            }),
            next: match earlier.len() {
                0 => "a new subject".to_owned(),
                _ => format!(
                    "a new version after {}",
                    earlier.last().map_or("", |earlier| &earlier.name)
                ),
            },
            level: judged.level.to_string(),
            not_asked: match &judged.registry {
                Some(RegistryVerdict::NotAsked(reason)) => Some(reason.clone()),
                _ => None,
            },
            subject: subject.to_owned(),
            schema,
        });
    }
    drop(progress);
    in_order(&mut steps);
    let mut text = shown(&steps, paint);
    let address = registry.address();
    let entries = acknowledged::read(&project.place.path, &project.place.shown, asked.against.kind())?;
    let report = check::report(&checked, entries, surroundings, &project.place.shown);
    if report.findings().next().is_some() {
        let findings = report::text::report(&report, paint);
        return Ok(Answer::found(
            format!("{findings}{text}nothing was registered: repair the findings first\n"),
            true,
        ));
    }
    let new = steps.iter().filter(|step| step.known.is_none()).count();
    if new == 0 {
        let count = counted(steps.len(), "subject");
        let note = project.emptiness("registered");
        let note = note.map_or(String::new(), |note| format!("{} {note}\n", paint.faint("note:")));
        return Ok(Answer::clean(format!(
            "{note}{} {address} has {count} as committed\n",
            paint.good("ok:")
        )));
    }
    if !register.yes {
        let _ = writeln!(
            text,
            "{} to register at {address}; nothing was written, do it with --yes",
            counted(new, "schema")
        );
        return Ok(Answer::clean(text));
    }
    write(registry, &steps, surroundings).map(Answer::clean)
}

/// One subject.
struct Step {
    subject: String,
    schema: SchemaText,
    /// Where it stands already.
    known: Option<String>,
    next: String,
    level: String,
    not_asked: Option<String>,
}

/// What others refer to comes before them; otherwise the names decide.
fn in_order(steps: &mut Vec<Step>) {
    let mut rest = std::mem::take(steps);
    rest.sort_by(|one, other| one.subject.cmp(&other.subject));
    while !rest.is_empty() {
        let waits = |step: &Step| {
            let mut references = step.schema.references.iter();
            references.any(|reference| rest.iter().any(|other| other.subject == *reference.subject))
        };
        // There is always one: cycles were refused when the schemas were read.
        let next = rest.iter().position(|step| !waits(step)).unwrap_or(0);
        steps.push(rest.remove(next));
    }
}

fn shown(steps: &[Step], paint: Paint) -> String {
    let mut text = String::new();
    for step in steps {
        let _ = match (&step.known, &step.not_asked) {
            (Some(known), _) => writeln!(text, "{} {}: {known}", paint.faint("  ="), step.subject),
            (None, None) => writeln!(
                text,
                "{} {}: {}, level {}",
                paint.good("  +"),
                step.subject,
                step.next,
                step.level
            ),
            (None, Some(reason)) => writeln!(
                text,
                "{} {}: {}, level {}; the registry has given no verdict: {reason}",
                paint.good("  +"),
                step.subject,
                step.next,
                step.level
            ),
        };
    }
    text
}

fn write(registry: &Registered, steps: &[Step], surroundings: &Surroundings) -> Result<String> {
    let mut text = String::new();
    let mut done = Vec::new();
    let mut progress = Progress::new(steps.len(), surroundings.progress);
    for step in steps.iter().filter(|step| step.known.is_none()) {
        progress.step(&step.subject);
        let registered = registry.register(&step.subject, &step.schema).map_err(|error| {
            let before = match done.len() {
                0 => "nothing was registered before it".to_owned(),
                _ => format!("registered before it: {}", done.join(", ")),
            };
            error.context(Failure::new(format!(
                "registering stopped at {}; {before}",
                step.subject
            )))
        })?;
        let version = registered.version.map_or("?".to_owned(), |version| version.to_string());
        let _ = writeln!(
            text,
            "registered {}: id {}, version {version}",
            step.subject, registered.id
        );
        done.push(step.subject.clone());
    }
    let _ = writeln!(text, "ok: {} at {}", counted(done.len(), "schema"), registry.address());
    Ok(text)
}
