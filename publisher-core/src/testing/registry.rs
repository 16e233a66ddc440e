//! [`EmbeddedRegistry`]: a schema registry in this process that speaks Confluent's REST API over HTTP, for tests and
//! first steps.
//!
//! The client reaches it exactly as it reaches a real one: same requests, same answers, same error codes. Compiled with
//! the features `testing` and `registry` together: its URLs need `percent-encoding`, which comes with the latter, and
//! without the client nobody asks it.

mod levels;
mod refusal;
mod routes;
mod server;
mod store;
mod syntax;
mod verdict;

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::levels::Config;
use self::server::Server;
use self::store::Store;
use crate::compatibility::Level;
use crate::registry::SchemaText;

/// A schema registry in this process, on a free port of 127.0.0.1.
///
/// It runs on a thread and a runtime of its own, so it works in tests with and without one, and stops when it is
/// dropped.
///
/// What it has: registering, look-up by content, subjects, versions, schemas by id, references, soft and permanent
/// deletion. An Avro text is read after those that it refers to, a name is defined once in all of them, and a new one has
/// only defaults that are values of their types; a relative `$ref` must be the name of a reference. The same content has
/// one id in all subjects, and one version in a subject.
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
/// - modes (`/mode`), contexts (`:.ctx:subject` is only a name), metadata, rule sets, GUIDs, associations, exporters,
///   aliases, tags;
/// - the difference that `normalize` makes: texts are always compared without regard to layout and order of keys, and
///   given back as they came first; another `doc` makes another schema;
/// - authentication, TLS, a disk: it starts empty and forgets all.
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
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Implements: Confluent Schema Registry REST API v1, less what the module lists.
pub struct EmbeddedRegistry {
    url: String,
    state: Arc<State>,
    // Dropped last of all: it stops the server and waits for its thread.
    _server: Server,
}

impl EmbeddedRegistry {
    /// Starts an empty registry; it answers when this returns.
    ///
    /// # Errors
    /// The operating system's error if there is no free port or no thread to be had.
    pub fn start() -> io::Result<Self> {
        let state = Arc::new(State::default());
        let server = Server::start(Arc::clone(&state))?;
        Ok(Self {
            url: format!("http://{}", server.address()),
            state,
            _server: server,
        })
    }

    /// The address, for example `http://127.0.0.1:43817`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The subjects that have a schema, sorted.
    #[must_use]
    pub fn subjects(&self) -> Vec<String> {
        lock(&self.state.store).subjects(false)
    }

    /// The latest schema of a subject, as it was sent first; `None` if there is none.
    #[must_use]
    pub fn schema(&self, subject: &str) -> Option<SchemaText> {
        lock(&self.state.store).latest_text(subject)
    }

    /// Holds one subject to this level from now on, as a client's `PUT /config/{subject}` does. Versions that stand are
    /// not checked again.
    pub fn set_level(&self, subject: &str, level: Level) {
        self.configure(Some(subject), level);
    }

    /// Holds all subjects to this level that have none of their own. Default: BACKWARD.
    pub fn set_global_level(&self, level: Level) {
        self.configure(None, level);
    }

    fn configure(&self, subject: Option<&str>, level: Level) {
        let config = Config {
            level: Some(level),
            policy: None,
        };
        lock(&self.state.store).levels.set(subject, config);
    }

    /// How many HTTP calls have come, those of [`fail_next`](Self::fail_next) included.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.state.requests.load(Ordering::SeqCst)
    }

    /// Answers the next `times` calls, whatever they are, with this status and body, and changes nothing.
    ///
    /// A body that begins with `<` goes out as `text/html`, any other under the registry's own type. Scripts are played
    /// one after the other. Thus `(1, 200, "<html>…")` is a login page, `(1, 401, "")` a refusal, `(1, 409,
    /// r#"{"error_code":40901,"message":"…"}"#)` an incompatible schema, `(1, 200, r#"{"id":"#)` a cut answer.
    ///
    /// # Panics
    /// If `status` is not from 200 to 999.
    pub fn fail_next(&self, times: usize, status: u16, body: impl Into<String>) {
        assert!((200..=999).contains(&status), "{status} is no HTTP status of an answer");
        let fault = Fault {
            status,
            body: body.into(),
        };
        lock(&self.state.faults).extend(std::iter::repeat_n(fault, times));
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
#[derive(Default)]
struct State {
    store: Mutex<Store>,
    faults: Mutex<VecDeque<Fault>>,
    requests: AtomicUsize,
}

/// A scripted answer.
#[derive(Clone)]
struct Fault {
    status: u16,
    body: String,
}

/// A test that panics elsewhere leaves the store as consistent as it was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
