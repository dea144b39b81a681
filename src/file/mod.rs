//! The save format: its own types, versions, migrations.
