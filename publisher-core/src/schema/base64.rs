//! How a JSON Schema says that a text is the base64 of so many bytes. It encodes nothing.

use super::shape::Constraint;

/// How many characters so many bytes have, padding included.
pub(super) const fn text_length(bytes: u32) -> u64 {
    (bytes as u64).div_ceil(3) * 4
}

/// What a text of that length must match besides, so that it stands for exactly so many bytes: the padding, and before it
/// a digit without bits beyond the last byte. The length is not repeated here, because Go's expressions count to 1000 only.
pub(super) const fn text_pattern(bytes: u32) -> &'static str {
    match bytes % 3 {
        0 => "^[A-Za-z0-9+/]*$",
        1 => "^[A-Za-z0-9+/]*[AQgw]==$",
        _ => "^[A-Za-z0-9+/]*[AEIMQUYcgkosw048]=$",
    }
}

/// The number of bytes, where the constraints of bytes leave one only: those of an array.
pub(super) const fn exact_count(constraints: &[Constraint]) -> Option<u32> {
    let (mut least, mut most) = (0, u32::MAX);
    let mut index = 0;
    while index < constraints.len() {
        match constraints[index] {
            Constraint::MinItems(count) if count > least => least = count,
            Constraint::MaxItems(count) if count < most => most = count,
            _ => {}
        }
        index += 1;
    }
    if least == most { Some(least) } else { None }
}
