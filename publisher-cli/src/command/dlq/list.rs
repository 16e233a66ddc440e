//! `publisher dlq list`: a line for each letter, or one JSON object.

use std::fmt::Write as _;

use anyhow::Result;
use publisher_core::dead_letter::{DeadLetter, UnreadableLetter};
use serde::Serialize;

use super::source::{self, Source, is_chosen};
use super::words;
use crate::cli::{DlqList, PlainFormat};
use crate::command::{Answer, counted};
use crate::letters::Place;
use crate::paint::Paint;
use crate::surroundings::Surroundings;

pub(super) fn run(list: &DlqList, surroundings: &Surroundings) -> Result<Answer> {
    let settings = source::settings(&list.letters, surroundings)?;
    let mut source = Source::open(&list.letters, settings.as_ref(), surroundings)?;
    let mut letters = Vec::new();
    let mut unreadable = Vec::new();
    while list.chosen.limit.is_none_or(|limit| (letters.len() as u64) < limit)
        && let Some(entry) = source.next()?
    {
        match entry.letter {
            Ok(mut letter) if is_chosen(&letter, &list.chosen.only) => {
                // No line shows it, and all of them together may not fit into memory.
                letter.original.value = None;
                letters.push((entry.place, letter));
            }
            Ok(_) => {}
            Err(error) => unreadable.push((entry.place, error)),
        }
    }
    letters.sort_by_key(|(place, _)| *place);
    unreadable.sort_by_key(|(place, _)| *place);
    let text = match list.format {
        PlainFormat::Text => text(list, &letters, &unreadable, surroundings),
        PlainFormat::Json => json(list, &letters, &unreadable),
    };
    Ok(Answer::found(text, !unreadable.is_empty()))
}

type Letter = (Place, DeadLetter);
type Unreadable = (Place, UnreadableLetter);

fn text(list: &DlqList, letters: &[Letter], unreadable: &[Unreadable], surroundings: &Surroundings) -> String {
    let paint = Paint::new(surroundings.coloured_out);
    let head = ["place", "failed", "topic", "key", "event_id", "code", "error"].map(str::to_owned);
    let mut rows = vec![head];
    for (place, letter) in letters {
        let or_dash = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned());
        let mut error = words::plain(&letter.error);
        if let Some(why) = words::not_whole(letter) {
            let _ = write!(error, " [{why}]");
        }
        rows.push([
            place.to_string(),
            or_dash(letter.failed_ms.map(words::time)),
            words::plain(&letter.original.topic),
            or_dash(letter.original.key.as_deref().map(words::bytes)),
            or_dash(letter.event_id.as_deref().map(words::plain)),
            or_dash(Some(words::plain(&letter.error_code))),
            error,
        ]);
    }
    let mut text = String::new();
    if !letters.is_empty() {
        table(&rows, &mut text);
    }
    for (place, error) in unreadable {
        let _ = writeln!(text, "{} {place} {error}", paint.warning("no letter:"));
    }
    let _ = writeln!(
        text,
        "{} in {}{}",
        counted(letters.len(), "letter"),
        list.letters.source,
        match unreadable.len() {
            0 => String::new(),
            count => format!(", {count} unreadable"),
        }
    );
    text
}

/// Columns as wide as what stands in them, up to a bound; the last one as it is.
fn table(rows: &[[String; 7]], text: &mut String) {
    const WIDEST: usize = 40;
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default().min(WIDEST)
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    for row in rows {
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(text, "{cell:<width$}  ");
        }
        let _ = writeln!(text, "{}", row[6]);
    }
}

#[derive(Serialize)]
struct Listed<'a> {
    source: &'a str,
    letters: Vec<ListedLetter<'a>>,
    unreadable: Vec<ListedUnreadable>,
}

#[derive(Serialize)]
struct ListedLetter<'a> {
    place: String,
    original_topic: &'a str,
    key: Option<String>,
    event_id: Option<&'a str>,
    event_type: Option<&'a str>,
    error: &'a str,
    error_code: &'a str,
    persistence: Option<&'static str>,
    attempts: Option<u32>,
    partition: Option<i32>,
    schema_id: Option<u32>,
    accepted_ms: Option<i64>,
    failed_ms: Option<i64>,
    behind_event_id: Option<&'a str>,
    whole: bool,
}

#[derive(Serialize)]
struct ListedUnreadable {
    place: String,
    reason: String,
}

fn json(list: &DlqList, letters: &[Letter], unreadable: &[Unreadable]) -> String {
    let listed = Listed {
        source: &list.letters.source,
        letters: letters.iter().map(|(place, letter)| listed(*place, letter)).collect(),
        unreadable: unreadable
            .iter()
            .map(|(place, error)| ListedUnreadable {
                place: place.to_string(),
                reason: error.to_string(),
            })
            .collect(),
    };
    serde_json::to_string(&listed).unwrap_or_default() + "\n"
}

fn listed(place: Place, letter: &DeadLetter) -> ListedLetter<'_> {
    ListedLetter {
        place: place.to_string(),
        original_topic: &letter.original.topic,
        key: letter.original.key.as_deref().map(words::bytes),
        event_id: letter.event_id.as_deref(),
        event_type: letter.event_type.as_deref(),
        error: &letter.error,
        error_code: &letter.error_code,
        persistence: letter.persistence.map(words::persistence),
        attempts: letter.attempts,
        partition: letter.partition,
        schema_id: letter.schema_id.map(|id| id.0),
        accepted_ms: letter.accepted_ms,
        failed_ms: letter.failed_ms,
        behind_event_id: letter.held.as_ref().and_then(|held| held.behind_event_id.as_deref()),
        whole: letter.is_whole(),
    }
}
