//! The rules of this dialect, one a module.

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
mod dependency_added;
mod draft_unknown;
mod enum_narrowed;
mod exclusion_widened;
mod format;
mod integer_required;
mod item_added_to_open;
mod item_removed_from_closed;
mod items_added;
mod kind_changed;
mod max_items;
mod max_length;
mod max_properties;
mod maximum;
mod member_not_covered;
mod min_items;
mod min_length;
mod min_properties;
mod minimum;
mod multiple_of;
mod pattern;
mod pattern_property_added;
mod property_added_to_open;
mod property_names_added;
mod property_removed_from_closed;
mod required_added;
mod unique_items;

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
pub(super) use dependency_added::DEPENDENCY_ADDED;
pub(super) use draft_unknown::DRAFT_UNKNOWN;
pub(super) use enum_narrowed::ENUM_NARROWED;
pub(super) use exclusion_widened::NOT_CHANGED;
pub(super) use format::FORMAT;
pub(super) use integer_required::INTEGER;
pub(super) use item_added_to_open::ITEM_ADDED;
pub(super) use item_removed_from_closed::ITEM_REMOVED;
pub(super) use items_added::ITEMS_ADDED;
pub(super) use kind_changed::TYPE_CHANGED;
pub(super) use max_items::MAX_ITEMS;
pub(super) use max_length::MAX_LENGTH;
pub(super) use max_properties::MAX_PROPERTIES;
pub(super) use maximum::MAXIMUM;
pub(super) use member_not_covered::MEMBER_NOT_COVERED;
pub(super) use min_items::MIN_ITEMS;
pub(super) use min_length::MIN_LENGTH;
pub(super) use min_properties::MIN_PROPERTIES;
pub(super) use minimum::MINIMUM;
pub(super) use multiple_of::MULTIPLE_OF;
pub(super) use pattern::PATTERN;
pub(super) use pattern_property_added::PATTERN_PROPERTY_ADDED;
pub(super) use property_added_to_open::PROPERTY_ADDED;
pub(super) use property_names_added::PROPERTY_NAMES_ADDED;
pub(super) use property_removed_from_closed::PROPERTY_REMOVED;
pub(super) use required_added::REQUIRED_ADDED;
pub(super) use unique_items::UNIQUE_ITEMS;

/// All of them, in the order in which a schema is read.
pub(super) static ALL: &[&Rule] = &[
    &TYPE_CHANGED,
    &DRAFT_UNKNOWN,
    &MIN_LENGTH,
    &MAX_LENGTH,
    &MINIMUM,
    &MAXIMUM,
    &MIN_ITEMS,
    &MAX_ITEMS,
    &MIN_PROPERTIES,
    &MAX_PROPERTIES,
    &PATTERN,
    &FORMAT,
    &CONTENT_ENCODING,
    &CONTENT_MEDIA_TYPE,
    &INTEGER,
    &MULTIPLE_OF,
    &REQUIRED_ADDED,
    &PROPERTY_NAMES_ADDED,
    &DEPENDENCY_ADDED,
    &PROPERTY_ADDED,
    &PROPERTY_REMOVED,
    &ADDITIONAL_PROPERTIES,
    &PATTERN_PROPERTY_ADDED,
    &UNIQUE_ITEMS,
    &ITEMS_ADDED,
    &ITEM_ADDED,
    &ITEM_REMOVED,
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
