//! The committed schemas at another revision, by the `git` program: three or four calls, however many files there are.
//!
//! Which revision: the merge base of `HEAD` and the one that was named, so that what others merged in the meantime is not
//! taken for a change of ours. Named none: the first that exists of `origin/main`, `origin/HEAD` and `main`.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Result;

use super::committed::{HISTORY, Place};
use super::{Baseline, Folder, SchemaFile, file_name};
use crate::failure::Failure;
use crate::reading;

/// The main branches that are looked for, in this order.
const MAIN: [&str; 3] = ["origin/main", "origin/HEAD", "main"];

const OTHERS: &str = "without git: --against dir:PATH, --against history or --against registry:URL";

/// The schemas at the merge base with the revision.
pub(super) fn baseline(revision: Option<&str>, place: &Place) -> Result<Baseline> {
    let git = Git { folder: &place.path };
    git.work_tree()?;
    let (name, commit) = git.resolve(revision)?;
    let base = git.merge_base(&name, &commit)?;
    let short: String = base.chars().take(7).collect();
    Ok(Baseline::Folder {
        label: format!("git:{name} (merge base {short})"),
        folder: git.schemas(&base, &short, &place.shown)?,
        name: format!("{name} ({short})"),
    })
}

struct Git<'a> {
    /// The folder of the schemas.
    folder: &'a Path,
}

impl Git<'_> {
    /// What git answers, or what it complains of.
    fn ask(&self, arguments: &[&str], input: &[u8]) -> Result<std::result::Result<Vec<u8>, String>> {
        let not_run = |error: io::Error| {
            Failure::new("the program git cannot be run, so there is no baseline")
                .because(error)
                .help("install git")
                .help(OTHERS)
        };
        let mut child = Command::new("git")
            .arg("-C")
            .arg(self.folder)
            .args(arguments)
            // Messages that are looked into are those that git was written with.
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(not_run)?;
        let pipe = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // Git answers while it still reads: one of us would wait for the other.
            scope.spawn(move || pipe.map(|mut pipe| pipe.write_all(input)));
            child.wait_with_output()
        });
        let output = output.map_err(not_run)?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        Ok(Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }

    fn line(&self, arguments: &[&str]) -> Result<std::result::Result<String, String>> {
        let answer = self.ask(arguments, b"")?;
        Ok(answer.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()))
    }

    fn work_tree(&self) -> Result<()> {
        match self.line(&["rev-parse", "--is-inside-work-tree"])? {
            Ok(answer) if answer == "true" => Ok(()),
            Ok(_) => Err(Failure::new("the schemas are in no git working tree")
                .help(OTHERS)
                .into()),
            Err(reason) => Err(Failure::new("the schemas are in no git working tree")
                .because(reason)
                .help(OTHERS)
                .into()),
        }
    }

    fn commit(&self, revision: &str) -> Result<Option<String>> {
        let argument = format!("{revision}^{{commit}}");
        Ok(self.line(&["rev-parse", "--verify", "--quiet", &argument])?.ok())
    }

    fn is_shallow(&self) -> Result<bool> {
        Ok(self.line(&["rev-parse", "--is-shallow-repository"])? == Ok("true".to_owned()))
    }

    /// The revision's name and commit.
    fn resolve(&self, revision: Option<&str>) -> Result<(String, String)> {
        let names: Vec<&str> = revision.map_or(MAIN.to_vec(), |revision| vec![revision]);
        for name in &names {
            if name.starts_with('-') {
                return Err(Failure::new(format!("{name} is no git revision")).into());
            }
            if let Some(commit) = self.commit(name)? {
                return Ok(((*name).to_owned(), commit));
            }
        }
        let what = match revision {
            Some(revision) => format!("git knows no revision {revision}"),
            None => format!("git knows none of {}", MAIN.join(", ")),
        };
        let wanted = revision.unwrap_or(MAIN[0]);
        let mut failure = self.with_fetch(Failure::new(what), wanted)?;
        if revision.is_none() {
            failure = failure.help(
                "name what to compare with: --against git:REF, such as git:master, or git:HEAD for what is not committed yet",
            );
        }
        Err(failure.help(OTHERS).into())
    }

    fn merge_base(&self, name: &str, commit: &str) -> Result<String> {
        if self.commit("HEAD")?.is_none() {
            return Err(
                Failure::new("this git repository has no commit yet, so there is nothing to compare with")
                    .help("commit first")
                    .help(OTHERS)
                    .into(),
            );
        }
        match self.line(&["merge-base", "HEAD", commit])? {
            Ok(base) => Ok(base),
            Err(_) if self.is_shallow()? => {
                let what = format!("this clone is shallow: it does not reach back to where HEAD and {name} part");
                Err(self
                    .with_fetch(Failure::new(what), name)?
                    .help("in a GitHub workflow: `fetch-depth: 0` at actions/checkout")
                    .help(OTHERS)
                    .into())
            }
            Err(reason) => {
                let what = format!("HEAD and {name} have no commit in common");
                let failure = if reason.is_empty() {
                    Failure::new(what)
                } else {
                    Failure::new(what).because(reason)
                };
                Err(failure.help(OTHERS).into())
            }
        }
    }

    /// With the command that brings the revision, where there is somewhere to fetch from.
    fn with_fetch(&self, failure: Failure, revision: &str) -> Result<Failure> {
        let depth = if self.is_shallow()? { "--unshallow " } else { "" };
        let is_remote = |name: &str| Ok::<_, anyhow::Error>(self.line(&["remote", "get-url", name])?.is_ok());
        let command = match revision.split_once('/') {
            Some((remote, "HEAD")) if is_remote(remote)? => {
                format!("git fetch {depth}{remote} && git remote set-head {remote} --auto")
            }
            Some((remote, branch)) if is_remote(remote)? => {
                format!("git fetch {depth}{remote} +refs/heads/{branch}:refs/remotes/{remote}/{branch}")
            }
            _ if is_remote("origin")? => format!("git fetch {depth}--tags origin"),
            _ => return Ok(failure),
        };
        Ok(failure.help(format!("fetch it: {command}")))
    }

    /// The schema files at a commit, below the folder.
    fn schemas(&self, commit: &str, short: &str, shown: &str) -> Result<Folder> {
        let failed = |reason: String| Failure::new(format!("git cannot show the schemas at {short}")).because(reason);
        let listing = self.ask(&["ls-tree", "-r", "-z", commit, "."], b"")?.map_err(failed)?;
        let unread = format!("the schemas at {short} cannot be read");
        let mut problems = Vec::new();
        let mut wanted = Vec::new();
        for entry in listing.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            // `<mode> <kind> <id>\t<path>`; a link's content is a path.
            let mut halves = entry.splitn(2, |byte| *byte == b'\t');
            let (Some(header), Some(bytes)) = (halves.next(), halves.next()) else {
                continue;
            };
            let (header, path) = (String::from_utf8_lossy(header), String::from_utf8_lossy(bytes));
            let mut words = header.split(' ');
            let (mode, kind, id) = (words.next(), words.next(), words.next());
            let inside_history = path.split('/').rev().skip(1).any(|folder| folder == HISTORY);
            let name = path.rsplit('/').next().unwrap_or(&path);
            let written = bytes.rsplit(|byte| *byte == b'/').next().unwrap_or(bytes);
            if let (Some(_), Some("blob"), Some(id), Some(file)) = (mode, kind, id, file_name(name))
                && mode != Some("120000")
                && !inside_history
            {
                // Left aside, it would look as if it had been deleted.
                if std::str::from_utf8(written).is_err() {
                    problems.push(format!("{shown}/{path} at {short}: its name is no UTF-8"));
                    continue;
                }
                let (name, schema_type) = file;
                wanted.push((path.to_string(), (name.to_owned(), schema_type), id.to_owned()));
            }
        }
        let ids: String = wanted.iter().map(|(_, _, id)| format!("{id}\n")).collect();
        let mut folder = Folder::default();
        if ids.is_empty() {
            super::unreadable(&unread, problems)?;
            return Ok(folder);
        }
        let blobs = self.ask(&["cat-file", "--batch"], ids.as_bytes())?.map_err(failed)?;
        let mut rest = blobs.as_slice();
        for (path, (name, schema_type), _) in wanted {
            let shown = format!("{shown}/{path} at {short}");
            let Some((blob, after)) = blob(rest) else {
                return Err(failed(format!(
                    "{path} is missing; a partial clone has it after `git fetch --refetch`"
                ))
                .into());
            };
            rest = after;
            let added = match String::from_utf8(blob.to_vec()) {
                _ if blob.len() as u64 > reading::MAX_FILE_BYTES => {
                    Err(format!("{shown}: has more than {} bytes", reading::MAX_FILE_BYTES))
                }
                Err(_) => Err(format!("{shown}: is no UTF-8")),
                Ok(text) => match reading::unmarked(text) {
                    Err(reason) => Err(format!("{shown}: {reason}")),
                    Ok(text) => folder.add(SchemaFile {
                        name,
                        schema_type,
                        shown,
                        text: reading::unix(text).into(),
                        modified: None,
                    }),
                },
            };
            problems.extend(added.err());
        }
        super::unreadable(&unread, problems)?;
        Ok(folder)
    }
}

/// The next of the answers of `cat-file --batch`: `<id> blob <size>\n<content>\n`.
fn blob(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(&answer[..end]).ok()?;
    let size: usize = header.split(' ').nth(2)?.parse().ok()?;
    let content = answer.get(end + 1..)?;
    Some((content.get(..size)?, content.get(size + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_apart() {
        let (first, rest) = blob(b"1a blob 3\na\nb\n2b blob 0\n\n").unwrap_or_default();
        assert_eq!(first, b"a\nb");
        assert_eq!(blob(rest), Some((&b""[..], &b""[..])));
        assert_eq!(blob(b"1a missing\n"), None);
        assert_eq!(blob(b"1a blob 9\nshort\n"), None);
    }
}
