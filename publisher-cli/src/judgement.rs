//! A committed schema against its earlier ones: what is found, said for people and for programs alike.
//!
//! The rules are `publisher-core`'s. Here each break gets its places in files, its Rust field, who is hit by it and who
//! must move first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use publisher_core::compatibility::{
    Dialect, Direction, EarlierVersion, Finding, History, Level, Place, SchemaDocument, Verdict,
};
use publisher_core::registry::{SchemaText, SchemaType};

use crate::lines::line_of;
use crate::origin::described::{Description, Drift};
use crate::origin::registered::RegistryVerdict;
use crate::origin::{Earlier, Folder};
use crate::project::Unit;
use crate::repair::{repaired, repairs_of};
pub(crate) use crate::spots::Spot;
use crate::spots::Spots;
use publisher_core::differences::Fields;
use publisher_core::differences::same;

/// How a committed schema stands to the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Unchanged,
    Changed,
    New,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Changed => "changed",
            Self::New => "new",
        }
    }
}

/// A schema that has been judged.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) name: String,
    pub(crate) subject: Option<String>,
    pub(crate) file: String,
    pub(crate) level: Level,
    pub(crate) dialect: Dialect,
    pub(crate) state: State,
    /// The strongest levels that hold; of a changed schema.
    pub(crate) strongest: Vec<Level>,
    /// The level one step stronger and the newest version with which it fails.
    pub(crate) fails: Option<(Level, String)>,
    pub(crate) registry: Option<RegistryVerdict>,
    pub(crate) found: Vec<Found>,
}

/// One finding of any kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) rule: String,
    /// Less than an error.
    pub(crate) warning: bool,
    /// The full name of the type, or what else it is about.
    pub(crate) name: String,
    pub(crate) subject: Option<String>,
    pub(crate) message: String,
    /// Why it matters.
    pub(crate) explanation: String,
    pub(crate) specification: String,
    /// In the schema as it is now.
    pub(crate) here: Option<Spot>,
    /// In the newest earlier schema with which it breaks.
    pub(crate) there: Option<Spot>,
    /// The Rust file and line of the field.
    pub(crate) rust: Option<(String, u32)>,
    /// The path of the field.
    pub(crate) field: Option<String>,
    pub(crate) direction: Option<Direction>,
    /// The earlier versions with which it breaks, the newest first.
    pub(crate) versions: Vec<String>,
    /// Who breaks.
    pub(crate) breaks: Option<String>,
    /// Who must be deployed first.
    pub(crate) deploy: Option<String>,
    /// What makes it none.
    pub(crate) repairs: Vec<String>,
    /// What there is besides, a line each.
    pub(crate) details: Vec<String>,
}

/// The level and the dialect that are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) level: Level,
    pub(crate) dialect: Dialect,
}

/// Judges a committed schema against its earlier ones, the oldest first.
///
/// # Errors
/// One of the schemas is none, or they are too large to be compared.
pub(crate) fn judge(unit: &Unit<'_>, earlier: &[Earlier], asked: Asked, folder: &Folder) -> Result<Judged, String> {
    let mut judged = Judged {
        name: unit.file.name.clone(),
        subject: unit.subject.clone(),
        file: unit.file.shown.clone(),
        level: asked.level,
        dialect: asked.dialect,
        state: State::New,
        strongest: Vec::new(),
        fails: None,
        registry: None,
        found: Vec::new(),
    };
    // What a registry has already, it takes without a check.
    if earlier.iter().rev().any(|version| same(&version.schema, &unit.schema)) {
        judged.state = State::Unchanged;
        return Ok(judged);
    }
    let candidate = parse(&unit.file.shown, &unit.schema)?;
    if earlier.is_empty() {
        return Ok(judged);
    }
    judged.state = State::Changed;
    let mut versions = Vec::new();
    for version in earlier {
        let place = version.file.as_ref().unwrap_or(&version.name);
        versions.push(EarlierVersion {
            name: version.name.clone(),
            schema: parse(place, &version.schema)?,
        });
    }
    let history = History::new(versions);
    let verdict = history
        .judge_all(&candidate, asked.level, asked.dialect)
        .map_err(|error| format!("{}: {error}", unit.file.shown))?;
    judged.strongest = verdict.strongest();
    judged.fails = next_failure(&verdict, &history);
    let telling = Telling {
        unit,
        earlier,
        spots: Spots::new(unit.file, folder, earlier),
        fields: Fields::of(&unit.schema),
        // A description of another schema would lead to other lines.
        description: unit.description.filter(|it| it.drift(unit.file) == Drift::None),
        candidate: &candidate,
        history: &history,
        verdict: &verdict,
        asked,
    };
    judged.found = telling.all();
    Ok(judged)
}

/// Reads a schema; the error names its place.
pub(crate) fn parse(place: &str, schema: &SchemaText) -> Result<SchemaDocument, String> {
    SchemaDocument::parse(schema).map_err(|error| {
        let line = match error.reference() {
            None => format!(":{}", line_of(&schema.text, error.pointer())),
            Some(_) => String::new(),
        };
        format!("{place}{line}: {error}")
    })
}

/// Of the levels that hold, the transitive one of the same direction that does not, and where.
fn next_failure(verdict: &Verdict, history: &History) -> Option<(Level, String)> {
    let stronger = |level: Level| match level {
        Level::Backward => Some(Level::BackwardTransitive),
        Level::Forward => Some(Level::ForwardTransitive),
        Level::Full => Some(Level::FullTransitive),
        _ => None,
    };
    let level = verdict.strongest().into_iter().find_map(stronger)?;
    let broken = verdict
        .all_breaks()
        .iter()
        .filter(|found| level.directions().contains(&found.direction));
    let version = broken.map(|found| found.version).max()?;
    Some((level, history.versions().get(version)?.name.clone()))
}

/// Turns the breaks of one schema into words.
struct Telling<'a> {
    unit: &'a Unit<'a>,
    earlier: &'a [Earlier],
    spots: Spots<'a>,
    fields: Fields,
    description: Option<&'a Description>,
    candidate: &'a SchemaDocument,
    history: &'a History,
    verdict: &'a Verdict,
    asked: Asked,
}

impl Telling<'_> {
    /// What breaks the same place by the same rule in the same direction is one finding, with all its versions.
    fn all(&self) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        let mut known = HashMap::new();
        let repaired = repaired(self.verdict.breaks().map(|broken| broken.findings.len()).sum());
        for broken in self.verdict.breaks() {
            let name = &self.history.versions()[broken.version].name;
            for finding in &broken.findings {
                let (here, there) = sides(finding, broken.direction);
                match known.entry((broken.direction, finding.rule.id, here)) {
                    Entry::Occupied(number) => {
                        let found: &mut Found = &mut all[*number.get()];
                        if found.versions.last() != Some(name) {
                            found.versions.push(name.clone());
                        }
                    }
                    Entry::Vacant(vacant) => {
                        vacant.insert(all.len());
                        let mut found = self.found(finding, broken.direction, here, there, broken.version);
                        if all.len() < repaired {
                            found.repairs = repairs_of(self.history, self.candidate, self.asked, broken, finding);
                        }
                        all.push(found);
                    }
                }
            }
        }
        let deploy = self.deploy();
        for found in &mut all {
            found.breaks = found.direction.map(|direction| breaks(direction, &found.versions));
            found.deploy = Some(deploy.clone());
        }
        all
    }

    fn found(&self, finding: &Finding, direction: Direction, here: &Place, there: &Place, version: usize) -> Found {
        let earlier = &self.earlier[version];
        let path = self.fields.path_of(here);
        Found {
            rule: finding.rule.id.to_owned(),
            name: self.unit.file.name.clone(),
            subject: self.unit.subject.clone(),
            message: finding.message.clone(),
            explanation: finding.rule.explanation.to_owned(),
            specification: finding.rule.specification.to_owned(),
            here: Some(self.spots.here(here)),
            there: self.spots.there(version, there),
            rust: self.description.map(|description| description.rust_place(path)),
            field: (!path.is_empty()).then(|| path.to_owned()),
            direction: Some(direction),
            versions: vec![earlier.name.clone()],
            ..Found::default()
        }
    }

    /// Who goes first, judged by the latest version.
    fn deploy(&self) -> String {
        let latest = self
            .earlier
            .last()
            .map_or("the latest version", |version| version.name.as_str());
        match (self.verdict.holds(Level::Backward), self.verdict.holds(Level::Forward)) {
            (true, true) => format!(
                "readers and writers of {latest} may be deployed in either order; readers or events of older versions are not safe in any"
            ),
            (true, false) => format!(
                "readers first: on this schema they read the events of {latest}; deploy writers once no reader of {latest} is left"
            ),
            (false, true) => format!(
                "writers first: readers of {latest} read the new events; deploy a reader once no event of {latest} is left for it"
            ),
            (false, false) => format!(
                "no order is safe: readers of this schema and of {latest} do not read each other's events; repair it, or publish under another subject"
            ),
        }
    }
}

/// The places in the schema as it is now and in the earlier one.
fn sides(finding: &Finding, direction: Direction) -> (&Place, &Place) {
    match direction {
        Direction::Backward => (&finding.reader, &finding.writer),
        Direction::Forward => (&finding.writer, &finding.reader),
    }
}

/// Who breaks, and on what.
fn breaks(direction: Direction, versions: &[String]) -> String {
    let versions = listed(versions);
    match direction {
        Direction::Backward => {
            format!(
                "readers that are deployed with this schema: they cannot read events that were written with {versions}"
            )
        }
        Direction::Forward => {
            format!("readers that still have {versions}: they cannot read events that are written with this schema")
        }
    }
}

/// `a, b and c`.
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}

/// The finding that a type was changed and its file was not.
pub(crate) fn drift(unit: &Unit<'_>, description: &Description, folder: &Folder) -> Option<Found> {
    if description.drift(unit.file) != Drift::TypeIsNewer {
        return None;
    }
    let text: std::sync::Arc<str> = description.schema.as_str().into();
    let described = crate::references::resolve(folder, unit.file.schema_type, &text);
    let changes = described
        .map(|described| publisher_core::differences::changes(&unit.schema, &described))
        .unwrap_or_default();
    let mut details: Vec<String> = changes
        .iter()
        .map(|change| format!("{} {}", change.sign(), change.words()))
        .collect();
    if details.is_empty() {
        details.push("only the layout differs".to_owned());
    }
    let first = unit
        .file
        .text
        .lines()
        .zip(description.schema.lines())
        .take_while(|(a, b)| a == b)
        .count()
        + 1;
    Some(Found {
        rule: crate::own_rules::DRIFT.id.to_owned(),
        name: unit.file.name.clone(),
        subject: unit.subject.clone(),
        message: "the type has changed since its schema was committed".to_owned(),
        explanation: crate::own_rules::DRIFT.explanation.to_owned(),
        here: Some(Spot {
            file: unit.file.shown.clone(),
            line: first,
            pointer: String::new(),
        }),
        rust: Some((description.rust_file.clone(), description.line)),
        repairs: vec!["write the schema anew and read the difference: PUBLISHER_SCHEMAS=bless cargo test".to_owned()],
        details,
        ..Found::default()
    })
}

/// The language of a schema as it is called in texts for people.
pub(crate) fn language(schema_type: SchemaType) -> &'static str {
    match schema_type {
        SchemaType::Avro => "Avro",
        SchemaType::Json => "JSON Schema",
    }
}
