//! Progress of long work with a registry or a broker, on a terminal's error stream and only once it has taken a while.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// What is done within this time needs no bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// Counts steps.
pub(crate) struct Progress {
    wanted: bool,
    total: u64,
    done: u64,
    began: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// So many steps; shown if there is somebody to look.
    pub(crate) fn new(total: usize, wanted: bool) -> Self {
        Self {
            wanted,
            total: total as u64,
            done: 0,
            began: Instant::now(),
            bar: None,
        }
    }

    /// The next step begins, on this subject or place.
    pub(crate) fn step(&mut self, subject: &str) {
        if self.wanted && self.bar.is_none() && self.began.elapsed() > PATIENCE {
            let bar = ProgressBar::new(self.total);
            if let Ok(style) = ProgressStyle::with_template("{pos}/{len} {wide_msg}") {
                bar.set_style(style);
            }
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
            bar.set_message(subject.to_owned());
        }
        self.done += 1;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
