//! The home of the derives' compile errors; `main.rs` runs the cases, which stand in a folder for each rule.
