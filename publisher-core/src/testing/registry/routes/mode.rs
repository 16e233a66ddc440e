//! The bodies of `/mode`.
//!
//! Implements: Confluent Schema Registry REST API, "Mode".

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::modes::Mode;
use super::super::refusal::Refusal;
use super::super::store::Store;
use super::body::parsed;

#[derive(Deserialize)]
struct ModeBody {
    mode: Option<String>,
}

/// Sets the mode of one subject or of all, and answers it.
pub(super) fn set(store: &mut Store, subject: Option<&str>, force: bool, body: &[u8]) -> Result<Value, Refusal> {
    let ModeBody { mode } = parsed(body)?;
    let mode = Mode::ALL
        .into_iter()
        .find(|known| {
            mode.as_deref()
                .is_some_and(|mode| known.name().eq_ignore_ascii_case(mode))
        })
        .ok_or_else(|| {
            let valid = Mode::ALL.map(Mode::name).join(", ");
            Refusal::new(422, 42204, format!("Invalid mode. Valid values are {valid}"))
        })?;
    store.set_mode(subject, mode, force)?;
    Ok(told(mode))
}

pub(super) fn told(mode: Mode) -> Value {
    json!({ "mode": mode.name() })
}

/// What a subject has of its own, if it has any.
pub(super) fn own(subject: &str, mode: Option<Mode>) -> Result<Value, Refusal> {
    mode.map(told).ok_or_else(|| {
        let message = format!("Subject '{subject}' does not have subject-level mode configured");
        Refusal::new(404, 40409, message)
    })
}

/// What a subject had of its own, if it had any.
pub(super) fn removed(subject: &str, mode: Option<Mode>) -> Result<Value, Refusal> {
    mode.map(told).ok_or_else(|| Refusal::no_subject(subject))
}
