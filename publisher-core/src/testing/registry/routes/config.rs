//! The bodies of `/config`: a level, a policy and whether texts are normalized, as they are set and as they are told.
//!
//! Implements: Confluent Schema Registry REST API, "Config". What is set goes by `compatibility`, what is told by
//! `compatibilityLevel`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::levels::Config;
use super::super::refusal::Refusal;
use super::super::store::Store;
use super::body::parsed;
use crate::compatibility::Level;
use crate::registry::CompatibilityPolicy;

/// The policies that this registry follows.
const POLICIES: [CompatibilityPolicy; 2] = [CompatibilityPolicy::Strict, CompatibilityPolicy::Lenient];

/// The body of a change; what else clients send is ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConfigBody {
    compatibility: Option<String>,
    compatibility_policy: Option<String>,
    normalize: Option<bool>,
}

/// Changes what the body gives, and answers that.
pub(super) fn set(store: &mut Store, subject: Option<&str>, body: &[u8]) -> Result<Value, Refusal> {
    let body: ConfigBody = parsed(body)?;
    let config = Config {
        level: body.compatibility.as_deref().map(level).transpose()?,
        policy: body.compatibility_policy.as_deref().map(policy).transpose()?,
        normalize: body.normalize,
    };
    if config == Config::default() {
        return Err(refused("compatibility level", &Level::ALL.map(Level::name)));
    }
    // The settings for all are those of no subject, and of no context.
    store.modes.check_write(subject.unwrap_or_default())?;
    store.levels.set(subject, config);
    Ok(body_of("compatibility", config))
}

/// What counts, as it is told.
pub(super) fn told(config: Config) -> Value {
    body_of("compatibilityLevel", config)
}

/// What a subject has of its own, if it has any.
pub(super) fn own(subject: &str, config: Option<Config>) -> Result<Value, Refusal> {
    config.map(told).ok_or_else(|| {
        let message = format!("Subject '{subject}' does not have subject-level compatibility configured");
        Refusal::new(404, 40408, message)
    })
}

fn body_of(level: &str, config: Config) -> Value {
    let mut body = json!({});
    if let Some(set) = config.level {
        body[level] = json!(set.name());
    }
    if let Some(set) = config.policy {
        body["compatibilityPolicy"] = json!(set.name());
    }
    if let Some(set) = config.normalize {
        body["normalize"] = json!(set);
    }
    body
}

fn level(text: &str) -> Result<Level, Refusal> {
    let mut all = Level::ALL.into_iter();
    all.find(|level| level.name().eq_ignore_ascii_case(text))
        .ok_or_else(|| refused("compatibility level", &Level::ALL.map(Level::name)))
}

fn policy(text: &str) -> Result<CompatibilityPolicy, Refusal> {
    let mut all = POLICIES.into_iter();
    all.find(|policy| policy.name().eq_ignore_ascii_case(text))
        .ok_or_else(|| refused("compatibility policy", &POLICIES.map(CompatibilityPolicy::name)))
}

fn refused(what: &str, valid: &[&str]) -> Refusal {
    Refusal::new(
        422,
        42203,
        format!("Invalid {what}. Valid values are {}", valid.join(", ")),
    )
}
