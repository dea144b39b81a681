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
    alb_single_zone,
    alb_subnet_too_small,
    alb_two_subnets_in_one_zone,
    all_traffic_open_to_world,
    balancer_in_private_subnet,
    balancer_subnet_other_vpc,
    balancer_without_listener,
    balancer_without_security_group,
    database_open_to_world,
    default_route_missing,
    duplicate_route_destination,
    duplicate_zone_lane,
    elastic_ip_shared,
    elastic_ip_unused,
    https_without_certificate,
    instance_private_ip_duplicate,
    instance_private_ip_outside_subnet,
    instance_private_ip_reserved,
    interface_too_many_groups,
    internet_gateway_detached,
    listener_duplicate_port,
    listener_port_not_admitted,
    listener_protocol_mismatch,
    listener_without_target,
    nat_gateway_in_other_zone,
    nat_gateway_in_private_subnet,
    nat_gateway_unused,
    nat_gateway_without_elastic_ip,
    nat_route_from_own_subnet,
    network_acl_of_other_vpc,
    private_subnet_without_way_out,
    private_zone_without_vpc_dns,
    region_unknown,
    route_blackhole,
    route_overlaps_local,
    route_table_of_other_vpc,
    route_table_unused,
    route_target_in_other_vpc,
    route_to_instance_with_source_check,
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
    subnet_cidr_size,
    subnet_full,
    subnet_outside_vpc,
    subnet_overlap,
    subnet_without_zone,
    two_internet_gateways,
    two_main_route_tables,
    vpc_cidr_not_private,
    vpc_cidr_overlap_in_design,
    vpc_cidr_size,
    vpc_secondary_cidr_family,
    vpc_secondary_cidr_overlap,
    zone_letter_malformed,
    zone_not_in_region,
}
