//! A registry's answers at random: each call ends in a value or a typed error.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use publisher_core::differences::changes;
use publisher_core::registry::{RegistryClient, RegistryError, SchemaRegistry, SchemaText, SchemaType};
use publisher_core::wire::SchemaGuid;
use publisher_core::{SchemaId, SubjectVersion};
use tests::random::Random;

use crate::bytes;

/// Right answers, for every call one that fits.
const ANSWERS: [&str; 9] = [
    r#"{"id":7}"#,
    r#"{"subject":"s","id":7,"version":3,"guid":"89791762-2336-4186-9674-299b90a802e2","schemaType":"AVRO","schema":"{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}"}"#,
    r##"{"subject":"s","id":7,"version":3,"schemaType":"JSON","schema":"{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/definitions/a\"}}}"}"##,
    r#"{"subject":"s","id":7,"version":3,"schema":"\"a.M\"","references":[{"name":"a.M","subject":"m","version":1}],"metadata":{"tags":{"a":["b"]},"properties":{"o":"p"}}}"#,
    r#"["s","t",":.ctx:u"]"#,
    "[1,2,3]",
    r#"{"compatibilityLevel":"BACKWARD","compatibilityPolicy":"LENIENT"}"#,
    r#"{"is_compatible":false,"messages":["{errorType:'X', description:'y'}"]}"#,
    r#"{"error_code":40403,"message":"Schema not found"}"#,
];

/// Larger than any answer that is read.
const FLOOD_BYTES: usize = 50_000_000;

pub(crate) fn run(random: &mut Random, seed: u64, rounds: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = Server::start();
    let client = RegistryClient::builder(&server.url)
        .retries(0)
        .request_timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    for round in 0..rounds {
        let answer = Answer::new(random, round);
        let shown = answer.bytes.clone();
        // References are asked for as well: the same answer for each of these, which leads to itself for ever.
        server.answer.send(answer).unwrap();
        let call = random.below(8);
        let end = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.block_on(async { tokio::time::timeout(Duration::from_secs(60), ask(&client, call)).await })
        }));
        let input = || String::from_utf8_lossy(&shown[..shown.len().min(4_096)]).into_owned();
        match end {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => {
                let text = error.to_string();
                assert!(
                    text.len() < 64 * 1024 && text.contains("127.0.0.1"),
                    "seed {seed}, round {round}, call {call}: {text}\non {:?}",
                    input()
                );
            }
            Ok(Err(_)) => panic!("seed {seed}, round {round}, call {call}: no end on {:?}", input()),
            Err(_) => panic!("seed {seed}, round {round}, call {call}: a panic on {:?}", input()),
        }
    }
}

async fn ask(client: &RegistryClient, call: usize) -> Result<(), RegistryError> {
    let schema = SchemaText::new(SchemaType::Avro, "\"string\"");
    match call {
        0 => client.register("s", &schema).await.map(drop),
        1 => client.look_up("s", &schema).await.map(drop),
        2 => client
            .schema_by_id(SchemaId(7))
            .await
            .map(|found| drop(changes(&schema, &found))),
        3 => client
            .latest("s")
            .await
            .map(|found| drop(changes(&found.schema, &schema))),
        4 => client.schema_by_guid(SchemaGuid([7; 16])).await.map(drop),
        5 => client.subjects().await.map(drop),
        6 => client.schema_of("s", Some(SubjectVersion(3))).await.map(drop),
        _ => client.check_compatibility("s", &schema).await.map(drop),
    }
}

/// What the server says to every request until it gets another.
struct Answer {
    bytes: Vec<u8>,
    /// Sent after these over and over, up to so many bytes.
    flood: Option<Vec<u8>>,
}

impl Answer {
    fn new(random: &mut Random, round: u64) -> Self {
        let status = random.pick(&[
            200, 200, 200, 200, 201, 204, 302, 307, 400, 401, 404, 409, 422, 429, 500, 503,
        ]);
        let right = random.pick(&ANSWERS);
        let body = match random.below(12) {
            0 => right.as_bytes().to_vec(),
            1 => format!("{}{right}", "[".repeat(100_000)).into_bytes(),
            2 => bytes::any(random, 200),
            _ => bytes::mutated(random, right.as_bytes()),
        };
        let length = match random.below(8) {
            0 => random.next() % 100_000,
            _ => body.len() as u64,
        };
        // Few of them, for they take long.
        let floods = round.is_multiple_of(500);
        let head = match (floods, random.below(10)) {
            (true, _) => "Transfer-Encoding: chunked\r\n".to_owned(),
            (_, 0) => "Transfer-Encoding: chunked\r\n".to_owned(),
            (_, 1) => format!("Content-Encoding: gzip\r\nContent-Length: {length}\r\n"),
            (_, 2) => format!(
                "Retry-After: {}\r\nContent-Length: {length}\r\n",
                random.pick(&["1", "-1", "99999999999999999999", "x"])
            ),
            (_, 3) => format!(
                "Location: {}\r\nContent-Length: {length}\r\n",
                random.pick(&["/", "//x", "http://u:p@h/", ":", ""])
            ),
            _ => format!("Content-Length: {length}\r\n"),
        };
        let mut bytes = format!("HTTP/1.1 {status} Any\r\n{head}Connection: close\r\n\r\n").into_bytes();
        if floods {
            let piece = [b"10000\r\n".as_slice(), &b" ".repeat(0x10000), b"\r\n"].concat();
            return Self {
                bytes,
                flood: Some(piece),
            };
        }
        bytes.extend(body);
        if random.below(20) == 0 {
            bytes = bytes::mutated(random, &bytes);
        }
        Self { bytes, flood: None }
    }
}

/// Raw bytes over TCP, one answer a connection. Ends with the process.
struct Server {
    url: String,
    answer: Sender<Answer>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (answer, answers) = channel();
        std::thread::spawn(move || serve(&listener, &answers));
        Self { url, answer }
    }
}

fn serve(listener: &TcpListener, answers: &Receiver<Answer>) {
    let mut last = Answer {
        bytes: Vec::new(),
        flood: None,
    };
    for stream in listener.incoming() {
        while let Ok(newer) = answers.try_recv() {
            last = newer;
        }
        // A client that hangs up in the middle has seen enough.
        let _ = stream.and_then(|stream| answer(stream, &last));
    }
}

fn answer(mut stream: TcpStream, answer: &Answer) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    reader.take(length).read_to_end(&mut Vec::new())?;
    stream.write_all(&answer.bytes)?;
    let mut sent = 0;
    while let Some(piece) = &answer.flood
        && sent < FLOOD_BYTES
    {
        stream.write_all(piece)?;
        sent += piece.len();
    }
    Ok(())
}
