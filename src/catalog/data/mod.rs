//! What AWS has, as constants: regions and their zones, instance types, machine images and limits. What of it AWS
//! publishes as data is written by `cargo xtask data`.

pub mod amis;
pub mod balancer_zones;
pub mod fargate;
mod image_table;
mod instance_table;
pub mod instance_types;
pub mod lambda_runtimes;
pub mod limits;
pub mod metrics;
pub mod regions;
pub mod website_endpoints;

pub use amis::{AMIS, Ami, ami, ami_by_ssm_path};
pub use instance_types::{
    Architecture, INSTANCE_TYPES, InstanceFamily, InstanceType, Purpose, instance_type, is_instance_type,
};
pub use regions::{REGIONS, Region, region};
