//! Counts the connections to a listener, by standing before it. Only those that begin with `bootstrap_servers`: once a client
//! is let in, it goes where the broker says that it is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

/// Passes everything on to a broker. Ends with the runtime.
pub struct Counting {
    /// Where clients connect to.
    pub port: u16,
    count: Arc<AtomicUsize>,
}

impl Counting {
    /// Stands before this listener.
    pub async fn before(broker: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let count = Arc::new(AtomicUsize::new(0));
        tokio::spawn({
            let count = Arc::clone(&count);
            async move {
                while let Ok((mut client, _)) = listener.accept().await {
                    count.fetch_add(1, Ordering::SeqCst);
                    tokio::spawn(async move {
                        if let Ok(mut broker) = TcpStream::connect(broker).await {
                            // Whoever hangs up first.
                            let _ = copy_bidirectional(&mut client, &mut broker).await;
                        }
                    });
                }
            }
        });
        Self { port, count }
    }

    /// How many connections there were.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}
