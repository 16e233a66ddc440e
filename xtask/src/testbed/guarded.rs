//! A child process that cannot outlive us, and its folder with it.
//!
//! Between us and the program stands a shell that waits for the end of its stdin, which is our end of a pipe: closed
//! when we drop it, and by the operating system when we are killed. It then kills the program and removes the folder.
//! The shell ignores the terminal's signals, so Ctrl-C ends us, and through the pipe everything else.
//!
//! Does not know what runs in it, nor when that is ready: see [`Guarded::ready`] for the waiting.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::missing::Missing;
use crate::process;

/// `$1` is the folder, the rest the program with its arguments. Only builtins wait, so no second process is left over.
/// Once the program has its own stderr, what the shell says of its jobs is noise.
const SHELL: &str = r#"
trap '' INT TERM HUP
dir=$1; shift
exec 3<&0
"$@" 3<&- </dev/null & program=$!
exec 2>/dev/null
{ while read -r _ <&3; do :; done; kill -9 "$program"; } & watch=$!
exec 3<&-
wait "$program"; status=$?
kill -9 "$watch"
rm -rf "$dir"
exit "$status"
"#;

const LOG_LINES: usize = 25;

pub(crate) struct Guarded {
    name: &'static str,
    shell: Child,
    /// Open since before the start, so it can be quoted after the folder has gone.
    log: File,
}

impl Guarded {
    /// Starts `program` with `dir` (see [`folder`]) as its working directory; `dir` is made, and removed at the end.
    pub(crate) fn start<A: AsRef<OsStr>>(name: &'static str, dir: &Path, program: &Path, args: &[A]) -> Result<Self> {
        fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        let path = dir.join("log.txt");
        let output = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let log = File::open(&path)?;
        let shell = Command::new("bash")
            .args(["-c", SHELL, name])
            .arg(dir)
            .arg(program)
            .args(args)
            .current_dir(dir)
            .stdin(Stdio::piped())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn();
        match shell {
            Ok(shell) => Ok(Self { name, shell, log }),
            Err(_) => Err(Missing::new("no bash on the PATH", "install bash").into()),
        }
    }

    /// Asks `answers` until it says yes, for `limit` at most.
    pub(crate) fn ready(&mut self, limit: Duration, answers: impl Fn() -> bool) -> Result<()> {
        let deadline = Instant::now() + limit;
        while !answers() {
            self.check()?;
            if Instant::now() > deadline {
                bail!(
                    "{} does not answer after {} s; its log ends with:\n{}",
                    self.name,
                    limit.as_secs(),
                    process::tail(&self.log(), LOG_LINES)
                );
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// An error with the end of the log when the program has ended.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.shell.try_wait()? {
            None => Ok(()),
            Some(status) => Err(self.ended(status)),
        }
    }

    /// Everything the program has printed so far.
    pub(crate) fn log(&self) -> String {
        let (mut log, mut bytes) = (&self.log, Vec::new());
        // A log that cannot be read must not hide the error that asks for it.
        if log.rewind().is_err() || log.read_to_end(&mut bytes).is_err() {
            return format!("(the log of {} cannot be read)", self.name);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn ended(&self, status: ExitStatus) -> anyhow::Error {
        let log = process::tail(&self.log(), LOG_LINES);
        anyhow!("{} ended by itself ({status}); its log ends with:\n{log}", self.name)
    }
}

/// The folder of one child: it tells whose it is.
pub(crate) fn folder(runs: &Path, name: &str, port: u16) -> PathBuf {
    runs.join(format!("{name}-{}-{port}", std::process::id()))
}

/// Removes the folders in `runs` whose owner is gone: what is left when owner and shell were killed together.
pub(crate) fn sweep(runs: &Path) {
    for entry in fs::read_dir(runs).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name
            .split('-')
            .nth(1)
            .is_some_and(|id| id.parse::<u32>().is_ok() && !is_alive(id))
        {
            // Nobody depends on its being gone; the next run tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a process of ours has this id; yes when it cannot be told.
fn is_alive(id: &str) -> bool {
    let ask = Command::new("bash")
        .args(["-c", "kill -0 \"$0\"", id])
        .stderr(Stdio::null())
        .status();
    ask.map_or(true, |status| status.success())
}

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // The shell kills with -9, so this takes milliseconds; the wait keeps ports and folder from being seen in use.
        if self.shell.wait().is_err() {
            eprintln!("the shell that guards {} could not be waited for", self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that says its process id and then would run for a minute.
    fn sleeper(name: &str) -> (PathBuf, Guarded, String) {
        let dir = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        let child =
            Guarded::start("sleeper", &dir, Path::new("bash"), &["-c", "echo id $$; exec sleep 60"]).expect("starts");
        let deadline = Instant::now() + Duration::from_secs(20);
        let id = loop {
            let log = child.log();
            if let Some(id) = log.strip_prefix("id ").and_then(|rest| rest.strip_suffix('\n')) {
                break id.to_owned();
            }
            assert!(Instant::now() < deadline, "no process id in: {log}");
            thread::sleep(Duration::from_millis(10));
        };
        (dir, child, id)
    }

    #[test]
    fn dropping_ends_the_program_and_removes_its_folder() {
        let (dir, mut child, id) = sleeper("drop");
        assert!(child.check().is_ok() && is_alive(&id) && dir.exists());
        drop(child);
        assert!(!is_alive(&id) && !dir.exists());
    }

    #[test]
    fn a_sweep_takes_only_what_has_no_owner() {
        let runs = std::env::temp_dir().join(format!("xtask-sweep-{}", std::process::id()));
        let (ours, left_over) = (format!("kafka-{}-1", std::process::id()), "kafka-4194305-1");
        for name in [&*ours, left_over, "notes"] {
            fs::create_dir_all(runs.join(name)).expect("made");
        }
        sweep(&runs);
        assert!(runs.join(&ours).exists() && runs.join("notes").exists() && !runs.join(left_over).exists());
        fs::remove_dir_all(runs).expect("removed");
    }

    #[test]
    fn an_end_by_itself_is_reported_with_the_log() {
        let dir = std::env::temp_dir().join(format!("xtask-end-{}", std::process::id()));
        let mut child =
            Guarded::start("brief", &dir, Path::new("bash"), &["-c", "echo no room; exit 7"]).expect("starts");
        let error = child
            .ready(Duration::from_secs(20), || false)
            .expect_err("it ends")
            .to_string();
        assert!(
            error.contains("exit status: 7") && error.contains("    no room"),
            "{error}"
        );
        assert!(!dir.exists());
    }

    #[test]
    fn a_program_that_never_answers_is_reported_with_the_log() {
        let (_, mut child, _) = sleeper("slow");
        let error = child
            .ready(Duration::ZERO, || false)
            .expect_err("no answer")
            .to_string();
        assert!(
            error.contains("does not answer after 0 s") && error.contains("    id "),
            "{error}"
        );
    }
}
