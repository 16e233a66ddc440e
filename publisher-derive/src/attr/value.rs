//! The values of attributes: each error says what the attribute takes and underlines what was given.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Lit, Token};

use super::item::{Item, Value};
use super::{Decimal, DefaultValue, Encoding, Format, KeyForm, Model};
use crate::case::Case;
use crate::number::{MAX_SCALE, Number};
use crate::pattern::Pattern;
use crate::symbol::nearest;

impl Item {
    pub(super) fn flag(&self) -> syn::Result<()> {
        match &self.value {
            Value::None => Ok(()),
            _ => Err(self.wrong(format_args!("`{}` stands alone, without a value", self.name))),
        }
    }

    pub(super) fn key_form(&self) -> syn::Result<KeyForm> {
        match &self.value {
            Value::None => Ok(KeyForm::Text),
            Value::List(_) | Value::ListAssigned(_) => Err(self.wrong(
                "on a field `key` stands alone, or names a form: `key = avro`\n\
                 help: for a compound key write `#[event(key(a, b))]` on the struct or variant",
            )),
            Value::Assigned(_) => self.choice(&[
                ("text", KeyForm::Text),
                ("big-endian", KeyForm::BigEndian),
                ("raw", KeyForm::Raw),
                ("avro", KeyForm::Avro),
            ]),
        }
    }

    pub(super) fn text(&self) -> syn::Result<String> {
        match self.literal() {
            Some(Lit::Str(text)) if text.suffix().is_empty() => Ok(text.value()),
            _ => Err(self.wrong(format_args!(
                "`{}` takes a string: `{} = \"...\"`",
                self.name, self.name
            ))),
        }
    }

    pub(super) fn version(&self) -> syn::Result<u32> {
        match self.small_number()? {
            Some(version) if version > 0 => Ok(version),
            _ => Err(self.wrong("`version` takes a whole number from 1 on: `version = 2`")),
        }
    }

    /// A length or number of items.
    pub(super) fn count(&self) -> syn::Result<u32> {
        self.small_number()?.ok_or_else(|| {
            self.wrong(format_args!(
                "`{}` takes a whole number from 0 to {}",
                self.name,
                u32::MAX
            ))
        })
    }

    pub(super) fn encoding(&self) -> syn::Result<Encoding> {
        self.choice(&[("avro", Encoding::Avro), ("json", Encoding::Json)])
    }

    pub(super) fn model(&self) -> syn::Result<Model> {
        self.choice(&[("closed", Model::Closed), ("open", Model::Open)])
    }

    pub(super) fn format(&self) -> syn::Result<Format> {
        self.choice(&[
            ("uuid", Format::Uuid),
            ("email", Format::Email),
            ("uri", Format::Uri),
            ("date-time", Format::DateTime),
        ])
    }

    pub(super) fn case(&self) -> syn::Result<Case> {
        let text = self.text()?;
        if let Some(case) = Case::parse(&text) {
            return Ok(case);
        }
        if text.eq_ignore_ascii_case("kebab-case") || text.eq_ignore_ascii_case("screaming-kebab-case") {
            return Err(self.wrong(format_args!(
                "{text} gives names with `-`, which Avro does not allow\nhelp: take \"snake_case\" or \"camelCase\""
            )));
        }
        let names = || Case::ALL.iter().map(|(name, _)| *name);
        let meant = nearest(&text, names())
            .map(|name| format!(", did you mean \"{name}\"?"))
            .unwrap_or_default();
        let all: Vec<_> = names().map(|name| format!("\"{name}\"")).collect();
        Err(self.wrong(format_args!(
            "unknown spelling{meant}\nhelp: `rename_all` takes {}",
            all.join(", ")
        )))
    }

    pub(super) fn path(&self) -> syn::Result<syn::Path> {
        let text = self.text()?;
        syn::parse_str(&text)
            .map_err(|_| self.wrong("`crate` takes a path as a string: `crate = \"::renamed_publisher_core\"`"))
    }

    /// The record that a field leads back to.
    pub(super) fn record(&self) -> syn::Result<syn::Path> {
        let path = match (&self.value, self.literal()) {
            (_, Some(Lit::Str(text))) => syn::parse_str::<syn::Path>(&text.value()),
            (Value::Assigned(tokens), None) => syn::Path::parse_mod_style.parse2(tokens.clone()),
            _ => Err(self.wrong("")),
        };
        let plain = |path: &syn::Path| path.segments.iter().all(|segment| segment.arguments.is_none());
        path.ok().filter(plain).ok_or_else(|| {
            self.wrong(
                "`recursive` takes the name of the record that the field leads back to, without parameters: \
                 `recursive = Customer`",
            )
        })
    }

    pub(super) fn key_fields(&self) -> syn::Result<Vec<Ident>> {
        let usage = "on a struct or variant `key` lists the fields of a compound key, which is text: `key(tenant, order_id)`\n\
            help: for a single field write `#[event(key)]` on that field; for another form than text make the parts one \
            struct, and mark a field of it with `#[event(key = avro)]`";
        let Value::List(group) = &self.value else {
            return Err(self.wrong(usage));
        };
        let fields = Punctuated::<Ident, Token![,]>::parse_terminated
            .parse2(group.stream())
            .map_err(|error| syn::Error::new(error.span(), usage))?;
        Ok(fields.into_iter().collect())
    }

    pub(super) fn decimal(&self) -> syn::Result<Decimal> {
        let usage =
            "`decimal` takes precision and scale: `decimal(18, 2)`, or `decimal(18, 2, number)` for a number in JSON";
        let Value::List(group) = &self.value else {
            return Err(self.wrong(usage));
        };
        let parts: Vec<TokenTree> = Punctuated::<TokenTree, Token![,]>::parse_terminated
            .parse2(group.stream())
            .map_err(|error| syn::Error::new(error.span(), usage))?
            .into_iter()
            .collect();
        let (precision, scale, form) = match &parts[..] {
            [precision, scale] => (precision, scale, None),
            [precision, scale, form] => (precision, scale, Some(form)),
            _ => return Err(self.wrong(usage)),
        };
        let literal = |token: &TokenTree| {
            syn::parse2::<syn::LitInt>(token.clone().into()).map_err(|_| syn::Error::new_spanned(token, usage))
        };
        let (precision, scale) = (literal(precision)?, literal(scale)?);
        if let Some(form) = form.filter(|form| form.to_string() != "number") {
            return Err(syn::Error::new_spanned(form, usage));
        }
        let number = |literal: &syn::LitInt| literal.base10_parse::<u32>().unwrap_or(u32::MAX);
        let decimal = Decimal {
            precision: number(&precision),
            scale: number(&scale),
            number: form.is_some(),
        };
        if !(1..=38).contains(&decimal.precision) {
            return Err(syn::Error::new_spanned(
                precision,
                "the precision of a decimal lies between 1 and 38",
            ));
        }
        if decimal.scale > decimal.precision {
            return Err(syn::Error::new_spanned(
                scale,
                "the scale of a decimal is at most its precision",
            ));
        }
        Ok(decimal)
    }

    pub(super) fn number(&self) -> syn::Result<Number> {
        self.exact_number()?
            .ok_or_else(|| self.wrong(format_args!("`{}` takes a number", self.name)))
    }

    pub(super) fn default(&self) -> syn::Result<DefaultValue> {
        let usage =
            "`default` takes a literal: a boolean, a number, a string, `[]` for no items or `{}` for no entries";
        let Value::Assigned(tokens) = &self.value else {
            return Err(self.wrong(usage));
        };
        let mut trees = tokens.clone().into_iter();
        if let (Some(TokenTree::Group(group)), None) = (trees.next(), trees.next()) {
            match group.delimiter() {
                Delimiter::Bracket if group.stream().is_empty() => return Ok(DefaultValue::EmptyArray),
                Delimiter::Brace if group.stream().is_empty() => return Ok(DefaultValue::EmptyMap),
                Delimiter::Bracket | Delimiter::Brace => {
                    return Err(self.wrong("the default of an array is `[]`, that of a map `{}`: they have no items"));
                }
                Delimiter::Parenthesis | Delimiter::None => {}
            }
        }
        if let Some(number) = self.exact_number()? {
            return Ok(DefaultValue::Number(number));
        }
        match self.literal() {
            Some(Lit::Bool(literal)) => Ok(DefaultValue::Boolean(literal.value)),
            Some(Lit::Str(literal)) => Ok(DefaultValue::String(literal.value())),
            _ if tokens.to_string() == "null" || tokens.to_string() == "None" => {
                Err(self.wrong("an `Option` has the default null by itself\nhelp: remove `default`"))
            }
            _ => Err(self.wrong(usage)),
        }
    }

    /// The type as which something is published.
    pub(super) fn published_type(&self) -> syn::Result<syn::Type> {
        self.parsed(format_args!(
            "`{0}` takes a type, without quotes: `{0} = Money`",
            self.name
        ))
    }

    pub(super) fn function(&self) -> syn::Result<syn::ExprPath> {
        self.parsed("`with` takes the path of a function, without quotes: `with = money::published`")
    }

    fn parsed<T: syn::parse::Parse>(&self, usage: impl std::fmt::Display) -> syn::Result<T> {
        let Value::Assigned(tokens) = &self.value else {
            return Err(self.wrong(usage));
        };
        syn::parse2(tokens.clone()).map_err(|_| self.wrong(usage))
    }

    pub(super) fn pattern(&self) -> syn::Result<Pattern> {
        Pattern::parse(&self.text()?).map_err(|problem| self.wrong(problem))
    }

    /// One of a few words, bare or as a string.
    fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> syn::Result<T> {
        let written = match (self.word(), self.literal()) {
            (Some(word), _) => word.replace('_', "-"),
            (None, Some(Lit::Str(text))) => text.value().replace('_', "-"),
            _ => String::new(),
        };
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == written) {
            return Ok(*choice);
        }
        let names = || choices.iter().map(|(name, _)| *name);
        let meant = match nearest(&written, names()) {
            Some(name) if !written.is_empty() => format!(", did you mean `{}`?", bare(name)),
            _ => String::new(),
        };
        let all: Vec<_> = names().map(|name| format!("`{}`", bare(name))).collect();
        Err(self.wrong(format_args!("`{}` takes {}{meant}", self.name, all.join(" or "))))
    }

    fn word(&self) -> Option<String> {
        let Value::Assigned(tokens) = &self.value else {
            return None;
        };
        syn::parse2::<Ident>(tokens.clone()).ok().map(|ident| ident.to_string())
    }

    /// The value, if it is a single literal.
    fn literal(&self) -> Option<Lit> {
        let Value::Assigned(tokens) = &self.value else {
            return None;
        };
        syn::parse2(tokens.clone()).ok()
    }

    fn small_number(&self) -> syn::Result<Option<u32>> {
        match self.literal() {
            Some(Lit::Int(literal)) => {
                self.without_suffix(literal.suffix())?;
                Ok(literal.base10_parse().ok())
            }
            _ => Ok(None),
        }
    }

    /// The value, if it is a number with or without a sign.
    fn exact_number(&self) -> syn::Result<Option<Number>> {
        let Value::Assigned(tokens) = &self.value else {
            return Ok(None);
        };
        let (negative, rest) = sign(tokens);
        let Ok(literal) = syn::parse2::<Lit>(rest) else {
            return Ok(None);
        };
        let (digits, suffix) = match &literal {
            Lit::Int(literal) => (literal.base10_digits(), literal.suffix()),
            Lit::Float(literal) => (literal.base10_digits(), literal.suffix()),
            _ => return Ok(None),
        };
        self.without_suffix(suffix)?;
        match Number::parse(digits, negative) {
            Some(number) => Ok(Some(number)),
            None => Err(self.wrong(format_args!(
                "the number has too many digits\nhelp: at most {MAX_SCALE} places behind the point, and all digits \
                 together within the range of an `i64`"
            ))),
        }
    }

    fn without_suffix(&self, suffix: &str) -> syn::Result<()> {
        if suffix.is_empty() {
            return Ok(());
        }
        Err(self.wrong(format_args!("a number stands without its type here: remove `{suffix}`")))
    }

    fn wrong(&self, message: impl std::fmt::Display) -> syn::Error {
        syn::Error::new_spanned(self.value_tokens(), message)
    }
}

/// Whether the tokens begin with a minus, and the tokens behind it.
fn sign(tokens: &TokenStream) -> (bool, TokenStream) {
    let mut trees = tokens.clone().into_iter();
    match trees.next() {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '-' => (true, trees.collect()),
        _ => (false, tokens.clone()),
    }
}

/// A word as it is written without quotes.
fn bare(name: &str) -> String {
    name.replace('-', "_")
}
