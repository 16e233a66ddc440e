//! What a check of schemas costs: the rules over a thousand subjects, and the command where nothing changed.
//!
//! `cargo run --release -p benches --bin check`; the last line is one JSON object. One thread.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use benches::measure::median;
use benches::subjects::{Subject, VERSIONS, subject};
use publisher_cli::{Exit, Surroundings};
use publisher_core::compatibility::{Dialect, EarlierVersion, History, SchemaDocument};
use publisher_core::registry::SchemaType;
use serde_json::json;

/// How many subjects are judged.
const SUBJECTS: usize = 1_000;
/// How many schemas the command looks at.
const UNCHANGED: usize = 100;
/// How often each figure is taken; the one in the middle counts.
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    let subjects: Vec<Subject> = (0..SUBJECTS).map(subject).collect();
    let bytes: usize = subjects
        .iter()
        .flat_map(|subject| &subject.versions)
        .map(|text| text.text.len())
        .sum();
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(all(&subjects)?);
    }
    let middle = |figure: fn(&Round) -> f64| median(rounds.iter().map(figure).collect());
    let whole = middle(|round| round.parse + round.judge);

    let project = Project::new(&subjects[..UNCHANGED])?;
    let mut commands = Vec::new();
    for _ in 0..ROUNDS * 4 {
        commands.push(project.check()?);
    }
    let command = median(commands) * 1_000.0;

    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{SUBJECTS} subjects of {VERSIONS} versions, {} bytes each: {whole:.3} s, of it {:.3} s read and {:.3} s judged",
        bytes / SUBJECTS / VERSIONS,
        middle(|round| round.parse),
        middle(|round| round.judge),
    )?;
    writeln!(out, "check of {UNCHANGED} unchanged schemas: {command:.1} ms")?;
    let rounded = |value: f64, parts: f64| (value * parts).round() / parts;
    let line = json!({
        "thousand_subjects_s": rounded(whole, 1_000.0),
        "parse_s": rounded(middle(|round| round.parse), 1_000.0),
        "judge_s": rounded(middle(|round| round.judge), 1_000.0),
        "hundred_unchanged_ms": rounded(command, 10.0),
        "subjects": SUBJECTS,
        "versions": VERSIONS,
        "mean_bytes": bytes / SUBJECTS / VERSIONS,
    });
    writeln!(out, "{line}")?;
    Ok(())
}

/// The seconds of one round.
struct Round {
    parse: f64,
    judge: f64,
}

/// Reads every text and judges the newest of each subject.
fn all(subjects: &[Subject]) -> Result<Round> {
    let (mut parse, mut judge) = (0.0, 0.0);
    for subject in subjects {
        let started = Instant::now();
        let mut documents = Vec::with_capacity(VERSIONS);
        for (index, text) in subject.versions.iter().enumerate() {
            documents.push(EarlierVersion {
                name: format!("version {}", index + 1),
                schema: SchemaDocument::parse(text)?,
            });
        }
        let Some(candidate) = documents.pop() else {
            bail!("a subject has no version");
        };
        parse += started.elapsed().as_secs_f64();
        let started = Instant::now();
        let history = History::new(documents);
        let verdict = history.judge(&candidate.schema, subject.level, Dialect::Confluent)?;
        judge += started.elapsed().as_secs_f64();
        // The histories are made of changes that every level allows; a break would be a mistake here or in the rules.
        ensure!(verdict.is_compatible(), "a subject breaks: {:?}", verdict.all_breaks());
    }
    Ok(Round { parse, judge })
}

/// A project of schemas beside the same ones as they were; it goes when this goes.
struct Project {
    folder: PathBuf,
}

impl Project {
    fn new(subjects: &[Subject]) -> Result<Self> {
        let folder = env::temp_dir().join(format!("publisher-check-{}", process::id()));
        let project = Self { folder };
        for (index, subject) in subjects.iter().enumerate() {
            let text = subject.versions.last().context("a subject has no version")?;
            let extension = match text.schema_type {
                SchemaType::Avro => "avsc",
                SchemaType::Json => "json",
            };
            for folder in ["schemas", "before"] {
                let name = format!("com.acme.orders.Event{index}.{extension}");
                write(&project.folder.join(folder).join(name), &text.text)?;
            }
        }
        Ok(project)
    }

    /// The seconds that the command takes, from its arguments to its answer.
    fn check(&self) -> Result<f64> {
        let surroundings = Surroundings {
            folder: self.folder.clone(),
            variables: BTreeMap::new(),
            coloured_out: false,
            coloured_err: false,
            progress: false,
        };
        let arguments = ["publisher", "check", "--against", "dir:before"].map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let started = Instant::now();
        let exit = publisher_cli::run(arguments, &surroundings, &mut out, &mut err);
        let seconds = started.elapsed().as_secs_f64();
        let text = String::from_utf8_lossy(&out);
        ensure!(
            exit == Exit::Clean && text.contains(&format!("{UNCHANGED} unchanged")),
            "the check ended otherwise: {text}{}",
            String::from_utf8_lossy(&err)
        );
        Ok(seconds)
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        // What stays is in the system's folder for such things.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("a file has no folder")?;
    fs::create_dir_all(folder)?;
    fs::write(path, text)?;
    Ok(())
}
