//! Acknowledged breaks: they count until their day, and only if something needs them.

use crate::support::{CHANNEL, ID, Project, record};

fn project(entry: &str, today: &str) -> Project {
    let project = Project::new().variable("SOURCE_DATE_EPOCH", today);
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]))
        .write("schemas/a.Placed.avsc", record("a.Placed", &[ID, CHANNEL]))
        .write("schemas/acknowledged.toml", entry);
    project
}

const ENTRY: &str = "[[break]]\nrule = 'avro-field-without-default'\nname = 'a.Placed'\npointer = '/fields/1'\n\
                     reason = 'all readers were moved'\nowner = 'team-orders'\nexpires = 2027-01-31\n";
/// 2027-01-31, 23:59:59.
const LAST_DAY: &str = "1801439999";
const NEXT_DAY: &str = "1801440000";

#[test]
fn a_break_that_somebody_answers_for_is_waived() {
    project(ENTRY, LAST_DAY).run("check --against dir:before").is(
        0,
        "waived: a.Placed avro-field-without-default at schemas/a.Placed.avsc:6 /fields/1: all readers were moved \
         (team-orders, until 2027-01-31)\nok: 1 schema against dir:before: 0 unchanged, 1 changed, 0 new\n",
    );
}

#[test]
fn until_its_day() {
    project(ENTRY, NEXT_DAY).run("check --against dir:before").has(
        100,
        &[
            "error[avro-field-without-default]: ",
            "error[acknowledgement-expired]: the break of avro-field-without-default that team-orders answered for expired on \
             2027-01-31\n  event     a.Placed\n  schema    schemas/acknowledged.toml:1\n",
            "\n2 findings: ",
        ],
    );
}

#[test]
fn an_entry_for_nothing_is_a_finding() {
    for (was, is) in [
        ("/fields/1", "/fields/2"),
        ("'a.Placed'", "'a.Shipped'"),
        ("-default", "-doc"),
    ] {
        project(&ENTRY.replace(was, is), LAST_DAY)
            .run("check --against dir:before")
            .has(
                100,
                &[
                    "error[avro-field-without-default]: ",
                    "error[acknowledgement-unused]: ",
                    "repair    remove the entry",
                ],
            );
    }
    // One that is for another kind of check is not looked at.
    let elsewhere = format!("{ENTRY}against = 'registry'\n");
    let ran = project(&elsewhere, LAST_DAY).run("check --against dir:before");
    assert!(ran.exit == 100 && !ran.out.contains("acknowledgement-"), "{ran:?}");
}

#[test]
fn what_cannot_be_read_is_no_acknowledgement() {
    project(&ENTRY.replace("owner", "ower"), LAST_DAY)
        .run("check --against dir:before")
        .has(
            101,
            &[
                "error: schemas/acknowledged.toml cannot be read\n  because TOML parse error at line 6",
                "help: each [[break]] has rule, name, reason, owner and expires",
            ],
        );
}
