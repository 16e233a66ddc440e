//! JSON as an ordered tree and its two layouts; the printers say what, this says how.
//!
//! Knows nothing of schemas. Own and small, because members keep their order and the pure core needs no serde.

use crate::encode::json;

/// How a schema's text is laid out; the layouts differ in white space only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// No white space: what is registered.
    Compact,
    /// Two spaces a level and a final line feed: what is committed and reviewed.
    Pretty,
}

/// A JSON value whose members keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    String(String),
    /// A number, `true`, `false` or `null`.
    Raw(String),
    Array(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
    /// An object whose names come from the user.
    Named(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(value: &str) -> Self {
        Self::String(value.to_owned())
    }

    pub(crate) fn raw(value: impl ToString) -> Self {
        Self::Raw(value.to_string())
    }

    pub(crate) fn texts(values: &[&str]) -> Self {
        Self::Array(values.iter().map(|value| Self::text(value)).collect())
    }

    pub(crate) fn print(&self, layout: Layout) -> String {
        let mut out = String::new();
        self.write(&mut out, layout, 0);
        if layout == Layout::Pretty {
            out.push('\n');
        }
        out
    }

    fn write(&self, out: &mut String, layout: Layout, depth: usize) {
        match self {
            Self::String(value) => quote(out, value),
            Self::Raw(value) => out.push_str(value),
            Self::Array(items) => nest(out, layout, depth, ['[', ']'], items, |out, item| {
                item.write(out, layout, depth + 1);
            }),
            Self::Object(members) => nest(out, layout, depth, ['{', '}'], members, |out, (name, value)| {
                member(out, layout, depth, name, value);
            }),
            Self::Named(members) => nest(out, layout, depth, ['{', '}'], members, |out, (name, value)| {
                member(out, layout, depth, name, value);
            }),
        }
    }
}

fn member(out: &mut String, layout: Layout, depth: usize, name: &str, value: &Json) {
    quote(out, name);
    out.push_str(if layout == Layout::Pretty { ": " } else { ":" });
    value.write(out, layout, depth + 1);
}

fn nest<T>(
    out: &mut String,
    layout: Layout,
    depth: usize,
    [open, close]: [char; 2],
    items: &[T],
    mut write: impl FnMut(&mut String, &T),
) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        break_line(out, layout, depth + 1);
        write(out, item);
    }
    if !items.is_empty() {
        break_line(out, layout, depth);
    }
    out.push(close);
}

fn break_line(out: &mut String, layout: Layout, depth: usize) {
    if layout == Layout::Pretty {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

/// Writes a JSON string, as events have it.
fn quote(out: &mut String, value: &str) {
    let mut text = Vec::new();
    json::string(value, &mut text);
    out.push_str(&String::from_utf8_lossy(&text));
}
