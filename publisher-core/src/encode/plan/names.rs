//! Which field and which named type of ours is meant by one of theirs.
//!
//! Knows no types.

use super::difference::Difference;
use crate::schema::avsc::{Definition, Field, FullName};

/// For each field of theirs the index of ours: by name, then by the aliases of either side.
pub(super) fn sources(ours: &[Field], theirs: &[Field]) -> Result<Vec<Option<usize>>, Difference> {
    let mut taken = vec![false; ours.len()];
    let mut sources = vec![None; theirs.len()];
    for (field, source) in theirs.iter().zip(&mut sources) {
        *source = ours.iter().position(|own| own.name == field.name);
        if let Some(index) = *source {
            taken[index] = true;
        }
    }
    for (field, source) in theirs.iter().zip(&mut sources) {
        if source.is_some() {
            continue;
        }
        let also = |own: &Field| own.aliases.contains(&field.name) || field.aliases.contains(&own.name);
        let candidates: Vec<usize> = (0..ours.len())
            .filter(|index| !taken[*index] && also(&ours[*index]))
            .collect();
        match candidates[..] {
            [] => {}
            [index] => {
                taken[index] = true;
                *source = Some(index);
            }
            _ => {
                let names: Vec<&str> = candidates.iter().map(|index| ours[*index].name.as_str()).collect();
                let both = format!("the fields {}", names.join(", "));
                let hint = "the aliases fit several fields; leave one of them";
                return Err(Difference::new(
                    Some(both),
                    Some(format!("the field {}", field.name)),
                    hint,
                ));
            }
        }
    }
    Ok(sources)
}

/// Whether readers take one name for the other: without namespaces, or by an alias of either side.
pub(super) fn same_name(ours: &Definition, theirs: &Definition) -> bool {
    let has = |aliases: &[FullName], name: &FullName| aliases.contains(name);
    ours.name.simple() == theirs.name.simple() || has(&theirs.aliases, &ours.name) || has(&ours.aliases, &theirs.name)
}
