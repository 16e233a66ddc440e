//! What a JSON Schema says of a decimal without bounds, in const functions.
//!
//! The printer builds the same text with what a const function has not; the test holds the two together.

use super::super::message::Message;

/// The pattern of a decimal that is written as a string.
pub(super) const fn push_pattern(precision: u32, scale: u32, message: &mut Message) {
    // More than one digit before the point: then the first of them is no zero.
    let longer = precision > scale + 1;
    message.push("^-?");
    message.push(if longer { "(?:" } else { "" });
    message.push(if precision == scale { "0" } else { "[0-9]" });
    push_fraction(scale, message);
    if longer {
        message.push("|[1-9][0-9]");
        let most = precision - scale - 1;
        if most > 1 {
            message.push("{1,");
            message.push_number(most as usize);
            message.push("}");
        }
        push_fraction(scale, message);
        message.push(")");
    }
    message.push("$");
}

const fn push_fraction(scale: u32, message: &mut Message) {
    if scale == 0 {
        return;
    }
    message.push("\\.[0-9]");
    if scale > 1 {
        message.push("{");
        message.push_number(scale as usize);
        message.push("}");
    }
}

/// The greatest number of a decimal that is written as a number.
pub(super) const fn push_limit(precision: u32, scale: u32, message: &mut Message) {
    message.push(if precision == scale { "0" } else { "" });
    let mut place = 0;
    while place < precision {
        message.push(if place + scale == precision { "." } else { "" });
        message.push("9");
        place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::range::decimal_pattern;

    #[test]
    fn the_pattern_is_that_of_the_printer() {
        for precision in 1..=38 {
            for scale in 0..=precision {
                let mut message = Message::new();
                push_pattern(precision, scale, &mut message);
                assert_eq!(
                    message.as_str(),
                    decimal_pattern(precision, scale, &[]),
                    "{precision}, {scale}"
                );
            }
        }
    }

    #[test]
    fn the_limit_has_as_many_nines_as_the_precision() {
        let limit = |precision, scale| {
            let mut message = Message::new();
            push_limit(precision, scale, &mut message);
            message.as_str().to_owned()
        };
        assert_eq!(limit(3, 0), "999");
        assert_eq!(limit(3, 2), "9.99");
        assert_eq!(limit(3, 3), "0.999");
    }
}
