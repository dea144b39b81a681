//! List prices of AWS by region, in US dollars, on demand and without tax, credits or free tier.
//!
//! The pages that [`source`] names show their prices only to a browser, so each was compared with public copies of AWS's price list instead, up
//! to [`AS_OF`]. What could not be compared is not here and is said to be not priced, never guessed.
//!
//! | Prices | Compared with |
//! | --- | --- |
//! | Instances | the price list of 2025-03 in every region; T2, T3 and T4g a later catalog too; N. Virginia 2026-07 |
//! | Volumes | Seoul gp2, gp3 and IOPS 2026-10, Tokyo gp3 2026-09, N. Virginia 2024-07, Ireland bills of 2026; the rest the page of 2021-07 |
//! | NAT gateways, load balancers, endpoints, Fargate | Seoul and Tokyo 2026-08 to 2026-10; N. Virginia 2024-07 to 2025-07; Ireland bills of 2026 |
//! | Databases | Seoul 2026-10, Tokyo 2026-09, N. Virginia 2026-05; Ireland bills of 2026-05 and 2026-07 |
//! | The same in every region | 2026-10; metrics, high-resolution alarms and dashboards 2024-07 |

use crate::catalog::launch::VolumeType;

/// The month of the newest price list that prices were compared with; the table above says which prices are older.
pub const AS_OF: &str = "2026-10";
/// The hours of a month, as AWS's own calculator counts them.
pub const HOURS: f64 = 730.0;

/// The pages that state the prices.
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
/// An alarm on a metric of high resolution, which is looked at more often than once a minute.
pub const HIGH_RESOLUTION_ALARM_MONTH: f64 = 0.30;
/// A dashboard for a month beyond the first three of an account; the same everywhere.
pub const DASHBOARD_MONTH: f64 = 3.00;

/// Operations a second that a gp3 volume has free.
pub const GP3_IOPS: u32 = 3000;
/// MiB a second that a gp3 volume has free.
pub const GP3_THROUGHPUT: u32 = 125;
/// Operations a second of an io2 volume up to which each costs the same; those beyond cost less.
pub const IO2_IOPS: u32 = 32_000;

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
    /// A provisioned operation a second of io1 and io2 for a month; of io2 only up to [`IO2_IOPS`].
    pub iops_month: f64,
    /// An operation a second of gp3 beyond [`GP3_IOPS`] and a MiB a second beyond [`GP3_THROUGHPUT`] for a month.
    pub gp3_month: (f64, f64),
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
        gp3_month: (0.0057, 0.0456),
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
        gp3_month: (0.006, 0.048),
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
        gp3_month: (0.005, 0.04),
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
        gp3_month: (0.0055, 0.044),
        database_storage: 0.127,
        fargate_hour: (0.04048, 0.004445),
        column: 3,
    },
];

/// Linux instances of the size `large` for an hour, in Seoul, Tokyo, N. Virginia and Ireland; other sizes cost in proportion, rounded as
/// [`INSTANCE_PLACES`] says. Two have a digit more than AWS shows of `large`: only that gives every size its listed price.
const INSTANCES: [(&str, [f64; 4]); 12] = [
    ("t2", [0.1152, 0.1216, 0.0928, 0.1008]),
    ("t3", [0.104, 0.1088, 0.0832, 0.0912]),
    ("t3a", [0.0936, 0.09792, 0.0752, 0.0816]),
    ("t4g", [0.0832, 0.0864, 0.0672, 0.0736]),
    ("m5", [0.118, 0.124, 0.096, 0.107]),
    ("m6i", [0.118, 0.124, 0.096, 0.107]),
    ("m6g", [0.094, 0.099, 0.077, 0.086]),
    ("c5", [0.096, 0.107, 0.085, 0.096]),
    ("c6i", [0.096, 0.107, 0.085, 0.0912]),
    ("c6g", [0.077, 0.0856, 0.068, 0.07296]),
    ("r5", [0.152, 0.152, 0.126, 0.141]),
    ("r6i", [0.152, 0.152, 0.126, 0.141]),
];

/// MySQL and MariaDB in one zone, of the size `large`, for an hour, in the same columns; nothing where it could not be compared. Other sizes and
/// a standby cost in proportion, rounded as [`DATABASE_PLACES`] says, so `db.t4g` has a digit more than AWS shows. Of `db.t3` in Seoul only
/// `micro` was compared, in Tokyo with second-hand tables only.
const DATABASES: [(&str, [Option<f64>; 4]); 2] = [
    ("db.t3", [Some(0.208), Some(0.208), Some(0.136), None]),
    ("db.t4g", [Some(0.2032), None, Some(0.1292), Some(0.1382)]),
];

/// What is not in proportion, or the only size of its family that could be compared.
const SINGLE: [(&str, &str, f64); 4] = [
    ("us-east-1", "t2.small", 0.023),
    ("eu-west-1", "t2.small", 0.025),
    ("eu-west-1", "t2.medium", 0.05),
    ("ap-northeast-1", "db.t4g.micro", 0.025),
];

/// AWS lists instances to a hundredth of a cent,
const INSTANCE_PLACES: f64 = 10_000.0;
/// and burstable databases to a tenth.
const DATABASE_PLACES: f64 = 1000.0;

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
        if let Some(hour) = self.single(instance_type) {
            return Some(hour);
        }
        let (family, of) = instance_type.split_once('.')?;
        let (_, prices) = INSTANCES.iter().find(|(name, _)| *name == family)?;
        Some((prices.get(self.column)? * size(of)? * INSTANCE_PLACES).round() / INSTANCE_PLACES)
    }

    /// A database for an hour, with its standby if it has one; nothing where its engine or class is not in the table.
    pub fn database_hour(&self, engine: &str, class: &str, standby: bool) -> Option<f64> {
        if !["mysql", "mariadb"].contains(&engine) {
            return None;
        }
        if let Some(hour) = self.single(class).filter(|_| !standby) {
            return Some(hour);
        }
        let copies = if standby { 2.0 } else { 1.0 };
        let (family, of) = class.rsplit_once('.')?;
        let (_, prices) = DATABASES.iter().find(|(name, _)| *name == family)?;
        Some(((*prices.get(self.column)?)? * size(of)? * copies * DATABASE_PLACES).round() / DATABASE_PLACES)
    }

    fn single(&self, name: &str) -> Option<f64> {
        SINGLE.iter().find(|(code, of, _)| *code == self.code && *of == name).map(|(.., hour)| *hour)
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
    fn costs(found: Option<f64>, wanted: f64) {
        assert!(found.is_some_and(|found| (found - wanted).abs() < 1e-9), "{found:?} {wanted}");
    }

    #[test]
    fn sizes_cost_what_the_price_list_says() {
        let [seoul, tokyo, virginia, ireland] = &REGIONS;
        for (region, instance_type, hour) in [
            (seoul, "t3.micro", 0.013),
            (seoul, "t3.medium", 0.052),
            (seoul, "t3a.nano", 0.0059),
            (seoul, "m5.2xlarge", 0.472),
            (tokyo, "t3a.large", 0.0979),
            (tokyo, "t3a.small", 0.0245),
            (tokyo, "t3a.2xlarge", 0.3917),
            (virginia, "t2.micro", 0.0116),
            (virginia, "t2.small", 0.023),
            (virginia, "r5.24xlarge", 6.048),
            (ireland, "t2.medium", 0.05),
            (ireland, "t2.large", 0.1008),
            (ireland, "c6g.medium", 0.0365),
            (ireland, "c6g.xlarge", 0.1459),
        ] {
            costs(region.instance_hour(instance_type), hour);
        }
        for (region, class, standby, hour) in [
            (seoul, "db.t3.micro", false, 0.026),
            (seoul, "db.t4g.micro", false, 0.025),
            (seoul, "db.t4g.micro", true, 0.051),
            (seoul, "db.t4g.small", false, 0.051),
            (seoul, "db.t4g.medium", false, 0.102),
            (seoul, "db.t4g.large", false, 0.203),
            (tokyo, "db.t4g.micro", false, 0.025),
            (virginia, "db.t3.micro", false, 0.017),
            (virginia, "db.t3.large", true, 0.272),
            (virginia, "db.t4g.micro", true, 0.032),
            (virginia, "db.t4g.small", false, 0.032),
            (virginia, "db.t4g.small", true, 0.065),
            (virginia, "db.t4g.medium", true, 0.129),
            (virginia, "db.t4g.large", false, 0.129),
            (ireland, "db.t4g.micro", false, 0.017),
            (ireland, "db.t4g.small", false, 0.035),
            (ireland, "db.t4g.medium", false, 0.069),
        ] {
            costs(region.database_hour("mysql", class, standby), hour);
            assert_eq!(region.database_hour("mariadb", class, standby), region.database_hour("mysql", class, standby));
        }
    }

    #[test]
    fn what_was_not_compared_has_no_price() {
        let [seoul, tokyo, _, ireland] = &REGIONS;
        assert_eq!(seoul.instance_hour("x2idn.16xlarge"), None);
        assert_eq!(seoul.instance_hour("t3.huge"), None);
        assert_eq!(seoul.database_hour("oracle-se2", "db.t3.micro", false), None);
        assert_eq!(tokyo.database_hour("mysql", "db.t4g.small", false), None);
        assert_eq!(tokyo.database_hour("mysql", "db.t4g.micro", true), None);
        assert_eq!(ireland.database_hour("mysql", "db.t3.micro", false), None);
        assert!(region("moon-1").is_none());
    }

    #[test]
    fn columns_follow_the_regions() {
        assert!(REGIONS.iter().enumerate().all(|(column, region)| region.column == column));
        assert_eq!(region("eu-west-1").map(|region| region.column), Some(3));
    }
}
