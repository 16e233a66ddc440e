//! `publisher compat`: two files, one verdict.

use std::sync::Arc;

use anyhow::Result;
use publisher_core::compatibility::{Direction, EarlierVersion, Finding, History, Place, Verdict};
use publisher_core::registry::{SchemaReference, SchemaText, SchemaType};
use serde_json::{Value, json};

use super::{Answer, counted};
use crate::cli::{Compat, Language, PlainFormat};
use crate::failure::Failure;
use crate::judgement::parse;
use crate::lines::LineIndex;
use crate::paint::Paint;
use crate::reading;
use crate::report::text::{MOST_SHOWN, more};
use crate::surroundings::Surroundings;
use publisher_core::differences::{Texts, texts};

pub(super) fn run(compat: &Compat, surroundings: &Surroundings) -> Result<Answer> {
    let schema_type = match compat.schema_type {
        Language::Avro => SchemaType::Avro,
        Language::Json => SchemaType::Json,
    };
    let mut references = Vec::new();
    for reference in &compat.references {
        let Some((name, file)) = reference
            .split_once('=')
            .filter(|(name, file)| !name.is_empty() && !file.is_empty())
        else {
            return Err(Failure::new(format!("--reference {reference} is not NAME=FILE"))
                .help("such as --reference com.acme.Money=schemas/com.acme.Money.avsc")
                .into());
        };
        references.push(SchemaReference {
            name: name.into(),
            subject: name.into(),
            version: None,
            schema: SchemaText::new(schema_type, read(file, surroundings)?),
        });
    }
    let schema = |file: &str| -> Result<SchemaText> {
        let text = SchemaText::new(schema_type, read(file, surroundings)?);
        Ok(text.with_references(references.clone()))
    };
    let (older, newer) = (schema(&compat.older)?, schema(&compat.newer)?);
    let unreadable = |reason: String| Failure::new(reason).help("is it of the language that --type says?");
    let history = History::new(vec![EarlierVersion {
        name: compat.older.clone(),
        schema: parse(&compat.older, &older).map_err(unreadable)?,
    }]);
    let candidate = parse(&compat.newer, &newer).map_err(unreadable)?;
    let verdict = history
        .judge(&candidate, compat.level, compat.dialect)
        .map_err(|error| Failure::new("the schemas cannot be compared").because(error))?;
    let told = Told {
        compat,
        older: texts(&older),
        newer: texts(&newer),
        lines: LineIndex::default(),
    };
    let text = match compat.format {
        PlainFormat::Text => told.text(&verdict, Paint::new(surroundings.coloured_out)),
        PlainFormat::Json => told.json(&verdict),
    };
    Ok(Answer::found(text, !verdict.is_compatible()))
}

fn read(file: &str, surroundings: &Surroundings) -> Result<Arc<str>> {
    let text = reading::schema(&surroundings.folder.join(file));
    Ok(text
        .map_err(|error| Failure::new(format!("{file} cannot be read")).because(error))?
        .into())
}

/// The verdict with its places.
struct Told<'a> {
    compat: &'a Compat,
    older: Texts,
    newer: Texts,
    lines: LineIndex,
}

fn findings(verdict: &Verdict) -> impl Iterator<Item = (Direction, &Finding)> {
    verdict
        .breaks()
        .flat_map(|broken| broken.findings.iter().map(move |finding| (broken.direction, finding)))
}

impl Told<'_> {
    fn line(&self, texts: &Texts, place: &Place) -> Option<usize> {
        let text = texts.get(place.reference.as_deref().unwrap_or(""))?;
        Some(self.lines.line(text, &place.pointer))
    }

    fn spot(&self, texts: &Texts, place: &Place) -> Value {
        json!({
            "reference": place.reference.as_deref(),
            "pointer": place.pointer,
            "line": self.line(texts, place),
        })
    }

    fn json(&self, verdict: &Verdict) -> String {
        let findings: Vec<Value> = findings(verdict)
            .map(|(direction, finding)| {
                let (newer, older) = sides(direction, finding);
                json!({
                    "rule": finding.rule.id,
                    "direction": direction.name(),
                    "message": finding.message,
                    "explanation": finding.rule.explanation,
                    "specification": finding.rule.specification,
                    "newer": self.spot(&self.newer, newer),
                    "older": self.spot(&self.older, older),
                })
            })
            .collect();
        let answer = json!({ "compatible": verdict.is_compatible(), "findings": findings });
        format!("{answer}\n")
    }

    fn text(&self, verdict: &Verdict, paint: Paint) -> String {
        let compat = self.compat;
        let mut text = String::new();
        let mut count = 0;
        for (direction, finding) in findings(verdict) {
            count += 1;
            if count > MOST_SHOWN {
                continue;
            }
            let (newer, older) = sides(direction, finding);
            let place = |file: &str, texts: &Texts, place: &Place| match self.line(texts, place) {
                Some(line) if place.reference.is_none() => format!("{file}:{line} {place}"),
                _ => format!("{file} {place}"),
            };
            text.push_str(&format!(
                "{} {}\n  newer  {}\n  older  {}\n  why    {}\n         {}\n",
                paint.error(&format!("{}[{}]:", direction.name(), finding.rule.id)),
                finding.message,
                place(&compat.newer, &self.newer, newer),
                place(&compat.older, &self.older, older),
                finding.rule.explanation,
                finding.rule.specification,
            ));
        }
        if count > MOST_SHOWN {
            text.push_str(&more(count - MOST_SHOWN));
        }
        let settings = format!("{}, dialect {}", compat.level, compat.dialect);
        text.push_str(&match count {
            0 => format!("{}: {settings}\n", paint.good("compatible")),
            _ => format!(
                "{}: {settings}, {}\n",
                paint.bad("incompatible"),
                counted(count, "finding")
            ),
        });
        text
    }
}

/// The places in the newer and in the older schema.
fn sides(direction: Direction, finding: &Finding) -> (&Place, &Place) {
    match direction {
        Direction::Backward => (&finding.reader, &finding.writer),
        Direction::Forward => (&finding.writer, &finding.reader),
    }
}
