//! `publisher rules`: what is looked for, each rule with its reasons and its cases.

use std::fmt::Write as _;

use anyhow::Result;
use publisher_core::compatibility::{self, Case, Dialect, Rule};
use publisher_core::lint::{self, Lint, LintCase};
use publisher_core::registry::SchemaType;

use super::Answer;
use crate::cli::Rules;
use crate::failure::Failure;
use crate::judgement::language;
use crate::own_rules;
use crate::paint::Paint;
use crate::surroundings::Surroundings;

pub(super) fn run(rules: &Rules, surroundings: &Surroundings) -> Result<Answer> {
    let paint = Paint::new(surroundings.coloured_out);
    match &rules.id {
        None => Ok(Answer::clean(list(paint))),
        Some(id) => one(id, paint).map(Answer::clean).ok_or_else(|| unknown(id).into()),
    }
}

fn all() -> Vec<(&'static str, &'static str)> {
    let rules = compatibility::rules().map(|rule| (rule.id, rule.title));
    let rules = rules.chain(lint::lints().map(|lint| (lint.id, lint.title)));
    rules
        .chain(own_rules::ALL.iter().map(|rule| (rule.id, rule.title)))
        .collect()
}

fn list(paint: Paint) -> String {
    let width = all().iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    let line = |id: &str, title: &str| format!("  {}{} {title}\n", paint.strong(id), " ".repeat(width - id.len()));
    let mut text = String::new();
    for (heading, schema_type) in [
        ("Both languages", None),
        ("Avro", Some(SchemaType::Avro)),
        ("JSON Schema", Some(SchemaType::Json)),
    ] {
        let _ = writeln!(text, "{heading}");
        let of_language = compatibility::rules().filter(|rule| rule.schema_type == schema_type);
        text.extend(of_language.map(|rule| line(rule.id, rule.title)));
    }
    text.push_str("Lints, which no registry has\n");
    text.extend(lint::lints().map(|lint| line(lint.id, lint.title)));
    text.push_str("The check itself\n");
    text.extend(own_rules::ALL.iter().map(|rule| line(rule.id, rule.title)));
    text.push_str("One with its reasons and cases: publisher rules ID\n");
    text
}

fn one(id: &str, paint: Paint) -> Option<String> {
    if let Some(rule) = compatibility::rule(id) {
        return Some(of_pair(rule, paint));
    }
    if let Some(lint) = lint::lint(id) {
        return Some(of_lint(lint, paint));
    }
    let rule = own_rules::ALL.iter().find(|rule| rule.id == id)?;
    Some(format!(
        "{}: {}\n\n{}\n",
        paint.strong(rule.id),
        rule.title,
        rule.explanation
    ))
}

fn of_pair(rule: &Rule, paint: Paint) -> String {
    let mut text = format!("{}: {}\n\n{}\n\n", paint.strong(rule.id), rule.title, rule.explanation);
    let languages = rule.schema_type.map_or("Avro, JSON Schema", language);
    let _ = writeln!(text, "language       {languages}");
    let dialects: Vec<&str> = rule.dialects.iter().map(|dialect| dialect.name()).collect();
    if rule.dialects.len() < Dialect::ALL.len() {
        let _ = writeln!(text, "dialects       {}", dialects.join(", "));
    }
    let _ = writeln!(text, "specification  {}\n", rule.specification);
    let case = |case: &Case| {
        format!(
            "{}\n    writer {}\n    reader {}\n",
            case.about, case.writer, case.reader
        )
    };
    let _ = write!(text, "Breaks it: {}", case(&rule.breach));
    for near_miss in rule.near_misses {
        let _ = write!(text, "Does not: {}", case(near_miss));
    }
    text
}

fn of_lint(lint: &Lint, paint: Paint) -> String {
    let mut text = format!("{}: {}\n\n{}\n\n", paint.strong(lint.id), lint.title, lint.explanation);
    let languages = lint.schema_type.map_or("Avro, JSON Schema", language);
    let _ = writeln!(text, "language  {languages}");
    let _ = writeln!(text, "severity  {}", lint.severity);
    if !lint.readers.is_empty() {
        let readers: Vec<&str> = lint.readers.iter().map(|reader| reader.name()).collect();
        let _ = writeln!(text, "readers   {}", readers.join(", "));
    }
    if !lint.levels.is_empty() {
        let levels: Vec<&str> = lint.levels.iter().map(|level| level.name()).collect();
        let _ = writeln!(text, "levels    {}", levels.join(", "));
    }
    let _ = writeln!(text, "source    {}\n", lint.source);
    let case = |case: &LintCase| match case.older {
        Some(older) => format!("{}\n    older {older}\n    newer {}\n", case.about, case.newer),
        None => format!("{}\n    {}\n", case.about, case.newer),
    };
    for breach in lint.breaches {
        let _ = write!(text, "Sets it off: {}", case(breach));
    }
    for near_miss in lint.near_misses {
        let _ = write!(text, "Does not: {}", case(near_miss));
    }
    text
}

fn unknown(id: &str) -> Failure {
    let failure = Failure::new(format!("there is no rule {id}"));
    // Rules are named for what is wrong, so a part of the name is often remembered, or one word of it is misspelt.
    let words: Vec<&str> = id.split('-').collect();
    let is_near = |known: &&str| {
        let shared = known.split('-').filter(|word| words.contains(word)).count();
        known.contains(id) || (words.len() > 2 && shared + 1 >= words.len() && known.split('-').count() == words.len())
    };
    let near: Vec<&str> = all().into_iter().map(|(known, _)| known).filter(is_near).collect();
    if near.is_empty() {
        return failure.help("all rules: publisher rules");
    }
    failure.help(format!("did you mean {}?", near.join(", ")))
}
