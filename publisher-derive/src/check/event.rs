//! Events: topic, namespace, time, and what the variants of an enum inherit.

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;

use super::fields::Holder;
use super::{aliases, borrower, convert, fields, key, names, recursion, types};
use crate::ast;
use crate::attr::{Attributes, Encoding, Model};
use crate::contract;
use crate::diagnostics::Diagnostics;
use crate::model::{Event, EventEnum, Part, Record, Target, Variant};
use crate::symbol::Symbol;

/// A struct that is an event.
pub(super) fn structure(
    target: Target,
    attributes: &Attributes,
    doc: Option<String>,
    fields: Vec<ast::Field<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<Event> {
    let nothing = Attributes::default();
    let ident = target.ident.clone();
    let name = names::of_type(&ident, attributes.name.as_ref(), diagnostics);
    let namespace = required_namespace(&ident, attributes, diagnostics);
    let published = fields::published(
        &target,
        &ident,
        &fields,
        attributes.rename_all.as_ref(),
        Holder::Record,
        diagnostics,
    );
    let aliases = aliases::of_type(&attributes.aliases, &name, namespace.as_deref(), diagnostics);
    let record = Record {
        target,
        name,
        namespace: namespace.clone(),
        doc,
        aliases,
        template: None,
        shared: false,
        fields: published,
    };
    event(
        record,
        namespace,
        &ident,
        Inherited {
            own: attributes,
            around: &nothing,
        },
        &fields,
        diagnostics,
    )
}

/// An enum of which each variant is an event.
pub(super) fn enumeration(
    target: Target,
    attributes: &Attributes,
    variants: Vec<ast::Variant<'_>>,
    diagnostics: &mut Diagnostics,
) -> EventEnum {
    let records = || variants.iter().filter(|variant| variant.is_record());
    let namespace = match records().next() {
        Some(_) => required_namespace(&target.ident, attributes, diagnostics),
        None => {
            without_effect(attributes, diagnostics);
            None
        }
    };
    if let (Some(topic), Some(_)) = (&attributes.topic, records().next()) {
        names::topic(topic, diagnostics);
    }
    let json = |variant: &ast::Variant<'_>| {
        Inherited {
            own: &variant.attributes,
            around: attributes,
        }
        .encoding()
            == Encoding::Json
    };
    if records().next().is_some() && !records().any(json) {
        json_only(attributes, diagnostics);
    }
    let mut names: Vec<(String, Ident)> = Vec::new();
    let mut checked = Vec::new();
    for variant in &variants {
        let ident = variant.original.ident.clone();
        if !variant.is_record() {
            if let [field] = &variant.fields[..] {
                recursion::of_events(&field.original.ty, &target.ident, diagnostics);
                types::published_form(&field.original.ty, None, diagnostics);
                checked.push(Variant::Wrapping {
                    ident,
                    event: Box::new(field.original.ty.clone()),
                });
            }
            continue;
        }
        let name = variant_name(&target, variant, diagnostics);
        if let Some((_, other)) = names.iter().find(|(other, _)| *other == name) {
            diagnostics.error_with_help(
                names::token(variant.attributes.name.as_ref(), &ident),
                format_args!(
                    "`{}` and `{}` are both the record \"{name}\"",
                    other.unraw(),
                    ident.unraw()
                ),
                "give one of them another name with `#[event(name = \"...\")]`",
            );
        }
        names.push((name.clone(), ident.clone()));
        if let Some(event) = variant_event(&target, attributes, variant, name, namespace.clone(), diagnostics) {
            let skips = variant.fields.iter().any(ast::Field::is_skipped);
            checked.push(Variant::Record {
                ident,
                event: Box::new(event),
                skips,
            });
        }
    }
    EventEnum {
        target,
        variants: checked,
    }
}

impl ast::Variant<'_> {
    fn is_record(&self) -> bool {
        matches!(self.original.fields, syn::Fields::Named(_))
    }
}

/// The name of a variant's record: the enum's and its own, because a variant's name alone says too little in a namespace.
fn variant_name(target: &Target, variant: &ast::Variant<'_>, diagnostics: &mut Diagnostics) -> String {
    let ident = &variant.original.ident;
    match &variant.attributes.name {
        Some(_) => names::of_type(ident, variant.attributes.name.as_ref(), diagnostics),
        None => {
            let joined = format_ident!("{}{}", target.ident.unraw(), ident.unraw(), span = ident.span());
            names::of_type(&joined, None, diagnostics)
        }
    }
}

fn variant_event(
    target: &Target,
    around: &Attributes,
    variant: &ast::Variant<'_>,
    name: String,
    namespace: Option<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Event> {
    let ident = &variant.original.ident;
    let inherited = Inherited {
        own: &variant.attributes,
        around,
    };
    let rename_all = variant.attributes.rename_all.as_ref();
    let mut published = fields::published(target, ident, &variant.fields, rename_all, Holder::Variant, diagnostics);
    for field in &mut published {
        field.borrowed = true;
    }
    let borrower = borrower::of_variant(&target.ident, ident, &published);
    let doc = variant.doc.clone();
    let aliases = aliases::of_type(&variant.attributes.aliases, &name, namespace.as_deref(), diagnostics);
    let record = Record {
        target: borrower,
        name,
        namespace: namespace.clone(),
        doc,
        aliases,
        template: None,
        shared: false,
        fields: published,
    };
    let mut event = event(record, namespace, ident, inherited, &variant.fields, diagnostics)?;
    for part in event.key.iter_mut().chain(&mut event.time) {
        part.borrowed = true;
    }
    Some(event)
}

/// The attributes of a variant before those of the enum.
pub(super) struct Inherited<'a> {
    pub(super) own: &'a Attributes,
    pub(super) around: &'a Attributes,
}

impl Inherited<'_> {
    fn encoding(&self) -> Encoding {
        let given = self.own.encoding.as_ref().or(self.around.encoding.as_ref());
        given.map_or(Encoding::Avro, |setting| setting.value)
    }
}

/// All but the record; `at` is the name that an error about the whole underlines.
fn event(
    record: Record,
    namespace: Option<String>,
    at: &Ident,
    attributes: Inherited<'_>,
    fields: &[ast::Field<'_>],
    diagnostics: &mut Diagnostics,
) -> Option<Event> {
    let Inherited { own, around } = attributes;
    if let Some(topic) = &own.topic {
        names::topic(topic, diagnostics);
    }
    let topic = own.topic.as_ref().or(around.topic.as_ref());
    if topic.is_none() && !own.broken.contains(&Symbol::Topic) && !around.broken.contains(&Symbol::Topic) {
        diagnostics.error_with_help(
            at,
            format_args!("`{}` has no topic", at.unraw()),
            "say where it is published: `#[event(topic = \"...\")]`",
        );
    }
    let encoding = attributes.encoding();
    if encoding == Encoding::Avro {
        json_only(own, diagnostics);
    }
    let key = key::check(at, &attributes, fields, diagnostics);
    for part in key.iter().flatten().filter(|part| part.convert.is_some()) {
        convert::named_lifetimes(&part.ty, diagnostics);
    }
    let time = time(fields, diagnostics);
    let namespace = namespace?;
    let given = own.model.as_ref().or(around.model.as_ref());
    let model = given.map_or(Model::Closed, |setting| setting.value);
    let side = contract::Side {
        ident: at,
        name: format!("{namespace}.{}", record.name),
        encoding,
        model,
        fields: &record.fields,
    };
    let contract = match &own.schema {
        Some(setting) => Some(contract::read(setting, &side, diagnostics)?),
        None => None,
    };
    Some(Event {
        record,
        namespace,
        topic: topic?.value.clone(),
        version: own
            .version
            .as_ref()
            .or(around.version.as_ref())
            .map_or(1, |setting| setting.value),
        encoding,
        model,
        json_formats: own.json_formats.is_some() || around.json_formats.is_some(),
        key: key?,
        key_form: key::form(fields),
        time,
        contract,
    })
}

fn required_namespace(at: &Ident, attributes: &Attributes, diagnostics: &mut Diagnostics) -> Option<String> {
    if attributes.namespace.is_none() && !attributes.broken.contains(&Symbol::Namespace) {
        diagnostics.error_with_help(
            at,
            format_args!("`{}` has no namespace", at.unraw()),
            "say whose name it is, as a Java package does: `#[event(namespace = \"com.acme.orders\")]`",
        );
    }
    names::namespace(attributes.namespace.as_ref(), diagnostics)
}

/// Refuses attributes that only a JSON Schema shows.
fn json_only(attributes: &Attributes, diagnostics: &mut Diagnostics) {
    let names = [
        attributes.model.as_ref().map(|setting| &setting.name),
        attributes.json_formats.as_ref().map(|setting| &setting.name),
    ];
    for name in names.into_iter().flatten() {
        diagnostics.error_with_help(
            name,
            format_args!("`{name}` speaks of a JSON Schema, and this is published as Avro"),
            format_args!("remove `{name}`, or say `encoding = json`"),
        );
    }
}

/// Refuses attributes of an enum that no variant inherits.
fn without_effect(attributes: &Attributes, diagnostics: &mut Diagnostics) {
    let names = [
        attributes.topic.as_ref().map(|setting| &setting.name),
        attributes.namespace.as_ref().map(|setting| &setting.name),
        attributes.version.as_ref().map(|setting| &setting.name),
        attributes.encoding.as_ref().map(|setting| &setting.name),
        attributes.model.as_ref().map(|setting| &setting.name),
        attributes.json_formats.as_ref().map(|setting| &setting.name),
        attributes.unkeyed.as_ref().map(|setting| &setting.name),
    ];
    for name in names.into_iter().flatten() {
        diagnostics.error_with_help(
            name,
            format_args!("`{name}` has no effect: every variant holds an event, whose own attributes rule"),
            format_args!("remove `{name}`; only variants with named fields inherit it"),
        );
    }
}

fn time(fields: &[ast::Field<'_>], diagnostics: &mut Diagnostics) -> Option<Part> {
    let mut marked = fields
        .iter()
        .filter_map(|field| Some((field, field.attributes.time.as_ref()?)));
    let (first, role) = marked.next()?;
    for (_, second) in marked {
        diagnostics.error_with_help(
            &second.name,
            format_args!("a second time: `{}` is the event's time already", first.rust_name()),
            "mark the field that says when it happened",
        );
    }
    part(first, &role.name)
}

/// A field in a role that `role` gives it.
pub(super) fn part(field: &ast::Field<'_>, role: &Ident) -> Option<Part> {
    let ident = field.original.ident.clone()?;
    // Judged already with the fields.
    let (ty, convert) = convert::published_type(field, &mut Diagnostics::default());
    Some(Part {
        ident,
        ty,
        convert,
        borrowed: false,
        role: role.clone(),
    })
}
