//! Names: topics, namespaces, records, fields, symbols.
//!
//! Implements: Apache Avro 1.12 specification, "Names"; Kafka's rule for topics (`org.apache.kafka.common.internals.Topic`).

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;

use crate::attr::{Attributes, Setting};
use crate::diagnostics::Diagnostics;
use crate::symbol::Symbol;

/// What an error about a name underlines: the name where one is given, else the identifier that stands for it.
pub(super) fn token(given: Option<&Setting<String>>, ident: &Ident) -> TokenStream {
    match given {
        Some(setting) => setting.tokens.clone(),
        None => ident.to_token_stream(),
    }
}

/// The name of a record or an enum: the given one, else that of the type.
pub(super) fn of_type(ident: &Ident, given: Option<&Setting<String>>, diagnostics: &mut Diagnostics) -> String {
    let name = match given {
        Some(setting) => setting.value.clone(),
        None => ident.unraw().to_string(),
    };
    let at = token(given, ident);
    check(&name, &at, given.is_some(), "name", diagnostics);
    not_primitive(&name, at, diagnostics);
    name
}

/// Refuses a name of a type that Avro has itself.
pub(super) fn not_primitive(name: &str, at: impl ToTokens, diagnostics: &mut Diagnostics) {
    if PRIMITIVES.contains(&name) {
        diagnostics.error(at, format_args!("\"{name}\" is the name of one of Avro's own types"));
    }
}

/// No type of one's own may have such a name, in any namespace.
const PRIMITIVES: &[&str] = &["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// Refuses what is no name in Avro; `attribute` gives another name.
pub(super) fn check(name: &str, at: &TokenStream, given: bool, attribute: &str, diagnostics: &mut Diagnostics) {
    if is_name(name) {
        return;
    }
    let problem = format!("{} is no legal name in a schema", quoted(name));
    if given {
        diagnostics.error_with_help(at, problem, RULE);
    } else {
        diagnostics.error_with_help(
            at,
            problem,
            format_args!("{RULE}; give it one with `#[event({attribute} = \"...\")]`"),
        );
    }
}

pub(super) const RULE: &str = "a name has letters (A-Z, a-z), digits and `_`, and does not begin with a digit";

pub(super) fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The namespace, if one is given.
pub(super) fn namespace(given: Option<&Setting<String>>, diagnostics: &mut Diagnostics) -> Option<String> {
    let setting = given?;
    if let Some(wrong) = setting.value.split('.').find(|segment| !is_name(segment)) {
        diagnostics.error_with_help(
            &setting.tokens,
            format_args!("{} is no legal part of a namespace", quoted(wrong)),
            "a namespace is names with points between them, such as \"com.acme.orders\"; each has letters, digits and \
             `_`, and does not begin with a digit",
        );
    }
    Some(setting.value.clone())
}

/// Whether the type is shared, which takes a namespace of its own.
pub(super) fn shared(attributes: &Attributes, diagnostics: &mut Diagnostics) -> bool {
    let Some(setting) = &attributes.shared else {
        return false;
    };
    if attributes.namespace.is_none() && !attributes.broken.contains(&Symbol::Namespace) {
        diagnostics.error_with_help(
            &setting.name,
            "a shared type needs a `namespace`: its full name is its subject, and must be the same in every event",
            "add the namespace to this attribute, such as `#[event(shared, namespace = \"com.acme\")]`",
        );
    }
    true
}

/// Refuses what Kafka would refuse as a topic.
pub(super) fn topic(setting: &Setting<String>, diagnostics: &mut Diagnostics) {
    let topic = &setting.value;
    let legal = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
    let problem = if topic.is_empty() {
        "a topic has a name".to_owned()
    } else if topic == "." || topic == ".." {
        format!("\"{topic}\" is no topic")
    } else if let Some(wrong) = topic.chars().find(|char| !legal(*char)) {
        format!("{wrong:?} cannot be in a topic's name")
    } else if topic.len() > MAX_TOPIC {
        format!(
            "the topic's name has {} characters, at most {MAX_TOPIC} are allowed",
            topic.len()
        )
    } else {
        return;
    };
    diagnostics.error_with_help(
        &setting.tokens,
        problem,
        format_args!("Kafka takes 1 to {MAX_TOPIC} of letters (A-Z, a-z), digits, `.`, `_` and `-`"),
    );
}

const MAX_TOPIC: usize = 249;

fn quoted(text: &str) -> String {
    if text.is_empty() {
        "an empty text".to_owned()
    } else {
        format!("\"{text}\"")
    }
}
