//! The one error that is not a failure: a tool that this machine lacks.
//!
//! A step that meets it is skipped (with `CI=true` it fails). Knows nothing of any particular tool.

use std::error::Error;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    what: String,
    remedy: String,
}

impl Missing {
    /// `what` is absent; `remedy` says how to get it.
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// The missing tool behind an error, if that is what caused it.
    pub(crate) fn behind(error: &anyhow::Error) -> Option<&Self> {
        error.chain().find_map(|cause| cause.downcast_ref())
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.remedy)
    }
}

impl Error for Missing {}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn is_found_under_context() {
        let missing = Missing::new("no Maven on the PATH", "install Maven");
        let error = Err::<(), _>(missing.clone())
            .context("fetching Kafka")
            .expect_err("an error");
        assert_eq!(Missing::behind(&error), Some(&missing));
        assert_eq!(Missing::behind(&anyhow::anyhow!("something else")), None);
    }
}
