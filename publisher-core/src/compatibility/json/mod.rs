//! JSON Schema: the rules, and the walks of a pair that find their breaches, one for each family of registries.
//!
//! Registries disagree on JSON Schema: [`Dialect`] names whose rules are meant. None of them asks whether the newer
//! schema accepts a superset; each has keywords that it does not look at.

mod additional_items_narrowed;
mod additional_items_removed;
mod additional_properties_narrowed;
mod additional_properties_removed;
mod apicurio;
mod combined_members_added;
mod combined_members_changed;
mod combined_members_removed;
mod combined_operator;
mod confluent;
mod dependency_added;
mod enumeration;
mod exclusive_maximum;
mod exclusive_minimum;
mod item_added_not_covered;
mod item_added_to_open_model;
mod item_removed_from_closed_model;
mod item_removed_not_covered;
mod keyword;
mod max_contains;
mod max_items;
mod max_length;
mod max_properties;
mod maximum;
mod min_contains;
mod min_items;
mod min_length;
mod min_properties;
mod minimum;
mod multiple_of;
mod negation;
mod number_narrowed;
mod pattern;
mod property_added_not_covered;
mod property_added_to_open_model;
mod property_removed_from_closed_model;
mod property_removed_not_covered;
mod required_added;
mod required_property_added;
mod subschema_added;
mod type_changed;
mod unique_items;

use super::compare::CompareError;
use super::dialect::Dialect;
use super::document::SchemaDocument;
use super::finding::Finding;
use super::rule::Rule;
use crate::schema::json_document::JsonDocument;

/// All rules of JSON Schema, those that Apicurio's registry alone has last.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(apicurio::RULES).copied()
}

/// The rules of Confluent's registry, some of which Apicurio's has too.
static RULES: &[&Rule] = &[
    &type_changed::RULE,
    &number_narrowed::RULE,
    &enumeration::RULE,
    &max_length::RULE,
    &min_length::RULE,
    &pattern::RULE,
    &maximum::RULE,
    &minimum::RULE,
    &exclusive_maximum::RULE,
    &exclusive_minimum::RULE,
    &multiple_of::RULE,
    &required_added::RULE,
    &required_property_added::RULE,
    &property_added_to_open_model::RULE,
    &property_added_not_covered::RULE,
    &property_removed_from_closed_model::RULE,
    &property_removed_not_covered::RULE,
    &additional_properties_removed::RULE,
    &additional_properties_narrowed::RULE,
    &max_properties::RULE,
    &min_properties::RULE,
    &dependency_added::RULE,
    &item_added_to_open_model::RULE,
    &item_added_not_covered::RULE,
    &item_removed_from_closed_model::RULE,
    &item_removed_not_covered::RULE,
    &additional_items_removed::RULE,
    &additional_items_narrowed::RULE,
    &max_items::RULE,
    &min_items::RULE,
    &max_contains::RULE,
    &min_contains::RULE,
    &unique_items::RULE,
    &subschema_added::RULE,
    &combined_operator::RULE,
    &combined_members_removed::RULE,
    &combined_members_added::RULE,
    &combined_members_changed::RULE,
    &negation::RULE,
];

/// As [`compare`](super::compare::compare), of two JSON Schemas.
pub(super) fn compare(
    reader: (&SchemaDocument, &JsonDocument),
    writer: (&SchemaDocument, &JsonDocument),
    dialect: Dialect,
) -> Result<Vec<Finding>, CompareError> {
    match dialect {
        Dialect::Confluent => confluent::compare(reader, writer, false),
        Dialect::ConfluentLenient => confluent::compare(reader, writer, true),
        Dialect::Apicurio => apicurio::compare(reader, writer),
    }
}
