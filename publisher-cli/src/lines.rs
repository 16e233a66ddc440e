//! From a JSON pointer to the line of the text where the part stands.
//!
//! Reads just enough of JSON to know where its parts are: each text once, however many places of it are asked for.
//! Whether the text is good JSON is not judged here.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// No reader of JSON here takes deeper ones; what is deeper stands where the part around it does.
const MAX_LEVELS: usize = 200;

/// The line, counted from 1, of the part that a pointer names; of a text of which one place is asked for.
pub(crate) fn line_of(text: &str, pointer: &str) -> usize {
    Lines::new(text).of(pointer)
}

/// The lines of all texts of a command, each read when it is first asked for.
#[derive(Default)]
pub(crate) struct LineIndex {
    /// By the address of the text, which stays that of this text because it is kept beside.
    texts: RefCell<HashMap<*const u8, (Arc<str>, Lines)>>,
}

impl LineIndex {
    /// As [`Lines::of`].
    pub(crate) fn line(&self, text: &Arc<str>, pointer: &str) -> usize {
        let mut texts = self.texts.borrow_mut();
        let (_, lines) = texts
            .entry(text.as_ptr())
            .or_insert_with(|| (Arc::clone(text), Lines::new(text)));
        lines.of(pointer)
    }
}

/// Where the parts of one text stand.
struct Lines {
    /// The whole first, if there is anything.
    parts: Vec<Part>,
}

struct Part {
    line: usize,
    inner: Inner,
}

/// The parts of a part, by their numbers in [`Lines`].
enum Inner {
    None,
    Items(Vec<usize>),
    /// In the order of the names; of several members of one name in that of the text.
    Members(Vec<(Box<str>, usize)>),
}

impl Lines {
    fn new(text: &str) -> Self {
        let mut scan = Scan {
            text,
            at: 0,
            line: 1,
            parts: Vec::new(),
            open: Vec::new(),
            beyond: 0,
        };
        scan.whole();
        Self { parts: scan.parts }
    }

    /// The line, counted from 1, of the part that a pointer (RFC 6901) names, or of the nearest part around it that is
    /// there; a member of an object stands where its name stands.
    fn of(&self, pointer: &str) -> usize {
        let Some(mut found) = self.parts.first() else {
            return 1;
        };
        for token in pointer.split('/').skip(1) {
            let next = match &found.inner {
                Inner::None => None,
                Inner::Items(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
                Inner::Members(members) => {
                    let name = token.replace("~1", "/").replace("~0", "~");
                    // The last of several members of one name counts, as it does for every reader.
                    let after = members.partition_point(|(other, _)| **other <= *name);
                    let last = after.checked_sub(1).and_then(|index| members.get(index));
                    last.filter(|(other, _)| **other == *name).map(|(_, part)| part)
                }
            };
            match next.and_then(|part| self.parts.get(*part)) {
                Some(part) => found = part,
                None => break,
            }
        }
        found.line
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    parts: Vec<Part>,
    /// The objects and lists that have begun, the outermost first.
    open: Vec<Open>,
    /// How many more have begun that are too deep to be kept.
    beyond: usize,
}

struct Open {
    part: usize,
    /// In an object, the name of the member whose value comes next, and its line.
    name: Option<(Box<str>, usize)>,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes on by a byte.
    fn step(&mut self) {
        if self.peek() == Some(b'\n') {
            self.line += 1;
        }
        self.at += 1;
    }

    fn whole(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => self.step(),
                b'"' => self.string(),
                b'{' => self.begin(Inner::Members(Vec::new())),
                b'[' => self.begin(Inner::Items(Vec::new())),
                b'}' | b']' => self.end(),
                _ => self.scalar(),
            }
            if self.open.is_empty() && !self.parts.is_empty() {
                break;
            }
        }
        while !self.open.is_empty() {
            self.beyond = 0;
            self.end();
        }
    }

    /// A name or a value.
    fn string(&mut self) {
        let (start, line) = (self.at, self.line);
        self.step();
        while let Some(byte) = self.peek() {
            self.step();
            match byte {
                b'"' => break,
                b'\\' => self.step(),
                _ => {}
            }
        }
        if self.beyond > 0 {
            return;
        }
        if let Some(open) = self.open.last_mut()
            && open.name.is_none()
            && matches!(self.parts[open.part].inner, Inner::Members(_))
        {
            let written = self.text.get(start..self.at).unwrap_or("");
            // A name that is none leads nowhere.
            let name = serde_json::from_str::<String>(written).unwrap_or_default();
            open.name = Some((name.into_boxed_str(), line));
            return;
        }
        self.part(line, Inner::None);
    }

    fn scalar(&mut self) {
        let line = self.line;
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'"' | b'{' | b'[' | b'}' | b']' => break,
                _ => self.step(),
            }
        }
        if self.beyond == 0 {
            self.part(line, Inner::None);
        }
    }

    /// A part at its place in the one that it is in; its number.
    fn part(&mut self, line: usize, inner: Inner) -> usize {
        let number = self.parts.len();
        let mut part = Part { line, inner };
        if let Some(open) = self.open.last_mut() {
            let name = open.name.take();
            match (&mut self.parts[open.part].inner, name) {
                (Inner::Items(items), _) => items.push(number),
                (Inner::Members(members), Some((name, line))) => {
                    part.line = line;
                    members.push((name, number));
                }
                // A value without a name: the text is no JSON.
                _ => {}
            }
        }
        self.parts.push(part);
        number
    }

    fn begin(&mut self, inner: Inner) {
        let line = self.line;
        self.step();
        if self.beyond > 0 || self.open.len() == MAX_LEVELS {
            if self.beyond == 0 {
                self.part(line, Inner::None);
            }
            self.beyond += 1;
            return;
        }
        let part = self.part(line, inner);
        self.open.push(Open { part, name: None });
    }

    fn end(&mut self) {
        self.step();
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if let Some(open) = self.open.pop()
            && let Inner::Members(members) = &mut self.parts[open.part].inner
        {
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
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
    fn each_text_has_its_lines() {
        let index = LineIndex::default();
        let (one, other): (Arc<str>, Arc<str>) = ("[\n1]".into(), "[\n\n1]".into());
        for _ in 0..2 {
            assert_eq!((index.line(&one, "/0"), index.line(&other, "/0")), (2, 3));
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
        let deep = "[\n".repeat(250) + &"]".repeat(250);
        let inside = |levels: usize| line_of(&deep, &"/0".repeat(levels));
        assert_eq!((inside(100), inside(249)), (101, MAX_LEVELS + 1));
        assert_eq!(line_of(&format!("{{\"a\": {deep},\n\"b\": 1}}"), "/b"), 252);
        // The last member of a name counts.
        assert_eq!(line_of("{\"a\": 1,\n\"a\": 2}", "/a"), 2);
    }
}
