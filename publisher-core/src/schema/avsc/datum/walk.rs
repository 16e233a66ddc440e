//! Walks schema and bytes together.
//!
//! Knows how nothing reads, see `text`.

use super::bytes::{Cursor, Wrong};
use super::{DatumError, Entry, Explanation, text};
use crate::schema::avsc::{AvroSchema, Field, Form, Kind, Logical, Type};
use crate::schema::error::member;

/// No person reads more, and an array of nulls has no end.
const MOST_VALUES: usize = 100_000;
/// The stack is finite.
const DEEPEST: usize = 100;
/// Many values deep down have long paths.
const MOST_PATH_BYTES: usize = 64 << 20;
/// How much of a name or key is shown.
const LONGEST_NAME: usize = 80;

pub(super) fn explain(schema: &AvroSchema, bytes: &[u8]) -> Explanation {
    let mut walk = Walk {
        schema,
        cursor: Cursor { bytes, at: 0 },
        entries: Vec::new(),
        values: 0,
        path_bytes: 0,
    };
    let mut error = walk.value(schema.root(), "", 0).err();
    let consumed = walk.cursor.at;
    if error.is_none() && consumed < bytes.len() {
        error = Some(DatumError {
            at: consumed,
            path: String::new(),
            reason: format!("expected the end, {} bytes are left", bytes.len() - consumed),
        });
    }
    Explanation {
        entries: walk.entries,
        error,
        consumed,
    }
}

struct Walk<'a> {
    schema: &'a AvroSchema,
    cursor: Cursor<'a>,
    entries: Vec<Entry>,
    values: usize,
    path_bytes: usize,
}

type Walked = Result<(), DatumError>;

impl Walk<'_> {
    fn value(&mut self, of: &Type, path: &str, depth: usize) -> Walked {
        let start = self.cursor.at;
        self.values += 1;
        self.path_bytes += path.len();
        if self.values > MOST_VALUES || self.path_bytes > MOST_PATH_BYTES {
            return self.end(
                path,
                format!(
                    "has more than {MOST_VALUES} values or {MOST_PATH_BYTES} bytes of paths: the rest is not shown"
                ),
            );
        }
        if depth > DEEPEST {
            return self.end(
                path,
                format!("nests more than {DEEPEST} levels deep: the rest is not shown"),
            );
        }
        match &of.form {
            Form::Array(items) => return self.blocks(items, false, path, depth),
            Form::Map(values) => return self.blocks(values, true, path, depth),
            Form::Union(branches) => return self.union(branches, path, depth),
            Form::Named(id) => {
                let definition = self.schema.definition(*id);
                if let Kind::Record { fields, .. } = &definition.kind {
                    let name = format!("{} {}", definition.kind.word(), brief(definition.name.full()));
                    return self.record(fields, name, path, depth);
                }
            }
            _ => {}
        }
        let name = self.type_name(of);
        let value = self.leaf(of, &name).map_err(|wrong| at_path(wrong, path))?;
        self.push(path, name, start, value);
        Ok(())
    }

    /// A value without parts.
    fn leaf(&mut self, of: &Type, name: &str) -> Result<String, Wrong> {
        let start = self.cursor.at;
        let logical = of.logical.as_ref();
        Ok(match &of.form {
            Form::Null => "null".to_owned(),
            Form::Boolean => match self.cursor.take(1, name)? {
                [0] => "false".to_owned(),
                [1] => "true".to_owned(),
                other => return wrong(start, format!("expected a boolean, 00 or 01, not {}", text::hex(other))),
            },
            Form::Int => {
                let value = self.cursor.long(name)?;
                if i32::try_from(value).is_err() {
                    return wrong(start, format!("expected {name} of 32 bits, not {value}"));
                }
                text::number(value, logical)
            }
            Form::Long => text::number(self.cursor.long(name)?, logical),
            Form::Float => format!("{:?}", f32::from_le_bytes(self.cursor.array(name)?)),
            Form::Double => format!("{:?}", f64::from_le_bytes(self.cursor.array(name)?)),
            Form::Bytes => text::binary(self.cursor.counted(name)?, logical),
            Form::String => text::quoted(self.text(name)?),
            Form::Named(id) => {
                let definition = self.schema.definition(*id);
                match &definition.kind {
                    Kind::Fixed { size } => text::binary(self.cursor.take(*size, name)?, definition.logical.as_ref()),
                    Kind::Enum { symbols, .. } => {
                        let index = self.cursor.long(name)?;
                        match usize::try_from(index).ok().and_then(|index| symbols.get(index)) {
                            Some(symbol) => format!("{} (symbol {index})", brief(symbol)),
                            None => {
                                let reason = format!(
                                    "expected one of the {} symbols of {name}, not number {index}",
                                    symbols.len()
                                );
                                return wrong(start, reason);
                            }
                        }
                    }
                    // Walked, not read.
                    Kind::Record { .. } => String::new(),
                }
            }
            Form::Array(_) | Form::Map(_) | Form::Union(_) => String::new(),
        })
    }

    fn text(&mut self, name: &str) -> Result<&str, Wrong> {
        let bytes = self.cursor.counted(name)?;
        let start = self.cursor.at - bytes.len();
        std::str::from_utf8(bytes).or_else(|error| {
            let reason = format!(
                "expected UTF-8 of {name}, not the byte {:02x}",
                bytes[error.valid_up_to()]
            );
            wrong(start + error.valid_up_to(), reason)
        })
    }

    fn record(&mut self, fields: &[Field], name: String, path: &str, depth: usize) -> Walked {
        let of_record = self.open(path, name, format!("{} fields", fields.len()));
        let walked = fields.iter().try_for_each(|field| {
            let path = member(path, brief(&field.name));
            self.value(&field.field_type, &path, depth + 1)
        });
        self.close(of_record);
        walked
    }

    fn union(&mut self, branches: &[Type], path: &str, depth: usize) -> Walked {
        let start = self.cursor.at;
        let index = self
            .cursor
            .long("a union's branch")
            .map_err(|wrong| at_path(wrong, path))?;
        let Some(branch) = usize::try_from(index).ok().and_then(|index| branches.get(index)) else {
            let reason = format!(
                "expected one of the {} branches of the union, not number {index}",
                branches.len()
            );
            return wrong(start, reason).map_err(|wrong| at_path(wrong, path));
        };
        let value = format!("branch {index}: {}", brief(self.schema.name(branch)));
        self.push(path, "union".to_owned(), start, value);
        self.value(branch, path, depth + 1)
    }

    /// The blocks of an array or a map.
    fn blocks(&mut self, of: &Type, map: bool, path: &str, depth: usize) -> Walked {
        let name = if map { "map" } else { "array" };
        let whole = self.open(path, name.to_owned(), String::new());
        let mut items = 0;
        let walked = self.all_blocks(of, map, path, depth, &mut items);
        self.entries[whole].value = format!("{items} {}", if map { "entries" } else { "items" });
        self.close(whole);
        walked
    }

    fn all_blocks(&mut self, of: &Type, map: bool, path: &str, depth: usize, items: &mut usize) -> Walked {
        loop {
            let start = self.cursor.at;
            let (count, size) = self.block().map_err(|wrong| at_path(wrong, path))?;
            let value = match (count, size) {
                (0, _) => "end".to_owned(),
                (_, None) => format!("{count} items"),
                (_, Some(size)) => format!("{count} items in {size} bytes"),
            };
            self.push(path, "block".to_owned(), start, value);
            if count == 0 {
                return Ok(());
            }
            let first = self.cursor.at;
            for _ in 0..count {
                if map {
                    self.entry(of, path, depth)?;
                } else {
                    self.value(of, &member(path, *items), depth + 1)?;
                }
                *items += 1;
            }
            let read = self.cursor.at - first;
            if let Some(size) = size.filter(|size| *size != read as u64) {
                let reason = format!("expected a block of {size} bytes, its items have {read}");
                return wrong(start, reason).map_err(|wrong| at_path(wrong, path));
            }
        }
    }

    fn entry(&mut self, of: &Type, path: &str, depth: usize) -> Walked {
        let start = self.cursor.at;
        let key = match self.text("a map's key") {
            Ok(key) => brief(key).to_owned(),
            Err(wrong) => return Err(at_path(wrong, path)),
        };
        let path = member(path, &key);
        self.push(&path, "key".to_owned(), start, text::quoted(&key));
        self.value(of, &path, depth + 1)
    }

    /// A block's count, and its size in bytes where it has one.
    fn block(&mut self) -> Result<(u64, Option<u64>), Wrong> {
        let count = self.cursor.long("a block's count")?;
        if count >= 0 {
            return Ok((count.unsigned_abs(), None));
        }
        let start = self.cursor.at;
        let size = self.cursor.long("a block's size")?;
        match u64::try_from(size) {
            Ok(size) => Ok((count.unsigned_abs(), Some(size))),
            Err(_) => wrong(start, format!("expected a block's size, which is not {size}")),
        }
    }

    fn type_name(&self, of: &Type) -> String {
        let (form, logical) = match &of.form {
            Form::Named(id) => {
                let definition = self.schema.definition(*id);
                let name = format!("{} {}", definition.kind.word(), brief(definition.name.full()));
                (name, definition.logical.as_ref())
            }
            form => (form.word().to_owned(), of.logical.as_ref()),
        };
        match logical {
            None => form,
            Some(Logical::Other(name)) => format!("{} ({form})", brief(name)),
            Some(logical) => format!("{logical} ({form})"),
        }
    }

    fn push(&mut self, path: &str, type_name: String, start: usize, value: String) {
        self.entries.push(Entry {
            path: path.to_owned(),
            type_name,
            bytes: start..self.cursor.at,
            value,
        });
    }

    /// An entry before its parts; its end is known when they are read.
    fn open(&mut self, path: &str, type_name: String, value: String) -> usize {
        self.push(path, type_name, self.cursor.at, value);
        self.entries.len() - 1
    }

    fn close(&mut self, entry: usize) {
        self.entries[entry].bytes.end = self.cursor.at;
    }

    fn end(&self, path: &str, reason: String) -> Walked {
        let at = self.cursor.at;
        Err(at_path(Wrong { at, reason }, path))
    }
}

fn wrong<T>(at: usize, reason: String) -> Result<T, Wrong> {
    Err(Wrong { at, reason })
}

fn at_path(wrong: Wrong, path: &str) -> DatumError {
    DatumError {
        at: wrong.at,
        path: path.to_owned(),
        reason: wrong.reason,
    }
}

/// The beginning of a name or key.
fn brief(name: &str) -> &str {
    let end = (0..=LONGEST_NAME.min(name.len()))
        .rev()
        .find(|end| name.is_char_boundary(*end));
    &name[..end.unwrap_or(0)]
}
