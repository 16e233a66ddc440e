//! Levels and verdicts as the client reads them from each registry's answers.

use publisher_core::compatibility::Level;
use publisher_core::registry::{CompatibilityPolicy, LevelOrigin, RegistryError};
use publisher_core::testing::EmbeddedRegistry;

use crate::{avro, client, raw};

const SIGN_IN: &str = "<html><body>Sign in</body></html>";

/// Which level and which policy a client makes of these answers, one after the other.
async fn level(answers: &[(u16, &str)]) -> Result<(Level, LevelOrigin, Option<CompatibilityPolicy>), RegistryError> {
    let server = EmbeddedRegistry::start().unwrap();
    for (status, body) in answers {
        server.fail_next(1, *status, *body);
    }
    let told = client(server.url()).level("s").await;
    assert_eq!(server.requests(), answers.len());
    told.map(|told| (told.level, told.origin, told.policy))
}

#[tokio::test]
async fn a_level_is_read_as_each_registry_tells_it() {
    use LevelOrigin::{Global, Subject};
    let (no_level, no_subject) = (
        (404, r#"{"error_code":40408,"message":"no level"}"#),
        (404, r#"{"error_code":40401,"message":"no subject"}"#),
    );
    let full = (200, r#"{"compatibilityLevel":"FULL"}"#);
    for (answers, expected) in [
        (&[full][..], (Level::Full, Subject, None)),
        (
            &[(200, r#"{"compatibility":"forward_transitive"}"#)],
            (Level::ForwardTransitive, Subject, None),
        ),
        (
            &[(
                200,
                r#"{"compatibilityLevel":"NONE","compatibilityPolicy":"LENIENT","alias":null}"#,
            )],
            (Level::None, Subject, Some(CompatibilityPolicy::Lenient)),
        ),
        (&[no_level, full], (Level::Full, Global, None)),
        (&[no_subject, no_subject, full], (Level::Full, Global, None)),
        // A subject may have other settings than a level.
        (
            &[(200, r#"{"normalize":true,"compatibilityLevel":null}"#), full],
            (Level::Full, Global, None),
        ),
        (
            &[
                (200, r#"{"compatibilityPolicy":"STRICT"}"#),
                (200, r#"{"compatibilityLevel":"FULL","compatibilityPolicy":"LENIENT"}"#),
            ],
            (Level::Full, Global, Some(CompatibilityPolicy::Strict)),
        ),
    ] {
        assert_eq!(level(answers).await.unwrap(), expected, "{answers:?}");
    }
}

#[tokio::test]
async fn an_unknown_level_is_not_taken_for_another() {
    for (answers, words) in [
        (
            &[(200, r#"{"compatibilityLevel":"SIDEWAYS"}"#)][..],
            "compatibility level \"SIDEWAYS\"",
        ),
        (&[(200, r#"{"compatibilityLevel":7}"#)], "compatibility level 7"),
        (
            &[(200, r#"{"compatibilityLevel":"FULL","compatibilityPolicy":"ODD"}"#)],
            "compatibility policy \"ODD\"",
        ),
        (&[(200, "{}"), (200, "{}"), (200, "{}")], "states no level"),
    ] {
        let error = level(answers).await.unwrap_err();
        assert!(matches!(error, RegistryError::BadAnswer(_)), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.failure().subject_name(), Some("s"));
    }
    // Not the registry's own no: nothing is known about the level then.
    let error = level(&[(404, SIGN_IN)]).await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
}

/// What a client makes of these answers to a check, at this level of the subject's own.
async fn verdict(level: Level, answers: &[(u16, &str)]) -> Result<(bool, Vec<String>), RegistryError> {
    let server = EmbeddedRegistry::start().unwrap();
    server.fail_next(1, 200, format!(r#"{{"compatibilityLevel":"{level}"}}"#));
    for (status, body) in answers {
        server.fail_next(1, *status, *body);
    }
    let told = client(server.url()).check_compatibility("s", &avro("\"string\"")).await;
    assert_eq!(server.requests(), 1 + answers.len());
    told.map(|told| (told.compatible, told.messages))
}

#[tokio::test]
async fn a_verdict_comes_with_the_registrys_reasons() {
    let reasons = r#"{"is_compatible":false,"messages":["one",{"two":2}]}"#;
    let told = verdict(Level::Full, &[(200, reasons)]).await.unwrap();
    assert_eq!(told, (false, vec!["one".to_owned(), r#"{"two":2}"#.to_owned()]));
    // Apicurio tells no reasons.
    let told = verdict(Level::FullTransitive, &[(200, r#"{"is_compatible":false}"#)]).await;
    assert_eq!(told.unwrap(), (false, vec![]));

    // Some registries do not have a check with all versions, and some do not answer for a subject that they do not have.
    let bare = (404, r#"{"error_code":404,"message":"HTTP 404 Not Found"}"#);
    let told = verdict(Level::FullTransitive, &[bare, (200, r#"{"is_compatible":false}"#)]).await;
    assert_eq!(told.unwrap(), (false, vec![]));
    for (level, answers) in [
        (
            Level::Full,
            &[(404, r#"{"error_code":40401,"message":"no subject"}"#)][..],
        ),
        (
            Level::FullTransitive,
            &[(404, r#"{"error_code":40401,"message":"no subject"}"#)],
        ),
        (Level::Full, &[(404, r#"{"error_code":40402,"message":"no version"}"#)]),
        (
            Level::FullTransitive,
            &[(405, ""), (404, r#"{"error_code":40401,"message":"no subject"}"#)],
        ),
    ] {
        assert_eq!(verdict(level, answers).await.unwrap(), (true, vec![]), "{answers:?}");
    }

    // Where neither call is known there is no registry.
    let error = verdict(Level::FullTransitive, &[(404, SIGN_IN), (404, SIGN_IN)])
        .await
        .unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
    assert!(
        error.to_string().contains("path in its address may be wrong"),
        "{error}"
    );

    for answer in [
        r#"{"is_compatible":"yes"}"#,
        "{}",
        "[]",
        r#"{"is_compatible":"#,
        SIGN_IN,
    ] {
        let error = verdict(Level::Full, &[(200, answer)]).await.unwrap_err();
        assert!(matches!(error, RegistryError::BadAnswer(_)), "{error}");
    }
}

#[tokio::test]
async fn a_verdict_is_asked_for_at_the_subjects_level() {
    for (level, place) in [
        (Level::None, "/latest"),
        (Level::Backward, "/latest"),
        (Level::BackwardTransitive, ""),
    ] {
        let config = format!(r#"{{"compatibilityLevel":"{level}"}}"#);
        let (url, requests) = raw::answer_in_turn([config, r#"{"is_compatible":true}"#.to_owned()]);
        let schema = avro("\"string\"");
        client(&url).check_compatibility("a/b", &schema).await.unwrap();
        let requests = requests.join().unwrap();
        assert!(
            requests[0].starts_with("GET /config/a%2Fb HTTP/1.1\r\n"),
            "{requests:?}"
        );
        let first =
            format!("POST /compatibility/subjects/a%2Fb/versions{place}?normalize=true&verbose=true HTTP/1.1\r\n");
        assert!(requests[1].starts_with(&first), "{requests:?}");
        assert!(
            requests[1].ends_with(r#"{"schema":"\"string\"","schemaType":"AVRO"}"#),
            "{requests:?}"
        );
    }
}
