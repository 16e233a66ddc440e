//! Answers in, errors out.

use super::*;

fn check(status: u16, body: &str, expected: &str) {
    check_call(Expected::Object, status, body, expected);
}

fn check_call(call: Expected, status: u16, body: &str, expected: &str) {
    let status = StatusCode::from_u16(status).unwrap();
    let answer = Answer {
        status,
        unfollowed: status.is_redirection().then(|| Unfollowed {
            target: Some("https://u:p@other/x?k=secret".to_owned()),
            hint: "the hint",
        }),
        retry_after: None,
        body: body.as_bytes(),
        whole: true,
        authenticated: true,
        expected: call,
    };
    let actual = match classify("http://r", &answer) {
        Ok(_) => "ok".to_owned(),
        Err(error) => error.to_string(),
    };
    assert!(
        actual.starts_with(expected),
        "{status} {body}\n  is {actual}\n not {expected}"
    );
}

#[test]
fn success_is_a_json_object() {
    check(200, r#"{"id":1}"#, "ok");
    check(
        200,
        "[1]",
        "schema registry's answer cannot be read: http://r, HTTP 200: answer is JSON but not an object",
    );
    check(
        200,
        r#"{"id":"#,
        "schema registry's answer cannot be read: http://r, HTTP 200: answer is cut or broken JSON: EOF while parsing",
    );
    check(
        200,
        " <html>\n<p>",
        "schema registry's answer cannot be read: http://r, HTTP 200: answer is HTML or XML: <html> <p>; a proxy",
    );
    check(
        204,
        "",
        "schema registry's answer cannot be read: http://r, HTTP 204: answer is empty; a proxy",
    );
}

#[test]
fn an_id_is_a_positive_number() {
    check(200, r#"{"id":2147483647}"#, "ok");
    for id in ["0", "-1", "1.5", "null", "[1]", "\"one\"", "2147483648", "1e99"] {
        check(
            200,
            &format!(r#"{{"id":{id}}}"#),
            "schema registry's answer cannot be read: http://r, HTTP 200: answer has the id ",
        );
    }
}

#[test]
fn a_list_is_a_json_array() {
    check_call(Expected::Array, 200, "[]", "ok");
    check_call(
        Expected::Array,
        200,
        r#"{"subjects":[]}"#,
        "schema registry's answer cannot be read: http://r, HTTP 200: answer is JSON but not an array",
    );
    check_call(
        Expected::Array,
        200,
        r#"["a","#,
        "schema registry's answer cannot be read: http://r, HTTP 200: answer is cut or broken JSON: EOF while parsing",
    );
}

#[test]
fn status_decides_before_the_code() {
    let said = |code: u32| format!(r#"{{"error_code":{code},"message":"the words."}}"#);
    check(
        401,
        &said(40101),
        "schema registry refused the credentials: http://r, HTTP 401, code 40101: the words; check",
    );
    check(
        403,
        "",
        "schema registry refused the credentials: http://r, HTTP 403: answer is empty; these credentials",
    );
    check(
        409,
        &said(409),
        "schema incompatible with the subject's earlier versions: http://r, HTTP 409, code 409: the words; change",
    );
    check(409, &said(42201), "schema incompatible");
    check(
        422,
        &said(42201),
        "schema refused as invalid: http://r, HTTP 422, code 42201: the words",
    );
    check(
        422,
        &said(42205),
        "schema registry forbids the write: http://r, HTTP 422, code 42205: the words; look the schema up",
    );
    check(
        400,
        "no JSON",
        "schema refused as invalid: http://r, HTTP 400: answer is not JSON: no JSON",
    );
    check(
        404,
        &said(40403),
        "schema not found: http://r, HTTP 404, code 40403: the words",
    );
    check(
        404,
        &said(404),
        "schema not found: http://r, HTTP 404, code 404: the words; this is no registry's own code",
    );
    check(
        404,
        r#"{"error_code":40403}"#,
        "schema not found: http://r, HTTP 404, code 40403: there is no such schema",
    );
    check(
        422,
        "{}",
        "schema refused as invalid: http://r, HTTP 422: answer has no message: {}",
    );
    check(
        404,
        "<html>",
        "schema not found: http://r, HTTP 404: answer is HTML or XML: <html>; this is no registry's own code",
    );
    check(
        302,
        "",
        "schema registry's answer cannot be read: http://r, HTTP 302: redirects to https://other/x; the hint",
    );
}

#[test]
fn what_may_heal_is_unreachable() {
    for status in [408, 429, 500, 501, 502, 503, 504] {
        check(
            status,
            r#"{"error_code":50001,"message":"x"}"#,
            &format!("schema registry unreachable: http://r, HTTP {status}, code 50001: x"),
        );
    }
    check(
        500,
        r#"{"error_code":0,"message":"x"}"#,
        "schema registry unreachable: http://r, HTTP 500: x",
    );
}
