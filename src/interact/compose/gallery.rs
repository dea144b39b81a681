//! Networks of the usual architectures, composed of the same parts that people compose: what the gallery shows beside the samples.
//!
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-examples-intro.html>

use super::{Nat, VpcPlan, balancer_over, scaling_from};
use crate::catalog::kinds::{Instance, Internet, Region, SecurityGroup, TargetGroup};
use crate::catalog::{Kind, Value};
use crate::design::{Design, Edit};
use crate::id::NodeId;
use crate::id_of;
use crate::layout::{Sketch, tidy_up};
use crate::message;
use crate::text::{Message, Text, t};

/// A network to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Network {
    /// Stable name.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: Text,
    /// When one draws it.
    pub description: Text,
    draw: fn() -> Result<Design, Message>,
}

impl Network {
    /// Draws it.
    ///
    /// # Errors
    /// Why it could not be drawn; a test holds that none of them is refused.
    pub fn draw(&self) -> Result<Design, Message> {
        let mut design = (self.draw)()?;
        design.apply_all(&tidy_up(&design)).map_err(|refusal| refusal.why)?;
        Ok(design)
    }
}

/// All of them, the simplest first.
pub const NETWORKS: &[Network] = &[
    Network {
        id: "one-public-subnet",
        title: t("퍼블릭 서브넷 하나", "One public subnet"),
        description: t(
            "시험용 서버 한두 대를 위한 가장 작은 VPC예요.",
            "The smallest VPC, for a server or two to try things on.",
        ),
        draw: || base(&VpcPlan { zones: 1, private: 0, ..plan("test") }),
    },
    Network {
        id: "public-and-private",
        title: t("퍼블릭과 프라이빗 서브넷", "Public and private subnets"),
        description: t(
            "두 가용 영역에 나눈 서브넷이에요. 프라이빗 쪽은 인터넷으로 나가지 않아요.",
            "Subnets in two zones. The private ones have no way to the internet.",
        ),
        draw: || base(&plan("app")),
    },
    Network {
        id: "one-nat",
        title: t("NAT 게이트웨이 하나로 나가기", "Outwards by one NAT gateway"),
        description: t(
            "개발 환경처럼 비용이 먼저일 때예요. NAT가 있는 영역이 멈추면 다른 영역도 못 나가요.",
            "Where cost comes first, as in development. If its zone fails, the other has no way out either.",
        ),
        draw: || base(&VpcPlan { nat: Nat::One, s3: true, ..plan("dev") }),
    },
    Network {
        id: "nat-per-zone",
        title: t("세 영역, 영역마다 NAT", "Three zones, a NAT gateway in each"),
        description: t(
            "한 영역이 멈춰도 나머지는 계속 나가요.",
            "If one zone fails, the others still have their way out.",
        ),
        draw: || base(&VpcPlan { zones: 3, nat: Nat::EachZone, ..plan("prod") }),
    },
    Network {
        id: "private-only",
        title: t("인터넷 없는 VPC", "A VPC without the internet"),
        description: t(
            "인터넷 게이트웨이가 없고, S3만 게이트웨이 엔드포인트로 써요.",
            "There is no internet gateway; S3 is reached by a gateway endpoint alone.",
        ),
        draw: || base(&VpcPlan { public: false, s3: true, ..plan("closed") }),
    },
    Network {
        id: "two-private-layers",
        title: t("앱과 데이터 서브넷을 나눈 VPC", "Private subnets for application and data"),
        description: t(
            "영역마다 프라이빗 서브넷이 둘이라 서버와 데이터베이스를 따로 둬요.",
            "Two private subnets in each zone keep servers and databases apart.",
        ),
        draw: || base(&VpcPlan { private: 2, nat: Nat::EachZone, ..plan("shop") }),
    },
    Network {
        id: "web-behind-balancer",
        title: t("프라이빗 웹 서버와 ALB", "Private web servers behind an ALB"),
        description: t(
            "서버는 프라이빗 서브넷에 있고, 밖에서는 로드 밸런서만 보여요.",
            "The servers stand in private subnets; from outside only the balancer is seen.",
        ),
        draw: || balanced(&VpcPlan { nat: Nat::One, ..plan("web") }).map(|(design, _)| design),
    },
    Network {
        id: "internal-service",
        title: t("VPC 안에서만 쓰는 서비스", "A service for the VPC alone"),
        description: t(
            "내부 로드 밸런서 뒤의 서버예요. 인터넷에서는 닿지 않아요.",
            "Servers behind an internal balancer that the internet does not reach.",
        ),
        draw: || balanced(&VpcPlan { public: false, ..plan("internal") }).map(|(design, _)| design),
    },
    Network {
        id: "scaling-behind-balancer",
        title: t("ALB 뒤의 Auto Scaling", "Auto Scaling behind an ALB"),
        description: t(
            "부하에 따라 늘고 주는 서버를 두 영역에 나눠서 ALB 뒤에 둬요.",
            "Servers that come and go with the load, in two zones behind an ALB.",
        ),
        draw: || {
            let (mut design, servers) = balanced(&VpcPlan { nat: Nat::EachZone, ..plan("scale") })?;
            let Some(first) = servers.first() else { return Ok(design) };
            let (edits, _) = scaling_from(&design, *first)?;
            let groups = design.all::<TargetGroup>().map(|(id, ..)| id);
            let emptied: Vec<Edit> =
                groups.map(|id| Edit::set(id, id_of!(TargetGroup.targets), Value::List(Vec::new()))).collect();
            let gone = emptied.into_iter().chain(servers.into_iter().map(Edit::Remove));
            design.apply_all(&edits.into_iter().chain(gone).collect::<Vec<_>>()).map_err(|refusal| refusal.why)?;
            Ok(design)
        },
    },
];

fn plan(name: &str) -> VpcPlan {
    VpcPlan { name: name.to_owned(), ..VpcPlan::default() }
}

/// A plan in a region, with the internet outside where it is reached.
fn base(plan: &VpcPlan) -> Result<Design, Message> {
    let mut sketch = Sketch::new();
    if plan.public {
        sketch.add(None, "internet", Internet);
    }
    let region = sketch.add(None, "seoul", Region::default());
    let mut design = sketch.finish();
    let made = plan.edits(&design, Some(region))?;
    design.apply_all(&made.edits).map_err(|refusal| refusal.why)?;
    Ok(design)
}

/// The same with a server in each private subnet and a balancer before them.
fn balanced(plan: &VpcPlan) -> Result<(Design, Vec<NodeId>), Message> {
    let mut sketch = Sketch::of(base(plan)?);
    let missing = || message!("서브넷이 없어요.", "There is no subnet.");
    let vpc =
        sketch.design().nodes().find(|(_, node)| node.kind() == Kind::Vpc).map(|(id, _)| id).ok_or_else(missing)?;
    let group = SecurityGroup { description: "The servers".to_owned(), ..SecurityGroup::default() };
    let group = sketch.add(Some(vpc), &format!("{}-sg", plan.name), group);
    let private = format!("{}-private-", plan.name);
    let subnets: Vec<(NodeId, String)> = sketch
        .design()
        .nodes()
        .filter_map(|(id, node)| Some((id, node.name.strip_prefix(&private)?.to_owned())))
        .filter(|(id, _)| sketch.design().node(*id).is_some_and(|node| node.kind() == Kind::Subnet))
        .collect();
    let servers: Vec<NodeId> = subnets
        .into_iter()
        .map(|(subnet, letter)| {
            let server = Instance { security_groups: vec![group], ..Instance::default() };
            sketch.add(Some(subnet), &format!("{}-{letter}", plan.name), server)
        })
        .collect();
    let mut design = sketch.finish();
    let (edits, _) = balancer_over(&design, &servers)?;
    design.apply_all(&edits).map_err(|refusal| refusal.why)?;
    Ok((design, servers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::broken_invariants;
    use crate::rules::{Severity, check};

    #[test]
    fn every_network_is_sound_and_there_are_twenty_with_the_samples() {
        let mut ids = std::collections::BTreeSet::new();
        for network in NETWORKS {
            let design = network.draw().unwrap_or_else(|why| panic!("{}: {why}", network.id));
            assert_eq!(broken_invariants(&design), Vec::<String>::new(), "{}", network.id);
            let findings = check(&design);
            let errors: Vec<_> = findings.iter().filter(|one| one.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", network.id);
            assert!(ids.insert(network.id));
        }
        assert!(NETWORKS.len() + crate::samples::list().len() >= 20);
    }
}
