//! Git as the baseline: which revision, and what to do where it is not there.

use crate::support::{CHANNEL, CHANNEL_WITH_DEFAULT, ID, Project, git_in, record};

const PLACED: &str = "schemas/a.Placed.avsc";

/// A repository with one schema on `main`.
fn repository() -> Project {
    let project = Project::new();
    project.write(PLACED, record("a.Placed", &[ID])).repository();
    project
}

/// The first characters of the commit.
fn short(project: &Project, revision: &str) -> String {
    project.git(&format!("rev-parse {revision}"))[..7].to_owned()
}

#[test]
fn what_is_not_committed_yet_counts() {
    let project = repository();
    let base = short(&project, "main");
    project.run("check").is(
        0,
        &format!("ok: 1 schema against git:main (merge base {base}): 1 unchanged, 0 changed, 0 new\n"),
    );
    project.write(PLACED, record("a.Placed", &[ID, CHANNEL]));
    project.run("check").has(
        100,
        &[
            &format!("\n  earlier   schemas/a.Placed.avsc at {base}:"),
            &format!("\n  versions  main ({base})\n"),
            &format!("1 finding: 1 schema against git:main (merge base {base})"),
        ],
    );
}

#[test]
fn what_others_merged_is_no_change_of_ours() {
    let project = repository();
    let base = short(&project, "main");
    project.git("checkout --quiet -b ours");
    project
        .write(PLACED, record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]))
        .commit();
    project.git("checkout --quiet main");
    project.write("schemas/a.Other.avsc", record("a.Other", &[ID])).commit();
    project.git("checkout --quiet ours");
    project.run("check").is(
        0,
        &format!("ok: 1 schema against git:main (merge base {base}): 0 unchanged, 1 changed, 0 new\n"),
    );
}

#[test]
fn the_remote_branch_goes_before_the_local_one() {
    let project = repository();
    let base = short(&project, "main");
    project.git("update-ref refs/remotes/origin/trunk HEAD");
    project.git("symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/trunk");
    project.write(PLACED, record("a.Placed", &[ID, CHANNEL])).commit();
    // The local main has the change already.
    project
        .run("check")
        .has(100, &[&format!("against git:origin/HEAD (merge base {base})")]);
    project.git("update-ref refs/remotes/origin/main HEAD");
    project.run("check").has(0, &["against git:origin/main (merge base "]);
    project
        .run("check --against git:HEAD~1")
        .has(100, &[&format!("git:HEAD~1 (merge base {base})")]);
    project.git("tag v1 HEAD~1");
    project.run("check --against git:v1").has(100, &["git:v1 (merge base"]);
}

#[test]
fn history_and_other_folders_are_no_schemas_of_the_project() {
    let project = repository();
    project.write("schemas/history/orders-a.Placed/1.avsc", record("a.Placed", &[ID]));
    project.write("other/a.Other.avsc", record("a.Other", &[ID]));
    project
        .write("schemas/below/a.Below.avsc", record("a.Below", &[ID]))
        .commit();
    project.git("checkout --quiet -b ours");
    project.remove("schemas/below/a.Below.avsc");
    project.run("check").has(
        0,
        &["note: a.Below.avsc is in main (", "ok: 1 schema against", "1 unchanged"],
    );
}

#[test]
fn a_shallow_clone_says_how_to_fetch() {
    let origin = repository();
    origin.git("checkout --quiet -b ours");
    origin.write(PLACED, record("a.Placed", &[ID, CHANNEL])).commit();
    origin.git("checkout --quiet main");
    let clone = Project::new();
    let url = format!("file://{}", origin.folder.display());
    git_in(
        &clone.folder,
        &[
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--single-branch",
            "--branch",
            "ours",
            &url,
            ".",
        ],
    );
    let ran = clone.run("check --against git:origin/main");
    ran.is(
        101,
        "error: git knows no revision origin/main\n\
         help: fetch it: git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main\n\
         help: without git: --against dir:PATH, --against history or --against registry:URL\n",
    );
    // Both branches are there, and nothing behind them.
    let half = Project::new();
    git_in(
        &half.folder,
        &[
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--no-single-branch",
            "--branch",
            "ours",
            &url,
            ".",
        ],
    );
    half.run("check").has(
        101,
        &[
            "error: this clone is shallow: it does not reach back to where HEAD and origin/main part\n",
            "help: fetch it: git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main\n",
            "help: in a GitHub workflow: `fetch-depth: 0`",
        ],
    );
    // The command that it names is one that helps.
    for project in [clone, half] {
        project.git("fetch --quiet --unshallow origin +refs/heads/main:refs/remotes/origin/main");
        project.run("check").has(100, &["against git:origin/main (merge base "]);
    }
}

#[test]
fn no_git_no_commit_no_such_revision() {
    let project = Project::new();
    project.write(PLACED, record("a.Placed", &[ID]));
    project.run("check").has(
        101,
        &[
            "error: the schemas are in no git working tree\n",
            "help: without git: --against dir:PATH, --against history",
        ],
    );
    project.git("init --quiet -b main");
    project.run("check").has(
        101,
        &[
            // There is no remote, so nothing to fetch.
            "git knows none of origin/main, origin/HEAD, main\nhelp: name what to compare with: --against git:REF, such as \
             git:master, or git:HEAD for what is not committed yet\n",
        ],
    );
    project.commit();
    project
        .run("check --against git:nowhere")
        .has(101, &["error: git knows no revision nowhere\n"]);
    project
        .run("check --against git:--all")
        .has(101, &["--all is no git revision"]);
    project.git("checkout --quiet --orphan alone");
    project.write("another", "so that it is another commit").commit();
    project
        .run("check")
        .has(101, &["error: HEAD and main have no commit in common\n"]);
}

#[test]
fn a_project_that_had_no_schemas() {
    let project = Project::new();
    project.write("src/lib.rs", "").repository();
    project.git("checkout --quiet -b ours");
    project.write("crates/orders/schemas/a.Placed.avsc", record("a.Placed", &[ID]));
    project
        .run("check --schemas crates/orders/schemas")
        .has(0, &["ok: 1 schema against git:main", "1 new"]);
}

#[test]
fn line_ends_of_a_working_tree_are_no_change() {
    let project = repository();
    project.write(PLACED, record("a.Placed", &[ID]).replace('\n', "\r\n"));
    project.run("check").has(0, &["1 unchanged"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_schema_whose_name_is_no_utf8_is_not_left_aside() {
    use std::os::unix::ffi::OsStrExt as _;

    let project = repository();
    let name = std::ffi::OsStr::from_bytes(b"a.\xff.avsc");
    let path = project.folder.join("schemas").join(name);
    std::fs::write(&path, record("a.X", &[ID])).unwrap();
    project.commit();
    std::fs::remove_file(&path).unwrap();
    let base = short(&project, "main");
    project.run("check --against git:main").is(
        101,
        &format!(
            "error: the schemas at {base} cannot be read\n  - schemas/a.\u{fffd}.avsc at {base}: its name is no UTF-8\n"
        ),
    );
}
