//! Kafka's frames: four bytes of length, then so many bytes.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::Ports;

/// No broker of the tests takes more.
const LONGEST: usize = 64 << 20;
/// The host by which the brokers name themselves; their port follows as four bytes.
const HOST: &[u8] = b"127.0.0.1";

/// The next frame, its length included; `None` at the end of the stream, which may be in the middle of a frame.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match stream.read_exact(&mut length).await {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let size = u32::from_be_bytes(length) as usize;
    if size > LONGEST {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a frame too long for a test",
        ));
    }
    let mut frame = length.to_vec();
    frame.resize(4 + size, 0);
    match stream.read_exact(&mut frame[4..]).await {
        Ok(_) => Ok(Some(frame)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// The kind and the number of a request.
pub(super) fn request(frame: &[u8]) -> Option<(i16, [u8; 4])> {
    let kind = i16::from_be_bytes(frame.get(4..6)?.try_into().ok()?);
    Some((kind, frame.get(8..12)?.try_into().ok()?))
}

/// The number of the request that an answer belongs to.
pub(super) fn answered(frame: &[u8]) -> Option<[u8; 4]> {
    frame.get(4..8)?.try_into().ok()
}

/// Writes the proxies' ports over those of the brokers.
pub(super) fn redirect(frame: &mut [u8], ports: &Ports) {
    let mut at = 4;
    while let Some(found) = frame[at..].windows(HOST.len()).position(|window| window == HOST) {
        at += found + HOST.len();
        let Some(port) = frame.get_mut(at..at + 4) else { return };
        let number = u32::from_be_bytes([port[0], port[1], port[2], port[3]]);
        let known = u16::try_from(number).ok().and_then(|number| ports.get(&number));
        if let Some(proxy) = known {
            port.copy_from_slice(&u32::from(*proxy).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_behind_the_host_are_replaced_and_nothing_else_is() {
        let ports = Ports::from([(9092, 4000), (9093, 4001)]);
        let frame = |first: u32, second: u32| {
            let mut frame = b"\0\0\0\0..\x0a127.0.0.1".to_vec();
            frame.extend(first.to_be_bytes());
            frame.extend(b"..127.0.0.1");
            frame.extend(second.to_be_bytes());
            frame.extend(9092_u32.to_be_bytes());
            frame.extend(b"127.0.0.1");
            frame
        };
        let mut changed = frame(9093, 9094);
        redirect(&mut changed, &ports);
        assert_eq!(changed, frame(4001, 9094));
        let mut changed = frame(9092, 9093);
        redirect(&mut changed, &ports);
        assert_eq!(changed, frame(4000, 4001));
        redirect(&mut [0; 4], &ports);
    }
}
