//! The program itself: its exit status, and its text without a terminal.

use std::process::{Command, Output};

use crate::support::{CHANNEL, ID, Project, record};

fn run(project: &Project, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_publisher"));
    command.current_dir(&project.folder).args(arguments).output().unwrap()
}

#[test]
fn exit_status() {
    let project = Project::new();
    project
        .write("1/a.Placed.avsc", record("a.Placed", &[ID]))
        .write("2/a.Placed.avsc", record("a.Placed", &[ID, CHANNEL]));
    for (arguments, status) in [
        (&["check", "--schemas", "1", "--against", "dir:1"][..], 0),
        (&["check", "--schemas", "2", "--against", "dir:1"], 100),
        (&["check", "--schemas", "3", "--against", "dir:1"], 101),
        (&["check", "--nonsense"], 101),
        (&[], 101),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["help"], 101),
    ] {
        let output = run(&project, arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {output:?}");
        assert_eq!(output.stdout.is_empty(), status == 101, "{arguments:?}: {output:?}");
        assert_eq!(output.stderr.is_empty(), status != 101, "{arguments:?}: {output:?}");
        // Nobody looks: no colour.
        assert!(
            !output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b),
            "{output:?}"
        );
    }
}
