//! HTTP by hand: a client that says exactly what is written, and a server that answers one call with given bytes and
//! hands over what came.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

/// Sends one request and gives status and body back. `base` may have a path, `path` begins with a slash.
pub(crate) fn call(base: &str, method: &str, path: &str, body: &str) -> (u16, String) {
    let (host, prefix) = split(base);
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    let head = format!(
        "{method} {prefix}{path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    );
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    // Long answers of Apicurio come in chunks, although HTTP/1.0 has none.
    let chunked = head.to_ascii_lowercase().contains("\r\ntransfer-encoding: chunked");
    let body = if chunked { joined(body) } else { body.to_owned() };
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body)
}

/// The body whose chunks these are.
fn joined(mut chunks: &str) -> String {
    let mut body = String::new();
    while let Some((length, rest)) = chunks.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        body.push_str(&rest[..length]);
        if length == 0 {
            break;
        }
        chunks = rest[length..].strip_prefix("\r\n").unwrap();
    }
    body
}

fn split(base: &str) -> (&str, &str) {
    let rest = base.trim_end_matches('/').strip_prefix("http://").unwrap();
    rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash))
}

/// A server for one connection and one request. Joining gives the request as it came: head and body.
pub(crate) struct Once {
    pub(crate) url: String,
    thread: JoinHandle<String>,
}

impl Once {
    /// Answers with these bytes, head and all, and hangs up.
    pub(crate) fn answer(answer: impl Into<Vec<u8>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = answer.into();
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let request = read_request(&stream);
            // The client may have hung up on an answer that it does not want.
            let _ = stream.write_all(&answer);
            request
        });
        Self { url, thread }
    }

    /// A registry's answer to a registration or a look-up.
    pub(crate) fn registered() -> Self {
        let body = r#"{"subject":"s","id":7,"version":3}"#;
        Self::answer(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    pub(crate) fn request(self) -> String {
        self.thread.join().unwrap()
    }
}

/// A server for one connection after the other, each with one request; answers 200 with these bodies in turn. Its address,
/// and the requests as they came.
pub(crate) fn answer_in_turn<const N: usize>(bodies: [String; N]) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let answered = bodies.iter().map(|body| {
            let (mut stream, _) = listener.accept().unwrap();
            let request = read_request(&stream);
            let length = body.len();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
            request
        });
        answered.collect()
    });
    (url, thread)
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        assert_ne!(
            reader.read_line(&mut request).unwrap(),
            0,
            "request ended within its head: {request}"
        );
    }
    let head = request.to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request + &String::from_utf8(body).unwrap()
}
