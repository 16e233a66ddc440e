//! The workflow and the hook of `examples/ci`, run as they are: by bash and by git, with the program that was built.
//!
//! `cargo install` is not done, it would fetch; its package is looked at. `cargo test` is a real one, of a crate whose
//! test leaves a description as the derived one does.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{CHANNEL, CHANNEL_WITH_DEFAULT, ID, Project, git_in, record};
use crate::workflow::steps;

const PLACED: &str = "schemas/a.Placed.avsc";

const DESCRIBE: &str = r#"//! Orders.

#[test]
fn describe() {
    let schema = std::fs::read_to_string("schemas/a.Placed.avsc").unwrap();
    let description = format!(
        "{{\"name\":\"a.Placed\",\"subject\":\"orders-a.Placed\",\"topic\":\"orders\",\"version\":1,\"schemaType\":\"AVRO\",\
         \"schemaFile\":\"schemas/a.Placed.avsc\",\"rustFile\":\"src/lib.rs\",\"line\":1,\
         \"fields\":[{{\"path\":\"channel\",\"rustFile\":\"src/lib.rs\",\"line\":4}}],\"schema\":{schema:?}}}"
    );
    std::fs::create_dir_all("target/publisher").unwrap();
    std::fs::write("target/publisher/a.Placed.json", description).unwrap();
}
"#;

/// A repository with `main`, a remote of it, and a branch with another schema that is checked out.
struct Pull {
    project: Project,
    /// Programs that are found first.
    programs: Project,
}

impl Pull {
    fn new(schema: &str) -> Self {
        let origin = Project::new();
        origin
            .write(PLACED, record("a.Placed", &[ID]))
            .write(".gitignore", "/target\n/summary.md\nCargo.lock\n")
            .write(
                "Cargo.toml",
                "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n",
            )
            .write("src/lib.rs", DESCRIBE)
            .repository();
        origin.git("checkout --quiet -b ours");
        origin.write(PLACED, schema).commit();
        Self::cloned(&origin, &["--branch", "ours"])
    }

    fn cloned(origin: &Project, more: &[&str]) -> Self {
        let project = Project::new();
        let url = format!("file://{}", origin.folder.display());
        git_in(
            &project.folder,
            &[&["clone", "--quiet"], more, &[url.as_str(), "."]].concat(),
        );
        let programs = Project::new();
        programs.write(
            "cargo",
            format!(
                "#!/bin/sh\nset -eu\ncase $1 in\ntest) exec '{}' \"$@\" ;;\ninstall) test \"$*\" = \"install --locked --git \
                 https://registry.example/publisher publisher-cli\" ;;\n*) exit 1 ;;\nesac\n",
                env!("CARGO")
            ),
        );
        executable(&programs.folder.join("cargo"));
        Self { project, programs }
    }

    /// What somebody else cloned without its history.
    fn shallow(&self, more: &[&str]) -> Self {
        Self::cloned(&self.project, &[&["--depth", "1", "--branch", "ours"], more].concat())
    }

    fn command(&self, program: &str) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_publisher")).parent().unwrap();
        let mut folders = vec![self.programs.folder.clone(), built.to_owned()];
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let path: OsString = std::env::join_paths(folders).unwrap();
        let mut command = Command::new(program);
        command.current_dir(&self.project.folder).env("PATH", path);
        for name in [
            "GIT_DIR",
            "GIT_INDEX_FILE",
            "GIT_WORK_TREE",
            "CARGO_TARGET_DIR",
            "SCHEMA_REGISTRY_URL",
        ] {
            command.env_remove(name);
        }
        for name in ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
            command.env(name, "/dev/null");
        }
        for name in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{name}_NAME"), "a")
                .env(format!("GIT_{name}_EMAIL"), "a@example.com");
        }
        command
    }

    /// Runs a job as GitHub does: each `run` by `bash -e`, what comes after a failure only if it says so. Name, status
    /// and text of each step.
    fn job(&self, name: &str) -> Vec<(String, i32, String)> {
        let mut ran = Vec::new();
        let mut failed = false;
        for step in steps(name) {
            let Some(run) = step.run else { continue };
            if failed && !step.always {
                continue;
            }
            self.programs.write("step.sh", &run);
            let output = self
                .command("bash")
                .arg("-e")
                .arg(self.programs.folder.join("step.sh"))
                .env("PUBLISHER", "https://registry.example/publisher")
                .env("GITHUB_BASE_REF", "main")
                .env("GITHUB_STEP_SUMMARY", self.summary())
                // Nobody listens there.
                .env("SCHEMA_REGISTRY_URL", "http://127.0.0.1:1")
                .output()
                .unwrap();
            failed |= !output.status.success();
            ran.push((step.name, output.status.code().unwrap(), text(&output)));
        }
        ran
    }

    fn summary(&self) -> PathBuf {
        self.project.folder.join("summary.md")
    }

    /// Commits what is staged, with the hook in place.
    fn commit(&self) -> (i32, String) {
        let hook = self.project.folder.join(".git/hooks/pre-commit");
        fs::copy(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/ci/pre-commit"),
            &hook,
        )
        .unwrap();
        let mode = hook.metadata().unwrap().permissions().mode();
        assert_ne!(mode & 0o111, 0, "git leaves out a hook that is not executable");
        let temporary = self.programs.folder.join("temporary");
        fs::create_dir_all(&temporary).unwrap();
        let output = self
            .command("git")
            .args(["commit", "--quiet", "--allow-empty", "-m", "change"])
            .env("TMPDIR", &temporary)
            .output()
            .unwrap();
        assert_eq!(
            temporary.read_dir().unwrap().count(),
            0,
            "the hook left something behind"
        );
        (output.status.code().unwrap(), text(&output))
    }
}

fn executable(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Step by step: its name, its status, and what is among its text.
#[track_caller]
fn expect(ran: &[(String, i32, String)], expected: &[(&str, i32, &str)]) {
    assert_eq!(ran.len(), expected.len(), "{ran:#?}");
    for ((name, status, text), (expected_name, expected_status, part)) in ran.iter().zip(expected) {
        assert_eq!((name.as_str(), *status), (*expected_name, *expected_status), "{ran:#?}");
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

const INSTALL: (&str, i32, &str) = ("Install publisher", 0, "");
const TEST: (&str, i32, &str) = ("Test, which describes the types", 0, "test describe ... ok");

#[test]
fn a_pull_request_that_fits_is_green() {
    let pull = Pull::new(&record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]));
    expect(
        &pull.job("check"),
        &[
            INSTALL,
            TEST,
            (
                "Check the schemas",
                0,
                "ok: 1 schema against git:origin/main (merge base ",
            ),
            (
                "Lint the schemas",
                0,
                "ok: 1 schema against git:origin/main (merge base ",
            ),
            ("Show what changed", 0, ""),
        ],
    );
    let summary = fs::read_to_string(pull.summary()).unwrap();
    assert!(
        summary.contains("orders-a.Placed") && summary.contains("channel"),
        "{summary}"
    );
}

#[test]
fn a_pull_request_that_breaks_is_red_where_it_breaks() {
    let pull = Pull::new(&record("a.Placed", &[ID, CHANNEL]));
    let ran = pull.job("check");
    expect(
        &ran,
        &[
            INSTALL,
            TEST,
            (
                "Check the schemas",
                100,
                "::error file=schemas/a.Placed.avsc,line=6,title=avro-field-without-default::",
            ),
            ("Lint the schemas", 0, "ok: "),
            ("Show what changed", 0, ""),
        ],
    );
    assert!(ran[2].2.contains("\n::notice file=src/lib.rs,line=4,"), "{ran:#?}");
    let summary = fs::read_to_string(pull.summary()).unwrap();
    assert!(summary.contains("avro-field-without-default"), "{summary}");
}

#[test]
fn a_shallow_clone_is_told_what_to_fetch() {
    let pull = Pull::new(&record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]));
    // What keeps it from happening.
    assert!(steps("check")[0].text.contains("\n          fetch-depth: 0 "));
    for more in ["--single-branch", "--no-single-branch"] {
        // The branch that one gets without asking is the main one.
        pull.project.git("checkout --quiet -B main origin/main");
        let shallow = pull.shallow(&[more]);
        let fetch = "fetch it: git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main";
        expect(
            &shallow.job("check"),
            &[
                INSTALL,
                TEST,
                ("Check the schemas", 101, fetch),
                ("Lint the schemas", 101, fetch),
                ("Show what changed", 1, fetch),
            ],
        );
        shallow.project.write(PLACED, record("a.Placed", &[])).git("add -A");
        let (status, text) = shallow.commit();
        assert!(status != 0 && text.contains(fetch), "{status} {text}");
        assert!(
            text.ends_with("could not be checked; without the check: git commit --no-verify\n"),
            "{text}"
        );
    }
}

#[test]
fn what_is_merged_is_registered_and_says_where_it_could_not() {
    let pull = Pull::new(&record("a.Placed", &[ID]));
    expect(
        &pull.job("register"),
        &[
            INSTALL,
            TEST,
            ("Register the schemas", 101, "schema registry unreachable"),
        ],
    );
}

#[test]
fn the_hook_looks_at_what_is_staged() {
    let pull = Pull::new(&record("a.Placed", &[ID]));
    let project = &pull.project;
    let before = project.git("rev-parse HEAD");
    project.write(PLACED, record("a.Placed", &[ID, CHANNEL])).git("add -A");
    // The break is staged; the folder has been repaired since.
    project.write(PLACED, record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]));
    let (status, text) = pull.commit();
    assert_ne!(status, 0, "{text}");
    for part in [
        "error[avro-field-without-default]: ",
        "\n  schema    schemas/a.Placed.avsc:6 /fields/1\n",
        "1 finding: 1 schema against git:origin/main (merge base ",
        "\nnot committed: repair the schemas",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(project.git("rev-parse HEAD"), before);
    // The other way round.
    project.git("add -A");
    project.write(PLACED, record("a.Placed", &[ID, CHANNEL]));
    let (status, text) = pull.commit();
    assert_eq!((status, text.starts_with("ok: 1 schema against")), (0, true), "{text}");
    assert_ne!(project.git("rev-parse HEAD"), before);
}

#[test]
fn the_hook_leaves_other_commits_alone() {
    let pull = Pull::new(&record("a.Placed", &[ID, CHANNEL]));
    pull.project.write("notes", "no schema").git("add -A");
    assert_eq!(pull.commit(), (0, String::new()));
    // Somebody answers for the break, in the same commit.
    pull.project.write(PLACED, record("a.Placed", &[CHANNEL])).write(
        "schemas/acknowledged.toml",
        "[[break]]\nrule = 'avro-field-without-default'\nname = 'a.Placed'\nagainst = 'git'\nreason = 'nobody reads it'\n\
         owner = 'us'\nexpires = 9999-12-31\n",
    );
    pull.project.git("add -A");
    let (status, text) = pull.commit();
    assert!(status == 0 && text.contains("waived"), "{text}");
    // The first commit of all has nothing before it.
    pull.project.git("checkout --quiet --orphan first");
    assert_eq!(pull.commit(), (0, String::new()));
}

#[test]
#[should_panic(expected = "runs nothing in the job nowhere")]
fn a_job_without_commands_is_no_success() {
    steps("nowhere");
}
