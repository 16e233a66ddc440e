//! Files of letters: whole lines whoever writes, for their owner alone, and what a crash leaves.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;
use std::path::PathBuf;
use std::thread;

use super::super::{DeadLetterLines, UnreadableLetter};
use super::*;

/// A folder that goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dead-letters-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        make_folder(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> DeadLetterFile {
        DeadLetterFile::at(self.0.join("letters.jsonl"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn line(topic: &str) -> String {
    format!(r#"{{"original_topic":"{topic}"}}"#)
}

/// The topic of each letter, or what is wrong with the line.
fn read(file: &DeadLetterFile) -> Vec<String> {
    let lines = DeadLetterLines::open(file.path()).unwrap();
    lines
        .map(|line| {
            let line = line.unwrap();
            let told = line
                .letter
                .map_or_else(|error| error.to_string(), |letter| letter.original.topic);
            format!("{} {told}", line.number)
        })
        .collect()
}

#[test]
fn lines_are_appended() {
    let folder = Folder::new("appended");
    let file = DeadLetterFile::at(folder.0.join("new/folder/letters.jsonl"));
    file.check().unwrap();
    assert!(!file.path().exists());
    file.append(&[line("a"), line("b")]).unwrap();
    file.append(&[line("c")]).unwrap();
    file.append(&[] as &[&str]).unwrap();
    assert_eq!(
        fs::read_to_string(file.path()).unwrap(),
        format!("{}\n{}\n{}\n", line("a"), line("b"), line("c"))
    );
    assert_eq!(read(&file), ["1 a", "2 b", "3 c"]);
    // Moved away, a new one begins.
    fs::rename(file.path(), folder.0.join("old")).unwrap();
    file.append(&[line("d")]).unwrap();
    assert_eq!(read(&file), ["1 d"]);
    file.check().unwrap();
}

#[test]
fn what_a_crash_tore_off_is_closed() {
    let folder = Folder::new("torn");
    let file = folder.file();
    file.append(&[line("a")]).unwrap();
    let whole = fs::read_to_string(file.path()).unwrap();
    for end in 1..whole.len() {
        fs::write(file.path(), &whole[..end]).unwrap();
        let torn = if end == whole.len() - 1 {
            "1 a"
        } else {
            "1 is no envelope: it is no JSON from line 1, column "
        };
        assert!(read(&file)[0].starts_with(torn), "{end}: {:?}", read(&file));
        file.append(&[line("b")]).unwrap();
        let lines = read(&file);
        assert!(lines[0].starts_with(torn), "{end}: {lines:?}");
        assert_eq!(lines[1..], ["2 b"], "{end}");
    }
}

#[test]
fn many_writers_leave_whole_lines() {
    let folder = Folder::new("writers");
    // Two handles stand for two processes: they share nothing but the path.
    let files = [folder.file(), folder.file()];
    thread::scope(|scope| {
        for (number, file) in files.iter().enumerate() {
            for writer in 0..4 {
                scope.spawn(move || {
                    for letter in 0..10 {
                        let name =
                            |part: usize| line(&format!("{number}-{writer}-{letter}-{part}{}", "x".repeat(5_000)));
                        file.append(&[name(0), name(1)]).unwrap();
                    }
                });
            }
        }
    });
    let letters = DeadLetterLines::open(files[0].path()).unwrap();
    let mut topics: Vec<String> = letters
        .map(|line| line.unwrap().letter.unwrap().original.topic)
        .collect();
    // Those of one call stand together.
    for pair in topics.chunks(2) {
        let stem = |topic: &str| topic.rsplit_once('-').unwrap().0.to_owned();
        assert_eq!(stem(&pair[0]), stem(&pair[1]));
    }
    topics.sort();
    topics.dedup();
    assert_eq!(topics.len(), 2 * 4 * 10 * 2);
}

#[test]
fn a_file_has_a_bound() {
    let folder = Folder::new("bound");
    let size = line("a").len() as u64 + 1;
    let file = folder.file().max_bytes(2 * size);
    file.append(&[line("a")]).unwrap();
    let error = file.append(&[line("b"), line("c")]).unwrap_err();
    assert!(matches!(error, Error::Full { .. }) && error.is_retriable());
    let expected = format!(
        "has no room below its bound of {} bytes: replay it and move it away",
        2 * size
    );
    assert!(error.to_string().contains(&expected), "{error}");
    file.append(&[line("b")]).unwrap();
    assert_eq!(read(&file), ["1 a", "2 b"]);
}

#[test]
fn what_is_no_line_is_refused() {
    let folder = Folder::new("lines");
    let file = folder.file();
    let check = |line: &str, expected: &str| {
        let error = file.append(&[line]).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.is_retriable()), (expected, false));
    };
    check("{}\n", "the line holds a line break");
    check(
        &" ".repeat(MAX_LINE_BYTES + 1),
        "the line is longer than 64 MiB, which no reader takes",
    );
    assert!(!file.path().exists());
}

#[test]
fn a_line_without_an_end_is_passed_over() {
    let long = "x".repeat(MAX_LINE_BYTES + 1);
    let text = format!("\n{long}\n  \n{}", line("a"));
    let mut lines = DeadLetterLines::new(text.as_bytes());
    let first = lines.next().unwrap().unwrap();
    assert_eq!((first.number, first.letter), (2, Err(UnreadableLetter::TooLong)));
    let second = lines.next().unwrap().unwrap();
    assert_eq!(
        (second.number, second.letter.unwrap().original.topic.as_str()),
        (4, "a")
    );
    assert!(lines.next().is_none());
}

#[cfg(unix)]
#[test]
fn folder_and_file_are_for_their_owner_alone() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::new("owner");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let file = DeadLetterFile::at(folder.0.join("own/letters.jsonl"));
    file.append(&[line("a")]).unwrap();
    assert_eq!((mode(file.path()), mode(file.folder())), (0o600, 0o700));

    let refused = |file: &DeadLetterFile, expected: &str| {
        for error in [file.append(&[line("b")]).unwrap_err(), file.check().unwrap_err()] {
            assert!(!error.is_retriable());
            assert!(error.to_string().contains(expected), "{error}");
        }
    };
    set(file.path(), 0o644);
    refused(&file, "letters.jsonl is not for its owner alone (mode 644)");
    set(file.path(), 0o600);
    set(file.folder(), 0o702);
    refused(&file, "own is not for its owner alone (mode 702)");
    set(file.folder(), 0o755);
    file.append(&[line("b")]).unwrap();
    assert_eq!(read(&file), ["1 a", "2 b"]);

    let elsewhere = folder.0.join("elsewhere");
    let link = folder.file();
    symlink(&elsewhere, link.path()).unwrap();
    refused(&link, "is no file of its own");
    assert!(!elsewhere.exists());
    // Put there between the look and the opening.
    assert!(matches!(link.open(), Err(Error::NoFile { .. })));
    fs::remove_file(link.path()).unwrap();
    fs::create_dir(link.path()).unwrap();
    refused(&link, "is no file of its own");
    assert!(DeadLetterLines::open(link.path()).is_err());
}

#[test]
fn a_folder_that_is_none_is_an_error() {
    let folder = Folder::new("none");
    fs::write(folder.0.join("file"), "").unwrap();
    let file = DeadLetterFile::at(folder.0.join("file/letters.jsonl"));
    let error = file.append(&[line("a")]).unwrap_err();
    assert!(matches!(error, Error::Write { .. }) && error.is_retriable(), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}
