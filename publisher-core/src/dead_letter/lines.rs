//! [`DeadLetterLines`]: the letters of a file, one after the other, whatever else stands between them.
//!
//! Holds one line at a time; a line without an end is passed over in bounded memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::{DeadLetter, UnreadableLetter};

/// The longest line. A value of 48 MiB fits, which is more than brokers take.
pub(super) const MAX_LINE_BYTES: usize = 64 * 1024 * 1024;

/// Reads the letters of a file in their order. Empty lines are passed over; a line that is no letter, such as one that a
/// crash tore off, is given with what is wrong with it, and the next one follows.
///
/// Ends after the first error of the file system.
#[derive(Debug)]
pub struct DeadLetterLines<R> {
    reader: R,
    number: u64,
    failed: bool,
}

/// A line of a file of dead letters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeadLetterLine {
    /// The number of the line, counted from 1.
    pub number: u64,
    /// The letter, or why it is none.
    pub letter: Result<DeadLetter, UnreadableLetter>,
}

impl DeadLetterLines<BufReader<File>> {
    /// The letters in the file at this path.
    ///
    /// # Errors
    /// It cannot be opened, or is no file: a pipe would be waited for.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        if !path.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
        }
        Ok(Self::new(BufReader::new(File::open(path)?)))
    }
}

impl<R: BufRead> DeadLetterLines<R> {
    /// The letters that come out of a reader.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            number: 0,
            failed: false,
        }
    }

    /// The next line without its end, or that it is too long; `None` at the end.
    fn line(&mut self) -> io::Result<Option<Result<Vec<u8>, UnreadableLetter>>> {
        let mut line = Vec::new();
        let mut too_long = false;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() && line.is_empty() && !too_long {
                return Ok(None);
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let part = &available[..end.unwrap_or(available.len())];
            too_long |= line.len() + part.len() > MAX_LINE_BYTES;
            if too_long {
                line = Vec::new();
            } else {
                line.extend_from_slice(part);
            }
            let ends = end.is_some() || available.is_empty();
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if ends {
                return Ok(Some(if too_long {
                    Err(UnreadableLetter::TooLong)
                } else {
                    Ok(line)
                }));
            }
        }
    }
}

impl<R: BufRead> Iterator for DeadLetterLines<R> {
    type Item = io::Result<DeadLetterLine>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            let line = match self.line() {
                Ok(line) => line?,
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            };
            self.number += 1;
            let letter = match line {
                Ok(line) if line.trim_ascii().is_empty() => continue,
                Ok(line) => DeadLetter::from_line(&line),
                Err(error) => Err(error),
            };
            return Some(Ok(DeadLetterLine {
                number: self.number,
                letter,
            }));
        }
        None
    }
}
