//! The HTTP server: a thread, a runtime, a listener; counts requests and plays the scripted faults.
//!
//! Knows no endpoint; `routes.rs` does.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::{State, lock, routes};

/// The type of every answer.
const MEDIA_TYPE: &str = "application/vnd.schemaregistry.v1+json";
/// No schema of a test is larger.
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// The running server; dropping it stops it and waits for its thread.
pub(super) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on a free port of 127.0.0.1. All that can fail happens here, not in the thread.
    pub(super) fn start(state: Arc<State>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("embedded-registry".to_owned())
            // Dropping the runtime at the end cuts the connections that are still open.
            .spawn(move || runtime.block_on(serve(listener, state, stopped)))?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

async fn serve(listener: TcpListener, state: Arc<State>, mut stopped: oneshot::Receiver<()>) {
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => return,
            accepted = listener.accept() => accepted,
        };
        // A connection that broke before it was accepted concerns nobody else.
        let Ok((stream, _)) = accepted else { continue };
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let state = Arc::clone(&state);
                async move { Ok::<_, Infallible>(answer(&state, request).await) }
            });
            // A client that hangs up in the middle is no error of ours.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(state: &State, request: Request<Incoming>) -> Response<Full<Bytes>> {
    state.requests.fetch_add(1, Ordering::SeqCst);
    if let Some(fault) = lock(&state.faults).pop_front() {
        let media_type = if fault.body.trim_start().starts_with('<') {
            "text/html"
        } else {
            MEDIA_TYPE
        };
        return response(fault.status, media_type, fault.body);
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY_BYTES).collect().await else {
        return response(
            413,
            MEDIA_TYPE,
            r#"{"error_code":413,"message":"HTTP 413 Request Entity Too Large"}"#.to_owned(),
        );
    };
    let (status, body) = routes::answer(
        &state.store,
        &parts.method,
        parts.uri.path(),
        parts.uri.query(),
        &body.to_bytes(),
    );
    response(status, MEDIA_TYPE, body)
}

fn response(status: u16, media_type: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    // Both are checked where they enter: our own constants, and the assertion in `fail_next`.
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
