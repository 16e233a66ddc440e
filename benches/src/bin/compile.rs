//! What deriving a hundred events adds to a build, on two cores.
//!
//! `cargo run --release -p benches --bin compile`; the last line is one JSON object. Builds the same structs with and
//! without the derives, in a project that it throws away. The first run compiles the dependencies and takes a minute.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use benches::measure::median;
use benches::throwaway::{self, EVENTS, FIELDS, PACKAGES};
use serde_json::json;

/// How often each is built.
const ROUNDS: usize = 3;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the package has no folder around it")?;
    // Beside the profile's folder, so that the compiled dependencies stay for the next run.
    let target = env::current_exe()?
        .parent()
        .and_then(Path::parent)
        .context("the program lies in no target folder")?
        .join("compile-bench");
    let project = Project {
        folder: env::temp_dir().join(format!("publisher-compile-{}", process::id())),
        target,
    };
    throwaway::write(&project.folder, root)?;

    let (build, check) = (project.time("build")?, project.time("check")?);
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{EVENTS} events of {} fields, two cores, medians of {ROUNDS}, seconds",
        FIELDS.len()
    )?;
    writeln!(out, "{:<6} {:>6} {:>8} {:>6}", "", "bare", "derived", "added")?;
    for (command, [bare, derived]) in [("build", build), ("check", check)] {
        writeln!(out, "{command:<6} {bare:>6.2} {derived:>8.2} {:>6.2}", derived - bare)?;
    }
    let rounded = |seconds: f64| (seconds * 100.0).round() / 100.0;
    let line = json!({
        "derive_seconds": rounded(build[1]),
        "bare_seconds": rounded(build[0]),
        "added_seconds": rounded(build[1] - build[0]),
        "check_added_seconds": rounded(check[1] - check[0]),
        "events": EVENTS,
        "fields": FIELDS.len(),
    });
    writeln!(out, "{line}")?;
    Ok(())
}

/// The project, which goes when this goes.
struct Project {
    folder: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The seconds that `cargo <command>` takes for each package, with all dependencies compiled.
    fn time(&self, command: &str) -> Result<[f64; 2]> {
        let mut seconds = PACKAGES.map(|_| Vec::new());
        for package in PACKAGES {
            self.cargo(command, package)?;
        }
        for _ in 0..ROUNDS {
            for (package, seconds) in PACKAGES.iter().zip(&mut seconds) {
                self.forget(package)?;
                let started = Instant::now();
                self.cargo(command, package)?;
                seconds.push(started.elapsed().as_secs_f64());
            }
        }
        Ok(seconds.map(median))
    }

    /// Makes the package one that has never been compiled.
    fn forget(&self, package: &str) -> Result<()> {
        let source = self.folder.join(package).join("src/lib.rs");
        // Written anew, the file is newer than what was compiled of it.
        fs::write(&source, fs::read(&source)?)?;
        let incremental = self.target.join("debug/incremental");
        if incremental.exists() {
            fs::remove_dir_all(&incremental)?;
        }
        Ok(())
    }

    fn cargo(&self, command: &str, package: &str) -> Result<()> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .current_dir(&self.folder)
            .args([command, "--quiet", "--offline", "--jobs", "2", "--package", package]);
        cargo.arg("--target-dir").arg(&self.target);
        // What `cargo run` has set for this process is not meant for the other project.
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_INCREMENTAL" {
                cargo.env_remove(&*name);
            }
        }
        let output = cargo.stdin(Stdio::null()).output().context("cannot start cargo")?;
        ensure!(
            output.status.success(),
            "cargo {command} of the package {package} failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        // Left over, it is a few small files in the system's folder for such.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
