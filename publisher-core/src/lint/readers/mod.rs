//! The lints of one schema and who reads it, a module for each part of a schema that readers stumble over.
//!
//! Knows no pair and no level.

mod avro_decimal;
mod avro_default;
mod avro_enum;
mod avro_fixed;
mod avro_logical;
mod avro_long;
mod avro_name;
mod avro_record;
mod avro_time;
mod avro_union;
mod avro_uuid;
mod json_format;
mod json_keyword;
mod json_value;

use super::definition::Lint;

/// All of them.
pub(super) static LINTS: &[&Lint] = &[
    &avro_decimal::BIG_DECIMAL,
    &avro_decimal::RAW,
    &avro_decimal::SCALE_LOST,
    &avro_decimal::WITHOUT_PRECISION,
    &avro_default::OF_LATER_BRANCH,
    &avro_default::OF_OTHER_TYPE,
    &avro_enum::AS_STRING,
    &avro_enum::WITHOUT_DEFAULT,
    &avro_fixed::FIXED,
    &avro_fixed::DURATION,
    &avro_logical::IGNORED,
    &avro_long::LONG,
    &avro_long::DEFAULT,
    &avro_name::JAVA_KEYWORD,
    &avro_name::NAMESPACE,
    &avro_name::NO_NAMESPACE,
    &avro_name::PYTHON_KEYWORD,
    &avro_record::EMPTY,
    &avro_time::AS_NUMBER,
    &avro_time::LOCAL,
    &avro_time::MICROS_AS_MILLIS,
    &avro_time::MICROS_AS_NUMBER,
    &avro_time::NANOS,
    &avro_union::AS_ANY,
    &avro_union::AS_STRUCT,
    &avro_union::REFUSED,
    &avro_union::WRAPPED,
    &avro_uuid::AS_STRING,
    &avro_uuid::ON_FIXED,
    &json_format::REFUSED,
    &json_format::REGEX,
    &json_format::UNCHECKED,
    &json_keyword::BESIDE_REF,
    &json_keyword::DIALECT,
    &json_keyword::IGNORED,
    &json_keyword::UNKNOWN,
    &json_value::DECIMAL,
    &json_value::INTEGER,
    &json_value::TITLE,
    &json_value::UNION,
];
