//! `publisher dlq show`: one letter with all that is known of it, its value only on request.

use std::fmt::Write as _;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use publisher_core::dead_letter::DeadLetter;

use super::source::{self, Source};
use super::words;
use crate::cli::{DlqShow, Payload};
use crate::command::{Answer, counted};
use crate::failure::Failure;
use crate::letters::Place;
use crate::surroundings::Surroundings;

pub(super) fn run(show: &DlqShow, surroundings: &Surroundings) -> Result<Answer> {
    let settings = source::settings(&show.letters, surroundings)?;
    let mut source = Source::open(&show.letters, settings.as_ref(), surroundings)?;
    let place = show.letter.parse::<Place>().ok();
    while let Some(entry) = source.next()? {
        let is_there = place == Some(entry.place);
        match entry.letter {
            Ok(letter) if is_there || letter.event_id.as_ref() == Some(&show.letter) => {
                return Ok(Answer::clean(text(entry.place, &letter, show.payload)));
            }
            Err(error) if is_there => {
                return Err(
                    Failure::new(format!("{} of {} is no letter", entry.place, show.letters.source))
                        .because(error)
                        .into(),
                );
            }
            _ => {}
        }
    }
    Err(
        Failure::new(format!("{} has no letter {}", show.letters.source, show.letter))
            .help(format!(
                "see which there are: publisher dlq list {}",
                show.letters.source
            ))
            .into(),
    )
}

fn text(place: Place, letter: &DeadLetter, payload: Option<Payload>) -> String {
    let original = &letter.original;
    let mut text = String::new();
    let mut row = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(text, "{name:<12} {value}");
        }
    };
    row("place", Some(place.to_string()));
    row("topic", Some(words::plain(&original.topic)));
    row(
        "partition",
        letter.partition.map(|partition| match original.partition {
            Some(_) => format!("{partition} (fixed)"),
            None => partition.to_string(),
        }),
    );
    row("key", original.key.as_deref().map(words::bytes));
    row("event_id", letter.event_id.as_deref().map(words::plain));
    row("type", letter.event_type.as_deref().map(words::plain));
    row("time", Some(words::time(original.timestamp_ms)));
    row("schema id", letter.schema_id.map(|id| id.to_string()));
    row("key schema", letter.key_schema_id.map(|id| id.to_string()));
    row("error", Some(words::plain(&letter.error)));
    row("code", Some(words::plain(&letter.error_code)));
    row(
        "persistence",
        letter
            .persistence
            .map(|persistence| words::persistence(persistence).to_owned()),
    );
    row("attempts", letter.attempts.map(|attempts| attempts.to_string()));
    row("accepted", letter.accepted_ms.map(words::time));
    row("failed", letter.failed_ms.map(words::time));
    row(
        "held",
        letter.held.as_ref().map(|held| {
            let behind = held.behind_event_id.as_deref().map_or("-".to_owned(), words::plain);
            format!(
                "number {} behind {behind}: {}",
                held.position,
                words::plain(&held.reason)
            )
        }),
    );
    row("left out", words::not_whole(letter));
    row(
        "value",
        Some(match &original.value {
            Some(value) => counted(value.len(), "byte"),
            None if letter.left_out.value.is_some() => "left out".to_owned(),
            None => "none: a tombstone".to_owned(),
        }),
    );
    if let Some(digest) = letter
        .left_out
        .value
        .as_ref()
        .and_then(|missing| missing.sha256.as_deref())
    {
        row("sha-256", Some(words::plain(digest)));
    }
    for (name, value) in original.headers.iter() {
        let value = value.map_or("(null)".to_owned(), words::bytes);
        row("header", Some(format!("{} = {value}", words::plain(name))));
    }
    if let (Some(payload), Some(value)) = (payload, &original.value) {
        let shown = match payload {
            Payload::Hex => words::hex(value),
            Payload::Base64 => BASE64.encode(value),
            Payload::Text => payload_text(value),
        };
        let _ = writeln!(text, "\n{shown}");
    }
    text
}

/// The value as text, behind its frame if it has one; what is no text as in the table.
fn payload_text(value: &[u8]) -> String {
    let payload = match publisher_core::wire::read(value) {
        Ok((_, payload)) => payload,
        Err(_) => value,
    };
    match std::str::from_utf8(payload) {
        Ok(text) => text.split('\n').map(words::plain).collect::<Vec<_>>().join("\n"),
        Err(_) => format!(
            "{} (no text: `publisher explain` takes it apart by its schema)",
            words::hex(value)
        ),
    }
}
