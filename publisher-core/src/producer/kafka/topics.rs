//! [`Topics`]: what a client keeps for each topic, found by the topic's name without a lock.
//!
//! Every record asks for its topic, from any thread, and there are few of them, which stay: chains that only grow. Knows
//! no client.

use std::sync::OnceLock;

/// A power of two. A service with more topics than this walks a few steps for each record.
const CHAINS: usize = 64;

/// Topics by name. None is ever taken out.
pub(super) struct Topics<T> {
    chains: [Chain<T>; CHAINS],
}

type Chain<T> = OnceLock<Box<Link<T>>>;

struct Link<T> {
    name: Box<str>,
    topic: T,
    next: Chain<T>,
}

impl<T> Default for Topics<T> {
    fn default() -> Self {
        Self {
            chains: [const { OnceLock::new() }; CHAINS],
        }
    }
}

impl<T> Topics<T> {
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        let mut chain = self.chain(name);
        while let Some(link) = chain.get() {
            if *link.name == *name {
                return Some(&link.topic);
            }
            chain = &link.next;
        }
        None
    }

    /// Keeps a topic. If another thread was faster, its topic counts and this one is dropped.
    pub(super) fn keep(&self, name: &str, topic: T) -> &T {
        let mut chain = self.chain(name);
        let mut link = Some(Box::new(Link {
            name: name.into(),
            topic,
            next: OnceLock::new(),
        }));
        loop {
            if let Some(present) = chain.get() {
                if *present.name == *name {
                    return &present.topic;
                }
                chain = &present.next;
            } else if let Some(own) = link.take() {
                link = chain.set(own).err();
            }
        }
    }

    fn chain(&self, name: &str) -> &Chain<T> {
        // FNV-1a over words in the place of bytes: names are trusted, and hashing is most of what a look-up costs.
        const PRIME: u64 = 0x0100_0000_01b3;
        let (words, rest) = name.as_bytes().as_chunks::<8>();
        let mut hash = name.len() as u64 ^ 0xcbf2_9ce4_8422_2325;
        for word in words {
            hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(PRIME).rotate_left(29);
        }
        for byte in rest {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
        &self.chains[(hash ^ (hash >> 32)) as usize % CHAINS]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::Topics;

    #[test]
    fn a_topic_is_found_by_its_whole_name() {
        let topics = Topics::default();
        // More than chains, so that some share one.
        let names: Vec<String> = (0..300).map(|index| format!("shop.orders.created.v{index}")).collect();
        for (index, name) in names.iter().enumerate() {
            assert_eq!(topics.get(name), None);
            assert_eq!(topics.keep(name, index), &index);
        }
        for (index, name) in names.iter().enumerate() {
            assert_eq!(topics.get(name), Some(&index));
        }
        assert_eq!((topics.get(""), topics.get("shop.orders.created.v")), (None, None));
    }

    #[test]
    fn names_spread_over_the_chains() {
        let topics: Topics<()> = Topics::default();
        let first = topics.chains.as_ptr().addr();
        let chains: std::collections::HashSet<usize> = (0..64)
            .map(|index| std::ptr::from_ref(topics.chain(&format!("tenant-{index}.orders"))).addr() - first)
            .collect();
        assert!(chains.len() > 30, "{} of 64", chains.len());
    }

    /// Counts how many of it are alive.
    struct Counted<'a>(&'a AtomicUsize);

    impl Drop for Counted<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn of_two_threads_with_one_name_the_faster_one_counts() {
        const THREADS: usize = 4;
        let alive = AtomicUsize::new(0);
        let topics = Topics::default();
        let together = Barrier::new(THREADS);
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    together.wait();
                    for name in ["orders", "stock", "prices"] {
                        alive.fetch_add(1, Ordering::Relaxed);
                        topics.keep(name, Counted(&alive));
                        assert!(topics.get(name).is_some());
                    }
                });
            }
        });
        assert_eq!(alive.load(Ordering::Relaxed), 3);
        drop(topics);
        assert_eq!(alive.load(Ordering::Relaxed), 0);
    }
}
