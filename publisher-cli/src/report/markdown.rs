//! Changes for a comment on a pull request.

use std::fmt::Write as _;

use crate::command::counted;
use crate::judgement::{Judged, State};
use crate::report::text::strongest;
use publisher_core::differences::Change;

/// All schemas that changed, with what changed and what that breaks.
pub(crate) fn changes(baseline: &str, changed: &[(&Judged, Vec<Change>)], notes: &[String]) -> String {
    let mut text = format!("### Event schemas, against `{baseline}`\n\n");
    if changed.is_empty() && notes.is_empty() {
        text.push_str("No schema has changed.\n");
        return text;
    }
    for (judged, changes) in changed {
        let verdict = match (judged.state, judged.found.len()) {
            (State::New, _) => "new".to_owned(),
            (_, 0) => format!("✅ {} holds", judged.level),
            (_, count) => format!("❌ {} broken by {}", judged.level, counted(count, "finding")),
        };
        let _ = writeln!(
            text,
            "#### `{}`: {verdict}\n",
            judged.subject.as_deref().unwrap_or(&judged.name)
        );
        if !changes.is_empty() {
            text.push_str("| | change |\n|---|---|\n");
            for change in changes {
                let _ = writeln!(text, "| {} | {} |", change.sign(), cell(&change.words()));
            }
            text.push('\n');
        }
        for found in &judged.found {
            let _ = writeln!(text, "- **{}** {}", found.rule, inline(&found.message));
            for part in [&found.breaks, &found.deploy].into_iter().flatten() {
                let _ = writeln!(text, "  - {}", inline(part));
            }
            for repair in &found.repairs {
                let _ = writeln!(text, "  - repair: {}", inline(repair));
            }
        }
        let words = strongest(judged);
        if let Some(words) = words.strip_prefix("; ") {
            let _ = writeln!(text, "\n{}\n", inline(words));
        }
    }
    for note in notes {
        let _ = writeln!(text, "- {}", inline(note));
    }
    text
}

/// As code, whatever is in it, within a table.
fn cell(text: &str) -> String {
    let text = text.replace('\n', " ").replace('|', "\\|");
    // A longer fence than any within.
    let longest = text.split(|symbol| symbol != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// As plain words: what Markdown or HTML would read is shown as it is.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '\n' => escaped.push(' '),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '*' | '_' | '`' | '[' | ']' | '\\' | '|' | '#' | '@' => {
                escaped.push('\\');
                escaped.push(symbol);
            }
            _ => escaped.push(symbol),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_schema_is_read_as_markdown() {
        assert_eq!(cell("a|b"), "`a\\|b`");
        assert_eq!(cell("a `b` c"), "`` a `b` c ``");
        assert_eq!(inline("<b> *x* @all"), "&lt;b> \\*x\\* \\@all");
    }
}
