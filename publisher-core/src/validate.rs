//! Checks of values against their constraints: every violation at once, each with its path.
//!
//! Pure. Never shows a value: events hold personal data, and what is said here goes into logs.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use regex_lite::Regex;

use crate::event::Encoding;
use crate::schema::{Bound, Format};

/// One broken constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    message: String,
}

impl Violation {
    /// Where: field names and indices, such as `lines[2].price`; a map's entries are counted, `attributes{0}`, because
    /// their keys may be personal data. Empty for the event as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong and what is allowed; never the value.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.message)
    }
}

/// All violations of one event; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations {
    event_type: &'static str,
    list: Vec<Violation>,
}

impl Violations {
    /// The full name of the event type.
    #[must_use]
    pub fn event_type(&self) -> &'static str {
        self.event_type
    }

    /// The violations in the order of the fields.
    #[must_use]
    pub fn list(&self) -> &[Violation] {
        &self.list
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.event_type)?;
        for (index, violation) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// The way from the event to a value: a list on the stack, printed only when something is wrong.
#[derive(Clone, Copy, Debug)]
pub enum Path<'a> {
    /// The event itself.
    Root,
    /// A field of a record.
    Field(&'a Path<'a>, &'static str),
    /// An item of an array, counted from 0.
    Index(&'a Path<'a>, usize),
    /// An entry of a map in the order of its iteration, counted from 0.
    Entry(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// How many records, lists and maps are around the value.
    fn containers(&self) -> usize {
        let (mut count, mut path) = (0, self);
        while let Self::Field(parent, _) | Self::Index(parent, _) | Self::Entry(parent, _) = path {
            (count, path) = (count + 1, parent);
        }
        count
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Path::Root, name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
            Self::Entry(parent, index) => write!(f, "{parent}{{{index}}}"),
        }
    }
}

/// Collects the violations of one event.
#[derive(Debug)]
pub struct Checker {
    encoding: Encoding,
    list: Vec<Violation>,
    /// How many records that hold themselves are around the value.
    depth: u32,
}

impl Checker {
    /// For an event that goes out in this encoding: some values have a place in one encoding only.
    #[inline]
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            list: Vec::new(),
            depth: 0,
        }
    }

    /// The encoding of the event.
    #[inline]
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Goes one level down into a record that holds itself; then `check` its values and [`ascend`](Self::ascend). Returns
    /// false, with a violation noted, where the levels end: readers' stacks do, and ours would too.
    #[must_use]
    pub fn descend(&mut self, at: &Path<'_>) -> bool {
        if self.depth == MOST_LEVELS {
            self.violation(
                at,
                format_args!("is nested more than {MOST_LEVELS} levels deep, where readers give up"),
            );
            return false;
        }
        if at.containers() > MOST_CONTAINERS {
            self.violation(
                at,
                format_args!("lies within more than {MOST_CONTAINERS} records and lists, where readers give up"),
            );
            return false;
        }
        self.depth += 1;
        true
    }

    /// Comes back up from [`descend`](Self::descend).
    pub fn ascend(&mut self) {
        self.depth -= 1;
    }

    /// Notes a violation. The message must not show the value.
    #[cold]
    pub fn violation(&mut self, at: &Path<'_>, message: impl fmt::Display) {
        self.list.push(Violation {
            path: at.to_string(),
            message: message.to_string(),
        });
    }

    /// The verdict.
    ///
    /// # Errors
    /// All violations, if there are any.
    #[inline]
    pub fn finish(self, event_type: &'static str) -> Result<(), Violations> {
        if self.list.is_empty() {
            Ok(())
        } else {
            Err(Violations {
                event_type,
                list: self.list,
            })
        }
    }
}

/// How deep records may hold themselves: each level is an object in a list, and JSON readers commonly end at 128.
const MOST_LEVELS: u32 = 60;

/// How many records, lists and maps may be around one that holds itself: a level may have more of them than two.
const MOST_CONTAINERS: usize = 2 * MOST_LEVELS as usize;

/// Numbers that `min`, `max`, `exclusive_min` and `exclusive_max` apply to.
#[diagnostic::on_unimplemented(
    message = "`min`, `max`, `exclusive_min` and `exclusive_max` need a number, `{Self}` is none",
    label = "not a number",
    note = "strings take `min_length`, `max_length`, `pattern` and `format`; arrays and maps take `min_items` and `max_items`"
)]
pub trait Numeric {
    /// Whether the order of the value against the bound is acceptable; a missing value is, NaN is not.
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool;
}

/// Strings that `min_length`, `max_length`, `pattern` and `format` apply to.
#[diagnostic::on_unimplemented(
    message = "`min_length`, `max_length`, `pattern` and `format` need a string, `{Self}` is none",
    label = "not a string",
    note = "numbers take `min` and `max`; arrays and maps take `min_items` and `max_items`"
)]
pub trait Textual {
    /// The text; `None` if the value is missing, which satisfies every constraint.
    fn text(&self) -> Option<&str>;
}

/// Arrays and maps that `min_items` and `max_items` apply to.
#[diagnostic::on_unimplemented(
    message = "`min_items` and `max_items` need an array or a map, `{Self}` is none",
    label = "not an array or a map",
    note = "strings take `min_length` and `max_length`; numbers take `min` and `max`"
)]
pub trait Countable {
    /// The number of items; `None` if the value is missing, which satisfies every constraint.
    fn count(&self) -> Option<usize>;
}

/// `min`.
pub fn min<T: Numeric + ?Sized>(value: &T, bound: &Bound, at: &Path<'_>, checker: &mut Checker) {
    if !value.satisfies(bound, Ordering::is_ge) {
        checker.violation(at, format_args!("is less than {}", bound.text));
    }
}

/// `max`.
pub fn max<T: Numeric + ?Sized>(value: &T, bound: &Bound, at: &Path<'_>, checker: &mut Checker) {
    if !value.satisfies(bound, Ordering::is_le) {
        checker.violation(at, format_args!("is more than {}", bound.text));
    }
}

/// `exclusive_min`.
pub fn exclusive_min<T: Numeric + ?Sized>(value: &T, bound: &Bound, at: &Path<'_>, checker: &mut Checker) {
    if !value.satisfies(bound, Ordering::is_gt) {
        checker.violation(at, format_args!("is not greater than {}", bound.text));
    }
}

/// `exclusive_max`.
pub fn exclusive_max<T: Numeric + ?Sized>(value: &T, bound: &Bound, at: &Path<'_>, checker: &mut Checker) {
    if !value.satisfies(bound, Ordering::is_lt) {
        checker.violation(at, format_args!("is not less than {}", bound.text));
    }
}

/// `min_length`.
pub fn min_length<T: Textual + ?Sized>(value: &T, least: u32, at: &Path<'_>, checker: &mut Checker) {
    let Some(text) = value.text() else { return };
    // A character has one to four bytes: most texts need no counting.
    if text.len() < least as usize * 4 {
        let length = text.chars().count();
        if length < least as usize {
            checker.violation(at, format_args!("has {length} characters, at least {least} are needed"));
        }
    }
}

/// `max_length`.
pub fn max_length<T: Textual + ?Sized>(value: &T, most: u32, at: &Path<'_>, checker: &mut Checker) {
    let Some(text) = value.text() else { return };
    if text.len() > most as usize {
        let length = text.chars().count();
        if length > most as usize {
            checker.violation(at, format_args!("has {length} characters, at most {most} are allowed"));
        }
    }
}

/// `pattern`.
pub fn pattern<T: Textual + ?Sized>(value: &T, pattern: &Pattern, at: &Path<'_>, checker: &mut Checker) {
    if value.text().is_some_and(|text| !pattern.matches(text)) {
        checker.violation(at, format_args!("does not match the pattern {}", pattern.text));
    }
}

/// `format`.
pub fn format<T: Textual + ?Sized>(value: &T, format: Format, at: &Path<'_>, checker: &mut Checker) {
    static UUID: Pattern = Pattern::new(Format::Uuid.pattern());
    static EMAIL: Pattern = Pattern::new(Format::Email.pattern());
    static URI: Pattern = Pattern::new(Format::Uri.pattern());
    static DATE_TIME: Pattern = Pattern::new(Format::DateTime.pattern());
    let (pattern, name) = match format {
        Format::Uuid => (&UUID, "a uuid"),
        Format::Email => (&EMAIL, "an email address"),
        Format::Uri => (&URI, "an absolute uri"),
        Format::DateTime => (&DATE_TIME, "a date-time of RFC 3339"),
    };
    if value.text().is_some_and(|text| !pattern.matches(text)) {
        checker.violation(at, format_args!("is not {name}"));
    }
}

/// `min_items`.
pub fn min_items<T: Countable + ?Sized>(value: &T, least: u32, at: &Path<'_>, checker: &mut Checker) {
    if let Some(count) = value.count().filter(|count| *count < least as usize) {
        checker.violation(at, format_args!("has {count} items, at least {least} are needed"));
    }
}

/// `max_items`.
pub fn max_items<T: Countable + ?Sized>(value: &T, most: u32, at: &Path<'_>, checker: &mut Checker) {
    if let Some(count) = value.count().filter(|count| *count > most as usize) {
        checker.violation(at, format_args!("has {count} items, at most {most} are allowed"));
    }
}

/// A regular expression, compiled at its first use. The derive has checked that it compiles.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    /// The same in the dialect of our engine, whose `.` matches more than that of ECMA-262.
    source: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern with this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self::with_regex(text, text)
    }

    /// A pattern with this text, which our engine must read as this source.
    #[must_use]
    pub const fn with_regex(text: &'static str, source: &'static str) -> Self {
        Self {
            text,
            source,
            regex: OnceLock::new(),
        }
    }

    fn matches(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(self.source).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

macro_rules! numeric_integer {
    ($($integer:ty),*) => {$(
        impl Numeric for $integer {
            #[inline]
            fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
                if bound.scale == 0 {
                    // The usual case, and without 128 bits.
                    return accept(i64::from(*self).cmp(&bound.mantissa));
                }
                // Nine digits behind the point at most, as the derive sees to: the product fits.
                let scaled = i128::from(*self) * crate::schema::range::pow10(bound.scale);
                accept(scaled.cmp(&i128::from(bound.mantissa)))
            }
        }
    )*};
}
numeric_integer!(i8, i16, i32, i64, u8, u16, u32);

impl Numeric for u64 {
    #[inline]
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
        let scaled = i128::from(*self) * crate::schema::range::pow10(bound.scale);
        accept(scaled.cmp(&i128::from(bound.mantissa)))
    }
}

impl Numeric for f64 {
    #[inline]
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
        self.partial_cmp(&bound.double).is_some_and(accept)
    }
}

impl Numeric for f32 {
    #[inline]
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
        // Rounding keeps the order: it decides unless value and bound round to the same.
        let order = match self.partial_cmp(&(bound.double as f32)) {
            Some(Ordering::Equal) => written(*self).partial_cmp(&bound.double),
            order => order,
        };
        order.is_some_and(accept)
    }
}

/// The number that readers of JSON take from the text of a `f32`, its shortest: `0.1`, which is less than the `f32`. They
/// compare it with the bound, so we do.
fn written(value: f32) -> f64 {
    let mut text = ShortText {
        bytes: [0; 24],
        length: 0,
    };
    // The text is that of `encode::json::float`. No `f32` has a longer one than fits.
    let complete = fmt::write(&mut text, format_args!("{value:?}")).is_ok();
    debug_assert!(complete);
    std::str::from_utf8(&text.bytes[..text.length])
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(f64::NAN)
}

/// The text of a number, without allocation.
struct ShortText {
    bytes: [u8; 24],
    length: usize,
}

impl fmt::Write for ShortText {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let end = self.length + part.len();
        let place = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        place.copy_from_slice(part.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(feature = "decimal")]
impl Numeric for rust_decimal::Decimal {
    #[inline]
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
        accept(self.cmp(&Self::new(bound.mantissa, bound.scale)))
    }
}

impl Textual for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Textual for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Textual for Cow<'_, str> {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T> Countable for [T] {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T> Countable for Vec<T> {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<K, V> Countable for BTreeMap<K, V> {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<K, V, S> Countable for HashMap<K, V, S> {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Numeric> Numeric for Option<T> {
    #[inline]
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
        self.as_ref().is_none_or(|value| value.satisfies(bound, accept))
    }
}

impl<T: Textual> Textual for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }
}

impl<T: Countable> Countable for Option<T> {
    fn count(&self) -> Option<usize> {
        self.as_ref()?.count()
    }
}

macro_rules! through_pointer {
    ($($pointer:ty),*) => {$(
        impl<T: Numeric + ?Sized> Numeric for $pointer {
            #[inline]
            fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
                (**self).satisfies(bound, accept)
            }
        }

        impl<T: Textual + ?Sized> Textual for $pointer {
            fn text(&self) -> Option<&str> {
                (**self).text()
            }
        }

        impl<T: Countable + ?Sized> Countable for $pointer {
            fn count(&self) -> Option<usize> {
                (**self).count()
            }
        }
    )*};
}
through_pointer!(&T, Box<T>, Rc<T>, Arc<T>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::json;

    /// Our check of a `f32` is what the JSON Schema says of the text that we write.
    #[test]
    fn a_f32_is_compared_as_it_is_written() {
        let bounds = [
            ("0", 0, 0),
            ("0.1", 1, 1),
            ("-0.1", -1, 1),
            ("0.7", 7, 1),
            ("0.3", 3, 1),
            ("16777217", 16_777_217, 0),
            ("1234.56789", 123_456_789, 5),
            ("9223372036854775807", i64::MAX, 0),
            ("-9223372036854775808", i64::MIN, 0),
        ];
        let mut random = 0x9e37_79b9_u32;
        for (text, mantissa, scale) in bounds {
            let double: f64 = text.parse().expect("a number");
            let bound = Bound {
                text,
                mantissa,
                scale,
                double,
            };
            let near = (double as f32).to_bits();
            let neighbours = (0..5).map(|step| near.wrapping_add(step).wrapping_sub(2));
            let anything = (0..20_000).map(|_| {
                random ^= random << 13;
                random ^= random >> 17;
                random ^= random << 5;
                random
            });
            for value in neighbours.chain(anything).map(f32::from_bits) {
                if !value.is_finite() {
                    continue;
                }
                let mut out = Vec::new();
                json::float(value, &mut out);
                let read: f64 = String::from_utf8(out).expect("text").parse().expect("a number");
                let order = read.partial_cmp(&double).expect("an order");
                for accept in [Ordering::is_ge, Ordering::is_le, Ordering::is_gt, Ordering::is_lt] {
                    assert_eq!(value.satisfies(&bound, accept), accept(order), "{value:?} and {text}");
                }
            }
            assert!(!f32::NAN.satisfies(&bound, Ordering::is_ge));
            assert!(f32::INFINITY.satisfies(&bound, Ordering::is_gt));
            assert!(f32::NEG_INFINITY.satisfies(&bound, Ordering::is_lt));
        }
    }
}
