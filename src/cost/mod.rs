//! What a design costs a month by list price, and what goes on costing while instances and databases are stopped.
//!
//! Only what is billed by the hour or by size is priced. What is billed by use (requests, data, builds) cannot be told from a drawing; it is
//! named in [`Cost::not_priced`] instead.

mod items;
mod price_table;
pub mod prices;

pub use prices::AS_OF;

use crate::design::Design;
use crate::facts::Context;
use crate::id::NodeId;
use crate::text::Message;

/// One thing that is billed.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Whose it is.
    pub node: NodeId,
    /// What is billed: "t3.micro, 730 hours".
    pub what: Message,
    /// US dollars a month.
    pub monthly: f64,
    /// US dollars a month while instances and databases are stopped.
    pub when_stopped: f64,
    /// The page with the price.
    pub source: &'static str,
}

/// Something that is billed and has no price here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPriced {
    /// Whose it is.
    pub node: NodeId,
    /// What is billed by use, or which price is not known.
    pub why: Message,
}

/// A month's cost in a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Monthly {
    /// Nothing in the design is billed.
    Nothing,
    /// Something is, but no price that is known here.
    Unknown,
    /// US dollars, without what is not priced.
    Dollars(f64),
}

/// What a design costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// What is billed, in the order of the nodes.
    pub items: Vec<Item>,
    /// What is billed and not counted.
    pub not_priced: Vec<NotPriced>,
}

impl Cost {
    /// US dollars a month in total.
    pub fn total(&self) -> f64 {
        self.items.iter().map(|item| item.monthly).sum()
    }

    /// The total, or that there is none to tell.
    pub fn monthly(&self) -> Monthly {
        match (self.items.is_empty(), self.not_priced.is_empty()) {
            (false, _) => Monthly::Dollars(self.total()),
            (true, false) => Monthly::Unknown,
            (true, true) => Monthly::Nothing,
        }
    }

    /// US dollars a month in total while instances and databases are stopped.
    pub fn total_when_stopped(&self) -> f64 {
        self.items.iter().map(|item| item.when_stopped).sum()
    }

    /// US dollars a month of one node.
    pub fn of(&self, node: NodeId) -> f64 {
        self.items.iter().filter(|item| item.node == node).map(|item| item.monthly).sum()
    }
}

/// Prices a design.
pub fn cost(design: &Design) -> Cost {
    cost_in(&Context::new(design))
}

/// The same, where the design was looked through already.
pub fn cost_in(context: &Context<'_>) -> Cost {
    let mut cost = Cost::default();
    for (id, node) in context.design.nodes() {
        items::price(context, id, node, &mut cost);
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Alarm, DbInstance, DbStorage, HostedZone, Region, S3Bucket, Volume};
    use crate::catalog::launch::VolumeType;
    use crate::rules::testing::{balanced, two_zones};

    #[track_caller]
    fn is_near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 0.01, "{found} instead of {wanted}");
    }

    #[test]
    fn servers_stop_and_gateways_go_on() {
        let sketch = two_zones();
        let cost = cost(sketch.design());
        // t3.micro, 8 GiB of gp3 and a public address in Seoul.
        is_near(cost.of(sketch.id("web")), 730.0 * (0.013 + 0.005) + 8.0 * 0.0912);
        is_near(cost.of(sketch.id("nat")), 730.0 * 0.059);
        is_near(cost.of(sketch.id("eip")), 730.0 * 0.005);
        let disks = 2.0 * 8.0 * 0.0912;
        is_near(cost.total_when_stopped(), 730.0 * (0.059 + 0.005) + disks);
        is_near(cost.total() - cost.total_when_stopped(), 730.0 * (2.0 * 0.013 + 0.005));
    }

    #[test]
    fn balancers_have_an_address_in_each_subnet() {
        let sketch = balanced();
        is_near(cost(sketch.design()).of(sketch.id("alb")), 730.0 * (0.0225 + 2.0 * 0.005));
    }

    #[test]
    fn performance_beyond_what_is_free_is_billed() {
        let mut sketch = two_zones();
        sketch.add("region", "slow", Alarm::default());
        sketch.add("region", "quick", Alarm { period: 10, ..Alarm::default() });
        sketch.add(
            "private-a",
            "gp3",
            Volume { size: 100, iops: Some(4000), throughput: Some(225), ..Volume::default() },
        );
        let volume_type = VolumeType::Io2;
        sketch.add("private-a", "io2", Volume { size: 100, volume_type, iops: Some(40_000), ..Volume::default() });
        let cost = cost(sketch.design());
        is_near(cost.of(sketch.id("slow")), 0.10);
        is_near(cost.of(sketch.id("quick")), 0.30);
        is_near(cost.of(sketch.id("gp3")), 100.0 * 0.0912 + 1000.0 * 0.0057 + 100.0 * 0.0456);
        is_near(cost.of(sketch.id("io2")), 100.0 * 0.1278 + 32_000.0 * 0.0666);
        assert!(cost.not_priced.iter().any(|one| one.node == sketch.id("io2") && one.why.en.contains("32000")));
    }

    #[test]
    fn databases_bill_their_standby_storage_and_address() {
        let mut sketch = two_zones();
        let database = DbInstance { managed_password: false, ..DbInstance::default() };
        sketch.add("vpc", "alone", database.clone());
        sketch.add("vpc", "twice", DbInstance { multi_az: true, public: true, ..database.clone() });
        sketch.add("vpc", "fast", DbInstance { storage_type: DbStorage::Io1, ..database });
        let cost = cost(sketch.design());
        is_near(cost.of(sketch.id("alone")), 730.0 * 0.025 + 20.0 * 0.131);
        is_near(cost.of(sketch.id("twice")), 730.0 * (0.051 + 0.005) + 20.0 * 2.0 * 0.131);
        is_near(cost.of(sketch.id("fast")), 730.0 * 0.025);
        assert!(cost.not_priced.iter().any(|one| one.node == sketch.id("fast") && one.why.en.contains("io1")));
    }

    #[test]
    fn gateway_balancers_are_not_priced_as_others() {
        let mut sketch = balanced();
        sketch.set("alb", "balancer_type", "gateway");
        let cost = cost(sketch.design());
        assert!(cost.items.iter().all(|item| item.node != sketch.id("alb")));
        assert!(
            cost.not_priced
                .iter()
                .any(|one| one.node == sketch.id("alb") && one.why.en.contains("Gateway Load Balancer"))
        );
    }

    #[test]
    fn what_is_not_known_is_said() {
        let mut sketch = two_zones();
        sketch.add("region", "site", S3Bucket::default());
        sketch.add("region", "names", HostedZone::default());
        sketch.add("vpc", "db", DbInstance { engine: "oracle-se2".to_owned(), ..DbInstance::default() });
        sketch.set("web", "instance_type", "x2idn.16xlarge");
        let found = cost(sketch.design());
        is_near(found.of(sketch.id("names")), 0.50);
        for name in ["site", "db", "web", "nat"] {
            assert!(found.not_priced.iter().any(|one| one.node == sketch.id(name)), "{name}");
        }
        let mut far = two_zones();
        far.set("region", "code", "sa-east-1");
        assert!(cost(far.design()).not_priced.iter().any(|one| one.why.en.contains("sa-east-1")));
        let mut empty = crate::rules::testing::Named::default();
        empty.add("", "region", Region::default());
        assert_eq!(cost(empty.design()), Cost::default());
        assert_eq!(cost(empty.design()).monthly(), Monthly::Nothing);
        empty.add("region", "site", S3Bucket::default());
        assert_eq!(cost(empty.design()).monthly(), Monthly::Unknown);
        assert_eq!(found.monthly(), Monthly::Dollars(found.total()));
    }
}
