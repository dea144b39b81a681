//! The command that collects what [`super::describe`] reads.

/// For the shell of AWS CloudShell: reads the network of its region, changes nothing, and leaves `groundplan.json`.
///
/// Health, attributes and listeners do not say of themselves whose they are, so their outputs get the ARN they were asked with; so do routes and
/// propagations of transit gateways the table.
pub const COLLECT: &str = r#"(
for what in vpcs subnets route-tables internet-gateways nat-gateways security-groups network-acls network-interfaces instances addresses vpc-peering-connections vpc-endpoints vpc-endpoint-service-configurations prefix-lists transit-gateways transit-gateway-attachments transit-gateway-vpc-attachments transit-gateway-peering-attachments transit-gateway-route-tables vpn-gateways customer-gateways vpn-connections; do
  aws ec2 describe-$what --output json
done
for table in $(aws ec2 describe-transit-gateway-route-tables --query 'TransitGatewayRouteTables[].TransitGatewayRouteTableId' --output text); do
  aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id $table --filters Name=type,Values=static,propagated --output json | jq --arg table $table '{TransitGatewayStaticRoutes: [. + {TransitGatewayRouteTableId: $table}]}'
  aws ec2 get-transit-gateway-route-table-propagations --transit-gateway-route-table-id $table --output json | jq --arg table $table '{TransitGatewayPropagations: [. + {TransitGatewayRouteTableId: $table}]}'
done
aws elbv2 describe-load-balancers --output json
aws elbv2 describe-target-groups --output json
for arn in $(aws elbv2 describe-target-groups --query 'TargetGroups[].TargetGroupArn' --output text); do
  aws elbv2 describe-target-health --target-group-arn $arn --output json | jq --arg arn $arn '{TargetHealth: [. + {TargetGroupArn: $arn}]}'
done
for arn in $(aws elbv2 describe-load-balancers --query 'LoadBalancers[].LoadBalancerArn' --output text); do
  aws elbv2 describe-load-balancer-attributes --load-balancer-arn $arn --output json | jq --arg arn $arn '{LoadBalancerAttributes: [. + {LoadBalancerArn: $arn}]}'
  aws elbv2 describe-listeners --load-balancer-arn $arn --output json
  for listener in $(aws elbv2 describe-listeners --load-balancer-arn $arn --query 'Listeners[].ListenerArn' --output text); do
    aws elbv2 describe-rules --listener-arn $listener --output json
  done
done
) > groundplan.json"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_only_reads() {
        let calls = COLLECT.match_indices("aws ").filter_map(|(at, _)| COLLECT.get(at..)?.split_whitespace().nth(2));
        let calls: Vec<&str> = calls.collect();
        assert!(calls.len() >= 8);
        let reads = ["describe-", "search-transit-gateway-routes", "get-transit-gateway-route-table-propagations"];
        assert!(calls.iter().all(|call| reads.iter().any(|read| call.starts_with(read))), "{calls:?}");
    }

    #[test]
    fn outputs_one_after_another_are_read() {
        let vpc = r#"{"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16"}]}"#;
        let subnet = r#"{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.1.0/24","AvailabilityZone":"ap-northeast-2a"}]}"#;
        let text = format!("{vpc}\n{subnet}\n");
        assert!(crate::cloudformation::is_describe(&text));
        let drawn = crate::cloudformation::describe([("groundplan.json", text.as_str())]);
        assert!(drawn.aliases.is_empty() && drawn.design.nodes().any(|(_, node)| node.origin == "subnet-1"));
    }
}
