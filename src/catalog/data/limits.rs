//! Limits and default quotas of AWS that rules speak about. A default quota can be raised on request, a limit cannot: each says which.

use crate::net::Cidr;
use std::ops::RangeInclusive;

// Amazon VPC, <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html> and
// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>.

/// Limit: the prefix length of each IPv4 block of a VPC.
pub const VPC_PREFIX: RangeInclusive<u8> = 16..=28;
/// Limit: the prefix length of a subnet's IPv4 block.
pub const SUBNET_PREFIX: RangeInclusive<u8> = 16..=28;
/// Limit: the addresses AWS keeps in every subnet.
pub const RESERVED_ADDRESSES_PER_SUBNET: u64 = 5;
/// Limit: the block that AWS keeps from secondary blocks of a VPC.
pub const RESTRICTED_VPC_BLOCK: Cidr = Cidr::literal(198, 19, 0, 0, 16);

// Quotas of Amazon VPC, <https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>.

/// Default quota: VPCs in a region.
pub const VPCS_PER_REGION: usize = 5;
/// Default quota: IPv4 blocks of a VPC, the first included; up to 50 on request.
pub const CIDRS_PER_VPC: usize = 5;
/// Default quota: subnets of a VPC.
pub const SUBNETS_PER_VPC: usize = 200;
/// Limit: internet gateways attached to a VPC.
pub const INTERNET_GATEWAYS_PER_VPC: usize = 1;
/// Default quota: NAT gateways in a zone.
pub const NAT_GATEWAYS_PER_ZONE: usize = 5;
/// Default quota: Elastic IP addresses in a region.
pub const ELASTIC_IPS_PER_REGION: usize = 5;
/// Default quota: route tables of a VPC, the main one included.
pub const ROUTE_TABLES_PER_VPC: usize = 200;
/// Default quota: static routes of a table, for each family of addresses; up to 1,000 on request.
pub const ROUTES_PER_TABLE: usize = 500;
/// Default quota: network ACLs of a VPC.
pub const ACLS_PER_VPC: usize = 200;
/// Default quota: rules of a network ACL in each direction; up to 40 on request.
pub const ACL_RULES_PER_DIRECTION: usize = 20;
/// Default quota: security groups of a network interface; up to 16 on request.
pub const SECURITY_GROUPS_PER_INTERFACE: usize = 5;
/// Default quota: rules of a security group in each direction, for each family of addresses.
pub const SECURITY_GROUP_RULES_PER_DIRECTION: usize = 60;
/// Default quota: active peering connections of a VPC; up to 125 on request.
pub const PEERINGS_PER_VPC: usize = 50;

/// Limit: the numbers of rules of a network ACL; 32767 is the last rule, which denies
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html>).
pub const ACL_RULE_NUMBER: RangeInclusive<u16> = 1..=32766;

/// Limit: the length of a security group's name and of its description
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>).
pub const SECURITY_GROUP_TEXT: usize = 255;

// Application Load Balancer, <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html>.

/// Limit: the longest prefix of a subnet of an Application Load Balancer.
pub const ALB_SUBNET_LONGEST_PREFIX: u8 = 27;
/// Limit: the free addresses a subnet of an Application Load Balancer needs.
pub const ALB_FREE_ADDRESSES: u64 = 8;
/// Limit: the fewest zones of an Application Load Balancer.
pub const ALB_FEWEST_ZONES: usize = 2;

// Quotas, <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html>.

/// Default quota: listeners of an Application Load Balancer.
pub const LISTENERS_PER_ALB: usize = 50;
/// Default quota: rules of an Application Load Balancer, default rules not counted.
pub const RULES_PER_ALB: usize = 100;
/// Limit: target groups of an Application Load Balancer.
pub const TARGET_GROUPS_PER_ALB: usize = 100;
/// Limit: target groups of one forward action.
pub const TARGET_GROUPS_PER_ACTION: usize = 5;
/// Default quota: certificates of an Application Load Balancer, default ones not counted.
pub const CERTIFICATES_PER_ALB: usize = 25;
/// Limit: the values of all conditions of one rule.
pub const CONDITION_VALUES_PER_RULE: usize = 5;

// The API's own bounds, <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html>.

/// Limit: the priority of a listener rule (`CreateRule`).
pub const RULE_PRIORITY: RangeInclusive<u32> = 1..=50000;
/// Limit: the length of the name of a load balancer or a target group (`CreateLoadBalancer`, `CreateTargetGroup`).
pub const BALANCER_NAME: usize = 32;
/// Limit: seconds between health checks (`CreateTargetGroup`).
pub const HEALTH_CHECK_INTERVAL: RangeInclusive<u32> = 5..=300;
/// Limit: seconds until a health check fails (`CreateTargetGroup`).
pub const HEALTH_CHECK_TIMEOUT: RangeInclusive<u32> = 2..=120;
/// Limit: checks in a row until a target counts as healthy or unhealthy (`CreateTargetGroup`).
pub const HEALTH_CHECK_COUNT: RangeInclusive<u32> = 2..=10;

// Route 53, <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html>.

/// Limit: the time to live of a record, in seconds.
pub const RECORD_TTL: RangeInclusive<u32> = 0..=2_147_483_647;
/// Limit: the weight of a weighted record.
pub const RECORD_WEIGHT: RangeInclusive<u32> = 0..=255;

// CloudFormation, <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>.

/// Limit: bytes of a template passed inline.
pub const TEMPLATE_BYTES_INLINE: usize = 51_200;
/// Limit: bytes of a template passed through S3.
pub const TEMPLATE_BYTES_S3: usize = 1_000_000;
/// Limit: resources of a template.
pub const TEMPLATE_RESOURCES: usize = 500;
/// Limit: parameters of a template.
pub const TEMPLATE_PARAMETERS: usize = 200;
/// Limit: outputs of a template.
pub const TEMPLATE_OUTPUTS: usize = 200;
/// Limit: mappings of a template.
pub const TEMPLATE_MAPPINGS: usize = 200;
/// Limit: the length of a logical id.
pub const LOGICAL_ID: usize = 255;
/// Limit: bytes of a parameter's value.
pub const PARAMETER_VALUE_BYTES: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_the_arithmetic_of_blocks() {
        let smallest = Cidr::new(std::net::Ipv4Addr::new(10, 0, 0, 0), *SUBNET_PREFIX.end()).unwrap();
        assert_eq!(smallest.size() - smallest.usable(), RESERVED_ADDRESSES_PER_SUBNET);
        assert_eq!(smallest.reserved().map(|kept| kept.len() as u64), Some(RESERVED_ADDRESSES_PER_SUBNET));
        assert_eq!(RESTRICTED_VPC_BLOCK.to_string(), "198.19.0.0/16");
        let balancer = Cidr::new(std::net::Ipv4Addr::new(10, 0, 0, 0), ALB_SUBNET_LONGEST_PREFIX).unwrap();
        assert!(balancer.usable() >= ALB_FREE_ADDRESSES && SUBNET_PREFIX.contains(&ALB_SUBNET_LONGEST_PREFIX));
    }
}
