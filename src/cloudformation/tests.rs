//! What an exported template says, that it comes back as the same design, and that an edit of the template shows in it.

use serde_json::json;

use super::*;
use crate::catalog::Value;
use crate::catalog::kinds::{GroupRule, Instance, KeyPair, PublicIp, Route, RouteTable, SecurityGroup, Subnet, Vpc};
use crate::design::{Design, Edit};
use crate::id::NodeId;
use crate::layout::Sketch;
use crate::samples;
use crate::template::{Json, Syntax, attribute, reference, to_json};

#[track_caller]
fn same_again(design: &Design) -> Export {
    let export = export(design);
    match import(export.text()) {
        Ok(opened) => assert_eq!((&opened.design, opened.notes), (design, vec![])),
        Err(problem) => panic!("{problem:?}\n{}", export.text()),
    }
    export
}

#[track_caller]
fn id_of(design: &Design, name: &str) -> NodeId {
    design.nodes().find(|(_, node)| node.name == name).map(|(id, _)| id).unwrap()
}

#[test]
fn samples_come_back_from_their_properties_alone() {
    for sample in samples::list() {
        let export = same_again(&sample.draw());
        let resources = export.template["Resources"].as_object().unwrap();
        // A template with roles says that it needs leave for them.
        let roles = resources.values().any(|resource| resource["Type"].as_str().unwrap().starts_with("AWS::IAM::"));
        let told = export.notes.iter().map(|note| note.message.en.as_str());
        // A connection to GitHub is authorised by a person; no template can do that.
        let told: Vec<&str> = told.filter(|note| !note.contains("authorise the GitHub connection")).collect();
        assert!(
            told.len() == usize::from(roles) && told.iter().all(|note| note.contains("CAPABILITY_IAM")),
            "{told:?}"
        );
        for (logical, resource) in resources {
            let kept = resource.pointer("/Metadata/Groundplan/Kept").and_then(Json::as_object).into_iter().flatten();
            // A template cannot register a person's second factor, nor say which table is a VPC's main one, which subnets follow unnamed.
            let unsaid: Vec<&String> = kept
                .map(|(field, _)| field)
                .filter(|field| !["mfa", "main", "route_table"].contains(&field.as_str()))
                .collect();
            assert_eq!(unsaid, Vec::<&String>::new(), "{logical} says all it is");
        }
    }
    same_again(&samples::large(600));
    assert_eq!(import(export(&Design::new()).text()).unwrap().design, Design::new());
}

#[test]
fn an_edit_of_the_template_shows_in_the_design() {
    let lab = samples::private_servers_behind_alb();
    let template = export(&lab).template;
    for (place, new, node, field, want) in [
        (
            "/Resources/PublicSubnetA/Properties/CidrBlock",
            json!("10.0.9.0/24"),
            "public-a",
            "cidr",
            "10.0.9.0/24".into(),
        ),
        (
            "/Resources/PublicSubnetA/Properties/MapPublicIpOnLaunch",
            json!("false"),
            "public-a",
            "auto_assign_public_ip",
            false.into(),
        ),
        (
            "/Resources/PublicSubnetARouteTableAssociation/Properties/RouteTableId",
            json!({ "Ref": "PrivateARouteTable" }),
            "public-a",
            "route_table",
            id_of(&lab, "private-a-rt").into(),
        ),
        ("/Parameters/LaptopAddress/Default", json!("198.51.100.7/32"), "laptop", "address", "198.51.100.7/32".into()),
        ("/Parameters/InstanceType/Default", json!("t3.small"), "bastion", "instance_type", "t3.small".into()),
        (
            "/Parameters/ExampleComHostedZoneDomain/Default",
            json!("example.org"),
            "www",
            "domain",
            "www.example.org".into(),
        ),
        (
            "/Parameters/ExampleComHostedZoneDomain/Default",
            json!("example.org"),
            "site-cert",
            "domain",
            "*.example.org".into(),
        ),
        (
            "/Resources/WebInstanceA/Properties/BlockDeviceMappings/0/Ebs/VolumeSize",
            json!(30),
            "web-a",
            "root_size",
            Value::Int(30),
        ),
        (
            "/Resources/WebLoadBalancer/Properties/LoadBalancerAttributes/0/Value",
            json!("90"),
            "web-alb",
            "idle_timeout",
            Value::Int(90),
        ),
        (
            "/Resources/HttpListener/Properties/DefaultActions/0/RedirectConfig/Port",
            json!("8443"),
            "http",
            "redirect_port",
            "8443".into(),
        ),
    ] {
        let mut edited = template.clone();
        *edited.pointer_mut(place).unwrap_or_else(|| panic!("{place} is not in {}", to_json(&template))) = new;
        let opened = import(&to_json(&edited)).unwrap();
        let node = id_of(&lab, node);
        assert_eq!(opened.design.node(node).unwrap().body.value(field), Some(want), "{place}");
        assert_eq!(opened.notes, [], "{place}");
        assert_eq!(export(&opened.design).template, edited, "{place}");
    }
    let mut moved = template.clone();
    moved["Resources"]["WebInstanceA"]["Properties"]["SubnetId"] = reference("PrivateSubnetC");
    moved["Resources"]["PublicSubnetA"]["Properties"]["AvailabilityZone"]["Fn::Select"][0] = json!(1);
    let opened = import(&to_json(&moved)).unwrap();
    assert_eq!(opened.design.node(id_of(&lab, "web-a")).unwrap().parent, Some(id_of(&lab, "private-c")));
    assert_eq!(export(&opened.design).template, moved);
    let mut renamed = template;
    renamed["Resources"]["WebInstanceA"]["Properties"]["Tags"][0]["Value"] = json!("front");
    renamed["Parameters"]["LabKeyPairName"]["Default"] = json!("my-key");
    let design = import(&to_json(&renamed)).unwrap().design;
    assert_eq!(design.node(id_of(&lab, "web-a")).unwrap().name, "front");
    assert_eq!(design.node(id_of(&lab, "lab-key")).unwrap().name, "my-key");
}

#[test]
fn what_is_kept_gives_way_to_an_edit() {
    let mut sketch = Sketch::new();
    let vpc = sketch.add(None, "vpc", Vpc::default());
    let routes = vec![Route::default()];
    let table = sketch.add(Some(vpc), "main", RouteTable { main: true, routes, ..RouteTable::default() });
    let subnet = sketch.add(Some(vpc), "a", Subnet::default());
    let other = sketch.add(Some(vpc), "other", RouteTable::default());
    let design = sketch.finish();
    let export = same_again(&design);
    assert_eq!(export.notes.len(), 1, "the blackhole is told of");
    assert_eq!(export.notes[0].node, Some(table));
    // The subnet follows the main table, and the template says so.
    let association = "/Resources/ASubnetRouteTableAssociation/Properties/RouteTableId/Ref";
    let mut template = export.template.clone();
    assert_eq!(template.pointer(association), Some(&json!("MainRouteTable")));
    *template.pointer_mut(association).unwrap() = json!("OtherRouteTable");
    let edited = import(&to_json(&template)).unwrap().design;
    assert_eq!(edited.get::<Subnet>(subnet).unwrap().route_table, Some(other));
    assert!(edited.get::<RouteTable>(table).unwrap().main);
}

#[test]
fn damaged_metadata_is_refused_with_reason_and_line() {
    let lab = samples::two_az_vpc();
    let with = |place: &str, new: Json| {
        let mut template = export(&lab).template;
        let (parent, key) = place.rsplit_once('/').unwrap();
        template.pointer_mut(parent).unwrap()[key] = new;
        to_json(&template)
    };
    for (text, says) in [
        ("{\n \"Resources\": [}".to_owned(), "line 2"),
        ("[]".to_owned(), "line 1"),
        (with("/Metadata/Groundplan/Version", json!(2)), "has version 2"),
        (with("/Resources/LabVpc/Metadata/Groundplan", json!({ "Id": 7 })), "layout metadata cannot be read"),
    ] {
        let problem = import(&text).unwrap_err();
        assert!(problem.message().en.contains(says), "{says}: {problem:?}");
        assert!(problem.line.is_some(), "{problem:?}");
    }
}

#[test]
fn what_we_did_not_write_survives_in_our_templates() {
    let lab = samples::two_az_vpc();
    for (place, new, says) in [
        ("/Resources/Bucket", json!({ "Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain" }), ""),
        ("/Resources/LabVpc/Properties/CidrBlock", json!("10.0.0.0/33"), "LabVpc"),
        ("/Resources/LabVpc/Properties/CidrBlock", json!({ "Fn::ImportValue": "x" }), "another stack exports it as x"),
        ("/Resources/LabVpc/Properties/Ipv4NetmaskLength", json!(16), "needs Ipv4IpamPoolId"),
        ("/Resources/LabVpc/Metadata", json!({ "Comment": "by hand" }), ""),
        ("/Conditions", json!({ "Never": { "Fn::Equals": ["a", "b"] } }), ""),
    ] {
        let mut template = export(&lab).template;
        let (parent, key) = place.rsplit_once('/').unwrap();
        template.pointer_mut(parent).unwrap()[key] = new;
        let opened = import(&to_json(&template)).unwrap();
        assert_eq!(export(&opened.design).template, template, "{place}");
        let told: Vec<String> = opened.notes.iter().map(|note| note.message().en).collect();
        assert_eq!(told.is_empty(), says.is_empty(), "{place}: {told:?}");
        assert!(told.iter().all(|note| note.starts_with("line ") && note.contains(says)), "{place}: {told:?}");
        assert_eq!(crate::design::broken_invariants(&opened.design), Vec::<String>::new(), "{place}");
    }
}

#[test]
fn an_edit_elsewhere_leaves_every_resource_as_it_is() {
    let mut design = samples::private_servers_behind_alb();
    let before = export(&design).template["Resources"].clone();
    let zone = id_of(&design, "zone-a");
    let rect = design.free_spot(Some(zone), 320.0, 144.0);
    let node = crate::design::Node {
        name: "public-b".to_owned(),
        parent: Some(zone),
        rect,
        body: Subnet::default().into(),
        origin: String::new(),
    };
    design.apply(&Edit::add(design.next_id(), node)).unwrap();
    let after = export(&design).template["Resources"].clone();
    for (logical, resource) in before.as_object().unwrap() {
        assert_eq!(&after[logical], resource, "{logical}");
    }
}

#[test]
fn groups_that_refer_to_each_other_have_rules_of_their_own() {
    let mut sketch = Sketch::new();
    let vpc = sketch.add(None, "vpc", Vpc::default());
    let web = sketch.add(Some(vpc), "web-sg", SecurityGroup::default());
    let inbound = vec![GroupRule::tcp_from(5432, web)];
    let database = sketch.add(Some(vpc), "db-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
    sketch.set(web, "outbound", crate::catalog::FieldValue::to_value(&vec![GroupRule::tcp_from(5432, database)]));
    let watcher = SecurityGroup {
        inbound: vec![GroupRule::tcp_from(9090, database)],
        outbound: Vec::new(),
        ..SecurityGroup::default()
    };
    sketch.add(Some(vpc), "watch-sg", watcher);
    let export = same_again(&sketch.finish());
    let resources = &export.template["Resources"];
    let web = &resources["WebSecurityGroup"]["Properties"];
    assert_eq!(web["SecurityGroupEgress"][0]["CidrIp"], "255.255.255.255/32", "else AWS would let everything out");
    let rule = &resources["WebSecurityGroupOutboundTcp5432ToDbSecurityGroup"]["Properties"];
    assert_eq!(rule["DestinationSecurityGroupId"], attribute("DbSecurityGroup", "GroupId"));
    assert!(resources["DbSecurityGroupInboundTcp5432FromWebSecurityGroup"].is_object());
    // No circle here, so the rule stands inside.
    let inside = &resources["WatchSecurityGroup"]["Properties"]["SecurityGroupIngress"][0];
    assert_eq!(inside["SourceSecurityGroupId"], attribute("DbSecurityGroup", "GroupId"));
}

#[test]
fn korean_names_stay_in_tags_and_ids_are_ascii() {
    let mut sketch = Sketch::new();
    let vpc = sketch.add(None, "실습 VPC", Vpc::default());
    let subnet = sketch.add(Some(vpc), "퍼블릭", Subnet::default());
    let group = SecurityGroup { description: "웹 서버용".to_owned(), ..SecurityGroup::default() };
    let group = sketch.add(Some(vpc), "웹", group);
    let key = sketch.add(Some(vpc), "내 키", KeyPair::default());
    let server =
        Instance { key_pair: Some(key), public_ip: PublicIp::Yes, security_groups: vec![group], ..Instance::default() };
    sketch.add(Some(subnet), "서버", server.clone());
    sketch.add(Some(subnet), "서버", server);
    let export = same_again(&sketch.finish());
    let ids: Vec<&String> = export.template["Resources"].as_object().unwrap().keys().collect();
    assert_eq!(ids, ["VPC", "Subnet", "SecurityGroup", "Instance", "Instance6"]);
    assert_eq!(export.template["Resources"]["Subnet"]["Properties"]["Tags"][0]["Value"], "퍼블릭");
    assert_eq!(
        export.template["Resources"]["SecurityGroup"]["Properties"]["GroupDescription"],
        "Security group SecurityGroup"
    );
    assert!(export.notes.iter().any(|note| note.node == Some(group)), "the lost description is told of");
    assert_eq!(export.template["Parameters"]["KeyPairName"]["Default"], "my-key");
}

#[test]
fn each_node_knows_its_lines() {
    let design = samples::two_az_vpc();
    for syntax in [Syntax::Json, Syntax::Yaml] {
        let shown = export(&design).shown(syntax);
        let lines: Vec<&str> = shown.text.lines().collect();
        assert_eq!(lines.len(), shown.owners.len());
        let of = |name: &str| {
            let owner = Some(id_of(&design, name));
            let own = lines.iter().zip(&shown.owners).filter(|(_, of)| **of == owner);
            own.map(|(line, _)| line.trim().replace(['"', '{', ' '], "")).collect::<Vec<_>>()
        };
        let gateway = of("igw");
        let want = ["InternetGateway:", "InternetGatewayAttachment:"];
        let heads: Vec<&String> = gateway.iter().filter(|line| want.contains(&line.as_str())).collect();
        assert_eq!((gateway.first(), heads), (Some(&want[0].to_owned()), want.map(str::to_owned).iter().collect()));
        assert!(gateway.iter().any(|line| line.starts_with("Type:AWS::EC2::VPCGatewayAttachment")), "{gateway:?}");
        assert!(of("laptop").iter().any(|line| line.starts_with("Default:")), "its parameter");
        assert!(of("zone-a").is_empty());
        let told = |id: NodeId| shown.owners.contains(&Some(id));
        assert!(design.nodes().all(|(id, node)| told(id)
            == (node.body.is_deployed() || node.kind().spec().id == "laptop" || node.kind().spec().id == "key_pair")));
    }
}

#[test]
fn limits_are_told_of_before_they_bite() {
    let says = |design: &Design, words: &str| export(design).notes.iter().any(|note| note.message.en.contains(words));
    assert!(!says(&samples::two_az_vpc(), "bytes"));
    let large = samples::large(1000);
    assert!(says(&samples::large(200), "Upload it to S3"));
    assert!(says(&large, "One template holds 500") && says(&large, "CloudFormation takes 1000000"));
}
