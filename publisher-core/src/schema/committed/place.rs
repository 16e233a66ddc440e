//! Where a comparison with a committed schema is, and how it ends.
//!
//! Knows no format: what differs is said by those who compare.

use super::super::message::Message;

/// The way to a value within a field, for the message: `items[].tags[]`, `prices{}`.
pub(super) enum Trail<'a> {
    Field(&'a str),
    Member(&'a Trail<'a>, &'a str),
    Items(&'a Trail<'a>),
    Values(&'a Trail<'a>),
}

impl Trail<'_> {
    pub(super) const fn write(&self, message: &mut Message) {
        match self {
            Self::Field(name) => message.push(name),
            Self::Member(parent, name) => {
                parent.write(message);
                message.push(".");
                message.push(name);
            }
            Self::Items(parent) => {
                parent.write(message);
                message.push("[]");
            }
            Self::Values(parent) => {
                parent.write(message);
                message.push("{}");
            }
        }
    }
}

/// What a comparison goes on with: where it is, for the message.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The file as the attribute names it.
    pub(super) file: &'a str,
    pub(super) trail: &'a Trail<'a>,
    /// The namespace that names inherit here.
    pub(super) namespace: &'a str,
}

impl<'a> Place<'a> {
    pub(super) const fn at(self, trail: &'a Trail<'a>) -> Self {
        Self {
            file: self.file,
            trail,
            namespace: self.namespace,
        }
    }

    /// The beginning of every message.
    pub(super) const fn message(self) -> Message {
        let mut message = Message::new();
        message.push(self.file);
        message.push(": ");
        self.trail.write(&mut message);
        message.push(": ");
        message
    }
}

/// Ends the compilation with what differs.
#[track_caller]
pub(super) const fn fail(mut message: Message) -> ! {
    message.end("; change either side, or write the file anew with `PUBLISHER_SCHEMAS=bless cargo test`");
    panic!("{}", message.as_str())
}

/// Whether the full name is the namespace, a point and the name.
pub(super) const fn is_full_name(full_name: &str, namespace: &str, name: &str) -> bool {
    let (full, namespace, name) = (full_name.as_bytes(), namespace.as_bytes(), name.as_bytes());
    if full.len() != namespace.len() + 1 + name.len() {
        return false;
    }
    let (head, tail) = full.split_at(namespace.len());
    let (point, last) = tail.split_at(1);
    same_bytes(head, namespace) && point[0] == b'.' && same_bytes(last, name)
}

const fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}
