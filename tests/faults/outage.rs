//! An outage of 20 s at 10,000 calls a second, in a process of its own: row 39 of the matrix.

use std::process::Command;

use tests::outage::Figures;
use tests::say;

#[test]
fn memory_stays_within_its_bound() {
    let output = Command::new(env!("CARGO_BIN_EXE_campaign"))
        .args(["outage", "20"])
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}{err}");
    let line = out.lines().next_back().unwrap();
    say(&format!("outage: {line}"));
    let figures: Figures = serde_json::from_str(line).unwrap();
    // There was more to take than there was room for, so that calls had to wait.
    assert!(figures.waited_seconds > 1.0, "{figures:?}");
    assert!(
        figures.accepted < u64::from(figures.rate) * figures.seconds as u64,
        "{figures:?}"
    );
    // What is no buffer grows too: the client's attempts to connect, the allocator's rests, the test's own list. The bound
    // has room for all of it.
    assert!(figures.grown_bytes <= figures.bound_bytes, "{figures:?}");
}
