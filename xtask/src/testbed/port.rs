//! Free ports: bound to be found, released to be used.
//!
//! Another program may take one in between; whoever starts a server then tries again with others.

use std::net::TcpListener;

use anyhow::{Context as _, Result, bail};

use super::guarded::Guarded;

/// `N` different ports of the loopback interface that nobody listened on a moment ago.
pub(crate) fn free<const N: usize>() -> Result<[u16; N]> {
    // All are held until all are found, else the same one could come twice.
    let mut held = Vec::with_capacity(N);
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}

/// Calls `start` with fresh ports, and again when another program was quicker to take one.
pub(crate) fn retrying<const N: usize, T>(
    mut start: impl FnMut([u16; N]) -> Result<(T, Guarded)>,
    mut ready: impl FnMut(&T, &mut Guarded) -> Result<()>,
) -> Result<(T, Guarded)> {
    for attempt in 1.. {
        let (server, mut process) = start(free()?)?;
        match ready(&server, &mut process) {
            Ok(()) => return Ok((server, process)),
            Err(_) if attempt < 3 && is_collision(&process.log()) => {}
            Err(error) => return Err(error),
        }
    }
    bail!("no attempt left")
}

/// The JDK says "Address already in use", Quarkus "Port(s) already bound" or "Port 8080 seems to be in use".
fn is_collision(log: &str) -> bool {
    ["Address already in use", "already bound", "seems to be in use"]
        .iter()
        .any(|words| log.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_differ() {
        let [a, b, c] = free().expect("free ports");
        assert!(a != b && b != c && a != c && a != 0);
    }

    #[test]
    fn knows_a_collision_from_other_failures() {
        assert!(is_collision("java.net.BindException: Address already in use"));
        assert!(is_collision("Port(s) already bound: 127.0.0.1:8080: Address in use"));
        assert!(!is_collision("java.lang.OutOfMemoryError: Java heap space"));
    }
}
