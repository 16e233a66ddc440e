//! What the implementations ask of type parameters: that they are event data where they are published.
//!
//! Bounds stand on the parameters and not on the fields' types, because a record that holds itself would then ask for
//! itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{GenericArgument, Generics, PathArguments, Type, TypePath, WherePredicate, parse_quote};

use super::value::data_trait;
use crate::attr::Constraint;
use crate::check::mention;
use crate::model::{Field, NamePart, Value};

/// The parameters and the bounds that they need.
pub(super) struct Bounds<'a> {
    core: &'a TokenStream,
    generics: Generics,
    parameters: Vec<Ident>,
    /// As text, so that each stands once.
    known: Vec<String>,
}

impl<'a> Bounds<'a> {
    pub(super) fn new(core: &'a TokenStream, generics: &Generics) -> Self {
        Self {
            core,
            generics: generics.clone(),
            parameters: generics
                .type_params()
                .map(|parameter| parameter.ident.clone())
                .collect(),
            known: Vec::new(),
        }
    }

    /// Adds those of a record.
    pub(super) fn record(mut self, fields: &[Field], template: Option<&[NamePart]>) -> Generics {
        let core = self.core;
        for field in fields {
            match field.flatten {
                Some(_) if self.names_parameter(pointee(&field.ty)) => {
                    self.require(pointee(&field.ty), &quote!(#core::RecordData));
                }
                _ => self.value(&field.ty, &field.value),
            }
        }
        for part in template.into_iter().flatten() {
            if let NamePart::Type(parameter) = part {
                self.require(parameter, &quote!(#core::EventData));
            }
        }
        self.generics
    }

    /// Adds those of a newtype.
    pub(super) fn newtype(mut self, ty: &Type, value: &Value) -> Generics {
        self.value(ty, value);
        self.generics
    }

    fn value(&mut self, ty: &Type, value: &Value) {
        if !self.mentioned(ty) {
            return;
        }
        let core = self.core;
        if value.is_converted() {
            self.require(ty, &data_trait(core, value));
        } else {
            self.data(ty);
        }
        for constraint in &value.constraints {
            let ability = match constraint.value {
                Constraint::Min(_) | Constraint::Max(_) | Constraint::ExclusiveMin(_) | Constraint::ExclusiveMax(_) => {
                    "Numeric"
                }
                Constraint::MinLength(_)
                | Constraint::MaxLength(_)
                | Constraint::Pattern(_)
                | Constraint::Format(_) => "Textual",
                Constraint::MinItems(_) | Constraint::MaxItems(_) => "Countable",
            };
            let ability = Ident::new(ability, Span::call_site());
            self.require(ty, &quote!(#core::#ability));
        }
    }

    /// A type without conversion: its parameters are event data, those of map keys are keys.
    fn data(&mut self, ty: &Type) {
        let core = self.core;
        match ty {
            Type::Path(path) if self.names_parameter(ty) || path.qself.is_some() => {
                self.require(ty, &quote!(#core::EventData));
            }
            Type::Path(path) => {
                let Some(last) = path.path.segments.last() else { return };
                let PathArguments::AngleBracketed(arguments) = &last.arguments else {
                    return;
                };
                let map = last.ident == "BTreeMap" || last.ident == "HashMap";
                let set = last.ident == "HashSet";
                let types = arguments.args.iter().filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                });
                for (index, ty) in types
                    .enumerate()
                    .filter(|(_, ty)| self.mentioned(ty))
                    .collect::<Vec<_>>()
                {
                    match (map, index) {
                        (true, 0) => self.require(ty, &quote!(#core::MapKey)),
                        // How a map hashes is not published, nor how a set does.
                        (true, 2..) => {}
                        (false, 1..) if set => {}
                        _ => self.data(ty),
                    }
                }
            }
            Type::Reference(reference) => self.data(&reference.elem),
            Type::Slice(slice) => self.data(&slice.elem),
            Type::Array(array) => self.data(&array.elem),
            Type::Group(group) => self.data(&group.elem),
            Type::Paren(paren) => self.data(&paren.elem),
            _ => {}
        }
    }

    fn require(&mut self, ty: &impl ToTokens, bound: &TokenStream) {
        let predicate: WherePredicate = parse_quote!(#ty: #bound);
        let text = predicate.to_token_stream().to_string();
        if !self.known.contains(&text) {
            self.known.push(text);
            self.generics.make_where_clause().predicates.push(predicate);
        }
    }

    /// `T` or `T::Item`.
    fn names_parameter(&self, ty: &Type) -> bool {
        matches!(ty, Type::Path(path) if self.is_parameter(path))
    }

    fn is_parameter(&self, path: &TypePath) -> bool {
        let first = path.path.segments.first();
        path.qself.is_none() && first.is_some_and(|first| self.parameters.contains(&first.ident))
    }

    fn mentioned(&self, ty: &Type) -> bool {
        mention(ty, |path| self.is_parameter(path)).is_some()
    }
}

/// What a pointer points to: it is a record where that is one.
fn pointee(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => pointee(&reference.elem),
        Type::Group(group) => pointee(&group.elem),
        Type::Paren(paren) => pointee(&paren.elem),
        Type::Path(path) => {
            let last = path.path.segments.last();
            match last.map(|last| (&last.ident, &last.arguments)) {
                Some((name, PathArguments::AngleBracketed(arguments)))
                    if name == "Box" || name == "Rc" || name == "Arc" || name == "Cow" =>
                {
                    let held = arguments.args.iter().find_map(|argument| match argument {
                        GenericArgument::Type(ty) => Some(ty),
                        _ => None,
                    });
                    held.map_or(ty, pointee)
                }
                _ => ty,
            }
        }
        _ => ty,
    }
}
