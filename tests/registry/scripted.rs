//! A registry that breaks as it is told to: raw bytes over TCP, one act for each request, and a count of what came.
//!
//! It knows no API. When its script is at an end, it answers like a registry that knows one schema.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::TcpSocket;

/// What happens to one request.
#[derive(Clone)]
pub(crate) enum Act {
    /// These bytes, head and all, and then the end of the connection.
    Send(Vec<u8>),
    /// These bytes, then the others over and over until the client hangs up.
    Flood(Vec<u8>, Vec<u8>),
    /// An answer with this status that repeats the request, as servers do that find fault with it: as a page, or in the words
    /// of a registry.
    Repeat(u16, Repeated),
    /// A head that promises a long answer, then a byte now and then.
    Drip,
    /// Nothing, for as long as the client waits.
    Hang,
    /// The end of the connection.
    HangUp,
}

/// How a request is repeated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeated {
    Page,
    /// So far behind in a page that a shortened text would end within it.
    Behind,
    Message,
    /// In the target of a redirect.
    Location,
}

impl Act {
    /// An answer with this status, these lines of the head (each with `\r\n` at its end) and this body.
    pub(crate) fn answer(status: u16, head: &str, body: &str) -> Self {
        let length = body.len();
        let bytes =
            format!("HTTP/1.1 {status} Scripted\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        Self::Send(bytes.into_bytes())
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::answer(status, "", r#"{"error_code":1,"message":"scripted"}"#)
    }

    pub(crate) fn registered() -> Self {
        Self::answer(200, "", r#"{"subject":"s","id":7,"version":3,"schema":"\"string\""}"#)
    }
}

/// One address of a broken registry. It stops when it is dropped.
pub(crate) struct Scripted {
    pub(crate) url: String,
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    script: Mutex<VecDeque<Act>>,
    requests: Mutex<Vec<String>>,
    connections: AtomicUsize,
    sent_bytes: AtomicUsize,
    stopped: AtomicBool,
}

impl Scripted {
    pub(crate) fn start(script: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        shared.script.lock().unwrap().extend(script);
        let accepting = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                for stream in listener.incoming() {
                    if shared.stopped.load(Ordering::SeqCst) {
                        return;
                    }
                    shared.connections.fetch_add(1, Ordering::SeqCst);
                    let shared = Arc::clone(&shared);
                    std::thread::spawn(move || shared.serve(&stream.unwrap()));
                }
            }
        });
        Self {
            url: format!("http://{address}"),
            address,
            shared,
            accepting: Some(accepting),
        }
    }

    /// How many requests came.
    pub(crate) fn calls(&self) -> usize {
        self.shared.requests.lock().unwrap().len()
    }

    /// The requests as they came: head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many bytes the clients let it send.
    pub(crate) fn sent_bytes(&self) -> usize {
        self.shared.sent_bytes.load(Ordering::SeqCst)
    }
}

/// An address where nobody listens, and nobody else begins to: the port is taken.
pub(crate) struct Nobody {
    /// Host and port.
    pub(crate) host: String,
    _taken: TcpSocket,
}

impl Nobody {
    pub(crate) fn new() -> Self {
        let taken = TcpSocket::new_v4().unwrap();
        taken.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self {
            host: taken.local_addr().unwrap().to_string(),
            _taken: taken,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host)
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.accepting.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn serve(&self, mut stream: &TcpStream) {
        let Some(request) = read_request(stream) else { return };
        self.requests.lock().unwrap().push(request.clone());
        let act = self.script.lock().unwrap().pop_front();
        match act.unwrap_or_else(Act::registered) {
            Act::Send(bytes) => {
                self.send(stream, &bytes);
            }
            Act::Flood(first, again) => {
                let mut goes_on = self.send(stream, &first);
                while goes_on && !self.stopped.load(Ordering::SeqCst) {
                    goes_on = self.send(stream, &again);
                }
            }
            Act::Repeat(status, how) => {
                // Of the head what matters: a snippet is short.
                let said = (request
                    .lines()
                    .find(|line| line.to_ascii_lowercase().starts_with("authorization")))
                .unwrap_or("nothing")
                .to_owned();
                let answer = match how {
                    Repeated::Page => Act::answer(status, "", &format!("<html>{said}</html>")),
                    Repeated::Behind => Act::answer(status, "", &format!("<html>{}{said}", ".".repeat(75))),
                    Repeated::Message => {
                        let message = serde_json::json!({ "error_code": 1, "message": said });
                        Act::answer(status, "", &message.to_string())
                    }
                    Repeated::Location => {
                        let location = format!("Location: http://elsewhere.example/{}\r\n", said.replace(' ', "/"));
                        Act::answer(status, &location, "")
                    }
                };
                if let Act::Send(bytes) = answer {
                    self.send(stream, &bytes);
                }
            }
            Act::Drip => {
                let mut goes_on = self.send(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{");
                while goes_on && self.waits(stream) {
                    goes_on = self.send(stream, b" ");
                }
            }
            Act::Hang => while self.waits(stream) {},
            Act::HangUp => {}
        }
        // What is unread when a socket closes makes it a reset, which can overtake the answer.
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
        let _ = stream.read_to_end(&mut Vec::new());
    }

    /// Whether all of it went out.
    fn send(&self, mut stream: &TcpStream, bytes: &[u8]) -> bool {
        let sent = stream.write_all(bytes).is_ok();
        if sent {
            self.sent_bytes.fetch_add(bytes.len(), Ordering::SeqCst);
        }
        sent
    }

    /// Waits a moment for the client to hang up; whether it is still there.
    fn waits(&self, mut stream: &TcpStream) -> bool {
        let _ = stream.set_read_timeout(Some(Duration::from_millis(20)));
        let still_there = match stream.read(&mut [0]) {
            Ok(count) => count > 0,
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        };
        still_there && !self.stopped.load(Ordering::SeqCst)
    }
}

/// `None` if the client hung up before all of it had come.
fn read_request(stream: &TcpStream) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if reader.read_line(&mut request).ok()? == 0 {
            return None;
        }
    }
    let head = request.to_ascii_lowercase();
    let length = (head.lines().find_map(|line| line.strip_prefix("content-length: ")))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(request + &String::from_utf8_lossy(&body))
}
