//! [`Recorder`] takes the history of a publisher down: from the answers that callers get, and for those who did not wait
//! for theirs from `on_delivery`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use publisher_core::{Delivery, DeliveryReport, Persistence, PublishError, ShutdownReport};

use super::history::{Accepted, Copied, Counts, End, History, Place};
use crate::counted::{Call, identity};

/// What happens to the events of one publisher. A handle: clones take down the same history.
#[derive(Clone)]
pub struct Recorder {
    seed: u64,
    notes: Arc<Mutex<Notes>>,
}

#[derive(Default)]
struct Notes {
    calls: BTreeMap<(String, u64), (Option<String>, Told)>,
    /// The callback's.
    heard: Heard,
}

/// What the caller knows of the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    End(End),
    /// The publisher had stopped: refused, or accepted and given back.
    Stopped,
    /// The caller did not wait.
    Left,
}

#[derive(Default)]
struct Heard {
    counts: Counts,
    places: BTreeSet<Place>,
    /// How many deliveries named no offset.
    without_place: u64,
    ends: HashMap<(String, u64), End>,
    dead_lettered: BTreeSet<(String, u64)>,
}

impl Recorder {
    /// An empty history of a run that follows from this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            notes: Arc::default(),
        }
    }

    /// The callback for [`on_delivery`](publisher_core::PublisherBuilder::on_delivery).
    pub fn on_delivery(&self) -> impl Fn(DeliveryReport<'_>) + Send + Sync + 'static {
        let recorder = self.clone();
        move |report| recorder.notes().heard.hear(report.result)
    }

    /// Notes a call that is about to be made. Calls of one key follow one another.
    pub fn calls(&self, call: &Call) {
        let id = (call.key.clone(), call.sequence);
        let note = (call.event_id.clone(), Told::Nothing);
        let before = self.notes().calls.insert(id, note);
        assert!(before.is_none(), "{} {} was called before", call.key, call.sequence);
    }

    /// Notes that a call was not accepted.
    pub fn refused(&self, call: &Call) {
        self.notes().calls.remove(&(call.key.clone(), call.sequence));
    }

    /// Notes that the caller did not wait for the end.
    pub fn left(&self, call: &Call) {
        self.note(call, Told::Left);
    }

    /// Notes what the caller was told.
    pub fn answered(&self, call: &Call, answer: Result<&Delivery, &PublishError>) {
        let told = match answer {
            Err(PublishError::ShutDown) => Told::Stopped,
            answer => Told::End(end(answer)),
        };
        self.note(call, told);
    }

    /// How many calls were noted and not refused.
    #[must_use]
    pub fn len(&self) -> usize {
        self.notes().calls.len()
    }

    /// Whether no call was noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The events that became dead letters, as far as the callback has seen.
    #[must_use]
    pub fn dead_lettered(&self) -> BTreeSet<(String, u64)> {
        self.notes().heard.dead_lettered.clone()
    }

    /// How many deliveries the callback has seen.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.notes().heard.counts.delivered
    }

    /// The history and what publisher and callback count, once the publisher is at its end and all callers have noted
    /// what they know.
    #[must_use]
    pub fn finish(&self, report: &ShutdownReport, log: &[Copied]) -> (History, Vec<Counts>) {
        let notes = self.notes();
        let heard = &notes.heard;
        let returned: BTreeSet<_> = report.returned.iter().map(identity).collect();
        let mut places: HashMap<(&str, u64), Vec<Place>> = HashMap::new();
        for copy in log {
            places.entry((&copy.key, copy.sequence)).or_default().push(copy.place);
        }
        let answered_without_place = notes
            .calls
            .values()
            .filter(|(_, told)| *told == Told::End(End::Delivered(None)));
        let mut without_place = heard
            .without_place
            .saturating_sub(answered_without_place.count() as u64);
        let mut events = Vec::new();
        for (id, (event_id, told)) in &notes.calls {
            let end = match told {
                Told::Nothing => None,
                Told::End(end) => Some(*end),
                Told::Stopped if returned.contains(id) => Some(End::Returned),
                Told::Stopped => continue,
                Told::Left if returned.contains(id) => Some(End::Returned),
                Told::Left => {
                    let copies = places.get(&(id.0.as_str(), id.1)).map_or(&[][..], Vec::as_slice);
                    let confirmed = copies.iter().find(|place| heard.places.contains(place));
                    Some(match (heard.ends.get(id), confirmed) {
                        (Some(end), _) => *end,
                        (None, Some(place)) => End::Delivered(Some(*place)),
                        (None, None) if !copies.is_empty() && without_place > 0 => {
                            without_place -= 1;
                            End::Delivered(None)
                        }
                        (None, None) => End::Withdrawn,
                    })
                }
            };
            events.push(Accepted {
                key: id.0.clone(),
                sequence: id.1,
                event_id: event_id.clone(),
                end,
            });
        }
        let counted = Counts::from(report);
        // The callback hears nothing of what was withdrawn.
        let heard = Counts {
            withdrawn: report.withdrawn,
            ..heard.counts
        };
        let history = History {
            seed: self.seed,
            events,
        };
        (history, vec![counted, heard])
    }

    fn note(&self, call: &Call, told: Told) {
        let mut notes = self.notes();
        let (_, known) = notes.calls.get_mut(&(call.key.clone(), call.sequence)).unwrap();
        assert_eq!(*known, Told::Nothing, "{} {}", call.key, call.sequence);
        *known = told;
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Heard {
    fn hear(&mut self, result: Result<&Delivery, &PublishError>) {
        if matches!(result, Err(PublishError::ShutDown)) {
            self.counts.returned += 1;
            return;
        }
        if let Err(PublishError::DeadLettered { record, .. }) = result {
            self.dead_lettered.insert(identity(record));
        }
        let end = end(result);
        self.counts.count(Some(end));
        match (end, result) {
            (End::Delivered(Some(place)), _) => {
                self.places.insert(place);
            }
            (End::Delivered(None), _) => self.without_place += 1,
            (end, Err(error)) => {
                self.ends.insert(identity(error.record().unwrap()), end);
            }
            _ => {}
        }
    }
}

/// The end that an answer tells of.
fn end(answer: Result<&Delivery, &PublishError>) -> End {
    match answer {
        Ok(delivery) => End::Delivered(delivery.offset.map(|offset| Place {
            partition: delivery.partition,
            offset: offset.0,
        })),
        Err(PublishError::Unknown { .. }) => End::Unknown,
        Err(PublishError::DeadLettered { source, .. }) => match source.persistence() {
            Persistence::NotPersisted => End::Failed,
            Persistence::PossiblyPersisted => End::Unknown,
        },
        Err(PublishError::Failed { .. } | PublishError::Registry { .. } | PublishError::BufferFull { .. }) => {
            End::Failed
        }
        Err(error) => panic!("an end that the tests do not expect: {error:?}"),
    }
}
