//! Designs that are wrong by one edit of the solution and once made all points, and right ones that once did not: each stands for a kind.

use super::lab;
use groundplan::file;
use groundplan::labs::{Ready, Work, grade};
use serde_json::{Value, json};

/// The design of a lab's solution as its file says it, to be edited where no form would.
pub(super) struct Sheet {
    lab: &'static str,
    ready: Ready,
    value: Value,
}

impl Sheet {
    #[track_caller]
    pub(super) fn of(lab: &'static str) -> Self {
        let ready = self::lab(lab);
        let value = serde_json::from_str(&file::save(&ready.solution)).unwrap();
        Self { lab, ready, value }
    }

    #[track_caller]
    pub(super) fn node(&mut self, name: &str) -> &mut Value {
        let nodes = self.value["nodes"].as_array_mut().unwrap();
        nodes.iter_mut().find(|node| node["name"] == name).unwrap_or_else(|| panic!("{}: no {name}", self.lab))
    }

    #[track_caller]
    pub(super) fn id(&mut self, name: &str) -> Value {
        self.node(name)["id"].clone()
    }

    #[track_caller]
    pub(super) fn set(mut self, name: &str, field: &str, value: Value) -> Self {
        self.node(name)["fields"][field] = value;
        self
    }

    #[track_caller]
    pub(super) fn refer(mut self, name: &str, field: &str, to: &str) -> Self {
        let id = self.id(to);
        self.set(name, field, json!({ "ref": id }))
    }

    /// One more rule of a security group.
    #[track_caller]
    pub(super) fn rule(mut self, group: &str, protocol: &str, ports: &str, cidr: &str) -> Self {
        let rule = json!({ "protocol": protocol, "ports": ports, "cidr": cidr });
        let fields = &mut self.node(group)["fields"];
        match fields["inbound"].as_array_mut() {
            Some(rules) => rules.push(rule),
            None => fields["inbound"] = json!([rule]),
        }
        self
    }

    /// The first route of a table leads elsewhere.
    #[track_caller]
    pub(super) fn route(mut self, table: &str, destination: &str) -> Self {
        self.node(table)["fields"]["routes"][0]["destination"] = json!(destination);
        self
    }

    /// Puts a text in the place of another in a field.
    #[track_caller]
    pub(super) fn reword(mut self, name: &str, field: &str, from: &str, to: &str) -> Self {
        let own = &mut self.node(name)["fields"][field];
        let text = own.to_string();
        assert!(text.contains(from), "{}: {text}", self.lab);
        *own = serde_json::from_str(&text.replace(from, to)).unwrap();
        self
    }

    #[track_caller]
    pub(super) fn everything(mut self, kind: &str, field: &str, value: &Value) -> Self {
        let nodes = self.value["nodes"].as_array_mut().unwrap();
        nodes.iter_mut().filter(|node| node["kind"] == kind).for_each(|node| node["fields"][field] = value.clone());
        self
    }

    #[track_caller]
    pub(super) fn within(mut self, name: &str, frame: &str) -> Self {
        let id = self.id(frame);
        self.node(name)["parent"] = id;
        self
    }

    /// One more resource, as a design file says it.
    pub(super) fn add(&mut self, node: Value) {
        self.value["nodes"].as_array_mut().unwrap().push(node);
    }

    #[track_caller]
    pub(super) fn percent(&self) -> (u32, Vec<String>) {
        let design = file::open(&self.value.to_string()).unwrap_or_else(|error| panic!("{}: {error:?}", self.lab));
        let grade = grade(&self.ready, &design, &Work::default());
        let short = grade.marks.iter().filter(|mark| mark.points < mark.of);
        (grade.percent(), short.map(|mark| format!("{}: {}", mark.id, mark.why.en)).collect())
    }

    #[track_caller]
    pub(super) fn must_be_wrong(self, what: &str) {
        assert!(self.percent().0 < 100, "{}, {what}: all points", self.lab);
    }

    /// Wrong, and the reason says so.
    #[track_caller]
    pub(super) fn must_be_wrong_for(self, says: &str) {
        let (percent, why) = self.percent();
        assert!(percent < 100 && why.iter().any(|why| why.contains(says)), "{}, {says}: {percent} {why:#?}", self.lab);
    }

    #[track_caller]
    pub(super) fn must_be_right(self, what: &str) {
        let (percent, why) = self.percent();
        assert_eq!(percent, 100, "{}, {what}: {why:#?}", self.lab);
    }
}

#[test]
fn the_internet_is_more_than_one_address() {
    Sheet::of("first-web-server").rule("paper-sg", "tcp", "3306", "128.0.0.0/1").must_be_wrong_for("TCP 3306");
    Sheet::of("listener-rules").rule("market-server-sg", "tcp", "22", "198.51.100.0/24").must_be_wrong_for("TCP 22");
    Sheet::of("listener-rules").rule("market-server-sg", "tcp", "80", "128.0.0.0/1").must_be_wrong_for("TCP 80");
    for part in ["8.8.8.0/24", "0.0.0.0/1", "128.0.0.0/1"] {
        Sheet::of("https-at-balancer").route("public-rt", part).must_be_wrong("a route to a part of the internet");
        Sheet::of("two-az-vpc").route("private-rt", part).must_be_wrong("a route to a part of the internet by NAT");
    }
    Sheet::of("two-az-vpc").route("private-rt", "8.8.8.0/24").must_be_wrong_for("a part of the internet only");
}

#[test]
fn nobody_else_means_nobody_by_anything() {
    Sheet::of("alb-two-zones").rule("paper-sg", "udp", "0-65535", "0.0.0.0/0").must_be_wrong_for("UDP");
    Sheet::of("three-tiers").rule("app-sg", "udp", "53", "10.0.0.0/16").must_be_wrong("UDP from the whole VPC");
    Sheet::of("alb-two-zones").rule("paper-sg", "tcp", "443", "203.0.113.10/32").must_be_wrong_for("TCP 443");
    for (lab, group) in [("private-servers", "web-sg"), ("six-subnets", "server-sg")] {
        Sheet::of(lab).rule(group, "tcp", "22", "0.0.0.0/0").must_be_wrong("SSH from anywhere where nothing public is");
        Sheet::of(lab).rule(group, "tcp", "22", "10.0.0.0/16").must_be_wrong("SSH from the whole VPC");
    }
}

#[test]
fn an_address_is_more_than_its_beginning() {
    for (field, value) in
        [("redirect_host", "www.example.com.evil.org"), ("redirect_port", "8443"), ("redirect_path", "/nowhere")]
    {
        Sheet::of("private-servers").set("http", field, json!(value)).must_be_wrong("redirected elsewhere");
    }
    Sheet::of("https-at-balancer").set("apex", "record_type", json!("CNAME")).must_be_wrong_for("CNAME");
    Sheet::of("static-site").set("virginia", "code", json!("us-west-2")).must_be_wrong_for("us-east-1");
    let old = r#""paths":["/api/*"]"#;
    Sheet::of("listener-rules")
        .reword("http", "rules", old, r#""paths":["/api/menu","/api/cart"]"#)
        .must_be_wrong("only the paths that a check once named");
}

#[test]
fn what_stands_there_must_work() {
    Sheet::of("three-tiers").set("orders-db", "port", json!(5433)).must_be_wrong_for("port 5433");
    Sheet::of("first-web-server").everything("instance", "stopped", &json!(true)).must_be_wrong_for("stopped");
    Sheet::of("private-servers").everything("instance", "stopped", &json!(true)).must_be_wrong_for("stopped");
    let trust = json!({ "Statement": [{ "Effect": "Allow", "Principal": { "Service": ["lambda.amazonaws.com"] }, "Action": "sts:AssumeRole" }] });
    Sheet::of("session-manager")
        .set("worker-role", "trust", json!(trust.to_string()))
        .must_be_wrong("a role that Lambda may take on");
    for (from, to) in
        [("docker push", "echo docker push"), ("docker build", "echo docker build"), ("$REPOSITORY_URI", "$ELSEWHERE")]
    {
        Sheet::of("rolling-delivery").reword("image-build", "buildspec", from, to).must_be_wrong(to);
    }
    Sheet::of("auto-scaling")
        .reword("cpu-70", "dimensions", "AutoScalingGroupName", "InstanceId")
        .must_be_wrong("an alarm on nothing");
    Sheet::of("auto-scaling")
        .set("weekday-nine", "end_time", json!("2020-01-01T00:00:00Z"))
        .must_be_wrong("a schedule that is over");
    Sheet::of("auto-scaling")
        .set("cpu-50", "disable_scale_in", json!(true))
        .must_be_wrong("a fleet that never shrinks");
    Sheet::of("six-subnets")
        .refer("private-a-2", "route_table", "private-c-rt")
        .must_be_wrong("a subnet that leans on another zone");
    Sheet::of("six-subnets").refer("nat-c", "elastic_ip", "nat-a-eip").must_be_wrong("one Elastic IP for two gateways");
}

#[test]
fn a_role_is_held_against_what_it_asks_for() {
    Sheet::of("account-used-well").set("photos", "instance", Value::Null).must_be_wrong_for("photos");
    Sheet::of("account-used-well").set("gallery-role", "aws_policies", json!([])).must_be_wrong_for("gallery-role");
    Sheet::of("account-used-well")
        .set("gallery-profile", "role", Value::Null)
        .must_be_wrong("a profile without its role");
    Sheet::of("session-manager").set("worker-role", "aws_policies", json!([])).must_be_wrong("a role that may nothing");
    Sheet::of("auto-scaling").set("cpu-70", "targets", json!([])).must_be_wrong_for("cpu-70");
    Sheet::of("first-web-server").within("paper-a", "public-c").must_be_wrong_for("availability zone a");
    Sheet::of("three-tiers")
        .within("lobby-display", "app-subnet-a")
        .must_be_wrong("the lobby's server among the application's");
}

#[test]
fn what_is_said_of_a_loss_is_what_was_lost() {
    let mut sheet = Sheet::of("https-at-balancer");
    sheet.node("clinic-alb")["fields"]["subnets"].as_array_mut().unwrap().truncate(1);
    sheet.must_be_wrong_for("clinic-alb has no node");
}

#[test]
fn servers_that_never_go_out_do_not() {
    let all = json!([{ "protocol": "-1", "ports": "all", "cidr": "0.0.0.0/0" }]);
    for (lab, group) in [("https-at-balancer", "clinic-web-sg"), ("listener-rules", "market-server-sg")] {
        Sheet::of(lab).set(group, "outbound", all.clone()).must_be_wrong("an outbound side that was opened");
    }
}

#[test]
fn the_task_cannot_be_changed_to_fit() {
    Sheet::of("private-servers")
        .reword("bastion-sg", "inbound", "203.0.113.10/32", "198.51.100.7/32")
        .everything("laptop", "address", &json!("198.51.100.7/32"))
        .must_be_wrong("another computer");
    // A template cannot carry the computer; nobody loses points for that.
    let mut sheet = Sheet::of("private-servers");
    sheet.value["nodes"].as_array_mut().unwrap().retain(|node| node["kind"] != "laptop");
    sheet.must_be_right("without the computer that is locked");
}

#[test]
fn what_means_the_same_is_right() {
    for times in ["0 9 * * 1,2,3,4,5", "00 9 * * MON-FRI"] {
        Sheet::of("auto-scaling").set("weekday-nine", "recurrence", json!(times)).must_be_right(times);
    }
    for zone in ["", "UTC", "Etc/UTC"] {
        Sheet::of("auto-scaling")
            .set("weekday-nine", "recurrence", json!("0 0 * * 1-5"))
            .set("weekday-nine", "time_zone", json!(zone))
            .must_be_right(zone);
    }
    Sheet::of("auto-scaling")
        .set("cpu-50", "target", json!("50.0"))
        .set("cpu-70", "threshold", json!("70.0"))
        .must_be_right("50.0");
    let trust = json!({ "Statement": [{ "Effect": "Allow", "Principal": { "Service": ["ec2.amazonaws.com"] }, "Action": "sts:AssumeRole" }] });
    Sheet::of("account-used-well")
        .set("gallery-role", "trust", json!(trust.to_string()))
        .set("gallery-role", "trusted_service", json!(""))
        .must_be_right("who may take a role on is in its document");
    let mut sheet = Sheet::of("fargate");
    for node in sheet.value["nodes"].as_array_mut().unwrap().iter_mut().filter(|node| node["kind"] == "vpc_endpoint") {
        let short = node["fields"]["service"].as_str().unwrap_or("s3").to_owned();
        node["fields"]["service"] = json!(format!("com.amazonaws.ap-northeast-2.{short}"));
    }
    sheet.must_be_right("services by their full names");
    Sheet::of("private-servers").set("http", "redirect_port", json!("443")).must_be_right("the usual port");
}
