//! Finished designs drawn in code: what the empty canvas offers, and what tests and benches use.
