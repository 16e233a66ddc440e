//! [`EmbeddedRegistry`]: a schema registry in this process that speaks Confluent's REST API over HTTP, for tests and
//! first steps.
//!
//! The client reaches it exactly as it reaches a real one: same requests, same answers, same error codes. Compiled with
//! the features `testing` and `registry` together: its URLs need `percent-encoding`, which comes with the latter, and
//! without the client nobody asks it.

mod callers;
mod context;
mod levels;
mod modes;
mod refusal;
mod routes;
mod server;
mod store;
mod syntax;
mod verdict;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::callers::Callers;
use self::levels::Config;
use self::server::{Port, Server};
use self::store::Store;
use crate::compatibility::Level;
use crate::record::SchemaId;
use crate::registry::SchemaText;

/// A schema registry in this process, on a free port of 127.0.0.1.
///
/// It runs on a thread and a runtime of its own, so it works in tests with and without one, and stops when it is
/// dropped.
///
/// What it has: registering, look-up by content, subjects, versions, schemas by id and by GUID, references, metadata,
/// modes, contexts, soft and permanent deletion. An Avro text is read after those that it refers to, a name is defined
/// once in all of them, and a new one has only defaults that are values of their types; a relative `$ref` must be the name
/// of a reference. The same content has one id in all subjects of a context, and one version in a subject.
///
/// A text is stored without white space, or with `normalize=true` in its normal form
/// ([`AvroSchema::normal_form`](crate::schema::avsc::AvroSchema::normal_form),
/// [`json_normal_form`](crate::schema::json_normal_form)), and told in that form. Two texts are the same if they are
/// stored alike, have the same references in the same order, and the same metadata; a schema that is sent without
/// metadata has that of the latest version. The GUID is [`SchemaGuid::of`](crate::wire::SchemaGuid::of) what is stored.
///
/// It holds each subject to its level by the rules of [`compatibility`](crate::compatibility). The level is BACKWARD, as
/// Confluent's default, until [`set_level`](Self::set_level), [`set_global_level`](Self::set_global_level) or a client
/// sets another one; the policies are STRICT and LENIENT. A schema that breaks an earlier version is refused with 409
/// (code 40901) and the reasons.
///
/// # What it lacks
/// - the policy LOGICAL, compatibility groups, and Confluent's own words: its reasons have the same parts, but their
///   descriptions are ours;
/// - Protobuf; JSON Schema's own rules beyond what comparing needs: keywords have values of their types and `$ref` leads
///   somewhere, but no metaschema is asked;
/// - Java's own order of the attributes of an Avro schema that is not normalized: two orders are two texts here;
/// - rule sets, default metadata, `confluent:version`, the latest version with certain metadata (`/metadata`), tags in a
///   text, associations, exporters, aliases;
/// - deleting a context; finding a subject without context in another context, but for an id (`?subject=`);
/// - a schema whose references are inlined is not found for one that refers to them; `format=resolved`;
/// - TLS, users with rights, a disk: it starts empty and forgets all when it is dropped.
///
/// # Examples
/// ```
/// # use publisher_core::testing::EmbeddedRegistry;
/// let registry = EmbeddedRegistry::start()?;
/// assert!(registry.url().starts_with("http://127.0.0.1:"));
///
/// // The next two calls fail as a registry in trouble would.
/// registry.fail_next(2, 503, r#"{"error_code":50301,"message":"leader election"}"#);
/// assert!(registry.subjects().is_empty());
///
/// // It is gone for a while, and comes back with what it had.
/// registry.stop()?;
/// registry.restart()?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Implements: Confluent Schema Registry REST API v1, less what the module lists.
pub struct EmbeddedRegistry {
    url: String,
    address: SocketAddr,
    state: Arc<State>,
    // Dropped last of all: it stops the server and waits for its thread.
    running: Mutex<Running>,
}

/// Whether somebody answers.
enum Running {
    Up(Server),
    Down(Port),
    /// Between the two, should one of them fail.
    Gone,
}

impl EmbeddedRegistry {
    /// Starts an empty registry; it answers when this returns.
    ///
    /// # Errors
    /// The operating system's error if there is no free port or no thread to be had.
    pub fn start() -> io::Result<Self> {
        let state = Arc::new(State::default());
        let port = Port::hold(None)?;
        let address = port.address();
        Ok(Self {
            url: format!("http://{address}"),
            address,
            running: Mutex::new(Running::Up(Server::start(Arc::clone(&state), port)?)),
            state,
        })
    }

    /// Plays a registry before version 8 from now on: answers have no GUID, and there is no `/schemas/guids`.
    #[must_use]
    pub fn without_guids(self) -> Self {
        self.state.guids.store(false, Ordering::SeqCst);
        self
    }

    /// Cuts all connections and refuses new ones until [`restart`](Self::restart); what is stored stays. Nothing happens
    /// if it is stopped already.
    ///
    /// # Errors
    /// The operating system's error if the port was lost to another process at this moment.
    pub fn stop(&self) -> io::Result<()> {
        let mut running = lock(&self.running);
        if !matches!(*running, Running::Down(_)) {
            // The server gives its port up before it can be held without listening to it.
            *running = Running::Gone;
            *running = Running::Down(Port::hold(Some(self.address))?);
        }
        Ok(())
    }

    /// Answers again, at the same address and with all that was stored. Nothing happens if it runs already.
    ///
    /// # Errors
    /// The operating system's error if there is no thread to be had, or [`stop`](Self::stop) failed and the port is
    /// another's.
    pub fn restart(&self) -> io::Result<()> {
        let mut running = lock(&self.running);
        let port = match std::mem::replace(&mut *running, Running::Gone) {
            Running::Up(server) => {
                *running = Running::Up(server);
                return Ok(());
            }
            Running::Down(port) => port,
            Running::Gone => Port::hold(Some(self.address))?,
        };
        *running = Running::Up(Server::start(Arc::clone(&self.state), port)?);
        Ok(())
    }

    /// The address, for example `http://127.0.0.1:43817`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The subjects of all contexts that have a schema, sorted.
    #[must_use]
    pub fn subjects(&self) -> Vec<String> {
        lock(&self.state.store).subjects(context::WILDCARD, false)
    }

    /// The latest schema of a subject, as it is stored; `None` if there is none.
    #[must_use]
    pub fn schema(&self, subject: &str) -> Option<SchemaText> {
        lock(&self.state.store).latest_text(&context::normal(subject))
    }

    /// Makes an id mean another schema from now on, as in a registry that was restored from the wrong backup. The schema
    /// is stored without its white space and has no references; metadata stays as given.
    ///
    /// # Panics
    /// If there is no such id in the default context, or the text is no schema.
    pub fn replace(&self, id: SchemaId, schema: SchemaText) {
        let replaced = lock(&self.state.store).replace(id.0, schema);
        if let Err(refusal) = replaced {
            panic!("schema {} cannot be replaced: {}", id.0, refusal.message);
        }
    }

    /// Holds one subject to this level from now on, as a client's `PUT /config/{subject}` does. Versions that stand are
    /// not checked again.
    pub fn set_level(&self, subject: &str, level: Level) {
        self.configure(Some(&context::normal(subject)), level);
    }

    /// Holds all subjects to this level that have none of their own. Default: BACKWARD.
    pub fn set_global_level(&self, level: Level) {
        self.configure(None, level);
    }

    fn configure(&self, subject: Option<&str>, level: Level) {
        let config = Config {
            level: Some(level),
            ..Config::default()
        };
        lock(&self.state.store).levels.set(subject, config);
    }
}

impl fmt::Debug for EmbeddedRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedRegistry")
            .field("url", &self.url)
            .field("requests", &self.requests())
            .finish()
    }
}

/// What the server's thread and the owner share.
struct State {
    store: Mutex<Store>,
    callers: Callers,
    guids: AtomicBool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            store: Mutex::default(),
            callers: Callers::default(),
            guids: AtomicBool::new(true),
        }
    }
}

/// A test that panics elsewhere leaves the store as consistent as it was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
