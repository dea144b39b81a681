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
    all_traffic_open_to_world,
    database_open_to_world,
    interface_too_many_groups,
    nat_gateway_without_elastic_ip,
    security_group_description_not_ascii,
    security_group_duplicate_rule,
    security_group_no_outbound,
    security_group_of_other_vpc,
    security_group_reference_to_nothing,
    security_group_rule_description_not_ascii,
    security_group_rule_shadowed,
    security_group_too_many_rules,
    security_group_unused,
    ssh_open_to_world,
    subnet_outside_vpc,
}
