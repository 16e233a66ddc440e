//! Fetching from Maven Central with the Maven client, by its dependency plugin alone.
//!
//! Does not know which artifacts; keeps nothing: `store` decides what is fetched and when.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::java::Java;
use crate::missing::Missing;
use crate::process;

/// 3.6 to 3.8 resolve the parents of a pom even to copy one file, and Apicurio's parent is not on Maven Central.
const PLUGIN: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0";

/// Puts the jars of `artifacts` (group, artifact, version) and all they need at run time into `dir/lib`.
pub(crate) fn libraries(java: &Java, dir: &Path, artifacts: &[[&str; 3]]) -> Result<()> {
    let dependencies: String = artifacts
        .iter()
        .map(|[group, artifact, version]| {
            format!(
                "    <dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>\
                 <version>{version}</version></dependency>\n"
            )
        })
        .collect();
    call(
        java,
        dir,
        &dependencies,
        &[
            &format!("{PLUGIN}:copy-dependencies"),
            "-DincludeScope=runtime",
            "-DoutputDirectory=lib",
        ],
    )
}

/// Unpacks the archive `artifact` (`group:artifact:version:type:classifier`) into `dir/app`.
pub(crate) fn archive(java: &Java, dir: &Path, artifact: &str) -> Result<()> {
    call(
        java,
        dir,
        "",
        &[
            &format!("{PLUGIN}:unpack"),
            &format!("-Dartifact={artifact}"),
            "-DoutputDirectory=app",
        ],
    )
}

fn call(java: &Java, dir: &Path, dependencies: &str, args: &[&str]) -> Result<()> {
    if Command::new("mvn").arg("--version").output().is_err() {
        let remedy = "install Maven 3.6.3+ (https://maven.apache.org, on Debian: maven)";
        return Err(Missing::new("no Maven on the PATH to fetch jars with", remedy).into());
    }
    fs::write(dir.join("pom.xml"), pom(dependencies))?;
    let mut command = Command::new("mvn");
    command
        .args(["--batch-mode", "--no-transfer-progress", "--strict-checksums"])
        .args(args)
        .current_dir(dir);
    if let Some(home) = java.home_for_others() {
        command.env("JAVA_HOME", home);
    }
    process::output(&mut command)
        .map(drop)
        .context("Maven could not fetch; check the connection and try again")
}

fn pom(dependencies: &str) -> String {
    format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n  \
         <groupId>testbed</groupId>\n  <artifactId>testbed</artifactId>\n  <version>1</version>\n  \
         <packaging>pom</packaging>\n  <dependencies>\n{dependencies}  </dependencies>\n</project>\n"
    )
}
