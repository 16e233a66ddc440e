//! The disk cache: what was kept is found as it was, and everything else is no answer.

use std::fs;
use std::path::PathBuf;
use std::sync::Barrier;

use publisher_core::registry::{Asked, DiskCache, SchemaReference, StoreError, StoredEntry};
use publisher_core::schema::Fingerprint;
use publisher_core::wire::SchemaGuid;
use publisher_core::{SchemaId, SubjectVersion};

use crate::{avro, json, say};
use tests::folder::Folder;

const REGISTRY: &str = "https://registry.example/apis/ccompat/v7";
const SUBJECT: &str = "orders-com.acme.Placed";

/// An entry with all that one may have.
fn entry(asked: Asked, id: u32) -> StoredEntry {
    let money = SchemaReference {
        name: "com.acme.Money".into(),
        subject: "com.acme.Money".into(),
        version: Some(SubjectVersion(2)),
        schema: avro("{\"type\": \"enum\",\n\"name\": \"com.acme.Money\"}"),
    };
    let mut entry = StoredEntry::new(REGISTRY, SUBJECT, asked, SchemaId(id));
    entry.version = Some(SubjectVersion(id));
    entry.guid = Some(SchemaGuid([id as u8; 16]));
    entry.schema = Some(avro("{\"type\":\"array\",\"items\":\"com.acme.Money\"}").with_references([money]));
    entry
}

/// A cache in a folder that is not there yet.
fn cache() -> (Folder, DiskCache) {
    let folder = Folder::new();
    let cache = DiskCache::at(folder.path.join("cache/schemas"));
    (folder, cache)
}

/// The one file of a cache.
fn file(folder: &Folder, cache: &DiskCache) -> PathBuf {
    let names = folder.names("cache/schemas");
    assert_eq!(names.len(), 1, "{names:?}");
    cache.folder().join(&names[0])
}

#[test]
fn what_was_kept_is_found_after_a_restart() {
    let (folder, cache) = cache();
    let content = Asked::Content(Fingerprint(7));
    let questions = [content, Asked::Latest, Asked::Id(SchemaId(7))];
    for asked in questions {
        assert_eq!(cache.find(REGISTRY, SUBJECT, asked), None);
    }
    assert!(!cache.folder().exists(), "looking makes nothing");
    for asked in questions {
        cache.keep(&entry(asked, 7)).unwrap();
    }
    let restarted = DiskCache::at(cache.folder());
    for asked in questions {
        assert_eq!(restarted.find(REGISTRY, SUBJECT, asked), Some(entry(asked, 7)));
    }
    // Of another registry, another subject, another question: nothing.
    assert_eq!(restarted.find("https://registry.example", SUBJECT, content), None);
    assert_eq!(restarted.find(REGISTRY, "orders-com.acme.Place", content), None);
    assert_eq!(restarted.find(REGISTRY, SUBJECT, Asked::Content(Fingerprint(8))), None);
    assert_eq!(restarted.find(REGISTRY, SUBJECT, Asked::Id(SchemaId(8))), None);

    let mut newer = entry(Asked::Latest, 9);
    newer.schema = Some(json("{}"));
    cache.keep(&newer).unwrap();
    assert_eq!(restarted.find(REGISTRY, SUBJECT, Asked::Latest), Some(newer));
    let names = folder.names("cache/schemas");
    assert_eq!(
        names.len(),
        3,
        "one file for each question, nothing half done: {names:?}"
    );
    assert!(names.iter().all(|name| name.ends_with(".schema")), "{names:?}");
}

#[test]
fn one_wrong_byte_is_no_answer() {
    let (folder, cache) = cache();
    cache.keep(&entry(Asked::Latest, 7)).unwrap();
    let path = file(&folder, &cache);
    let whole = fs::read(&path).unwrap();
    let find = || cache.find(REGISTRY, SUBJECT, Asked::Latest);
    for at in 0..whole.len() {
        for bits in [0x01, 0x20, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= bits;
            fs::write(&path, bytes).unwrap();
            assert_eq!(find(), None, "byte {at} with {bits:#04x}");
        }
        fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(find(), None, "cut at {at}");
    }
    for more in ["\n", " ", "\0", "{}\n"] {
        fs::write(&path, [&whole, more.as_bytes()].concat()).unwrap();
        assert_eq!(find(), None, "{more:?} behind it");
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(find(), Some(entry(Asked::Latest, 7)));
}

#[test]
fn a_file_that_answers_another_question_is_no_answer() {
    let (folder, cache) = cache();
    cache.keep(&entry(Asked::Latest, 7)).unwrap();
    let other = file(&folder, &cache);
    let asked = Asked::Id(SchemaId(7));
    cache.keep(&entry(asked, 7)).unwrap();
    let names = folder.names("cache/schemas");
    let own = names
        .iter()
        .map(|name| cache.folder().join(name))
        .find(|path| *path != other);
    fs::copy(other, own.unwrap()).unwrap();
    assert_eq!(cache.find(REGISTRY, SUBJECT, asked), None);
    cache.keep(&entry(asked, 7)).unwrap();
    assert_eq!(cache.find(REGISTRY, SUBJECT, asked), Some(entry(asked, 7)));
}

#[test]
fn what_is_too_long_is_not_read_whole() {
    let (folder, cache) = cache();
    cache.keep(&entry(Asked::Latest, 7)).unwrap();
    // It has no blocks on the disk, but would have a terabyte in memory.
    let long = fs::OpenOptions::new().write(true).open(file(&folder, &cache)).unwrap();
    long.set_len(1 << 40).unwrap();
    assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), None);
}

#[test]
fn what_cannot_be_kept_is_said() {
    let (_folder, cache) = cache();
    let check = |entry: StoredEntry, expected: &str| {
        let error = cache.keep(&entry).unwrap_err();
        assert!(matches!(error, StoreError::Entry { .. }), "{error}");
        assert_eq!(
            error.to_string(),
            format!("the answer for the subject {SUBJECT} is not kept: {expected}")
        );
    };
    let zero = "its id or its version is 0, which no registry gives";
    check(entry(Asked::Latest, 0), zero);
    check(
        entry(Asked::Id(SchemaId(7)), 8),
        "its id is not the one that was asked for",
    );
    let mut large = entry(Asked::Latest, 7);
    large.schema = Some(json(&format!("\"{}\"", "x".repeat(1024 * 1024))));
    check(large, "its schema has more than 1 MiB with all that it refers to");
    assert!(!cache.folder().exists());
}

#[test]
fn where_nothing_can_be_written() {
    let folder = Folder::new();
    let path = folder.path.join("file");
    fs::write(&path, "").unwrap();
    let cache = DiskCache::at(&path);
    let error = cache.keep(&entry(Asked::Latest, 7)).unwrap_err();
    assert!(
        matches!(error, StoreError::NoFolder { .. }) && !error.is_retriable(),
        "{error}"
    );
    assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), None);
    let cache = DiskCache::at(path.join("below"));
    let error = cache.keep(&entry(Asked::Latest, 7)).unwrap_err();
    assert!(
        matches!(error, StoreError::Write { .. }) && error.is_retriable(),
        "{error}"
    );
    assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), None);

    // A folder stands where the file would.
    let (folder, cache) = self::cache();
    cache.keep(&entry(Asked::Latest, 7)).unwrap();
    let path = file(&folder, &cache);
    fs::remove_file(&path).unwrap();
    fs::create_dir_all(path.join("within")).unwrap();
    assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), None);
    let error = cache.keep(&entry(Asked::Latest, 7)).unwrap_err();
    assert!(
        matches!(&error, StoreError::Write { path: at, .. } if *at == path),
        "{error}"
    );
    assert_eq!(folder.names("cache/schemas").len(), 1, "nothing half done stays");
}

#[cfg(unix)]
#[test]
fn a_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let (folder, cache) = cache();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let kept = entry(Asked::Latest, 7);
    cache.keep(&kept).unwrap();
    let path = file(&folder, &cache);
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(cache.folder()), 0o700);
    assert_eq!(mode(&folder.path.join("cache")), 0o700);
    for open in [0o770, 0o702, 0o777, 0o1777] {
        set(cache.folder(), open);
        for error in [cache.check().unwrap_err(), cache.keep(&kept).unwrap_err()] {
            assert_eq!(
                error.to_string(),
                format!(
                    "the folder {} of the schema cache can be written by others (mode {open:03o}): take that away with \
                     `chmod go-w`, or name a folder that does not exist yet, which is then made for its owner alone",
                    cache.folder().display()
                )
            );
        }
        assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), None);
    }
    // That others may read it does no harm: schemas are no secret.
    set(cache.folder(), 0o755);
    cache.check().unwrap();
    cache.keep(&kept).unwrap();
    for open in [0o620, 0o602, 0o666] {
        set(&path, open);
        assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), None);
    }
    cache.keep(&kept).unwrap();
    assert_eq!(
        (mode(&path), cache.find(REGISTRY, SUBJECT, Asked::Latest)),
        (0o600, Some(kept))
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let (folder, cache) = cache();
    let kept = entry(Asked::Latest, 7);
    cache.keep(&kept).unwrap();
    let path = file(&folder, &cache);
    let target = folder.path.join("target");
    fs::rename(&path, &target).unwrap();
    for to in [target.as_path(), "/dev/zero".as_ref(), "nowhere".as_ref()] {
        std::os::unix::fs::symlink(to, &path).unwrap();
        assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), None);
        fs::remove_file(&path).unwrap();
    }
    // The link goes, what it led to stays.
    std::os::unix::fs::symlink(&target, &path).unwrap();
    let before = fs::read(&target).unwrap();
    cache.keep(&entry(Asked::Latest, 8)).unwrap();
    assert_eq!(fs::read(&target).unwrap(), before);
    assert!(!path.is_symlink());
    assert_eq!(
        cache.find(REGISTRY, SUBJECT, Asked::Latest),
        Some(entry(Asked::Latest, 8))
    );
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let (folder, cache) = cache();
    let kept = entry(Asked::Latest, 7);
    cache.keep(&kept).unwrap();
    fs::set_permissions(cache.folder(), fs::Permissions::from_mode(0o500)).unwrap();
    assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), Some(kept.clone()));
    if fs::write(cache.folder().join("probe"), "").is_ok() {
        say("SKIPPED writing to a read-only folder: this user may write anywhere");
        return;
    }
    let error = cache.keep(&entry(Asked::Latest, 8)).unwrap_err();
    assert!(matches!(error, StoreError::Write { .. }), "{error}");
    assert_eq!(cache.find(REGISTRY, SUBJECT, Asked::Latest), Some(kept));
    assert_eq!(folder.names("cache/schemas").len(), 1);
    fs::set_permissions(cache.folder(), fs::Permissions::from_mode(0o700)).unwrap();
}

/// Each thread has a cache of its own, as processes have: they share the folder alone.
#[test]
fn many_keep_and_find_at_once() {
    const THREADS: u32 = 8;
    const ROUNDS: u32 = 100;
    let (folder, cache) = cache();
    let barrier = Barrier::new(THREADS as usize);
    std::thread::scope(|scope| {
        for thread in 1..=THREADS {
            let (path, barrier) = (cache.folder(), &barrier);
            scope.spawn(move || {
                let own = DiskCache::at(path);
                barrier.wait();
                for round in 0..ROUNDS {
                    own.keep(&entry(Asked::Latest, thread * 1000 + round)).unwrap();
                    // One of those that were written, whole: never nothing, never a mixture.
                    let found = own.find(REGISTRY, SUBJECT, Asked::Latest).unwrap();
                    assert_eq!(found, entry(Asked::Latest, found.id.0));
                    assert!((1..=THREADS).contains(&(found.id.0 / 1000)), "{}", found.id);
                }
            });
        }
    });
    file(&folder, &cache);
}
