//! A volume is attached only within its zone.
use crate::catalog::kinds::Volume;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: RuleId::VOLUME_IN_OTHER_ZONE.as_str(),
    severity: Severity::Error,
    title: t("인스턴스와 다른 가용 영역의 볼륨", "Volume in another zone than its instance"),
    why: t(
        "EBS 볼륨은 같은 가용 영역의 인스턴스에만 붙어요. 다른 영역으로 옮기려면 스냅샷에서 새로 만들어야 해요.",
        "An EBS volume attaches only to an instance of its own zone. To move it, make a new one there from a snapshot.",
    ),
    source: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    template::faults(context, report);
    for (id, node, volume) in context.all::<Volume>() {
        let Some(instance) = volume.instance else { continue };
        let (Some(own), Some(other)) = (context.zone_of(id), context.zone_of(instance)) else { continue };
        if own == other || report.has(id) || report.has(instance) {
            continue;
        }
        let (name, instance_name) = (&node.name, context.name(instance));
        let note = report
            .note(
                id,
                message!(
                    "볼륨 {name}은(는) 가용 영역 {own}에 있는데 인스턴스 {instance_name}은(는) {other}에 있어요. 볼륨을 {other}에 두거나 스냅샷으로 옮기세요.",
                    "Volume {name} is in zone {own}, and its instance {instance_name} in zone {other}. Put the volume into {other}, or move it there by a snapshot."
                ),
            )
            .field(id_of!(Volume.instance))
            .given_all(context.zones_given([id, instance]));
        if let Some((subnet, _)) = context.subnet_of(instance) {
            note.fix(
                message!(
                    "볼륨 {name}을(를) {instance_name} 곁으로 옮기기",
                    "Move volume {name} beside {instance_name}"
                ),
                mend::move_into(context, id, subnet),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Volume;
    use crate::rules::testing::{fires, found_in, quiet, two_zones};

    #[test]
    fn fires_across_zones() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("zone-c", "data", Volume { instance, ..Volume::default() });
        fires(&RULE, &sketch, &["data"]);
    }

    #[test]
    fn quiet_within_a_zone_and_while_free() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("zone-a", "data", Volume { instance, ..Volume::default() });
        sketch.add("private-c", "free", Volume::default());
        quiet(&RULE, &sketch);
    }

    #[test]
    fn a_zone_that_is_taken_from_a_subnet_is_the_zone_of_that_subnet() {
        let found = |zone: &str| {
            let resources = format!(
                "  Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}
  A: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs '']}}}}
  B: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: !Select [1, !GetAZs '']}}}}
  Web: {{Type: 'AWS::EC2::Instance', Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref A}}}}
  Far: {{Type: 'AWS::EC2::Instance', Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref B}}}}
  Disk: {{Type: 'AWS::EC2::Volume', Properties: {{Size: 8, AvailabilityZone: {zone}}}}}
  On: {{Type: 'AWS::EC2::VolumeAttachment', Properties: {{InstanceId: !Ref Web, VolumeId: !Ref Disk, Device: /dev/sdf}}}}
"
            );
            found_in(&RULE, &resources).len()
        };
        for (zone, count) in [
            ("!GetAtt B.AvailabilityZone", 1),
            ("!GetAtt Far.AvailabilityZone", 1),
            ("!GetAtt A.AvailabilityZone", 0),
            ("!GetAtt Web.AvailabilityZone", 0),
        ] {
            assert_eq!(found(zone), count, "{zone}");
        }
    }
}
