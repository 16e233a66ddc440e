//! Every value of a JSON text with its place in it.
//!
//! Pure; the text has been read before and is good JSON.

use std::ops::Range;

/// A value that holds no other, or an empty object or array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// A JSON pointer (RFC 6901).
    pub(crate) pointer: String,
    pub(crate) kind: &'static str,
    pub(crate) bytes: Range<usize>,
}

/// All of them in the order of the text.
pub(crate) fn members(text: &str) -> Vec<Member> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // What is open: of an array the next index, of an object the name that was read last.
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                let end = closing(bytes, at);
                if let Some(end) = end {
                    let kind = if *byte == b'{' { "object" } else { "array" };
                    found.push(member(&open, kind, at..end));
                    at = end;
                    next(&mut open);
                    continue;
                }
                open.push(if *byte == b'{' {
                    Open::Object(None)
                } else {
                    Open::Array(0)
                });
                at += 1;
            }
            b'}' | b']' => {
                open.pop();
                next(&mut open);
                at += 1;
            }
            b'"' => {
                let end = string_end(bytes, at);
                if let Some(Open::Object(name @ None)) = open.last_mut() {
                    let decoded = serde_json::from_str::<String>(&text[at..end]);
                    *name = Some(decoded.unwrap_or_default());
                } else {
                    found.push(member(&open, "string", at..end));
                    next(&mut open);
                }
                at = end;
            }
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => at += 1,
            first => {
                let rest = bytes[at..].iter();
                let length = rest.take_while(|byte| !b",]} \t\n\r".contains(byte)).count().max(1);
                let kind = match first {
                    b't' | b'f' => "boolean",
                    b'n' => "null",
                    _ => "number",
                };
                found.push(member(&open, kind, at..at + length));
                next(&mut open);
                at += length;
            }
        }
    }
    found
}

enum Open {
    Object(Option<String>),
    Array(usize),
}

/// A value has ended.
fn next(open: &mut [Open]) {
    match open.last_mut() {
        Some(Open::Object(name)) => *name = None,
        Some(Open::Array(index)) => *index += 1,
        None => {}
    }
}

fn member(open: &[Open], kind: &'static str, bytes: Range<usize>) -> Member {
    let mut pointer = String::new();
    for part in open {
        pointer.push('/');
        match part {
            Open::Object(name) => {
                let name = name.as_deref().unwrap_or("");
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Open::Array(index) => pointer.push_str(&index.to_string()),
        }
    }
    Member { pointer, kind, bytes }
}

/// Behind the bracket that closes this one, if nothing is between them.
fn closing(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes[at + 1..].iter().position(|byte| !b" \t\n\r".contains(byte))?;
    let end = at + 1 + rest;
    matches!(bytes[end], b'}' | b']').then_some(end + 1)
}

/// Behind the quote that ends a string.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'"' => return end + 1,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place() {
        let text = r#" {"a/b": [1, "x\"]", {"c": null}], "d": {}, "e": [ ], "f~": true}"#;
        let found: Vec<String> = members(text)
            .into_iter()
            .map(|member| format!("{} {} {}", member.pointer, member.kind, &text[member.bytes]))
            .collect();
        assert_eq!(
            found,
            [
                "/a~1b/0 number 1",
                "/a~1b/1 string \"x\\\"]\"",
                "/a~1b/2/c null null",
                "/d object {}",
                "/e array [ ]",
                "/f~0 boolean true",
            ]
        );
        assert_eq!(members("7").first().map(|member| member.bytes.clone()), Some(0..1));
        assert!(members("").is_empty());
    }
}
