//! Makes a program of a matching: steps over what stays, and the places where bytes change.
//!
//! Neighbours that stay become one span, so that a run of unchanged fields is one copy. Sees no bytes of events.

use super::code::{Code, push};
use super::matching::{Matching, Node, Pair, Slot};
use super::routines::{Routines, Use};
use super::run::{Arm, Op, Piece, Program, Reorder};
use super::walk::Walk;
use crate::encode::avro;
use crate::schema::avsc::{AvroSchema, Form, Kind, Type, TypeId};

/// The program, or `None` where nothing changes.
pub(super) fn compile(ours: &AvroSchema, matching: &Matching<'_>) -> Option<Program> {
    let mut compiler = Compiler {
        ours,
        pairs: &matching.pairs,
        same: same_pairs(&matching.pairs),
        walks: Routines::new(),
        edits: Routines::new(),
    };
    if compiler.same(&matching.root) {
        return None;
    }
    let mut code = Code::default();
    compiler.edit(&matching.root, ours.root(), &mut code);
    let mut root = code.finish();
    skip_the_tail(&mut root);
    Some(Program {
        root: root.into(),
        edits: compiler.edits.code,
        walks: compiler.walks.code,
    })
}

/// What stays up to the end of the event needs no steps: it is copied to the end.
fn skip_the_tail(root: &mut [Op]) {
    if let Some(last) = root.iter_mut().rfind(|op| !matches!(op, Op::Insert(_)))
        && matches!(last, Op::Walk(_))
    {
        *last = Op::ToEnd;
    }
}

/// Which pairs of records have the same encoding: all, until a field shows otherwise.
fn same_pairs(pairs: &[Pair<'_>]) -> Vec<bool> {
    let mut same = vec![true; pairs.len()];
    loop {
        let mut changed = false;
        for (index, pair) in pairs.iter().enumerate() {
            if same[index] && !is_same_record(pair, &same) {
                same[index] = false;
                changed = true;
            }
        }
        if !changed {
            return same;
        }
    }
}

fn is_same_record(pair: &Pair<'_>, same: &[bool]) -> bool {
    let mut next = 0;
    for slot in &pair.slots {
        match slot {
            Slot::Ours(index, node) if *index == next && is_same(node, same) => next += 1,
            // A default of no bytes, such as a field that is always null.
            Slot::Default(bytes) if bytes.is_empty() => {}
            _ => return false,
        }
    }
    next == pair.ours.len()
}

fn is_same(node: &Node, same: &[bool]) -> bool {
    match node {
        Node::Same => true,
        Node::IntToDouble | Node::FloatToDouble | Node::ToFixed(_) | Node::Wrap(..) => false,
        Node::Enum(numbers) => numbers.iter().enumerate().all(|(own, other)| own == *other),
        Node::Array(items) => is_same(items, same),
        Node::Map(values) => is_same(values, same),
        Node::Union(arms) => {
            let mut arms = arms.iter().enumerate();
            arms.all(|(own, (other, node))| *other == Some(own) && is_same(node, same))
        }
        Node::Record(pair) => same[*pair],
    }
}

struct Compiler<'a> {
    ours: &'a AvroSchema,
    pairs: &'a [Pair<'a>],
    same: Vec<bool>,
    walks: Routines<TypeId, Walk>,
    edits: Routines<usize, Op>,
}

impl Compiler<'_> {
    fn same(&self, node: &Node) -> bool {
        is_same(node, &self.same)
    }

    /// Steps over a value of our type.
    fn walk(&mut self, of: &Type, steps: &mut Vec<Walk>) {
        match &of.form {
            Form::Null => {}
            Form::Boolean => push(steps, Walk::Skip(1)),
            Form::Float => push(steps, Walk::Skip(4)),
            Form::Double => push(steps, Walk::Skip(8)),
            Form::Int | Form::Long => push(steps, Walk::Varint),
            Form::Bytes | Form::String => push(steps, Walk::Bytes),
            Form::Array(items) => {
                let step = match self.steps(items) {
                    steps if steps.is_empty() => Walk::Fixed(0),
                    steps => match steps[..] {
                        [Walk::Skip(size)] => Walk::Fixed(size),
                        _ => Walk::Blocks(steps.into()),
                    },
                };
                push(steps, step);
            }
            Form::Map(values) => {
                let mut entry = vec![Walk::Bytes];
                self.walk(values, &mut entry);
                push(steps, Walk::Blocks(entry.into()));
            }
            Form::Union(branches) => {
                let branches = branches.iter().map(|branch| self.steps(branch).into()).collect();
                push(steps, Walk::Union(branches));
            }
            Form::Named(id) => {
                let ours = self.ours;
                match &ours.definition(*id).kind {
                    Kind::Enum { .. } => push(steps, Walk::Varint),
                    Kind::Fixed { size } => push(steps, Walk::Skip(*size)),
                    Kind::Record { fields, .. } => {
                        let used = match self.walks.enter(*id) {
                            Use::Compile => {
                                let mut own = Vec::new();
                                for field in fields {
                                    self.walk(&field.field_type, &mut own);
                                }
                                self.walks.leave(*id, own)
                            }
                            used => used,
                        };
                        match used {
                            Use::Inline(own) => own.into_iter().for_each(|step| push(steps, step)),
                            Use::Call(routine) => push(steps, Walk::Call(routine)),
                            Use::Compile => {}
                        }
                    }
                }
            }
        }
    }

    fn steps(&mut self, of: &Type) -> Vec<Walk> {
        let mut steps = Vec::new();
        self.walk(of, &mut steps);
        steps
    }

    /// What to do with a value of our type.
    fn edit(&mut self, node: &Node, of: &Type, code: &mut Code) {
        if self.same(node) {
            self.walk(of, &mut code.walking);
            return;
        }
        match (node, &of.form) {
            (Node::IntToDouble, _) => code.push(Op::IntToDouble),
            (Node::FloatToDouble, _) => code.push(Op::FloatToDouble),
            (Node::ToFixed(size), _) => code.push(Op::ToFixed(*size)),
            (Node::Enum(numbers), _) => {
                let numbers = numbers.iter().map(|number| *number as i64).collect();
                code.push(Op::Enum(numbers));
            }
            (Node::Wrap(branch, node), _) => {
                code.insert(&number(*branch));
                self.edit(node, of, code);
            }
            (Node::Array(node), Form::Array(items)) => {
                let body = self.code(|compiler, code| compiler.edit(node, items, code));
                code.push(Op::Blocks(body));
            }
            (Node::Map(node), Form::Map(values)) => {
                let body = self.code(|compiler, code| {
                    push(&mut code.walking, Walk::Bytes);
                    compiler.edit(node, values, code);
                });
                code.push(Op::Blocks(body));
            }
            (Node::Union(arms), Form::Union(branches)) => {
                let arms = arms.iter().zip(branches).enumerate();
                let arms = arms.map(|(own, ((other, node), branch))| Arm {
                    number: match other {
                        Some(other) if *other == own => None,
                        Some(other) => Some(number(*other).into()),
                        None => Some(Box::default()),
                    },
                    code: self.code(|compiler, code| compiler.edit(node, branch, code)),
                });
                let arms = arms.collect();
                code.push(Op::Union(arms));
            }
            (Node::Record(pair), _) => self.record(*pair, code),
            // The matching made the node from this type, so that they agree.
            (Node::Same | Node::Array(_) | Node::Map(_) | Node::Union(_), _) => self.walk(of, &mut code.walking),
        }
    }

    fn code(&mut self, fill: impl FnOnce(&mut Self, &mut Code)) -> Box<[Op]> {
        let mut code = Code::default();
        fill(self, &mut code);
        code.finish().into()
    }

    fn record(&mut self, index: usize, code: &mut Code) {
        let used = match self.edits.enter(index) {
            Use::Compile => {
                let mut own = Code::default();
                let pairs = self.pairs;
                self.fields(&pairs[index], &mut own);
                self.edits.leave(index, own.finish())
            }
            used => used,
        };
        match used {
            Use::Inline(ops) => ops.into_iter().for_each(|op| code.push(op)),
            Use::Call(routine) => code.push(Op::Call(routine)),
            Use::Compile => {}
        }
    }

    fn fields(&mut self, pair: &Pair<'_>, code: &mut Code) {
        let slots = &pair.slots;
        // For each slot the first of our fields that stands in it or behind it.
        let mut first = vec![usize::MAX; slots.len() + 1];
        for (index, slot) in slots.iter().enumerate().rev() {
            first[index] = match slot {
                Slot::Ours(own, _) => first[index + 1].min(*own),
                Slot::Default(_) => first[index + 1],
            };
        }
        let mut next = 0;
        let mut at = 0;
        while let Some(slot) = slots.get(at) {
            let (own, node) = match slot {
                Slot::Default(bytes) => {
                    code.insert(bytes);
                    at += 1;
                    continue;
                }
                Slot::Ours(own, node) => (*own, node),
            };
            // The fewest slots that hold a whole stretch of our fields: only these change their order.
            let (mut end, mut last) = (at + 1, own);
            while first[end] < last {
                if let Slot::Ours(own, _) = &slots[end] {
                    last = last.max(*own);
                }
                end += 1;
            }
            self.drop(pair, next..first[at], code);
            if end == at + 1 {
                self.edit(node, &pair.ours[own].field_type, code);
            } else {
                self.reorder(pair, &slots[at..end], first[at]..last + 1, code);
            }
            next = last + 1;
            at = end;
        }
        self.drop(pair, next..pair.ours.len(), code);
    }

    fn drop(&mut self, pair: &Pair<'_>, fields: std::ops::Range<usize>, code: &mut Code) {
        let mut steps = Vec::new();
        for field in &pair.ours[fields] {
            self.walk(&field.field_type, &mut steps);
        }
        code.drop(steps);
    }

    fn reorder(&mut self, pair: &Pair<'_>, slots: &[Slot], fields: std::ops::Range<usize>, code: &mut Code) {
        let uses: Vec<Option<(usize, bool)>> = fields
            .clone()
            .map(|field| {
                let used = |slot: &Slot| match slot {
                    Slot::Ours(own, node) if *own == field => Some(self.same(node)),
                    _ => None,
                };
                let mut slots = slots.iter().enumerate();
                slots.find_map(|(at, slot)| used(slot).map(|same| (at, same)))
            })
            .collect();
        let mut sections: Vec<Vec<Walk>> = Vec::new();
        let mut section_of = Vec::with_capacity(uses.len());
        for (offset, used) in uses.iter().enumerate() {
            let joins = offset > 0
                && match (uses[offset - 1], used) {
                    (None, None) => true,
                    (Some((before, true)), Some((at, true))) => before + 1 == *at,
                    _ => false,
                };
            if !joins {
                sections.push(Vec::new());
            }
            section_of.push(sections.len() - 1);
            if let Some(section) = sections.last_mut() {
                self.walk(&pair.ours[fields.start + offset].field_type, section);
            }
        }
        let mut pieces = Vec::new();
        for slot in slots {
            match slot {
                Slot::Default(bytes) => pieces.push(Piece::Insert(bytes.as_slice().into())),
                Slot::Ours(own, node) => {
                    let section = section_of[own - fields.start];
                    if !self.same(node) {
                        let of = &pair.ours[*own].field_type;
                        let code = self.code(|compiler, code| compiler.edit(node, of, code));
                        pieces.push(Piece::Edit(section, code));
                    } else if !matches!(pieces.last(), Some(Piece::Copy(last)) if *last == section) {
                        pieces.push(Piece::Copy(section));
                    }
                }
            }
        }
        code.push(Op::Reorder(Box::new(Reorder {
            sections: sections.into_iter().map(Into::into).collect(),
            pieces: pieces.into(),
        })));
    }
}

/// The number of a branch as it is written.
fn number(branch: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    avro::long(branch as i64, &mut bytes);
    bytes
}
