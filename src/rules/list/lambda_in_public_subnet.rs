//! A function in a VPC reaches the internet from private subnets with NAT only.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{LambdaFunction, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::tasks::WayOut;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "lambda-in-public-subnet",
    severity: Severity::Warning,
    title: t("퍼블릭 서브넷에 둔 Lambda 함수", "Lambda function in a public subnet"),
    why: t(
        "VPC에 둔 함수는 퍼블릭 주소를 받지 못해서, 퍼블릭 서브넷에서는 인터넷으로 나갈 수 없어요. 인터넷이 필요하면 NAT 게이트웨이가 있는 프라이빗 서브넷을 골라야 해요.",
        "A function in a VPC never gets a public address, so a public subnet gives it no internet. Private subnets with a NAT gateway do.",
    ),
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, function) in context.all::<LambdaFunction>() {
        let public: Vec<NodeId> =
            function.subnets.iter().copied().filter(|subnet| context.is_public(*subnet)).collect();
        let Some(first) = public.first() else { continue };
        let (name, names) = (&node.name, context.names(&public));
        let note = report
            .note(
                id,
                message!(
                    "함수 {name}을(를) 퍼블릭 서브넷 {names}에 두어도 퍼블릭 주소가 없어서 인터넷에 닿지 못해요. NAT가 있는 프라이빗 서브넷을 고르세요.",
                    "Function {name} gets no public address in public subnets ({names}) and does not reach the internet from there. Choose private subnets with NAT."
                ),
            )
            .field(id_of!(LambdaFunction.subnets))
            .given_all(public.iter().flat_map(|subnet| context.way_of(*subnet)));
        let Some((vpc, _)) = context.vpc_of(*first) else { continue };
        let all = context.within::<Subnet>(vpc).map(|(id, ..)| id);
        let private: Vec<NodeId> = all.filter(|subnet| context.way_out(*subnet) == WayOut::Through).collect();
        if !private.is_empty() {
            let names = context.names(&private);
            note.fix(
                message!("서브넷 {names}(으)로 바꾸기", "Choose {names} instead"),
                vec![Edit::set(id, id_of!(LambdaFunction.subnets), private.to_value())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::LambdaFunction;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_in_a_public_subnet() {
        let mut n = two_zones();
        n.add("region", "function", LambdaFunction::default());
        n.refs("function", "subnets", &["public-a", "private-c"]);
        fires(&RULE, &n, &["function"]);
    }

    #[test]
    fn quiet_in_private_ones_and_outside_of_any() {
        let mut n = two_zones();
        n.add("region", "function", LambdaFunction::default());
        quiet(&RULE, &n);
        n.refs("function", "subnets", &["private-a", "private-c"]);
        quiet(&RULE, &n);
    }
}
