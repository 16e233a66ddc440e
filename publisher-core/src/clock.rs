//! Moments on the runtime's clock.

use std::time::Duration;

use tokio::time::Instant;

/// As good as never: no clock's moment is so late that this overflows it.
pub(crate) const NEVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The end of so long a wait. No setting is so long that it overflows: what is further away than the clock reaches is as
/// good as never.
pub(crate) fn after(since: Instant, wait: Duration) -> Instant {
    since.checked_add(wait).unwrap_or_else(|| since + NEVER)
}
