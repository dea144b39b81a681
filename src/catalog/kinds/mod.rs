//! The list of kinds. Each is one file here: a `mod` line (rustfmt follows no other), its place in the list below, and a glyph in
//! `app/icons/mod.rs`.

mod alarm;
mod api_gateway;
mod auto_scaling_group;
mod certificate;
mod cloudformation_resource;
mod code_build_project;
mod code_deploy_application;
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
mod internet;
mod internet_gateway;
mod key_pair;
mod lambda_function;
mod laptop;
mod launch_template;
mod listener;
mod load_balancer;
mod log_group;
mod machine_image;
mod nat_gateway;
mod network_acl;
mod network_interface;
mod prefix_list;
mod record_set;
mod region;
mod route_table;
mod s3_bucket;
mod scaling_policy;
mod scheduled_action;
mod security_group;
mod snapshot;
mod ssm_parameter;
mod subnet;
mod target_group;
mod task_definition;
mod transit_gateway;
mod transit_gateway_attachment;
mod transit_gateway_peering;
mod transit_gateway_route_table;
mod volume;
mod vpc;
mod vpc_endpoint;
mod vpc_peering;
mod vpn_connection;
mod vpn_gateway;
mod zone;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::field::Meta;
use super::kind::Kind;
use super::resource::{Resource, Spec};
use super::value::Value;
use crate::id::NodeId;
use crate::text::{Message, Text};

/// A kind's struct that can be looked for in a [`Body`].
pub trait Held: Resource {
    /// The struct inside, if the body is of this kind.
    fn of(body: &Body) -> Option<&Self>;
}

/// The list: hands every kind, by its module and its struct, to a macro.
macro_rules! every_kind {
    ($to:ident) => {
        $to! {
            internet::Internet,
            laptop::Laptop,
            region::Region,
            zone::Zone,
            vpc::Vpc,
            subnet::Subnet,
            internet_gateway::InternetGateway,
            nat_gateway::NatGateway,
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
            scheduled_action::ScheduledAction,
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
            transit_gateway::TransitGateway,
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
            code_deploy_application::CodeDeployApplication,
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
    };
}

macro_rules! kinds {
    ($($module:ident :: $kind:ident),* $(,)?) => {
        $(pub use $module::*;)*

        /// A resource of any kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body {
            $(#[doc = concat!("A [`", stringify!($kind), "`](struct@", stringify!($kind), ").")] $kind($kind),)*
        }

        impl Kind {
            /// What is uniform about it.
            pub const fn spec(self) -> &'static Spec {
                match self { $(Self::$kind => const { &<$kind as Resource>::SPEC },)* }
            }

            /// What it is and what it is for.
            pub const fn summary(self) -> Text {
                match self { $(Self::$kind => <$kind as Resource>::SUMMARY,)* }
            }

            /// The AWS page it follows.
            pub const fn source(self) -> &'static str {
                match self { $(Self::$kind => <$kind as Resource>::SOURCE,)* }
            }

            /// Its field table.
            pub fn fields(self) -> Vec<&'static Meta> {
                match self { $(Self::$kind => <$kind as Resource>::FIELDS.iter().map(|field| &field.meta).collect(),)* }
            }

            /// See [`Resource::ATTRIBUTE`].
            pub const fn attribute(self) -> Option<&'static str> {
                match self { $(Self::$kind => <$kind as Resource>::ATTRIBUTE,)* }
            }

            /// See [`Resource::OTHER_TYPES`].
            pub const fn other_types(self) -> &'static [&'static str] {
                match self { $(Self::$kind => <$kind as Resource>::OTHER_TYPES,)* }
            }

            /// See [`Resource::bare`].
            pub fn bare_body(self) -> Body {
                match self { $(Self::$kind => Body::$kind(<$kind as Resource>::bare()),)* }
            }

            /// A new one, valid as it is.
            pub fn new_body(self) -> Body {
                match self { $(Self::$kind => Body::$kind($kind::default()),)* }
            }
        }

        impl Body {
            /// Which kind it is.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)* }
            }

            /// A property by field id; `None` if the kind has no such field.
            pub fn value(&self, field: &str) -> Option<Value> {
                match self { $(Self::$kind(of) => $kind::FIELDS.iter().find(|f| f.meta.id == field).map(|f| (f.get)(of)),)* }
            }

            /// Writes a property.
            ///
            /// # Errors
            /// Why the value does not fit; the old one stays.
            pub fn set(&mut self, field: &str, value: &Value) -> Result<(), Message> {
                match self {
                    $(Self::$kind(of) => match $kind::FIELDS.iter().find(|f| f.meta.id == field) {
                        Some(f) => (f.set)(of, value),
                        None => Err(no_such_field(field, Kind::$kind)),
                    },)*
                }
            }

            /// The fields that apply to it as it is now.
            pub fn fields(&self) -> Vec<&'static Meta> {
                match self {
                    $(Self::$kind(of) => $kind::FIELDS.iter().filter(|f| (f.applies)(of)).map(|f| &f.meta).collect(),)*
                }
            }

            /// See [`Resource::connect_row`].
            pub fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
                match self { $(Self::$kind(of) => of.connect_row(to, other),)* }
            }

            /// See [`Resource::connect`].
            pub fn connect(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
                match self { $(Self::$kind(of) => of.connect(to, other),)* }
            }

            /// See [`Resource::is_deployed`].
            pub fn is_deployed(&self) -> bool {
                match self { $(Self::$kind(of) => of.is_deployed(),)* }
            }

            /// See [`Resource::caption`].
            pub fn caption(&self) -> Option<String> {
                match self { $(Self::$kind(of) => of.caption(),)* }
            }
        }

        $(impl Held for $kind {
            fn of(body: &Body) -> Option<&Self> {
                match body {
                    Body::$kind(of) => Some(of),
                    _ => None,
                }
            }
        }

        impl From<$kind> for Body {
            fn from(of: $kind) -> Self {
                Self::$kind(of)
            }
        })*
    };
}

every_kind!(kinds);

/// The kinds of the list that become resources of a template.
#[expect(clippy::indexing_slicing, reason = "a constant: the compiler itself checks the bounds")]
const fn deployed<const N: usize>() -> [Kind; N] {
    let mut found = [Kind::CloudformationResource; N];
    let (mut from, mut to) = (0, 0);
    while from < Kind::ALL.len() && to < N {
        if is_type(Kind::ALL[from]) {
            found[to] = Kind::ALL[from];
            to += 1;
        }
        from += 1;
    }
    found
}

const fn is_type(kind: Kind) -> bool {
    matches!(kind, Kind::CloudformationResource) || !kind.spec().cloudformation_type.is_empty()
}

#[expect(clippy::indexing_slicing, reason = "a constant: the compiler itself checks the bounds")]
const fn count_deployed() -> usize {
    let (mut at, mut count) = (0, 0);
    while at < Kind::ALL.len() {
        count += is_type(Kind::ALL[at]) as usize;
        at += 1;
    }
    count
}

impl Kind {
    /// The kinds that become resources of a template.
    pub const DEPLOYED: &'static [Self] = &const { deployed::<{ count_deployed() }>() };

    /// Whether it is a place that others stand in: a region, a network or a part of one.
    pub const fn is_place(self) -> bool {
        matches!(self, Self::Region | Self::Vpc | Self::Zone | Self::Subnet)
    }

    /// A kind by the type of its resources in templates.
    pub fn from_type(type_name: &str) -> Option<Self> {
        static TYPES: LazyLock<BTreeMap<&'static str, Kind>> = LazyLock::new(|| {
            let types = |kind: &Kind| {
                let all = std::iter::once(&kind.spec().cloudformation_type).chain(kind.other_types());
                all.map(|name| (*name, *kind)).collect::<Vec<_>>()
            };
            Kind::ALL.iter().flat_map(types).filter(|(name, _)| !name.is_empty()).collect()
        });
        TYPES.get(type_name).copied()
    }

    /// A kind by its [`Spec::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.spec().id == id)
    }

    /// The ids of the fields through which it can refer to other nodes, table columns included.
    pub fn reference_fields(self) -> impl Iterator<Item = &'static str> {
        self.references().iter().map(|(field, _)| *field)
    }

    /// The kinds that a field may refer to, through its columns too.
    pub fn reference_kinds(self, field: &str) -> &'static [Self] {
        self.references().iter().find(|(id, _)| *id == field).map_or(&[], |(_, kinds)| kinds)
    }

    /// Every walk over references asks this for every node, so the field tables are searched once.
    fn references(self) -> &'static [(&'static str, Vec<Self>)] {
        static REFERENCES: LazyLock<BTreeMap<Kind, References>> = LazyLock::new(|| {
            let of = |kind: Kind| {
                let fields = kind.fields().into_iter().map(|meta| (meta.id, kinds_of(meta)));
                fields.filter(|(_, kinds)| !kinds.is_empty()).collect()
            };
            Kind::ALL.iter().map(|kind| (*kind, of(*kind))).collect()
        });
        REFERENCES.get(&self).map_or(&[], Vec::as_slice)
    }
}

/// Field ids with the kinds they may refer to.
type References = Vec<(&'static str, Vec<Kind>)>;

/// The kinds that a field may refer to, columns of columns included.
fn kinds_of(meta: &Meta) -> Vec<Kind> {
    match meta.widget {
        super::Widget::Table(columns) => columns().iter().flat_map(kinds_of).collect(),
        widget => widget.kinds().to_vec(),
    }
}

fn no_such_field(field: &str, kind: Kind) -> Message {
    let label = kind.spec().label;
    Message::new(
        &format!("{}에는 '{field}' 속성이 없어요.", label.ko),
        format!("{} has no property \"{field}\".", label.en),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_and_field_has_words_in_both_languages_and_its_own_id() {
        let spoken = |text: Text| !text.ko.is_empty() && !text.en.is_empty();
        let mut ids = BTreeSet::new();
        for kind in Kind::ALL {
            let spec = kind.spec();
            assert!(ids.insert(spec.id), "{} twice", spec.id);
            assert!(spoken(spec.label) && spoken(kind.summary()), "{} lacks words", spec.id);
            assert!(kind.source().starts_with("https://docs.aws.amazon.com/"), "{} names no AWS page", spec.id);
            let mut fields = BTreeSet::new();
            for meta in kind.fields() {
                assert!(fields.insert(meta.id), "{}.{} twice", spec.id, meta.id);
                assert!(spoken(meta.label) && spoken(meta.help), "{}.{} lacks words", spec.id, meta.id);
            }
        }
    }

    #[test]
    fn every_field_reads_back_what_it_wrote() {
        for kind in Kind::ALL {
            let body = kind.new_body();
            for meta in kind.fields() {
                let value = body.value(meta.id).unwrap_or_else(|| panic!("{kind:?}.{} cannot be read", meta.id));
                let mut copy = kind.new_body();
                copy.set(meta.id, &value)
                    .unwrap_or_else(|why| panic!("{kind:?}.{} refuses its own default: {why}", meta.id));
                assert_eq!(copy, body, "{kind:?}.{}", meta.id);
            }
        }
    }
}
