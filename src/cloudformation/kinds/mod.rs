//! What a kind writes to a template and reads from it where its field table cannot say it: further resources, dependencies, outputs,
//! parameters. Each such kind is one file here, by the name of its file in `catalog/kinds`; a kind whose table says everything has none.
//!
//! What the tables say is written and read before any of this: fields with a property, ancestors and the Name tag.

mod alarm;
mod api_gateway;
mod auto_scaling_group;
mod certificate;
mod cloudformation_resource;
mod code_build_project;
mod code_deploy_group;
mod code_pipeline;
mod customer_gateway;
mod dashboard;
mod db_instance;
mod db_subnet_group;
mod distribution;
mod dynamodb_table;
mod ecr_repository;
mod ecs_cluster;
mod ecs_service;
mod elastic_ip;
mod hosted_zone;
mod iam_group;
mod iam_policy;
mod iam_role;
mod iam_user;
mod instance;
mod instance_profile;
mod internet_gateway;
mod key_pair;
mod lambda_function;
mod laptop;
mod launch_template;
mod listener;
mod load_balancer;
mod log_group;
mod machine_image;
mod network_acl;
mod network_interface;
mod prefix_list;
mod record_set;
mod route_table;
mod s3_bucket;
mod scaling_policy;
mod security_group;
mod shared;
mod snapshot;
mod ssm_parameter;
mod subnet;
mod target_group;
mod task_definition;
mod transit_gateway_attachment;
mod transit_gateway_peering;
mod transit_gateway_route_table;
mod volume;
mod vpc;
mod vpc_endpoint;
mod vpc_peering;
mod vpn_connection;
mod vpn_gateway;

use std::collections::BTreeMap;

use super::{Emit, Parameter, Read};
use crate::catalog::{Body, Resource};
use crate::design::{Design, Node};
use crate::id::NodeId;
use crate::text::Message;

/// What is irregular about a kind's templates.
trait Irregular: Resource {
    /// The parameter that stands for one that is no resource, in templates that refer to it: what its name ends in, and the parameter.
    fn parameter(&self, _name: &str) -> Option<(&'static str, Parameter)> {
        None
    }

    /// Writes what the field table cannot say.
    fn export(&self, _emit: &mut Emit<'_>) {}

    /// Reads what [`Irregular::export`] wrote.
    ///
    /// # Errors
    /// What of the template does not fit.
    fn import(&mut self, _read: &Read<'_>) -> Result<(), Message> {
        Ok(())
    }
}

macro_rules! irregular {
    ($($module:ident :: $kind:ident),* $(,)?) => {
        /// See [`Irregular::parameter`].
        pub(super) fn parameter(body: &Body, name: &str) -> Option<(&'static str, Parameter)> {
            match body {
                $(Body::$kind(of) => of.parameter(name),)*
                _ => None,
            }
        }

        /// See [`Irregular::export`].
        pub(super) fn export(body: &Body, emit: &mut Emit<'_>) {
            match body {
                $(Body::$kind(of) => of.export(emit),)*
                _ => {}
            }
        }

        /// See [`Irregular::import`].
        ///
        /// # Errors
        /// What of the template does not fit.
        pub(super) fn import(body: &mut Body, read: &Read<'_>) -> Result<(), Message> {
            match body {
                $(Body::$kind(of) => of.import(read),)*
                _ => Ok(()),
            }
        }
    };
}

/// What the names of the parameters end in that stand for nodes which are no resources.
pub(super) fn stand_ins(design: &Design) -> BTreeMap<NodeId, &'static str> {
    let suffix = |node: &Node| parameter(&node.body, &node.name).map(|(suffix, _)| suffix);
    design.nodes().filter_map(|(id, node)| Some((id, suffix(node)?))).collect()
}

irregular! {
    laptop::Laptop,
    vpc::Vpc,
    subnet::Subnet,
    internet_gateway::InternetGateway,
    elastic_ip::ElasticIp,
    route_table::RouteTable,
    network_acl::NetworkAcl,
    security_group::SecurityGroup,
    key_pair::KeyPair,
    iam_user::IamUser,
    iam_group::IamGroup,
    iam_role::IamRole,
    iam_policy::IamPolicy,
    instance_profile::InstanceProfile,
    instance::Instance,
    machine_image::MachineImage,
    launch_template::LaunchTemplate,
    auto_scaling_group::AutoScalingGroup,
    scaling_policy::ScalingPolicy,
    load_balancer::LoadBalancer,
    listener::Listener,
    target_group::TargetGroup,
    hosted_zone::HostedZone,
    record_set::RecordSet,
    certificate::Certificate,
    volume::Volume,
    snapshot::Snapshot,
    network_interface::NetworkInterface,
    vpc_peering::VpcPeering,
    transit_gateway_attachment::TransitGatewayAttachment,
    transit_gateway_route_table::TransitGatewayRouteTable,
    transit_gateway_peering::TransitGatewayPeering,
    vpn_gateway::VpnGateway,
    customer_gateway::CustomerGateway,
    vpn_connection::VpnConnection,
    vpc_endpoint::VpcEndpoint,
    prefix_list::PrefixList,
    distribution::Distribution,
    s3_bucket::S3Bucket,
    db_instance::DbInstance,
    db_subnet_group::DbSubnetGroup,
    dynamodb_table::DynamodbTable,
    code_pipeline::CodePipeline,
    code_build_project::CodeBuildProject,
    code_deploy_group::CodeDeployGroup,
    ecr_repository::EcrRepository,
    ecs_cluster::EcsCluster,
    task_definition::TaskDefinition,
    ecs_service::EcsService,
    lambda_function::LambdaFunction,
    api_gateway::ApiGateway,
    log_group::LogGroup,
    alarm::Alarm,
    dashboard::Dashboard,
    ssm_parameter::SsmParameter,
    cloudformation_resource::CloudformationResource,
}
