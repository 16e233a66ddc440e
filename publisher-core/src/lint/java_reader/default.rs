//! Defaults as Java checks them, and as it encodes them.
//!
//! Knows no place.

use std::collections::HashSet;

use serde_json::Value;

use super::rename::Renames;
use crate::schema::avsc::{AvroSchema, Form, Kind, Type, TypeId};

/// A default has no more values than these, and none deeper, or it needs itself.
const MOST_VALUES: usize = 10_000;
const DEEPEST: u32 = 100;

/// What Java says of a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    Valid,
    Invalid,
    /// It asks for the fields of a record that has none yet.
    Open,
}

/// Checks a default of the older schema's type, renamed, while the fields of these records are not known yet;
/// adds what it took.
pub(super) fn check(
    schema: &AvroSchema,
    renames: &Renames<'_>,
    of: &Type,
    value: &Value,
    open: &HashSet<TypeId>,
    steps: &mut usize,
) -> Checked {
    let mut check = Check {
        schema,
        renames,
        open,
        budget: MOST_VALUES,
    };
    let checked = check.value(of, value, 0);
    *steps += MOST_VALUES - check.budget;
    checked
}

struct Check<'a, 'r> {
    schema: &'a AvroSchema,
    renames: &'a Renames<'r>,
    open: &'a HashSet<TypeId>,
    budget: usize,
}

impl Check<'_, '_> {
    fn value(&mut self, of: &Type, value: &Value, depth: u32) -> Checked {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 || depth > DEEPEST {
            return Checked::Invalid;
        }
        let valid = match (&of.form, value) {
            (Form::Null, Value::Null)
            | (Form::Boolean, Value::Bool(_))
            | (Form::Float | Form::Double, Value::Number(_))
            | (Form::String | Form::Bytes, Value::String(_)) => true,
            (Form::Int, Value::Number(number)) => number.as_i64().is_some_and(|long| i32::try_from(long).is_ok()),
            (Form::Long, Value::Number(number)) => number.as_i64().is_some(),
            (Form::Array(items), Value::Array(values)) => {
                return self.all(values.iter().map(|value| (&**items, value)), depth);
            }
            (Form::Map(of), Value::Object(entries)) => {
                return self.all(entries.values().map(|value| (&**of, value)), depth);
            }
            (Form::Union(branches), _) => {
                let mut checked = branches.iter().map(|branch| self.value(branch, value, depth + 1));
                return checked
                    .find(|checked| *checked != Checked::Invalid)
                    .unwrap_or(Checked::Invalid);
            }
            (Form::Named(id), _) => match (&self.schema.definition(*id).kind, value) {
                (Kind::Record { fields, .. }, Value::Object(members)) => {
                    let record = self.schema.definition(*id);
                    if self.open.contains(id) {
                        return Checked::Open;
                    }
                    for field in fields {
                        let own = field.default.as_ref().map(|default| &default.0);
                        let Some(value) = members.get(self.renames.field(record, field)).or(own) else {
                            return Checked::Invalid;
                        };
                        match self.value(&field.field_type, value, depth + 1) {
                            Checked::Valid => {}
                            other => return other,
                        }
                    }
                    true
                }
                (Kind::Enum { .. } | Kind::Fixed { .. }, Value::String(_)) => true,
                _ => false,
            },
            _ => false,
        };
        if valid { Checked::Valid } else { Checked::Invalid }
    }

    fn all<'b>(&mut self, values: impl Iterator<Item = (&'b Type, &'b Value)>, depth: u32) -> Checked {
        for (of, value) in values {
            match self.value(of, value, depth + 1) {
                Checked::Valid => {}
                other => return other,
            }
        }
        Checked::Valid
    }
}

/// Why Java cannot encode a default of the type, if it cannot; adds what it took to find out.
pub(super) fn cannot_encode(schema: &AvroSchema, of: &Type, value: &Value, steps: &mut usize) -> Option<String> {
    let mut encoder = Encoder {
        schema,
        budget: MOST_VALUES,
    };
    let reason = encoder.value(of, value, 0);
    *steps += MOST_VALUES - encoder.budget;
    reason
}

struct Encoder<'a> {
    schema: &'a AvroSchema,
    budget: usize,
}

impl Encoder<'_> {
    fn value(&mut self, of: &Type, value: &Value, depth: u32) -> Option<String> {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 || depth > DEEPEST {
            return Some("it needs itself without end".to_owned());
        }
        let fits = match &of.form {
            Form::Null => value.is_null(),
            Form::Boolean => value.is_boolean(),
            Form::Int | Form::Long | Form::Float | Form::Double => value.is_number(),
            Form::Bytes | Form::String => value.is_string(),
            Form::Array(items) => return values(value).find_map(|value| self.value(items, value, depth + 1)),
            Form::Map(of) => {
                let entries = value.as_object().into_iter().flat_map(|entries| entries.values());
                return entries.into_iter().find_map(|value| self.value(of, value, depth + 1));
            }
            Form::Union(branches) => match branches.iter().find(|branch| self.takes(branch, value)) {
                Some(branch) => return self.value(branch, value, depth + 1),
                None => false,
            },
            Form::Named(id) => match &self.schema.definition(*id).kind {
                Kind::Record { fields, .. } => {
                    return fields.iter().find_map(|field| {
                        let own = field.default.as_ref().map(|default| &default.0);
                        match value.get(&field.name).or(own) {
                            Some(value) => self.value(&field.field_type, value, depth + 1),
                            None => Some(format!("{} lacks `{}`", self.schema.describe(of), field.name)),
                        }
                    });
                }
                Kind::Enum { symbols, .. } => value
                    .as_str()
                    .is_some_and(|symbol| symbols.iter().any(|known| known == symbol)),
                Kind::Fixed { .. } => value.is_string(),
            },
        };
        (!fits).then(|| format!("{value} is no {}", self.schema.describe(of)))
    }

    /// Whether Java takes the branch for that of the value: anything may be a record, an enum, an array or a map.
    fn takes(&self, branch: &Type, value: &Value) -> bool {
        match &branch.form {
            Form::Null => value.is_null(),
            Form::Boolean => value.is_boolean(),
            Form::Int | Form::Long | Form::Float | Form::Double => value.is_number(),
            Form::Bytes | Form::String => value.is_string(),
            Form::Named(id) => match self.schema.definition(*id).kind {
                Kind::Fixed { .. } => value.is_string(),
                Kind::Record { .. } | Kind::Enum { .. } => true,
            },
            Form::Array(_) | Form::Map(_) | Form::Union(_) => true,
        }
    }
}

/// The values in an array or an object.
fn values(of: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match of {
        Value::Array(values) => Box::new(values.iter()),
        Value::Object(entries) => Box::new(entries.values()),
        _ => Box::new(std::iter::empty()),
    }
}
