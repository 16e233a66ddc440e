//! Random values of a schema in Avro's binary encoding.
//!
//! An encoder of its own, so that a mistake of the project's does not hide itself.

use super::model::{Kind, Schema, Type};
use super::random::Random;

/// So many parts a value has at the most: a type may hold itself many times.
const MOST_PARTS: usize = 400;
/// From here on lists are empty and unions take the first branch that comes to an end.
const DEEP: usize = 8;

/// A value; `None` where there is none, as of a record that must hold itself.
pub(crate) fn value(schema: &Schema, random: &mut Random) -> Option<Vec<u8>> {
    let mut encoder = Encoder {
        schema,
        random,
        parts: MOST_PARTS,
        out: Vec::new(),
    };
    encoder.value(&schema.root, 0)?;
    Some(encoder.out)
}

struct Encoder<'a> {
    schema: &'a Schema,
    random: &'a mut Random,
    parts: usize,
    out: Vec<u8>,
}

impl Encoder<'_> {
    fn value(&mut self, of: &Type, depth: usize) -> Option<()> {
        self.parts = self.parts.checked_sub(1)?;
        match of {
            Type::Primitive(name, logical) => self.primitive(name, logical.is_some()),
            Type::Array(of) => self.items(of, false, depth)?,
            Type::Map(of) => self.items(of, true, depth)?,
            Type::Union(branches) => self.branch(branches, depth)?,
            Type::Named(index) => match &self.schema.named[*index].kind {
                Kind::Record(fields) => {
                    for field in fields {
                        self.value(&field.of, depth + 1)?;
                    }
                }
                Kind::Enum { symbols, .. } => {
                    let symbol = self.random.below(symbols.len());
                    self.count(symbol);
                }
                Kind::Fixed { size, .. } => {
                    let size = *size;
                    self.bytes(size);
                }
            },
        }
        Some(())
    }

    fn branch(&mut self, branches: &[Type], depth: usize) -> Option<()> {
        if branches.is_empty() {
            return None;
        }
        if depth <= DEEP {
            let index = self.random.below(branches.len());
            self.count(index);
            return self.value(&branches[index], depth + 1);
        }
        let before = self.out.len();
        for (index, branch) in branches.iter().enumerate() {
            self.count(index);
            if self.value(branch, depth + 1).is_some() {
                return Some(());
            }
            self.out.truncate(before);
        }
        None
    }

    fn items(&mut self, of: &Type, named: bool, depth: usize) -> Option<()> {
        let count = if depth > DEEP { 0 } else { self.random.below(3) };
        if count > 0 {
            self.count(count);
            for index in 0..count {
                if named {
                    self.text(["a", "b", "c"][index]);
                }
                self.value(of, depth + 1)?;
            }
        }
        self.count(0);
        Some(())
    }

    fn primitive(&mut self, name: &str, logical: bool) {
        match name {
            "null" => {}
            "boolean" => {
                let byte = u8::from(self.random.percent(50));
                self.out.push(byte);
            }
            "int" | "long" => {
                let numbers = [0, 1, -1, 63, 64, -65, 86_399, 2_147_483_647, -2_147_483_648];
                let mut number = *self.random.pick(&numbers);
                if name == "long" && self.random.percent(30) {
                    number = self.random.next().cast_signed();
                }
                self.long(number);
            }
            "float" => self.out.extend_from_slice(&1.5_f32.to_le_bytes()),
            "double" => self.out.extend_from_slice(&(-2.25_f64).to_le_bytes()),
            "bytes" => {
                let size = 1 + self.random.below(4);
                self.count(size);
                self.bytes(size);
            }
            _ if logical => self.text("01234567-89ab-4def-8123-456789abcdef"),
            _ => {
                let text = *self.random.pick(&["", "x", "Grüße", "a longer text"]);
                self.text(text);
            }
        }
    }

    /// ASCII, so that they are also a text: a reader with a string may read bytes.
    fn bytes(&mut self, size: usize) {
        for _ in 0..size {
            let byte = b'a' + u8::try_from(self.random.below(26)).unwrap_or(0);
            self.out.push(byte);
        }
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.out.extend_from_slice(text.as_bytes());
    }

    fn count(&mut self, count: usize) {
        self.long(i64::try_from(count).unwrap_or(0));
    }

    /// Zigzag, then seven bits a byte.
    fn long(&mut self, number: i64) {
        let mut rest = ((number << 1) ^ (number >> 63)).cast_unsigned();
        while rest >= 0x80 {
            self.out.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        self.out.push(rest as u8);
    }
}
