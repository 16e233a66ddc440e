//! `rename_all`: the spellings of names, as serde has them.

/// A spelling of names; kebab-case is no legal name in Avro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
}

impl Case {
    pub(crate) const ALL: &[(&str, Self)] = &[
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
    ];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == text).map(|(_, case)| *case)
    }

    /// The name of a field, which Rust writes in snake_case.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => pascal(name),
            Self::Camel => uncapitalized(&pascal(name)),
        }
    }

    /// The name of a variant, which Rust writes in PascalCase.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => uncapitalized(name),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_ascii_uppercase(),
        }
    }
}

fn pascal(name: &str) -> String {
    name.split('_').map(capitalized).collect()
}

fn capitalized(word: &str) -> String {
    first(word, char::to_ascii_uppercase)
}

fn uncapitalized(word: &str) -> String {
    first(word, char::to_ascii_lowercase)
}

fn first(word: &str, change: impl Fn(&char) -> char) -> String {
    word.chars()
        .enumerate()
        .map(|(index, char)| if index == 0 { change(&char) } else { char })
        .collect()
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for (index, char) in name.chars().enumerate() {
        if index > 0 && char.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(char.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: &str, variant: &str, expected: [(&str, &str); 6]) {
        for ((name, case), (as_field, as_variant)) in Case::ALL.iter().zip(expected) {
            assert_eq!(case.field(field), as_field, "{name}");
            assert_eq!(case.variant(variant), as_variant, "{name}");
        }
    }

    #[test]
    fn names_are_spelled_as_serde_spells_them() {
        check(
            "order_id",
            "OrderPlaced",
            [
                ("order_id", "orderplaced"),
                ("ORDER_ID", "ORDERPLACED"),
                ("OrderId", "OrderPlaced"),
                ("orderId", "orderPlaced"),
                ("order_id", "order_placed"),
                ("ORDER_ID", "ORDER_PLACED"),
            ],
        );
        check(
            "a",
            "A",
            [("a", "a"), ("A", "A"), ("A", "A"), ("a", "a"), ("a", "a"), ("A", "A")],
        );
    }
}
