//! `publisher check`: the committed schemas against earlier ones, all of them, with every finding.

use anyhow::Result;
use publisher_core::compatibility::{Dialect, Level};
use publisher_core::lint::lint;

use super::Answer;
use crate::acknowledged::{self, Acknowledgement};
use crate::cli::{Baselined, Check, ReportFormat};
use crate::date::Date;
use crate::judgement::{Asked, Found, Judged, Spot, State, drift, judge};
use crate::origin::registered::{Registered, RegistryVerdict};
use crate::origin::{Baseline, Earlier, Folder, SchemaFile, unreadable};
use crate::own_rules::{
    ACKNOWLEDGEMENT_EXPIRED, ACKNOWLEDGEMENT_UNUSED, OwnRule, REGISTRY_DISAGREES, REGISTRY_REFUSES,
};
use crate::paint::Paint;
use crate::progress::Progress;
use crate::project::{Project, Unit, with_subjects};
use crate::report::{Report, github, json, text};
use crate::surroundings::Surroundings;

pub(super) fn run(check: &Check, surroundings: &Surroundings) -> Result<Answer> {
    let project = Project::read(&check.baselined.committed.schemas, surroundings)?;
    let checked = checked(&project, &check.baselined, surroundings)?;
    let against = check.baselined.against.kind();
    let entries = acknowledged::read(&project.place.path, &project.place.shown, against)?;
    let report = report(&checked, entries, surroundings, &project.place.shown);
    let text = match check.format {
        ReportFormat::Text => text::report(&report, Paint::new(surroundings.coloured_out)),
        ReportFormat::Json => json::report(&report),
        ReportFormat::Github => github::report(&report),
    };
    Ok(Answer::found(text, report.findings().next().is_some()))
}

/// What a check saw, before acknowledgements count.
pub(super) struct Checked<'a> {
    pub(super) baseline: Baseline,
    pub(super) units: Vec<(Unit<'a>, Vec<Earlier>, Judged)>,
    /// What concerns no single earlier schema.
    found: Vec<Found>,
    pub(super) notes: Vec<String>,
}

/// Judges everything.
pub(super) fn checked<'a>(project: &'a Project, asked: &Baselined, surroundings: &Surroundings) -> Result<Checked<'a>> {
    let registry = project.settings.registry.as_deref();
    let baseline = Baseline::open(&asked.against, &project.place, registry, surroundings)?;
    let mut units = project.units(Some(&baseline))?;
    if matches!(baseline, Baseline::Registry(_)) {
        units = with_subjects(units, &project.place.shown)?;
    }
    let mut checked = Checked {
        units: Vec::with_capacity(units.len()),
        found: Vec::new(),
        notes: project
            .descriptions
            .problems
            .iter()
            .map(|problem| format!("a description of a type cannot be read and was left aside: {problem}"))
            .collect(),
        baseline,
    };
    let mut problems = Vec::new();
    let mut drifted: Vec<&str> = Vec::new();
    let mut progress = Progress::new(units.len(), surroundings.progress);
    for unit in units {
        if !drifted.contains(&unit.file_name) {
            let found = unit
                .description
                .and_then(|description| drift(&unit, description, &project.folder));
            checked.found.extend(found);
            drifted.push(unit.file_name);
        }
        progress.step(unit.subject.as_deref().unwrap_or(&unit.file.name));
        match judged(project, &checked.baseline, asked, &unit) {
            Ok((earlier, judged)) => checked.units.push((unit, earlier, judged)),
            Err(Problem::Schema(problem)) => problems.push(problem),
            Err(Problem::Baseline(error)) => return Err(error),
        }
    }
    drop(progress);
    unreadable("some schemas cannot be judged", problems)?;
    if let Baseline::History(history) = &checked.baseline {
        let unknown = checked.units.iter().filter(|(unit, _, _)| unit.subject.is_none());
        let notes = unknown.map(|(unit, _, _)| {
            format!(
                "{} was compared with nothing: its topic is unknown, and no subject in {} is named after it",
                unit.file.shown, history.shown
            )
        });
        checked.notes.extend(notes.collect::<Vec<_>>());
    }
    if checked.units.is_empty() {
        checked.baseline.reach()?;
    }
    checked.notes.extend(project.emptiness("checked"));
    if let Baseline::Folder { folder, name, .. } = &checked.baseline {
        checked.notes.extend(deleted(folder, name, project));
    }
    Ok(checked)
}

/// What a schema could not be judged for.
pub(super) enum Problem {
    /// One schema; the others are judged all the same.
    Schema(String),
    Baseline(anyhow::Error),
}

fn judged(
    project: &Project,
    baseline: &Baseline,
    asked: &Baselined,
    unit: &Unit<'_>,
) -> Result<(Vec<Earlier>, Judged), Problem> {
    let mut level = project.level(unit);
    let mut dialect = project.settings.dialect(None);
    if let Baseline::Registry(registry) = baseline {
        let (of_subject, of_policy) = registry.level(unit.subject_or_name()).map_err(Problem::Baseline)?;
        level = of_subject;
        dialect = project.settings.dialect(of_policy);
    }
    let earlier = earlier(project, baseline, unit)?;
    let asked = Asked {
        level: asked.level.unwrap_or(level),
        dialect: asked.dialect.unwrap_or(dialect),
    };
    let mut judged = judge(unit, &earlier, asked, &project.folder).map_err(Problem::Schema)?;
    if let (Baseline::Registry(registry), State::Changed) = (baseline, judged.state) {
        compare_verdicts(registry, unit, level, &mut judged).map_err(Problem::Baseline)?;
    }
    Ok((earlier, judged))
}

/// The earlier schemas of a unit, the oldest first.
pub(super) fn earlier(project: &Project, baseline: &Baseline, unit: &Unit<'_>) -> Result<Vec<Earlier>, Problem> {
    match baseline {
        Baseline::Folder { folder, name, .. } => {
            let earlier = earlier_in(folder, name, &project.folder, unit.file).map_err(Problem::Schema)?;
            Ok(earlier.into_iter().collect())
        }
        Baseline::History(history) => match &unit.subject {
            Some(subject) => history.versions(subject).map_err(Problem::Schema),
            None => Ok(Vec::new()),
        },
        Baseline::Registry(registry) => registry.versions(unit.subject_or_name()).map_err(Problem::Baseline),
    }
}

/// The schema of the same file, or where that is new, of the same type in the other language if that one is gone.
fn earlier_in(before: &Folder, name: &str, now: &Folder, file: &SchemaFile) -> Result<Option<Earlier>, String> {
    let same_file = |other: &&SchemaFile| other.name == file.name && other.schema_type == file.schema_type;
    let other_language = |other: &&SchemaFile| {
        let is_kept = now
            .files
            .values()
            .any(|kept| kept.name == other.name && kept.schema_type == other.schema_type);
        other.name == file.name && !is_kept
    };
    let all = || before.files.values();
    let Some(found) = all().find(same_file).or_else(|| all().find(other_language)) else {
        return Ok(None);
    };
    Ok(Some(Earlier {
        name: name.to_owned(),
        schema: before.schema(found)?,
        file: Some(found.shown.clone()),
    }))
}

/// Schemas that were there and are not any more. No reader breaks by that: what is in the topic stays as it is.
fn deleted(before: &Folder, name: &str, project: &Project) -> Vec<String> {
    let gone = before.files.iter().filter(|(file_name, file)| {
        let is_moved = project.folder.files.values().any(|kept| kept.name == file.name);
        !project.folder.files.contains_key(*file_name) && !is_moved
    });
    gone.map(|(file_name, _)| {
        format!("{file_name} is in {name} and not here any more: its events are no longer checked; is nothing published of them?")
    })
    .collect()
}

/// Asks the registry as well, and says where it parts from the dialect.
fn compare_verdicts(registry: &Registered, unit: &Unit<'_>, level: Level, judged: &mut Judged) -> Result<()> {
    let subject = unit.subject_or_name();
    let verdict = registry.verdict(subject, &unit.schema)?;
    let ours = judged.found.is_empty();
    let found = |rule: &OwnRule, message: String, details: Vec<String>| Found {
        rule: rule.id.to_owned(),
        name: unit.file.name.clone(),
        subject: unit.subject.clone(),
        message,
        explanation: rule.explanation.to_owned(),
        here: Some(Spot {
            file: unit.file.shown.clone(),
            line: 1,
            pointer: String::new(),
        }),
        details,
        ..Found::default()
    };
    let says = |compatible: bool| if compatible { "compatible" } else { "incompatible" };
    let parted = |theirs: bool| {
        let message = format!(
            "the registry says {} at its level {level}, dialect {} says {} at level {}",
            says(theirs),
            judged.dialect,
            says(ours),
            judged.level
        );
        let mut parted = found(&REGISTRY_DISAGREES, message, Vec::new());
        let others = Dialect::ALL.into_iter().filter(|other| *other != judged.dialect);
        let others: Vec<String> = others.map(|other| format!("--dialect {other}")).collect();
        parted.repairs = vec![format!(
            "if the registry is another one, name its dialect: {}",
            others.join(" or ")
        )];
        parted
    };
    let more = match &verdict {
        RegistryVerdict::Compatible if !ours => vec![parted(true)],
        RegistryVerdict::Incompatible(messages) => {
            let message = format!("the registry refuses the schema under {subject} at its level {level}");
            let mut more = vec![found(&REGISTRY_REFUSES, message, messages.clone())];
            if ours {
                more.push(parted(false));
            }
            more
        }
        RegistryVerdict::Compatible | RegistryVerdict::NotAsked(_) => Vec::new(),
    };
    judged.found.extend(more);
    judged.registry = Some(verdict);
    Ok(())
}

/// What counts of a check. Acknowledgements of lints are not for it.
pub(super) fn report(
    checked: &Checked<'_>,
    mut entries: Vec<Acknowledgement>,
    surroundings: &Surroundings,
    shown: &str,
) -> Report {
    entries.retain(|entry| lint(&entry.rule).is_none());
    let report = Report {
        baseline: checked.baseline.label(),
        judged: checked.units.iter().map(|(_, _, judged)| judged.clone()).collect(),
        found: checked.found.clone(),
        waived: Vec::new(),
        notes: checked.notes.clone(),
    };
    waived(report, entries, surroundings.today(), shown)
}

/// Takes out what somebody answers for, and adds what is wrong with the answers.
pub(super) fn waived(mut report: Report, entries: Vec<Acknowledgement>, today: Date, shown: &str) -> Report {
    let mut used = vec![false; entries.len()];
    for judged in &mut report.judged {
        let mut kept = Vec::new();
        for found in std::mem::take(&mut judged.found) {
            let mut counting = None;
            for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.covers(&found)) {
                used[index] = true;
                if entry.expires() >= today && counting.is_none() {
                    counting = Some(entry.clone());
                }
            }
            match counting {
                Some(entry) => report.waived.push((found, entry)),
                None => kept.push(found),
            }
        }
        judged.found = kept;
    }
    for (entry, used) in entries.iter().zip(used) {
        let (rule, message) = if entry.expires() < today {
            let message = format!(
                "the break of {} that {} answered for expired on {}",
                entry.rule,
                entry.owner,
                entry.expires()
            );
            (&ACKNOWLEDGEMENT_EXPIRED, message)
        } else if !used {
            let message = format!("{} does not break {} here", entry.name, entry.rule);
            (&ACKNOWLEDGEMENT_UNUSED, message)
        } else {
            continue;
        };
        report.found.push(Found {
            rule: rule.id.to_owned(),
            name: entry.name.clone(),
            message,
            explanation: rule.explanation.to_owned(),
            here: Some(Spot {
                file: format!("{shown}/{}", acknowledged::FILE),
                line: entry.line,
                pointer: String::new(),
            }),
            repairs: vec![if used {
                "repair the break, or agree on another day with its owner".to_owned()
            } else {
                "remove the entry; or, if another kind of check needs it, say which: against = \"registry\"".to_owned()
            }],
            ..Found::default()
        });
    }
    report
}
