//! The home of the examples; each is a program of its own in the folder of its name.
