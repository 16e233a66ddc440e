//! One edit of a JSON text by pointer.
//!
//! Knows no schema.

use serde_json::Value;

/// A value that is set, appended or removed.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    /// As in JSON Patch (RFC 6902): `-` as the last part is the place behind an array's end.
    pub(super) pointer: String,
    /// `None` to remove.
    pub(super) value: Option<Value>,
}

impl Edit {
    pub(super) fn set(pointer: impl Into<String>, value: impl Into<Value>) -> Self {
        Self {
            pointer: pointer.into(),
            value: Some(value.into()),
        }
    }

    pub(super) fn remove(pointer: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            value: None,
        }
    }
}

/// The value with the edit; `None` where the pointer leads nowhere.
pub(super) fn apply(mut whole: Value, edit: &Edit) -> Option<Value> {
    let Some((parent, last)) = edit.pointer.rsplit_once('/') else {
        return edit.value.clone();
    };
    let name = last.replace("~1", "/").replace("~0", "~");
    match (whole.pointer_mut(parent)?, &edit.value) {
        (Value::Object(members), Some(value)) => {
            members.insert(name, value.clone());
        }
        (Value::Object(members), None) => {
            members.remove(&name)?;
        }
        (Value::Array(items), Some(value)) if name == "-" => items.push(value.clone()),
        (Value::Array(items), Some(value)) => *items.get_mut(name.parse::<usize>().ok()?)? = value.clone(),
        (Value::Array(items), None) => {
            let index = name.parse::<usize>().ok()?;
            if index >= items.len() {
                return None;
            }
            items.remove(index);
        }
        _ => return None,
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(edit: Edit, expected: Option<Value>) {
        let whole = json!({ "a": [1, 2], "b/c": { "d": 3 } });
        assert_eq!(apply(whole, &edit), expected, "{edit:?}");
    }

    #[test]
    fn sets_appends_and_removes() {
        check(Edit::set("/a/0", 7), Some(json!({ "a": [7, 2], "b/c": { "d": 3 } })));
        check(Edit::set("/a/-", 7), Some(json!({ "a": [1, 2, 7], "b/c": { "d": 3 } })));
        check(
            Edit::set("/b~1c/e", 7),
            Some(json!({ "a": [1, 2], "b/c": { "d": 3, "e": 7 } })),
        );
        check(Edit::remove("/a/1"), Some(json!({ "a": [1], "b/c": { "d": 3 } })));
        check(Edit::remove("/b~1c"), Some(json!({ "a": [1, 2] })));
        check(Edit::set("", 7), Some(json!(7)));
    }

    #[test]
    fn what_leads_nowhere_is_no_edit() {
        for pointer in ["/x/y", "/a/2", "/a/x", "/a/0/z"] {
            check(Edit::set(pointer, 7), None);
        }
        check(Edit::remove("/x"), None);
        check(Edit::remove("/a/2"), None);
        check(Edit::remove(""), None);
    }
}
