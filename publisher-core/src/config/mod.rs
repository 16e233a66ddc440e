//! Settings under the names that users of other clients know: from a properties file, the environment, or code.
//!
//! Knows texts, keys and what each key means here; knows no broker, no registry and no event. What it finds goes to
//! [`PublisherBuilder`](crate::PublisherBuilder), by [`settings`](crate::PublisherBuilder::settings).
//!
//! ```no_run
//! # use publisher_core::Publisher;
//! # use publisher_core::config::Settings;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let settings = Settings::from_file("shop.properties")?.merge(Settings::from_env("SHOP_KAFKA_")?);
//! let publisher = Publisher::builder().settings(settings).build_blocking()?;
//! # drop(publisher);
//! # Ok(())
//! # }
//! ```
#![doc = include_str!("KEYS.md")]

mod apply;
mod credentials;
mod environment;
mod invalid;
mod jaas;
mod java_keys;
mod kafka_keys;
mod key;
mod origin;
#[cfg(test)]
mod peers;
mod pem;
mod properties;
mod registry;
mod registry_keys;
mod resolve;
mod schema;
mod secret;
mod security;
mod settings;
mod suggestion;
#[cfg(test)]
mod table;
mod value;

pub use invalid::{InvalidSetting, InvalidSettings};
pub use origin::SettingOrigin;
pub(crate) use secret::is_secret;
pub use settings::Settings;
