//! The list of rules. Each is one file here: a `mod` line (rustfmt follows no other) and an entry in the list below.

mod acl_duplicate_number;
mod acl_no_ephemeral;
mod acl_rule_number;
mod acl_shadowed_rule;
mod alarm_metric_unknown;
mod alarm_without_action;
mod alarm_without_dimension;
mod alb_single_zone;
mod alb_subnet_too_small;
mod alb_two_subnets_in_one_zone;
mod all_traffic_open_to_world;
mod api_domain_without_certificate;
mod api_route_duplicate;
mod api_route_to_nothing;
mod balancer_in_private_subnet;
mod balancer_outbound_closed;
mod balancer_without_listener;
mod balancer_without_security_group;
mod blue_green_incomplete;
mod bucket_name_malformed;
mod bucket_policy_blocked;
mod bucket_public;
mod build_without_privileged;
mod buildspec_malformed;
mod certificate_not_ready;
mod certificate_region_mismatch;
mod cluster_instances_not_joining;
mod cname_at_apex;
mod container_name_duplicate;
mod dashboard_body_malformed;
mod database_open_to_world;
mod database_port_not_admitted;
mod database_publicly_accessible;
mod database_windows_overlap;
mod database_without_backup;
mod database_without_subnet_group;
mod db_subnet_group_in_one_zone;
mod db_subnet_group_public;
mod default_route_missing;
mod deployment_cannot_progress;
mod distribution_alias_not_covered;
mod distribution_allows_http;
mod distribution_bucket_not_readable;
mod distribution_certificate_region;
mod distribution_origin_unknown;
mod distribution_without_origin;
mod duplicate_record;
mod duplicate_route_destination;
mod duplicate_zone_lane;
mod dynamodb_key_not_declared;
mod dynamodb_without_partition_key;
mod ecr_without_scan;
mod elastic_ip_shared;
mod endpoint_closed_to_tasks;
mod endpoint_private_dns_without_vpc_dns;
mod execution_role_missing;
mod fargate_public_without_address;
mod fargate_without_way_to_services;
mod fixed_response_code;
mod gateway_route_table;
mod generic_reference_dangling;
mod generic_resource_malformed;
mod geneve_port;
mod health_check_port_closed;
mod health_check_port_malformed;
mod health_check_timeout;
mod hosted_zone_duplicate;
mod https_without_certificate;
mod instance_ami_architecture_mismatch;
mod instance_private_ip_duplicate;
mod instance_private_ip_outside_subnet;
mod instance_private_ip_reserved;
mod instance_profile_without_role;
mod instance_role_administrator;
mod instance_type_unknown;
mod instance_without_key_pair;
mod instance_without_security_group;
mod instances_closed_to_balancer;
mod interface_too_many_groups;
mod internet_gateway_detached;
mod lambda_in_public_subnet;
mod lambda_runtime_deprecated;
mod lambda_timeout_over_api;
mod lambda_without_code;
mod launch_template_without_image;
mod launch_template_without_type;
mod listener_duplicate_port;
mod listener_port_not_admitted;
mod listener_protocol_mismatch;
mod listener_rule_duplicate_priority;
mod listener_rule_unreachable;
mod listener_rule_without_condition;
mod listener_without_target;
mod log_group_without_retention;
mod machine_image_of_nothing;
mod mixed_instances_share;
mod nat_gateway_in_other_zone;
mod nat_gateway_in_private_subnet;
mod nat_gateway_without_elastic_ip;
mod nat_route_from_own_subnet;
mod other_vpc;
mod peering_overlap;
mod pipeline_artifact_unknown;
mod pipeline_without_deploy;
mod pipeline_without_image_definitions;
mod pipeline_without_source;
mod policy_allows_everything;
mod policy_document_malformed;
mod private_nat_to_internet;
mod private_subnet_without_way_out;
mod private_zone_without_vpc_dns;
mod property_faults;
mod public_address_in_private_subnet;
mod public_instance_without_address;
mod public_record_of_internal_balancer;
mod record_alias_wrong_type;
mod record_name_not_covered;
mod record_not_alias_of_distribution;
mod record_outside_zone;
mod record_value_malformed;
mod record_without_value;
mod redirect_without_listener;
mod region_unknown;
mod role_not_for_service;
mod role_trust_mismatch;
mod role_without_trust;
mod root_volume_too_small;
mod route_blackhole;
mod route_overlaps_local;
mod route_target_in_other_vpc;
mod route_to_endpoint;
mod route_to_instance_with_source_check;
mod scaling_group_single_zone;
mod scaling_group_without_launch_template;
mod scaling_group_without_subnet;
mod scaling_group_zone_not_enabled;
mod scaling_health_check_without_target_group;
mod scaling_policy_without_alarm;
mod scaling_policy_without_room;
mod scaling_policy_without_target_group;
mod scaling_size_out_of_order;
mod scaling_step_gap;
mod schedule_malformed;
mod scheduled_action_out_of_bounds;
mod scheduled_action_without_effect;
mod secret_in_clear;
mod security_group_description_not_ascii;
mod security_group_duplicate_rule;
mod security_group_no_outbound;
mod security_group_of_other_vpc;
mod security_group_reference_to_nothing;
mod security_group_rule_description_not_ascii;
mod security_group_rule_shadowed;
mod security_group_too_many_rules;
mod service_closed_to_balancer;
mod service_container_port_missing;
mod service_desired_zero;
mod service_incomplete;
mod service_launch_mismatch;
mod service_target_group_not_ip;
mod service_without_instances;
mod session_manager_without_way;
mod snapshot_of_nothing;
mod ssh_open_to_world;
mod storage_unencrypted;
mod subnet_cidr_size;
mod subnet_full;
mod subnet_outside_vpc;
mod subnet_overlap;
mod subnet_without_zone;
mod target_group_empty;
mod target_group_protocol_mismatch;
mod target_group_unused;
mod target_in_other_vpc;
mod target_names_nothing;
mod target_not_admitting_balancer;
mod target_twin_not_registered;
mod target_zone_not_enabled;
mod task_size_unknown;
mod task_without_essential_container;
mod template_faults;
mod transit_association;
mod transit_attachment_twice;
mod transit_route_to_nothing;
mod transit_route_unattached;
mod transit_two_subnets_in_one_zone;
mod transit_vpc_without_route;
mod transit_vpcs_overlap;
mod transit_zone_not_attached;
mod two_internet_gateways;
mod two_main_route_tables;
mod unused;
mod user_administrator_directly;
mod user_data_too_large;
mod user_data_without_shebang;
mod user_outside_groups;
mod user_without_mfa;
mod value_faults;
mod volume_device_duplicate;
mod volume_device_taken;
mod volume_in_other_zone;
mod vpc_cidr_not_private;
mod vpc_cidr_overlap_in_design;
mod vpc_cidr_size;
mod vpc_secondary_cidr_family;
mod vpc_secondary_cidr_overlap;
mod vpn_connection_incomplete;
mod vpn_static_without_routes;
mod waiting_faults;
mod website_not_readable;
mod zone_letter_malformed;
mod zone_not_in_region;

use std::sync::LazyLock;

use super::Rule;

macro_rules! rules {
    (files { $($module:ident,)* } tables { $($table:ident,)* }) => {
        const SINGLE: &[&Rule] = &[$(&$module::RULE),*];
        const TABLES: &[&[Rule]] = &[$(&$table::RULES),*];
    };
}

/// Every rule, by id: each file's own, and those of the tables.
pub static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut all: Vec<&Rule> = SINGLE.iter().copied().chain(TABLES.iter().copied().flatten()).collect();
    all.sort_by_key(|rule| rule.id);
    all
});

rules! {
    files {
        acl_duplicate_number,
        acl_no_ephemeral,
        acl_rule_number,
        acl_shadowed_rule,
        alarm_metric_unknown,
        alarm_without_action,
        alarm_without_dimension,
        alb_single_zone,
        alb_subnet_too_small,
        alb_two_subnets_in_one_zone,
        all_traffic_open_to_world,
        api_domain_without_certificate,
        api_route_duplicate,
        api_route_to_nothing,
        balancer_in_private_subnet,
        balancer_outbound_closed,
        balancer_without_listener,
        balancer_without_security_group,
        blue_green_incomplete,
        bucket_name_malformed,
        bucket_policy_blocked,
        bucket_public,
        build_without_privileged,
        buildspec_malformed,
        certificate_not_ready,
        certificate_region_mismatch,
        cluster_instances_not_joining,
        cname_at_apex,
        container_name_duplicate,
        dashboard_body_malformed,
        database_open_to_world,
        database_port_not_admitted,
        database_publicly_accessible,
        database_windows_overlap,
        database_without_backup,
        database_without_subnet_group,
        db_subnet_group_in_one_zone,
        db_subnet_group_public,
        default_route_missing,
        deployment_cannot_progress,
        distribution_alias_not_covered,
        distribution_allows_http,
        distribution_bucket_not_readable,
        distribution_certificate_region,
        distribution_origin_unknown,
        distribution_without_origin,
        duplicate_record,
        duplicate_route_destination,
        duplicate_zone_lane,
        dynamodb_key_not_declared,
        dynamodb_without_partition_key,
        ecr_without_scan,
        elastic_ip_shared,
        endpoint_closed_to_tasks,
        endpoint_private_dns_without_vpc_dns,
        execution_role_missing,
        fargate_public_without_address,
        fargate_without_way_to_services,
        fixed_response_code,
        gateway_route_table,
        generic_reference_dangling,
        generic_resource_malformed,
        geneve_port,
        health_check_port_closed,
        health_check_port_malformed,
        health_check_timeout,
        hosted_zone_duplicate,
        https_without_certificate,
        instance_ami_architecture_mismatch,
        instance_private_ip_duplicate,
        instance_private_ip_outside_subnet,
        instance_private_ip_reserved,
        instance_profile_without_role,
        instance_role_administrator,
        instance_type_unknown,
        instance_without_key_pair,
        instance_without_security_group,
        instances_closed_to_balancer,
        interface_too_many_groups,
        internet_gateway_detached,
        lambda_in_public_subnet,
        lambda_runtime_deprecated,
        lambda_timeout_over_api,
        lambda_without_code,
        launch_template_without_image,
        launch_template_without_type,
        listener_duplicate_port,
        listener_port_not_admitted,
        listener_protocol_mismatch,
        listener_rule_duplicate_priority,
        listener_rule_unreachable,
        listener_rule_without_condition,
        listener_without_target,
        log_group_without_retention,
        machine_image_of_nothing,
        mixed_instances_share,
        nat_gateway_in_other_zone,
        nat_gateway_in_private_subnet,
        nat_gateway_without_elastic_ip,
        nat_route_from_own_subnet,
        peering_overlap,
        pipeline_artifact_unknown,
        pipeline_without_deploy,
        pipeline_without_image_definitions,
        pipeline_without_source,
        policy_allows_everything,
        policy_document_malformed,
        private_nat_to_internet,
        private_subnet_without_way_out,
        private_zone_without_vpc_dns,
        public_address_in_private_subnet,
        public_instance_without_address,
        public_record_of_internal_balancer,
        record_alias_wrong_type,
        record_name_not_covered,
        record_not_alias_of_distribution,
        record_outside_zone,
        record_value_malformed,
        record_without_value,
        redirect_without_listener,
        region_unknown,
        role_not_for_service,
        role_trust_mismatch,
        role_without_trust,
        root_volume_too_small,
        route_blackhole,
        route_overlaps_local,
        route_target_in_other_vpc,
        route_to_endpoint,
        route_to_instance_with_source_check,
        scaling_group_single_zone,
        scaling_group_without_launch_template,
        scaling_group_without_subnet,
        scaling_group_zone_not_enabled,
        scaling_health_check_without_target_group,
        scaling_policy_without_alarm,
        scaling_policy_without_room,
        scaling_policy_without_target_group,
        scaling_size_out_of_order,
        scaling_step_gap,
        schedule_malformed,
        scheduled_action_out_of_bounds,
        scheduled_action_without_effect,
        secret_in_clear,
        security_group_description_not_ascii,
        security_group_duplicate_rule,
        security_group_no_outbound,
        security_group_of_other_vpc,
        security_group_reference_to_nothing,
        security_group_rule_description_not_ascii,
        security_group_rule_shadowed,
        security_group_too_many_rules,
        service_closed_to_balancer,
        service_container_port_missing,
        service_desired_zero,
        service_incomplete,
        service_launch_mismatch,
        service_target_group_not_ip,
        service_without_instances,
        session_manager_without_way,
        snapshot_of_nothing,
        ssh_open_to_world,
        storage_unencrypted,
        subnet_cidr_size,
        subnet_full,
        subnet_outside_vpc,
        subnet_overlap,
        subnet_without_zone,
        target_group_empty,
        target_group_protocol_mismatch,
        target_group_unused,
        target_in_other_vpc,
        target_names_nothing,
        target_not_admitting_balancer,
        target_twin_not_registered,
        target_zone_not_enabled,
        task_size_unknown,
        task_without_essential_container,
        transit_association,
        transit_attachment_twice,
        transit_route_to_nothing,
        transit_route_unattached,
        transit_two_subnets_in_one_zone,
        transit_vpc_without_route,
        transit_vpcs_overlap,
        transit_zone_not_attached,
        two_internet_gateways,
        two_main_route_tables,
        user_administrator_directly,
        user_data_too_large,
        user_data_without_shebang,
        user_outside_groups,
        user_without_mfa,
        volume_device_duplicate,
        volume_device_taken,
        volume_in_other_zone,
        vpc_cidr_not_private,
        vpc_cidr_overlap_in_design,
        vpc_cidr_size,
        vpc_secondary_cidr_family,
        vpc_secondary_cidr_overlap,
        vpn_connection_incomplete,
        vpn_static_without_routes,
        website_not_readable,
        zone_letter_malformed,
        zone_not_in_region,
    }
    tables {
        other_vpc,
        property_faults,
        template_faults,
        unused,
        value_faults,
        waiting_faults,
    }
}
