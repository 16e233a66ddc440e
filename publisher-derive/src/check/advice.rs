//! What to write instead of types that are well known and have no published form.
//!
//! Knows names only: a name that a user's own type may well have is taken for the known one only behind its module.

use crate::model::Conversion;

/// What is wrong and what to write.
pub(super) type Advice = (String, &'static str);

const AS_TEXT: &str = "publish its text: `#[event(as = String, with = path::to::function)]`";

/// Advice about a type of the standard library or a well-known crate.
pub(super) fn known(path: &syn::Path, conversion: Option<&Conversion>) -> Option<Advice> {
    let mut segments = path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let name = segments.next()?;
    let module = segments.next().unwrap_or_default();
    let first = path.segments.first()?.ident.to_string();
    if matches!(first.as_str(), "self" | "super" | "crate") {
        return None;
    }
    let (problem, help) = match (module.as_str(), name.as_str()) {
        ("time", "Instant") => (
            "it tells how long ago on this machine, which says nothing elsewhere",
            "use `SystemTime`, or a time of `chrono`, `time` or `jiff`; for a length of time `Duration`",
        ),
        (_, "PathBuf" | "OsString" | "OsStr") | ("path", "Path") => ("it is no text on some systems", AS_TEXT),
        (_, "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr" | "SocketAddrV4" | "SocketAddrV6") => {
            ("no schema has addresses", AS_TEXT)
        }
        (_, "RefCell" | "Mutex" | "RwLock" | "OnceCell" | "OnceLock") | ("cell", "Cell") => (
            "what it holds may change, or be held by another, while it is written",
            "publish what it holds: a field with a copy of it",
        ),
        (_, "LinkedList" | "BinaryHeap") => ("it is not among the lists that are", "use `Vec` or `VecDeque`"),
        ("jiff", "Span") => (
            "months and days have no fixed length",
            "use `jiff::SignedDuration`, or a struct with a field for each unit",
        ),
        ("rust_decimal", "Decimal") | (_, "BigDecimal") if !matches!(conversion, Some(Conversion::Decimal(_))) => (
            "a schema needs its precision and scale",
            "write them: `#[event(decimal(18, 2))]` is at most 18 digits, 2 of them behind the point",
        ),
        _ => return None,
    };
    Some((format!("`{name}` cannot be published: {problem}"), help))
}

/// Advice about a type of the language, by its name, in the form that the conversion gives it.
pub(super) fn primitive(name: &str, conversion: Option<&Conversion>) -> Option<Advice> {
    match conversion {
        Some(Conversion::AsString) => no_text(name),
        Some(Conversion::Micros) => is_primitive(name).then(|| {
            (
                format!("`micros` is the unit of times, `{name}` is none"),
                "remove `micros`, or use a time of the standard library, `chrono`, `time` or `jiff`",
            )
        }),
        Some(Conversion::Fixed(_)) => is_primitive(name).then(|| {
            (
                format!("`fixed` is for bytes of one length, `{name}` is none"),
                "use `[u8; N]` or `Uuid`, or remove `fixed`",
            )
        }),
        Some(Conversion::Decimal(_)) => is_primitive(name).then(|| {
            (
                format!("`decimal` is for `Decimal` and `BigDecimal`, `{name}` is neither"),
                "remove `decimal`, or use a `Decimal` of rust_decimal",
            )
        }),
        None => plain(name),
    }
}

fn plain(name: &str) -> Option<Advice> {
    let width = "its width differs from machine to machine";
    let wide = "no reader has an integer of 128 bits";
    let half = "no reader has a float of this width";
    let (problem, help) = match name {
        "usize" | "NonZeroUsize" => (
            width,
            "use `u32` or `u64`, or publish it as text with `#[event(as_string)]`",
        ),
        "isize" | "NonZeroIsize" => (
            width,
            "use `i32` or `i64`, or publish it as text with `#[event(as_string)]`",
        ),
        "u128" | "i128" | "NonZeroU128" | "NonZeroI128" => (
            wide,
            "publish it as text with `#[event(as_string)]`, or use `i64`, or a `Decimal` with `#[event(decimal(38, 0))]`",
        ),
        "f16" => (half, "use `f32`"),
        "f128" => (half, "use `f64`"),
        _ => return None,
    };
    Some((format!("`{name}` cannot be published: {problem}"), help))
}

fn no_text(name: &str) -> Option<Advice> {
    let help = match name {
        "bool" => "publish the boolean itself: remove `as_string`",
        "char" | "str" | "String" => "it is text already: remove `as_string`",
        "f16" | "f32" | "f64" | "f128" => {
            "publish the number itself, or a `Decimal` with `#[event(decimal(p, s))]`, which is text in JSON"
        }
        _ => return None,
    };
    Some((
        format!("`as_string` is for integers and symbols, `{name}` is neither"),
        help,
    ))
}

fn is_primitive(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "bool", "char", "str", "String", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128",
        "usize", "f16", "f32", "f64", "f128",
    ];
    NAMES.contains(&name)
}
