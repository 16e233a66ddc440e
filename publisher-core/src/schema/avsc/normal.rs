//! The normal form: the text by which a registry that normalizes knows a schema, for comparing with one.
//!
//! Keeps all that the canonical form drops. Knows no registry.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::logical::Logical;
use super::model::{AvroSchema, Definition, Field, Form, Json, Kind, Order, Properties, Type};

impl AvroSchema {
    /// The schema as Confluent's registry stores it with `normalize=true`: two texts with one normal form differ in
    /// layout only.
    ///
    /// Full names first and no namespaces, then the type; every field with its `order`; aliases sorted; further members
    /// after all others, by name; a decimal's scale only where it is not 0; an `error` is a `record`; an empty
    /// documentation of a type is none. What a reference defines stands by its name.
    ///
    /// The form follows what is known of Confluent's registry and was not compared with its own output. Compare
    /// normal forms that were both made here, not one of ours with a text of a registry. Known to be open: how that
    /// registry writes numbers in exponent form.
    #[must_use]
    pub fn normal_form(&self) -> String {
        let mut form = Writer {
            schema: self,
            out: String::new(),
            written: self.definitions.iter().map(of_reference).collect(),
            ahead: vec![Step::Type(&self.root)],
        };
        while let Some(step) = form.ahead.pop() {
            match step {
                Step::Text(text) => form.out.push_str(&text),
                Step::Type(of) => form.begin(of),
            }
        }
        form.out
    }
}

/// Whether it is the type that a reference is about.
fn of_reference(definition: &Definition) -> bool {
    definition.reference.is_some() && definition.pointer.is_empty()
}

enum Step<'a> {
    Text(Cow<'a, str>),
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
            Form::Named(id) if self.written[id.0] => {
                push_json(&mut self.out, self.schema.definition(*id).name.full());
            }
            Form::Named(id) => {
                self.written[id.0] = true;
                self.definition(self.schema.definition(*id));
            }
            Form::Array(items) => self.container(of, "items", items),
            Form::Map(values) => self.container(of, "values", values),
            Form::Union(branches) => {
                self.out.push('[');
                self.ahead.push(Step::Text("]".into()));
                for (index, branch) in branches.iter().enumerate().rev() {
                    self.ahead.push(Step::Type(branch));
                    if index > 0 {
                        self.ahead.push(Step::Text(",".into()));
                    }
                }
            }
            primitive if of.logical.is_none() && of.properties.is_empty() => {
                push_json(&mut self.out, primitive.word());
            }
            primitive => {
                self.out.push_str(r#"{"type":"#);
                push_json(&mut self.out, primitive.word());
                let rest = members(of.logical.as_ref(), &of.properties);
                self.out.push_str(&rest);
                self.out.push('}');
            }
        }
    }

    fn container(&mut self, of: &'a Type, member: &str, part: &'a Type) {
        let _ = write!(self.out, r#"{{"type":"{}","{member}":"#, of.form.word());
        let end = members(of.logical.as_ref(), &of.properties) + "}";
        self.ahead.extend([Step::Text(end.into()), Step::Type(part)]);
    }

    fn definition(&mut self, definition: &'a Definition) {
        self.out.push_str(r#"{"name":"#);
        push_json(&mut self.out, definition.name.full());
        let mut end = String::new();
        match &definition.kind {
            Kind::Record { .. } => self.out.push_str(r#","type":"record","fields":["#),
            Kind::Enum { symbols, .. } => {
                let _ = write!(self.out, r#","type":"enum","symbols":{}"#, list(symbols.iter()));
            }
            Kind::Fixed { size } => {
                let _ = write!(self.out, r#","type":"fixed","size":{size}"#);
                push_logical(&mut self.out, definition.logical.as_ref());
            }
        }
        if let Some(doc) = definition.doc.as_deref().filter(|doc| !doc.is_empty()) {
            push_member(&mut end, "doc", doc);
        }
        if !definition.aliases.is_empty() {
            let aliases: BTreeSet<&str> = definition.aliases.iter().map(|alias| alias.full()).collect();
            let _ = write!(end, r#","aliases":{}"#, list(aliases));
        }
        if let Kind::Enum {
            default: Some(default), ..
        } = &definition.kind
        {
            push_member(&mut end, "default", default);
        }
        // That of a fixed stands before its documentation already.
        let logical = match definition.kind {
            Kind::Fixed { .. } => None,
            _ => definition.logical.as_ref(),
        };
        end += &members(logical, &definition.properties);
        end.push('}');
        if let Kind::Record { fields, .. } = &definition.kind {
            self.ahead.push(Step::Text(("]".to_owned() + &end).into()));
            for (index, field) in fields.iter().enumerate().rev() {
                self.field(index, field);
            }
        } else {
            self.out.push_str(&end);
        }
    }

    fn field(&mut self, index: usize, field: &'a Field) {
        let mut start = if index > 0 { r#",{"name":"# } else { r#"{"name":"# }.to_owned();
        push_json(&mut start, &field.name);
        start.push_str(r#","type":"#);
        let order = match field.order {
            Order::Ascending => "ascending",
            Order::Descending => "descending",
            Order::Ignore => "ignore",
        };
        let mut end = String::new();
        push_member(&mut end, "order", order);
        if let Some(doc) = &field.doc {
            push_member(&mut end, "doc", doc);
        }
        if !field.aliases.is_empty() {
            let aliases: BTreeSet<&String> = field.aliases.iter().collect();
            let _ = write!(end, r#","aliases":{}"#, list(aliases));
        }
        if let Some(default) = &field.default {
            let _ = write!(end, r#","default":{}"#, as_typed(default, &field.field_type));
        }
        end += &members(None, &field.properties);
        end.push('}');
        self.ahead.extend([
            Step::Text(end.into()),
            Step::Type(&field.field_type),
            Step::Text(start.into()),
        ]);
    }
}

/// A default of a float or double is one however it is written: `1` and `1.0` are one default.
fn as_typed(default: &Json, of: &Type) -> Value {
    let form = match &of.form {
        Form::Union(branches) => branches.first().map(|branch| &branch.form),
        form => Some(form),
    };
    match (form, default.0.as_f64()) {
        (Some(Form::Float | Form::Double), Some(number)) => Value::from(number),
        _ => default.0.clone(),
    }
}

fn members(logical: Option<&Logical>, properties: &Properties) -> String {
    let mut out = String::new();
    push_logical(&mut out, logical);
    for (name, value) in properties {
        out.push(',');
        push_json(&mut out, name);
        let _ = write!(out, ":{value}");
    }
    out
}

fn push_logical(out: &mut String, logical: Option<&Logical>) {
    let Some(logical) = logical else { return };
    push_member(out, "logicalType", logical.word());
    if let Logical::Decimal { precision, scale } = logical {
        let _ = write!(out, r#","precision":{precision}"#);
        if *scale != 0 {
            let _ = write!(out, r#","scale":{scale}"#);
        }
    }
}

fn push_member(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, r#","{name}":"#);
    push_json(out, value);
}

fn push_json(out: &mut String, text: &str) {
    let _ = write!(out, "{}", Value::from(text));
}

fn list(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Value {
    texts.into_iter().map(|text| text.as_ref().to_owned()).collect()
}
