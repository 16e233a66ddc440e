//! Whether a default is a value of its field, in const functions.

use super::super::message::Message;
use super::super::range::pow10;
use super::super::shape::{Bound, Constraint, Enum, Integer, Literal, Shape};
use super::same_text;

/// Panics (at compile time) unless the default is a value of the shape that its constraints allow.
///
/// Patterns and formats are not looked at, but for that of digits: a const function has no regular expressions.
#[track_caller]
pub const fn assert_default(shape: &Shape, default: Literal) {
    let fits = match (shape, default) {
        (Shape::Constrained { shape, constraints }, _) => {
            assert_default(shape, default);
            assert!(
                satisfies(default, constraints),
                "the default does not satisfy the constraints of the field's type"
            );
            true
        }
        (Shape::Optional(inner), _) => {
            assert_default(inner, default);
            true
        }
        (Shape::Boolean, Literal::Boolean(_)) | (Shape::String, Literal::String(_)) => true,
        (Shape::Duration, Literal::Integer(_)) => true,
        (Shape::Integer(width), Literal::Integer(value)) => {
            let (min, max) = width.range();
            assert!(
                min <= value && value <= max,
                "the default lies outside the range of the field's type"
            );
            true
        }
        (Shape::Float | Shape::Double, Literal::Float(_) | Literal::Integer(_)) => true,
        (Shape::Enum(symbols), Literal::String(symbol)) => {
            if !has_symbol(symbols, symbol) {
                no_symbol(symbols, symbol);
            }
            true
        }
        (Shape::Array(_), Literal::EmptyArray) | (Shape::Map(_), Literal::EmptyMap) => true,
        (Shape::Union(_), _) => {
            panic!("a union has no default: its values are records; for a field that may be missing write an `Option`")
        }
        (
            Shape::Date
            | Shape::Timestamp(_)
            | Shape::LocalTimestamp(_)
            | Shape::TimeOfDay(_)
            | Shape::Uuid
            | Shape::Decimal { .. }
            | Shape::Bytes
            | Shape::Fixed(_)
            | Shape::Json
            | Shape::Record(_)
            | Shape::Recursive(_),
            _,
        ) => panic!(
            "values of this type have no default: booleans, numbers, strings, symbols, empty lists and empty maps have; \
             for a field that may be missing write an `Option`"
        ),
        _ => false,
    };
    assert!(fits, "the default is not a value of the field's type");
}

/// Panics (at compile time) if the default, in a JSON event, is an integer that JSON readers are not promised to hold.
#[track_caller]
pub const fn assert_json_default(shape: &Shape, default: Literal) {
    let (min, max) = match shape.present() {
        Shape::Integer(width) => width.json_range(),
        Shape::Duration => Integer::I64.json_range(),
        _ => return,
    };
    if let Literal::Integer(value) = default {
        assert!(
            min <= value && value <= max,
            "the default is beyond ±(2^53 − 1), where JSON readers lose digits: take a smaller one, or publish as Avro"
        );
    }
}

/// Panics (at compile time) if values of the shape have no items that could be counted.
#[track_caller]
pub const fn assert_items(shape: &Shape) {
    match shape.plain() {
        Shape::Optional(inner) => assert_items(inner),
        Shape::Bytes | Shape::Fixed(_) => {
            panic!("bytes are one value in the schema, not an array: `min_items` and `max_items` do not apply")
        }
        _ => {}
    }
}

#[track_caller]
const fn no_symbol(symbols: &Enum, symbol: &str) -> ! {
    let mut message = Message::new();
    message.push("the default ");
    message.push_code(symbol);
    message.push(" is not a symbol of the enum ");
    message.push_code(symbols.name);
    message.push(", which has ");
    message.push_list(symbols.symbols);
    panic!("{}", message.as_str())
}

const fn has_symbol(symbols: &Enum, symbol: &str) -> bool {
    let mut index = 0;
    while index < symbols.symbols.len() {
        if same_text(symbols.symbols[index], symbol) {
            return true;
        }
        index += 1;
    }
    false
}

const fn satisfies(default: Literal, constraints: &[Constraint]) -> bool {
    let mut index = 0;
    while index < constraints.len() {
        let satisfied = match (&constraints[index], default) {
            (Constraint::Min(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) >= 0,
            (Constraint::Max(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) <= 0,
            (Constraint::ExclusiveMin(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) > 0,
            (Constraint::ExclusiveMax(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) < 0,
            (Constraint::MinLength(least), Literal::String(text)) => characters(text) >= *least as usize,
            (Constraint::MaxLength(most), Literal::String(text)) => characters(text) <= *most as usize,
            (Constraint::MinItems(least), Literal::EmptyArray | Literal::EmptyMap) => *least == 0,
            (Constraint::Pattern(pattern), Literal::String(text)) if same_text(pattern, DIGITS) => is_digits(text),
            _ => true,
        };
        if !satisfied {
            return false;
        }
        index += 1;
    }
    true
}

/// The pattern of integers that are published as text.
pub(crate) const DIGITS: &str = "^-?(?:0|[1-9][0-9]*)$";

/// Whether [`DIGITS`] matches.
const fn is_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let start = (!bytes.is_empty() && bytes[0] == b'-') as usize;
    let mut index = start;
    while index < bytes.len() {
        if !bytes[index].is_ascii_digit() {
            return false;
        }
        index += 1;
    }
    let length = bytes.len() - start;
    length == 1 || (length > 1 && bytes[start] != b'0')
}

/// The default less the bound, in a unit that both are multiples of.
const fn distance(default: Literal, bound: &Bound) -> i128 {
    let (mantissa, scale) = match default {
        Literal::Integer(value) => (value as i128, 0),
        Literal::Float(text) => number(text),
        _ => panic!("the default is no number"),
    };
    let finest = if scale > bound.scale { scale } else { bound.scale };
    mantissa * pow10(finest - scale) - bound.mantissa as i128 * pow10(finest - bound.scale)
}

/// The digits of a number without exponent, and how many of them stand behind the point. The derive writes no more than
/// an `i64` holds, and nine behind the point.
pub(crate) const fn number(text: &str) -> (i128, u32) {
    let bytes = text.as_bytes();
    let (mut mantissa, mut scale, mut fraction, mut negative) = (0_i128, 0, false, false);
    let mut index = 0;
    while index < bytes.len() {
        match bytes[index] {
            b'-' => negative = true,
            b'.' => fraction = true,
            digit => {
                mantissa = mantissa * 10 + (digit - b'0') as i128;
                scale += fraction as u32;
            }
        }
        index += 1;
    }
    (if negative { -mantissa } else { mantissa }, scale)
}

const fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut index) = (0, 0);
    while index < bytes.len() {
        // A byte that continues a character begins with the bits 10.
        if bytes[index] & 0xc0 != 0x80 {
            count += 1;
        }
        index += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn bound(text: &'static str, mantissa: i64, scale: u32) -> Bound {
        Bound {
            text,
            mantissa,
            scale,
            double: 0.0,
        }
    }

    /// What is a compile error in a const is a panic here.
    fn accepted(shape: &Shape, default: Literal) -> bool {
        let shape = *shape;
        std::panic::catch_unwind(move || assert_default(&shape, default)).is_ok()
    }

    #[test]
    fn defaults_satisfy_the_constraints_of_the_type() {
        const HALF: Bound = bound("-0.5", -5, 1);
        let number = |constraints| Shape::Constrained {
            shape: &Shape::Double,
            constraints,
        };
        let (least, most) = (Literal::Float("-0.5"), Literal::Integer(-1));
        let check = |shape: &Shape, expected: [bool; 4]| {
            let defaults = [most, least, Literal::Float("-0.499999999"), Literal::Integer(0)];
            assert_eq!(defaults.map(|default| accepted(shape, default)), expected, "{shape:?}");
        };
        check(&number(&[Constraint::Min(HALF)]), [false, true, true, true]);
        check(&number(&[Constraint::ExclusiveMin(HALF)]), [false, false, true, true]);
        check(&number(&[Constraint::Max(HALF)]), [true, true, false, false]);
        check(&number(&[Constraint::ExclusiveMax(HALF)]), [true, false, false, false]);

        let text = Shape::Constrained {
            shape: &Shape::String,
            constraints: &[Constraint::MinLength(2), Constraint::MaxLength(3)],
        };
        for (value, expected) in [("é", false), ("éé", true), ("🙂🙂🙂", true), ("abcd", false)] {
            assert_eq!(accepted(&text, Literal::String(value)), expected, "{value}");
        }
        let list = Shape::Constrained {
            shape: &Shape::Array(&Shape::String),
            constraints: &[Constraint::MinItems(1)],
        };
        assert!(!accepted(&list, Literal::EmptyArray));
    }

    #[test]
    fn integers_default_to_all_that_their_type_holds() {
        for value in [i64::MIN, i64::MAX] {
            assert!(accepted(&Shape::Integer(Integer::I64), Literal::Integer(value)));
            assert!(!accepted(&Shape::Integer(Integer::U32), Literal::Integer(value)));
        }
    }
}
