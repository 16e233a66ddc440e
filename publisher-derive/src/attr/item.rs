//! The list in `#[event(...)]` as tokens: names, each with a value or without.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

use crate::diagnostics::Diagnostics;

/// One attribute, its value not yet read.
pub(crate) struct Item {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    /// `name`
    None,
    /// `name = tokens`; never empty.
    Assigned(TokenStream),
    /// `name(tokens)`
    List(Group),
    /// `name(...) = tokens`, which no attribute takes; the tokens are what is too much.
    ListAssigned(TokenStream),
}

impl Item {
    /// What an error about the value underlines.
    pub(crate) fn value_tokens(&self) -> TokenStream {
        match &self.value {
            Value::None => self.name.to_token_stream(),
            Value::Assigned(tokens) | Value::ListAssigned(tokens) => tokens.clone(),
            Value::List(group) => group.to_token_stream(),
        }
    }
}

/// Splits the list at its commas; what is no attribute is reported and skipped.
pub(super) fn items(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Vec<Item> {
    let mut items = Vec::new();
    for part in split(tokens) {
        match item(&part) {
            Ok(item) => items.push(item),
            Err(error) => diagnostics.push(error),
        }
    }
    items
}

/// The parts between commas, without empty ones. Angle brackets are no groups: a type has commas of its own.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let (mut depth, mut arrow) = (0_usize, false);
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !arrow => depth = depth.saturating_sub(1),
                _ => {}
            }
            arrow = matches!(punct.as_char(), '-' | '=') && punct.spacing() == Spacing::Joint;
        }
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' && depth == 0 => parts.push(Vec::new()),
            (_, Some(part)) => part.push(token),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn item(part: &[TokenTree]) -> syn::Result<Item> {
    let tokens = || part.iter().cloned().collect::<TokenStream>();
    let Some((TokenTree::Ident(name), rest)) = part.split_first() else {
        return Err(syn::Error::new_spanned(tokens(), "expected the name of an attribute"));
    };
    let value = match rest {
        [] => Value::None,
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => Value::List(group.clone()),
        [TokenTree::Punct(punct)] if punct.as_char() == '=' => {
            return Err(syn::Error::new_spanned(
                punct,
                format_args!("expected a value after `{name} =`"),
            ));
        }
        [TokenTree::Punct(punct), value @ ..] if punct.as_char() == '=' => {
            Value::Assigned(value.iter().cloned().collect())
        }
        [TokenTree::Group(group), TokenTree::Punct(punct), value @ ..]
            if group.delimiter() == Delimiter::Parenthesis && punct.as_char() == '=' && !value.is_empty() =>
        {
            Value::ListAssigned(value.iter().cloned().collect())
        }
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            let rest: TokenStream = rest.iter().cloned().collect();
            return Err(syn::Error::new_spanned(
                rest,
                "expected a comma before the next attribute",
            ));
        }
        rest => {
            let rest: TokenStream = rest.iter().cloned().collect();
            return Err(syn::Error::new_spanned(
                rest,
                format_args!("expected `=`, `(` or a comma after `{name}`"),
            ));
        }
    };
    Ok(Item {
        name: name.clone(),
        value,
    })
}
