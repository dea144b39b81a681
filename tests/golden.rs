//! Files that must stay as they are: what the samples look like when saved, and a design of every version there ever was.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use groundplan::catalog::Kind;
use groundplan::catalog::kinds::{Listener, NetworkAcl, RecordSet, Subnet, Vpc};
use groundplan::design::Design;
use groundplan::{file, samples};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Compares with the file; with `GOLDEN=write` in the environment it writes the file instead.
#[track_caller]
fn is_golden(name: &str, text: &str) {
    if std::env::var_os("GOLDEN").is_some_and(|how| how == "write") {
        fs::write(path(name), text).unwrap();
    }
    let golden = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(golden == text, "tests/golden/{name} differs; if that is meant, run the test with GOLDEN=write");
}

#[test]
fn the_labs_are_saved_as_ever() {
    is_golden("lab1.json", &file::save(&samples::two_az_vpc()));
    is_golden("lab2.json", &file::save(&samples::second_from_image()));
    is_golden("lab5.json", &file::save(&samples::named_server()));
    is_golden("lab6.json", &file::save(&samples::https_at_balancer()));
    is_golden("lab8.json", &file::save(&samples::listener_rules()));
    is_golden("lab10-nat.json", &file::save(&samples::fargate_through_nat()));
    is_golden("lab10-endpoints.json", &file::save(&samples::fargate_through_endpoints()));
    is_golden("lab4.json", &file::save(&samples::six_subnets()));
    is_golden("lab7.json", &file::save(&samples::private_servers_behind_alb()));
    is_golden("lab9.json", &file::save(&samples::auto_scaling()));
    is_golden("lab13.json", &file::save(&samples::account_used_well()));
    is_golden("lab11.json", &file::save(&samples::rolling_delivery()));
    is_golden("lab12.json", &file::save(&samples::static_site()));
}

fn named<'a, T: groundplan::catalog::kinds::Held>(design: &'a Design, name: &str) -> &'a T {
    design.all::<T>().find(|(_, node, _)| node.name == name).unwrap().2
}

/// The file is never written anew: people have such files.
#[test]
fn version_1_stays_readable() {
    let text = fs::read_to_string(path("design-v1.json")).unwrap();
    let design = file::open(&text).unwrap();
    let kinds: BTreeSet<Kind> = design.nodes().map(|(_, node)| node.kind()).collect();
    let of_version_1: BTreeSet<Kind> = V1_KINDS.iter().filter_map(|id| Kind::from_id(id)).collect();
    assert_eq!(of_version_1.len(), V1_KINDS.len());
    assert_eq!(kinds, of_version_1);
    assert_eq!(named::<Vpc>(&design, "lab-vpc").cidr.to_string(), "10.0.0.0/16");
    assert!(named::<Subnet>(&design, "public-a").route_table.is_some());
    assert!(named::<NetworkAcl>(&design, "acl").inbound.len() == 2);
    assert!(named::<Listener>(&design, "https").certificate.is_some());
    assert!(named::<RecordSet>(&design, "www").alias.is_some());
}

/// The kinds that version 1 began with; a kind that comes later is not in its golden file.
const V1_KINDS: [&str; 20] = [
    "internet",
    "laptop",
    "region",
    "zone",
    "vpc",
    "subnet",
    "internet_gateway",
    "nat_gateway",
    "elastic_ip",
    "route_table",
    "network_acl",
    "security_group",
    "key_pair",
    "instance",
    "load_balancer",
    "listener",
    "target_group",
    "hosted_zone",
    "record_set",
    "certificate",
];
