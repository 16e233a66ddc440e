//! What one publisher does with its failed records: the policies of its types, its retries, its dead letters.

use std::collections::HashMap;

use super::policy::{OnFailure, Retries};
use crate::dead_letter::DeadLetters;
use crate::error::ConfigError;
use crate::event::EventType;

#[derive(Clone, Debug, Default)]
pub(crate) struct Policies {
    pub(crate) usual: OnFailure,
    /// By the types' full names.
    own: HashMap<&'static str, OnFailure>,
    pub(crate) retries: Retries,
    pub(crate) letters: Option<DeadLetters>,
}

impl Policies {
    /// Another policy for a type than the usual one.
    pub(crate) fn set(&mut self, event_type: &EventType, policy: OnFailure) {
        self.own.insert(event_type.name(), policy);
    }

    /// The policy of a type; of a record of no type the usual one.
    pub(crate) fn of(&self, event_type: Option<&str>) -> OnFailure {
        let own = event_type.and_then(|name| self.own.get(name));
        own.copied().unwrap_or(self.usual)
    }

    /// Those of a publisher whose records are committed or aborted together: a failed record is nobody's to repeat or to put
    /// elsewhere. Refuses what asks for that.
    pub(crate) fn of_transactions(&self) -> Result<Self, ConfigError> {
        let mut policies = self.own.values().chain([&self.usual]);
        if self.letters.is_some() || policies.any(|policy| *policy != OnFailure::Return) {
            return Err(ConfigError::Invalid {
                setting: "on_failure".to_owned(),
                reason: "a failed record aborts its transaction, and there is nothing else to do about it: leave out \
                         `on_failure` and `dead_letters` with `transactional`"
                    .to_owned(),
            });
        }
        Ok(Self {
            retries: Retries::none(),
            ..Self::default()
        })
    }

    /// Whether some type's keys are held, which is for the sake of their order.
    pub(crate) fn hold_keys(&self) -> bool {
        self.own.values().chain([&self.usual]).any(|policy| policy.holds_keys())
    }

    /// Refuses settings that contradict each other.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let mut policies = self.own.values().chain([&self.usual]);
        match &self.letters {
            Some(letters) => letters.check(),
            None if policies.any(|policy| policy.needs_dead_letters()) => Err(ConfigError::Invalid {
                setting: "on_failure".to_owned(),
                reason: "makes dead letters, and nothing says where they go: give `dead_letters`, such as \
                         `DeadLetters::new()` for the topic with the suffix `.dlq`"
                    .to_owned(),
            }),
            None => Ok(()),
        }
    }
}
