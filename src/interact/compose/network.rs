//! "VPC and more", as the console has it: subnets in each zone, gateways, tables and routes, one plan for all of it.
//!
//! <https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html>

use crate::catalog::data::regions;
use crate::catalog::kinds::{
    ElasticIp, InternetGateway, NatGateway, Region, Route, RouteTable, Subnet, Vpc, VpcEndpoint, Zone,
};
use crate::design::Design;
use crate::file::clipboard::Pasted;
use crate::id::NodeId;
use crate::layout::Sketch;
use crate::layout::tidy_up;
use crate::message;
use crate::net::{AnyCidr, Cidr, next_free};
use crate::text::Message;

/// Zones that a plan has at most, as in the console.
pub const MOST_ZONES: u8 = 3;
/// Block sizes that AWS takes for a VPC and a subnet.
const SIZES: std::ops::RangeInclusive<u8> = 16..=28;

/// How many NAT gateways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nat {
    /// None: private subnets have no way to the internet.
    #[default]
    None,
    /// One, in the first zone, for all.
    One,
    /// One in each zone.
    EachZone,
}

/// A VPC and what belongs to it, before it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcPlan {
    /// What all names begin with.
    pub name: String,
    /// The VPC's block.
    pub cidr: Cidr,
    /// Zones, 1 to [`MOST_ZONES`].
    pub zones: u8,
    /// Whether each zone has a public subnet.
    pub public: bool,
    /// Private subnets in each zone, 0 to 2.
    pub private: u8,
    /// Size of the public subnets' blocks.
    pub public_prefix: u8,
    /// Size of the private subnets' blocks.
    pub private_prefix: u8,
    /// How private subnets reach the internet.
    pub nat: Nat,
    /// Whether a gateway endpoint leads to S3.
    pub s3: bool,
    /// Whether instances with public addresses get names, too.
    pub dns_hostnames: bool,
}

impl Default for VpcPlan {
    fn default() -> Self {
        Self {
            name: "project".to_owned(),
            cidr: Vpc::default().cidr,
            zones: 2,
            public: true,
            private: 1,
            public_prefix: 24,
            private_prefix: 24,
            nat: Nat::None,
            s3: false,
            dns_hostnames: true,
        }
    }
}

impl VpcPlan {
    /// The plan for a design, with a block that no VPC there has.
    pub fn for_design(design: &Design) -> Self {
        let taken: Vec<Cidr> = design.all::<Vpc>().flat_map(|(.., vpc)| vpc.cidrs()).collect();
        let ten = Cidr::new(std::net::Ipv4Addr::new(10, 0, 0, 0), 8);
        let cidr = ten.and_then(|ten| crate::net::next_after(&[ten], &taken, 16));
        Self { cidr: cidr.unwrap_or(Vpc::default().cidr), ..Self::default() }
    }

    /// The subnets' blocks, public ones first, in the order of the zones.
    ///
    /// # Errors
    /// That a size is none that AWS takes, or that the VPC's block has no room for all.
    pub fn blocks(&self) -> Result<(Vec<Cidr>, Vec<Cidr>), Message> {
        if !SIZES.contains(&self.cidr.prefix_len()) {
            return Err(message!("VPC의 블록은 /16에서 /28까지예요.", "A VPC's block is between /16 and /28."));
        }
        let zones = usize::from(self.zones.clamp(1, MOST_ZONES));
        let mut taken: Vec<Cidr> = Vec::new();
        let mut cut = |prefix: u8, count: usize| {
            let mut blocks = Vec::new();
            for _ in 0..count {
                if prefix < self.cidr.prefix_len() || !SIZES.contains(&prefix) {
                    return Err(message!(
                        "서브넷은 VPC의 블록보다 클 수 없고 /28까지 작을 수 있어요.",
                        "A subnet is no larger than the VPC's block and no smaller than /28."
                    ));
                }
                let Some(block) = next_free(&[self.cidr], &taken, prefix) else {
                    return Err(message!(
                        "{}에는 이 서브넷이 모두 들어가지 않아요. 서브넷을 더 작게 하거나 VPC를 더 크게 하세요.",
                        "{} has no room for all these subnets. Make them smaller or the VPC larger.",
                        self.cidr
                    ));
                };
                taken.push(block);
                blocks.push(block);
            }
            Ok(blocks)
        };
        let public = cut(self.public_prefix, if self.public { zones } else { 0 })?;
        let private = cut(self.private_prefix, zones * usize::from(self.private.min(2)))?;
        Ok((public, private))
    }

    /// The VPC drawn by itself, for a region.
    ///
    /// # Errors
    /// As [`VpcPlan::blocks`]; that there is no name; that NAT gateways have no public subnet to stand in.
    pub fn draw(&self, region: &str) -> Result<Design, Message> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(message!("이름이 필요해요.", "It needs a name."));
        }
        if self.nat != Nat::None && (!self.public || self.private == 0) {
            return Err(message!(
                "NAT 게이트웨이는 퍼블릭 서브넷에 서서 프라이빗 서브넷을 인터넷으로 내보내요. 둘 다 있어야 해요.",
                "A NAT gateway stands in a public subnet and leads private ones to the internet. Both are needed."
            ));
        }
        let (public, private) = self.blocks()?;
        let mut drawing = Drawing { sketch: Sketch::new(), name };
        let vpc = Vpc { cidr: self.cidr, dns_support: true, dns_hostnames: self.dns_hostnames, ..Vpc::default() };
        let vpc = drawing.sketch.add(None, &format!("{name}-vpc"), vpc);
        let letters = regions::region(region).map_or("abc", regions::Region::usual_letters);
        let letters: Vec<char> = letters.chars().take(usize::from(self.zones.clamp(1, MOST_ZONES))).collect();
        let zones: Vec<NodeId> = letters
            .iter()
            .map(|letter| {
                let zone = Zone { letter: letter.to_string() };
                drawing.sketch.add(Some(vpc), &format!("zone-{letter}"), zone)
            })
            .collect();
        let public_table = self.public.then(|| {
            let gateway = drawing.add(vpc, "igw", InternetGateway);
            drawing.add(vpc, "public-rt", table(Some(gateway)))
        });
        let mut hosts = Vec::new();
        for ((zone, letter), cidr) in zones.iter().zip(&letters).zip(public) {
            let body = Subnet { cidr, auto_assign_public_ip: true, route_table: public_table, network_acl: None };
            hosts.push(drawing.add(*zone, &format!("public-{letter}"), body));
        }
        let tables = self.private_tables(&mut drawing, vpc, &letters, &hosts);
        for (at, cidr) in private.into_iter().enumerate() {
            let of_zone = at % letters.len();
            let (Some(zone), Some(letter)) = (zones.get(of_zone), letters.get(of_zone)) else { continue };
            let number = if self.private > 1 { format!("{}", at / letters.len() + 1) } else { String::new() };
            let route_table = tables.get(of_zone).or_else(|| tables.first()).copied();
            let body = Subnet { cidr, auto_assign_public_ip: false, route_table, network_acl: None };
            drawing.add(*zone, &format!("private{number}-{letter}"), body);
        }
        if self.s3 {
            let all: Vec<NodeId> = if tables.is_empty() { public_table.into_iter().collect() } else { tables };
            drawing.add(vpc, "s3-endpoint", VpcEndpoint { route_tables: all, ..VpcEndpoint::default() });
        }
        if let Some(refusal) = drawing.sketch.refusals().first() {
            return Err(refusal.why.clone());
        }
        let mut design = drawing.sketch.finish();
        // What cannot be tidied stays as it was drawn.
        design.apply_all(&tidy_up(&design)).ok();
        Ok(design)
    }

    /// The tables of the private subnets, with their NAT gateways: one for all, or one a zone.
    fn private_tables(
        &self,
        drawing: &mut Drawing<'_>,
        vpc: NodeId,
        letters: &[char],
        hosts: &[NodeId],
    ) -> Vec<NodeId> {
        if self.private == 0 {
            return Vec::new();
        }
        if self.nat != Nat::EachZone {
            let target = hosts.first().filter(|_| self.nat == Nat::One).map(|host| drawing.nat(*host, "nat"));
            return vec![drawing.add(vpc, "private-rt", table(target))];
        }
        let of_zone = |(letter, host): (&char, &NodeId)| {
            let gateway = drawing.nat(*host, &format!("nat-{letter}"));
            drawing.add(vpc, &format!("private-{letter}-rt"), table(Some(gateway)))
        };
        letters.iter().zip(hosts).map(of_zone).collect()
    }

    /// The edits that draw the plan into a design, in a region if there is one.
    ///
    /// # Errors
    /// As [`VpcPlan::draw`]; why it cannot stand there.
    pub fn edits(&self, design: &Design, region: Option<NodeId>) -> Result<Pasted, Message> {
        let code = region.and_then(|id| design.get::<Region>(id)).map(|region| region.code.as_str());
        let part = self.draw(code.unwrap_or(&Region::default().code))?;
        super::insert(design, &part, None, region)
    }
}

/// A VPC being drawn; all names begin alike.
struct Drawing<'a> {
    sketch: Sketch,
    name: &'a str,
}

impl Drawing<'_> {
    fn add(&mut self, parent: NodeId, name: &str, body: impl Into<crate::catalog::Body>) -> NodeId {
        let name = format!("{}-{name}", self.name);
        self.sketch.add(Some(parent), &name, body)
    }

    /// A NAT gateway in a subnet, with its address.
    fn nat(&mut self, subnet: NodeId, name: &str) -> NodeId {
        let address = self.add(subnet, &format!("{name}-eip"), ElasticIp::default());
        self.add(subnet, name, NatGateway { elastic_ip: Some(address), ..NatGateway::default() })
    }
}

/// A table with a default route, if there is something for it to lead to.
fn table(target: Option<NodeId>) -> RouteTable {
    let route = |target| Route { destination: AnyCidr::default(), target: Some(target), ..Route::default() };
    RouteTable { routes: target.map(route).into_iter().collect(), ..RouteTable::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::design::{Session, broken_invariants};
    use crate::facts::Context;

    fn count(design: &Design, kind: Kind) -> usize {
        design.nodes().filter(|(_, node)| node.kind() == kind).count()
    }

    #[test]
    fn every_plan_is_sound_and_says_what_it_was_asked() {
        for zones in 1..=MOST_ZONES {
            for (public, private) in [(true, 0), (true, 1), (true, 2), (false, 1)] {
                for nat in [Nat::None, Nat::One, Nat::EachZone] {
                    let plan = VpcPlan { zones, public, private, nat, s3: true, ..VpcPlan::default() };
                    let drawn = plan.draw("ap-northeast-2");
                    if nat != Nat::None && (!public || private == 0) {
                        assert!(drawn.is_err());
                        continue;
                    }
                    let design = drawn.unwrap();
                    assert_eq!(broken_invariants(&design), Vec::<String>::new());
                    let n = usize::from(zones);
                    assert_eq!(count(&design, Kind::Zone), n);
                    assert_eq!(count(&design, Kind::Subnet), n * (usize::from(public) + usize::from(private)));
                    let nats = match nat {
                        Nat::None => 0,
                        Nat::One => 1,
                        Nat::EachZone => n,
                    };
                    assert_eq!((count(&design, Kind::NatGateway), count(&design, Kind::ElasticIp)), (nats, nats));
                    let context = Context::new(&design);
                    for (id, node, _) in design.all::<Subnet>() {
                        assert_eq!(context.is_public(id), node.name.contains("public"), "{}", node.name);
                    }
                    let findings = crate::rules::check(&design);
                    let errors: Vec<_> =
                        findings.iter().filter(|one| one.severity == crate::rules::Severity::Error).collect();
                    assert!(errors.is_empty(), "{plan:?}: {errors:?}");
                }
            }
        }
    }

    #[test]
    fn it_goes_into_a_design_as_one_step_with_a_block_of_its_own() {
        let mut session = Session::default();
        let region = crate::interact::actions::place_at(&mut session, Kind::Region, None, None).unwrap().ids[0];
        for expected in ["10.0.0.0/16", "10.1.0.0/16"] {
            let plan = VpcPlan { nat: Nat::One, ..VpcPlan::for_design(session.design()) };
            assert_eq!(plan.cidr.to_string(), expected);
            let made = plan.edits(session.design(), Some(region)).unwrap();
            session.edit(&made.edits).unwrap();
            assert_eq!(session.design().node(made.roots[0]).unwrap().parent, Some(region));
        }
        assert_eq!(broken_invariants(session.design()), Vec::<String>::new());
        let mut zones: Vec<String> = session.design().all::<Zone>().map(|(.., zone)| zone.letter.clone()).collect();
        zones.sort();
        assert_eq!(zones, ["a", "a", "c", "c"], "in Seoul c comes after a");
        session.undo().unwrap();
        assert_eq!(session.design().all::<Vpc>().count(), 1);
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_reason() {
        let small = VpcPlan { cidr: "10.0.0.0/24".parse().unwrap(), ..VpcPlan::default() };
        assert!(small.draw("ap-northeast-2").unwrap_err().en.contains("no room"));
        let large = VpcPlan { public_prefix: 15, ..VpcPlan::default() };
        assert!(large.draw("ap-northeast-2").unwrap_err().en.contains("no larger"));
        let nameless = VpcPlan { name: " ".to_owned(), ..VpcPlan::default() };
        assert!(nameless.draw("ap-northeast-2").is_err());
    }
}
