//! Apicurio Registry, in memory, asked through its copy of Confluent's API.
//!
//! Knows how to start it and when it answers; knows no subject. Its compatibility level is NONE until a test sets one.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;

use super::guarded::{self, Guarded};
use super::java::Java;
use super::{Server, maven, port, store};

pub(crate) const NAME: &str = "Apicurio Registry 3.0.9";
const VERSION: &str = "3.0.9";
/// Where it speaks Confluent's API.
const API: &str = "/apis/ccompat/v7";
const START_LIMIT: Duration = Duration::from_secs(120);

/// The jar to start.
pub(crate) fn fetch(testbed: &Path, java: &Java) -> Result<PathBuf> {
    let dir = testbed.join(format!("apicurio-{VERSION}"));
    store::ensure(&dir, &format!("apicurio {VERSION}"), |dir| {
        println!("fetching {NAME} with Maven");
        maven::archive(
            java,
            dir,
            &format!("io.apicurio:apicurio-registry-app:{VERSION}:tar.gz:all"),
        )
    })?;
    Ok(dir.join(format!("app/apicurio-registry-app-{VERSION}-runner.jar")))
}

pub(crate) fn start(java: &Java, application: &Path, runs: &Path) -> Result<Server> {
    let start = |[http, management]: [u16; 2]| {
        let dir = guarded::folder(runs, "registry", http);
        let http_port = format!("-Dquarkus.http.port={http}");
        let management_port = format!("-Dquarkus.management.port={management}");
        let args = [
            "-Xmx256m".as_ref(),
            "-XX:+UseSerialGC".as_ref(),
            "-Dquarkus.http.host=127.0.0.1".as_ref(),
            "-Dquarkus.management.host=127.0.0.1".as_ref(),
            http_port.as_ref(),
            management_port.as_ref(),
            "-jar".as_ref(),
            application.as_os_str(),
        ];
        Ok((http, Guarded::start(NAME, &dir, java.program(), &args)?))
    };
    let ready = |http: &u16, process: &mut Guarded| process.ready(START_LIMIT, || serves(*http).unwrap_or(false));
    let (http, process) = port::retrying(start, ready)?;
    Ok(Server {
        address: format!("http://127.0.0.1:{http}{API}"),
        process,
    })
}

fn serves(port: u16) -> Result<bool> {
    let limit = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), limit)?;
    stream.set_read_timeout(Some(limit))?;
    write!(
        stream,
        "GET {API}/subjects HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"HTTP/1.1 200")
}
