//! A workspace with one package in a folder of its own, built by cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

/// What cargo said.
pub(crate) struct Outcome {
    success: bool,
    text: String,
}

impl Project {
    /// An empty project with `schemas/` at its root. All projects share what they depend on.
    pub(crate) fn new(name: &str) -> Self {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let root = base.join("contract").join(name);
        // What an earlier run left behind must not decide this one.
        let _ = fs::remove_dir_all(&root);
        let project = Self {
            root,
            target: base.join("contract-target"),
        };
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../publisher-core");
        let core = core.canonicalize().expect("the crate under test");
        project.write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"service\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = false\n",
        );
        project.write(
            "service/Cargo.toml",
            &format!(
                "[package]\nname = \"service-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\npublisher-core = {{ path = {core:?}, default-features = false }}\n"
            ),
        );
        // The versions of this workspace, so that nothing has to be fetched.
        let lock = fs::read_to_string(core.join("../Cargo.lock")).expect("Cargo.lock");
        project.write("Cargo.lock", &lock);
        fs::create_dir_all(project.root.join("schemas")).expect("a folder");
        project
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("a file")
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    pub(crate) fn remove_file(&self, path: &str) {
        fs::remove_file(self.root.join(path)).expect("a file");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_dir_all(self.root.join(path)).expect("a folder");
    }

    /// What the emitted test left for tools.
    pub(crate) fn description(&self, name: &str) -> String {
        fs::read_to_string(self.target.join(format!("publisher/{name}.json"))).expect("a description")
    }

    pub(crate) fn check(&self, mode: Option<&str>) -> Outcome {
        self.cargo("check", mode)
    }

    pub(crate) fn test(&self, mode: Option<&str>) -> Outcome {
        self.cargo("test", mode)
    }

    fn cargo(&self, verb: &str, mode: Option<&str>) -> Outcome {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.root).args([verb, "--offline"]);
        // Cargo's own variables speak of the package of this test.
        for (name, _) in
            std::env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR")
        {
            cargo.env_remove(name);
        }
        cargo
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("PUBLISHER_SCHEMAS");
        cargo.envs(mode.map(|mode| ("PUBLISHER_SCHEMAS", mode)));
        let output = cargo.output().expect("cargo runs");
        Outcome {
            success: output.status.success(),
            text: [output.stdout, output.stderr]
                .concat()
                .iter()
                .map(|byte| char::from(*byte))
                .collect(),
        }
    }
}

impl Outcome {
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        assert!(self.success, "{}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, expected: &str) -> Self {
        assert!(self.text.contains(expected), "{expected} is not in:\n{}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn fails<'a>(self, expected: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) {
        assert!(!self.success, "did not fail:\n{}", self.text);
        for expected in expected {
            let expected = expected.as_ref();
            assert!(self.text.contains(expected), "{expected}\nis not in:\n{}", self.text);
        }
    }
}
