//! Names that readers' code cannot have.
//!
//! Knows what Avro allows as little as the parser lets pass.

use crate::lint::avro_parts::{AvroPart, Part};
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::Kind;

const PACKAGE: LintCase = LintCase::one(
    "a namespace like a Java package",
    r#"{"type":"record","name":"Placed","namespace":"com.acme.sales","fields":[]}"#,
);

/// A type in no namespace.
pub(in crate::lint) static NO_NAMESPACE: Lint = Lint {
    id: "reader-avro-no-namespace",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Java],
    levels: &[],
    title: "a named type has no namespace",
    explanation: "With `specific.avro.reader=true` the deserializer looks for the class by namespace and name. Without a \
                  namespace that is a class in Java's default package, which no class in a package can import. Give the \
                  type a namespace now: adding one later renames the type for these readers.",
    source: "Confluent KafkaAvroDeserializer, `specific.avro.reader`; Java Language Specification, 7.5",
    breaches: &[LintCase::one(
        "a record in no namespace",
        r#"{"type":"record","name":"Placed","fields":[]}"#,
    )],
    near_misses: &[
        PACKAGE,
        LintCase::one(
            "the namespace in the name",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":{"type":"enum","name":"Status","symbols":["A"]}}]}"#,
        ),
    ],
    check: Check::AvroPart(|part| {
        let definition = part.definition()?;
        let empty = definition.name.namespace().is_empty();
        empty.then(|| {
            Found::new(format!(
                "{} {} has no namespace",
                definition.kind.word(),
                definition.name
            ))
        })
    }),
};

/// A namespace that is no package.
pub(in crate::lint) static NAMESPACE: Lint = Lint {
    id: "reader-avro-namespace",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Java],
    levels: &[],
    title: "a namespace is not like a Java package",
    explanation: "Avro's compiler makes it the package of the generated class. A part that is a word of Java does not compile, \
                  and one with capitals is taken for a class by readers and tools. Write lower-case words such as \
                  `com.acme.sales`.",
    source: "Apache Avro Java, SpecificCompiler; Java Language Specification, 3.9 and 6.1",
    breaches: &[
        LintCase::one(
            "a word of Java",
            r#"{"type":"record","name":"Placed","namespace":"com.acme.new","fields":[]}"#,
        ),
        LintCase::one(
            "capitals",
            r#"{"type":"record","name":"Placed","namespace":"com.acme.Sales","fields":[]}"#,
        ),
    ],
    near_misses: &[
        PACKAGE,
        LintCase::one("no namespace", r#"{"type":"record","name":"Placed","fields":[]}"#),
    ],
    check: Check::AvroPart(|part| {
        let name = &part.definition()?.name;
        let wrong = |part: &&str| JAVA.contains(part) || part.chars().any(|letter| letter.is_ascii_uppercase());
        let wrong = name.namespace().split('.').find(wrong)?;
        Some(Found::new(format!(
            "`{wrong}` in the namespace of {name} is no part of a Java package"
        )))
    }),
};

const OTHER_WORDS: LintCase = LintCase::one(
    "words of neither",
    r#"{"type":"record","name":"com.acme.Class","fields":[{"name":"klass","type":"string"},{"name":"type","type":"string"}]}"#,
);

/// A name that is a word of Java.
pub(in crate::lint) static JAVA_KEYWORD: Lint = Lint {
    id: "reader-avro-java-keyword",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Java],
    levels: &[],
    title: "a name is a word of Java",
    explanation: "No class can have it: Avro's compiler appends a `$` (`getClass$()`), other generators fail, and a bean of \
                  one's own needs a mapping. Choose another name; once published, only an alias renames it. Go is not \
                  concerned by such words: its exported fields begin with a capital.",
    source: "Apache Avro Java, SpecificCompiler; Java Language Specification, 3.9",
    breaches: &[
        LintCase::one(
            "a field",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"class","type":"string"}]}"#,
        ),
        LintCase::one(
            "a symbol",
            r#"{"type":"enum","name":"com.acme.Kind","symbols":["new","used"],"default":"new"}"#,
        ),
    ],
    near_misses: &[
        OTHER_WORDS,
        LintCase::one(
            "symbols in capitals",
            r#"{"type":"enum","name":"com.acme.Kind","symbols":["NEW","USED"],"default":"NEW"}"#,
        ),
        LintCase::one(
            "a word of Python",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"from","type":"string"}]}"#,
        ),
    ],
    check: Check::AvroPart(|part| {
        if let Some(found) = word_of(part, &JAVA, "Java") {
            return Some(found);
        }
        let Kind::Enum { symbols, .. } = &part.definition()?.kind else {
            return None;
        };
        let symbol = symbols.iter().find(|symbol| JAVA.contains(&symbol.as_str()))?;
        Some(Found::new(format!("the symbol `{symbol}` is a word of Java")).at("symbols"))
    }),
};

/// A name that is a word of Python.
pub(in crate::lint) static PYTHON_KEYWORD: Lint = Lint {
    id: "reader-avro-python-keyword",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Python],
    levels: &[],
    title: "a name is a word of Python",
    explanation: "fastavro's dicts have it as a key, but no dataclass or named tuple as an attribute, so `from_dict` has to \
                  map it. Choose another name; once published, only an alias renames it.",
    source: "Python Language Reference, 2.3.1",
    breaches: &[
        LintCase::one(
            "a field",
            r#"{"type":"record","name":"com.acme.Moved","fields":[{"name":"from","type":"string"}]}"#,
        ),
        LintCase::one("a type", r#"{"type":"record","name":"com.acme.None","fields":[]}"#),
    ],
    near_misses: &[
        OTHER_WORDS,
        LintCase::one(
            "a symbol, which stays a text",
            r#"{"type":"enum","name":"com.acme.Kind","symbols":["from","to"],"default":"to"}"#,
        ),
    ],
    check: Check::AvroPart(|part| word_of(part, &PYTHON, "Python")),
};

/// A field or a type whose name is one of these words.
fn word_of(part: &AvroPart<'_>, words: &[&str], language: &str) -> Option<Found> {
    let (what, name) = match part.part {
        Part::Type(_) => return None,
        Part::Field(field) => ("the field", &*field.name),
        Part::Definition(definition) => (definition.kind.word(), definition.name.simple()),
    };
    let message = || Found::new(format!("{what} `{name}` is a word of {language}")).at("name");
    words.contains(&name).then(message)
}

/// The reserved words and literals of Java.
const JAVA: [&str; 53] = [
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "void",
    "volatile",
    "while",
];

/// The keywords of Python.
const PYTHON: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];
