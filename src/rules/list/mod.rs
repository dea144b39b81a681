//! The list of rules. Each is one file here, named in the list below.

use super::Rule;

macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// Every rule.
        pub const ALL: &[&Rule] = &[$(&$module::RULE),*];
    };
}

rules! {
    subnet_outside_vpc,
    nat_gateway_without_elastic_ip,
}
