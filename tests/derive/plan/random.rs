//! Random schemas, random values, random changes of both: a plan is there exactly when every change is allowed, and
//! apache-avro reads the changed value with the changed schema.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::datum::{Datum, Field, Names, Type, plan, read, written};

/// Choices, one after the other; zero when they are used up, so that a shorter tape is a simpler case.
struct Tape<'a> {
    choices: &'a [u32],
    /// For names that occur once.
    named: usize,
}

impl Tape<'_> {
    fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.choices.split_first() else {
            return 0;
        };
        self.choices = rest;
        *first as usize % count
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    fn bits(&mut self) -> u64 {
        ((self.below(1 << 31) as u64) << 33) ^ self.below(1 << 31) as u64
    }

    fn name(&mut self, prefix: &str) -> String {
        self.named += 1;
        format!("{prefix}{}", self.named)
    }

    fn text(&mut self) -> String {
        let letters = [
            "",
            "a",
            "é",
            "\u{1f980}",
            "a longer text, beyond 63 bytes, so that its length takes two bytes ..",
        ];
        (0..self.below(3)).map(|_| letters[self.below(letters.len())]).collect()
    }
}

fn names(name: String, alias: &str) -> Names {
    Names(
        name,
        if alias.is_empty() {
            Vec::new()
        } else {
            vec![alias.to_owned()]
        },
    )
}

fn record(tape: &mut Tape<'_>, depth: u32) -> Type {
    let fields = (0..1 + tape.below(5)).map(|_| {
        let name = tape.name("f");
        // Ours knows an older name of some fields.
        let alias = if tape.one_in(3) {
            format!("old_{name}")
        } else {
            String::new()
        };
        Field {
            names: names(name, &alias),
            of: of_depth(tape, depth + 1),
            default: None,
        }
    });
    let fields = fields.collect();
    Type::Record(names(tape.name("R"), ""), fields)
}

fn of_depth(tape: &mut Tape<'_>, depth: u32) -> Type {
    let kinds = if depth > 3 { 12 } else { 16 };
    match tape.below(kinds) {
        0 => Type::Int,
        1 => Type::String,
        2 => Type::Long,
        3 => Type::Boolean,
        4 => Type::Float,
        5 => Type::Double,
        6 => Type::Bytes,
        7 => Type::TimestampMillis,
        8 => Type::Decimal(4 + tape.below(20) as u32, 2),
        9 => Type::Fixed(tape.name("F"), tape.below(20)),
        10 => {
            let symbols = (0..1 + tape.below(4)).map(|_| tape.name("S")).collect();
            Type::Enum(names(tape.name("E"), ""), symbols)
        }
        11 => Type::Null,
        12 => Type::Array(Box::new(of_depth(tape, depth + 1))),
        13 => Type::Map(Box::new(of_depth(tape, depth + 1))),
        14 => loop {
            let of = of_depth(tape, depth + 1);
            if !matches!(of, Type::Null | Type::Union(_)) {
                break Type::Union(if tape.one_in(2) {
                    vec![of, Type::Null]
                } else {
                    vec![Type::Null, of]
                });
            }
        },
        _ => record(tape, depth),
    }
}

fn value(tape: &mut Tape<'_>, of: &Type) -> Datum {
    match of {
        Type::Null => Datum::Null,
        Type::Boolean => Datum::Boolean(tape.one_in(2)),
        Type::Int => Datum::Long(i64::from(tape.bits() as i32 >> tape.below(32))),
        Type::Long | Type::TimestampMillis => Datum::Long(tape.bits() as i64 >> tape.below(64)),
        Type::Float => Datum::Float(f32::from_bits(tape.bits() as u32 & 0xff7f_ffff)),
        Type::Double => Datum::Double(f64::from_bits(tape.bits() & 0xffef_ffff_ffff_ffff)),
        Type::Bytes => Datum::Bytes((0..tape.below(4)).map(|_| tape.below(256) as u8).collect()),
        Type::String => Datum::String(tape.text()),
        Type::Decimal(precision, _) | Type::FixedDecimal(_, _, precision, _) => {
            let most = 10_i128.pow(*precision);
            let bits = i128::from(tape.bits() as i64) * i128::from(tape.bits() as i64);
            Datum::Decimal((bits % most) >> tape.below(100))
        }
        Type::Fixed(_, size) => Datum::Fixed((0..*size).map(|_| tape.below(256) as u8).collect()),
        Type::Enum(_, symbols) => Datum::Long(tape.below(symbols.len()) as i64),
        Type::Array(items) => Datum::Array((0..tape.below(4)).map(|_| value(tape, items)).collect()),
        Type::Map(values) => Datum::Map(
            (0..tape.below(4))
                .map(|key| (format!("k{key}"), value(tape, values)))
                .collect(),
        ),
        Type::Union(branches) => {
            let branch = tape.below(branches.len());
            Datum::Union(branch, Box::new(value(tape, &branches[branch])))
        }
        Type::Record(_, fields) => Datum::Record(fields.iter().map(|field| value(tape, &field.of)).collect()),
    }
}

/// What becomes of a value of ours.
type Change = Box<dyn Fn(Datum) -> Datum>;

struct Evolution<'a, 'b> {
    tape: &'a mut Tape<'b>,
    /// Whether changes that must be refused may occur, and how many have.
    break_it: bool,
    broken: usize,
}

impl Evolution<'_, '_> {
    fn breaks(&mut self) -> bool {
        let broken = self.break_it && self.tape.one_in(12);
        self.broken += usize::from(broken);
        broken
    }

    fn evolve(&mut self, of: &Type) -> (Type, Change) {
        let keep: Change = Box::new(|value| value);
        if !matches!(of, Type::Union(_) | Type::Null) && self.tape.one_in(6) {
            return self.wrap(of);
        }
        match of {
            Type::Null | Type::Fixed(..) | Type::Boolean if self.breaks() => (Type::Float, keep),
            Type::Null | Type::Fixed(..) | Type::Boolean | Type::FixedDecimal(..) => (of.clone(), keep),
            Type::String | Type::Double | Type::TimestampMillis if self.breaks() => (Type::Int, keep),
            Type::Bytes if self.breaks() => (Type::String, keep),
            Type::Long if self.breaks() => (Type::Double, keep),
            Type::Long | Type::Double | Type::Bytes | Type::TimestampMillis => (of.clone(), keep),
            Type::Int => match self.tape.below(3) {
                0 => (Type::Int, keep),
                1 => (Type::Long, keep),
                _ => (
                    Type::Double,
                    Box::new(|value| match value {
                        Datum::Long(value) => Datum::Double(value as f64),
                        other => panic!("{other:?} is no int"),
                    }),
                ),
            },
            Type::Float if self.tape.one_in(2) => (
                Type::Double,
                Box::new(|value| match value {
                    Datum::Float(value) => Datum::Double(f64::from(value)),
                    other => panic!("{other:?} is no float"),
                }),
            ),
            Type::Float => (Type::Float, keep),
            Type::String if self.tape.one_in(3) => (
                Type::Bytes,
                Box::new(|value| match value {
                    Datum::String(value) => Datum::Bytes(value.into_bytes()),
                    other => panic!("{other:?} is no string"),
                }),
            ),
            Type::String => (Type::String, keep),
            Type::Decimal(precision, scale) => {
                let more = precision + self.tape.below(6) as u32;
                if self.breaks() {
                    return (Type::Decimal(more, scale + 1), keep);
                }
                if self.tape.one_in(2) {
                    return (
                        Type::FixedDecimal(self.tape.name("D"), 13 + self.tape.below(4), more, *scale),
                        keep,
                    );
                }
                (Type::Decimal(more, *scale), keep)
            }
            Type::Enum(own, symbols) => {
                let (renamed, mut theirs) = (self.rename(own), symbols.clone());
                if self.breaks() {
                    theirs.pop();
                }
                theirs.push(self.tape.name("S"));
                let turn = self.tape.below(theirs.len());
                theirs.rotate_left(turn);
                let number = |symbol: &String| theirs.iter().position(|other| other == symbol).unwrap_or_default();
                let numbers: Vec<usize> = symbols.iter().map(number).collect();
                let change: Change = Box::new(move |value| match value {
                    Datum::Long(symbol) => Datum::Long(numbers[symbol as usize] as i64),
                    other => panic!("{other:?} is no symbol"),
                });
                (Type::Enum(renamed, theirs), change)
            }
            Type::Array(items) => {
                let (items, change) = self.evolve(items);
                (
                    Type::Array(Box::new(items)),
                    Box::new(move |value| match value {
                        Datum::Array(values) => Datum::Array(values.into_iter().map(&change).collect()),
                        other => panic!("{other:?} is no array"),
                    }),
                )
            }
            Type::Map(values) => {
                let (values, change) = self.evolve(values);
                (
                    Type::Map(Box::new(values)),
                    Box::new(move |value| match value {
                        Datum::Map(entries) => {
                            Datum::Map(entries.into_iter().map(|(key, value)| (key, change(value))).collect())
                        }
                        other => panic!("{other:?} is no map"),
                    }),
                )
            }
            Type::Union(branches) => self.optional(branches),
            Type::Record(own, fields) => self.record(own, fields),
        }
    }

    /// A new name, under which the old one is an alias.
    fn rename(&mut self, own: &Names) -> Names {
        if self.tape.one_in(4) {
            let lost = self.breaks();
            return names(self.tape.name("N"), if lost { "" } else { &own.0 });
        }
        own.clone()
    }

    fn wrap(&mut self, of: &Type) -> (Type, Change) {
        let (inner, change) = self.evolve_plainly(of);
        let fixed = Type::Fixed(self.tape.name("W"), 3);
        let (theirs, branch) = match self.tape.below(3) {
            0 => (vec![Type::Null, inner], 1),
            1 => (vec![inner, Type::Null], 0),
            _ => (vec![Type::Null, fixed, inner], 2),
        };
        (
            Type::Union(theirs),
            Box::new(move |value| Datum::Union(branch, Box::new(change(value)))),
        )
    }

    /// A change that makes no union.
    fn evolve_plainly(&mut self, of: &Type) -> (Type, Change) {
        loop {
            let before = self.broken;
            let (theirs, change) = self.evolve(of);
            if !matches!(theirs, Type::Union(_)) {
                return (theirs, change);
            }
            self.broken = before;
        }
    }

    fn optional(&mut self, branches: &[Type]) -> (Type, Change) {
        let null = branches
            .iter()
            .position(|branch| *branch == Type::Null)
            .expect("our unions hold null");
        let (inner, change) = self.evolve_plainly(&branches[1 - null]);
        if self.breaks() {
            return (inner, change);
        }
        let (theirs, there, none) = match self.tape.below(3) {
            0 => (vec![Type::Null, inner], 1, 0),
            1 => (vec![inner, Type::Null], 0, 1),
            _ => (vec![Type::Fixed(self.tape.name("W"), 3), inner, Type::Null], 1, 2),
        };
        (
            Type::Union(theirs),
            Box::new(move |value| match value {
                Datum::Union(branch, _) if branch == null => Datum::Union(none, Box::new(Datum::Null)),
                Datum::Union(_, value) => Datum::Union(there, Box::new(change(*value))),
                other => panic!("{other:?} is no union"),
            }),
        )
    }

    fn record(&mut self, own: &Names, fields: &[Field]) -> (Type, Change) {
        let renamed = self.rename(own);
        let mut theirs: Vec<(Field, Change)> = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            if self.tape.one_in(6) {
                continue;
            }
            let (of, change) = self.evolve(&field.of);
            let names = match (self.tape.below(4), field.names.1.first()) {
                (2, Some(old)) => names(old.clone(), ""),
                (3, _) => names(self.tape.name("g"), &field.names.0),
                _ => field.names.clone(),
            };
            let field = Field {
                names,
                of,
                default: None,
            };
            let change: Change = Box::new(move |value| match value {
                Datum::Record(values) => change(values[index].clone()),
                other => panic!("{other:?} is no record"),
            });
            let place = if self.tape.one_in(3) {
                self.tape.below(theirs.len() + 1)
            } else {
                theirs.len()
            };
            theirs.insert(place, (field, change));
        }
        for _ in 0..self.tape.below(3) {
            let (of, default, value) = self.added();
            let field = Field {
                names: names(self.tape.name("h"), ""),
                of,
                default: (!self.breaks()).then_some(default),
            };
            let place = self.tape.below(theirs.len() + 1);
            theirs.insert(place, (field, Box::new(move |_| value.clone())));
        }
        let (fields, changes): (Vec<Field>, Vec<Change>) = theirs.into_iter().unzip();
        let change: Change =
            Box::new(move |value| Datum::Record(changes.iter().map(|change| change(value.clone())).collect()));
        (Type::Record(renamed, fields), change)
    }

    fn added(&mut self) -> (Type, serde_json::Value, Datum) {
        let text = || Datum::String("new".to_owned());
        match self.tape.below(6) {
            0 => (Type::String, json!("new"), text()),
            1 => (Type::Null, json!(null), Datum::Null),
            2 => (Type::Decimal(6, 2), json!("\u{fb}."), Datum::Decimal(-1234)),
            3 => (
                Type::Union(vec![Type::Null, Type::Long]),
                json!(null),
                Datum::Union(0, Box::new(Datum::Null)),
            ),
            4 => (
                Type::Array(Box::new(Type::String)),
                json!(["new"]),
                Datum::Array(vec![text()]),
            ),
            _ => (Type::Double, json!(0.1), Datum::Double(0.1)),
        }
    }
}

fn check(choices: &[u32], break_it: bool) {
    let mut tape = Tape { choices, named: 0 };
    let ours = record(&mut tape, 0);
    let values: Vec<Datum> = (0..3).map(|_| value(&mut tape, &ours)).collect();
    let mut evolution = Evolution {
        tape: &mut tape,
        break_it,
        broken: 0,
    };
    let (theirs, change) = evolution.evolve_plainly(&ours);
    let broken = evolution.broken;
    let texts = (ours.json().to_string(), theirs.json().to_string());
    match (plan(&texts.0, &texts.1), broken) {
        (Ok(plan), 0) => {
            for value in values {
                let read = read(&texts.1, &written(&plan, &value));
                let expected = change(value);
                assert!(expected.is(&read), "{expected:?} is not {read:?}\n{texts:?}");
            }
            if ours == theirs {
                assert!(plan.is_identity());
            }
        }
        (Err(found), 0) => panic!("{found:?}\n{texts:?}"),
        (Ok(_), broken) => panic!("{broken} changes must be refused\n{texts:?}"),

        (Err(_), _) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn allowed_changes_keep_every_value(choices in vec(any::<u32>(), 0..600)) {
        check(&choices, false);
    }

    #[test]
    fn one_refused_change_is_enough(choices in vec(any::<u32>(), 0..600)) {
        check(&choices, true);
    }
}
