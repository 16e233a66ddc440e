//! The rules that this dialect alone has, one a module, and the names by which its walk calls those that it shares.

use crate::compatibility::rule::Rule;

mod additional_items;
mod additional_properties;
mod alternative_removed;
mod combination_changed;
mod condition_changed;
mod consequence_narrowed;
mod const_changed;
mod contains_added;
mod content_encoding;
mod content_media_type;
mod demand_added;
mod draft_unknown;
mod enum_narrowed;
mod exclusion_widened;
mod format;
mod item_added_to_open;
mod items_added;
mod kind_changed;
mod member_not_covered;
mod pattern_property_added;
mod property_added_to_open;
mod property_names_added;
mod property_removed_from_closed;
mod required_added;

pub(super) use crate::compatibility::json::dependency_added::RULE as DEPENDENCY_ADDED;
pub(super) use crate::compatibility::json::item_removed_from_closed_model::RULE as ITEM_REMOVED;
pub(super) use crate::compatibility::json::max_items::RULE as MAX_ITEMS;
pub(super) use crate::compatibility::json::max_length::RULE as MAX_LENGTH;
pub(super) use crate::compatibility::json::max_properties::RULE as MAX_PROPERTIES;
pub(super) use crate::compatibility::json::maximum::RULE as MAXIMUM;
pub(super) use crate::compatibility::json::min_items::RULE as MIN_ITEMS;
pub(super) use crate::compatibility::json::min_length::RULE as MIN_LENGTH;
pub(super) use crate::compatibility::json::min_properties::RULE as MIN_PROPERTIES;
pub(super) use crate::compatibility::json::minimum::RULE as MINIMUM;
pub(super) use crate::compatibility::json::multiple_of::RULE as MULTIPLE_OF;
pub(super) use crate::compatibility::json::number_narrowed::RULE as INTEGER;
pub(super) use crate::compatibility::json::pattern::RULE as PATTERN;
pub(super) use crate::compatibility::json::unique_items::RULE as UNIQUE_ITEMS;
pub(super) use additional_items::ADDITIONAL_ITEMS;
pub(super) use additional_properties::ADDITIONAL_PROPERTIES;
pub(super) use alternative_removed::MEMBERS_REMOVED;
pub(super) use combination_changed::CRITERION_CHANGED;
pub(super) use condition_changed::CONDITION_CHANGED;
pub(super) use consequence_narrowed::THEN_CHANGED;
pub(super) use const_changed::CONST_CHANGED;
pub(super) use contains_added::CONTAINS_ADDED;
pub(super) use content_encoding::CONTENT_ENCODING;
pub(super) use content_media_type::CONTENT_MEDIA_TYPE;
pub(super) use demand_added::MEMBERS_ADDED;
pub(super) use draft_unknown::DRAFT_UNKNOWN;
pub(super) use enum_narrowed::ENUM_NARROWED;
pub(super) use exclusion_widened::NOT_CHANGED;
pub(super) use format::FORMAT;
pub(super) use item_added_to_open::ITEM_ADDED;
pub(super) use items_added::ITEMS_ADDED;
pub(super) use kind_changed::TYPE_CHANGED;
pub(super) use member_not_covered::MEMBER_NOT_COVERED;
pub(super) use pattern_property_added::PATTERN_PROPERTY_ADDED;
pub(super) use property_added_to_open::PROPERTY_ADDED;
pub(super) use property_names_added::PROPERTY_NAMES_ADDED;
pub(super) use property_removed_from_closed::PROPERTY_REMOVED;
pub(super) use required_added::REQUIRED_ADDED;

/// Those of this dialect alone, in the order in which a schema is read.
pub(super) static ALL: &[&Rule] = &[
    &TYPE_CHANGED,
    &DRAFT_UNKNOWN,
    &FORMAT,
    &CONTENT_ENCODING,
    &CONTENT_MEDIA_TYPE,
    &REQUIRED_ADDED,
    &PROPERTY_NAMES_ADDED,
    &PROPERTY_ADDED,
    &PROPERTY_REMOVED,
    &ADDITIONAL_PROPERTIES,
    &PATTERN_PROPERTY_ADDED,
    &ITEMS_ADDED,
    &ITEM_ADDED,
    &ADDITIONAL_ITEMS,
    &CONTAINS_ADDED,
    &ENUM_NARROWED,
    &CONST_CHANGED,
    &CRITERION_CHANGED,
    &MEMBERS_REMOVED,
    &MEMBERS_ADDED,
    &MEMBER_NOT_COVERED,
    &CONDITION_CHANGED,
    &THEN_CHANGED,
    &NOT_CHANGED,
];
