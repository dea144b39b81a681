//! Accounts as the command line of AWS describes them.
