//! Settings under the names that users of other clients know: from a properties file, the environment, or code.
//!
//! Knows texts, keys and what each key means here; knows no broker, no registry and no event. What it finds goes to
//! [`PublisherBuilder`](crate::PublisherBuilder), by [`settings`](crate::PublisherBuilder::settings).

mod environment;
mod invalid;
mod origin;
mod properties;
mod secret;
mod settings;

pub use invalid::{InvalidSetting, InvalidSettings};
pub use origin::SettingOrigin;
pub use settings::Settings;
