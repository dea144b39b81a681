//! Where the program is cut: one function for each part, which the build moves into a file of its own with all that nothing else reaches.

use wasm_split_helpers::SplitLoaderError;

use super::parts::{self, Checks, Desk, Forms, Labs, Loading, Studies};
use super::tables::{CHECKS, DESK, FORMS, LABS, STUDIES};

/// `part!(forms, give_forms() -> Forms = FORMS)`: `forms` loads the part, `give_forms` is the door of its file.
macro_rules! part {
    ($load:ident, $give:ident() -> $table:ident = $value:ident) => {
        fn $load() -> Loading<$table> {
            Box::pin(async { $give().await.ok() })
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
part!(labs, give_labs() -> Labs = LABS);

/// Says where every part comes from, before anything else of the page.
pub fn name_parts() {
    parts::DESK.comes_from(desk, |desk| (desk.begin)());
    parts::CHECKS.comes_from(checks, |_| {});
    parts::FORMS.comes_from(forms, |_| {});
    parts::STUDIES.comes_from(studies, |studies| (studies.begin)());
    parts::LABS.comes_from(labs, |labs| (labs.begin)());
}
