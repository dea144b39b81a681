//! Where the program is cut: one function for each part, which the build moves into a file of its own with all that nothing else reaches.

use std::pin::Pin;

use wasm_split_helpers::SplitLoaderError;

use crate::app::tables::{CHECKS, Checks, DESK, Desk, FORMS, Forms, STUDIES, Studies};

/// A table, when its part has been loaded.
pub type Loading<T> = Pin<Box<dyn Future<Output = Result<&'static T, SplitLoaderError>>>>;

/// `part!(forms, give_forms() -> Forms = FORMS)`: `forms` loads the part, `give_forms` is the door of its file.
macro_rules! part {
    ($load:ident, $give:ident() -> $table:ident = $value:ident) => {
        pub fn $load() -> Loading<$table> {
            Box::pin($give())
        }

        #[cfg(split)]
        #[wasm_split_helpers::wasm_split($load, fallible)]
        fn $give() -> Result<&'static $table, SplitLoaderError> {
            Ok(&$value)
        }

        #[cfg(not(split))]
        async fn $give() -> Result<&'static $table, SplitLoaderError> {
            Ok(&$value)
        }
    };
}

part!(desk, give_desk() -> Desk = DESK);
part!(checks, give_checks() -> Checks = CHECKS);
part!(forms, give_forms() -> Forms = FORMS);
part!(studies, give_studies() -> Studies = STUDIES);
