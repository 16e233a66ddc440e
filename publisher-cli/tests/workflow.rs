//! The steps of a GitHub workflow, as far as `examples/ci/schemas.yml` needs YAML.
//!
//! Knows jobs, names, `if`, and `run` in one line or as a block. Whatever else a step says is kept as its text.

use std::fs;
use std::path::Path;

/// One step of a job.
#[derive(Clone, Debug, Default)]
pub(crate) struct Step {
    pub(crate) name: String,
    /// Also after a step that failed.
    pub(crate) always: bool,
    pub(crate) run: Option<String>,
    /// All of it.
    pub(crate) text: String,
}

/// The steps of a job. A workflow without the job, or a job that runs nothing, is a failure.
#[track_caller]
pub(crate) fn steps(job: &str) -> Vec<Step> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/ci/schemas.yml");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines = text.lines().skip_while(|line| *line != format!("  {job}:")).skip(1);
    let lines = lines
        .by_ref()
        .take_while(|line| line.is_empty() || line.starts_with("    "));
    let mut steps: Vec<Step> = Vec::new();
    // Of a block that is being read.
    let mut block = false;
    for line in lines.skip_while(|line| line.trim() != "steps:").skip(1) {
        if line.starts_with("      - ") {
            steps.push(Step::default());
        }
        let Some(step) = steps.last_mut() else { continue };
        step.text.push_str(line);
        step.text.push('\n');
        let member = line.get(8..).unwrap_or("");
        if block && (member.is_empty() || member.starts_with("  ")) {
            let run = step.run.get_or_insert_default();
            run.push_str(member.trim_start_matches("  "));
            run.push('\n');
            continue;
        }
        block = false;
        match member.split_once(": ") {
            Some(("name", name)) => step.name = name.to_owned(),
            Some(("if", condition)) => {
                assert_eq!(condition, "${{ !cancelled() }}", "a condition that is not known here");
                step.always = true;
            }
            Some(("run", "|")) => block = true,
            Some(("run", run)) => {
                assert!(
                    !run.starts_with(['|', '>', '"', '\'']),
                    "a form that is not known here: {run}"
                );
                step.run = Some(run.to_owned());
            }
            _ => {}
        }
    }
    let runs = steps.iter().filter(|step| step.run.is_some()).count();
    assert!(runs > 0, "{} runs nothing in the job {job}", path.display());
    assert_eq!(
        steps
            .iter()
            .map(|step| step.text.matches(" run:").count())
            .sum::<usize>(),
        runs,
        "a step of {job} was not understood"
    );
    steps
}
