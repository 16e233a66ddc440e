//! `publisher explain`: a record's bytes, part by part.

use anyhow::Result;

use super::Answer;
use crate::cli::Explain;
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub(super) fn run(_explain: &Explain, _surroundings: &Surroundings) -> Result<Answer> {
    Err(Failure::new("not yet").into())
}
