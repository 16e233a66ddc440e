//! What the settings say of schemas: how an id is chosen, how a subject is named, where a record names its schema.
//!
//! Pure: gives the builder what it is told.

use super::InvalidSetting;
use super::key::Target;
use super::resolve::Resolved;
use crate::builder::{PublisherBuilder, SchemaMode};
use crate::subject::SubjectNameStrategy;

/// The builder with these settings.
pub(super) fn apply(resolved: &mut Resolved<'_>, mut builder: PublisherBuilder) -> PublisherBuilder {
    if let Some(mode) = mode(resolved) {
        builder = builder.schema_mode(mode);
    }
    let strategy = strategy(resolved);
    if let Some(strategy) = resolved.valid(strategy).flatten() {
        builder = builder.subject_strategy(strategy);
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
        (_, Some(true)) => {
            let latest = resolved.get(Target::UseLatest)?;
            resolved
                .invalid
                .push(latest.invalid("is not offered yet; remove the key"));
            None
        }
        (Some(true), _) => Some(SchemaMode::AutoRegister),
        (Some(false), _) => Some(SchemaMode::LookUp),
        (None, _) => None,
    }
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
