//! Reads the numbers and lengths of a datum.
//!
//! Knows no schema and no path.

/// Where reading stands.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

/// What is wrong with the bytes from `at` on.
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) reason: String,
}

impl<'a> Cursor<'a> {
    /// The next bytes, so many.
    pub(super) fn take(&mut self, count: usize, of: &str) -> Result<&'a [u8], Wrong> {
        let rest = &self.bytes[self.at..];
        let Some(taken) = rest.get(..count) else {
            return self.wrong(format!("expected {count} bytes of {of}, {} are left", rest.len()));
        };
        self.at += count;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self, of: &str) -> Result<[u8; N], Wrong> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, of)?);
        Ok(array)
    }

    /// A zig-zag number of 64 bits.
    pub(super) fn long(&mut self, of: &str) -> Result<i64, Wrong> {
        let mut zigzag = 0_u64;
        let rest = &self.bytes[self.at..];
        for (index, byte) in rest.iter().take(10).enumerate() {
            // The tenth byte has room for one bit.
            if index == 9 && *byte > 1 {
                break;
            }
            zigzag |= u64::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                self.at += index + 1;
                return Ok((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64));
            }
        }
        if rest.len() < 10 {
            return self.wrong(format!("expected {of}; its number is cut after {} bytes", rest.len()));
        }
        self.wrong(format!("expected {of}; its number is longer than 64 bits"))
    }

    /// A length and so many bytes.
    pub(super) fn counted(&mut self, of: &str) -> Result<&'a [u8], Wrong> {
        let start = self.at;
        let length = self.long(&format!("the length of {of}"))?;
        match usize::try_from(length) {
            Ok(length) => self.take(length, of),
            Err(_) => {
                self.at = start;
                self.wrong(format!("expected the length of {of}, which is not {length}"))
            }
        }
    }

    pub(super) fn wrong<T>(&self, reason: impl Into<String>) -> Result<T, Wrong> {
        Err(Wrong {
            at: self.at,
            reason: reason.into(),
        })
    }
}
