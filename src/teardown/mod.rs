//! The order in which everything of a design can be deleted, and why.
//!
//! Whatever refers to something, or stands in it, goes before it; beside that AWS has orders of its own (public addresses before the internet
//! gateway is detached, a distribution off before it is deleted), which are in `words.rs`. Security groups whose rules name each other go round
//! in a circle, which is opened where the rules are taken out first.

mod order;
mod words;

use crate::design::Design;
use crate::facts::Context;
use crate::id::NodeId;
use crate::text::Message;

/// One thing to delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What goes.
    pub node: NodeId,
    /// How, in a sentence.
    pub how: Message,
    /// What had to go before, and why.
    pub after: Vec<Before>,
    /// What stays and goes on costing, or is lost.
    pub note: Option<Message>,
}

/// Something that had to go before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// What.
    pub node: NodeId,
    /// Why.
    pub why: Why,
}

/// Why one resource goes before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It stands in it.
    Inside,
    /// It refers to it.
    Uses,
    /// It has a public address that the gateway serves.
    PublicAddress,
}

impl Why {
    /// The reason in words.
    pub fn message(self, name: &str) -> Message {
        match self {
            Self::Inside => crate::message!("{name}이(가) 그 안에 있어요.", "{name} is inside it."),
            Self::Uses => crate::message!("{name}이(가) 이것을 써요.", "{name} uses it."),
            Self::PublicAddress => crate::message!(
                "{name}에 퍼블릭 주소가 있는 동안에는 게이트웨이를 분리할 수 없어요.",
                "The gateway cannot be detached while {name} has a public address."
            ),
        }
    }
}

/// The steps, first to last. Frames that exist only in the drawing (regions, zones) and people are not among them.
pub fn teardown(design: &Design) -> Vec<Step> {
    let context = Context::new(design);
    let constraints = order::constraints(&context);
    order::sorted(design, &constraints)
        .into_iter()
        .map(|(node, cut)| {
            let after =
                constraints.get(&node).into_iter().flatten().map(|(before, why)| Before { node: *before, why: *why });
            // Of a circle, what was cut did not go before.
            let after = after.filter(|before| !cut.contains(&before.node)).collect();
            Step { node, how: words::how(&context, node, &cut), after, note: words::note(&context, node) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::catalog::kinds::{DbInstance, DbSubnetGroup, GroupRule};
    use crate::rules::testing::{Named, named};

    fn place(steps: &[Step], sketch: &Named, name: &str) -> usize {
        let id = sketch.id(name);
        steps.iter().position(|step| step.node == id).unwrap_or_else(|| panic!("{name} is not deleted"))
    }

    #[track_caller]
    fn comes_before(sketch: &Named, pairs: &[(&str, &str)]) {
        let steps = teardown(sketch.design());
        for (first, second) in pairs {
            assert!(place(&steps, sketch, first) < place(&steps, sketch, second), "{first} before {second}");
        }
    }

    #[test]
    fn a_whole_network_goes_in_a_legal_order() {
        let sketch = named();
        comes_before(
            &sketch,
            &[
                ("www", "alb"),
                ("https", "alb"),
                ("https", "cert"),
                ("alb", "alb-sg"),
                ("alb", "igw"),
                ("https", "tg"),
                ("tg", "vpc"),
                ("web", "igw"),
                ("nat", "eip"),
                ("nat", "igw"),
                ("eip", "igw"),
                ("app-sg", "alb-sg"),
                ("public-a", "public-rt"),
                ("private-rt", "vpc"),
                ("igw", "vpc"),
                ("www", "example-zone"),
                ("cert", "example-zone"),
            ],
        );
        let steps = teardown(sketch.design());
        let deployed = sketch.design().nodes().filter(|(_, node)| node.body.is_deployed()).count();
        assert_eq!(steps.len(), deployed);
        assert_eq!(steps.last().map(|step| sketch.design().node(step.node).unwrap().kind()), Some(Kind::Vpc));
    }

    #[test]
    fn groups_that_name_each_other_are_opened() {
        let mut sketch = named();
        let app = sketch.id("app-sg");
        sketch.rows("alb-sg", "inbound", &[GroupRule::tcp_from(80, app)]);
        let steps = teardown(sketch.design());
        let opened: Vec<_> = steps.iter().filter(|step| step.how.en.contains("rules")).collect();
        assert_eq!(opened.len(), 1, "{opened:#?}");
        assert!(place(&steps, &sketch, "app-sg") < place(&steps, &sketch, "vpc"));
    }

    #[test]
    fn a_database_leaves_a_snapshot_and_goes_before_its_group() {
        let mut sketch = named();
        let group = sketch.add(
            "vpc",
            "db-subnets",
            DbSubnetGroup { subnets: vec![sketch.id("private-a")], ..DbSubnetGroup::default() },
        );
        sketch.add(
            "vpc",
            "db",
            DbInstance { subnet_group: Some(group), deletion_protection: true, ..DbInstance::default() },
        );
        comes_before(&sketch, &[("db", "db-subnets"), ("db-subnets", "private-a")]);
        let steps = teardown(sketch.design());
        let database = &steps[place(&steps, &sketch, "db")];
        assert!(database.how.en.contains("deletion protection") && database.note.is_some());
    }
}
