//! The lock as a file: read within bounds, and merged by git line by line.

use std::error::Error as _;
use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use publisher_core::SchemaId;
use publisher_core::registry::{Asked, LockError, SchemaLock, StoredEntry};
use publisher_core::schema::Fingerprint;

use tests::folder::Folder;

/// A lock with an entry for each of these subjects; what it says of one does not depend on the others.
fn lock(subjects: &str) -> SchemaLock {
    let mut lock = SchemaLock::default();
    for subject in subjects.split_whitespace() {
        let id: u32 = subject.bytes().map(u32::from).sum();
        let asked = Asked::Content(Fingerprint(id.into()));
        lock.set(StoredEntry::new(
            "https://registry.example",
            subject,
            asked,
            SchemaId(id),
        ))
        .unwrap();
    }
    lock
}

#[test]
fn a_file_is_read() {
    let folder = Folder::new();
    let path = folder.path.join("schemas.lock");
    let lock = lock("a b c");
    for text in [lock.text(), lock.text().replace('\n', "\r\n")] {
        fs::write(&path, text).unwrap();
        assert_eq!(SchemaLock::read(&path).unwrap(), lock);
    }
    fs::write(&path, lock.text().replace("\"id\"", "\"ident\"")).unwrap();
    let error = SchemaLock::read(&path).unwrap_err();
    assert!(
        error.to_string().starts_with(&format!(
            "{}:2 has the member \"ident\", which is unknown; take the file from the last commit",
            path.display()
        )),
        "{error}"
    );
    let LockError::Line { place, .. } = error else {
        panic!("{error}")
    };
    assert_eq!((place.path(), place.line()), (Some(path.as_path()), 2));
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::new();
    let path = folder.path.join("schemas.lock");
    let check = |kind: ErrorKind, reason: &str| {
        let error = SchemaLock::read(&path).unwrap_err();
        assert_eq!(error.to_string(), format!("the lock {} cannot be read", path.display()));
        assert!(
            matches!(&error, LockError::Read { source, .. } if source.kind() == kind),
            "{error:?}"
        );
        let source = error.source().unwrap().to_string();
        assert!(source.contains(reason), "{source}");
    };
    check(ErrorKind::NotFound, "");
    fs::create_dir(&path).unwrap();
    check(ErrorKind::Other, "it is no file");
    fs::remove_dir(&path).unwrap();
    fs::write(&path, b"[{\xff").unwrap();
    check(ErrorKind::Other, "it is no UTF-8");
    // It has no blocks on the disk, but would have a terabyte in memory.
    fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    check(ErrorKind::Other, "it has more than 4 MiB");
    #[cfg(unix)]
    {
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        check(ErrorKind::Other, "it is no file");
    }
}

/// What git makes of two people's work, and whether it found a conflict.
fn merged(ours: &SchemaLock, base: &SchemaLock, theirs: &SchemaLock) -> (String, bool) {
    let folder = Folder::new();
    for (name, lock) in [("ours", ours), ("base", base), ("theirs", theirs)] {
        fs::write(folder.path.join(name), lock.text()).unwrap();
    }
    let output = Command::new("git")
        .current_dir(&folder.path)
        .args(["merge-file", "-p", "ours", "base", "theirs"])
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), !output.status.success())
}

#[test]
fn git_merges_what_two_people_did() {
    let check = |ours: &str, theirs: &str, expected: &str| {
        let (text, conflict) = merged(&lock(ours), &lock("c e g i k"), &lock(theirs));
        assert!(!conflict, "{text}");
        assert_eq!(SchemaLock::parse(&text).unwrap(), lock(expected));
    };
    // At both ends, which are the first and the last of a list.
    check("a c e g i k", "c e g i k m", "a c e g i k m");
    check("e g i k", "c e g i", "e g i");
    check("a c e g i k", "c e g i", "a c e g i");
    // In the middle and at an end.
    check("c e i k", "c e g i k m", "c e i k m");
}

#[test]
fn a_conflict_that_git_leaves_is_recognised() {
    let base = lock("a");
    let with = |id: u32| {
        let mut lock = base.clone();
        let entry = StoredEntry::new("r", "b", Asked::Content(Fingerprint(9)), SchemaId(id));
        lock.set(entry).unwrap();
        lock
    };
    let (text, conflict) = merged(&with(1), &base, &with(2));
    assert!(conflict);
    let error = SchemaLock::parse(&text).unwrap_err();
    assert!(
        matches!(&error, LockError::Conflict(place) if place.line() == 3),
        "{error}"
    );
    // Both sides, as the message says: still two answers to one question.
    let both: Vec<&str> = text.lines().filter(|line| line.starts_with([',', '[', ']'])).collect();
    let error = SchemaLock::parse(&both.join("\n")).unwrap_err();
    assert!(matches!(error, LockError::Twice { .. }), "{error}");
}
