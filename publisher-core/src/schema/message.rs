//! Text that a const function can build: the message of a failing check.
//!
//! Knows nothing of schemas. A const function has no `format!`, so the text grows in an array.

/// How long a message may become; what goes beyond is cut.
const MOST_BYTES: usize = 2048;

/// A message that is being written.
pub(super) struct Message {
    bytes: [u8; MOST_BYTES],
    length: usize,
}

impl Message {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; MOST_BYTES],
            length: 0,
        }
    }

    pub(super) const fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut index = 0;
        while index < bytes.len() && self.length < MOST_BYTES {
            self.bytes[self.length] = bytes[index];
            self.length += 1;
            index += 1;
        }
    }

    /// The last words of the message, for which the rest is cut where it is too long.
    pub(super) const fn end(&mut self, text: &str) {
        let most = MOST_BYTES.saturating_sub(text.len());
        if self.length > most {
            self.length = boundary(&self.bytes, most);
        }
        self.push(text);
    }

    pub(super) const fn push_integer(&mut self, number: i64) {
        if number < 0 {
            self.push("-");
        }
        self.push_number(number.unsigned_abs() as usize);
    }

    /// A name as code: `` `name` ``.
    pub(super) const fn push_code(&mut self, name: &str) {
        self.push("`");
        self.push(name);
        self.push("`");
    }

    pub(super) const fn push_number(&mut self, number: usize) {
        if number >= 10 {
            self.push_number(number / 10);
        }
        let digit = [b'0' + (number % 10) as u8];
        self.push(match std::str::from_utf8(&digit) {
            Ok(text) => text,
            Err(_) => "",
        });
    }

    /// The texts with commas between.
    pub(super) const fn push_list(&mut self, texts: &[&str]) {
        let mut index = 0;
        while index < texts.len() {
            if index > 0 {
                self.push(", ");
            }
            self.push(texts[index]);
            index += 1;
        }
    }

    /// A full name of which the namespace may be inherited.
    pub(super) const fn push_name(&mut self, namespace: &str, name: &str) {
        self.push(namespace);
        self.push(".");
        self.push(name);
    }

    /// Whole characters only: a message that was cut may end within one.
    pub(super) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        let mut length = text.len();
        loop {
            match std::str::from_utf8(text.split_at(length).0) {
                Ok(text) => return text,
                Err(error) => length = error.valid_up_to(),
            }
        }
    }
}

/// The place at or before this one where no character is cut in two.
pub(super) const fn boundary(bytes: &[u8], mut place: usize) -> usize {
    // A byte that continues a character begins with the bits 10.
    while place > 0 && place < bytes.len() && bytes[place] & 0xc0 == 0x80 {
        place -= 1;
    }
    place
}
