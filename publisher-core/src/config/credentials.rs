//! Who the settings say we are at the registry.
//!
//! Pure. The only file of this folder that takes credentials apart; no error of it repeats them.

use super::InvalidSetting;
use super::key::Target;
use super::resolve::Resolved;
use super::settings::Setting;

/// Who we are at the registry, if not by the address.
#[cfg_attr(
    not(feature = "registry"),
    allow(dead_code, reason = "there is no client that reads it")
)]
pub(super) enum Credentials {
    Basic { user: String, password: String },
    Bearer(String),
    OAuth(ClientCredentials),
}

/// OAuth's client credentials grant.
#[cfg_attr(
    not(feature = "registry"),
    allow(dead_code, reason = "there is no client that reads it")
)]
pub(super) struct ClientCredentials {
    pub(super) endpoint: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) scope: Option<String>,
    pub(super) logical_cluster: Option<String>,
    pub(super) identity_pool: Option<String>,
}

/// The credentials that the settings give; `None` where there are none, or only those in the address.
pub(super) fn read(resolved: &Resolved<'_>) -> Result<Option<Credentials>, InvalidSetting> {
    match (basic(resolved)?, bearer(resolved)?) {
        (Some((_, credentials)), None) | (None, Some((_, credentials))) => Ok(Some(credentials)),
        (None, None) => Ok(None),
        (Some((first, _)), Some((second, _))) => {
            Err(second.invalid(format!("credentials are given by `{}` too; keep one kind", first.key)))
        }
    }
}

/// Credentials and the setting that asks for them.
type Given<'a> = Option<(&'a Setting, Credentials)>;

fn basic<'a>(resolved: &Resolved<'a>) -> Result<Given<'a>, InvalidSetting> {
    let info = resolved.filled(Target::BasicUserInfo);
    let Some(source) = resolved.filled(Target::BasicSource) else {
        // Java would leave the user's credentials unused without the source, and the registry would answer 401.
        return info.map(user_info).transpose();
    };
    match (source.text().to_ascii_uppercase().as_str(), info) {
        ("USER_INFO", Some(info)) => user_info(info).map(Some),
        ("USER_INFO", None) => Err(source.invalid("`basic.auth.user.info` is missing")),
        ("URL", None) => Ok(None),
        ("SASL_INHERIT", None) => inherited(resolved, source).map(Some),
        ("URL" | "SASL_INHERIT", Some(info)) => Err(info.invalid(format!(
            "is not used with `{}={}`; remove it, or set the source to `USER_INFO`",
            source.key,
            source.text()
        ))),
        _ => Err(source.is_no("`USER_INFO`, `URL` or `SASL_INHERIT`")),
    }
}

fn user_info(info: &Setting) -> Result<(&Setting, Credentials), InvalidSetting> {
    let (user, password) = info
        .text()
        .split_once(':')
        .ok_or_else(|| info.invalid("has no colon; write `<user>:<password>`"))?;
    let (user, password) = (user.to_owned(), password.to_owned());
    Ok((info, Credentials::Basic { user, password }))
}

/// Those for the broker, as `security` made them out.
fn inherited<'a>(resolved: &Resolved<'_>, source: &'a Setting) -> Result<(&'a Setting, Credentials), InvalidSetting> {
    let of = |name: &str| resolved.properties.get(name).map(|(_, value)| value.clone());
    match (of("sasl.username"), of("sasl.password")) {
        (Some(user), Some(password)) => Ok((source, Credentials::Basic { user, password })),
        _ => Err(source
            .invalid("there is nothing to inherit: set `sasl.jaas.config`, or `sasl.username` and `sasl.password`")),
    }
}

fn bearer<'a>(resolved: &Resolved<'a>) -> Result<Given<'a>, InvalidSetting> {
    let first = |targets: &[Target]| targets.iter().find_map(|target| resolved.filled(*target));
    let token = first(&[Target::BearerToken]);
    let grant = first(&[
        Target::TokenEndpoint,
        Target::TokenClientId,
        Target::TokenClientSecret,
        Target::TokenScope,
        Target::LogicalCluster,
        Target::IdentityPool,
    ]);
    let of_token = |token: &Setting| Credentials::Bearer(token.text().to_owned());
    let not_used = |other: &Setting, with: &str| {
        other.invalid(format!(
            "is not used with {with}; remove it, or set the source to that which uses it"
        ))
    };
    let Some(source) = first(&[Target::BearerSource]) else {
        return match (token, grant) {
            (None, None) => Ok(None),
            (Some(token), None) => Ok(Some((token, of_token(token)))),
            (None, Some(asks)) => Ok(Some((asks, client_credentials(resolved, asks)?))),
            (Some(token), Some(grant)) => Err(not_used(grant, &format!("`{}`", token.key))),
        };
    };
    let with = format!("`{}={}`", source.key, source.text());
    match (source.text().to_ascii_uppercase().as_str(), token, grant) {
        ("STATIC_TOKEN", Some(token), None) => Ok(Some((token, of_token(token)))),
        ("STATIC_TOKEN", None, _) => Err(source.invalid("`bearer.auth.token` is missing")),
        ("OAUTHBEARER", None, _) => Ok(Some((source, client_credentials(resolved, source)?))),
        ("STATIC_TOKEN", Some(_), Some(other)) | ("OAUTHBEARER", Some(other), _) => Err(not_used(other, &with)),
        _ => Err(source.is_no("`STATIC_TOKEN` or `OAUTHBEARER`")),
    }
}

fn client_credentials(resolved: &Resolved<'_>, asks: &Setting) -> Result<Credentials, InvalidSetting> {
    let text = |target| resolved.filled(target).map(|setting| setting.text().to_owned());
    let needed = |target, name: &str| text(target).ok_or_else(|| asks.invalid(format!("`{name}` is missing")));
    Ok(Credentials::OAuth(ClientCredentials {
        endpoint: needed(Target::TokenEndpoint, "bearer.auth.issuer.endpoint.url")?,
        client_id: needed(Target::TokenClientId, "bearer.auth.client.id")?,
        client_secret: needed(Target::TokenClientSecret, "bearer.auth.client.secret")?,
        scope: text(Target::TokenScope),
        logical_cluster: text(Target::LogicalCluster),
        identity_pool: text(Target::IdentityPool),
    }))
}
