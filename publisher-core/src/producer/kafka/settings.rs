//! What a Kafka producer can be told, and librdkafka's properties made of it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError;

use super::address::invalid_address;
use super::scrub::Scrubber;
use super::{KafkaMode, KafkaProducer, oidc, security};
use crate::error::ConfigError;
use crate::partitioner::Partitioner;
use crate::producer::{Connect, Producer};

/// How long a topic that the broker does not know may still appear, at most.
///
/// librdkafka waits 30 s by default, to give a topic that was just created time to become known to every broker. A
/// topic made on demand is there within a second; 5 s leave room and still end a wrong name while the caller watches.
const TOPIC_GRACE: Duration = Duration::from_secs(5);
/// The pauses between two attempts to connect, the first and the longest. librdkafka looks for timed-out records only
/// between the attempts, so that its default of 10 s makes a report of a 4 s time-out up to 6 s late.
const RECONNECT_BACKOFF_MS: (&str, &str) = ("100", "500");
/// The greatest value that librdkafka takes for it.
const MAX_BUFFER_KBYTES: usize = 2_147_483_647;

/// The property for how long records without a key keep to one partition.
const STICKY_LINGER: &str = "sticky.partitioning.linger.ms";

/// The properties that a raw property may not set, with what to use in their place.
const OWNED: &[(&str, &str)] = &[
    ("bootstrap.servers", "use `bootstrap_servers`"),
    ("metadata.broker.list", "use `bootstrap_servers`"),
    (
        "test.mock.num.brokers",
        "use `bootstrap_servers` with those of `EmbeddedCluster`",
    ),
    ("message.timeout.ms", "use `delivery_timeout`"),
    ("delivery.timeout.ms", "use `delivery_timeout`"),
    ("linger.ms", "use `linger`"),
    ("queue.buffering.max.ms", "use `linger`"),
    ("message.max.bytes", "use `max_record_bytes`"),
    ("queue.buffering.max.messages", "use `buffer_records`"),
    ("client.id", "use `client_id`"),
    (
        "enable.idempotence",
        "it is true unless `at_most_once` is set: the order of one key depends on it",
    ),
    (
        "acks",
        "it is `all`, so that a delivery means that the record is replicated, or 0 by `at_most_once`",
    ),
    (
        "request.required.acks",
        "it is `all`, so that a delivery means that the record is replicated, or 0 by `at_most_once`",
    ),
    ("partitioner", "use `partitioner`"),
    ("delivery.report.only.error", "every record has its report"),
    ("transactional.id", "use `transactional`"),
    ("transaction.timeout.ms", "use `transaction_timeout`"),
    (
        "log_level",
        "filter the target `librdkafka` of the `tracing` subscriber",
    ),
];

/// Where access tokens are fetched, and from whom.
#[cfg(feature = "sasl")]
pub(super) type TokenSource = (tokio::runtime::Handle, Arc<dyn crate::producer::TokenProvider>);

/// The settings of a [`KafkaProducer`].
///
/// `Debug` names the raw properties and never shows their values, which may be credentials.
#[derive(Clone)]
#[non_exhaustive]
pub struct KafkaSettings {
    /// Where the cluster is found: `host:port`, several separated by commas. No default. Sets `bootstrap.servers`.
    pub bootstrap_servers: String,
    /// How long a record may be on its way, retries included, before it is reported as timed out. 120 s. The report
    /// comes at most about a second later. Sets `message.timeout.ms`.
    pub delivery_timeout: Duration,
    /// How long a record waits for others to share a request with. 5 ms; zero sends at once. Shorter than
    /// `delivery_timeout`. Sets `linger.ms`.
    pub linger: Duration,
    /// The largest record: key, value, headers and up to 36 bytes of overhead, and 10 for each header. 1,000,000 bytes,
    /// which leaves room below the broker's default `max.message.bytes` of 1,048,588. From 1,000 to 1,000,000,000. Sets
    /// `message.max.bytes`.
    pub max_record_bytes: usize,
    /// How many records may await their report; beyond it, `send` answers that it is full. 20,000. Sets
    /// `queue.buffering.max.messages`.
    pub buffer_records: usize,
    /// How many bytes the records may take that have no report; default 32 MiB. Sets `queue.buffering.max.kbytes`, to this and
    /// one record more.
    pub buffer_bytes: usize,
    /// Which partition a record goes to that names none itself. By the hash of its key, as Java's clients put it. Sets
    /// `partitioner`, and `sticky.partitioning.linger.ms` to 0 where the choice is not librdkafka's own.
    pub partitioner: Partitioner,
    /// The name under which the broker knows this client in its logs, metrics and quotas. librdkafka's own if `None`.
    /// Sets `client.id`.
    pub client_id: Option<String>,
    /// What a delivery means; [`AtLeastOnce`](KafkaMode::AtLeastOnce). Sets `acks`, `enable.idempotence` and what belongs to
    /// them.
    pub mode: KafkaMode,
    /// Further properties of librdkafka, name and value, as its `CONFIGURATION.md` lists them. One that a setting above
    /// owns is refused. They override what is set here by default: `reconnect.backoff.max.ms` (500;
    /// with TLS or SASL 1,000, and so `reconnect.backoff.ms`), `ssl.ca.location` (`probe`: the system's certificates),
    /// `topic.metadata.propagation.max.ms` (5,000, or half the delivery timeout if that is less) and
    /// `queue.buffering.max.kbytes`.
    pub properties: Vec<(String, String)>,
    /// How long before `delivery_timeout` librdkafka is to give a record up, because it looks at the time only now and then.
    pub(crate) report_margin: Duration,
    /// Who gives the access tokens of SASL/OAUTHBEARER. `None`: nobody, or the server that `sasl.oauthbearer.method=oidc`
    /// and its kin among the properties name. Sets `sasl.mechanism`, and `security.protocol` to `SASL_SSL` unless it is
    /// given.
    #[cfg(feature = "sasl")]
    pub oauth: Option<Arc<dyn crate::producer::TokenProvider>>,
    /// Where tokens are fetched; the runtime around [`KafkaProducer::new`] if `None`.
    #[cfg(feature = "sasl")]
    pub(crate) runtime: Option<tokio::runtime::Handle>,
}

impl KafkaSettings {
    /// The defaults for the cluster at these addresses.
    #[must_use]
    pub fn new(bootstrap_servers: impl Into<String>) -> Self {
        Self {
            bootstrap_servers: bootstrap_servers.into(),
            delivery_timeout: Duration::from_secs(120),
            linger: Duration::from_millis(5),
            max_record_bytes: 1_000_000,
            buffer_records: 20_000,
            buffer_bytes: 32 << 20,
            partitioner: Partitioner::default(),
            client_id: None,
            mode: KafkaMode::default(),
            properties: Vec::new(),
            report_margin: Duration::ZERO,
            #[cfg(feature = "sasl")]
            oauth: None,
            #[cfg(feature = "sasl")]
            runtime: None,
        }
    }

    /// What a publisher's builder calls to start a [`KafkaProducer`] with these settings.
    #[must_use]
    pub fn connect(self) -> Connect {
        Arc::new(move |reports| Ok(Arc::new(KafkaProducer::new(&self, reports)?) as Arc<dyn Producer>))
    }

    /// Who gives access tokens, if anybody.
    #[cfg(feature = "sasl")]
    pub(super) fn token_provider(&self) -> Result<Option<Arc<dyn crate::producer::TokenProvider>>, ConfigError> {
        #[cfg(feature = "registry")]
        let described = oidc::provider(&self.properties)?;
        #[cfg(not(feature = "registry"))]
        let described = None;
        match (self.oauth.clone(), described) {
            (Some(_), Some(_)) => Err(ConfigError::Invalid {
                setting: "kafka_oauth".to_owned(),
                reason: "a provider of tokens is given, and `sasl.oauthbearer.method=oidc` names another; keep one"
                    .to_owned(),
            }),
            (given, described) => Ok(given.or(described)),
        }
    }

    /// Who gives access tokens, and where they are fetched.
    #[cfg(feature = "sasl")]
    pub(super) fn token_source(&self) -> Result<Option<TokenSource>, ConfigError> {
        let Some(provider) = self.token_provider()? else {
            return Ok(None);
        };
        let runtime = match &self.runtime {
            Some(runtime) => runtime.clone(),
            None => tokio::runtime::Handle::try_current().map_err(|_| ConfigError::NoRuntime)?,
        };
        Ok(Some((runtime, provider)))
    }

    /// Shows a client that is to live for a short time who we are: fetches a token, if one is wanted. Blocks for half a minute
    /// at the most, and needs no runtime.
    ///
    /// # Errors
    /// Why there is no token.
    pub(crate) fn show_token<C: rdkafka::ClientContext>(
        &self,
        client: &rdkafka::client::Client<C>,
        scrubber: &Scrubber,
    ) -> Result<(), String> {
        #[cfg(feature = "sasl")]
        if let Some(provider) = self.token_provider().map_err(|error| error.to_string())? {
            super::oauth::show_once(provider, client, scrubber)?;
        }
        #[cfg(not(feature = "sasl"))]
        let _ = (client, scrubber);
        Ok(())
    }

    /// Keeps the secrets among the properties out of what a client of these settings logs.
    pub(crate) fn scrubber(&self) -> Scrubber {
        Scrubber::new(&self.properties)
    }

    /// Whether somebody gives access tokens.
    fn has_tokens(&self) -> bool {
        #[cfg(feature = "sasl")]
        if self.oauth.is_some() {
            return true;
        }
        oidc::is_served("sasl.oauthbearer.method") && oidc::is_asked(&self.properties)
    }

    /// The properties for librdkafka.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] names the setting or the property.
    pub(super) fn client_config(&self) -> Result<ClientConfig, ConfigError> {
        self.check()?;
        // One record more than the publisher lets in: a record alone may be larger than all its buffer.
        let kbytes = (self.buffer_bytes.saturating_add(self.max_record_bytes) / 1024 + 1).min(MAX_BUFFER_KBYTES);
        let topic_grace = TOPIC_GRACE.min(self.delivery_timeout / 2);

        let costly = security::costly_to_connect(&self.properties, self.has_tokens());
        let (reconnect_backoff_ms, reconnect_backoff_max_ms) = costly.unwrap_or(RECONNECT_BACKOFF_MS);

        let mut config = ClientConfig::new();
        // librdkafka's default. rdkafka would take the level from the `log` crate, which this project does not use; the
        // `tracing` subscriber decides what is shown, and the connection errors are needed for the reports.
        let debug = self.properties.iter().any(|(name, _)| name == "debug");
        config.set_log_level(if debug {
            RDKafkaLogLevel::Debug
        } else {
            RDKafkaLogLevel::Info
        });
        config
            .set("bootstrap.servers", &self.bootstrap_servers)
            .set("partitioner", "murmur2_random")
            .set("message.timeout.ms", self.message_timeout().as_millis().to_string())
            .set("linger.ms", (self.linger.as_micros() as f64 / 1000.0).to_string())
            .set("message.max.bytes", self.max_record_bytes.to_string())
            .set("queue.buffering.max.messages", self.buffer_records.to_string())
            .set("queue.buffering.max.kbytes", kbytes.to_string())
            .set("reconnect.backoff.ms", reconnect_backoff_ms)
            .set("reconnect.backoff.max.ms", reconnect_backoff_max_ms)
            .set("topic.metadata.propagation.max.ms", topic_grace.as_millis().to_string());
        for (name, value) in self.mode.properties(self.delivery_timeout) {
            config.set(name, value);
        }
        if let Some(client_id) = &self.client_id {
            config.set("client.id", client_id);
        }
        if !matches!(self.partitioner, Partitioner::Murmur2) {
            // Otherwise librdkafka places the records without a key itself.
            config.set(STICKY_LINGER, "0");
        }
        for (name, value) in self.properties.iter().filter(|(name, _)| !oidc::is_served(name)) {
            // One by one, because the names are set in no order and the first error would be any of them.
            ClientConfig::new()
                .set(name, value)
                .create_native_config()
                .map_err(|error| refused(self, error))?;
            config.set(name, value);
        }
        security::complete(&mut config, self.has_tokens())?;
        Ok(config)
    }

    /// What any client of the cluster needs, a consumer too: addresses, its name and the raw properties.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] names the setting or the property.
    pub(crate) fn connection_config(&self) -> Result<ClientConfig, ConfigError> {
        self.check()?;
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.bootstrap_servers);
        if let Some(client_id) = &self.client_id {
            config.set("client.id", client_id);
        }
        for (name, value) in self.properties.iter().filter(|(name, _)| !oidc::is_served(name)) {
            config.set(name, value);
        }
        security::complete(&mut config, self.has_tokens())?;
        Ok(config)
    }

    fn message_timeout(&self) -> Duration {
        let timeout = self.delivery_timeout.saturating_sub(self.report_margin);
        // `linger` has to be shorter, and 0 would be for ever.
        timeout
            .max(self.linger + Duration::from_millis(1))
            .min(self.delivery_timeout)
    }

    /// What can be told without librdkafka, in the words of the typed settings.
    fn check(&self) -> Result<(), ConfigError> {
        const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);
        let invalid = |setting: &str, reason: String| {
            Err(ConfigError::Invalid {
                setting: setting.to_owned(),
                reason,
            })
        };

        if let Some(reason) = self.bootstrap_servers.split(',').find_map(invalid_address) {
            return invalid("bootstrap_servers", reason);
        }
        if self.delivery_timeout < Duration::from_millis(1) || self.delivery_timeout > LONGEST {
            return invalid(
                "delivery_timeout",
                format!("{:?} is not between 1 ms and {LONGEST:?}", self.delivery_timeout),
            );
        }
        if self.linger >= self.delivery_timeout || self.linger > Duration::from_secs(900) {
            return invalid(
                "linger",
                format!(
                    "{:?} is not below 900 s and below `delivery_timeout`, which is {:?}",
                    self.linger, self.delivery_timeout
                ),
            );
        }
        if !(1000..=1_000_000_000).contains(&self.max_record_bytes) {
            return invalid(
                "max_record_bytes",
                format!("{} is not between 1,000 and 1,000,000,000", self.max_record_bytes),
            );
        }
        if self.buffer_records == 0 || i32::try_from(self.buffer_records).is_err() {
            return invalid(
                "buffer_records",
                format!("{} is not between 1 and {}", self.buffer_records, i32::MAX),
            );
        }
        if let Some((setting, reason)) = self.mode.refusal(self.delivery_timeout) {
            return invalid(setting, reason);
        }
        for (setting, value) in [
            ("bootstrap_servers", Some(&self.bootstrap_servers)),
            ("client_id", self.client_id.as_ref()),
        ] {
            if value.is_some_and(|value| value.contains('\0')) {
                return invalid(setting, "holds a NUL".to_owned());
            }
        }
        if let Some((name, instead)) = self
            .properties
            .iter()
            .find_map(|(name, _)| OWNED.iter().find(|(owned, _)| owned == name))
        {
            return invalid(name, format!("is not to be set as a raw property: {instead}"));
        }
        let sticky = self.properties.iter().any(|(name, _)| name == STICKY_LINGER);
        if sticky && !matches!(self.partitioner, Partitioner::Murmur2) {
            return invalid(
                STICKY_LINGER,
                format!(
                    "goes with the partitioner Murmur2 only, and `partitioner` is {:?}",
                    self.partitioner
                ),
            );
        }
        Ok(())
    }
}

impl fmt::Debug for KafkaSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.properties.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("KafkaSettings")
            .field("bootstrap_servers", &self.bootstrap_servers)
            .field("delivery_timeout", &self.delivery_timeout)
            .field("linger", &self.linger)
            .field("max_record_bytes", &self.max_record_bytes)
            .field("buffer_records", &self.buffer_records)
            .field("buffer_bytes", &self.buffer_bytes)
            .field("partitioner", &self.partitioner)
            .field("client_id", &self.client_id)
            .field("mode", &self.mode)
            .field("properties", &names)
            .finish()
    }
}

/// Why librdkafka does not take this value for this property, in its own words; `None` if it does.
pub(crate) fn property_refusal(name: &str, value: &str) -> Option<String> {
    if oidc::is_served(name) {
        return None;
    }
    let error = ClientConfig::new().set(name, value).create_native_config().err()?;
    Some(match error {
        KafkaError::ClientConfig(_, reason, ..) => reason,
        // Its own text would show the value.
        KafkaError::Nul(_) => "holds a NUL".to_owned(),
        other => other.to_string(),
    })
}

/// librdkafka's refusal, under the name of the property it speaks of.
///
/// Its text can quote a value that is no number or none of a list; credentials are free text, which it never quotes.
pub(super) fn refused(settings: &KafkaSettings, error: KafkaError) -> ConfigError {
    let mentioned = |text: &str| {
        // librdkafka quotes names like `this`, also the short one where the longer was given.
        let mut quoted = text.split('`').skip(1).step_by(2);
        let given = |word: &str| {
            let mut names = settings.properties.iter().map(|(name, _)| name);
            names
                .find(|name| {
                    name.strip_prefix(word)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                })
                .cloned()
        };
        quoted.find_map(given)
    };
    match error {
        KafkaError::ClientConfig(_, reason, name, _) => ConfigError::Invalid { setting: name, reason },
        KafkaError::ClientCreation(reason) => ConfigError::Invalid {
            setting: mentioned(&reason).unwrap_or_else(|| "properties".to_owned()),
            reason,
        },
        // A NUL in a name or a value; the error's own text would show the value.
        KafkaError::Nul(_) => {
            let with_nul = settings
                .properties
                .iter()
                .find(|(name, value)| name.contains('\0') || value.contains('\0'));
            let setting = with_nul.map_or("properties", |(name, _)| name).to_owned();
            ConfigError::Invalid {
                setting,
                reason: "holds a NUL".to_owned(),
            }
        }
        other => ConfigError::Invalid {
            setting: "properties".to_owned(),
            reason: other.to_string(),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests {
    use super::*;

    /// What librdkafka makes of the settings: the value of one property.
    fn property(settings: &KafkaSettings, name: &str) -> String {
        settings
            .client_config()
            .unwrap()
            .create_native_config()
            .unwrap()
            .get(name)
            .unwrap()
    }

    fn check_refused(change: impl FnOnce(&mut KafkaSettings), setting: &str, text: &str) {
        let mut settings = KafkaSettings::new("localhost:9092");
        change(&mut settings);
        match settings.client_config() {
            Err(ConfigError::Invalid { setting: named, reason }) => {
                assert_eq!(named, setting, "{reason}");
                assert!(reason.contains(text), "{reason}");
            }
            other => panic!(
                "{:?} instead of a refusal of {setting}",
                other.map(|_| "a configuration")
            ),
        }
    }

    #[test]
    fn defaults_are_those_that_the_documentation_names() {
        let settings = KafkaSettings::new("localhost:9092");
        let check = |name, expected: &str| assert_eq!(property(&settings, name), expected, "{name}");
        check("bootstrap.servers", "localhost:9092");
        check("enable.idempotence", "true");
        check("request.required.acks", "-1");
        check("partitioner", "murmur2_random");
        check("message.timeout.ms", "120000");
        check("linger.ms", "5");
        check("message.max.bytes", "1000000");
        check("queue.buffering.max.messages", "20000");
        check("queue.buffering.max.kbytes", "33745");
        check("reconnect.backoff.max.ms", "500");
        check("topic.metadata.propagation.max.ms", "5000");
    }

    #[test]
    fn typed_settings_reach_librdkafka() {
        let mut settings = KafkaSettings::new("localhost:9092");
        settings.delivery_timeout = Duration::from_secs(2);
        settings.linger = Duration::from_micros(500);
        settings.client_id = Some("shop".to_owned());
        settings
            .properties
            .push(("reconnect.backoff.max.ms".to_owned(), "700".to_owned()));
        let check = |name, expected: &str| assert_eq!(property(&settings, name), expected, "{name}");
        check("message.timeout.ms", "2000");
        check("linger.ms", "0.5");
        check("client.id", "shop");
        check("reconnect.backoff.max.ms", "700");
        check("topic.metadata.propagation.max.ms", "1000");
    }

    #[test]
    fn each_mode_sets_what_belongs_to_it() {
        let in_mode = |mode| KafkaSettings {
            mode,
            ..KafkaSettings::new("localhost:9092")
        };
        let check = |settings: &KafkaSettings, name, expected: &str| {
            assert_eq!(property(settings, name), expected, "{name} in {:?}", settings.mode);
        };

        let at_most_once = in_mode(KafkaMode::AtMostOnce);
        check(&at_most_once, "request.required.acks", "0");
        check(&at_most_once, "enable.idempotence", "false");
        check(&at_most_once, "message.send.max.retries", "0");

        let transactional = |timeout| {
            let id = "shop-1".to_owned();
            in_mode(KafkaMode::Transactional { id, timeout })
        };
        let usual = transactional(None);
        check(&usual, "transactional.id", "shop-1");
        check(&usual, "transaction.timeout.ms", "120000");
        check(&usual, "request.required.acks", "-1");
        check(&usual, "enable.idempotence", "true");
        let own = transactional(Some(Duration::from_secs(180)));
        check(&own, "transaction.timeout.ms", "180000");
        let mut short = transactional(None);
        short.delivery_timeout = Duration::from_millis(300);
        check(&short, "transaction.timeout.ms", "1000");
    }

    #[test]
    fn a_transaction_is_refused_without_an_id_or_with_too_short_a_time() {
        let transactional = |id: &str, timeout| {
            let id = id.to_owned();
            move |s: &mut KafkaSettings| s.mode = KafkaMode::Transactional { id, timeout }
        };
        check_refused(transactional("", None), "transactional", "the id is empty");
        check_refused(transactional("a\0", None), "transactional", "NUL");
        let below = Some(Duration::from_secs(119));
        check_refused(
            transactional("a", below),
            "transaction_timeout",
            "below `delivery_timeout`",
        );
        let short = Some(Duration::from_millis(999));
        check_refused(transactional("a", short), "transaction_timeout", "is not between 1s");
    }

    #[test]
    fn what_cannot_be_used_is_refused_by_name() {
        check_refused(
            |s| s.bootstrap_servers = "kafka".to_owned(),
            "bootstrap_servers",
            "has no port",
        );
        check_refused(
            |s| s.delivery_timeout = Duration::ZERO,
            "delivery_timeout",
            "between 1 ms",
        );
        check_refused(|s| s.linger = s.delivery_timeout, "linger", "below `delivery_timeout`");
        check_refused(|s| s.max_record_bytes = 999, "max_record_bytes", "between 1,000");
        check_refused(|s| s.buffer_records = 0, "buffer_records", "between 1 and");
        check_refused(|s| s.client_id = Some("a\0".to_owned()), "client_id", "NUL");
        check_refused(
            |s| s.bootstrap_servers = "a\0:9092".to_owned(),
            "bootstrap_servers",
            "NUL",
        );
    }

    #[test]
    fn librdkafka_asks_for_every_record_where_the_choice_is_not_its_own() {
        let mut settings = KafkaSettings::new("localhost:9092");
        let sticky = "sticky.partitioning.linger.ms";
        assert_eq!(property(&settings, sticky), "10");
        settings.partitioner = Partitioner::Sticky;
        assert_eq!(property(&settings, sticky), "0");
        check_refused(
            |s| {
                s.partitioner = Partitioner::prefix("canary", 0);
                s.properties.push((sticky.to_owned(), "5".to_owned()));
            },
            sticky,
            "goes with the partitioner Murmur2 only, and `partitioner` is By(prefixes)",
        );
    }

    #[test]
    fn a_property_that_a_setting_owns_is_refused() {
        for (name, instead) in OWNED {
            check_refused(
                |s| s.properties.push(((*name).to_owned(), "1".to_owned())),
                name,
                instead,
            );
        }
    }

    #[test]
    fn settings_by_key_never_set_a_property_that_a_setting_owns() {
        use crate::config::Settings;
        for (name, _) in OWNED {
            let builder = crate::Publisher::builder().settings(Settings::new().set(*name, "1"));
            let shown = format!("{builder:?}");
            assert!(shown.contains("properties: []"), "{name}: {shown}");
        }
    }

    #[test]
    fn a_property_that_librdkafka_does_not_know_is_refused_in_its_words() {
        let push = |name: &'static str, value: &'static str| {
            move |s: &mut KafkaSettings| s.properties.push((name.to_owned(), value.to_owned()))
        };
        check_refused(
            push("no.such.property", "1"),
            "no.such.property",
            "No such configuration property",
        );
        check_refused(push("compression.type", "tar"), "compression.type", "Invalid value");
        check_refused(push("sasl.password", "se\0cret"), "sasl.password", "holds a NUL");
    }

    #[test]
    fn debug_shows_the_names_of_properties_only() {
        let mut settings = KafkaSettings::new("localhost:9092");
        settings
            .properties
            .push(("sasl.password".to_owned(), "secret".to_owned()));
        let shown = format!("{settings:?}");
        assert!(shown.contains("sasl.password") && !shown.contains("secret"), "{shown}");
    }
}
