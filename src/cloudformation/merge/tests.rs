//! What an edit changes in a template that others wrote, place by place.

use serde_json::json;

use super::super::{Note, export, import};
use crate::catalog::kinds::{Instance, Listener, SecurityGroup};
use crate::catalog::{FieldValue, Value};
use crate::design::{Design, Edit, Node, Session};
use crate::id::NodeId;
use crate::template::Json;

const NETWORK: &str = include_str!("../../../tests/foreign/network.yaml");

fn network() -> Design {
    import(NETWORK).unwrap().design
}

#[track_caller]
fn id(design: &Design, logical: &str) -> NodeId {
    let original = design.template().unwrap();
    let found = original.names.iter().find(|(_, name)| *name == logical).map(|(id, _)| *id);
    found.unwrap_or_else(|| panic!("{logical} has no node"))
}

/// The places at which two values differ, as JSON pointers.
fn differences(old: &Json, new: &Json, at: &str, found: &mut Vec<String>) {
    match (old, new) {
        (Json::Object(a), Json::Object(b)) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            for key in keys {
                match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => differences(a, b, &format!("{at}/{key}"), found),
                    (None, _) => found.push(format!("+{at}/{key}")),
                    (_, None) => found.push(format!("-{at}/{key}")),
                }
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{at}/{index}"), found);
            }
        }
        (a, b) if a == b => {}
        _ => found.push(at.to_owned()),
    }
}

/// Makes edits; the template, where it differs from what it was, and the notes that came with them.
#[track_caller]
fn edited(edits: impl FnOnce(&Design) -> Vec<Edit>) -> (Json, Vec<String>, Vec<Note>) {
    let design = network();
    let old = design.template().unwrap().template().clone();
    let before = export(&design);
    assert_eq!(before.template, old, "nothing edited is nothing changed");
    let mut session = Session::new(design);
    let edits = edits(session.design());
    session.edit(&edits).unwrap();
    let made = export(session.design());
    let mut places = Vec::new();
    differences(&old["Resources"], &made.template["Resources"], "", &mut places);
    for section in ["Parameters", "Mappings", "Conditions", "Rules", "Metadata", "Outputs", "Description"] {
        differences(&old[section], &made.template[section], &format!("{section}:"), &mut places);
    }
    let again = import(made.text()).unwrap();
    assert_eq!(export(&again.design).template, made.template, "what was written opens and says the same");
    session.undo();
    assert_eq!(export(session.design()).template, old, "undo brings the template back");
    let notes = made.notes.into_iter().filter(|note| !before.notes.contains(note)).collect();
    (made.template, places, notes)
}

#[track_caller]
fn set(logical: &str, field: &str, value: impl Into<Value>) -> (Json, Vec<String>) {
    let (template, places, notes) = edited(|design| vec![Edit::set(id(design, logical), field, value)]);
    assert_eq!(notes, []);
    (template["Resources"].clone(), places)
}

#[test]
fn a_field_takes_the_place_of_its_expression_alone() {
    let (resources, places) = set("PrivateA", "cidr", "10.20.9.0/24");
    assert_eq!(places, ["/PrivateA/Properties/CidrBlock"]);
    assert_eq!(resources["PrivateA"]["Properties"]["CidrBlock"], "10.20.9.0/24");
    let (resources, places) = set("Network", "dns_hostnames", false);
    assert_eq!(places, ["/Network/Properties/EnableDnsHostnames"]);
    assert_eq!(resources["Network"]["DeletionPolicy"], "Retain");
    let (_, places) = set("Server", "instance_type", "t3.large");
    assert_eq!(places, ["/Server/Properties/InstanceType"]);
    let (_, places) = set("Server", "root_size", Value::Int(50));
    assert_eq!(places, ["/Server/Properties/BlockDeviceMappings/0/Ebs/VolumeSize"]);
}

#[test]
fn a_name_becomes_the_name_tag() {
    let (template, places, _) =
        edited(|design| vec![Edit::Rename { id: id(design, "Network"), name: "lab".to_owned() }]);
    assert_eq!(places, ["/Network/Properties/Tags/0/Value"]);
    assert_eq!(template["Resources"]["Network"]["Properties"]["Tags"][1], json!({ "Key": "Team", "Value": "network" }));
    let (template, places, _) =
        edited(|design| vec![Edit::Rename { id: id(design, "Gateway"), name: "igw".to_owned() }]);
    assert_eq!(places, ["+/Gateway/Properties"]);
    assert_eq!(template["Resources"]["Gateway"]["Properties"]["Tags"], json!([{ "Key": "Name", "Value": "igw" }]));
}

#[test]
fn a_rule_changes_where_it_stands() {
    let rules = |change: fn(&mut SecurityGroup), logical: &str| {
        let design = network();
        let mut group = design.get::<SecurityGroup>(id(&design, logical)).unwrap().clone();
        change(&mut group);
        let inbound = group.inbound.to_value();
        edited(move |design| vec![Edit::set(id(design, logical), "inbound", inbound)])
    };
    assert_eq!(network().get::<SecurityGroup>(id(&network(), "BalancerGroup")).unwrap().inbound.len(), 2);
    let (_, places, _) = rules(|group| group.inbound[0].ports = "8080".parse().unwrap(), "BalancerGroup");
    let at = "/BalancerGroup/Properties/SecurityGroupIngress";
    assert_eq!(places, [format!("{at}/0/FromPort"), format!("{at}/0/ToPort")]);
    let (_, places, _) = rules(|group| group.inbound[1].ports = "8080".parse().unwrap(), "BalancerGroup");
    assert_eq!(places, [format!("{at}/1/Fn::If/1/FromPort"), format!("{at}/1/Fn::If/1/ToPort")]);
    let (template, places, _) = rules(|group| drop(group.inbound.remove(0)), "BalancerGroup");
    assert_eq!(places, [at]);
    assert_eq!(template.pointer(&format!("/Resources{at}/0/Fn::If/0")), Some(&json!("IsProd")));
    assert_eq!(template.pointer(&format!("/Resources{at}/1/CidrIp")), Some(&json!({ "Ref": "OfficeCidr" })));
    let (_, places, _) = rules(|group| group.inbound[0].ports = "8080".parse().unwrap(), "ServerGroup");
    assert_eq!(places, ["/FromBalancer/Properties/FromPort", "/FromBalancer/Properties/ToPort"]);
    let (_, places, _) = rules(|group| group.inbound.clear(), "ServerGroup");
    assert_eq!(places, ["-/FromBalancer"]);
    let (_, places, _) = rules(|group| group.inbound.push(group.inbound[0].clone()), "BalancerGroup");
    assert_eq!(places, [at]);
}

#[test]
fn a_rule_of_a_listener_is_a_resource_of_its_own() {
    let design = network();
    let mut listener = design.get::<Listener>(id(&design, "Http")).unwrap().clone();
    listener.rules[0].paths = vec!["/v2/*".to_owned()];
    let (_, places) = set("Http", "rules", listener.rules.to_value());
    assert_eq!(places, ["/ApiRule/Properties/Conditions/0/PathPatternConfig/Values/0"]);
    listener.rules[0].priority = 20;
    let (resources, _) = set("Http", "rules", listener.rules.to_value());
    assert_eq!(resources["ApiRule"]["Properties"]["Priority"], 20, "the same resource under its own name");
}

#[test]
fn what_only_a_deployment_knows_stays_in_a_text() {
    let design = network();
    let script = design.get::<Instance>(id(&design, "Server")).unwrap().user_data.clone();
    assert_eq!(script, "#!/bin/bash -xe\n/opt/aws/bin/cfn-init --stack ${AWS::StackId} --resource Server\n");
    let (resources, places) = set("Server", "user_data", format!("{script}echo done\n").as_str());
    assert_eq!(
        places,
        ["-/Server/Properties/UserData/Fn::Base64/Fn::Join", "+/Server/Properties/UserData/Fn::Base64/Fn::Sub"]
    );
    let text = resources["Server"]["Properties"]["UserData"]["Fn::Base64"]["Fn::Sub"].as_str().unwrap();
    assert!(text.contains("${AWS::StackId}") && text.ends_with("echo done\n"));
}

#[test]
fn a_removed_node_takes_along_what_is_its_own() {
    let (_, places, notes) = edited(|design| vec![Edit::Remove(id(design, "Nat"))]);
    assert_eq!(places, ["-/ThroughNat", "-/Nat"]);
    assert!(notes.iter().any(|note| note.message.en.contains("has no target")), "{notes:?}");
    let (template, places, _) = edited(|design| vec![Edit::Remove(id(design, "Server"))]);
    assert_eq!(places, ["-/Server", "-/Servers/Properties/Targets", "/Monitoring/DependsOn"]);
    assert_eq!(template["Resources"]["Monitoring"]["DependsOn"], "Cache");
    let (_, places, notes) = edited(|design| vec![Edit::Remove(id(design, "Balancer"))]);
    assert_eq!(places, ["-/Balancer", "-/Http", "-/ApiRule", "-Outputs:/Url"]);
    let told: Vec<&str> = notes.iter().map(|note| note.message.en.as_str()).collect();
    assert!(told.iter().any(|note| note.contains("Cache still refer to Balancer")), "{told:?}");
    assert!(told.iter().any(|note| note.contains("output Url")), "{told:?}");
}

#[test]
fn a_moved_node_names_its_new_frame() {
    let (_, places, _) = edited(|design| {
        let (server, to) = (id(design, "Server"), id(design, "PublicA"));
        let rect = design.node(server).unwrap().rect;
        vec![Edit::Place { id: server, parent: Some(to), rect }]
    });
    let elsewhere =
        |place: &&String| !["/Server/Properties/SubnetId/Ref", "+/Server/DependsOn"].contains(&place.as_str());
    assert_eq!(places.iter().filter(elsewhere).collect::<Vec<_>>(), Vec::<&String>::new());
    let (_, places, _) = edited(|design| {
        let server = id(design, "Server");
        let mut rect = design.node(server).unwrap().rect;
        rect.x += 8.0;
        vec![Edit::Place { id: server, parent: design.node(server).unwrap().parent, rect }]
    });
    assert_eq!(places, Vec::<String>::new(), "a place on the canvas is none of the template's business");
}

#[test]
fn a_new_node_comes_at_the_end_with_its_parameters() {
    let (template, places, _) = edited(|design| {
        let (subnet, group) = (id(design, "PrivateA"), id(design, "ServerGroup"));
        let body =
            Instance { security_groups: vec![group], ami: "ubuntu-24.04-x86_64".to_owned(), ..Instance::default() };
        let rect = design.free_spot(Some(subnet), 96.0, 72.0);
        let node =
            Node { name: "worker".to_owned(), parent: Some(subnet), rect, body: body.into(), origin: String::new() };
        vec![Edit::add(design.next_id(), node)]
    });
    assert!(
        places.iter().all(|place| place.starts_with("+/WorkerInstance") || place.starts_with("+Parameters:")),
        "{places:?}"
    );
    let worker = &template["Resources"]["WorkerInstance"]["Properties"];
    assert_eq!(worker["SubnetId"], json!({ "Ref": "PrivateA" }));
    assert_eq!(template["Resources"].as_object().unwrap().keys().next_back().unwrap(), "WorkerInstance");
    let parameter = worker["ImageId"]["Ref"].as_str().unwrap_or_default();
    assert_eq!(template["Parameters"][parameter].is_object(), !parameter.is_empty());
}

#[test]
fn a_generic_resource_is_edited_key_by_key() {
    let design = network();
    let lookup = id(&design, "Lookup");
    let Some(Value::Text(text)) = design.node(lookup).unwrap().body.value("properties") else {
        panic!("it has properties")
    };
    assert!(text.contains("\"Fn::ImportValue\""), "{text}");
    let mut json: Json = serde_json::from_str(&text).unwrap();
    json["Retries"] = json!(3);
    let (resources, places) = set("Lookup", "properties", json.to_string().as_str());
    assert_eq!(places, ["+/Lookup/Properties/Retries"]);
    assert_eq!(resources["Lookup"]["Properties"]["ServiceToken"], json!({ "Fn::ImportValue": "lookup-function" }));
}

#[test]
fn an_edit_of_a_table_keeps_the_rows_that_are_not_known() {
    let text = "Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: !Ref Vpc
      SecurityGroupIngress:
      - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !ImportValue office}
      - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}
";
    let opened = import(text).unwrap();
    let id = opened.names["Web"];
    let mut design = opened.design;
    let mut group = design.get::<SecurityGroup>(id).unwrap().clone();
    assert_eq!(group.inbound.len(), 1);
    group.inbound[0].ports = crate::net::PortRange::single(443);
    design
        .apply(&Edit::Set {
            id,
            field: "inbound".to_owned(),
            value: crate::catalog::Body::from(group).value("inbound").unwrap(),
        })
        .unwrap();
    let template = export(&design).template;
    let rows = template["Resources"]["Web"]["Properties"]["SecurityGroupIngress"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 2, "{rows}");
    assert_eq!(rows[0]["CidrIp"], serde_json::json!({ "Fn::ImportValue": "office" }));
    assert_eq!(rows[1]["FromPort"], 443);
}

#[test]
fn an_edit_of_a_distribution_keeps_hosts_and_policies_that_are_not_known() {
    let text = "Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.com]
        ViewerCertificate: {AcmCertificateArn: !ImportValue certificate, SslSupportMethod: sni-only}
        Origins:
        - {Id: app, DomainName: !ImportValue host, CustomOriginConfig: {OriginProtocolPolicy: http-only, HTTPPort: 8080}}
        DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: https-only, CachePolicyId: !ImportValue policy, Compress: true}
";
    let opened = import(text).unwrap();
    let id = opened.names["Site"];
    let mut design = opened.design;
    for (field, value) in [
        ("compress", Value::Bool(false)),
        ("aliases", Value::List(vec!["a.example.com".into()])),
        ("viewer_protocol", "redirect-to-https".into()),
    ] {
        design.apply(&Edit::Set { id, field: field.to_owned(), value }).unwrap();
    }
    let template = export(&design).template;
    let mut want = design.template().unwrap().template().clone();
    let config = &mut want["Resources"]["Site"]["Properties"]["DistributionConfig"];
    config["Aliases"] = json!(["a.example.com"]);
    config["DefaultCacheBehavior"]["Compress"] = json!(false);
    config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] = json!("redirect-to-https");
    assert_eq!(template, want);
}
