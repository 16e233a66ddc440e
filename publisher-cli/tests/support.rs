//! A small project in a folder of its own, and the command run in it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use publisher_cli::Surroundings;

/// An Avro record with these fields.
pub(crate) fn record(name: &str, fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| format!("    {field}")).collect();
    format!(
        "{{\n  \"type\": \"record\",\n  \"name\": \"{name}\",\n  \"fields\": [\n{}\n  ]\n}}\n",
        fields.join(",\n")
    )
}

pub(crate) const ID: &str = r#"{"name": "id", "type": "string"}"#;
pub(crate) const CHANNEL: &str = r#"{"name": "channel", "type": "string"}"#;
pub(crate) const CHANNEL_WITH_DEFAULT: &str = r#"{"name": "channel", "type": "string", "default": "web"}"#;

/// What the command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Ended with this status and wrote this, and nothing else.
    #[track_caller]
    pub(crate) fn is(&self, exit: u8, text: &str) {
        let (expected_out, expected_err) = if exit == 101 { ("", text) } else { (text, "") };
        assert_eq!((self.out.as_str(), self.err.as_str()), (expected_out, expected_err));
        assert_eq!(self.exit, exit);
    }

    /// Ended with this status and wrote these among others.
    #[track_caller]
    pub(crate) fn has(&self, exit: u8, parts: &[&str]) {
        assert_eq!(self.exit, exit, "{self:?}");
        for part in parts {
            let text = if exit == 101 { &self.err } else { &self.out };
            assert!(text.contains(part), "{part:?} is not in\n{}{}", self.out, self.err);
        }
    }
}

/// A folder that goes with it.
pub(crate) struct Project {
    pub(crate) folder: PathBuf,
    variables: BTreeMap<String, String>,
}

impl Project {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("publisher-cli-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self {
            folder: folder.canonicalize().unwrap(),
            variables: BTreeMap::new(),
        }
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.folder.join(path)).unwrap();
        self
    }

    /// Git without the user's settings; what it answers.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &str) -> String {
        git_in(&self.folder, &arguments.split(' ').collect::<Vec<_>>())
    }

    /// Everything as a commit.
    pub(crate) fn commit(&self) -> &Self {
        self.git("add -A");
        self.git("commit --quiet --allow-empty -m change");
        self
    }

    /// A repository with what is there as the first commit of `main`.
    pub(crate) fn repository(&self) -> &Self {
        self.git("init --quiet -b main");
        self.commit()
    }

    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_with(&arguments.split(' ').collect::<Vec<_>>())
    }

    pub(crate) fn run_with(&self, arguments: &[&str]) -> Ran {
        let surroundings = Surroundings {
            folder: self.folder.clone(),
            variables: self.variables.clone(),
            coloured_out: false,
            coloured_err: false,
            progress: false,
        };
        let arguments = ["publisher"].iter().chain(arguments).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = publisher_cli::run(arguments, &surroundings, &mut out, &mut err);
        Ran {
            exit: exit.code(),
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        }
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[track_caller]
pub(crate) fn git_in(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
