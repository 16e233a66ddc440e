//! The quickstart as a program: what it prints, and how it ends when something is wrong.
//!
//! Every bad input ends within its deadline, in one message that says where and what to do, with a failing exit and the
//! count of what was delivered before.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing test may panic")]

mod read_back;

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::OnceLock;

use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};

/// The program, built by cargo as a user's `cargo run` would.
fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .args([
                "build",
                "--package",
                "examples",
                "--example",
                "quickstart",
                "--message-format",
                "json",
            ])
            .output()
            .expect("cargo runs");
        let stdout = String::from_utf8_lossy(&output.stdout);
        let executable = stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
            .next_back();
        executable.unwrap_or_else(|| panic!("no quickstart: {}", String::from_utf8_lossy(&output.stderr)))
    })
}

/// One run and what came of it.
struct Run {
    output: Output,
}

impl Run {
    fn new(servers: Option<(&str, &str)>, args: &[&str]) -> Self {
        let mut command = Command::new(program());
        command
            .args(args)
            .env_remove("KAFKA_BOOTSTRAP_SERVERS")
            .env_remove("SCHEMA_REGISTRY_URL");
        if let Some((brokers, registry)) = servers {
            command
                .env("KAFKA_BOOTSTRAP_SERVERS", brokers)
                .env("SCHEMA_REGISTRY_URL", registry);
        }
        Self {
            output: command.output().expect("the quickstart runs"),
        }
    }

    fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// It failed in one message with all of these in it, and without a panic.
    #[track_caller]
    fn assert_fails(&self, parts: &[&str]) {
        let stderr = self.stderr();
        assert_eq!(self.output.status.code(), Some(1), "{stderr}{}", self.stdout());
        let errors: Vec<_> = stderr.lines().filter(|line| line.starts_with("error: ")).collect();
        assert_eq!(errors.len(), 1, "{stderr}");
        for part in parts {
            assert!(errors[0].contains(part), "{part:?} is not in: {stderr}");
        }
        assert!(!stderr.contains("panicked"), "{stderr}");
    }

    #[track_caller]
    fn assert_last_line(&self, expected: &str) {
        assert_eq!(
            self.stdout().lines().last(),
            Some(expected),
            "{}{}",
            self.stdout(),
            self.stderr()
        );
    }
}

/// An address at which nobody listens.
fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// A file of orders that is gone with the value.
struct OrdersFile(PathBuf);

impl OrdersFile {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("{}-{name}.jsonl", std::process::id()));
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for OrdersFile {
    fn drop(&mut self) {
        let _gone_already = fs::remove_file(&self.0);
    }
}

const ORDER: &str = r#"{"order_id":1,"customer":{"id":"C","company_name":"C"},"order_date":"2024-01-01","required_date":"2024-01-02","shipped_date":null,"shipper":"S","freight":1.5,"ship_to":{"name":"C","address":"A","city":"B","region":null,"postal_code":null,"country":"X"},"lines":[{"product_id":1,"product_name":"P","unit_price":2,"quantity":1,"discount":0}]}"#;

#[test]
fn without_servers_it_brings_its_own() {
    for (encoding, content_type) in [("avro", "application/avro"), ("json", "application/json")] {
        let run = Run::new(None, &["--encoding", encoding]);
        let stdout = run.stdout();
        assert!(run.output.status.success(), "{stdout}{}", run.stderr());
        for part in [
            "embedded",
            "subject orders-com.acme.orders.OrderPlaced, version 1, id ",
            "subject orders-com.acme.orders.OrderShipped, version 1, id ",
            "by partition  0: ",
            "00 magic byte | 00 00 00 0",
            content_type,
            "to read it elsewhere",
        ] {
            assert!(stdout.contains(part), "{part:?} is not in: {stdout}");
        }
        let last = stdout.lines().last().unwrap();
        let (delivered, of) = last.strip_prefix("delivered ").unwrap().split_once(" of ").unwrap();
        assert_eq!(delivered, of);
        assert!(of.parse::<usize>().unwrap() > 200, "{last}");
    }
}

#[test]
fn no_broker() {
    let registry = EmbeddedRegistry::start().unwrap();
    let brokers = closed_port();
    let run = Run::new(Some((&brokers, registry.url())), &["--delivery-timeout", "2"]);
    run.assert_fails(&["order 50001", &brokers, "refused"]);
    run.assert_last_line("delivered 0 of 462");
}

#[test]
fn no_registry() {
    let cluster = EmbeddedCluster::start().unwrap();
    let address = closed_port();
    let run = Run::new(
        Some((cluster.bootstrap_servers(), &format!("http://{address}"))),
        &["--delivery-timeout", "1"],
    );
    run.assert_fails(&["OrderPlaced", "unreachable", &address, "refused"]);
    run.assert_last_line("delivered 0 of 462");
}

#[test]
fn a_registry_that_refuses() {
    let cluster = EmbeddedCluster::start().unwrap();
    let html = "<html><body>Sign in</body></html>";
    let incompatible = r#"{"error_code":40901,"message":"reader lacks field total"}"#;
    for (status, body, parts) in [
        (200, html, ["cannot be read", "http://127.0.0.1:"]),
        (
            401,
            r#"{"error_code":401,"message":"who are you"}"#,
            ["credentials", "who are you"],
        ),
        (500, html, ["unreachable", "HTTP 500"]),
        (409, incompatible, ["incompatible", "reader lacks field total"]),
    ] {
        let registry = EmbeddedRegistry::start().unwrap();
        registry.fail_next(1000, status, body);
        let run = Run::new(
            Some((cluster.bootstrap_servers(), registry.url())),
            &["--delivery-timeout", "2"],
        );
        run.assert_fails(&parts);
        run.assert_last_line("delivered 0 of 462");
    }
}

#[test]
fn an_invalid_event_ends_the_run_after_what_was_delivered() {
    let cluster = EmbeddedCluster::start().unwrap();
    let registry = EmbeddedRegistry::start().unwrap();
    let no_lines = ORDER
        .replace(r#""order_id":1"#, r#""order_id":2"#)
        .replace("\"lines\":[{", "\"lines\":[],\"x\":[{");
    let file = OrdersFile::new("invalid", &format!("{ORDER}\n{no_lines}\n{ORDER}\n"));
    let run = Run::new(
        Some((cluster.bootstrap_servers(), registry.url())),
        &["--input", file.path()],
    );
    run.assert_fails(&["order 2", "lines has 0 items, at least 1 are needed"]);
    run.assert_last_line("delivered 1 of 3");
}

/// The translator cannot make an event of it; no arithmetic panics.
#[test]
fn an_order_that_costs_more_than_an_amount_can_hold() {
    let dear = ORDER
        .replace("\"unit_price\":2", "\"unit_price\":1e27")
        .replace("\"quantity\":1", "\"quantity\":4000000000");
    let file = OrdersFile::new("dear", &format!("{ORDER}\n{dear}\n"));
    let run = Run::new(None, &["--input", file.path()]);
    run.assert_fails(&["order 1", "lines[0]", "costs more than an amount can hold"]);
    run.assert_last_line("delivered 1 of 2");
}

#[test]
fn a_topic_that_kafka_does_not_allow() {
    let run = Run::new(None, &["--topic", "orders of today"]);
    run.assert_fails(&["orders of today"]);
    run.assert_last_line("delivered 0 of 462");
}

#[test]
fn files_that_hold_no_orders() {
    let missing = ORDER.replace("\"order_date\":\"2024-01-01\",", "");
    for (name, text, parts) in [
        ("json", format!("{ORDER}\n{{\"order_id\": 2,\n"), ["line 2", "EOF"]),
        (
            "field",
            format!("{ORDER}\n\n{missing}\n"),
            ["line 3", "missing field `order_date`"],
        ),
        (
            "type",
            ORDER.replace("\"quantity\":1", "\"quantity\":-1"),
            ["line 1", "-1"],
        ),
    ] {
        let file = OrdersFile::new(name, &text);
        let run = Run::new(None, &["--input", file.path()]);
        run.assert_fails(&[file.path(), parts[0], parts[1]]);
        run.assert_last_line("delivered 0 of 0");
    }
    let run = Run::new(None, &["--input", "no/such/file"]);
    run.assert_fails(&["no/such/file", "--input"]);
    run.assert_last_line("delivered 0 of 0");
}

#[test]
fn half_of_the_variables() {
    let output = Command::new(program())
        .env("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
        .env_remove("SCHEMA_REGISTRY_URL")
        .output()
        .unwrap();
    let run = Run { output };
    run.assert_fails(&["KAFKA_BOOTSTRAP_SERVERS", "SCHEMA_REGISTRY_URL"]);
    run.assert_last_line("delivered 0 of 0");
}
