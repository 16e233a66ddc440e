//! The names of the attributes in `#[event(...)]`, and where each may stand.

use std::fmt;

macro_rules! symbols {
    ($($symbol:ident = $text:literal,)*) => {
        /// The name of an attribute.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Symbol {
            $($symbol,)*
        }

        impl Symbol {
            const ALL: &[Self] = &[$(Self::$symbol,)*];

            pub(crate) fn text(self) -> &'static str {
                match self {
                    $(Self::$symbol => $text,)*
                }
            }
        }
    };
}

symbols! {
    Topic = "topic",
    Namespace = "namespace",
    Name = "name",
    Schema = "schema",
    Version = "version",
    Encoding = "encoding",
    Model = "model",
    JsonFormats = "json_formats",
    Key = "key",
    Unkeyed = "unkeyed",
    RenameAll = "rename_all",
    Crate = "crate",
    Time = "time",
    Rename = "rename",
    Skip = "skip",
    Default = "default",
    Decimal = "decimal",
    Micros = "micros",
    AsString = "as_string",
    Fixed = "fixed",
    Min = "min",
    Max = "max",
    ExclusiveMin = "exclusive_min",
    ExclusiveMax = "exclusive_max",
    MinLength = "min_length",
    MaxLength = "max_length",
    Pattern = "pattern",
    Format = "format",
    MinItems = "min_items",
    MaxItems = "max_items",
    As = "as",
    With = "with",
    Into = "into",
    Tag = "tag",
    Union = "union",
    Alias = "alias",
    Flatten = "flatten",
    Recursive = "recursive",
    Shared = "shared",
}

impl Symbol {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|symbol| symbol.text() == text)
    }

    /// Where the attribute belongs, for the message that it stands elsewhere.
    pub(crate) fn home(self) -> String {
        let mut places: Vec<String> = Vec::new();
        for place in Place::ALL.iter().filter(|place| place.allowed().contains(&self)) {
            let place = place.to_string();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.join(", or ")
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.text())
    }
}

/// What an attribute is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A struct that derives `Event`.
    Event,
    /// A struct that derives `EventData`.
    Record,
    /// A tuple struct with one field.
    Newtype,
    /// An enum that derives `EventData`.
    Symbols,
    /// An enum that derives `Event`.
    EventEnum,
    /// A struct variant of an enum of events.
    RecordVariant,
    /// A variant that holds an event.
    WrappingVariant,
    /// The event in such a variant.
    WrappedEvent,
    /// A variant of an enum that derives `EventData`.
    SymbolVariant,
    /// A named field of an event.
    EventField,
    /// A named field of another record.
    Field,
    /// The field of a newtype.
    NewtypeField,
    /// A variant with named fields of an enum that derives `EventData`.
    DataVariant,
    /// A variant of such an enum that holds one value.
    HoldingVariant,
    /// The value in such a variant.
    HeldValue,
}

impl Place {
    const ALL: &[Self] = &[
        Self::Event,
        Self::Record,
        Self::Newtype,
        Self::Symbols,
        Self::EventEnum,
        Self::RecordVariant,
        Self::WrappingVariant,
        Self::WrappedEvent,
        Self::SymbolVariant,
        Self::EventField,
        Self::Field,
        Self::NewtypeField,
        Self::DataVariant,
        Self::HoldingVariant,
        Self::HeldValue,
    ];

    /// The attributes that may stand here, in the order of the messages.
    pub(crate) fn allowed(self) -> Vec<Symbol> {
        use Symbol::*;
        let schema = [Version, Encoding, Model, JsonFormats];
        // What says something of a value, wherever one stands.
        let value = [
            Decimal,
            Micros,
            AsString,
            Fixed,
            Min,
            Max,
            ExclusiveMin,
            ExclusiveMax,
            MinLength,
            MaxLength,
            Pattern,
            Format,
            MinItems,
            MaxItems,
        ];
        let field = [Rename, Skip, Default, Alias, Flatten, Recursive];
        let convert = [As, With];
        match self {
            Self::Event => [
                &[Topic, Namespace, Name, Schema],
                &schema[..],
                &[Key, Unkeyed, RenameAll, Crate, Alias],
            ]
            .concat(),
            Self::Record => vec![Namespace, Name, Shared, RenameAll, Into, Crate, Alias],
            Self::Symbols => vec![Namespace, Name, Shared, RenameAll, Tag, Union, Into, Crate, Alias],
            Self::Newtype => [&value[..], &[Into, Crate, Recursive]].concat(),
            Self::EventEnum => [&[Topic, Namespace], &schema[..], &[Unkeyed, Crate]].concat(),
            Self::RecordVariant => [&[Topic, Name, Schema], &schema[..], &[Key, Unkeyed, RenameAll, Alias]].concat(),
            Self::WrappingVariant | Self::WrappedEvent => Vec::new(),
            Self::SymbolVariant => vec![Rename, Default],
            Self::EventField => [&[Key, Time], &field[..], &value, &convert].concat(),
            Self::Field => [&field[..], &value, &convert].concat(),
            Self::NewtypeField => [&value[..], &convert, &[Recursive]].concat(),
            Self::HeldValue => [&value[..], &convert].concat(),
            Self::DataVariant => vec![Rename, Name, RenameAll],
            Self::HoldingVariant => vec![Rename],
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Event => "a struct that derives `Event`",
            Self::Record => "a struct that derives `EventData`",
            Self::Newtype => "a newtype",
            Self::Symbols => "an enum that derives `EventData`",
            Self::EventEnum => "an enum that derives `Event`",
            Self::RecordVariant => "a variant with named fields",
            Self::WrappingVariant => "a variant that holds an event",
            Self::WrappedEvent => "the event in a variant",
            Self::SymbolVariant => "a variant without data of an enum that derives `EventData`",
            Self::EventField => "a field of an event",
            Self::Field => "a field of a struct that derives `EventData`",
            Self::NewtypeField => "the field of a newtype",
            Self::DataVariant => "a variant with named fields",
            Self::HoldingVariant => "a variant that holds a value",
            Self::HeldValue => "the value in a variant",
        })
    }
}

/// `` `a`, `b`, `c` ``
pub(crate) fn list<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    texts.join(", ")
}

/// The candidate that was probably meant, if one is near.
pub(crate) fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = written.chars().count() / 3 + 1;
    candidates
        .into_iter()
        .map(|candidate| (distance(written, candidate), candidate))
        .filter(|(distance, _)| *distance <= far)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Insertions, deletions and replacements from one text to the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_has_a_place_and_its_own_text() {
        for symbol in Symbol::ALL {
            assert!(!symbol.home().is_empty(), "{symbol}");
            assert_eq!(Symbol::parse(symbol.text()), Some(*symbol));
        }
    }

    #[test]
    fn the_nearest_spelling_is_found() {
        let names = || Symbol::ALL.iter().map(|symbol| symbol.text());
        assert_eq!(nearest("topc", names()), Some("topic"));
        assert_eq!(nearest("rename-all", names()), Some("rename_all"));
        assert_eq!(nearest("min_len", names()), Some("min_length"));
        assert_eq!(nearest("minlength", names()), Some("min_length"));
        assert_eq!(nearest("frobnicate", names()), None);
    }
}
