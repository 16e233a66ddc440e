//! The arguments of every verb.
//!
//! What a verb does is in `command/`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use publisher_core::compatibility::{Dialect, Level};

use crate::letters::{Only, Place};
use crate::origin::Against;

const EXIT: &str = "Exit status: 0 clean, 100 findings, 101 could not finish (wrong arguments included).";

/// Checks, compares, registers and explains the schemas of published events.
#[derive(Debug, Parser)]
#[command(
    name = "publisher",
    version,
    after_help = EXIT,
    disable_help_subcommand = true,
    infer_long_args = false,
    max_term_width = 120
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the committed schemas against earlier ones
    #[command(after_help = "Examples:
  publisher check                              against the merge base with the main branch
  publisher check --against git:v1.4.0 --format github
  publisher check --against registry:https://registry.example

Exit status: 0 compatible, 100 findings, 101 could not finish.")]
    Check(Check),
    /// Show what changed in the committed schemas, for people
    #[command(after_help = "Examples:
  publisher diff
  publisher diff --format markdown > comment.md    for a pull request

Exit status: 0 no change breaks its level, 100 one does, 101 could not finish.")]
    Diff(Diff),
    /// Compare two schema files
    #[command(after_help = "Example:
  publisher compat --type avro --older v1.avsc --newer v2.avsc --level BACKWARD --format json

With --format json the last line is one object: {\"compatible\": bool, \"findings\": [...]}.

Exit status: 0 compatible, 100 incompatible, 101 could not finish.")]
    Compat(Compat),
    /// Look for what a registry accepts and readers stumble over
    #[command(after_help = "Examples:
  publisher lint --reader python,node
  publisher lint --against none                only the schemas as they are

Exit status: 0 clean, 100 findings, 101 could not finish.")]
    Lint(Lint),
    /// Register the committed schemas; without --yes only show what would be done
    #[command(after_help = "Examples:
  publisher register --registry https://registry.example           shows what would be registered
  publisher register --registry https://registry.example --yes     registers it

Credentials: SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD, or SCHEMA_REGISTRY_TOKEN.

Exit status: 0 done or nothing to do, 100 a level forbids it (nothing is written then), 101 could not finish.")]
    Register(Register),
    /// Write the registry's versions into schemas/history
    #[command(after_help = "Example:
  publisher pull --registry https://registry.example && publisher check --against history

Exit status: 0 done, 101 could not finish.")]
    Pull(Pull),
    /// Write the ids that the registry gave to the committed schemas into schemas/schemas.lock
    #[command(after_help = "Examples:
  publisher lock --registry https://registry.example           looks the schemas up and writes the file
  publisher lock --registry https://registry.example --check   writes nothing; 100 if the file is not up to date

Exit status: 0 done or nothing to do, 100 the registry lacks a schema or the file differs (nothing is written then),
101 could not finish.")]
    Lock(Lock),
    /// Take a record's bytes apart: frame, schema id, every field
    #[command(after_help = "Examples:
  publisher explain 000000002a0a68656c6c6f --schema schemas/com.acme.Greeting.avsc
  publisher explain --file value.bin --registry https://registry.example

Exit status: 0 explained, 100 the bytes do not fit the schema, 101 could not finish.")]
    Explain(Explain),
    /// Look at dead letters, and publish their events again (needs the feature kafka)
    #[command(after_help = "Examples:
  publisher dlq list orders.dlq --bootstrap-servers kafka:9092
  publisher dlq show orders.dlq 0:12 --config shop.properties --payload text
  publisher dlq replay dead-letters.jsonl --bootstrap-servers kafka:9092 --dry-run

Exit status: 0 done, 100 some letters were passed over, 101 could not finish.")]
    Dlq(Dlq),
    /// List the rules, or show one with its cases
    #[command(after_help = "Examples:
  publisher rules
  publisher rules avro-field-without-default

Exit status: 0 shown, 101 no such rule.")]
    Rules(Rules),
    /// Print the completions for a shell
    #[command(after_help = "Example:
  publisher completions bash > /etc/bash_completion.d/publisher

Exit status: 0 printed, 101 no such shell.")]
    Completions(Completions),
}

/// What every verb over the committed schemas takes.
#[derive(Args, Debug)]
pub(crate) struct Committed {
    /// The folder of the committed schemas
    #[arg(long, value_name = "DIR", default_value = "schemas")]
    pub(crate) schemas: String,
}

#[derive(Args, Debug)]
pub(crate) struct Baselined {
    #[command(flatten)]
    pub(crate) committed: Committed,
    /// What to compare with: git:REF (the merge base of HEAD and REF), dir:PATH, history or registry:URL. For git alone
    /// the first of origin/main, origin/HEAD and main that exists
    #[arg(long, value_name = "BASELINE", default_value = "git", value_parser = Against::parse)]
    pub(crate) against: Against,
    /// The level that counts instead of those in publisher.toml and in the registry
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub(crate) level: Option<Level>,
    /// Whose verdict is followed: confluent, confluent-lenient or apicurio
    #[arg(long, value_name = "DIALECT", value_parser = dialect)]
    pub(crate) dialect: Option<Dialect>,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) baselined: Baselined,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) baselined: Baselined,
    /// How changes are written
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal
    Text,
    /// For a comment on a pull request
    Markdown,
}

#[derive(Args, Debug)]
pub(crate) struct Compat {
    /// The schema language
    #[arg(long = "type", value_enum, value_name = "TYPE")]
    pub(crate) schema_type: Language,
    /// The file with the older schema
    #[arg(long, value_name = "FILE")]
    pub(crate) older: String,
    /// The file with the newer schema
    #[arg(long, value_name = "FILE")]
    pub(crate) newer: String,
    /// NONE, BACKWARD, FORWARD, FULL or one of these with _TRANSITIVE
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub(crate) level: Level,
    /// Whose verdict is followed: confluent, confluent-lenient or apicurio
    #[arg(long, value_name = "DIALECT", default_value = "confluent", value_parser = dialect)]
    pub(crate) dialect: Dialect,
    /// A schema that both may refer to by NAME; those that others need first
    #[arg(long = "reference", value_name = "NAME=FILE")]
    pub(crate) references: Vec<String>,
    /// How the verdict is written
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(crate) format: PlainFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Apache Avro
    Avro,
    /// JSON Schema
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct Lint {
    #[command(flatten)]
    pub(crate) committed: Committed,
    /// The readers to look for: python, node, java, connect, flink, go; several with commas. All by default
    #[arg(long = "reader", value_name = "READER", value_delimiter = ',')]
    pub(crate) readers: Vec<String>,
    /// Since when changes of meaning are looked for, as of check; or none
    #[arg(long, value_name = "BASELINE", default_value = "git", value_parser = lint_baseline)]
    pub(crate) against: LintBaseline,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

/// Lints of one schema need no other.
#[derive(Clone, Debug)]
pub(crate) enum LintBaseline {
    None,
    Against(Against),
}

fn lint_baseline(text: &str) -> Result<LintBaseline, String> {
    match text {
        "none" => Ok(LintBaseline::None),
        _ => Against::parse(text)
            .map(LintBaseline::Against)
            .map_err(|error| format!("{error}, nor none")),
    }
}

/// Where the registry is.
#[derive(Args, Debug)]
pub(crate) struct Registry {
    /// The registry's address; else `registry` in publisher.toml, else SCHEMA_REGISTRY_URL
    #[arg(long, value_name = "URL")]
    pub(crate) registry: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Register {
    #[command(flatten)]
    pub(crate) committed: Committed,
    #[command(flatten)]
    pub(crate) registry: Registry,
    /// Register, instead of showing what would be registered
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Pull {
    #[command(flatten)]
    pub(crate) committed: Committed,
    #[command(flatten)]
    pub(crate) registry: Registry,
    /// Pull every subject of the registry, not only those of the committed schemas
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Lock {
    #[command(flatten)]
    pub(crate) committed: Committed,
    #[command(flatten)]
    pub(crate) registry: Registry,
    /// What the entries call the registry, as the publishers' configuration does; its address by default
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Write nothing, and end with 100 if the file is not up to date
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The bytes as hex or base64
    #[arg(value_name = "BYTES", required_unless_present = "file", conflicts_with = "file")]
    pub(crate) bytes: Option<String>,
    /// The file with the bytes as they are
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<String>,
    /// The bytes have no frame
    #[arg(long, conflicts_with = "header")]
    pub(crate) bare: bool,
    /// The value of the header that names the schema, as hex or base64; the bytes then have no frame
    #[arg(long, value_name = "HEX")]
    pub(crate) header: Option<String>,
    /// The file with the writer's schema, instead of asking the registry by the id; its folder has what it refers to
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<String>,
    #[command(flatten)]
    pub(crate) committed: Committed,
    #[command(flatten)]
    pub(crate) registry: Registry,
}

#[derive(Args, Debug)]
pub(crate) struct Dlq {
    #[command(subcommand)]
    pub(crate) command: DlqCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DlqCommand {
    /// List the letters, a line each
    #[command(after_help = "Examples:
  publisher dlq list orders.dlq --bootstrap-servers kafka:9092 --only code=too_large
  publisher dlq list dead-letters.jsonl --format json

Exit status: 0 listed, 100 some are no letters, 101 could not finish.")]
    List(DlqList),
    /// Show one letter with all that is known of it
    #[command(after_help = "Examples:
  publisher dlq show orders.dlq 0:12 --bootstrap-servers kafka:9092
  publisher dlq show dead-letters.jsonl 0197d6f0-7b1c-7c3e-9a55-0f6f3c1f2a10 --payload hex

Exit status: 0 shown, 101 no such letter, or could not finish.")]
    Show(DlqShow),
    /// Publish the events again, to the topics where they were to go
    #[command(
        after_help = "Key, value, headers, event_id and time are those of the first attempt, and so is the order of each key. Letters stay
where they are: nothing is removed. The first event that fails again ends it, and the answer says where to go on.

Examples:
  publisher dlq replay orders.dlq --bootstrap-servers kafka:9092 --dry-run
  publisher dlq replay orders.dlq --config shop.properties --only topic=orders --limit 100
  publisher dlq replay orders.dlq --config shop.properties --from 0:12,1:7

Exit status: 0 all replayed, 100 some were passed over, 101 could not finish."
    )]
    Replay(DlqReplay),
}

/// Where the letters are, and which of them count.
#[derive(Args, Debug)]
pub(crate) struct Letters {
    /// The file of a publisher, if there is one of this name; else the topic of the letters
    #[arg(value_name = "TOPIC|FILE")]
    pub(crate) source: String,
    /// Where the cluster is found; goes before the file's
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) bootstrap_servers: Option<String>,
    /// A properties file as publishers take it, with credentials
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,
    /// Begin at this offset of a partition, or at this line of a file; several with commas
    #[arg(long, value_name = "PARTITION:OFFSET|LINE", value_delimiter = ',')]
    pub(crate) from: Vec<Place>,
}

/// Which of the letters count.
#[derive(Args, Debug)]
pub(crate) struct Chosen {
    /// Only letters with this: topic, type, code, event_id or key; all of them where there are several
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) only: Vec<Only>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
}

#[derive(Args, Debug)]
pub(crate) struct DlqList {
    #[command(flatten)]
    pub(crate) letters: Letters,
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// How letters are written
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(crate) format: PlainFormat,
}

#[derive(Args, Debug)]
pub(crate) struct DlqShow {
    #[command(flatten)]
    pub(crate) letters: Letters,
    /// The letter's place as list has it, or the event_id
    #[arg(value_name = "PLACE|EVENT_ID")]
    pub(crate) letter: String,
    /// Show the value as well: it may hold personal data
    #[arg(long, value_enum)]
    pub(crate) payload: Option<Payload>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Payload {
    /// Hexadecimal digits
    Hex,
    /// Base64
    Base64,
    /// Text, where it is UTF-8
    Text,
}

#[derive(Args, Debug)]
pub(crate) struct DlqReplay {
    #[command(flatten)]
    pub(crate) letters: Letters,
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// Publish nothing, and say what would be
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Rules {
    /// The rule's id
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

fn level(text: &str) -> Result<Level, String> {
    text.parse()
        .map_err(|error: publisher_core::compatibility::UnknownLevel| error.to_string())
}

fn dialect(text: &str) -> Result<Dialect, String> {
    text.parse()
        .map_err(|error: publisher_core::compatibility::UnknownDialect| error.to_string())
}
