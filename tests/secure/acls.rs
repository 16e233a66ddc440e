//! Who may write to which topic: the requests that say so, sent as they are to a listener where everybody is an administrator.
//!
//! Implements: Kafka's protocol, `DescribeAcls`, `CreateAcls` and `DeleteAcls` in version 1.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

const DESCRIBE_ACLS: i16 = 29;
const CREATE: i16 = 30;
const DELETE: i16 = 31;

/// For an answer, and until a change is in force.
const LIMIT: Duration = Duration::from_secs(30);

const TOPIC: u8 = 2;
const LITERAL: u8 = 3;
const ALLOW: u8 = 3;
const READ: u8 = 3;
const WRITE: u8 = 4;
const DESCRIBE: u8 = 8;

/// Lets this user, such as `User:alice`, write to the topic.
pub fn grant(broker: SocketAddr, user: &str, topic: &str) {
    change(broker, CREATE, user, topic, WRITE);
}

/// Lets this user see the topic, and no more.
pub fn show(broker: SocketAddr, user: &str, topic: &str) {
    change(broker, CREATE, user, topic, DESCRIBE);
}

/// Lets this user read the topic.
pub fn let_read(broker: SocketAddr, user: &str, topic: &str) {
    change(broker, CREATE, user, topic, READ);
}

/// Takes [`grant`] back.
pub fn revoke(broker: SocketAddr, user: &str, topic: &str) {
    change(broker, DELETE, user, topic, WRITE);
}

fn change(broker: SocketAddr, api: i16, user: &str, topic: &str, operation: u8) {
    let mut entry = vec![TOPIC];
    text(&mut entry, topic);
    entry.push(LITERAL);
    text(&mut entry, user);
    text(&mut entry, "*");
    entry.extend([operation, ALLOW]);

    // A list of one entry, which for a deletion is what to look for. The answer has a throttle time, and a list of one result
    // that begins with its error.
    let answer = ask(broker, api, &[&[0, 0, 0, 1], entry.as_slice()].concat());
    assert_eq!(answer[4..10], [0, 0, 0, 1, 0, 0], "ACL not changed: {answer:?}");

    // The broker goes by it a moment later. A throttle time, no error, no text for it, and how many were found.
    let end = Instant::now() + LIMIT;
    let found = if api == CREATE { [0, 0, 0, 1] } else { [0; 4] };
    while ask(broker, DESCRIBE_ACLS, &entry)[8..12] != found {
        assert!(Instant::now() < end, "ACL not in force");
    }
}

/// Sends a request in version 1 and gives what follows its number in the answer.
fn ask(broker: SocketAddr, api: i16, body: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(broker).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    // The number 7, and no client id.
    let head = [&api.to_be_bytes()[..], &[0, 1, 0, 0, 0, 7, 0xff, 0xff]].concat();
    let length = (head.len() + body.len()) as u32;
    stream
        .write_all(&[&length.to_be_bytes(), head.as_slice(), body].concat())
        .unwrap();
    let mut length = [0; 4];
    stream.read_exact(&mut length).unwrap();
    let mut answer = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(answer[..4], [0, 0, 0, 7]);
    answer.split_off(4)
}

fn text(request: &mut Vec<u8>, text: &str) {
    request.extend((text.len() as u16).to_be_bytes());
    request.extend(text.as_bytes());
}
