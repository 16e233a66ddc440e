//! From a JSON pointer to the line of the text where the part stands.
//!
//! Reads just enough of JSON to find its way and follows one path, so that no depth of nesting matters. Whether the text
//! is good JSON is not judged here.

/// The line, counted from 1, of the part that a pointer (RFC 6901) names, or of the nearest part around it that is
/// there; a member of an object stands where its name stands.
pub(crate) fn line_of(text: &str, pointer: &str) -> usize {
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    scan.white_space();
    let mut found = scan.at;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        match scan.enter(&token) {
            Some(start) => found = start,
            None => break,
        }
    }
    1 + scan.bytes[..found.min(scan.bytes.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// Moves from the beginning of a value to that of a part of it; gives the place by which the part is known.
    fn enter(&mut self, token: &str) -> Option<usize> {
        match self.peek()? {
            b'{' => self.enter_member(token),
            b'[' => self.enter_item(token.parse().ok()?),
            _ => None,
        }
    }

    /// The last of several members of one name counts, as it does for every reader.
    fn enter_member(&mut self, token: &str) -> Option<usize> {
        self.at += 1;
        let mut found = None;
        loop {
            self.white_space();
            if self.peek() != Some(b'"') {
                break;
            }
            let key = self.at;
            self.skip_string();
            let name = std::str::from_utf8(&self.bytes[key..self.at]).ok()?;
            let same = serde_json::from_str::<String>(name).is_ok_and(|name| name == token);
            self.white_space();
            if self.peek() != Some(b':') {
                break;
            }
            self.at += 1;
            self.white_space();
            if same {
                found = Some((key, self.at));
            }
            self.skip_value();
            self.white_space();
            if self.peek() != Some(b',') {
                break;
            }
            self.at += 1;
        }
        let (key, value) = found?;
        self.at = value;
        Some(key)
    }

    fn enter_item(&mut self, index: usize) -> Option<usize> {
        self.at += 1;
        for _ in 0..index {
            self.white_space();
            self.skip_value();
            self.white_space();
            if self.peek() != Some(b',') {
                return None;
            }
            self.at += 1;
        }
        self.white_space();
        match self.peek() {
            None | Some(b']') => None,
            Some(_) => Some(self.at),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'"' => return,
                b'\\' => self.at += 1,
                _ => {}
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    /// Counts brackets instead of following them.
    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.skip_string();
                    if depth == 0 {
                        return;
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return;
                    }
                }
                b',' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
{
  "name": "a",
  "fields": [
    {"name": "x", "type": ["null",
        "string"]},
    {
      "name": "a/b ~ \u0063",
      "type": {
        "}": "]\"",
        "a/b ~ c": 1
      }
    }, 7
  ],
  "last": {
    "empty": [], "none": {}
  }
}
"#;

    #[test]
    fn pointers_lead_to_lines() {
        for (pointer, line) in [
            ("", 2),
            ("/name", 3),
            ("/fields", 4),
            ("/fields/0", 5),
            ("/fields/0/type/0", 5),
            ("/fields/0/type/1", 6),
            ("/fields/1", 7),
            ("/fields/1/name", 8),
            ("/fields/1/type/}", 10),
            ("/fields/1/type/a~1b ~0 c", 11),
            ("/fields/2", 13),
            ("/last/empty", 16),
            ("/last/none", 16),
        ] {
            assert_eq!(line_of(TEXT, pointer), line, "{pointer}");
        }
    }

    #[test]
    fn what_is_not_there_is_found_around() {
        for (pointer, line) in [
            ("/fields/3", 4),
            ("/fields/x", 4),
            ("/fields/1/default", 7),
            ("/last/empty/0", 16),
            ("/nothing", 2),
            ("/name/0", 3),
        ] {
            assert_eq!(line_of(TEXT, pointer), line, "{pointer}");
        }
    }

    #[test]
    fn no_text_is_too_bad() {
        for text in [
            "",
            "{",
            "[",
            "{\"a",
            "{\"a\":",
            "{\"a\\",
            "[[[[",
            "]]",
            "{\"a\" 1}",
            "[1 2]",
        ] {
            for pointer in ["", "/a", "/0", "/1/2", "/a/b"] {
                assert_eq!(line_of(text, pointer), 1, "{text} {pointer}");
            }
        }
        let deep = "[".repeat(100_000);
        assert_eq!(line_of(&deep, "/0/0/1"), 1);
        // The last member of a name counts.
        assert_eq!(line_of("{\"a\": 1,\n\"a\": 2}", "/a"), 2);
    }
}
