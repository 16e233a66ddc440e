//! The committed schema that `schema = "…"` names: finds and reads the file, compares the names of the fields.
//!
//! The only place where the derive reads a file, and it reads this one only. What the field types say is not known here:
//! the file is written down as plain data, which the compiler compares with the types.

mod avro;
mod json;
mod place;
mod siblings;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;

pub(crate) use self::avro::AvroField;
pub(crate) use self::json::JsonProperty;
use crate::attr::{Encoding, Model, Setting};
use crate::diagnostics::Diagnostics;
use crate::model::Field;

/// The committed schema of an event.
pub(crate) struct Contract {
    /// The file as the attribute names it.
    pub(crate) file: String,
    /// Where it is, or where it would be written.
    pub(crate) path: PathBuf,
    /// The files of shared types that it refers to.
    pub(crate) siblings: Vec<PathBuf>,
    /// What it says; `None` where nothing is compared: while it is written anew, and where it is left aside.
    pub(crate) committed: Option<Committed>,
}

/// The fields of a committed schema in its order.
pub(crate) enum Committed {
    Avro(Vec<AvroField>),
    Json(Vec<JsonProperty>),
}

/// What the contract is compared with.
pub(crate) struct Side<'a> {
    /// The name of the struct or variant.
    pub(crate) ident: &'a Ident,
    /// The full name of the record.
    pub(crate) name: String,
    pub(crate) encoding: Encoding,
    pub(crate) model: Model,
    pub(crate) fields: &'a [Field],
}

/// The value of `PUBLISHER_SCHEMAS`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The types are compared with the files. The default.
    Check,
    /// The emitted tests write the files.
    Bless,
    /// The files are left aside.
    Off,
}

pub(crate) const VARIABLE: &str = "PUBLISHER_SCHEMAS";
const BLESS: &str = "write it with `PUBLISHER_SCHEMAS=bless cargo test`";

/// Reads the file and compares the names.
pub(crate) fn read(setting: &Setting<String>, side: &Side<'_>, diagnostics: &mut Diagnostics) -> Option<Contract> {
    let file = setting.value.clone();
    let extension = match side.encoding {
        Encoding::Avro => ".avsc",
        Encoding::Json => ".json",
    };
    if file.contains('\\') {
        diagnostics.error_with_help(
            &setting.tokens,
            format_args!("\"{file}\" has a `\\`, which only some systems read as a folder's end"),
            format_args!("write `/`, on every system: `schema = \"{}\"`", file.replace('\\', "/")),
        );
        return None;
    }
    if !file.ends_with(extension) || Path::new(&file).is_absolute() || file.starts_with('/') {
        diagnostics.error_with_help(
            &setting.tokens,
            format_args!("\"{file}\" is no path of a committed schema"),
            format_args!(
                "it begins at the package's root or a folder above and ends in `{extension}`: \
                 `schema = \"schemas/{}{extension}\"`",
                side.name
            ),
        );
        return None;
    }
    let mode = mode(setting, diagnostics)?;
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let found = place::find(&root, &file);
    if mode != Mode::Check {
        let path = found.unwrap_or_else(|| place::new(&root, &file));
        return Some(Contract {
            file,
            path,
            siblings: Vec::new(),
            committed: None,
        });
    }
    let Some(path) = found else {
        diagnostics.error_with_help(
            &setting.tokens,
            format_args!("there is no \"{file}\" in the package's root or a folder above it, up to the workspace's"),
            format_args!(
                "{BLESS}. That test does not run for types in functions and doctests: move the type to a module. \
                 `PUBLISHER_SCHEMAS=off` builds without the files"
            ),
        );
        return None;
    };
    let committed = match fs::read_to_string(&path).map_err(|error| error.to_string()) {
        Ok(text) => committed(&text, &path, side),
        Err(problem) => Err(format!("cannot be read: {problem}")),
    };
    match committed {
        Ok((committed, siblings)) => {
            names(&file, &committed.names(), side, diagnostics);
            Some(Contract {
                file,
                path,
                siblings,
                committed: Some(committed),
            })
        }
        Err(problem) => {
            let own = format!("{}{extension}", side.name);
            let help = if problem.starts_with("describes `") && !file.ends_with(&own) {
                format!(
                    "where that is another event's file, this one's is \"schemas/{own}\"; where the event was renamed, {BLESS}"
                )
            } else {
                format!("mend it, or {BLESS}")
            };
            diagnostics.error_with_help(&setting.tokens, format_args!("{file} {problem}"), help);
            None
        }
    }
}

fn mode(setting: &Setting<String>, diagnostics: &mut Diagnostics) -> Option<Mode> {
    let value = env::var(VARIABLE).unwrap_or_default();
    match value.as_str() {
        "" | "check" => Some(Mode::Check),
        "bless" => Some(Mode::Bless),
        "off" => Some(Mode::Off),
        other => {
            diagnostics.error_with_help(
                &setting.tokens,
                format_args!("{VARIABLE} is \"{other}\""),
                "it is `check` (default: the types are compared with the files), `bless` (the tests write the files) or `off`",
            );
            None
        }
    }
}

fn committed(text: &str, path: &Path, side: &Side<'_>) -> Result<(Committed, Vec<PathBuf>), String> {
    let root: serde_json::Value = serde_json::from_str(text).map_err(|error| format!("is no JSON: {error}"))?;
    let siblings = siblings::load(path, &root, side.encoding);
    let committed = match side.encoding {
        Encoding::Avro => avro::read(&root, &siblings, &side.name).map(Committed::Avro),
        Encoding::Json => json::read(&root, &siblings, &side.name, side.model).map(Committed::Json),
    };
    Ok((committed?, siblings.into_iter().map(|sibling| sibling.path).collect()))
}

impl Committed {
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Avro(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
            Self::Json(properties) => properties.iter().map(|property| property.name.as_str()).collect(),
        }
    }

    /// What the file says of a field, as an expression; of a flattened field whatever it says.
    pub(crate) fn of_field(&self, core: &TokenStream, field: &Field) -> TokenStream {
        let is_meant = |name: &str| field.flatten.is_some() || name == field.name;
        let said: Vec<TokenStream> = match self {
            Self::Avro(fields) => {
                let meant = fields.iter().filter(|committed| is_meant(&committed.name));
                meant.map(|committed| committed.tokens(core)).collect()
            }
            Self::Json(properties) => {
                let meant = properties.iter().filter(|committed| is_meant(&committed.name));
                meant.map(|committed| committed.tokens(core)).collect()
            }
        };
        quote::quote!(&[#(#said),*])
    }
}

/// Tells which fields are on one side only, or in another order. The names within a flattened record are the compiler's
/// business.
fn names(file: &str, committed: &[&str], side: &Side<'_>, diagnostics: &mut Diagnostics) {
    if side.fields.iter().any(|field| field.flatten.is_some()) {
        return;
    }
    let mut differ = false;
    for field in side
        .fields
        .iter()
        .filter(|field| !committed.contains(&field.name.as_str()))
    {
        differ = true;
        diagnostics.error_with_help(
            &field.ident,
            format_args!("{file} has no field \"{}\"", field.name),
            format_args!("take the field away, or {BLESS}"),
        );
    }
    let ours: Vec<&str> = side.fields.iter().map(|field| field.name.as_str()).collect();
    for name in committed.iter().filter(|name| !ours.contains(name)) {
        differ = true;
        diagnostics.error_with_help(
            side.ident,
            format_args!("{file} has a field \"{name}\", `{}` has not", side.ident.unraw()),
            format_args!("add the field, or {BLESS} (take a field away only when no reader needs it any more)"),
        );
    }
    // The properties of an object have no order that would matter.
    if differ || side.encoding == Encoding::Json {
        return;
    }
    if let Some((field, name)) = side
        .fields
        .iter()
        .zip(committed)
        .find(|(field, name)| field.name != **name)
    {
        diagnostics.error_with_help(
            &field.ident,
            format_args!("`{}` stands where {file} has \"{name}\"", field.ident.unraw()),
            format_args!("move the field, or {BLESS}"),
        );
    }
}
