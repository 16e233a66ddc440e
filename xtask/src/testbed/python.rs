//! A Python 3 interpreter, and virtual environments made once for a set of requirements.
//!
//! Does not know what is installed or run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::store;
use crate::missing::Missing;
use crate::process;

const REMEDY: &str = "install Python 3.10+ with its venv module (on Debian: python3 and python3-venv)";

pub(crate) struct Python {
    program: &'static str,
    /// What it says of itself; an environment belongs to one version.
    version: String,
}

pub(crate) fn find() -> Result<Python> {
    // `ensurepip` is what Debian leaves out of its Python: without it an environment has no pip.
    let ask = "import ensurepip, sys, venv; assert sys.version_info >= (3, 10); print(sys.version.split()[0])";
    for program in ["python3", "python"] {
        if let Ok(version) = process::output(Command::new(program).args(["-c", ask])) {
            return Ok(Python {
                program,
                version: version.trim().to_owned(),
            });
        }
    }
    Err(Missing::new("no Python 3.10+ with venv and pip", REMEDY).into())
}

/// The interpreter of an environment at `dir` that holds `requirements` (the text of a requirements file).
pub(crate) fn environment(python: &Python, dir: &Path, requirements: &str) -> Result<PathBuf> {
    let stamp = format!("python {}\n{requirements}", python.version);
    store::ensure(dir, &stamp, |dir| {
        println!("making a Python environment for {}", summary(requirements));
        process::output(Command::new(python.program).args(["-m", "venv"]).arg(dir))
            .with_context(|| format!("cannot make a Python environment; {REMEDY}"))?;
        let list = dir.join("requirements.txt");
        std::fs::write(&list, requirements)?;
        let mut pip = Command::new(interpreter(dir));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(&list);
        process::output(&mut pip)
            .context("pip could not install; check the connection to PyPI and try again")
            .map(drop)
    })?;
    Ok(interpreter(dir))
}

fn interpreter(dir: &Path) -> PathBuf {
    dir.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    })
}

/// The requirements in one line, without comments.
fn summary(requirements: &str) -> String {
    let lines = requirements
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_leaves_comments_out() {
        assert_eq!(summary("# why\nfastavro==1.2\n\nattrs\n"), "fastavro==1.2, attrs");
    }
}
