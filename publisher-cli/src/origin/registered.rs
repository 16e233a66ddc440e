//! A registry's versions, levels and verdicts.
//!
//! A registry that cannot be reached is a failure of the command: neither "compatible" nor "incompatible". Credentials
//! come from the environment and are never shown.

use std::future::Future;

use anyhow::Result;
use publisher_core::compatibility::{Dialect, Level};
use publisher_core::registry::{
    CompatibilityAnswer, RegisteredSchema, RegistryClient, RegistryError, SchemaRegistry as _, SchemaText, StoredSchema,
};
use publisher_core::{SchemaId, SubjectVersion};
use tokio::runtime::{Builder, Runtime};

use super::Earlier;
use crate::failure::Failure;
use crate::surroundings::Surroundings;

/// The variable with the address.
pub(crate) const URL: &str = "SCHEMA_REGISTRY_URL";
const USER: &str = "SCHEMA_REGISTRY_USER";
const PASSWORD: &str = "SCHEMA_REGISTRY_PASSWORD";
const TOKEN: &str = "SCHEMA_REGISTRY_TOKEN";

/// A registry that answers.
pub(crate) struct Registered {
    client: RegistryClient,
    runtime: Runtime,
}

/// What a registry says of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RegistryVerdict {
    Compatible,
    Incompatible(Vec<String>),
    /// It cannot be asked about this schema, for this reason.
    NotAsked(String),
}

impl Registered {
    /// Gets ready to ask the registry at this address, else at that of `SCHEMA_REGISTRY_URL`. Asks nothing yet.
    pub(crate) fn open(url: Option<&str>, surroundings: &Surroundings) -> Result<Self> {
        let Some(url) = url.or_else(|| surroundings.variable(URL)) else {
            return Err(Failure::new("no registry is named")
                .help(format!(
                    "name one: --registry URL, `registry` in publisher.toml, or the variable {URL}"
                ))
                .into());
        };
        let mut builder = RegistryClient::builder(url);
        if let Some(user) = surroundings.variable(USER) {
            builder = builder.basic_auth(user, surroundings.variable(PASSWORD).unwrap_or(""));
        }
        if let Some(token) = surroundings.variable(TOKEN) {
            builder = builder.bearer_token(token);
        }
        let client = builder.build().map_err(|error| {
            Failure::new("the registry's settings cannot be used")
                .because(error)
                .help(format!(
                    "credentials: {USER} and {PASSWORD}, or {TOKEN}, or within {URL}; one of them"
                ))
        })?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new("the registry's client cannot be started").because(error))?;
        Ok(Self { client, runtime })
    }

    /// Without credentials.
    pub(crate) fn address(&self) -> &str {
        self.client.address()
    }

    /// The name by which a lock file knows it.
    pub(crate) fn name(&self) -> &str {
        self.client.name()
    }

    /// One call. `what` says what was wanted.
    fn ask<T>(&self, what: &str, call: impl Future<Output = Result<T, RegistryError>>) -> Result<T> {
        self.runtime.block_on(call).map_err(|error| failed(what, error).into())
    }

    pub(crate) fn subjects(&self) -> Result<Vec<String>> {
        self.ask("the registry does not list its subjects", self.client.subjects())
    }

    /// The versions of a subject with their ids, the oldest first; none if there is no such subject.
    pub(crate) fn stored(&self, subject: &str) -> Result<Vec<StoredSchema>> {
        let numbers = match self.runtime.block_on(self.client.versions(subject)) {
            Ok(numbers) => numbers,
            Err(RegistryError::NotFound(failure)) if is_no_subject(failure.code()) => return Ok(Vec::new()),
            Err(error) => return Err(failed("the registry does not list the subject's versions", error).into()),
        };
        numbers
            .into_iter()
            .map(|number| self.version(subject, number))
            .collect()
    }

    pub(crate) fn version(&self, subject: &str, version: SubjectVersion) -> Result<StoredSchema> {
        let what = format!("the registry does not give version {version} of {subject}");
        self.ask(&what, self.client.schema_of(subject, Some(version)))
    }

    pub(crate) fn versions(&self, subject: &str) -> Result<Vec<Earlier>> {
        let stored = self.stored(subject)?.into_iter();
        Ok(stored
            .map(|stored| Earlier {
                name: format!("version {}", stored.version),
                schema: stored.schema,
                file: None,
            })
            .collect())
    }

    /// The subject's level, and the dialect that its policy asks for.
    pub(crate) fn level(&self, subject: &str) -> Result<(Level, Option<Dialect>)> {
        let level = self.ask(
            "the registry does not state the subject's level",
            self.client.level(subject),
        )?;
        Ok((level.level, level.policy.and_then(|policy| policy.dialect())))
    }

    /// What the registry itself says of the schema.
    pub(crate) fn verdict(&self, subject: &str, schema: &SchemaText) -> Result<RegistryVerdict> {
        match self.runtime.block_on(self.client.check_compatibility(subject, schema)) {
            Ok(CompatibilityAnswer { compatible: true, .. }) => Ok(RegistryVerdict::Compatible),
            Ok(answer) => Ok(RegistryVerdict::Incompatible(answer.messages)),
            // Only what is looked up beforehand can be missing.
            Err(RegistryError::NotFound(failure)) if !schema.references.is_empty() && failure.code().is_some() => {
                Ok(RegistryVerdict::NotAsked(format!(
                    "it does not hold {} yet",
                    failure
                        .subject_name()
                        .map_or("a schema that this one refers to".to_owned(), |name| {
                            if name == subject {
                                "a schema that this one refers to".to_owned()
                            } else {
                                format!("{name} as it is here")
                            }
                        })
                )))
            }
            Err(error) => Err(failed("the registry gives no verdict", error).into()),
        }
    }

    pub(crate) fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText> {
        let what = format!("the registry does not give the schema {id}");
        self.ask(&what, self.client.schema_by_id(id))
    }

    /// Where the schema stands under the subject; `None` if it does not.
    pub(crate) fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<Option<RegisteredSchema>> {
        match self.runtime.block_on(self.client.look_up(subject, schema)) {
            Ok(found) => Ok(Some(found)),
            Err(RegistryError::NotFound(failure)) if failure.code().is_some() => Ok(None),
            Err(error) => Err(failed("the registry does not look the schema up", error).into()),
        }
    }

    pub(crate) fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema> {
        let what = format!("{subject} was not registered");
        self.ask(&what, self.client.register(subject, schema))
    }
}

/// 40401: no subject; 40402: no version; 40404 to 40407: deleted.
fn is_no_subject(code: Option<u32>) -> bool {
    code.is_some_and(|code| (40_401..=40_407).contains(&code))
}

fn failed(what: &str, error: RegistryError) -> Failure {
    let help = match &error {
        RegistryError::Unreachable(_) => {
            format!(
                "is the address right and the registry up? It says nothing of the schemas: try again, or check without it (--against git, dir or history). Address: --registry, publisher.toml or {URL}"
            )
        }
        RegistryError::Unauthorised(_) => format!("set {USER} and {PASSWORD}, or {TOKEN}"),
        RegistryError::NotFound(_) => {
            "does the address have the registry's whole path, such as /apis/ccompat/v7?".to_owned()
        }
        _ => return Failure::new(what).because(error),
    };
    Failure::new(what).because(error).help(help)
}
