//! List prices of AWS by region, in US dollars, on demand and without tax, credits or free tier.
//!
//! What differs by region stands in `price_table.rs`, with what it was compared with; the rest below, each with its page in [`source`].

pub use super::price_table::AS_OF;
use super::price_table::{DATABASES, INSTANCES, REGIONS, STANDBYS};
use crate::catalog::launch::VolumeType;

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
    pub(super) volumes: [f64; 5],
    /// A provisioned operation a second of io1 and io2 for a month; of io2 only up to [`IO2_IOPS`].
    pub iops_month: f64,
    /// An operation a second of gp3 beyond [`GP3_IOPS`] and a MiB a second beyond [`GP3_THROUGHPUT`] for a month.
    pub gp3_month: (f64, f64),
    /// A GiB of general purpose storage of a single-zone database for a month.
    pub database_storage: f64,
    /// A vCPU and a GiB of a task on Fargate (Linux, x86) for an hour.
    pub fargate_hour: (f64, f64),
}

impl Region {
    /// An instance for an hour; nothing where its type is not in the table.
    pub fn instance_hour(&self, instance_type: &str) -> Option<f64> {
        self.price(&INSTANCES, instance_type)
    }

    /// A database for an hour, with its standby if it has one; nothing where its engine or class is not in the table.
    pub fn database_hour(&self, engine: &str, class: &str, standby: bool) -> Option<f64> {
        let listed = ["mysql", "mariadb"].contains(&engine);
        self.price(if standby { &STANDBYS } else { &DATABASES }, class).filter(|_| listed)
    }

    fn price(&self, table: &[(&str, [Option<f64>; REGIONS.len()])], name: &str) -> Option<f64> {
        let column = REGIONS.iter().position(|region| region.code == self.code)?;
        let (_, prices) = table.iter().find(|(listed, _)| *listed == name)?;
        *prices.get(column)?
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
}
