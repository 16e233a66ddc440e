//! Sees to it that no broker and no folder outlives the process of the tests, however that ends.
//!
//! A shell waits for the end of its input, which is our end of a pipe: closed when the keeper is dropped, and by the
//! operating system when we are killed. It then kills what it was told of and removes the folder. It ignores the
//! terminal's signals, so that Ctrl-C ends us, and through the pipe everything else.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// Each line is a sign and the number of a process: `+` to remember it, `-` to forget it.
const SHELL: &str = r#"
trap '' INT TERM HUP
declare -A running
while read -r sign number; do
    case $sign in
        +) running[$number]=1 ;;
        -) unset "running[$number]" ;;
    esac
done
for number in "${!running[@]}"; do kill -9 "$number"; done
rm -rf "$0"
"#;

pub(super) struct Keeper {
    folder: PathBuf,
    shell: Mutex<Child>,
}

impl Keeper {
    pub(super) fn start() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("publisher-kafka-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut shell = Command::new("bash");
        shell.args(["-c", SHELL]).arg(&folder);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Self {
            folder,
            shell: Mutex::new(shell.spawn().unwrap()),
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn remember(&self, process: &Child) {
        self.tell('+', process);
    }

    pub(super) fn forget(&self, process: &Child) {
        self.tell('-', process);
    }

    fn tell(&self, sign: char, process: &Child) {
        let mut shell = self.shell.lock().unwrap_or_else(PoisonError::into_inner);
        let pipe = shell.stdin.as_mut().unwrap();
        pipe.write_all(format!("{sign} {}\n", process.id()).as_bytes()).unwrap();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let shell = self.shell.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(shell.stdin.take());
        // Its end is the end of all that it kept.
        let _ = shell.wait();
    }
}
