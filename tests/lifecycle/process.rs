//! [`Child`]: this program again, as a process that the parent sends signals to.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::child::{MANAGED, TOLD};
use crate::order::{Order, Told, VARIABLE};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that publishes. Killed when it is dropped.
pub(crate) struct Child {
    process: std::process::Child,
    lines: Receiver<String>,
    publishers: u64,
}

impl Child {
    /// Starts one, and waits until it hears signals.
    pub(crate) fn start(order: &Order) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child::child", "--nocapture", "--test-threads=1"])
            .env(VARIABLE, serde_json::to_string(order).unwrap())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let stdout = BufReader::new(process.stdout.take().unwrap());
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                // The parent may have seen enough.
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let child = Self {
            process,
            lines,
            publishers: order.publishers,
        };
        child.wait_for(MANAGED);
        child
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let number = self.process.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", "kill -s \"$0\" \"$1\"", name, &number])
            .status()
            .unwrap();
        assert!(sent.success(), "signal {name}");
    }

    /// What it tells of each of its publishers, and that it ended well.
    pub(crate) fn told(mut self) -> Vec<Told> {
        let told = (0..self.publishers).map(|_| {
            let line = self.wait_for(TOLD);
            serde_json::from_str(&line).unwrap()
        });
        let told = told.collect();
        assert!(self.process.wait().unwrap().success());
        told
    }

    /// The rest of the next line that begins so.
    fn wait_for(&self, beginning: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).expect("a word of the child in time");
            if let Some(rest) = line.strip_prefix(beginning) {
                return rest.to_owned();
            }
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
