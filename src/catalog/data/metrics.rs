//! Metrics of CloudWatch that alarms and dashboards are made of, by the namespace of their service.
//! Follows the pages of each service's metrics under <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html>.

use crate::catalog::{Kind, Suggestion};
use crate::text::Message;

/// The metrics of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// `AWS/EC2`.
    pub name: &'static str,
    /// Dimensions of which a metric needs at least one; the first is the usual one.
    pub dimensions: &'static [&'static str],
    /// Its metrics, the most used first. Not all of them.
    pub metrics: &'static [&'static str],
    /// Further metrics of it that have the name of one of another service.
    pub namesakes: &'static [&'static str],
    /// Which of its metrics there are for all its resources together as well, without a dimension.
    pub together: Together,
}

/// Which metrics of a service need no dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// Each names a resource.
    None,
    /// All of them, over every resource of the region.
    All,
    /// All of them, over the instances with detailed monitoring.
    Monitored,
    /// These.
    Some(&'static [&'static str]),
}

impl Namespace {
    /// Whether it surely has a metric, most used or not.
    pub fn has(&self, metric: &str) -> bool {
        self.metrics.contains(&metric) || self.namesakes.contains(&metric)
    }
}

/// The namespaces of the resources that can be drawn.
pub const NAMESPACES: [Namespace; 12] = [
    Namespace {
        name: "AWS/EC2",
        dimensions: &["InstanceId", "AutoScalingGroupName", "InstanceType", "ImageId"],
        metrics: &[
            "CPUUtilization",
            "NetworkIn",
            "NetworkOut",
            "NetworkPacketsIn",
            "NetworkPacketsOut",
            "StatusCheckFailed",
            "StatusCheckFailed_Instance",
            "StatusCheckFailed_System",
            "CPUCreditBalance",
            "CPUCreditUsage",
            "EBSReadBytes",
            "EBSWriteBytes",
        ],
        namesakes: &[],
        together: Together::Monitored,
    },
    Namespace {
        name: "AWS/ApplicationELB",
        dimensions: &["LoadBalancer", "TargetGroup"],
        metrics: &[
            "RequestCount",
            "TargetResponseTime",
            "HTTPCode_Target_2XX_Count",
            "HTTPCode_Target_4XX_Count",
            "HTTPCode_Target_5XX_Count",
            "HTTPCode_ELB_4XX_Count",
            "HTTPCode_ELB_5XX_Count",
            "HealthyHostCount",
            "UnHealthyHostCount",
            "RequestCountPerTarget",
            "ActiveConnectionCount",
            "RejectedConnectionCount",
            "TargetConnectionErrorCount",
        ],
        namesakes: &["ProcessedBytes", "NewConnectionCount"],
        together: Together::None,
    },
    Namespace {
        name: "AWS/NetworkELB",
        dimensions: &["LoadBalancer", "TargetGroup"],
        metrics: &["ActiveFlowCount", "NewFlowCount", "ProcessedBytes", "HealthyHostCount", "UnHealthyHostCount"],
        namesakes: &[],
        together: Together::None,
    },
    Namespace {
        name: "AWS/ECS",
        dimensions: &["ClusterName", "ServiceName"],
        metrics: &["CPUUtilization", "MemoryUtilization", "CPUReservation", "MemoryReservation"],
        namesakes: &[
            "RequestCount",
            "RequestCountPerTarget",
            "TargetResponseTime",
            "ActiveConnectionCount",
            "NewConnectionCount",
            "ProcessedBytes",
            "HTTPCode_Target_2XX_Count",
            "HTTPCode_Target_4XX_Count",
            "HTTPCode_Target_5XX_Count",
        ],
        together: Together::None,
    },
    Namespace {
        name: "AWS/Lambda",
        dimensions: &["FunctionName", "Resource"],
        metrics: &["Invocations", "Errors", "Duration", "Throttles", "ConcurrentExecutions"],
        namesakes: &[],
        together: Together::All,
    },
    Namespace {
        name: "AWS/ApiGateway",
        dimensions: &["ApiId", "ApiName"],
        metrics: &["Count", "4xx", "5xx", "Latency", "IntegrationLatency", "DataProcessed"],
        namesakes: &[],
        together: Together::None,
    },
    Namespace {
        name: "AWS/NATGateway",
        dimensions: &["NatGatewayId"],
        metrics: &[
            "BytesOutToDestination",
            "BytesInFromSource",
            "ActiveConnectionCount",
            "ErrorPortAllocation",
            "PacketsDropCount",
        ],
        namesakes: &[],
        together: Together::None,
    },
    Namespace {
        name: "AWS/RDS",
        dimensions: &["DBInstanceIdentifier", "DBClusterIdentifier"],
        metrics: &[
            "CPUUtilization",
            "DatabaseConnections",
            "FreeStorageSpace",
            "FreeableMemory",
            "ReadLatency",
            "WriteLatency",
        ],
        namesakes: &["CPUCreditBalance", "CPUCreditUsage"],
        together: Together::All,
    },
    Namespace {
        name: "AWS/DynamoDB",
        dimensions: &["TableName"],
        metrics: &["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ThrottledRequests", "SystemErrors"],
        namesakes: &[],
        together: Together::Some(&[
            "UserErrors",
            "AccountMaxReads",
            "AccountMaxWrites",
            "AccountMaxTableLevelReads",
            "AccountMaxTableLevelWrites",
            "AccountProvisionedReadCapacityUtilization",
            "AccountProvisionedWriteCapacityUtilization",
        ]),
    },
    Namespace {
        name: "AWS/AutoScaling",
        dimensions: &["AutoScalingGroupName"],
        metrics: &["GroupDesiredCapacity", "GroupInServiceInstances", "GroupTotalInstances", "GroupMaxSize"],
        namesakes: &[],
        together: Together::None,
    },
    Namespace {
        name: "AWS/S3",
        dimensions: &["BucketName"],
        metrics: &["BucketSizeBytes", "NumberOfObjects", "AllRequests", "4xxErrors", "5xxErrors"],
        namesakes: &[],
        together: Together::None,
    },
    Namespace {
        name: "AWS/CloudFront",
        dimensions: &["DistributionId"],
        metrics: &["Requests", "BytesDownloaded", "4xxErrorRate", "5xxErrorRate", "TotalErrorRate"],
        namesakes: &[],
        together: Together::None,
    },
];

/// A service's metrics by the namespace's name.
pub fn namespace(name: &str) -> Option<&'static Namespace> {
    NAMESPACES.iter().find(|namespace| namespace.name == name)
}

/// The dimension by which metrics name a resource of a kind.
pub const fn dimension_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Instance => "InstanceId",
        Kind::LoadBalancer => "LoadBalancer",
        Kind::TargetGroup => "TargetGroup",
        Kind::NatGateway => "NatGatewayId",
        Kind::EcsCluster => "ClusterName",
        Kind::EcsService => "ServiceName",
        Kind::LambdaFunction => "FunctionName",
        Kind::ApiGateway => "ApiId",
        Kind::AutoScalingGroup => "AutoScalingGroupName",
        Kind::DbInstance => "DBInstanceIdentifier",
        Kind::DynamodbTable => "TableName",
        Kind::S3Bucket => "BucketName",
        Kind::Distribution => "DistributionId",
        _ => return None,
    })
}

fn plain(value: &str) -> Suggestion {
    Suggestion { value: value.to_owned(), label: Message::plain(value) }
}

/// The namespaces as a form proposes them.
pub fn namespaces() -> Vec<Suggestion> {
    NAMESPACES.iter().map(|namespace| plain(namespace.name)).collect()
}

/// Every metric as a form proposes it, with the namespaces that have it.
pub fn metric_names() -> Vec<Suggestion> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for namespace in &NAMESPACES {
        for metric in namespace.metrics {
            match found.iter_mut().find(|(name, _)| name == metric) {
                Some((_, homes)) => homes.push(namespace.name),
                None => found.push((metric, vec![namespace.name])),
            }
        }
    }
    let label = |homes: &[&str]| Message::plain(homes.join(", "));
    found.iter().map(|(name, homes)| Suggestion { value: (*name).to_owned(), label: label(homes) }).collect()
}

/// Every dimension as a form proposes it.
pub fn dimension_names() -> Vec<Suggestion> {
    let mut names: Vec<&str> = NAMESPACES.iter().flat_map(|namespace| namespace.dimensions).copied().collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(plain).collect()
}
