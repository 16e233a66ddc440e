//! [`ByName`]: stands for a record within its own shape.

use std::marker::PhantomData;

use super::{EventData, RecordData};
use crate::schema::{Recursive, Shape};

/// The shape of a record by its name. The derive puts it into the type of a field that leads back to the record, where it
/// asks for the shape: `Vec<ByName<Node>>` for `Vec<Node>`. A constant that held itself would be a cycle.
#[derive(Debug)]
pub struct ByName<T>(PhantomData<T>);

impl<T: RecordData> EventData for ByName<T> {
    const SHAPE: Shape = Shape::Recursive(Recursive {
        name: T::NAME,
        namespace: T::NAMESPACE,
        shared: T::SHARED,
        define: || &T::SHAPE,
    });

    // There is no value: only the shape is asked for.
    fn encode_avro(&self, _: &mut Vec<u8>) {}

    fn encode_json(&self, _: &mut Vec<u8>) {}
}
