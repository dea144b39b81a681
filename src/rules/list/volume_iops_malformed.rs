//! A volume has the IOPS that its type takes.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "volume-iops-malformed",
    severity: Severity::Error,
    title: t("볼륨 유형에 맞지 않는 IOPS", "IOPS that the type of volume does not take"),
    why: t(
        "io1과 io2에는 IOPS가 꼭 있어야 하고, 유형마다 범위가 정해져 있어요.",
        "io1 and io2 need IOPS, and each type takes them in its own range.",
    ),
    source: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Data: {Type: 'AWS::EC2::Volume', Properties: {AvailabilityZone: us-east-1a, Size: 100, VolumeType: io1, Iops: 10}}\n";
        assert_eq!(found_in(&RULE, resources), ["Data"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Data: {Type: 'AWS::EC2::Volume', Properties: {AvailabilityZone: us-east-1a, Size: 100, VolumeType: io1, Iops: 1000}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
