//! The first servers of the course: one and its copy in another zone, and one with an address and a name that stay.

use super::pen::{Pen, SHOW_ADDRESS, default_route, domain, port_from, subnet, table};
use crate::catalog::kinds::{
    ElasticIp, HostedZone, Instance, Internet, InternetGateway, KeyPair, Laptop, MachineImage, RecordSet, Region, Vpc,
    Zone,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr};

/// Draws it: a web server in zone a, the image that is made of it, and a second server in zone c that starts from that image.
pub fn second_from_image() -> Design {
    let mut lab = Lab::new("웹 서버와 그 이미지로 띄운 서버", &[80], &[("a", 1, 128.0), ("c", 2, 400.0)]);
    let [first, second] = lab.places[..] else { return lab.pen.finish() };
    let server = lab.server();
    let original = lab.pen.tile(
        Some(first),
        "web-a",
        Instance { user_data: SHOW_ADDRESS.to_owned(), ..server.clone() },
        64.0,
        48.0,
    );
    let image = MachineImage { instance: Some(original), no_reboot: false };
    let image = lab.pen.tile(lab.region, "web-ami", image, 704.0, 176.0);
    lab.pen.tile(Some(second), "web-c", Instance { image: Some(image), ..server }, 64.0, 48.0);
    lab.pen.finish()
}

/// Draws it: a web server whose Elastic IP stays when it stops, and the record that leads a name there. HTTPS is open for a certificate that the
/// server fetches itself: those of ACM go on load balancers and CloudFront, not on an instance.
pub fn named_server() -> Design {
    let mut lab = Lab::new("이름과 고정 주소가 있는 서버", &[80, 443], &[("a", 1, 128.0)]);
    let Some(place) = lab.places.first().copied() else { return lab.pen.finish() };
    let server = Instance { user_data: SHOW_ADDRESS.to_owned(), ..lab.server() };
    let server = lab.pen.tile(Some(place), "web", server, 16.0, 48.0);
    let address = ElasticIp { instance: Some(server), ..ElasticIp::default() };
    let address = lab.pen.tile(Some(place), "web-eip", address, 112.0, 48.0);
    let zone = HostedZone { domain: domain("example.com"), ..HostedZone::default() };
    let zone = Some(lab.pen.frame(lab.region, "example-com", zone, (704.0, 176.0, 240.0, 136.0)));
    for (name, at, x) in [("www", "www.example.com", 16.0), ("apex", "example.com", 128.0)] {
        let record = RecordSet { domain: domain(at), elastic_ips: vec![address], ..RecordSet::default() };
        lab.pen.tile(zone, name, record, x, 48.0);
    }
    lab.pen.finish()
}

/// What both have: public subnets, a group that opens the web to everyone and SSH to the laptop, and a key pair.
struct Lab {
    pen: Pen,
    region: Option<NodeId>,
    places: Vec<NodeId>,
    group: NodeId,
    key_pair: NodeId,
}

impl Lab {
    fn new(title: &str, ports: &[u16], lanes: &[(&str, u8, f64)]) -> Self {
        let mut pen = Pen::new(title);
        let laptop = Laptop::default();
        pen.tile(None, "internet", Internet, 32.0, 136.0);
        pen.tile(None, "laptop", laptop.clone(), 32.0, 256.0);
        let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 960.0, 488.0)));
        let key_pair = pen.tile(region, "lab-key", KeyPair::default(), 704.0, 64.0);
        let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 672.0, 424.0)));
        let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
        let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 216.0);
        let mut inbound = vec![port_from(22, laptop.address, "SSH from my computer alone")];
        inbound.extend(ports.iter().map(|port| port_from(*port, AnyCidr::default(), "The web from anywhere")));
        let group = pen.group(vpc, ("web-sg", "The web for everyone, SSH for me"), inbound, (128.0, 72.0));
        let mut places = Vec::new();
        for (letter, third, x) in lanes {
            let lane = Zone { letter: (*letter).to_owned() };
            let lane = Some(pen.frame(vpc, &format!("zone-{letter}"), lane, (*x, 184.0, 256.0, 208.0)));
            let body = subnet(Cidr::literal(10, 0, *third, 0, 24), public_table, true);
            places.push(pen.frame(lane, &format!("public-{letter}"), body, (16.0, 48.0, 224.0, 144.0)));
        }
        Self { pen, region, places, group, key_pair }
    }

    fn server(&self) -> Instance {
        Instance { key_pair: Some(self.key_pair), security_groups: vec![self.group], ..Instance::default() }
    }
}
