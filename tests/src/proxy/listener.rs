//! The door of a proxy: it lets connections in, or lets them wait for ever.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use super::mode::Orders;
use super::{Ports, connection};

/// How long an own connection may take before the queue of a socket that nobody accepts counts as full.
const FULL: Duration = Duration::from_millis(200);

pub(super) struct Door {
    listener: TcpListener,
    address: SocketAddr,
}

impl Door {
    /// On a free port. To be called within a runtime.
    pub(super) fn open() -> Self {
        let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), 1024);
        let address = listener.local_addr().unwrap();
        Self { listener, address }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets connections in until nobody gives orders any more.
    pub(super) async fn serve(self, broker: SocketAddr, ports: Arc<Ports>, orders: Arc<watch::Sender<Orders>>) {
        let Self { mut listener, address } = self;
        let mut changes = orders.subscribe();
        loop {
            if changes.borrow_and_update().ignores {
                // The new socket takes the port before the old one lets go of it.
                let closed = listen(address, 0);
                drop(listener);
                let _fillers = fill(address).await;
                while changes.borrow_and_update().ignores {
                    if changes.changed().await.is_err() {
                        return;
                    }
                }
                listener = listen(address, 1024);
                drop(closed);
            }
            tokio::select! {
                accepted = listener.accept() => {
                    let Ok((client, _)) = accepted else { continue };
                    tokio::spawn(connection::run(client, broker, Arc::clone(&ports), orders.subscribe()));
                }
                changed = changes.changed() => if changed.is_err() {
                    return;
                }
            }
        }
    }
}

/// Connects until a connection is not answered: then the queue is full, and Linux drops what comes.
async fn fill(address: SocketAddr) -> Vec<TcpStream> {
    let mut fillers = Vec::new();
    while let Ok(Ok(filler)) = tokio::time::timeout(FULL, TcpStream::connect(address)).await {
        fillers.push(filler);
    }
    fillers
}

fn listen(address: SocketAddr, backlog: u32) -> TcpListener {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.set_reuseport(true).unwrap();
    socket.bind(address).unwrap();
    socket.listen(backlog).unwrap()
}
