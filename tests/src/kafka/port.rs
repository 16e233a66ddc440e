//! Free ports for brokers that will be away for a while and want the same port again.
//!
//! Below those that Linux gives to outgoing connections: a client that tries again and again to reach a closed port from
//! among these can be given that very port, connect to itself, and keep the broker out.

use std::net::TcpListener;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::SystemTime;

use crate::random::Random;

/// Linux begins at 32,768 by default.
const FIRST: u16 = 15_000;
const LAST: u16 = 32_000;

pub(super) fn free() -> u16 {
    static RANDOM: Mutex<Option<Random>> = Mutex::new(None);
    let mut random = RANDOM.lock().unwrap_or_else(PoisonError::into_inner);
    let random = random.get_or_insert_with(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        Random::new(now.as_nanos() as u64 ^ u64::from(std::process::id()))
    });
    for _ in 0..1_000 {
        let port = FIRST + random.below(LAST - FIRST);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port from {FIRST} to {LAST}");
}
