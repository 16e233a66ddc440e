//! The HTTP server: a thread, a runtime, a listener.
//!
//! Knows no endpoint (`routes.rs` does) and no caller (`callers.rs` does).

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;

use super::{State, lock, routes};

/// The type of every answer.
const MEDIA_TYPE: &str = "application/vnd.schemaregistry.v1+json";
/// No schema of a test is larger.
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// A port of 127.0.0.1 that is held and not listened to: who connects is refused, and the system
/// gives it to nobody who asks for a free one.
pub(super) struct Port {
    socket: TcpSocket,
    address: SocketAddr,
}

impl Port {
    /// Holds this port, or a free one.
    pub(super) fn hold(address: Option<SocketAddr>) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        // Connections of the server that ran here before may linger.
        socket.set_reuseaddr(true)?;
        socket.bind(address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0))))?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

/// The running server; dropping it stops it and waits for its thread.
pub(super) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on the port. All that can fail happens here, not in the thread.
    pub(super) fn start(state: Arc<State>, port: Port) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            port.socket.listen(BACKLOG)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("embedded-registry".to_owned())
            // Dropping the runtime at the end cuts the connections that are still open.
            .spawn(move || runtime.block_on(serve(listener, state, stopped)))?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
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
    let (parts, body) = request.into_parts();
    state.callers.record(&parts.method, parts.uri.path());
    let authorization = parts.headers.get(AUTHORIZATION);
    if let Some(scripted) = state.callers.instead(authorization) {
        return response(scripted.status, scripted.headers, scripted.body);
    }
    let Ok(body) = Limited::new(body, MAX_BODY_BYTES).collect().await else {
        return response(
            413,
            HeaderMap::new(),
            r#"{"error_code":413,"message":"HTTP 413 Request Entity Too Large"}"#.to_owned(),
        );
    };
    let (status, body) = routes::answer(
        &mut lock(&state.store),
        state.guids.load(Ordering::SeqCst),
        &parts.method,
        parts.uri.path(),
        parts.uri.query(),
        &body.to_bytes(),
    );
    response(status, HeaderMap::new(), body)
}

/// An answer of the registry's own type, unless its headers name another.
fn response(status: u16, headers: HeaderMap, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    // Both are checked where they enter: our own constants, and the assertions in `fail_next_with`.
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
        .headers_mut()
        .entry(CONTENT_TYPE)
        .or_insert(HeaderValue::from_static(MEDIA_TYPE));
    response
}
