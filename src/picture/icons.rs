//! One glyph and one colour for every kind: our own drawings in the visual language of AWS's architecture diagrams.
//!
//! A glyph is one SVG path in a box of 24 by 24, drawn as a stroke (white, on a square of the colour). A drawing places it by rewriting its
//! numbers ([`relative`](super::glyph::relative)), so it may hold the commands M, L, H, V, C, Q, A and Z and their relative forms, with spaces or signs between numbers.

use crate::catalog::Kind;

/// The colours of squares: those of AWS's categories, and of the frames that are no category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tint {
    /// Who is outside.
    Outside,
    /// Regions and zones.
    Zone,
    /// Private subnets.
    Private,
    /// Networking.
    Network,
    /// Security and identity.
    Security,
    /// Compute and containers.
    Compute,
    /// Storage.
    Storage,
    /// Databases and tools for developers.
    Database,
    /// Management.
    Management,
}

impl Tint {
    /// Its name in style sheets.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Zone => "zone",
            Self::Private => "private",
            Self::Network => "network",
            Self::Security => "security",
            Self::Compute => "compute",
            Self::Storage => "storage",
            Self::Database => "database",
            Self::Management => "management",
        }
    }
}

/// How a kind looks.
#[derive(Clone, Copy, Debug)]
pub struct Icon {
    /// The path's `d` in a box of 24 by 24.
    pub path: &'static str,
    /// The colour of its square.
    pub tint: Tint,
}

/// The glyph of a public subnet; that of the kind is closed.
const OPEN_LOCK: &str = "M6 11H18V20H6ZM8.5 11V7.5A3.5 3.5 0 0 1 15.2 6.2M12 14.5V17";

/// The glyph of a kind; a subnet that is public shows an open lock.
pub const fn glyph_of(kind: Kind, public: bool) -> &'static str {
    if public { OPEN_LOCK } else { icon(kind).path }
}

/// The icon of a kind.
pub const fn icon(kind: Kind) -> &'static Icon {
    match kind {
        Kind::Internet => &INTERNET,
        Kind::Laptop => &LAPTOP,
        Kind::Region => &REGION,
        Kind::Zone => &ZONE,
        Kind::Vpc => &VPC,
        Kind::Subnet => &SUBNET,
        Kind::InternetGateway => &INTERNET_GATEWAY,
        Kind::NatGateway => &NAT_GATEWAY,
        Kind::ElasticIp => &ELASTIC_IP,
        Kind::RouteTable => &ROUTE_TABLE,
        Kind::NetworkAcl => &NETWORK_ACL,
        Kind::SecurityGroup => &SECURITY_GROUP,
        Kind::KeyPair => &KEY_PAIR,
        Kind::IamUser => &IAM_USER,
        Kind::IamGroup => &IAM_GROUP,
        Kind::IamRole => &IAM_ROLE,
        Kind::IamPolicy => &IAM_POLICY,
        Kind::InstanceProfile => &INSTANCE_PROFILE,
        Kind::Instance => &INSTANCE,
        Kind::MachineImage => &MACHINE_IMAGE,
        Kind::LaunchTemplate => &LAUNCH_TEMPLATE,
        Kind::AutoScalingGroup => &AUTO_SCALING_GROUP,
        Kind::ScalingPolicy => &SCALING_POLICY,
        Kind::ScheduledAction => &SCHEDULED_ACTION,
        Kind::LoadBalancer => &LOAD_BALANCER,
        Kind::Listener => &LISTENER,
        Kind::TargetGroup => &TARGET_GROUP,
        Kind::HostedZone => &HOSTED_ZONE,
        Kind::RecordSet => &RECORD_SET,
        Kind::Certificate => &CERTIFICATE,
        Kind::Volume => &VOLUME,
        Kind::Snapshot => &SNAPSHOT,
        Kind::NetworkInterface => &NETWORK_INTERFACE,
        Kind::VpcPeering => &VPC_PEERING,
        Kind::VpcEndpoint => &VPC_ENDPOINT,
        Kind::TransitGateway => &TRANSIT_GATEWAY,
        Kind::TransitGatewayAttachment => &TRANSIT_GATEWAY_ATTACHMENT,
        Kind::TransitGatewayRouteTable => &TRANSIT_GATEWAY_ROUTE_TABLE,
        Kind::TransitGatewayPeering => &TRANSIT_GATEWAY_PEERING,
        Kind::VpnGateway => &VPN_GATEWAY,
        Kind::CustomerGateway => &CUSTOMER_GATEWAY,
        Kind::VpnConnection => &VPN_CONNECTION,
        Kind::PrefixList => &PREFIX_LIST,
        Kind::CloudformationResource => &CLOUDFORMATION_RESOURCE,
        Kind::Distribution => &DISTRIBUTION,
        Kind::S3Bucket => &S3_BUCKET,
        Kind::DbInstance => &DB_INSTANCE,
        Kind::DbSubnetGroup => &DB_SUBNET_GROUP,
        Kind::DynamodbTable => &DYNAMODB_TABLE,
        Kind::CodePipeline => &CODE_PIPELINE,
        Kind::CodeBuildProject => &CODE_BUILD_PROJECT,
        Kind::CodeDeployApplication => &CODE_DEPLOY_APPLICATION,
        Kind::CodeDeployGroup => &CODE_DEPLOY_GROUP,
        Kind::EcrRepository => &ECR_REPOSITORY,
        Kind::EcsCluster => &ECS_CLUSTER,
        Kind::TaskDefinition => &TASK_DEFINITION,
        Kind::EcsService => &ECS_SERVICE,
        Kind::LambdaFunction => &LAMBDA_FUNCTION,
        Kind::ApiGateway => &API_GATEWAY,
        Kind::LogGroup => &LOG_GROUP,
        Kind::Alarm => &ALARM,
        Kind::Dashboard => &DASHBOARD,
        Kind::SsmParameter => &SSM_PARAMETER,
    }
}

const fn drawn(tint: Tint, path: &'static str) -> Icon {
    Icon { path, tint }
}

/// A globe.
static INTERNET: Icon = drawn(
    Tint::Outside,
    "M3 12A9 9 0 1 0 21 12A9 9 0 1 0 3 12ZM12 3C6.5 8 6.5 16 12 21C17.5 16 17.5 8 12 3ZM3.6 9H20.4M3.6 15H20.4",
);
/// A laptop.
static LAPTOP: Icon = drawn(Tint::Outside, "M5 5.5H19V15.5H5ZM2.5 19.5H21.5L19 15.5H5Z");
/// A flag.
static REGION: Icon = drawn(Tint::Zone, "M6 21V4H18L15.3 8L18 12H6");
/// Two racks of a data centre.
static ZONE: Icon = drawn(
    Tint::Zone,
    "M4.5 4.5H19.5V10.5H4.5ZM4.5 13.5H19.5V19.5H4.5ZM7.5 7.5H8.5M12 7.5H16.5M7.5 16.5H8.5M12 16.5H16.5",
);
/// A cloud.
static VPC: Icon = drawn(Tint::Network, "M7 18.5A4.3 4.3 0 0 1 6.4 9.9A5.9 5.9 0 0 1 17.6 9.9A4.3 4.3 0 0 1 17 18.5Z");
/// A closed lock.
static SUBNET: Icon = drawn(Tint::Private, "M6 11H18V20H6ZM8.5 11V8A3.5 3.5 0 0 1 15.5 8V11M12 14.5V17");
/// A gate with traffic both ways.
static INTERNET_GATEWAY: Icon = drawn(
    Tint::Network,
    "M3.5 20.5V12A8.5 8.5 0 0 1 20.5 12V20.5M12 8V20.5M8.8 11.2L12 8L15.2 11.2M8.8 17.3L12 20.5L15.2 17.3",
);
/// A wall with one way out.
static NAT_GATEWAY: Icon = drawn(Tint::Network, "M13.5 8.5V4.5H4.5V19.5H13.5V15.5M8.5 12H21M17.3 8.3L21 12L17.3 15.7");
/// A pin on a map.
static ELASTIC_IP: Icon = drawn(
    Tint::Network,
    "M12 21.5C16.2 16.7 18.7 13.4 18.7 9.7A6.7 6.7 0 0 0 5.3 9.7C5.3 13.4 7.8 16.7 12 21.5ZM9.6 9.7A2.4 2.4 0 1 0 14.4 9.7A2.4 2.4 0 1 0 9.6 9.7Z",
);
/// Rows, one of which points somewhere.
static ROUTE_TABLE: Icon = drawn(
    Tint::Network,
    "M3.5 4.5H20.5V19.5H3.5ZM3.5 9.5H20.5M9 9.5V19.5M11.7 14.5H17.7M15.4 12.2L17.7 14.5L15.4 16.8",
);
/// A list of what may pass and what may not.
static NETWORK_ACL: Icon = drawn(
    Tint::Security,
    "M4.5 3.5H19.5V20.5H4.5ZM7.3 8.6L8.8 10.1L11.4 7M13.8 8.6H16.8M7.6 14L11 17.4M11 14L7.6 17.4M13.8 15.7H16.8",
);
/// A shield.
static SECURITY_GROUP: Icon = drawn(
    Tint::Security,
    "M12 2.8L19.8 5.7V11.3C19.8 16 16.7 19.4 12 21.4C7.3 19.4 4.2 16 4.2 11.3V5.7ZM8.5 11.8L11.1 14.4L15.6 9.7",
);
/// A key.
static KEY_PAIR: Icon = drawn(
    Tint::Security,
    "M3.5 15.8A4.4 4.4 0 1 0 12.3 15.8A4.4 4.4 0 1 0 3.5 15.8ZM11 12.7L19.7 4M14.8 8.9L17.6 11.7M17.6 6.1L20.2 8.7",
);
/// A person.
static IAM_USER: Icon = drawn(
    Tint::Security,
    "M8.2 8A3.8 3.8 0 1 0 15.8 8A3.8 3.8 0 1 0 8.2 8ZM4.5 20.5C4.5 15.8 7.6 13.8 12 13.8C16.4 13.8 19.5 15.8 19.5 20.5Z",
);
/// Two people.
static IAM_GROUP: Icon = drawn(
    Tint::Security,
    "M5.4 8.2A3.1 3.1 0 1 0 11.6 8.2A3.1 3.1 0 1 0 5.4 8.2ZM2.5 19.5C2.5 15.4 5 13.6 8.5 13.6C12 13.6 14.5 15.4 14.5 19.5ZM13.2 5.6A3.1 3.1 0 1 1 14.6 11.2M16.4 13.8C19.7 14.2 21.5 16 21.5 19.5H17.3",
);
/// A hard hat, as AWS draws it: a part that is put on.
static IAM_ROLE: Icon = drawn(
    Tint::Security,
    "M3 17.5H21V20H3ZM5 17.5V14.5A7 7 0 0 1 9.5 8M14.5 8A7 7 0 0 1 19 14.5V17.5M9.5 13V5.5H14.5V13",
);
/// A document with rows that are allowed.
static IAM_POLICY: Icon =
    drawn(Tint::Security, "M5.5 3H18.5V21H5.5ZM8.3 8.4L9.6 9.7L11.8 7M14 8.4H16M8.3 14.4L9.6 15.7L11.8 13M14 14.4H16");
/// A hat on a chip.
static INSTANCE_PROFILE: Icon =
    drawn(Tint::Security, "M6.5 12.5H17.5V21H6.5ZM3.5 9.5H20.5M6.5 9.5A5.5 5.5 0 0 1 17.5 9.5M10.5 15.5H13.5V18H10.5Z");
/// A chip with a copy behind it.
static MACHINE_IMAGE: Icon =
    drawn(Tint::Compute, "M8 8H20V20H8ZM11.5 11.5H16.5V16.5H11.5ZM16 8V4H4V16H8M14 3V4M10 3V4M3 10H4M3 14H4");
/// A page from which a chip is launched.
static LAUNCH_TEMPLATE: Icon = drawn(
    Tint::Compute,
    "M5.5 3H14.5L18.5 7V21H5.5ZM14.5 3V7H18.5M8.5 12H15.5V17H8.5ZM10.5 10V12M13.5 10V12M10.5 17V18.7M13.5 17V18.7",
);
/// A chip that grows to all sides.
static AUTO_SCALING_GROUP: Icon = drawn(
    Tint::Compute,
    "M8.5 8.5H15.5V15.5H8.5ZM12 6.5V2.5M10 4.5L12 2.5L14 4.5M12 17.5V21.5M10 19.5L12 21.5L14 19.5M6.5 12H2.5M4.5 10L2.5 12L4.5 14M17.5 12H21.5M19.5 10L21.5 12L19.5 14",
);
/// A rising line under a target.
static SCALING_POLICY: Icon =
    drawn(Tint::Compute, "M3.5 3.5V20.5H20.5M3.5 8H20.5M6.5 17L10.5 12.5L13.5 14.5L19 9.5M15.8 9.5H19V12.7");
/// A clock.
static SCHEDULED_ACTION: Icon = drawn(Tint::Compute, "M3 12A9 9 0 1 0 21 12A9 9 0 1 0 3 12ZM12 6.5V12L16 14.3");
/// A disk.
static VOLUME: Icon = drawn(
    Tint::Storage,
    "M4.5 6.5A7.5 3 0 1 0 19.5 6.5A7.5 3 0 1 0 4.5 6.5ZM4.5 6.5V17.5A7.5 3 0 0 0 19.5 17.5V6.5M4.5 12A7.5 3 0 0 0 19.5 12",
);
/// A disk in a camera's view.
static SNAPSHOT: Icon = drawn(
    Tint::Storage,
    "M3.5 8V3.5H8M16 3.5H20.5V8M20.5 16V20.5H16M8 20.5H3.5V16M7 9A5 2 0 1 0 17 9A5 2 0 1 0 7 9ZM7 9V15A5 2 0 0 0 17 15V9",
);
/// A chip.
static INSTANCE: Icon = drawn(
    Tint::Compute,
    "M6.5 6.5H17.5V17.5H6.5ZM10 10H14V14H10ZM9.5 3V6.5M14.5 3V6.5M9.5 17.5V21M14.5 17.5V21M3 9.5H6.5M3 14.5H6.5M17.5 9.5H21M17.5 14.5H21",
);
/// One in, three out.
static LOAD_BALANCER: Icon = drawn(
    Tint::Network,
    "M2.5 12A2.8 2.8 0 1 0 8.1 12A2.8 2.8 0 1 0 2.5 12ZM8.1 12H17M12.2 12V5.5H17M12.2 12V18.5H17M17 5.5A2 2 0 1 0 21 5.5A2 2 0 1 0 17 5.5ZM17 12A2 2 0 1 0 21 12A2 2 0 1 0 17 12ZM17 18.5A2 2 0 1 0 21 18.5A2 2 0 1 0 17 18.5Z",
);
/// A mast that listens.
static LISTENER: Icon =
    drawn(Tint::Network, "M3.5 12.5A8.5 8.5 0 0 1 20.5 12.5M7.3 12.5A4.7 4.7 0 0 1 16.7 12.5M12 12V20.5M8 20.5H16");
/// A target.
static TARGET_GROUP: Icon = drawn(
    Tint::Network,
    "M3 12A9 9 0 1 0 21 12A9 9 0 1 0 3 12ZM7 12A5 5 0 1 0 17 12A5 5 0 1 0 7 12ZM11.2 12A0.8 0.8 0 1 0 12.8 12A0.8 0.8 0 1 0 11.2 12Z",
);
/// A road sign with the port of DNS on it.
static HOSTED_ZONE: Icon = drawn(
    Tint::Network,
    "M12 2.8C14.3 4.2 16.8 4.6 19.3 4.2C21.3 11.5 19.3 17.2 12 21.4C4.7 17.2 2.7 11.5 4.7 4.2C7.2 4.6 9.7 4.2 12 2.8ZM11 8.3H8L7.7 11.2C9.6 10.5 11.3 11.2 11.2 13C11 15 8.9 15.5 7.5 14.3M13.2 8.3H16.4L14.6 10.8C16.2 10.8 17 11.9 16.7 13.2C16.3 14.9 14.3 15.3 13 14.2",
);
/// A page of entries.
static RECORD_SET: Icon =
    drawn(Tint::Network, "M5.5 3H14.5L18.5 7V21H5.5ZM14.5 3V7H18.5M8.8 11H15.2M8.8 14.2H15.2M8.8 17.4H12.2");
/// A document with a seal.
static CERTIFICATE: Icon = drawn(
    Tint::Security,
    "M9 17H3.5V4.5H20.5V17H19M7 8.3H17M7 11.8H10M11 13.8A3.2 3.2 0 1 0 17.4 13.8A3.2 3.2 0 1 0 11 13.8ZM12 16.5V21.3L14.2 19.7L16.4 21.3V16.5",
);
/// A network card with its contacts.
static NETWORK_INTERFACE: Icon = drawn(
    Tint::Network,
    "M4 5.5H20V15.5H4ZM7.5 15.5V19M10.5 15.5V19M13.5 15.5V19M16.5 15.5V19M7.5 9H12.5V12H7.5ZM16 9V12",
);
/// Two clouds joined.
static VPC_PEERING: Icon = drawn(
    Tint::Network,
    "M2.5 12A4 4 0 1 0 10.5 12A4 4 0 1 0 2.5 12ZM13.5 12A4 4 0 1 0 21.5 12A4 4 0 1 0 13.5 12ZM10.5 12H13.5M6.5 5V3.5H17.5V5M6.5 19V20.5H17.5V19",
);
/// A hub with spokes.
static TRANSIT_GATEWAY: Icon = drawn(
    Tint::Network,
    "M8.5 12A3.5 3.5 0 1 0 15.5 12A3.5 3.5 0 1 0 8.5 12ZM12 8.5V3M12 15.5V21M8.5 12H3M15.5 12H21M10 4.5L12 2.5L14 4.5M10 19.5L12 21.5L14 19.5M4.5 10L2.5 12L4.5 14M19.5 10L21.5 12L19.5 14",
);
/// A cloud's edge with a line to a hub.
static TRANSIT_GATEWAY_ATTACHMENT: Icon = drawn(
    Tint::Network,
    "M3.5 4.5H11.5V19.5H3.5ZM11.5 12H15M15 12A3 3 0 1 0 21 12A3 3 0 1 0 15 12ZM6 8.5H9M6 12H9M6 15.5H9",
);
/// A hub above rows.
static TRANSIT_GATEWAY_ROUTE_TABLE: Icon = drawn(
    Tint::Network,
    "M4 11H20V21H4ZM4 16H20M10 11V21M9 5.5A3 3 0 1 0 15 5.5A3 3 0 1 0 9 5.5ZM3.5 5.5H9M15 5.5H20.5",
);
/// Two hubs joined.
static TRANSIT_GATEWAY_PEERING: Icon = drawn(
    Tint::Network,
    "M3.5 12A3 3 0 1 0 9.5 12A3 3 0 1 0 3.5 12ZM14.5 12A3 3 0 1 0 20.5 12A3 3 0 1 0 14.5 12ZM9.5 12H14.5M6.5 9V5M6.5 15V19M17.5 9V5M17.5 15V19",
);
/// A gate with a lock.
static VPN_GATEWAY: Icon =
    drawn(Tint::Network, "M4 20V8A8 6 0 0 1 20 8V20M2.5 20H21.5M9 13H15V18H9ZM10.3 13V11.2A1.7 1.7 0 0 1 13.7 11.2V13");
/// A building.
static CUSTOMER_GATEWAY: Icon = drawn(
    Tint::Outside,
    "M3.5 20.5V9.5L9.5 6V20.5M9.5 10.5L20.5 13V20.5M2.5 20.5H21.5M5.8 12H7.2M5.8 15.5H7.2M12.5 15H14M16.5 15H18M12.5 17.8H14M16.5 17.8H18",
);
/// A tunnel with a lock.
static VPN_CONNECTION: Icon = drawn(
    Tint::Network,
    "M2.5 9H7M17 9H21.5M2.5 16H7M17 16H21.5M8 11H16V18H8ZM9.7 11V8.3A2.3 2.3 0 0 1 14.3 8.3V11M12 13.7V15.5",
);
/// A plug.
static VPC_ENDPOINT: Icon =
    drawn(Tint::Network, "M3 12H7.5M7.5 7H11.5A5 5 0 0 1 11.5 17H7.5ZM16.5 9.5H20.5M16.5 14.5H20.5M10 9.5V14.5");
/// Blocks under a bracket.
static PREFIX_LIST: Icon = drawn(Tint::Security, "M7 4H4V20H7M17 4H20V20H17M8.5 8H15.5M8.5 12H15.5M8.5 16H12.5");
/// Braces around a dot.
static CLOUDFORMATION_RESOURCE: Icon = drawn(
    Tint::Network,
    "M9.5 4H8.5A2 2 0 0 0 6.5 6V9.5L4.5 12L6.5 14.5V18A2 2 0 0 0 8.5 20H9.5M14.5 4H15.5A2 2 0 0 1 17.5 6V9.5L19.5 12L17.5 14.5V18A2 2 0 0 1 15.5 20H14.5M11 12A1 1 0 1 0 13 12A1 1 0 1 0 11 12Z",
);
/// A globe with points at its edge.
static DISTRIBUTION: Icon = drawn(
    Tint::Network,
    "M5 12A7 7 0 1 0 19 12A7 7 0 1 0 5 12ZM5 12H19M12 5C8.5 9 8.5 15 12 19C15.5 15 15.5 9 12 5ZM3 4.5A1.5 1.5 0 1 0 6 4.5A1.5 1.5 0 1 0 3 4.5ZM18 4.5A1.5 1.5 0 1 0 21 4.5A1.5 1.5 0 1 0 18 4.5ZM3 19.5A1.5 1.5 0 1 0 6 19.5A1.5 1.5 0 1 0 3 19.5ZM18 19.5A1.5 1.5 0 1 0 21 19.5A1.5 1.5 0 1 0 18 19.5Z",
);
/// A bucket.
static S3_BUCKET: Icon = drawn(
    Tint::Storage,
    "M4 6A8 2.6 0 1 0 20 6A8 2.6 0 1 0 4 6ZM4 6L6.3 19.2A6 2.2 0 0 0 17.7 19.2L20 6M8 12.5H16M8.6 16H15.4",
);
/// A drum.
static DB_INSTANCE: Icon = drawn(
    Tint::Database,
    "M4.5 5.8A7.5 2.8 0 1 0 19.5 5.8A7.5 2.8 0 1 0 4.5 5.8ZM4.5 5.8V18.2A7.5 2.8 0 0 0 19.5 18.2V5.8M4.5 12A7.5 2.8 0 0 0 19.5 12",
);
/// A drum within a frame.
static DB_SUBNET_GROUP: Icon = drawn(
    Tint::Database,
    "M3 7V3H7M17 3H21V7M21 17V21H17M7 21H3V17M7.5 8.2A4.5 1.8 0 1 0 16.5 8.2A4.5 1.8 0 1 0 7.5 8.2ZM7.5 8.2V15.8A4.5 1.8 0 0 0 16.5 15.8V8.2M7.5 12A4.5 1.8 0 0 0 16.5 12",
);
/// A table with a flash over it.
static DYNAMODB_TABLE: Icon = drawn(
    Tint::Database,
    "M3.5 4.5H20.5V10M3.5 4.5V19.5H10M3.5 9.5H12M9 4.5V19.5M17 10.5L12.5 16.5H16L14.5 21.5L20 14.5H16.5Z",
);
/// Three stages in a row.
static CODE_PIPELINE: Icon = drawn(
    Tint::Database,
    "M2.5 9H7.5V15H2.5ZM9.8 9H14.8V15H9.8ZM17 9H21.5V15H17ZM7.5 12H9.8M14.8 12H17M5 5.5H19M16.6 3.2L19 5.5L16.6 7.8",
);
/// Blocks being stacked.
static CODE_BUILD_PROJECT: Icon = drawn(
    Tint::Database,
    "M3.5 14H11.5V20.5H3.5ZM12.5 14H20.5V20.5H12.5ZM8 6.5H16V13H8ZM12 2.5V6.5M10 4.6L12 6.5L14 4.6",
);
/// A parcel.
static CODE_DEPLOY_APPLICATION: Icon =
    drawn(Tint::Database, "M4 8L12 3.5L20 8V16.5L12 21L4 16.5ZM4 8L12 12.5L20 8M12 12.5V21M8 5.8L16 10.2");
/// A parcel on its way to servers.
static CODE_DEPLOY_GROUP: Icon = drawn(
    Tint::Database,
    "M3 9.5H10V16.5H3ZM6.5 9.5V13M10 13H13.5M13.5 13V6.5H16.5M13.5 13V19.5H16.5M13.5 13H16.5M16.5 4.5H21V8.5H16.5ZM16.5 11H21V15H16.5ZM16.5 17.5H21V21.5H16.5Z",
);
/// A box with its lid and a label.
static ECR_REPOSITORY: Icon =
    drawn(Tint::Compute, "M3.5 8.5H20.5V20H3.5ZM3.5 8.5L6 4H18L20.5 8.5M12 4V8.5M7 12.5H13M7 16H10.5");
/// Boxes in a hexagon.
static ECS_CLUSTER: Icon = drawn(
    Tint::Compute,
    "M12 2.5L20.5 7.2V16.8L12 21.5L3.5 16.8V7.2ZM8 8.5H11.3V11.8H8ZM12.7 8.5H16V11.8H12.7ZM8 13.2H11.3V16.5H8ZM12.7 13.2H16V16.5H12.7Z",
);
/// A plan with a box on it.
static TASK_DEFINITION: Icon = drawn(
    Tint::Compute,
    "M5 3H15.5L19 6.5V21H5ZM15.5 3V6.5H19M8 10.5L12 8.5L16 10.5V15.5L12 17.5L8 15.5ZM8 10.5L12 12.5L16 10.5M12 12.5V17.5",
);
/// Boxes that go round.
static ECS_SERVICE: Icon = drawn(
    Tint::Compute,
    "M9 9H15V15H9ZM4.5 12A7.5 7.5 0 0 1 17.3 6.7M19.5 12A7.5 7.5 0 0 1 6.7 17.3M17.5 3.2V6.9H13.8M6.5 20.8V17.1H10.2",
);
/// The letter lambda.
static LAMBDA_FUNCTION: Icon = drawn(Tint::Compute, "M6.5 3.5H9.5L17 20H20M11.6 8.6L6.5 20H3.5");
/// Brackets around a way through.
static API_GATEWAY: Icon =
    drawn(Tint::Network, "M7.5 5L3 12L7.5 19M16.5 5L21 12L16.5 19M8 12H16M13.2 9.2L16 12L13.2 14.8");
/// A scroll of lines.
static LOG_GROUP: Icon = drawn(
    Tint::Management,
    "M6.5 3.5H19.5V17.5M6.5 3.5V17.5M4 17.5H17V20.5H6.5A2.5 2.5 0 0 1 4 18ZM9.5 7.5H16.5M9.5 10.8H16.5M9.5 14H13.5",
);
/// A bell.
static ALARM: Icon = drawn(
    Tint::Management,
    "M5 17.5H19L17.3 14.8V10.3A5.3 5.3 0 0 0 6.7 10.3V14.8ZM10 17.5A2 2 0 0 0 14 17.5M12 5V3M3.5 8.5L4.8 6.3M20.5 8.5L19.2 6.3",
);
/// A page of graphs.
static DASHBOARD: Icon = drawn(
    Tint::Management,
    "M3.5 4.5H20.5V19.5H3.5ZM3.5 12H20.5M12 4.5V12M5.5 9.8L7.3 7.5L8.7 8.8L10.3 6.7M14.5 10V8.5M17.5 10V6.7M6 17L9.5 14.5L13 16.5L18 14",
);
/// A slip with a value on it.
static SSM_PARAMETER: Icon =
    drawn(Tint::Management, "M4 4.5H20V19.5H4ZM7 8.5H10M7 12H10M7 15.5H10M13 8.5H17M13 12H15.5M13 15.5H17");
