//! The anti-corruption layer: [`Translator`] makes a published event of a domain value.
//!
//! Chosen where the application is wired, so that neither the domain nor the use case knows what is published.

use std::fmt;

use crate::event::Event;

/// Makes the published form of a domain value.
///
/// The event may borrow from the domain value, so that nothing needs to be copied.
///
/// # Examples
/// ```
/// use publisher_core::{Event, TranslationError, Translator};
///
/// struct Order { number: u32, customer: String } // the domain: knows nothing of events
///
/// #[derive(Event)]
/// #[event(topic = "orders", namespace = "com.acme.orders")]
/// struct OrderPlaced<'a> {
///     #[event(key)]
///     order_id: String,
///     customer: &'a str,
/// }
///
/// struct OrderTranslator;
/// impl Translator<Order> for OrderTranslator {
///     type Event<'a> = OrderPlaced<'a>;
///     fn translate<'a>(&self, order: &'a Order) -> Result<OrderPlaced<'a>, TranslationError> {
///         if order.customer.is_empty() {
///             return Err(TranslationError::new("customer", "is empty"));
///         }
///         Ok(OrderPlaced { order_id: order.number.to_string(), customer: &order.customer })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not translate `{D}` into an event",
    label = "no translation from `{D}`",
    note = "write `impl Translator<{D}> for {Self}` with `type Event<'a>` and `fn translate`"
)]
pub trait Translator<D: ?Sized>: Send + Sync {
    /// The event; its lifetime is that of the domain value.
    type Event<'a>: Event
    where
        D: 'a;

    /// Makes the event.
    ///
    /// # Errors
    /// [`TranslationError`] names the field path that has no published form. Not retriable.
    fn translate<'a>(&self, domain: &'a D) -> Result<Self::Event<'a>, TranslationError>;
}

/// A domain value that has no published form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslationError {
    path: String,
    reason: String,
}

impl TranslationError {
    /// The field at `path` (such as `lines[2].price`) cannot be translated for this reason.
    #[must_use]
    pub fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }

    /// The path of the domain field.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Why it has no published form.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for TranslationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for TranslationError {}
