//! A subnet's block is from /16 to /28.
use crate::catalog::data::limits::SUBNET_PREFIX;
use crate::catalog::kinds::Subnet;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "subnet-cidr-size",
    severity: Severity::Error,
    title: t("서브넷 CIDR의 크기", "Size of a subnet"),
    why: t(
        "서브넷은 /16부터 /28까지만 만들 수 있고, 그중 주소 5개는 AWS가 써요.",
        "A subnet is from /16 to /28, and AWS keeps five of its addresses.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    fixes: true,
    check,
};

/// What most subnets have: 251 addresses.
const USUAL: u8 = 24;

fn check(context: &Context, report: &mut Report) {
    for (id, node, subnet) in context.all::<Subnet>() {
        let length = subnet.cidr.prefix_len();
        if SUBNET_PREFIX.contains(&length) {
            continue;
        }
        let (name, cidr) = (&node.name, subnet.cidr);
        let note = report
            .note(
                id,
                message!(
                    "서브넷 {name}의 {cidr}은(는) 쓸 수 없는 크기예요. /16부터 /28 사이로 바꾸세요.",
                    "{cidr} of subnet {name} has a size AWS does not allow. Use /16 to /28."
                ),
            )
            .field(id_of!(Subnet.cidr));
        let wanted = if length < *SUBNET_PREFIX.start() { USUAL } else { *SUBNET_PREFIX.end() };
        let vpc = context.vpc_of(id);
        if let Some(free) = vpc.and_then(|(vpc, _)| mend::free_block(context, vpc, Some(id), wanted)) {
            note.fix(
                message!("CIDR을 {free}(으)로 바꾸기", "Change the CIDR to {free}"),
                vec![Edit::set(id, id_of!(Subnet.cidr), free.to_string().as_str())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_block_too_narrow_and_on_one_too_wide() {
        let mut sketch = two_zones();
        sketch.set("public-a", "cidr", "10.0.1.0/29");
        fires(&RULE, &sketch, &["public-a"]);
        sketch.set("public-a", "cidr", "10.0.0.0/15");
        fires(&RULE, &sketch, &["public-a"]);
    }

    #[test]
    fn quiet_at_the_limits() {
        let mut sketch = two_zones();
        sketch.set("public-a", "cidr", "10.0.0.0/16");
        sketch.set("public-c", "cidr", "10.0.2.0/28");
        quiet(&RULE, &sketch);
    }
}
