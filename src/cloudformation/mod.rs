//! Templates: export, and reopening what was exported.
