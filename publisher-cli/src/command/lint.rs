//! `publisher lint`: what no registry sees, in the schemas as they are and in what changed.

use anyhow::Result;
use publisher_core::compatibility::{Level, SchemaDocument};
use publisher_core::lint::{self, LintFinding, Reader, Severity};

use super::{Answer, check};
use crate::acknowledged;
use crate::cli::{Lint, LintBaseline, ReportFormat};
use crate::failure::Failure;
use crate::judgement::{Found, Judged, State, parse};
use crate::origin::described::Drift;
use crate::origin::{Baseline, Earlier, unreadable};
use crate::paint::Paint;
use crate::project::{Project, Unit};
use crate::report::{self, Report};
use crate::spots::Spots;
use crate::surroundings::Surroundings;
use publisher_core::differences::Fields;

pub(super) fn run(arguments: &Lint, surroundings: &Surroundings) -> Result<Answer> {
    let readers = readers(&arguments.readers)?;
    let project = Project::read(&arguments.committed.schemas, surroundings)?;
    let registry = project.settings.registry.as_deref();
    let baseline = match &arguments.against {
        LintBaseline::None => None,
        LintBaseline::Against(against) => Some(Baseline::open(against, &project.place, registry, surroundings)?),
    };
    let mut report = Report {
        baseline: baseline.as_ref().map_or("nothing".to_owned(), Baseline::label),
        judged: Vec::new(),
        found: Vec::new(),
        waived: Vec::new(),
        notes: Vec::new(),
    };
    let mut problems = Vec::new();
    for unit in project.units(baseline.as_ref())? {
        let earlier = match &baseline {
            Some(baseline) => check::earlier(&project, baseline, &unit),
            None => Ok(Vec::new()),
        };
        match earlier.and_then(|earlier| linted(&project, &unit, earlier.last(), &readers)) {
            Ok(judged) => report.judged.push(judged),
            Err(check::Problem::Schema(problem)) => problems.push(problem),
            Err(check::Problem::Baseline(error)) => return Err(error),
        }
    }
    unreadable("some schemas cannot be looked at", problems)?;
    if let (true, Some(baseline)) = (report.judged.is_empty(), &baseline) {
        baseline.reach()?;
    }
    report.notes.extend(project.emptiness("checked"));
    let kind = match &arguments.against {
        LintBaseline::None => "none",
        LintBaseline::Against(against) => against.kind(),
    };
    let mut entries = acknowledged::read(&project.place.path, &project.place.shown, kind)?;
    entries.retain(|entry| lint::lint(&entry.rule).is_some_and(|it| is_looked_for(it, &readers, baseline.is_some())));
    let report = check::waived(report, entries, surroundings.today(), &project.place.shown);
    let text = match arguments.format {
        ReportFormat::Text => report::text::report(&report, Paint::new(surroundings.coloured_out)),
        ReportFormat::Json => report::json::report(&report),
        ReportFormat::Github => report::github::report(&report),
    };
    Ok(Answer::found(text, report.findings().next().is_some()))
}

fn readers(names: &[String]) -> Result<Vec<Reader>> {
    if names.is_empty() {
        return Ok(Reader::ALL.to_vec());
    }
    let parse = |name: &String| {
        name.parse::<Reader>()
            .map_err(|error| Failure::new("--reader cannot be used").because(error).into())
    };
    names.iter().map(parse).collect()
}

/// Whether this run could have found it: else its acknowledgement says nothing here.
fn is_looked_for(lint: &lint::Lint, readers: &[Reader], with_baseline: bool) -> bool {
    let is_of_pair = lint.breaches.iter().any(|case| case.older.is_some());
    let is_of_reader = lint.readers.is_empty() || lint.readers.iter().any(|reader| readers.contains(reader));
    is_of_reader && (with_baseline || !is_of_pair)
}

fn linted(
    project: &Project,
    unit: &Unit<'_>,
    earlier: Option<&Earlier>,
    readers: &[Reader],
) -> Result<Judged, check::Problem> {
    let level = project.level(unit);
    let document = parse(&unit.file.shown, &unit.schema).map_err(check::Problem::Schema)?;
    let mut findings = lint::readers(&document, readers);
    findings.extend(of_level(&document, level));
    let mut state = State::New;
    if let Some(earlier) = earlier {
        state = State::Unchanged;
        if !publisher_core::differences::same(&earlier.schema, &unit.schema) {
            state = State::Changed;
            let place = earlier.file.as_ref().unwrap_or(&earlier.name);
            let before = parse(place, &earlier.schema).map_err(check::Problem::Schema)?;
            findings.extend(lint::meaning(&before, &document));
        }
    }
    Ok(Judged {
        name: unit.file.name.clone(),
        subject: unit.subject.clone(),
        file: unit.file.shown.clone(),
        level,
        dialect: project.settings.dialect(None),
        state,
        strongest: Vec::new(),
        fails: None,
        registry: None,
        found: told(project, unit, earlier, &findings),
    })
}

fn of_level(document: &SchemaDocument, level: Level) -> Vec<LintFinding> {
    lint::level(document, level)
}

fn told(project: &Project, unit: &Unit<'_>, earlier: Option<&Earlier>, findings: &[LintFinding]) -> Vec<Found> {
    let fields = Fields::of(&unit.schema);
    let spots = Spots::new(unit.file, &project.folder, earlier);
    let description = unit.description.filter(|it| it.drift(unit.file) == Drift::None);
    let found = findings.iter().map(|finding| {
        let path = fields.path_of(&finding.place);
        let readers: Vec<&str> = finding.readers.iter().map(|reader| reader.name()).collect();
        Found {
            rule: finding.lint.id.to_owned(),
            warning: finding.lint.severity == Severity::Warning,
            name: unit.file.name.clone(),
            subject: unit.subject.clone(),
            message: finding.message.clone(),
            explanation: finding.lint.explanation.to_owned(),
            specification: finding.lint.source.to_owned(),
            here: Some(spots.here(&finding.place)),
            there: finding.older.as_ref().and_then(|place| spots.there(0, place)),
            rust: description.map(|description| description.rust_place(path)),
            field: (!path.is_empty()).then(|| path.to_owned()),
            breaks: (!readers.is_empty()).then(|| {
                let word = if readers.len() == 1 { "reader" } else { "readers" };
                format!("{} in {}", word, readers.join(", "))
            }),
            ..Found::default()
        }
    });
    found.collect()
}
