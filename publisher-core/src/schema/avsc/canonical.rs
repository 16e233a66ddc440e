//! The Parsing Canonical Form: what is left of a schema when all is gone that does not matter for reading a datum.
//!
//! Two schemas with one form have one encoding. Knows no hash, see `fingerprint`.

use super::model::{AvroSchema, Field, Form, Kind, Type};

impl AvroSchema {
    /// The Parsing Canonical Form, as Java's `SchemaNormalization.toParsingForm` writes it.
    ///
    /// Kept are names (full), types, fields, symbols, sizes, items, values and branches, in this order of members:
    /// `name`, `type`, `fields`, `symbols`, `items`, `values`, `size`. Dropped are documentation, aliases, defaults,
    /// the order of fields, logical types and further members. An `error` is a `record`. A named type is written out
    /// where it is met first, one of a reference too, and is its full name from there on. Names stand as they are: they
    /// have no character that JSON escapes.
    ///
    /// Implements: Apache Avro 1.12 specification, "Transforming into Parsing Canonical Form"; where the specification
    /// and Java 1.12.1 differ (an object that only has a logical type), Java.
    #[must_use]
    pub fn canonical_form(&self) -> String {
        let mut form = Writer {
            schema: self,
            out: String::new(),
            written: vec![false; self.definitions.len()],
            ahead: vec![Step::Type(&self.root)],
        };
        while let Some(step) = form.ahead.pop() {
            match step {
                Step::Text(text) => form.out.push_str(text),
                Step::Type(of) => form.begin(of),
            }
        }
        form.out
    }
}

enum Step<'a> {
    Text(&'a str),
    Type(&'a Type),
}

/// Has a stack of its own: texts that refer to one another nest deeper than one text may.
struct Writer<'a> {
    schema: &'a AvroSchema,
    out: String,
    written: Vec<bool>,
    /// The next step is the last.
    ahead: Vec<Step<'a>>,
}

impl<'a> Writer<'a> {
    fn begin(&mut self, of: &'a Type) {
        match &of.form {
            Form::Named(id) if self.written[id.0] => self.quoted(self.schema.definition(*id).name.full()),
            Form::Named(id) => {
                self.written[id.0] = true;
                let definition = self.schema.definition(*id);
                self.out.push_str(r#"{"name":"#);
                self.quoted(definition.name.full());
                match &definition.kind {
                    Kind::Record { fields, .. } => self.record(fields),
                    Kind::Enum { symbols, .. } => self.symbols(symbols),
                    Kind::Fixed { size } => self.out.push_str(&format!(r#","type":"fixed","size":{size}}}"#)),
                }
            }
            Form::Array(items) => self.container(r#"{"type":"array","items":"#, items),
            Form::Map(values) => self.container(r#"{"type":"map","values":"#, values),
            Form::Union(branches) => {
                self.out.push('[');
                self.ahead.push(Step::Text("]"));
                for (index, branch) in branches.iter().enumerate().rev() {
                    self.ahead.push(Step::Type(branch));
                    if index > 0 {
                        self.ahead.push(Step::Text(","));
                    }
                }
            }
            primitive => self.quoted(primitive.word()),
        }
    }

    fn quoted(&mut self, name: &str) {
        self.out.push('"');
        self.out.push_str(name);
        self.out.push('"');
    }

    fn container(&mut self, start: &str, of: &'a Type) {
        self.out.push_str(start);
        self.ahead.extend([Step::Text("}"), Step::Type(of)]);
    }

    fn record(&mut self, fields: &'a [Field]) {
        self.out.push_str(r#","type":"record","fields":["#);
        self.ahead.push(Step::Text("]}"));
        for (index, field) in fields.iter().enumerate().rev() {
            self.ahead.extend([
                Step::Text("}"),
                Step::Type(&field.field_type),
                Step::Text(r#"","type":"#),
                Step::Text(&field.name),
                Step::Text(if index > 0 { r#",{"name":""# } else { r#"{"name":""# }),
            ]);
        }
    }

    fn symbols(&mut self, symbols: &[String]) {
        self.out.push_str(r#","type":"enum","symbols":["#);
        for (index, symbol) in symbols.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.quoted(symbol);
        }
        self.out.push_str("]}");
    }
}
