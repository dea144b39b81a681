//! The commands `trace` and `reach` as a script meets them.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod command;

use command::{LAB, Scratch, answer, answer_and_notes, refusal};
use serde_json::{Value, json};

/// Two VPCs with the same block; `i-1` in a public subnet of the first, `i-2` and `i-3` called the same.
fn account(folder: &Scratch) {
    let open = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
    folder.write(
        "vpcs.json",
        json!({ "Vpcs": [
            { "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16" },
            { "VpcId": "vpc-2", "CidrBlock": "10.0.0.0/16" },
        ], "InternetGateways": [{ "InternetGatewayId": "igw-1", "Attachments": [{ "VpcId": "vpc-1" }] }] }),
    );
    let subnet = |id: &str, vpc: &str| json!({ "SubnetId": id, "VpcId": vpc, "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-east-1a" });
    folder.write("subnets.json", json!({ "Subnets": [subnet("subnet-1", "vpc-1"), subnet("subnet-2", "vpc-2")] }));
    let route = json!([{ "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active" }]);
    folder.write(
        "tables.json",
        json!({ "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{ "Main": true }], "Routes": route }] }),
    );
    let group = |id: &str, vpc: &str| {
        json!({ "GroupId": id, "VpcId": vpc, "GroupName": id, "IpPermissions": [
        { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] },
    ], "IpPermissionsEgress": open })
    };
    folder.write("groups.json", json!({ "SecurityGroups": [group("sg-1", "vpc-1"), group("sg-2", "vpc-2")] }));
    let instance = |id: &str, name: &str, subnet: &str, group: &str, address: &str| {
        json!({ "InstanceId": id, "State": { "Name": "running" }, "Tags": [{ "Key": "Name", "Value": name }], "NetworkInterfaces": [{
            "NetworkInterfaceId": format!("eni-{id}"), "SubnetId": subnet, "PrivateIpAddress": address, "Groups": [{ "GroupId": group }],
            "Attachment": { "DeviceIndex": 0 }, "Association": { "PublicIp": format!("203.0.113.{}", &id[2..]), "IpOwnerId": "amazon" },
        }] })
    };
    folder.write(
        "instances.json",
        json!({ "Reservations": [{ "Instances": [
            instance("i-1", "web", "subnet-1", "sg-1", "10.0.1.10"),
            instance("i-2", "twin", "subnet-1", "sg-1", "10.0.1.20"),
            instance("i-3", "twin", "subnet-2", "sg-2", "10.0.1.10"),
        ] }] }),
    );
    folder.write("notes.txt", "not read");
}

#[test]
fn a_described_account_is_traced_by_id_name_and_address() {
    let folder = Scratch::new("account");
    account(&folder);
    let input = folder.path();
    for (from, to) in [
        ("internet", "i-1"),
        ("internet", "203.0.113.1"),
        ("i-2", "web"),
        ("10.0.1.20", "eni-i-1"),
        ("i-1", "internet"),
    ] {
        let text = answer(&["trace", &input, "--from", from, "--to", to, "--port", "80", "--format", "json"], 0);
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(answer["reachable"], true, "{from} -> {to}");
        assert_eq!(answer["explanations"], json!([]));
        assert!(answer["path"].as_array().unwrap().iter().any(|id| id == "sg-1"), "{answer}");
    }
    let text =
        answer(&["trace", &input, "--from", "198.51.100.9", "--to", "i-1", "--port", "22", "--format", "json"], 1);
    let blocked: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(blocked["explanations"][0]["code"], "ENI_SG_RULES_MISMATCH");
    assert_eq!(blocked["explanations"][0]["component"], "sg-1");
    assert!(blocked["explanations"][0]["fix"]["ko"].as_str().unwrap().contains("허용"));
    let header = &blocked["hops"]["forward"][1];
    assert_ne!(header["header_in"], header["header_out"], "the internet gateway rewrites the destination: {header}");
}

#[test]
fn questions_that_make_no_sense_are_refused_with_the_reason() {
    let folder = Scratch::new("refused");
    account(&folder);
    let input = folder.path();
    // Of several questions those before are answered.
    let refused = |args: &[&str]| {
        let [_, why] = answer_and_notes(&[&["trace", &input], args].concat(), 2);
        why
    };
    let twins = refused(&["--from", "internet", "--to", "twin", "--port", "80"]);
    assert!(twins.contains("i-2") && twins.contains("i-3"), "{twins}");
    let twice = refused(&["--from", "10.0.1.10", "--to", "internet", "--port", "80"]);
    assert!(twice.contains("i-1") && twice.contains("i-3"), "{twice}");
    assert!(refused(&["--from", "internet", "--to", "i-1", "--port", "65536"]).contains("65536"));
    assert!(refused(&["--from", "internet", "--to", "nobody", "--port", "80"]).contains("nobody"));
    assert!(refused(&["--from", "internet", "--to", "sg-1"]).contains("network interface"));
    assert!(refused(&["--from", "internet", "--to", "i-1", "--protocol", "http"]).contains("http"));
    let queries =
        folder.write("q.jsonl", json!([{ "from": "internet", "to": "i-1" }, { "from": "internet", "to": "i-9" }]));
    assert!(refused(&["--queries", &queries]).contains("query 2"));
    let odd = folder.write("odd.jsonl", json!({ "from": "internet" }));
    assert!(refused(&["--queries", &odd]).contains("not a list of queries"));
    // An address that nobody has is no refusal: it is answered, with what to do.
    let nobody = answer(&["trace", &input, "--from", "10.0.9.9", "--to", "i-1", "--port", "80"], 1);
    assert!(nobody.contains("No resource has the source address 10.0.9.9"), "{nobody}");
    let gone = answer(&["trace", &input, "--from", "i-1", "--to", "10.0.9.9", "--port", "80"], 1);
    assert!(gone.contains("[NO_POSSIBLE_DESTINATION]"), "{gone}");
    let empty = Scratch::new("empty");
    assert!(refusal(&["trace", &empty.path(), "--from", "internet", "--to", "x"]).contains("describe"));
}

#[test]
fn queries_are_answered_one_by_one_in_order() {
    let folder = Scratch::new("queries");
    account(&folder);
    let queries = json!([
        { "from": "internet", "to": "i-1", "protocol": "tcp", "port": 80, "source_port": 50000 },
        { "from": "internet", "to": "i-1", "protocol": 17, "port": 80 },
        { "from": "i-1", "to": "i-2", "protocol": "icmp", "port": null },
        { "from": "i-1", "to": "8.8.8.8", "protocol": "107" },
    ]);
    let file = folder.write("q.jsonl", &queries);
    let text = answer(&["trace", &folder.path(), "--queries", &file, "--format", "json"], 1);
    let answers: Vec<Value> = serde_json::from_str(&text).unwrap();
    let reachable: Vec<bool> = answers.iter().map(|answer| answer["reachable"].as_bool().unwrap()).collect();
    assert_eq!(reachable, [true, false, false, true]);
}

#[test]
fn the_way_is_told_in_both_languages() {
    let korean = answer(&["--lang", "ko", "trace", LAB, "--from", "internet", "--to", "web-a", "--port", "80"], 0);
    assert!(korean.starts_with("도달해요.") && korean.contains("인터넷 게이트웨이 igw"), "{korean}");
    let english = answer(&["trace", LAB, "--from", "internet", "--to", "private-server", "--port", "80"], 1);
    assert!(
        english.contains("Not reachable.") && english.contains("[IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS]"),
        "{english}"
    );
    // What would open it would make a private subnet public, so nothing is offered.
    assert!(!english.contains("fix: "), "{english}");
    let closed = answer(&["trace", LAB, "--from", "internet", "--to", "web-a", "--port", "443"], 1);
    assert!(closed.contains("fix: "), "{closed}");
    let page = answer(&["trace", LAB, "--from", "internet", "--url", "http://www.example.com/"], 1);
    assert!(page.contains("www.example.com"), "{page}");
}

#[test]
fn claims_are_decided_with_evidence() {
    let folder = Scratch::new("claims");
    let claims = folder.write(
        "claims.jsonl",
        json!([
            { "from": "internet", "to": { "kind": "load_balancer" }, "port": 443 },
            { "expect": "does-not-reach", "from": "internet", "to": "private-server" },
            { "from": "internet", "to": "private-server", "port": 22 },
        ]),
    );
    let text = answer(&["assert", LAB, "--claims", &claims, "--format", "json"], 1);
    let entries: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(entries.iter().all(|entry| entry["message"]["ko"].is_string()), "{text}");
    assert_eq!(entries[1]["holds"], true);
    assert_eq!(entries[2]["holds"], false);
    assert_eq!(entries[2]["evidence"]["trace"]["reachable"], false);
    let korean = answer(&["--lang", "ko", "assert", LAB, "--assertions", &claims], 1);
    assert!(korean.contains("실패: 인터넷에서"), "{korean}");
    assert_eq!(answer(&["assert", LAB], 0), "hold: 0, fail: 0\n");
    let odd = folder.write("odd.jsonl", json!([{ "from": "internet" }]));
    assert!(refusal(&["assert", LAB, "--claims", &odd]).contains("either"));
}

#[test]
fn two_versions_differ_in_the_pairs_that_opened_and_closed() {
    let folder = Scratch::new("diff");
    account(&folder);
    let old = folder.path();
    let other = Scratch::new("diff-new");
    account(&other);
    let groups = std::fs::read_to_string(other.file("groups.json")).unwrap();
    other.write("groups.json", serde_json::from_str::<Value>(&groups.replace(":80,", ":22,")).unwrap());
    let text = answer(&["diff", &old, &other.path()], 0);
    assert!(text.contains("+ internet -> i-1\ttcp 22") && text.contains("- internet -> i-1\ttcp 80"), "{text}");
    let data: Value = serde_json::from_str(&answer(&["diff", &old, &old, "--format", "json"], 0)).unwrap();
    assert_eq!(data, json!({ "added": [], "removed": [], "changed": [], "pairs": [] }));
    assert!(
        text.contains("~ security_group\t") && text.contains("resources added: 0, removed: 0, changed: 2"),
        "{text}"
    );
    let data: Value = serde_json::from_str(&answer(&["diff", LAB, &old, "--format", "json"], 0)).unwrap();
    let closed = data["pairs"].as_array().unwrap();
    assert!(
        closed.iter().any(|pair| pair["change"] == "closed") && closed.iter().any(|pair| pair["change"] == "opened")
    );
}

#[test]
fn pairs_are_listed_in_each_form() {
    let folder = Scratch::new("pairs");
    account(&folder);
    let csv = answer(&["reach", &folder.path(), "--format", "csv"], 0);
    assert!(
        csv.starts_with("from,to,protocol,ports,reply_blocked,verdict,known,partial\n")
            && csv.contains("internet,i-1,tcp,80,,yes,true,false\n"),
        "{csv}"
    );
    let rows: Vec<Value> = serde_json::from_str(&answer(&["reach", &folder.path(), "--format", "json"], 0)).unwrap();
    assert!(rows.iter().any(|row| row["from"] == "i-2" && row["to"] == "i-1" && row["ports"] == json!(["80"])));
    assert!(!rows.iter().any(|row| row["from"] == "i-3" && row["to"] == "i-1"));
    assert!(answer(&["reach", LAB], 0).lines().count() > 4);
}

#[test]
fn all_pairs_have_the_verdict_of_a_single_trace() {
    let folder = Scratch::new("verdicts");
    let rule = json!({ "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": { "Ref": "Who" } });
    let group = json!({ "GroupDescription": "web", "VpcId": { "Ref": "Net" }, "SecurityGroupIngress": [rule] });
    let server = json!({ "ImageId": "ami-0123456789abcdef0", "SubnetId": { "Ref": "Room" }, "SecurityGroupIds": [{ "Ref": "Group" }] });
    let other = json!({ "ImageId": "ami-0123456789abcdef0", "SubnetId": { "Ref": "Room" } });
    let file = folder.write(
        "template.json",
        json!({ "Parameters": { "Who": { "Type": "String" } }, "Resources": {
            "Net": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
            "Room": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Net" }, "CidrBlock": "10.0.1.0/24" } },
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": group },
            "Web": { "Type": "AWS::EC2::Instance", "Properties": server },
            "Other": { "Type": "AWS::EC2::Instance", "Properties": other },
        } }),
    );
    // Beside each stands that the value of the parameter is not known.
    let reach = |args: &[&str]| {
        let [answer, notes] = answer_and_notes(&[&["reach", &file], args].concat(), 0);
        assert!(notes.contains("Who is not known"), "{notes}");
        answer
    };
    let rows: Vec<Value> = serde_json::from_str(&reach(&["--format", "json"])).unwrap();
    let row = |from: &str, to: &str| {
        let mut of = rows.iter().filter(|row| row["from"] == from && row["to"] == to && row["protocol"] == "tcp");
        of.next().map(|row| (row["verdict"].clone(), row["known"].clone()))
    };
    assert_eq!(row("Other", "Web"), Some((json!("unknown"), json!(false))));
    assert_eq!(row("Web", "Other"), None, "the default group admits its own alone");
    let csv = reach(&["--format", "csv"]);
    assert!(csv.contains("Other,Web,tcp,all,,unknown,false,false\n"), "{csv}");
    assert!(reach(&[]).contains("Other\tWeb\ttcp\tall\tunknown\n"));
}
