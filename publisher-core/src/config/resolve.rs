//! Settings and tables together: what each given key asks for, and which cannot be used.
//!
//! Pure but for the log; what a key asks for is carried out elsewhere.

use std::collections::BTreeMap;

use super::key::{Accepted, Key, Target, Treatment};
use super::settings::Setting;
use super::suggestion::nearest;
use super::{InvalidSetting, Settings, java_keys, kafka_keys, registry_keys};

/// How many unknown keys are compared with the known ones: in a file that is something else altogether, no suggestion helps
/// and each takes time.
const MAX_SUGGESTIONS: usize = 100;

/// What settings ask for.
#[derive(Default)]
pub(super) struct Resolved<'a> {
    typed: BTreeMap<Target, &'a Setting>,
    /// Properties for librdkafka by its names, each with the setting that it is from and its value.
    pub(super) properties: BTreeMap<String, (&'a Setting, String)>,
    pub(super) invalid: Vec<InvalidSetting>,
}

impl<'a> Resolved<'a> {
    /// What these settings ask for. `properties` are librdkafka's names, sorted.
    pub(super) fn new(settings: &'a Settings, properties: &[String]) -> Self {
        let mut resolved = Self::default();
        let mut suggestions = MAX_SUGGESTIONS;
        for setting in &settings.given {
            let name = setting.key.as_str();
            if name.contains('\0') || setting.value.contains('\0') {
                resolved.invalid.push(setting.invalid("holds a NUL"));
                continue;
            }
            if let Some(key) = find(name) {
                resolved.treat(setting, &key.treatment);
            } else if contains(properties, name) {
                resolved.pass(setting, name);
            } else {
                let meant = suggestions
                    .checked_sub(1)
                    .and_then(|_| nearest(name, names().chain(properties.iter().map(String::as_str))));
                suggestions = suggestions.saturating_sub(1);
                resolved.invalid.push(unknown(setting, meant));
            }
        }
        resolved
    }

    /// The setting that was given for this, unless its value is empty, which asks for nothing.
    pub(super) fn filled(&self, target: Target) -> Option<&'a Setting> {
        self.get(target).filter(|setting| !setting.text().is_empty())
    }

    /// The setting that was given for this.
    pub(super) fn get(&self, target: Target) -> Option<&'a Setting> {
        self.typed.get(&target).copied()
    }

    /// Notes what is wrong, and goes on without it.
    pub(super) fn valid<T>(&mut self, result: Result<T, InvalidSetting>) -> Option<T> {
        result.map_err(|invalid| self.invalid.push(invalid)).ok()
    }

    /// The value of the setting that was given for this, as `read` reads it.
    pub(super) fn read<T>(
        &mut self,
        target: Target,
        read: impl FnOnce(&Setting) -> Result<T, InvalidSetting>,
    ) -> Option<T> {
        let setting = self.get(target)?;
        self.valid(read(setting))
    }

    /// Asks for a property of librdkafka because of this setting.
    pub(super) fn set(&mut self, setting: &'a Setting, name: &str, value: impl Into<String>) {
        self.properties.insert(name.to_owned(), (setting, value.into()));
    }

    /// Asks for a property of librdkafka with the value as it is. White space around it is dropped as Java does, but not
    /// from what may be a password.
    pub(super) fn pass(&mut self, setting: &'a Setting, name: &str) {
        let secret = super::secret::is_secret(name);
        self.set(setting, name, if secret { &setting.value } else { setting.text() });
    }

    fn treat(&mut self, setting: &'a Setting, treatment: &Treatment) {
        match treatment {
            Treatment::Sets(target, _) => {
                self.typed.insert(*target, setting);
            }
            Treatment::Property(name, _) => self.pass(setting, name),
            Treatment::Fixed(accepted, why) => {
                if !accepted.holds(setting) {
                    self.invalid.push(setting.is_no(&format!("{accepted}: {why}")));
                }
            }
            Treatment::NoEffect(why) => {
                tracing::debug!(key = setting.key, origin = %setting.origin, why, "setting has no effect");
            }
            // An empty value asks for nothing.
            Treatment::Refused(_) if setting.text().is_empty() => {}
            Treatment::Refused(why) => self.invalid.push(setting.invalid(*why)),
        }
    }
}

/// The lines of all three tables.
pub(super) fn keys() -> impl Iterator<Item = &'static Key> {
    [registry_keys::KEYS, kafka_keys::KEYS, java_keys::KEYS]
        .into_iter()
        .flatten()
}

/// The names in all three tables that stand for themselves.
fn names<'a>() -> impl Iterator<Item = &'a str> {
    let all = keys().flat_map(|key| key.names.iter().copied());
    all.filter(|name| !name.ends_with('*'))
}

fn find(name: &str) -> Option<&'static Key> {
    keys().find(|key| {
        let mut names = key.names.iter();
        names.any(|known| match known.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => *known == name,
        })
    })
}

fn contains(sorted: &[String], name: &str) -> bool {
    sorted.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
}

/// Whether a key means something, be it that it is refused. `properties` are librdkafka's names.
#[cfg(test)]
pub(super) fn is_known(name: &str, properties: &[String]) -> bool {
    find(name).is_some() || contains(properties, name)
}

fn unknown(setting: &Setting, meant: Option<&str>) -> InvalidSetting {
    if setting.key.is_empty() {
        return InvalidSetting::unreadable(setting.origin.clone(), "there is no key before the value");
    }
    setting.invalid(match meant {
        Some(meant) => format!("no such key; did you mean `{meant}`?"),
        None => "no such key".to_owned(),
    })
}

impl Accepted {
    fn holds(&self, setting: &Setting) -> bool {
        match self {
            Self::Words(words) => words
                .iter()
                .any(|word| word.eq_ignore_ascii_case(&without_spaces(setting.text()))),
            Self::Classes(classes) => classes.contains(&setting.class()),
        }
    }
}

/// A list may have spaces after its commas.
fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl std::fmt::Display for Accepted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Words(values) | Self::Classes(values)) = self;
        for (index, value) in values.iter().enumerate() {
            f.write_str(match index {
                0 => "",
                _ if index + 1 == values.len() => " or ",
                _ => ", ",
            })?;
            match *value {
                "" => f.write_str("empty")?,
                value => write!(f, "`{value}`")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests {
    use super::*;

    /// What is refused of the settings.
    fn check(text: &str, expected: &[&str]) {
        let settings = Settings::from_properties(text).unwrap();
        let resolved = Resolved::new(&settings, &crate::producer::property_names());
        let actual: Vec<String> = resolved.invalid.iter().map(ToString::to_string).collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn unknown_keys_are_refused_with_the_nearest_known_one() {
        check(
            "linger=5\nbootstrap.server=a:9092\nschema.registry.urls=http://a\ncompresion.type=lz4\nwholly.else=1\n=2",
            &[
                "line 1: linger: no such key; did you mean `linger.ms`?",
                "line 2: bootstrap.server: no such key; did you mean `bootstrap.servers`?",
                "line 3: schema.registry.urls: no such key; did you mean `schema.registry.url`?",
                "line 4: compresion.type: no such key; did you mean `compression.type`?",
                "line 5: wholly.else: no such key",
                "line 6: there is no key before the value",
            ],
        );
        // A callback is no text.
        check("error_cb=1", &["line 1: error_cb: no such key"]);
    }

    #[test]
    fn what_says_only_what_is_done_is_accepted() {
        check("acks=ALL\nacks=-1\nenable.idempotence=true", &[]);
        check(
            "key.serializer=org.apache.kafka.common.serialization.StringSerializer",
            &[],
        );
        check(
            "value.serializer=class io.confluent.kafka.serializers.KafkaAvroSerializer",
            &[],
        );
        check(
            "interceptor.classes=\nssl.enabled.protocols=TLSv1.3, TLSv1.2\ntransactional.id=",
            &[],
        );
        check(
            "metrics.num.samples=2\nrequest.timeout.ms=30000\nkey.schema.id.deserializer=x",
            &[],
        );
    }

    #[test]
    fn what_says_something_else_is_refused_with_the_reason() {
        check(
            "acks=1\nvalue.serializer=com.acme.MySerializer\ninterceptor.classes=com.acme.I\ntransactional.id=t\n\
             request.header.Authorization=canary\nconfig.providers.file.class=x",
            &[
                "line 1: acks: \"1\" is not `all` or `-1`: a delivery means that the record is replicated; for 0 use \
                 `at_most_once`",
                "line 2: value.serializer: \"com.acme.MySerializer\" is not `KafkaAvroSerializer` or `KafkaJsonSchemaSerializer`: the \
                 event type says how it is written (`#[event(encoding = …)]`), in Avro or as JSON with a schema",
                "line 3: interceptor.classes: \"com.acme.I\" is not empty: no Java class can be loaded here; use a `Translator` \
                 before the publisher and `on_delivery` after it",
                "line 4: transactional.id: it makes a publisher of another type: use `transactional` and remove the key",
                "line 5: request.header.Authorization: headers of your own are not sent to the registry; for credentials use \
                 `basic.auth.user.info`, `bearer.auth.token` or `bearer.auth.client.id`",
                "line 6: config.providers.file.class: values are taken as they are, and `${…}` is not resolved; put the value \
                 itself here, or set it by `Settings::set` from where it is kept",
            ],
        );
    }

    #[test]
    fn a_nul_is_refused() {
        check("client.id=a\\u0000b", &["line 1: client.id: holds a NUL"]);
    }

    #[test]
    fn a_file_full_of_unknown_keys_is_refused_in_no_time() {
        let text: String = (0..50_000).map(|number| format!("unknown.key.{number}=\n")).collect();
        let settings = Settings::from_properties(&text).unwrap();
        let resolved = Resolved::new(&settings, &crate::producer::property_names());
        assert_eq!(resolved.invalid.len(), 50_000);
    }
}
