//! What every registry must do, asked of the embedded one and, where there is one, of a real one; and where the two differ
//! from each other and from Confluent's.
//!
//! Each concern is a file: what it asserts plainly holds for both; where they differ it names an entry of its table and
//! what was answered. `DIFFERENCES.md` is all tables as this code prints them.

mod deleting;
mod difference;
mod errors;
mod levels;
mod looking_up;
mod newer;
mod normalizing;
mod odd_subjects;
mod reading;
mod references;
mod registering;

use self::difference::{Concern, each};

const CONCERNS: [Concern; 10] = [
    registering::CONCERN,
    looking_up::CONCERN,
    reading::CONCERN,
    references::CONCERN,
    levels::CONCERN,
    normalizing::CONCERN,
    deleting::CONCERN,
    odd_subjects::CONCERN,
    errors::CONCERN,
    newer::CONCERN,
];

#[tokio::test]
async fn registering_is_the_same_everywhere() {
    each(&registering::CONCERN, registering::check).await;
}

#[tokio::test]
async fn looking_up_is_the_same_everywhere() {
    each(&looking_up::CONCERN, looking_up::check).await;
}

#[tokio::test]
async fn reading_is_the_same_everywhere() {
    each(&reading::CONCERN, reading::check).await;
}

#[tokio::test]
async fn references_are_the_same_everywhere() {
    each(&references::CONCERN, references::check).await;
}

#[tokio::test]
async fn levels_are_the_same_everywhere() {
    each(&levels::CONCERN, levels::check).await;
}

#[tokio::test]
async fn normalizing_is_the_same_everywhere() {
    each(&normalizing::CONCERN, normalizing::check).await;
}

#[tokio::test]
async fn deleting_is_the_same_everywhere() {
    each(&deleting::CONCERN, deleting::check).await;
}

#[tokio::test]
async fn odd_subjects_are_subjects_everywhere() {
    each(&odd_subjects::CONCERN, odd_subjects::check).await;
}

#[tokio::test]
async fn errors_are_the_same_everywhere() {
    each(&errors::CONCERN, errors::check).await;
}

/// What Confluent's newer registries have and the real one of the tests lacks: proven on the embedded one only.
#[tokio::test]
async fn what_is_newer_is_named() {
    each(&newer::CONCERN, newer::check).await;
}

/// The tables as a file, for people; `PUBLISHER_DIFFERENCES=bless` writes it.
#[test]
fn the_differences_are_printed_as_they_are_proven() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/registry/DIFFERENCES.md");
    let printed = difference::printed(&CONCERNS);
    if std::env::var("PUBLISHER_DIFFERENCES").is_ok_and(|value| value == "bless") {
        std::fs::write(path, &printed).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == printed,
        "tests/registry/DIFFERENCES.md is not what the code prints; write it anew: \
         PUBLISHER_DIFFERENCES=bless cargo test -p tests --test registry the_differences"
    );
}
