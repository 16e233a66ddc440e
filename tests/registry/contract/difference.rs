//! A registry under the contract, and the tables of what it answers otherwise than another.
//!
//! Knows no endpoint but by the words of who asks.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use publisher_core::registry::RegistryClient;
use publisher_core::testing::EmbeddedRegistry;
use serde_json::Value;

use crate::{client, raw, say};

/// A part of the contract and where registries part in it.
pub(crate) struct Concern {
    pub(crate) title: &'static str,
    pub(crate) differences: &'static [Difference],
}

/// One point on which registries differ, and what each answers. An answer is a status with the registry's own code, or
/// what the status does not say.
pub(crate) struct Difference {
    pub(crate) what: &'static str,
    pub(crate) embedded: &'static str,
    pub(crate) apicurio: &'static str,
    /// By its source and its documentation; no test asks it.
    pub(crate) confluent: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Embedded,
    Apicurio,
}

/// A registry to ask.
pub(crate) struct Registry {
    kind: Kind,
    pub(crate) url: String,
    pub(crate) client: RegistryClient,
    run: u128,
    concern: &'static str,
    differences: &'static [Difference],
    told: RefCell<BTreeSet<&'static str>>,
    wrong: RefCell<Vec<String>>,
    // Ends with the test.
    _server: Option<EmbeddedRegistry>,
}

/// Holds every registry there is to one concern.
pub(crate) async fn each(concern: &Concern, check: impl AsyncFn(&Registry)) {
    let server = EmbeddedRegistry::start().unwrap();
    let embedded = Registry::new(concern, Kind::Embedded, server.url().to_owned(), Some(server));
    check(&embedded).await;
    embedded.end();
    let Ok(url) = std::env::var("PUBLISHER_TEST_REGISTRY") else {
        say(&format!(
            "SKIPPED the contract about {} on a real registry: PUBLISHER_TEST_REGISTRY is not set (`cargo xtask test` \
             sets it)",
            concern.title
        ));
        return;
    };
    let real = Registry::new(concern, Kind::Apicurio, url, None);
    check(&real).await;
    real.end();
}

impl Registry {
    fn new(concern: &Concern, kind: Kind, url: String, server: Option<EmbeddedRegistry>) -> Self {
        Self {
            kind,
            client: client(&url),
            url,
            run: SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos(),
            concern: concern.title,
            differences: concern.differences,
            told: RefCell::default(),
            wrong: RefCell::default(),
            _server: server,
        }
    }

    /// A subject that no other run has.
    pub(crate) fn subject(&self, name: &str) -> String {
        format!("{name}-{}", self.run)
    }

    /// One call, and its answer as status and body.
    pub(crate) fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.call_with(method, path, &body)
    }

    pub(crate) fn call_with(&self, method: &str, path: &str, body: &str) -> Answer {
        let (status, body) = raw::call(&self.url, method, path, body);
        let body = serde_json::from_str(&body).unwrap_or(Value::String(body));
        Answer { status, body }
    }

    /// Holds an answer against the entry of the table.
    pub(crate) fn tells(&self, what: &str, answer: impl Into<String>) {
        let answer = answer.into();
        let Some(entry) = self.differences.iter().find(|entry| entry.what == what) else {
            panic!("no difference about {} has the name {what:?}", self.concern);
        };
        let expected = match self.kind {
            Kind::Embedded => entry.embedded,
            Kind::Apicurio => entry.apicurio,
        };
        if answer != expected {
            let wrong = format!("{what}: {answer:?}, not {expected:?}");
            self.wrong.borrow_mut().push(wrong);
        }
        assert!(self.told.borrow_mut().insert(entry.what), "{what} is told twice");
    }

    fn end(self) {
        let wrong = self.wrong.borrow();
        let (kind, concern) = (self.kind, self.concern);
        assert!(wrong.is_empty(), "{kind:?}, {concern}:\n{}", wrong.join("\n"));
        for entry in self.differences {
            assert!(
                self.told.borrow().contains(entry.what),
                "nothing proves {:?}",
                entry.what
            );
            let differs = [entry.apicurio, entry.confluent]
                .iter()
                .any(|other| *other != entry.embedded);
            assert!(differs, "{:?} is no difference", entry.what);
        }
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        if std::thread::panicking() {
            say(&format!("on {:?}, {}", self.kind, self.url));
        }
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Text where it is no JSON.
    pub(crate) body: Value,
}

impl Answer {
    /// The status, and the registry's own code where it has one; of a refusal also that it is no JSON.
    pub(crate) fn code(&self) -> String {
        match self.body.get("error_code") {
            Some(code) => format!("{} {code}", self.status),
            None if self.status >= 400 && !self.body.is_object() => format!("{}, text", self.status),
            None => self.status.to_string(),
        }
    }

    /// The names of the members, sorted.
    pub(crate) fn members(&self) -> String {
        let names: BTreeSet<_> = self
            .body
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
            .collect();
        names.into_iter().cloned().collect::<Vec<_>>().join(", ")
    }

    /// A number of the body.
    pub(crate) fn number(&self, name: &str) -> u64 {
        self.body[name]
            .as_u64()
            .unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }
}

/// All tables, as they stand in the file.
pub(crate) fn printed(concerns: &[Concern]) -> String {
    let mut text = "# Where registries differ\n\n\
        Printed by the contract suite (`contract.rs`), which holds the embedded registry and, where one runs, Apicurio\n\
        3.0.9 to each line. What is Confluent's was read in its source; no test asks it. An answer is an HTTP status with\n\
        the registry's own code, or what the status does not say. On all else of the suite they agree.\n\
        GUIDs, metadata, modes and contexts are proven on the embedded registry and on fixed vectors alone.\n"
        .to_owned();
    for concern in concerns.iter().filter(|concern| !concern.differences.is_empty()) {
        let _ = write!(text, "\n## {}\n\n", sentence(concern.title));
        text.push_str("| asked | embedded registry | Apicurio | Confluent |\n|---|---|---|---|\n");
        for entry in concern.differences {
            let cells = [entry.what, entry.embedded, entry.apicurio, entry.confluent];
            let _ = writeln!(text, "| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "));
        }
    }
    text
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
