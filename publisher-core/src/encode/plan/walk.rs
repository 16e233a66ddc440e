//! How to step over an encoded value without looking at it.
//!
//! Knows our encoding's lengths only: what is written of it is in `run`.

use super::NotOurs;

/// A step over a part of an encoding.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Walk {
    /// So many bytes.
    Skip(usize),
    /// An `int`, a `long`, the number of a symbol.
    Varint,
    /// A length and so many bytes.
    Bytes,
    /// Items of so many bytes each, in blocks.
    Fixed(usize),
    /// Items, or entries of a map, in blocks.
    Blocks(Box<[Walk]>),
    /// The number of a branch, then the branch.
    Union(Box<[Box<[Walk]>]>),
    /// A record that holds itself, or that stands in many places.
    Call(usize),
}

/// The steps over records that are called by number.
pub(super) type Routines = [Box<[Walk]>];

/// Where the value ends that begins at `at`.
pub(super) fn walk(steps: &[Walk], routines: &Routines, input: &[u8], mut at: usize) -> Result<usize, NotOurs> {
    for step in steps {
        at = match step {
            Walk::Skip(length) => at.saturating_add(*length),
            Walk::Varint => varint_end(input, at)?,
            Walk::Bytes => bytes_end(input, at)?,
            Walk::Fixed(size) => fixed_blocks(input, at, *size)?,
            Walk::Blocks(steps) => blocks(steps, routines, input, at)?,
            Walk::Union(branches) => {
                let (branch, at) = long(input, at)?;
                walk(branch_of(branches, branch)?, routines, input, at)?
            }
            Walk::Call(routine) => walk(&routines[*routine], routines, input, at)?,
        };
    }
    Ok(at)
}

pub(super) fn branch_of<T>(branches: &[T], branch: i64) -> Result<&T, NotOurs> {
    let index = usize::try_from(branch).map_err(|_| NotOurs)?;
    branches.get(index).ok_or(NotOurs)
}

fn blocks(steps: &[Walk], routines: &Routines, input: &[u8], mut at: usize) -> Result<usize, NotOurs> {
    loop {
        let (count, items) = block(input, at)?;
        at = items;
        if count == 0 {
            return Ok(at);
        }
        match steps {
            // Strings and numbers in a list are so frequent that a loop of their own pays.
            [Walk::Bytes] => {
                for _ in 0..count {
                    at = bytes_end(input, at)?;
                }
            }
            [Walk::Varint] => {
                for _ in 0..count {
                    at = varint_end(input, at)?;
                }
            }
            _ => {
                for _ in 0..count {
                    at = walk(steps, routines, input, at)?;
                }
            }
        }
    }
}

#[inline(never)]
fn fixed_blocks(input: &[u8], mut at: usize, size: usize) -> Result<usize, NotOurs> {
    loop {
        let (count, items) = block(input, at)?;
        at = items;
        if count == 0 {
            return Ok(at);
        }
        let length = usize::try_from(count).ok().and_then(|count| count.checked_mul(size));
        at = length.and_then(|length| at.checked_add(length)).ok_or(NotOurs)?;
    }
}

/// The count of a block and where its items begin. Our encoders never write a block with its size, whose count is
/// negative.
#[inline]
pub(super) fn block(input: &[u8], at: usize) -> Result<(u64, usize), NotOurs> {
    let (count, items) = long(input, at)?;
    Ok((u64::try_from(count).map_err(|_| NotOurs)?, items))
}

#[inline]
pub(super) fn bytes_end(input: &[u8], at: usize) -> Result<usize, NotOurs> {
    let (length, content) = long(input, at)?;
    let length = usize::try_from(length).map_err(|_| NotOurs)?;
    // What stands beyond the input is found when it is read or copied.
    content.checked_add(length).ok_or(NotOurs)
}

#[inline]
fn varint_end(input: &[u8], at: usize) -> Result<usize, NotOurs> {
    const LAST: u64 = 0x8080_8080_8080_8080;
    if let Some(eight) = input.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        // The lowest clear top bit is that of the last byte: no branch for each byte.
        let last = !u64::from_le_bytes(*eight) & LAST;
        if last != 0 {
            return Ok(at + last.trailing_zeros() as usize / 8 + 1);
        }
    }
    slow_varint_end(input, at)
}

#[inline(never)]
fn slow_varint_end(input: &[u8], at: usize) -> Result<usize, NotOurs> {
    let rest = input.get(at..).unwrap_or_default();
    let last = rest.iter().take(10).position(|byte| *byte < 0x80);
    last.map(|last| at + last + 1).ok_or(NotOurs)
}

/// The `int` or `long` at `at`, and where it ends.
#[inline]
pub(super) fn long(input: &[u8], at: usize) -> Result<(i64, usize), NotOurs> {
    match input.get(at) {
        Some(byte) if *byte < 0x80 => Ok((zigzag(u64::from(*byte)), at + 1)),
        _ => slow_long(input, at),
    }
}

#[inline(never)]
fn slow_long(input: &[u8], at: usize) -> Result<(i64, usize), NotOurs> {
    let end = slow_varint_end(input, at)?;
    let mut value = 0;
    for (index, byte) in input[at..end].iter().enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * index);
    }
    Ok((zigzag(value), end))
}

fn zigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::avro;

    #[test]
    fn varints_end_where_they_end() {
        for shift in 0..64 {
            let power = 1_i64 << shift;
            for value in [power, power.wrapping_neg(), power.wrapping_sub(1)] {
                for behind in [0, 3, 9] {
                    let mut bytes = vec![0xff];
                    avro::long(value, &mut bytes);
                    let end = bytes.len();
                    bytes.extend(vec![0x80; behind]);
                    assert_eq!(varint_end(&bytes, 1), Ok(end), "{value}");
                    assert_eq!(long(&bytes, 1), Ok((value, end)));
                }
            }
        }
    }

    #[test]
    fn what_is_cut_or_too_long_is_not_ours() {
        assert_eq!(varint_end(&[0x80, 0x80], 0), Err(NotOurs));
        assert_eq!(varint_end(&[0x80; 20], 0), Err(NotOurs));
        assert_eq!(varint_end(&[0], 7), Err(NotOurs));
        assert_eq!(long(&[], 0), Err(NotOurs));
        assert_eq!(bytes_end(&[1], 0), Err(NotOurs), "a negative length");
        assert_eq!(block(&[1], 0), Err(NotOurs), "a block with its size");
        let nothing: [Box<[Walk]>; 0] = [];
        let union = Walk::Union(Box::new([Box::new([]), Box::new([Walk::Varint])]));
        assert_eq!(walk(std::slice::from_ref(&union), &nothing, &[2, 6], 0), Ok(2));
        assert_eq!(walk(&[union], &nothing, &[4, 6], 0), Err(NotOurs));
    }

    #[test]
    fn blocks_of_every_kind() {
        let nothing: [Box<[Walk]>; 0] = [];
        let step = |steps: &[Walk], input: &[u8]| walk(steps, &nothing, input, 0);
        assert_eq!(step(&[Walk::Fixed(8)], &[&[4][..], &[7; 16], &[0]].concat()), Ok(18));
        assert_eq!(step(&[Walk::Fixed(0)], &[20, 0]), Ok(2));
        assert_eq!(
            step(&[Walk::Blocks(Box::new([Walk::Bytes]))], &[4, 2, b'a', 0, 2, 0, 0]),
            Ok(7)
        );
        assert_eq!(
            step(
                &[Walk::Blocks(Box::new([Walk::Bytes, Walk::Varint]))],
                &[2, 2, b'a', 0x80, 1, 0]
            ),
            Ok(6)
        );
        assert_eq!(step(&[Walk::Fixed(usize::MAX)], &[8, 0]), Err(NotOurs));
    }
}
