//! One Kafka broker with TLS, SASL and ACLs, as a process of its own that ends with the tests.
//!
//! Wants a Java runtime and Kafka's jars, which the environment names: `cargo xtask test` has both. Without them a line says
//! that the tests were skipped.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;

use crate::authority::Authority;

/// The program `java`.
const JAVA: &str = "PUBLISHER_TEST_JAVA";
/// The folder with Kafka's jars.
const JARS: &str = "PUBLISHER_TEST_KAFKA_JARS";
/// A few seconds on a quiet machine; the rest is for a busy one.
const START_LIMIT: Duration = Duration::from_secs(120);

const AUTHORITY: &str = "authority.pem";

/// The password of alice; every secret of the tests has this word in it.
pub const PASSWORD: &str = "canary-password";

/// Runs the program that follows the folder. When its own input ends, which is our end of a pipe, it kills the program and
/// removes the folder, however we have ended.
const SHELL: &str = r#"
trap '' INT TERM HUP
dir=$1; shift
exec 3<&0
"$@" 3<&- </dev/null & program=$!
exec 2>/dev/null
{ while read -r _ <&3; do :; done; kill -9 "$program"; } & watch=$!
exec 3<&-
wait "$program"
kill -9 "$watch"
rm -rf "$dir"
"#;

/// A broker that serves. All its certificates are for `localhost`.
pub struct Broker {
    /// Everybody is an administrator here.
    pub internal: SocketAddr,
    /// SASL_SSL with every mechanism; `alice` has a password for PLAIN and SCRAM, anybody an access token.
    pub sasl: SocketAddr,
    /// TLS, and only for who shows a certificate of [`clients`](Self::clients).
    pub mutual: SocketAddr,
    /// As `sasl`, with a certificate that has expired.
    pub expired: SocketAddr,
    /// Signs the broker's certificates.
    pub authority: Authority,
    /// Signs those of clients.
    pub clients: Authority,
    folder: PathBuf,
    shell: Child,
}

impl Broker {
    /// `None` where the environment names no Kafka.
    pub fn start() -> Option<Self> {
        static SKIPPED: Once = Once::new();
        let (Some(java), Some(jars)) = (std::env::var_os(JAVA), std::env::var_os(JARS)) else {
            SKIPPED.call_once(|| {
                let line = format!(
                    "SKIPPED: TLS and SASL on a real Kafka; set {JAVA} to a Java program and {JARS} to a folder with Kafka's jars, \
                     or run `cargo xtask test`\n"
                );
                // Past the capture of the test harness, which would hide it. A closed stderr is no reason to fail.
                std::io::stderr().write_all(line.as_bytes()).ok();
            });
            return None;
        };
        let folder = std::env::temp_dir().join(format!("publisher-secure-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (authority, clients) = (Authority::new("brokers"), Authority::new("clients"));
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("broker.pem", &authority.sign("localhost", 2999).store());
        write("expired.pem", &authority.sign("localhost", 2021).store());
        write("clients.pem", &clients.pem());
        write(AUTHORITY, &authority.pem());
        let ports = free_ports();
        write("server.properties", &properties(ports, &folder));

        let class_path = Path::new(&jars).join("*");
        let mut format = Command::new(&java);
        format.arg("-Xmx128m").arg("-cp").arg(&class_path);
        format.args([
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            "cHVibGlzaGVyLXRlc3RzIQ",
        ]);
        for mechanism in ["SCRAM-SHA-256", "SCRAM-SHA-512"] {
            format.args(["--add-scram", &format!("{mechanism}=[name=alice,password={PASSWORD}]")]);
        }
        let formatted = format
            .arg("--config")
            .arg(folder.join("server.properties"))
            .output()
            .unwrap();
        assert!(formatted.status.success(), "{formatted:?}");

        let log = fs::File::create(folder.join("log.txt")).unwrap();
        let mut shell = Command::new("bash");
        shell.args(["-c", SHELL, "broker"]).arg(&folder).arg(&java);
        shell.args(["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"]);
        shell
            .arg(&class_path)
            .arg("kafka.Kafka")
            .arg(folder.join("server.properties"));
        shell.current_dir(&folder).stdin(Stdio::piped());
        shell.stdout(log.try_clone().unwrap()).stderr(log);
        let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let [_, internal, sasl, mutual, expired] = ports.map(at);
        let mut broker = Self {
            internal,
            sasl,
            mutual,
            expired,
            authority,
            clients,
            shell: shell.spawn().unwrap(),
            folder,
        };
        broker.wait_until_it_serves();
        Some(broker)
    }

    /// A file with the certificate of the authority.
    pub fn authority_file(&self) -> PathBuf {
        self.folder.join(AUTHORITY)
    }

    /// Makes a topic with one partition.
    pub async fn create_topic(&self, topic: &str) {
        let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
            .set("bootstrap.servers", self.internal.to_string())
            .create()
            .unwrap();
        let new = NewTopic::new(topic, 1, TopicReplication::Fixed(1));
        let options = AdminOptions::new().operation_timeout(Some(START_LIMIT));
        let created = admin.create_topics([&new], &options).await.unwrap();
        assert!(created.iter().all(Result::is_ok), "{created:?}");
    }

    fn wait_until_it_serves(&mut self) {
        let end = Instant::now() + START_LIMIT;
        while !serves(self.internal).unwrap_or(false) {
            let ended = self.shell.try_wait().unwrap();
            let log = fs::read_to_string(self.folder.join("log.txt")).unwrap_or_default();
            let lines: Vec<_> = log.lines().collect();
            assert!(
                ended.is_none() && Instant::now() < end,
                "the broker does not serve ({ended:?}); its log ends with:\n{}",
                lines[lines.len().saturating_sub(30)..].join("\n")
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// Of the controller and of the four listeners.
fn free_ports() -> [u16; 5] {
    // All are held until all are found, else the same one could come twice.
    let held = [(); 5].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

fn properties([controller, internal, sasl, mutual, expired]: [u16; 5], folder: &Path) -> String {
    let folder = folder.display();
    let secured = |listener: &str, store: &str| {
        let prefix = format!("listener.name.{listener}");
        let module = "org.apache.kafka.common.security";
        format!(
            "\
{prefix}.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER
{prefix}.plain.sasl.jaas.config={module}.plain.PlainLoginModule required user_alice=\"{PASSWORD}\";
{prefix}.scram-sha-256.sasl.jaas.config={module}.scram.ScramLoginModule required;
{prefix}.scram-sha-512.sasl.jaas.config={module}.scram.ScramLoginModule required;
{prefix}.oauthbearer.sasl.jaas.config={module}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";
{prefix}.ssl.keystore.type=PEM
{prefix}.ssl.keystore.location={folder}/{store}
{prefix}.connections.max.reauth.ms=3600000
"
        )
    };
    let (of_sasl, of_expired) = (secured("sasl", "broker.pem"), secured("expired", "expired.pem"));
    format!(
        "\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=INTERNAL://127.0.0.1:{internal},SASL://127.0.0.1:{sasl},MUTUAL://127.0.0.1:{mutual},EXPIRED://127.0.0.1:{expired},\
CONTROLLER://127.0.0.1:{controller}
advertised.listeners=INTERNAL://127.0.0.1:{internal},SASL://localhost:{sasl},MUTUAL://localhost:{mutual},\
EXPIRED://localhost:{expired}
inter.broker.listener.name=INTERNAL
controller.listener.names=CONTROLLER
listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_SSL,MUTUAL:SSL,EXPIRED:SASL_SSL
{of_sasl}{of_expired}\
listener.name.mutual.ssl.keystore.type=PEM
listener.name.mutual.ssl.keystore.location={folder}/broker.pem
listener.name.mutual.ssl.truststore.type=PEM
listener.name.mutual.ssl.truststore.location={folder}/clients.pem
listener.name.mutual.ssl.client.auth=required
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
allow.everyone.if.no.acl.found=false
auto.create.topics.enable=false
log.dirs={folder}/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
log.cleaner.dedupe.buffer.size=4194304
log.retention.ms=-1
"
    )
}

/// Whether producer ids are given out, which comes last of all when a broker starts.
fn serves(address: SocketAddr) -> std::io::Result<bool> {
    let limit = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&address, limit)?;
    stream.set_read_timeout(Some(limit))?;
    // Length 16; the header, version 1: API key 22, version 0, number 7, no client id; then no transactional id and a
    // transaction timeout of 60 s.
    stream.write_all(&[
        0, 0, 0, 16, 0, 22, 0, 0, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xea, 0x60,
    ])?;
    let mut answer = [0; 14];
    stream.read_exact(&mut answer)?;
    // Length, number, throttle time, error.
    Ok(answer[4..8] == [0, 0, 0, 7] && answer[12..] == [0, 0])
}
