//! One call per schema, whoever asks, however many at once; no failure that sticks, no caller that waits for one who
//! has gone.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use publisher_core::compatibility::Level;
use publisher_core::registry::{
    CachedRegistry, RegisteredSchema, RegistryError, RegistryFailure, SchemaRegistry, SchemaText,
};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{SchemaId, SubjectVersion};
use tokio::sync::Semaphore;

use crate::{avro, client, later};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_at_a_cold_start_make_one_request() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = Arc::new(CachedRegistry::new(Arc::new(client(server.url()))));
    let tasks = (0..1_000).map(|_| {
        let registry = Arc::clone(&registry);
        tokio::spawn(async move { registry.register("s", &avro("\"string\"")).await })
    });
    let mut answers = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        answers.push(task.await.unwrap().unwrap());
    }
    assert_eq!(answers.len(), 1_000);
    assert!(
        answers
            .iter()
            .all(|answer| answer.id.0 == 1 && answer.version == Some(SubjectVersion(1)))
    );
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn subject_and_schema_are_the_key() {
    let server = EmbeddedRegistry::start().unwrap();
    server.set_global_level(Level::None);
    let registry = CachedRegistry::new(Arc::new(client(server.url())));
    let (string, long) = (avro("\"string\""), avro("\"long\""));
    for _ in 0..3 {
        assert_eq!(registry.register("s", &string).await.unwrap().id, SchemaId(1));
        assert_eq!(registry.register("s", &long).await.unwrap().id, SchemaId(2));
        assert_eq!(registry.register("t", &string).await.unwrap().id, SchemaId(1));
        // Registered is as good as looked up.
        assert_eq!(
            registry.look_up("s", &string).await.unwrap().version,
            Some(SubjectVersion(1))
        );
        assert_eq!(registry.schema_by_id(SchemaId(2)).await.unwrap(), long);
    }
    assert_eq!(server.requests(), 4);
    assert_eq!(registry.address(), server.url());
    assert!(format!("{registry:?}").contains("schemas: 3, texts: 1"), "{registry:?}");
}

#[tokio::test]
async fn refusals_are_kept_for_a_while_and_failures_that_may_heal_are_not() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = CachedRegistry::new(Arc::new(client(server.url())));
    let schema = avro("\"string\"");
    assert!(matches!(
        registry.look_up("s", &schema).await,
        Err(RegistryError::NotFound(_))
    ));
    server.fail_next(1, 409, "");
    assert!(matches!(
        registry.register("s", &schema).await,
        Err(RegistryError::Incompatible(_))
    ));
    for _ in 0..3 {
        assert!(matches!(
            registry.register("s", &schema).await,
            Err(RegistryError::Incompatible(_))
        ));
    }
    assert_eq!(server.requests(), 2, "a refusal is given again for 30 s");
    later(Duration::from_secs(31)).await;

    server.fail_next(1, 403, "");
    for _ in 0..3 {
        assert!(matches!(
            registry.register("s", &schema).await,
            Err(RegistryError::Unauthorised(_))
        ));
    }
    assert_eq!(server.requests(), 3, "that of credentials for 10 s");
    later(Duration::from_secs(11)).await;

    for (status, body) in [(503, ""), (429, ""), (500, "{}"), (200, "<html>"), (200, r#"{"id":0}"#)] {
        server.fail_next(1, status, body);
        assert!(registry.register("s", &schema).await.unwrap_err().is_retriable());
    }
    assert_eq!(server.requests(), 8, "and what may heal not at all");
    assert_eq!(registry.register("s", &schema).await.unwrap().id, SchemaId(1));
    assert_eq!(registry.look_up("s", &schema).await.unwrap().id, SchemaId(1));
    assert_eq!(server.requests(), 9);
}

#[tokio::test]
async fn who_waited_shares_the_failure() {
    let (gated, registry) = Gated::new(Answers::Failure);
    let schema = avro("\"string\"");
    let mut waiting = (0..100).map(|_| registry.register("s", &schema)).collect::<Vec<_>>();
    for future in &mut waiting {
        start(future).await;
    }
    gated.gate.add_permits(1);
    for future in waiting {
        assert!(matches!(future.await, Err(RegistryError::Unreachable(_))));
    }
    assert_eq!(
        gated.calls(),
        1,
        "one after the other they would wait a hundred timeouts"
    );

    gated.gate.add_permits(1);
    registry.register("s", &schema).await.unwrap_err();
    assert_eq!(gated.calls(), 2, "who comes later asks anew");
}

#[tokio::test]
async fn a_failed_look_up_is_no_failed_registration() {
    let (gated, registry) = Gated::new(Answers::OnlyRegistrations);
    let schema = avro("\"string\"");
    let (mut look_up, mut register) = (registry.look_up("s", &schema), registry.register("s", &schema));
    start(&mut look_up).await;
    start(&mut register).await;
    gated.gate.add_permits(2);
    assert!(matches!(look_up.await, Err(RegistryError::NotFound(_))));
    assert_eq!(register.await.unwrap().id, SchemaId(9));
    assert_eq!(gated.calls(), 2);
}

#[tokio::test]
async fn nobody_waits_for_a_caller_that_has_gone() {
    let (gated, registry) = Gated::new(Answers::Success);
    let schema = avro("\"string\"");
    let mut dropped = registry.register("s", &schema);
    start(&mut dropped).await;
    let mut waiting = registry.register("s", &schema);
    start(&mut waiting).await;
    drop(dropped);
    gated.gate.add_permits(1);
    assert_eq!(waiting.await.unwrap().id, SchemaId(9));
    assert_eq!(gated.calls(), 1, "the call outlives the caller that began it");
}

#[tokio::test]
async fn nobody_waits_for_a_caller_that_does_not_poll() {
    let (gated, registry) = Gated::new(Answers::Success);
    let schema = avro("\"string\"");
    let mut idle = registry.register("s", &schema);
    start(&mut idle).await;
    gated.gate.add_permits(1);
    assert_eq!(registry.register("s", &schema).await.unwrap().id, SchemaId(9));
    assert_eq!(idle.await.unwrap().id, SchemaId(9));
    assert_eq!(gated.calls(), 1);
}

#[tokio::test]
async fn a_panic_ends_the_call_and_not_the_cache() {
    let (gated, registry) = Gated::new(Answers::Panic);
    gated.gate.add_permits(10);
    for calls in 1..3 {
        let error = registry.register("s", &avro("\"string\"")).await.unwrap_err();
        assert!(
            matches!(error, RegistryError::Unreachable(_)) && error.to_string().contains("broken off"),
            "{error}"
        );
        assert_eq!(gated.calls(), calls);
    }
}

#[test]
fn a_runtime_that_is_shut_down_does_not_hold_the_others() {
    let (gated, registry) = Gated::new(Answers::Success);
    let schema = avro("\"string\"");
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    let first = runtime();
    first.block_on(async { start(&mut registry.register("s", &schema)).await });
    drop(first);
    gated.gate.add_permits(1);
    assert_eq!(
        runtime().block_on(registry.register("s", &schema)).unwrap().id,
        SchemaId(9)
    );
}

#[test]
fn without_a_runtime_the_call_runs_where_it_is_polled() {
    let (gated, registry) = Gated::new(Answers::Success);
    let schema = avro("\"string\"");
    let (mut first, mut second) = (registry.register("s", &schema), registry.register("s", &schema));
    assert!(poll(&mut first).is_pending() && poll(&mut second).is_pending());
    drop(first);
    gated.gate.add_permits(1);
    // The place is free again, and whoever waits takes it.
    assert!(matches!(poll(&mut second), Poll::Ready(Ok(_))));
    assert_eq!(gated.calls(), 2);
}

type Call<'a> = Pin<Box<dyn Future<Output = Result<RegisteredSchema, RegistryError>> + Send + 'a>>;

fn poll(call: &mut Call<'_>) -> Poll<Result<RegisteredSchema, RegistryError>> {
    call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls a call once, so that it has its place; it cannot end yet.
async fn start(call: &mut Call<'_>) {
    poll_fn(|context| {
        assert!(call.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}

#[derive(Clone, Copy)]
enum Answers {
    Success,
    Failure,
    OnlyRegistrations,
    Panic,
}

/// A registry that answers each call only when it is told to.
struct Gated {
    gate: Semaphore,
    calls: AtomicUsize,
    answers: Answers,
}

impl Gated {
    fn new(answers: Answers) -> (Arc<Self>, CachedRegistry) {
        let gated = Arc::new(Self {
            gate: Semaphore::new(0),
            calls: AtomicUsize::new(0),
            answers,
        });
        (Arc::clone(&gated), CachedRegistry::new(gated))
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    async fn answer(&self, subject: &str, registers: bool) -> Result<RegisteredSchema, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.gate.acquire().await.unwrap().forget();
        let failure = RegistryFailure::new(self.address(), "scripted");
        match self.answers {
            Answers::Success => Ok(RegisteredSchema::new(subject, SchemaId(9), None)),
            Answers::Failure => Err(RegistryError::Unreachable(failure)),
            Answers::OnlyRegistrations if registers => Ok(RegisteredSchema::new(subject, SchemaId(9), None)),
            Answers::OnlyRegistrations => Err(RegistryError::NotFound(failure)),
            Answers::Panic => panic!("scripted panic"),
        }
    }
}

#[async_trait]
impl SchemaRegistry for Gated {
    async fn register(&self, subject: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.answer(subject, true).await
    }

    async fn look_up(&self, subject: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.answer(subject, false).await
    }

    async fn schema_by_id(&self, _: SchemaId) -> Result<SchemaText, RegistryError> {
        Err(RegistryError::NotFound(RegistryFailure::new(
            self.address(),
            "scripted",
        )))
    }

    fn address(&self) -> &str {
        "http://gated"
    }
}
