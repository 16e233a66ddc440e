//! One connection through a proxy: a way for requests, a way for answers, and their end.
//!
//! Each way has a reader, which sees at once that the peer has gone, and a writer, which does what the mode says. When
//! the client goes, what it had sent and the broker has not received goes too: no request comes to the broker after
//! those of the client's next connection.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedReadHalf;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::mode::{Direction, Mode, Orders};
use super::{Ports, frame};
use crate::random::Random;

/// How many frames a way holds.
const HELD: usize = 4096;

/// The kinds of the requests that have no answer yet, by their numbers.
type Asked = Arc<Mutex<HashMap<[u8; 4], i16>>>;

/// How a connection ends.
enum End {
    /// A peer has closed it.
    Closed,
    /// By a reset.
    Broken,
    /// On the broker's side only.
    HalfOpen,
}

pub(super) async fn run(client: TcpStream, broker: SocketAddr, ports: Arc<Ports>, mut orders: watch::Receiver<Orders>) {
    let Ok(server) = TcpStream::connect(broker).await else {
        // As if the broker's own port were closed.
        let _ = client.set_zero_linger();
        return;
    };
    // The default would hold small frames back for the answer to earlier ones.
    let (_, _) = (client.set_nodelay(true), server.set_nodelay(true));
    let asked = Asked::default();
    let before = {
        let orders = orders.borrow_and_update();
        (orders.resets, orders.half_opens)
    };
    let (from_client, mut to_client) = client.into_split();
    let (from_server, mut to_server) = server.into_split();

    let requests = {
        let (queue, held) = mpsc::channel(HELD);
        let read = read_requests(from_client, queue, Arc::clone(&asked));
        let write = write(Direction::Requests, held, &mut to_server, orders.clone());
        // The reader's end is the client's, who waits for nothing any more.
        async move {
            tokio::select! {
                () = read => End::Closed,
                end = write => end,
            }
        }
    };
    let answers = {
        let (queue, held) = mpsc::channel(HELD);
        let read = read_answers(from_server, queue, asked, ports, orders.clone());
        let write = write(Direction::Answers, held, &mut to_client, orders.clone());
        // The broker's last words are delivered.
        async move { tokio::join!(read, write).1 }
    };
    let end = tokio::select! {
        end = requests => end,
        end = answers => end,
        end = ordered(&mut orders, before) => end,
    };
    match end {
        End::Closed => {}
        End::Broken => {
            let (_, _) = (
                to_client.as_ref().set_zero_linger(),
                to_server.as_ref().set_zero_linger(),
            );
        }
        End::HalfOpen => {
            drop(to_server);
            // Without anybody to give orders it ends as well.
            let _ = orders.wait_for(|orders| orders.resets != before.0).await;
        }
    }
}

/// Waits for an order that ends the connection.
async fn ordered(orders: &mut watch::Receiver<Orders>, (resets, half_opens): (u64, u64)) -> End {
    let is_told = |orders: &Orders| orders.resets != resets || orders.half_opens != half_opens;
    match orders.wait_for(is_told).await {
        Ok(orders) if orders.half_opens != half_opens => End::HalfOpen,
        _ => End::Broken,
    }
}

async fn read_requests(mut client: OwnedReadHalf, queue: mpsc::Sender<(Instant, Vec<u8>)>, asked: Asked) {
    while let Ok(Some(request)) = frame::read(&mut client).await {
        if let Some((kind, number)) = frame::request(&request) {
            asked
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(number, kind);
        }
        if queue.send((Instant::now(), request)).await.is_err() {
            return;
        }
    }
}

async fn read_answers(
    mut server: OwnedReadHalf,
    queue: mpsc::Sender<(Instant, Vec<u8>)>,
    asked: Asked,
    ports: Arc<Ports>,
    orders: watch::Receiver<Orders>,
) {
    while let Ok(Some(mut answer)) = frame::read(&mut server).await {
        let number = frame::answered(&answer).unwrap_or_default();
        let kind = asked.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
        if kind.is_some_and(|kind| is_lost(&orders, kind)) {
            continue;
        }
        frame::redirect(&mut answer, &ports);
        if queue.send((Instant::now(), answer)).await.is_err() {
            return;
        }
    }
}

/// Whether the answer to such a request is to be lost; then the order is done.
fn is_lost(orders: &watch::Receiver<Orders>, kind: i16) -> bool {
    let lost = Arc::clone(&orders.borrow().lost);
    let mut lost = lost.lock().unwrap_or_else(PoisonError::into_inner);
    let found = lost.iter().position(|api| *api as i16 == kind);
    found.map(|at| lost.remove(at)).is_some()
}

/// Writes what is held as the mode says.
async fn write(
    direction: Direction,
    mut held: mpsc::Receiver<(Instant, Vec<u8>)>,
    to: &mut (impl AsyncWrite + Unpin),
    mut orders: watch::Receiver<Orders>,
) -> End {
    let mut random = Random::new(0);
    while let Some((arrived, bytes)) = held.recv().await {
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let mode = orders.borrow_and_update().modes.get(direction);
            let (now, pause) = match mode {
                Mode::Pass => (rest.len(), None),
                Mode::Delay { by, jitter } => {
                    let more = random.below(jitter.as_micros() as u64 + 1);
                    sleep_until(arrived + by + Duration::from_micros(more)).await;
                    (rest.len(), None)
                }
                Mode::BlackHole => (0, Some(Duration::from_secs(3600))),
                Mode::Drip { bytes_per_second } => (1, Some(Duration::from_secs(1) / bytes_per_second)),
                Mode::Cut => {
                    let _ = to.write_all(&rest[..rest.len() / 2]).await;
                    return End::Broken;
                }
            };
            if to.write_all(&rest[..now]).await.is_err() {
                return End::Broken;
            }
            rest = &rest[now..];
            if let Some(pause) = pause {
                // Another mode ends the pause.
                if let Ok(Err(_)) = tokio::time::timeout(pause, orders.changed()).await {
                    return End::Broken;
                }
            }
        }
    }
    End::Closed
}
