//! Files, the environment, layers, and what is shown of them.

use std::path::PathBuf;

use publisher_core::ConfigError;
use publisher_core::config::Settings;

/// A file in a folder of its own that goes with it.
pub(crate) struct File(pub(crate) PathBuf);

impl File {
    pub(crate) fn new(name: &str, content: &[u8]) -> Self {
        let folder = std::env::temp_dir().join(format!("publisher-config-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("shop.properties");
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    /// What becomes of it, without the path of its folder.
    fn check(&self, expected: &str) {
        let folder = format!("{}{}", self.0.parent().unwrap().display(), std::path::MAIN_SEPARATOR);
        let actual = match Settings::from_file(&self.0) {
            Ok(settings) => format!("{settings:?}"),
            Err(error) => error.to_string().replace(&folder, ""),
        };
        assert_eq!(actual, expected);
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

#[test]
fn a_file_is_read() {
    File::new("read", b"\xef\xbb\xbf# ours\nclient.id = shop\nlinger.ms: 5\n")
        .check(r#"{"client.id": "shop", "linger.ms": "5"}"#);
    File::new("empty", b"").check("{}");
}

#[test]
fn a_file_that_cannot_be_used_is_refused_with_its_line() {
    File::new("escape", b"a=1\nb=C:\\users\n\nc=\\u00g0").check(
        "settings cannot be used: shop.properties:2: \\u is not followed by four hexadecimal digits; write a backslash as \\\\; \
         shop.properties:4: \\u is not followed by four hexadecimal digits; write a backslash as \\\\",
    );
    File::new("latin", b"a=1\nb=gr\xfc\xdfe\n").check(
        "settings cannot be used: shop.properties:2: not UTF-8; save the file as UTF-8, or write the character as \\uXXXX",
    );
    File::new("large", "a=1\n".repeat(300_000).as_bytes()).check(
        "settings cannot be used: shop.properties:1: the file is larger than 1 MiB, which no file of settings is",
    );
}

#[test]
fn many_keys_are_read_as_fast_as_few() {
    let text: String = (0..100_000).map(|number| format!("{number}=\n")).collect();
    assert_eq!(Settings::from_properties(&text).unwrap().keys().count(), 100_000);
}

#[test]
fn a_file_that_is_not_there_is_named_with_the_cause() {
    let file = File::new("gone", b"");
    std::fs::remove_file(&file.0).unwrap();
    file.check("the settings in shop.properties cannot be read");
    let error = Settings::from_file(&file.0).unwrap_err();
    let ConfigError::SettingsFile { path, source } = error else {
        panic!("{error}");
    };
    assert_eq!((path, source.kind()), (file.0.clone(), std::io::ErrorKind::NotFound));
}

#[test]
fn later_layers_win() {
    let file = Settings::from_properties("linger.ms=5\nclient.id=shop\nacks=all\n").unwrap();
    let layers = file
        .merge(Settings::new().set("linger.ms", "10").set("retries", "3"))
        .set("acks", "-1");
    let shown = r#"{"client.id": "shop", "linger.ms": "10", "retries": "3", "acks": "-1"}"#;
    assert_eq!(format!("{layers:?}"), shown);
}

#[test]
fn no_secret_is_shown() {
    let settings = Settings::from_properties(
        "sasl.password=canary\nschema.registry.url=http://u:canary@a:8081\nbasic.auth.user.info=u:canary\nclient.id=shop\n",
    )
    .unwrap();
    let shown = format!("{settings:?} {settings:#?}");
    assert!(!shown.contains("canary") && shown.contains("shop"), "{shown}");
    assert!(shown.contains("http://***@a:8081"), "{shown}");
}

#[test]
fn an_empty_prefix_is_refused() {
    let error = Settings::from_env("").unwrap_err().to_string();
    let expected = "prefix: is empty, so that every variable would be a setting; give one like `KAFKA_`";
    assert_eq!(error, expected);
}

#[test]
fn the_environment_of_the_process_is_read() {
    // Cargo sets variables for a test that it runs; this is one whose value is known.
    let settings = Settings::from_env("CARGO_PKG_").unwrap();
    assert_eq!(settings.get("name"), Some("tests"));
    assert!(Settings::from_env("NO_SUCH_PREFIX_").unwrap().get("name").is_none());
}
