//! An account used well: nobody works as root, a server carries a role instead of keys, and someone hears of trouble.

use super::pen::{Pen, SHOW_ADDRESS, default_route, port_from, subnet, table};
use crate::catalog::decimal::Decimal;
use crate::catalog::kinds::{
    Alarm, CloudformationResource, Dimension, IamGroup, IamRole, IamUser, Instance, InstanceProfile, Internet,
    InternetGateway, Region, SecurityGroup, Snapshot, Volume, Vpc, Zone,
};
use crate::catalog::permissions::AwsPolicy;
use crate::design::Design;
use crate::net::{AnyCidr, Cidr};

/// Draws it: an administrators' group with a user, a web server with a role and a volume of its own, a snapshot of that, and an alarm on its CPU.
pub fn account_used_well() -> Design {
    let mut pen = Pen::new("계정을 제대로 쓰기");
    pen.tile(None, "internet", Internet, 32.0, 104.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 928.0, 536.0)));
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 640.0, 472.0)));

    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 184.0);
    let inbound = vec![port_from(80, AnyCidr::default(), "From anywhere")];
    let group = SecurityGroup {
        description: "The web server: HTTP from anywhere".to_owned(),
        inbound,
        ..SecurityGroup::default()
    };
    let group = pen.tile(vpc, "web-sg", group, 16.0, 296.0);
    let zone = Some(pen.frame(vpc, "zone-a", Zone::default(), (144.0, 56.0, 480.0, 400.0)));
    let block = Cidr::literal(10, 0, 1, 0, 24);
    let public = Some(pen.frame(zone, "public-a", subnet(block, public_table, true), (16.0, 48.0, 448.0, 176.0)));

    let managed = |names: &[&str]| names.iter().map(|name| AwsPolicy::named(name)).collect();
    let administrators = IamGroup { aws_policies: managed(&["AdministratorAccess"]), ..IamGroup::default() };
    let administrators = pen.tile(region, "administrators", administrators, 688.0, 72.0);
    let user = IamUser { groups: vec![administrators], console_access: true, mfa: true, ..IamUser::default() };
    pen.tile(region, "admin", user, 808.0, 72.0);
    // Session Manager opens a shell without a key, and without SSH from anywhere.
    let aws_policies = managed(&["AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy"]);
    let role = pen.tile(region, "web-role", IamRole { aws_policies, ..IamRole::default() }, 688.0, 184.0);
    let profile = InstanceProfile { role: Some(role), ..InstanceProfile::default() };
    let profile = pen.tile(region, "web-profile", profile, 808.0, 184.0);

    let server = Instance {
        security_groups: vec![group],
        instance_profile: Some(profile),
        user_data: SHOW_ADDRESS.to_owned(),
        ..Instance::default()
    };
    let server = pen.tile(public, "web", server, 176.0, 64.0);
    let volume = Volume { size: 20, instance: Some(server), ..Volume::default() };
    let volume = pen.tile(zone, "data", volume, 192.0, 272.0);
    pen.tile(region, "data-backup", Snapshot { source: Some(volume) }, 688.0, 296.0);

    let topic = pen.tile(region, "operators", CloudformationResource::default(), 808.0, 408.0);
    let busy = Alarm {
        dimensions: vec![Dimension { name: "InstanceId".to_owned(), resource: Some(server), value: String::new() }],
        threshold: Decimal::whole(80),
        targets: vec![topic],
        ..Alarm::default()
    };
    pen.tile(region, "cpu-80", busy, 688.0, 408.0);
    pen.finish()
}
