//! The compatibility level that a registry holds a subject to.

use ::http::Method;
use serde_json::{Value, json};

use super::RegistryClient;
use crate::compatibility::{Dialect, Level};
use crate::registry::SchemaRegistry;
use crate::registry::answer::unreadable;
use crate::registry::error::RegistryError;

/// The level that counts for a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubjectLevel {
    /// The level.
    pub level: Level,
    /// Who set it.
    pub origin: LevelOrigin,
    /// The policy; `None` where the registry states none, which Confluent's takes for [`CompatibilityPolicy::Strict`].
    pub policy: Option<CompatibilityPolicy>,
}

/// Where a subject's level comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelOrigin {
    /// The subject has it for itself.
    Subject,
    /// The registry has it for all that have none of their own.
    Global,
}

/// How strictly Confluent's registry compares (`compatibilityPolicy`).
///
/// Implements: Confluent Schema Registry REST API, "Config".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompatibilityPolicy {
    /// Its default.
    Strict,
    /// Optional properties of a JSON Schema may come to an open model and leave a closed one.
    Lenient,
    /// Logical types count too.
    Logical,
}

impl CompatibilityPolicy {
    const ALL: [Self; 3] = [Self::Strict, Self::Lenient, Self::Logical];

    /// The name in the registry's API, such as `LENIENT`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "STRICT",
            Self::Lenient => "LENIENT",
            Self::Logical => "LOGICAL",
        }
    }

    /// The dialect that gives this registry's verdict; `None` if none does.
    #[must_use]
    pub fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Strict => Some(Dialect::Confluent),
            Self::Lenient => Some(Dialect::ConfluentLenient),
            Self::Logical => None,
        }
    }
}

/// What one answer about a level says; either may be missing.
struct Stated {
    level: Option<Level>,
    policy: Option<CompatibilityPolicy>,
}

impl RegistryClient {
    /// The level that counts for a subject: its own, else the registry's. The subject need not exist. One request, or up
    /// to three if the subject has no level of its own.
    ///
    /// # Errors
    /// [`RegistryError::BadAnswer`] too if the registry states a level or a policy that is unknown here; else as
    /// [`subjects`](Self::subjects).
    ///
    /// # Cancel safety
    /// Writes nothing: a dropped future leaves nothing behind.
    pub async fn level(&self, subject: &str) -> Result<SubjectLevel, RegistryError> {
        self.level_at(subject).await.map_err(|error| error.of_subject(subject))
    }

    pub(super) async fn level_at(&self, subject: &str) -> Result<SubjectLevel, RegistryError> {
        let path = format!("/config/{}", self.segment(subject)?);
        let own = self.stated(&path).await?;
        if let Some(Stated {
            level: Some(level),
            policy,
        }) = own
        {
            return Ok(SubjectLevel {
                level,
                origin: LevelOrigin::Subject,
                policy,
            });
        }
        let own_policy = own.and_then(|own| own.policy);
        // The registry itself knows whose level comes next (that of the subject's context, say); not all of them do.
        for path in [&*format!("{path}?defaultToGlobal=true"), "/config"] {
            if let Some(Stated {
                level: Some(level),
                policy,
            }) = self.stated(path).await?
            {
                return Ok(SubjectLevel {
                    level,
                    origin: LevelOrigin::Global,
                    policy: own_policy.or(policy),
                });
            }
        }
        Err(unreadable(
            self.http.address(),
            "the registry states no level, neither for the subject nor for all",
        ))
    }

    /// What stands at this path; `None` if the registry itself says that nothing does.
    async fn stated(&self, path: &str) -> Result<Option<Stated>, RegistryError> {
        match self.http.ask(Method::GET, path, None).await {
            Ok(answer) => self.read(&answer).map(Some),
            Err(RegistryError::NotFound(failure)) if is_absence(failure.code()) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(&self, answer: &Value) -> Result<Stated, RegistryError> {
        let unknown = |what: &str, value: &Value| {
            let reason = format!("answer has the compatibility {what} {value}, which is unknown here");
            unreadable(self.http.address(), reason)
        };
        // The API has one name where a level is asked for and another where it is set; some registries mix them.
        let level = ["compatibilityLevel", "compatibility"];
        let level = match level.iter().find_map(|name| given(answer, name)) {
            None => None,
            Some(value) => {
                let level = value.as_str().and_then(|text| text.parse().ok());
                Some(level.ok_or_else(|| unknown("level", value))?)
            }
        };
        let policy = match given(answer, "compatibilityPolicy") {
            None => None,
            Some(value) => {
                let mut all = CompatibilityPolicy::ALL.into_iter();
                let policy = all.find(|policy| value.as_str() == Some(policy.name()));
                Some(policy.ok_or_else(|| unknown("policy", value))?)
            }
        };
        Ok(Stated { level, policy })
    }

    /// Holds the subject to this level from now on; its versions stay. The subject need not exist. One request, logged at
    /// `info` with address, subject and level.
    ///
    /// # Errors
    /// [`RegistryError::Unauthorised`] if these credentials may not set it, [`RegistryError::InvalidSchema`] if the
    /// registry does not take the level, both not retriable; else as [`subjects`](Self::subjects).
    ///
    /// # Cancel safety
    /// A request that had been sent may still take effect. Setting the same level again changes nothing.
    pub async fn set_level(&self, subject: &str, level: Level) -> Result<(), RegistryError> {
        let body = json!({ "compatibility": level.name() }).to_string();
        let set = async {
            let path = format!("/config/{}", self.segment(subject)?);
            match self.http.ask(Method::PUT, &path, Some(&body)).await {
                // Apicurio's NONE is to have no level at all, and it finds none to take away.
                Err(RegistryError::NotFound(failure)) if level == Level::None && is_absence(failure.code()) => {
                    match self.level_at(subject).await?.level {
                        Level::None => Ok(()),
                        _ => Err(RegistryError::NotFound(failure)),
                    }
                }
                answer => answer.map(drop),
            }
        };
        set.await.map_err(|error: RegistryError| error.of_subject(subject))?;
        tracing::info!(
            registry = self.address(),
            subject,
            level = level.name(),
            "compatibility level set"
        );
        Ok(())
    }
}

/// 40408: no level of its own; 40401 where a registry has no other word for that, or wants the subject to exist.
fn is_absence(code: Option<u32>) -> bool {
    matches!(code, Some(40_401 | 40_408))
}

/// A member that says something.
fn given<'a>(answer: &'a Value, name: &str) -> Option<&'a Value> {
    answer.get(name).filter(|value| !value.is_null())
}
