//! Large and hostile files: what the command line needs of memory to check them.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Bytes that a process has had at the same time so far, as the kernel counts them; nothing once it has ended.
fn peak(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
}

/// Bytes that a command over a template needs at the same time.
fn run(name: &str, args: &[&str], template: &str) -> u64 {
    let file =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}-{}.yaml", args.len(), template.len()));
    std::fs::write(&file, template).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_groundplan"));
    command.args(args).arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut needed = 0;
    let status = loop {
        needed = peak(&child).unwrap_or(needed);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    std::fs::remove_file(file).unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{name}: {status}");
    assert!(needed > 1 << 20, "{name}: nobody looked");
    needed
}

/// A template with the same few lines so many times.
fn repeated(head: &str, count: usize, line: &str) -> String {
    let mut text = format!("Resources:\n{head}");
    for n in 0..count {
        writeln!(text, "  R{n}: {line}").unwrap();
    }
    text
}

const HEAD: &str = "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: !Ref Vpc}}\n  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}\n";
/// Of each thing that repeats itself: what comes before, the lines, and how many of them.
const ALIKE: [(&str, &str, &str, usize); 5] = [
    (
        "routes",
        HEAD,
        "{Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0}}",
        2_500,
    ),
    (
        "rules",
        HEAD,
        "{Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}",
        1_500,
    ),
    (
        "entries",
        HEAD,
        "{Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: 6, RuleAction: allow, CidrBlock: 0.0.0.0/0}}",
        1_500,
    ),
    ("buckets", "", "{Type: AWS::S3::Bucket}", 10_000),
    ("subnets", HEAD, "{Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}", 2_500),
];

/// Bytes that checking a template needs at the same time.
fn check(name: &str, template: &str) -> u64 {
    run(name, &["check"], template)
}

#[test]
fn what_is_wrong_a_thousand_times_needs_no_more_memory_than_its_file_is_worth() {
    for (name, head, line, count) in ALIKE {
        let template = repeated(head, count, line);
        let needed = check(name, &template);
        let most = (64 << 20) + 20 * template.len() as u64;
        assert!(needed <= most, "{name}: {} KiB of {} KiB", needed >> 10, most >> 10);
    }
}

#[test]
fn what_is_wrong_with_ten_thousand_vpcs_needs_no_more_memory_than_opening_them() {
    let template = repeated("", 10_000, "{Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}");
    let opened = run("vpcs", &["convert", "--to", "design"], &template);
    let checked = check("vpcs", &template);
    assert!(checked <= opened + opened / 8, "{} KiB to open, {} KiB to check", opened >> 10, checked >> 10);
}
