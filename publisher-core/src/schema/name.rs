//! Names that the compiler puts together: those of the instances of a generic record.
//!
//! Const functions have no `String`: a name is bytes of fixed room. Knows nothing of where names are printed.

use super::shape::{Shape, TimeUnit};

/// A name of several parts.
#[derive(Debug)]
pub struct Name {
    bytes: [u8; LONGEST],
    length: usize,
}

/// A part of a name.
#[derive(Clone, Copy, Debug)]
pub enum NamePart {
    /// As it stands in the template.
    Text(&'static str),
    /// The name of a type parameter's type.
    Type(&'static Shape),
    /// The value of a const parameter.
    Number(i128),
    /// The value of a const parameter.
    Boolean(bool),
}

/// How many bytes a name has room for: names are read by people and become names of classes and files.
const LONGEST: usize = 255;

impl Name {
    /// The parts in their order.
    #[must_use]
    #[track_caller]
    pub const fn of(parts: &[NamePart]) -> Self {
        let mut name = Self {
            bytes: [0; LONGEST],
            length: 0,
        };
        let mut rest = parts;
        while let [part, behind @ ..] = rest {
            match part {
                NamePart::Text(text) => name.push(text),
                NamePart::Type(shape) => name.push_type(shape),
                NamePart::Number(number) => name.push_number(*number),
                NamePart::Boolean(true) => name.push("True"),
                NamePart::Boolean(false) => name.push("False"),
            }
            rest = behind;
        }
        name
    }

    /// The whole.
    #[must_use]
    pub const fn text(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            // Whole texts are pushed only.
            Err(_) => "",
        }
    }

    #[track_caller]
    const fn push(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let [byte, behind @ ..] = rest {
            assert!(
                self.length < LONGEST,
                "the name of an instance of a generic record has more than 255 characters; write a record of its own \
                 for this instance, or a shorter template in `#[event(name = \"...\")]`"
            );
            self.bytes[self.length] = *byte;
            self.length += 1;
            rest = behind;
        }
    }

    #[track_caller]
    const fn push_type(&mut self, shape: &Shape) {
        match shape {
            Shape::Boolean => self.push("Boolean"),
            Shape::Integer(width) if width.fits_int() => self.push("Int"),
            Shape::Integer(_) => self.push("Long"),
            Shape::Float => self.push("Float"),
            Shape::Double => self.push("Double"),
            Shape::String => self.push("String"),
            Shape::Bytes => self.push("Bytes"),
            Shape::Uuid => self.push("Uuid"),
            Shape::Timestamp(unit) => self.push_time("Timestamp", *unit),
            Shape::LocalTimestamp(unit) => self.push_time("LocalTimestamp", *unit),
            Shape::TimeOfDay(unit) => self.push_time("Time", *unit),
            Shape::Date => self.push("Date"),
            Shape::Duration => self.push("Duration"),
            Shape::Decimal { precision, scale, .. } => {
                self.push("Decimal");
                self.push_number(*precision as i128);
                self.push("_");
                self.push_number(*scale as i128);
            }
            Shape::Fixed(fixed) => self.push(fixed.name),
            Shape::Json => self.push("Json"),
            Shape::Optional(inner) => {
                self.push("Optional");
                self.push_type(inner);
            }
            Shape::Array(items) => {
                self.push_type(items);
                self.push("List");
            }
            Shape::Map(values) => {
                self.push_type(values);
                self.push("Map");
            }
            Shape::Enum(symbols) => self.push(symbols.name),
            Shape::Record(record) => self.push(record.name),
            Shape::Union(union) => {
                let mut index = 0;
                while index < union.branches.len() {
                    if index > 0 {
                        self.push("Or");
                    }
                    self.push_type(union.branches[index].shape);
                    index += 1;
                }
            }
            Shape::Recursive(recursive) => self.push(recursive.name),
            Shape::Constrained { shape, .. } => self.push_type(shape),
        }
    }

    #[track_caller]
    const fn push_time(&mut self, name: &str, unit: TimeUnit) {
        self.push(name);
        if matches!(unit, TimeUnit::Micros) {
            self.push("Micros");
        }
    }

    #[track_caller]
    const fn push_number(&mut self, number: i128) {
        if number < 0 {
            self.push("Minus");
        }
        let number = number.unsigned_abs();
        if number >= 10 {
            self.push_number((number / 10) as i128);
        }
        let digits = "0123456789";
        self.push(digits.split_at((number % 10) as usize).1.split_at(1).0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Integer, Record};

    fn check(part: NamePart, expected: &str) {
        let parts = [NamePart::Text("A"), part, NamePart::Text("_b")];
        assert_eq!(Name::of(&parts).text(), format!("A{expected}_b"));
    }

    #[test]
    fn every_type_has_a_name_of_its_own_form() {
        const LINE: Shape = Shape::Record(&Record {
            name: "Line",
            namespace: Some("com.acme"),
            doc: None,
            aliases: &[],
            shared: false,
            fields: &[],
            source: file!(),
        });
        check(NamePart::Type(&LINE), "Line");
        check(NamePart::Type(&Shape::Integer(Integer::U16)), "Int");
        check(NamePart::Type(&Shape::Integer(Integer::U32)), "Long");
        check(
            NamePart::Type(&Shape::Optional(&Shape::Map(&Shape::Array(&LINE)))),
            "OptionalLineListMap",
        );
        check(NamePart::Type(&Shape::Timestamp(TimeUnit::Millis)), "Timestamp");
        check(NamePart::Type(&Shape::TimeOfDay(TimeUnit::Micros)), "TimeMicros");
        check(
            NamePart::Type(&Shape::Decimal {
                precision: 18,
                scale: 2,
                json: crate::schema::DecimalForm::String,
            }),
            "Decimal18_2",
        );
    }

    #[test]
    fn values_of_const_parameters_are_legal_in_a_name() {
        check(NamePart::Number(0), "0");
        check(NamePart::Number(1207), "1207");
        check(NamePart::Number(-40), "Minus40");
        check(NamePart::Boolean(true), "True");
        check(NamePart::Boolean(false), "False");
    }

    #[test]
    fn what_has_no_room_is_refused() {
        let text = "abcde".repeat(51);
        let text: &'static str = text.leak();
        assert_eq!(Name::of(&[NamePart::Text(text)]).text(), text);
        std::panic::catch_unwind(|| Name::of(&[NamePart::Text(text), NamePart::Number(1)]))
            .expect_err("256 characters");
    }
}
