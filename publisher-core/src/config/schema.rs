//! What the settings say of schemas: how an id is chosen, how a subject is named, where a record names its schema.
//!
//! Pure: gives the builder what it is told.

use std::time::Duration;

use super::InvalidSetting;
use super::key::Target;
use super::resolve::Resolved;
use super::settings::Setting;
use crate::builder::PublisherBuilder;
use crate::framing::Framing;
use crate::resolver::SchemaMode;
use crate::subject::SubjectNameStrategy;

/// The builder with these settings.
pub(super) fn apply(resolved: &mut Resolved<'_>, mut builder: PublisherBuilder) -> PublisherBuilder {
    if let Some(mode) = mode(resolved) {
        builder = builder.schema_mode(mode);
        if let Some(ttl) = latest_ttl(resolved, mode) {
            builder = builder.latest_ttl_of_settings(ttl);
        }
    }
    let strategy = strategy(resolved);
    if let Some(strategy) = resolved.valid(strategy).flatten() {
        builder = builder.subject_strategy(strategy);
    }
    let framing = framing(resolved);
    if let Some(framing) = resolved.valid(framing).flatten() {
        builder = builder.framing(framing);
    }
    builder
}

/// How ids are chosen; `None` if nothing is said of it. Java lets one setting win over the others; here they have to agree.
fn mode(resolved: &mut Resolved<'_>) -> Option<SchemaMode> {
    let register = resolved.read(Target::AutoRegister, |s| s.truth());
    let latest = resolved.read(Target::UseLatest, |s| s.truth());
    if let Some(setting) = resolved.get(Target::UseSchemaId)
        && resolved.valid(setting.number(-1..=i32::MAX)).is_some_and(|id| id != -1)
    {
        let reason = "one id cannot be that of every schema; remove the key, and name the subject: \
             `.schema_mode(SchemaMode::Id).schema_id(\"orders-value\", SchemaId(7))`";
        resolved.invalid.push(setting.invalid(reason));
    }
    match (register, latest) {
        (Some(true), Some(true)) => {
            let register = resolved.get(Target::AutoRegister)?;
            let latest = resolved.get(Target::UseLatest)?;
            let reason = format!(
                "contradicts `{}=true`: one writes our schema to the registry, the other takes the registry's; keep one",
                register.key
            );
            resolved.invalid.push(latest.invalid(reason));
            None
        }
        (_, Some(true)) => Some(SchemaMode::Latest),
        (Some(true), _) => Some(SchemaMode::AutoRegister),
        (Some(false), _) => Some(SchemaMode::LookUp),
        (None, _) => None,
    }
}

/// Only where the latest version is used: listings of Java's settings have the key always, with -1 for never.
fn latest_ttl(resolved: &mut Resolved<'_>, mode: SchemaMode) -> Option<Duration> {
    if mode != SchemaMode::Latest {
        return None;
    }
    resolved.read(Target::LatestTtl, |s| {
        s.number(1..=i32::MAX as u64).map(Duration::from_secs)
    })
}

/// One way for values and keys.
fn framing(resolved: &Resolved<'_>) -> Result<Option<Framing>, InvalidSetting> {
    let read = |setting: &Setting| match setting.class() {
        "PrefixSchemaIdSerializer" | "prefix_schema_id_serializer" => Ok(Framing::Prefix),
        "HeaderSchemaIdSerializer" | "header_schema_id_serializer" => Ok(Framing::GuidHeaders),
        _ => Err(setting.is_no("`PrefixSchemaIdSerializer` or `HeaderSchemaIdSerializer`")),
    };
    let value = resolved.filled(Target::ValueFraming);
    let of_values = value.map(read).transpose()?;
    if let Some(key) = resolved.filled(Target::KeyFraming)
        && read(key)? != of_values.unwrap_or_default()
    {
        return Err(key.invalid(
            "is another way than that of values, and there is one for both; set `value.schema.id.serializer` to the same",
        ));
    }
    Ok(of_values)
}

fn strategy(resolved: &Resolved<'_>) -> Result<Option<SubjectNameStrategy>, InvalidSetting> {
    let Some(setting) = resolved.filled(Target::ValueStrategy) else {
        return Ok(None);
    };
    let words: String = setting.class().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    // `TopicRecordNameStrategy`, `topic_record_subject_name_strategy`, `topic_record`.
    let name = words.to_ascii_lowercase();
    let name = name.strip_suffix("namestrategy").unwrap_or(&name);
    match name.strip_suffix("subject").unwrap_or(name) {
        "topic" => Ok(Some(SubjectNameStrategy::Topic)),
        "record" => Ok(Some(SubjectNameStrategy::Record)),
        "topicrecord" => Ok(Some(SubjectNameStrategy::TopicRecord)),
        _ => Err(setting.is_no(
            "`TopicNameStrategy`, `RecordNameStrategy` or `TopicRecordNameStrategy`; name subjects of your own by \
             `subject_strategy`",
        )),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests {
    use super::*;
    use crate::config::Settings;

    /// Mode, time to live, strategy and framing; or what is wrong with the settings.
    fn check(text: &str, expected: &str) {
        let settings = Settings::from_properties(text).unwrap();
        let mut resolved = Resolved::new(&settings, &[]);
        let mode = mode(&mut resolved);
        let ttl = mode.and_then(|mode| latest_ttl(&mut resolved, mode));
        let (strategy, framing) = (strategy(&resolved), framing(&resolved));
        let strategy = resolved.valid(strategy).flatten();
        let framing = resolved.valid(framing).flatten();
        let parts = [
            mode.map(|mode| format!("{mode:?}")),
            ttl.map(|ttl| format!("{ttl:?}")),
            strategy.map(|strategy| format!("{strategy:?}")),
            framing.map(|framing| format!("{framing:?}")),
        ];
        let refused: Vec<String> = resolved.invalid.iter().map(ToString::to_string).collect();
        let told: Vec<String> = parts.into_iter().flatten().collect();
        let actual = if refused.is_empty() {
            told.join(" ")
        } else {
            refused.join("; ")
        };
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn modes() {
        check("", "");
        check("auto.register.schemas=true", "AutoRegister");
        check("auto.register.schemas=false", "LookUp");
        check("use.latest.version=true", "Latest");
        check("use.latest.version=false", "");
        check(
            "auto.register.schemas=false\nuse.latest.version=true\nlatest.cache.ttl.sec=30",
            "Latest 30s",
        );
        check(
            "auto.register.schemas=false\nlatest.cache.ttl.sec=-1\nuse.schema.id=-1",
            "LookUp",
        );
    }

    #[test]
    fn contradictions_are_refused() {
        check(
            "auto.register.schemas=true\nuse.latest.version=true",
            "line 2: use.latest.version: contradicts `auto.register.schemas=true`: one writes our schema to the registry, the \
             other takes the registry's; keep one",
        );
        check(
            "use.latest.version=true\nlatest.cache.ttl.sec=-1",
            "line 2: latest.cache.ttl.sec: \"-1\" is not a whole number from 1 to 2147483647",
        );
        check(
            "use.schema.id=7",
            "line 1: use.schema.id: one id cannot be that of every schema; remove the key, and name the subject: \
             `.schema_mode(SchemaMode::Id).schema_id(\"orders-value\", SchemaId(7))`",
        );
        check(
            "auto.register.schemas=yes",
            "line 1: auto.register.schemas: \"yes\" is not `true` or `false`",
        );
    }

    #[test]
    fn strategies() {
        let key = "value.subject.name.strategy";
        check(
            &format!("{key}=io.confluent.kafka.serializers.subject.TopicNameStrategy"),
            "Topic",
        );
        check(&format!("{key}=RecordNameStrategy"), "Record");
        check(&format!("{key}=topic_record_subject_name_strategy"), "TopicRecord");
        check("subject.name.strategy=topic-record", "TopicRecord");
        check("subject.name.strategy=record", "Record");
        check(
            &format!("{key}=com.acme.MyStrategy"),
            "line 1: value.subject.name.strategy: \"com.acme.MyStrategy\" is not `TopicNameStrategy`, `RecordNameStrategy` or \
             `TopicRecordNameStrategy`; name subjects of your own by `subject_strategy`",
        );
    }

    #[test]
    fn framings() {
        let package = "io.confluent.kafka.serializers.schema.id";
        check(
            &format!("value.schema.id.serializer={package}.HeaderSchemaIdSerializer"),
            "GuidHeaders",
        );
        check("schema.id.serializer=prefix_schema_id_serializer", "Prefix");
        check("key.schema.id.serializer=PrefixSchemaIdSerializer", "");
        check(
            "key.schema.id.serializer=HeaderSchemaIdSerializer\nvalue.schema.id.serializer=HeaderSchemaIdSerializer",
            "GuidHeaders",
        );
        check(
            "key.schema.id.serializer=HeaderSchemaIdSerializer",
            "line 1: key.schema.id.serializer: is another way than that of values, and there is one for both; set \
             `value.schema.id.serializer` to the same",
        );
        check(
            "value.schema.id.serializer=Mine",
            "line 1: value.schema.id.serializer: \"Mine\" is not `PrefixSchemaIdSerializer` or `HeaderSchemaIdSerializer`",
        );
    }
}
