//! 33 rows of 32 cells: with the rows more than the 1024 names that the compiler compares.
use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(name = "R{ROW}C{COLUMN}")]
struct Cell<const ROW: u32, const COLUMN: u32> {
    value: i32,
}

macro_rules! row {
    ($($field:ident = $column:literal)*) => {
        #[derive(EventData)]
        #[event(name = "R{ROW}")]
        struct Row<const ROW: u32> {
            $($field: Cell<ROW, $column>,)*
        }
    };
}

row! {
    c0 = 0 c1 = 1 c2 = 2 c3 = 3 c4 = 4 c5 = 5 c6 = 6 c7 = 7 c8 = 8 c9 = 9 c10 = 10 c11 = 11 c12 = 12 c13 = 13 c14 = 14
    c15 = 15 c16 = 16 c17 = 17 c18 = 18 c19 = 19 c20 = 20 c21 = 21 c22 = 22 c23 = 23 c24 = 24 c25 = 25 c26 = 26 c27 = 27
    c28 = 28 c29 = 29 c30 = 30 c31 = 31
}

macro_rules! sheet {
    ($($field:ident = $row:literal)*) => {
        #[derive(Event)]
        #[event(topic = "sheets", namespace = "com.acme.sheets", unkeyed)]
        struct SheetSaved {
            $($field: Row<$row>,)*
        }
    };
}

sheet! {
    r0 = 0 r1 = 1 r2 = 2 r3 = 3 r4 = 4 r5 = 5 r6 = 6 r7 = 7 r8 = 8 r9 = 9 r10 = 10 r11 = 11 r12 = 12 r13 = 13 r14 = 14
    r15 = 15 r16 = 16 r17 = 17 r18 = 18 r19 = 19 r20 = 20 r21 = 21 r22 = 22 r23 = 23 r24 = 24 r25 = 25 r26 = 26 r27 = 27
    r28 = 28 r29 = 29 r30 = 30 r31 = 31 r32 = 32
}

fn main() {}
