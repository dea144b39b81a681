//! List prices of AWS by region, in US dollars, on demand and without tax, credits or free tier.
//!
//! Copied by hand from the pages that [`source`] names, as they stood in [`AS_OF`]. What is not here is said to be not priced, never guessed.

use crate::catalog::launch::VolumeType;

/// The month of the prices.
pub const AS_OF: &str = "2026-01";
/// The hours of a month, as AWS's own calculator counts them.
pub const HOURS: f64 = 730.0;

/// The pages that the prices come from.
pub mod source {
    /// Instances.
    pub const EC2: &str = "https://aws.amazon.com/ec2/pricing/on-demand/";
    /// Volumes and snapshots.
    pub const EBS: &str = "https://aws.amazon.com/ebs/pricing/";
    /// NAT gateways and public IPv4 addresses.
    pub const VPC: &str = "https://aws.amazon.com/vpc/pricing/";
    /// Endpoints.
    pub const PRIVATELINK: &str = "https://aws.amazon.com/privatelink/pricing/";
    /// Load balancers.
    pub const BALANCING: &str = "https://aws.amazon.com/elasticloadbalancing/pricing/";
    /// Hosted zones.
    pub const ROUTE53: &str = "https://aws.amazon.com/route53/pricing/";
    /// Databases.
    pub const RDS: &str = "https://aws.amazon.com/rds/mysql/pricing/";
    /// Secrets.
    pub const SECRETS: &str = "https://aws.amazon.com/secrets-manager/pricing/";
    /// Tasks on Fargate.
    pub const FARGATE: &str = "https://aws.amazon.com/fargate/pricing/";
    /// Metrics and alarms.
    pub const CLOUDWATCH: &str = "https://aws.amazon.com/cloudwatch/pricing/";
}

/// A public IPv4 address for an hour, in use or not; the same in every region.
pub const PUBLIC_IPV4_HOUR: f64 = 0.005;
/// A hosted zone for a month, the first 25 of an account; the same everywhere.
pub const HOSTED_ZONE_MONTH: f64 = 0.50;
/// A secret for a month; the same in every region.
pub const SECRET_MONTH: f64 = 0.40;
/// The seven metrics of detailed monitoring for a month, at the price of the first 10,000.
pub const DETAILED_MONITORING_MONTH: f64 = 2.10;

/// An alarm on a metric of standard resolution for a month; the same in every region.
pub const ALARM_MONTH: f64 = 0.10;
/// A dashboard for a month beyond the first three of an account; the same everywhere.
pub const DASHBOARD_MONTH: f64 = 3.00;

/// What one region asks.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    /// `ap-northeast-2`
    pub code: &'static str,
    /// A NAT gateway for an hour.
    pub nat_hour: f64,
    /// An Application or Network Load Balancer for an hour.
    pub balancer_hour: f64,
    /// An interface endpoint in one zone for an hour.
    pub endpoint_hour: f64,
    /// A GiB of volumes for a month: gp3, gp2, io1 and io2, st1, sc1.
    volumes: [f64; 5],
    /// A provisioned operation a second of io1 and io2 for a month.
    pub iops_month: f64,
    /// A GiB of general purpose storage of a single-zone database for a month.
    pub database_storage: f64,
    /// A vCPU and a GiB of a task on Fargate (Linux, x86) for an hour.
    pub fargate_hour: (f64, f64),
    /// Where the region stands in the columns of the tables below.
    column: usize,
}

const REGIONS: [Region; 4] = [
    Region {
        code: "ap-northeast-2",
        nat_hour: 0.059,
        balancer_hour: 0.0225,
        endpoint_hour: 0.013,
        volumes: [0.0912, 0.114, 0.1278, 0.051, 0.0174],
        iops_month: 0.0666,
        database_storage: 0.131,
        fargate_hour: (0.04656, 0.00511),
        column: 0,
    },
    Region {
        code: "ap-northeast-1",
        nat_hour: 0.062,
        balancer_hour: 0.0243,
        endpoint_hour: 0.014,
        volumes: [0.096, 0.12, 0.142, 0.054, 0.018],
        iops_month: 0.074,
        database_storage: 0.138,
        fargate_hour: (0.05056, 0.00553),
        column: 1,
    },
    Region {
        code: "us-east-1",
        nat_hour: 0.045,
        balancer_hour: 0.0225,
        endpoint_hour: 0.01,
        volumes: [0.08, 0.10, 0.125, 0.045, 0.015],
        iops_month: 0.065,
        database_storage: 0.115,
        fargate_hour: (0.04048, 0.004445),
        column: 2,
    },
    Region {
        code: "eu-west-1",
        nat_hour: 0.048,
        balancer_hour: 0.0252,
        endpoint_hour: 0.011,
        volumes: [0.088, 0.11, 0.138, 0.05, 0.0168],
        iops_month: 0.072,
        database_storage: 0.127,
        fargate_hour: (0.04048, 0.004445),
        column: 3,
    },
];

/// Linux instances of the size `large` for an hour, in Seoul, Tokyo, N. Virginia and Ireland; other sizes cost in proportion.
const INSTANCES: [(&str, [f64; 4]); 12] = [
    ("t2", [0.1152, 0.1216, 0.0928, 0.1008]),
    ("t3", [0.104, 0.1088, 0.0832, 0.0912]),
    ("t3a", [0.0936, 0.0979, 0.0752, 0.0816]),
    ("t4g", [0.0832, 0.0864, 0.0672, 0.0736]),
    ("m5", [0.118, 0.124, 0.096, 0.107]),
    ("m6i", [0.118, 0.124, 0.096, 0.107]),
    ("m6g", [0.094, 0.099, 0.077, 0.086]),
    ("c5", [0.096, 0.107, 0.085, 0.096]),
    ("c6i", [0.096, 0.107, 0.085, 0.0912]),
    ("c6g", [0.077, 0.0856, 0.068, 0.073]),
    ("r5", [0.152, 0.152, 0.126, 0.141]),
    ("r6i", [0.152, 0.152, 0.126, 0.141]),
];

/// MySQL and MariaDB in one zone, of the size `large`, for an hour, in the same columns.
const DATABASES: [(&str, [f64; 4]); 2] =
    [("db.t3", [0.208, 0.208, 0.136, 0.144]), ("db.t4g", [0.203, 0.203, 0.129, 0.137])];

/// A size in parts of `large`.
fn size(name: &str) -> Option<f64> {
    Some(match name {
        "nano" => 1.0 / 16.0,
        "micro" => 1.0 / 8.0,
        "small" => 1.0 / 4.0,
        "medium" => 1.0 / 2.0,
        "large" => 1.0,
        "xlarge" => 2.0,
        _ => 2.0 * f64::from(name.strip_suffix("xlarge")?.parse::<u16>().ok()?),
    })
}

impl Region {
    /// An instance for an hour; nothing where its family is not in the table.
    pub fn instance_hour(&self, instance_type: &str) -> Option<f64> {
        let (family, of) = instance_type.split_once('.')?;
        let (_, prices) = INSTANCES.iter().find(|(name, _)| *name == family)?;
        Some(prices.get(self.column)? * size(of)?)
    }

    /// A database in one zone for an hour; nothing where its engine or class is not in the table.
    pub fn database_hour(&self, engine: &str, class: &str) -> Option<f64> {
        if !["mysql", "mariadb"].contains(&engine) {
            return None;
        }
        let (family, of) = class.rsplit_once('.')?;
        let (_, prices) = DATABASES.iter().find(|(name, _)| *name == family)?;
        Some(prices.get(self.column)? * size(of)?)
    }

    /// A GiB of a volume for a month.
    pub const fn volume_month(&self, volume: VolumeType) -> f64 {
        let [gp3, gp2, provisioned, st1, sc1] = self.volumes;
        match volume {
            VolumeType::Gp3 => gp3,
            VolumeType::Gp2 => gp2,
            VolumeType::Io1 | VolumeType::Io2 => provisioned,
            VolumeType::St1 => st1,
            VolumeType::Sc1 => sc1,
        }
    }
}

/// The prices of a region; nothing where they are not known.
pub fn region(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: Option<f64>, wanted: f64) {
        assert!(found.is_some_and(|found| (found - wanted).abs() < 0.0006), "{found:?} {wanted}");
    }

    #[test]
    fn sizes_cost_in_proportion() {
        let seoul = region("ap-northeast-2").unwrap();
        near(seoul.instance_hour("t3.micro"), 0.013);
        near(seoul.instance_hour("t3.medium"), 0.052);
        near(seoul.instance_hour("m5.2xlarge"), 0.472);
        let virginia = region("us-east-1").unwrap();
        near(virginia.instance_hour("t2.micro"), 0.0116);
        near(virginia.database_hour("mysql", "db.t4g.medium"), 0.065);
        assert_eq!(seoul.instance_hour("x2idn.16xlarge"), None);
        assert_eq!(seoul.instance_hour("t3.huge"), None);
        assert_eq!(seoul.database_hour("oracle-se2", "db.t3.micro"), None);
        assert!(region("moon-1").is_none());
    }
}
