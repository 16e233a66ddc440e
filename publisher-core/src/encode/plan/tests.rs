//! Pairs of schemas by hand.
