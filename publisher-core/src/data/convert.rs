//! What `as`, `with` and `into` call to get the published form of a value whose own type has none.
//!
//! A conversion runs for the check and again for the encoding, which have no place to keep what it gave: it must give the
//! same each time. Which conversion a field has, only the derive knows.

use std::fmt::Display;

use crate::validate::{Checker, Path};

/// What a conversion function gives: the published value, or a `Result` of it.
#[diagnostic::on_unimplemented(
    message = "the function gives `{Self}`, the value is published as `{T}`",
    label = "gives neither `{T}` nor a `Result` of it",
    note = "`with` takes a function of a reference to the value: `fn(&Value) -> {T}`, or `-> Result<{T}, E>` with an `E: Display`"
)]
pub trait Converted<T> {
    /// The published value, or why there is none.
    fn published(self) -> Result<T, String>;
}

impl<T> Converted<T> for T {
    #[inline(always)]
    fn published(self) -> Result<T, String> {
        Ok(self)
    }
}

impl<T, E: Display> Converted<T> for Result<T, E> {
    #[inline]
    fn published(self) -> Result<T, String> {
        self.map_err(|error| error.to_string())
    }
}

/// What the conversion gives, or why it gives nothing. The one place with the bound: a mistake is one message.
///
/// # Errors
/// Those of the conversion, as text.
#[inline(always)]
pub fn published<T>(given: impl Converted<T>) -> Result<T, String> {
    given.published()
}

/// The published value; where there is none, that is a violation.
#[inline]
pub fn checked<T>(given: Result<T, String>, at: &Path<'_>, checker: &mut Checker) -> Option<T> {
    match given {
        Ok(value) => Some(value),
        Err(error) => {
            checker.violation(at, format_args!("cannot be published: {error}"));
            None
        }
    }
}

/// The published value for the encoding.
///
/// # Panics
/// If there is none: the check had one, so that the conversion is not pure, and what was written so far is half a record.
#[inline]
pub fn converted<T>(given: Result<T, String>) -> T {
    match given {
        Ok(value) => value,
        Err(_) => panic!(
            "a conversion failed for a value that it had converted before; the function of `with` must give the same \
             for the same value"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Encoding;

    #[test]
    fn a_failure_is_a_violation_at_the_place() {
        let mut checker = Checker::new(Encoding::Avro);
        let at = Path::Field(&Path::Root, "amount");
        assert_eq!(checked(published::<i32>(2), &at, &mut checker), Some(2));
        assert_eq!(
            checked(published::<i32>(Ok::<_, String>(1)), &at, &mut checker),
            Some(1)
        );
        let failed = published::<i32>(Err::<i32, _>("has another currency"));
        assert_eq!(checked(failed, &at, &mut checker), None);
        let violations = checker.finish("com.acme.Paid").expect_err("a violation");
        let told: Vec<_> = violations.list().iter().map(ToString::to_string).collect();
        assert_eq!(told, ["amount cannot be published: has another currency"]);
    }

    #[test]
    #[should_panic(expected = "must give the same for the same value")]
    fn a_conversion_that_changes_its_mind_writes_nothing() {
        converted(published::<i32>(Err::<i32, _>("no")));
    }
}
