//! Where letters are read from: a topic or a file, as one stream of places and letters.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use publisher_core::Offset;
use publisher_core::config::Settings;
use publisher_core::consumer::TopicReader;
use publisher_core::dead_letter::{DeadLetter, DeadLetterLines, UnreadableLetter};
use publisher_core::producer::KafkaSettings;

use crate::cli::Letters;
use crate::failure::Failure;
use crate::letters::{Field, Only, Place};
use crate::progress::Progress;
use crate::surroundings::Surroundings;

/// How long a cluster may take to say what there is: a wrong address should show while one looks.
const FIRST_DEADLINE: Duration = Duration::from_secs(10);
/// How long it may take for the next record.
const DEADLINE: Duration = Duration::from_secs(30);

/// A record of the topic or a line of the file.
pub(super) struct Entry {
    pub(super) place: Place,
    pub(super) letter: Result<DeadLetter, UnreadableLetter>,
}

/// The letters, from where the command begins, with progress on the way through them.
pub(super) struct Source {
    letters: Origin,
    progress: Progress,
}

enum Origin {
    Topic {
        reader: TopicReader,
        topic: String,
    },
    File {
        lines: DeadLetterLines<BufReader<File>>,
        path: PathBuf,
        shown: String,
        from: u64,
    },
}

impl Source {
    /// Opens what the command line names.
    pub(super) fn open(
        letters: &Letters,
        settings: Option<&KafkaSettings>,
        surroundings: &Surroundings,
    ) -> Result<Self> {
        let letters = Origin::open(letters, settings, surroundings)?;
        let size = if surroundings.progress { letters.size() } else { 0 };
        Ok(Self {
            letters,
            progress: Progress::new(size, surroundings.progress),
        })
    }

    /// The next entry; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Entry>> {
        let entry = self.letters.next()?;
        if let Some(entry) = &entry {
            self.progress.step(&entry.place.to_string());
        }
        Ok(entry)
    }

    /// The places from which the command reads.
    pub(super) fn begin(&self) -> Vec<Place> {
        self.letters.begin()
    }

    /// The topic that the letters are in.
    pub(super) fn topic(&self) -> Option<&str> {
        match &self.letters {
            Origin::Topic { topic, .. } => Some(topic),
            Origin::File { .. } => None,
        }
    }
}

impl Origin {
    fn open(letters: &Letters, settings: Option<&KafkaSettings>, surroundings: &Surroundings) -> Result<Self> {
        let name = &letters.source;
        let path = surroundings.folder.join(name);
        if path.exists() || name.contains(std::path::is_separator) {
            return Self::open_file(letters, &path);
        }
        let Some(settings) = settings else {
            return Err(Failure::new(format!(
                "there is no file {name}, and no address of a cluster that has a topic {name}"
            ))
            .help("name the cluster: --bootstrap-servers HOST:PORT or --config FILE")
            .into());
        };
        let mut from = BTreeMap::new();
        for place in &letters.from {
            let Some(partition) = place.partition else {
                return Err(Failure::new(format!("--from {place} is a line, and {name} is a topic"))
                    .help("name a partition and an offset, such as --from 0:12")
                    .into());
            };
            from.insert(partition, Offset(place.number));
        }
        let reader = TopicReader::open(settings, name, &from, FIRST_DEADLINE).map_err(unreadable)?;
        let Some(reader) = reader else {
            return Err(
                Failure::new(format!("topic {name} does not exist at {}", settings.bootstrap_servers))
                    .help("a publisher's letters are in the topic of its events with the suffix .dlq, unless it has another")
                    .into(),
            );
        };
        if let Some(partition) = from.keys().find(|partition| !reader.begin().contains_key(partition)) {
            return Err(Failure::new(format!("topic {name} has no partition {partition}")).into());
        }
        Ok(Self::Topic {
            reader,
            topic: name.clone(),
        })
    }

    fn open_file(letters: &Letters, path: &Path) -> Result<Self> {
        let shown = letters.source.clone();
        let from = match letters.from.as_slice() {
            [] => 1,
            [place] if place.partition.is_none() => place.number,
            _ => {
                return Err(
                    Failure::new(format!("--from names something else than a line of the file {shown}"))
                        .help("name one line, such as --from 12")
                        .into(),
                );
            }
        };
        let lines = DeadLetterLines::open(path)
            .map_err(|error| Failure::new(format!("{shown} cannot be read")).because(error))?;
        Ok(Self::File {
            lines,
            path: path.to_owned(),
            shown,
            from,
        })
    }

    fn next(&mut self) -> Result<Option<Entry>> {
        match self {
            Self::Topic { reader, topic } => {
                let Some(record) = reader.next(DEADLINE).map_err(unreadable)? else {
                    return Ok(None);
                };
                let place = Place {
                    partition: Some(record.partition),
                    number: record.offset.0,
                };
                let letter = DeadLetter::from_record(&record.into_record(topic.as_str()));
                Ok(Some(Entry { place, letter }))
            }
            Self::File { lines, shown, from, .. } => {
                for line in lines {
                    let line = line.map_err(|error| Failure::new(format!("{shown} cannot be read")).because(error))?;
                    if line.number >= *from {
                        let place = Place {
                            partition: None,
                            number: line.number,
                        };
                        let letter = line.letter;
                        return Ok(Some(Entry { place, letter }));
                    }
                }
                Ok(None)
            }
        }
    }

    fn begin(&self) -> Vec<Place> {
        match self {
            Self::Topic { reader, .. } => {
                let place = |(partition, offset): (&i32, &Offset)| Place {
                    partition: Some(*partition),
                    number: offset.0,
                };
                reader.begin().iter().map(place).collect()
            }
            Self::File { from, .. } => vec![Place {
                partition: None,
                number: *from,
            }],
        }
    }

    /// How many entries there are, at most.
    fn size(&self) -> usize {
        match self {
            Self::Topic { reader, .. } => usize::try_from(reader.remaining()).unwrap_or(usize::MAX),
            Self::File { path, from, .. } => {
                // What cannot be counted cannot be read, which is told in its place.
                let lines = File::open(path).map(|file| BufReader::new(file).split(b'\n').count());
                lines
                    .unwrap_or_default()
                    .saturating_sub(usize::try_from(*from).unwrap_or(usize::MAX).saturating_sub(1))
            }
        }
    }
}

/// The settings of the cluster, if the command line names one.
pub(super) fn settings(letters: &Letters, surroundings: &Surroundings) -> Result<Option<KafkaSettings>> {
    if letters.config.is_none() && letters.bootstrap_servers.is_none() {
        return Ok(None);
    }
    let mut settings = match &letters.config {
        None => Settings::new(),
        Some(file) => Settings::from_file(surroundings.folder.join(file))?,
    };
    if let Some(servers) = &letters.bootstrap_servers {
        settings = settings.set("bootstrap.servers", servers);
    }
    let settings = settings.kafka()?;
    if settings.bootstrap_servers.is_empty() {
        let file = letters.config.as_deref().unwrap_or_default();
        return Err(Failure::new(format!("{file} names no bootstrap.servers"))
            .help("put it there, or name the cluster: --bootstrap-servers HOST:PORT")
            .into());
    }
    Ok(Some(settings))
}

/// Whether the letter has all that was chosen.
pub(super) fn is_chosen(letter: &DeadLetter, only: &[Only]) -> bool {
    only.iter().all(|Only { field, value }| match field {
        Field::Topic => letter.original.topic == *value,
        Field::Type => letter.event_type.as_ref() == Some(value),
        Field::Code => letter.error_code == *value,
        Field::EventId => letter.event_id.as_ref() == Some(value),
        Field::Key => letter.original.key.as_deref() == Some(value.as_bytes()),
    })
}

fn unreadable(error: publisher_core::consumer::ReadError) -> anyhow::Error {
    Failure::new("the letters cannot be read")
        .because(error)
        .help("check the address, that the brokers run and that this client may read the topic")
        .into()
}
