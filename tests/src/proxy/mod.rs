//! TCP proxies between clients and Kafka brokers, which do to connections what networks do.
//!
//! Kafka's clients go where the brokers say that they are. So that they come back to the proxy, it writes its own port
//! over the broker's wherever an answer names one behind the proxies' host: the frame keeps its length. This wants
//! brokers that name themselves by `127.0.0.1`, on connections that are not encrypted.
//!
//! Knows frames (a length before each) and of what is in them the kind of a request, its number and ports.

mod connection;
mod frame;
mod listener;
mod mode;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Runtime;
use tokio::sync::watch;

pub use mode::{Api, Direction, Mode};

use listener::Door;
use mode::{Modes, Orders};

/// A proxy before each broker of a cluster. They end when it is dropped, and with them all connections.
pub struct Proxies {
    proxies: Vec<Proxy>,
    runtime: Option<Runtime>,
}

/// The proxy before one broker. Everything passes until it is told otherwise.
pub struct Proxy {
    address: SocketAddr,
    broker: SocketAddr,
    orders: Arc<watch::Sender<Orders>>,
}

/// The proxies' port for each broker's.
type Ports = HashMap<u16, u16>;

impl Proxies {
    /// Proxies before all brokers that the list names, in its order.
    #[must_use]
    pub fn before(bootstrap_servers: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("proxy")
            .enable_all()
            .build()
            .unwrap();
        let _inside = runtime.enter();
        let brokers = bootstrap_servers.split(',').map(|broker| broker.parse().unwrap());
        let doors: Vec<(SocketAddr, Door)> = brokers.map(|broker| (broker, Door::open())).collect();
        let ports: Ports = doors
            .iter()
            .map(|(broker, door)| (broker.port(), door.address().port()))
            .collect();
        let ports = Arc::new(ports);
        let proxies = doors.into_iter().map(|(broker, door)| {
            let (orders, _) = watch::channel(Orders::default());
            let (address, orders) = (door.address(), Arc::new(orders));
            runtime.spawn(door.serve(broker, Arc::clone(&ports), Arc::clone(&orders)));
            Proxy {
                address,
                broker,
                orders,
            }
        });
        Self {
            proxies: proxies.collect(),
            runtime: Some(runtime),
        }
    }

    /// The proxies' addresses, for `bootstrap_servers`.
    #[must_use]
    pub fn bootstrap_servers(&self) -> String {
        let addresses: Vec<_> = self.proxies.iter().map(|proxy| proxy.address.to_string()).collect();
        addresses.join(",")
    }

    /// The proxy before the n-th broker, counted from 0.
    #[must_use]
    pub fn proxy(&self, number: usize) -> &Proxy {
        &self.proxies[number]
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Proxy> {
        self.proxies.iter()
    }

    /// Lets everything pass again.
    pub fn heal(&self) {
        self.proxies.iter().for_each(Proxy::heal);
    }
}

impl Drop for Proxies {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // It may be dropped within another runtime, which allows no waiting.
            runtime.shutdown_background();
        }
    }
}

impl Proxy {
    /// Where clients find it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The broker behind it.
    #[must_use]
    pub fn broker(&self) -> SocketAddr {
        self.broker
    }

    /// What happens from now on to what goes this way, on connections of now and later.
    pub fn set(&self, direction: Direction, mode: Mode) {
        self.orders.send_modify(|orders| orders.modes.set(direction, mode));
    }

    /// The next answer to a request of this kind is lost: the broker has done as it was asked, and nobody hears of it.
    pub fn lose_answer(&self, api: Api) {
        self.orders
            .send_modify(|orders| orders.lost.lock().unwrap_or_else(PoisonError::into_inner).push(api));
    }

    /// Whether an answer is still to be lost.
    #[must_use]
    pub fn has_answers_to_lose(&self) -> bool {
        let orders = self.orders.borrow();
        let lost = orders.lost.lock().unwrap_or_else(PoisonError::into_inner);
        !lost.is_empty()
    }

    /// Resets all connections (RST).
    pub fn reset(&self) {
        self.orders.send_modify(|orders| orders.resets += 1);
    }

    /// The broker's side of all connections is closed, and the clients are not told: what they send goes nowhere.
    pub fn half_open(&self) {
        self.orders.send_modify(|orders| orders.half_opens += 1);
    }

    /// No answer to a new connection, not even that there is none: SYN packets vanish. Connections that are open stay.
    pub fn ignore_connections(&self, ignore: bool) {
        self.orders.send_modify(|orders| orders.ignores = ignore);
    }

    /// Lets everything pass again, and forgets what was to be lost.
    pub fn heal(&self) {
        self.orders.send_modify(|orders| {
            orders.modes = Modes::default();
            orders.lost = Mutex::default().into();
            orders.ignores = false;
        });
    }
}
