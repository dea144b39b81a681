//! What is wrong with properties of resources of a template that was opened, and no drawing shows. The faults are found with their lines in
//! `cloudformation/faults/`; here stands what each is called and why it matters.

use crate::rules::template::fault;
use crate::rules::{Rule, Severity};
use crate::template::RuleId;
use crate::text::t;

/// The rules of these faults.
pub const RULES: [Rule; 13] = [
    // Rules of network ACLs name the ports of their protocol.
    fault(
        RuleId::ACL_RULE_PORTS,
        Severity::Error,
        t("포트가 맞지 않는 네트워크 ACL 규칙", "Network ACL rule whose ports do not fit"),
        t(
            "TCP와 UDP 규칙에는 PortRange가, ICMP 규칙에는 Icmp가 있어야 해요. 없으면 EC2가 규칙을 받지 않아요.",
            "A rule for TCP or UDP needs PortRange, one for ICMP needs Icmp; EC2 refuses it without them.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html",
    ),
    // The validation domain of a certificate is the domain or one above it.
    fault(
        RuleId::CERTIFICATE_VALIDATION_DOMAIN,
        Severity::Error,
        t("위 도메인이 아닌 검증 도메인", "Validation domain that is not above the domain"),
        t(
            "ACM은 검증 메일을 인증서의 도메인이나 그 위 도메인으로만 보내요. 다른 도메인은 받지 않아요.",
            "ACM sends validation mail only to the domain of the certificate or one above it, and refuses others.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-certificatemanager-certificate-domainvalidationoption.html",
    ),
    // The host port of a container fits its network mode.
    fault(
        RuleId::CONTAINER_HOST_PORT,
        Severity::Error,
        t("맞지 않는 호스트 포트", "Host port that does not fit"),
        t(
            "awsvpc에서는 태스크가 자기 인터페이스를 가져서 호스트 포트가 컨테이너 포트와 같아야 해요.",
            "With awsvpc a task has an interface of its own, so the host port must be the container port.",
        ),
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
    ),
    // A container that logs to CloudWatch names log group and region.
    fault(
        RuleId::CONTAINER_LOG_OPTIONS,
        Severity::Error,
        t("빠진 로그 옵션", "Missing log options"),
        t(
            "awslogs 드라이버에는 awslogs-group과 awslogs-region이 있어야 해요. 없으면 컨테이너가 시작하지 못해요.",
            "The driver awslogs needs awslogs-group and awslogs-region; without them containers do not start.",
        ),
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    ),
    // One interface endpoint of a VPC answers to the private name of a service.
    fault(
        RuleId::ENDPOINT_PRIVATE_DNS_TWICE,
        Severity::Error,
        t("프라이빗 DNS가 겹치는 엔드포인트", "Endpoints with the same private name"),
        t(
            "VPC 안에서 서비스의 이름은 엔드포인트 하나로만 가요. 두 번째 엔드포인트는 만들어지지 않아요.",
            "Within a VPC the name of a service leads to one endpoint; the second cannot be created.",
        ),
        "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    ),
    // An alias record has neither TTL nor values.
    fault(
        RuleId::RECORD_ALIAS_WITH_TTL,
        Severity::Error,
        t("TTL이나 값이 있는 별칭 레코드", "Alias record with a TTL or values"),
        t(
            "별칭은 대상이 값과 TTL을 정해요. 함께 적으면 Route 53이 레코드를 받지 않아요.",
            "The target of an alias decides values and TTL; Route 53 refuses a record that names them as well.",
        ),
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    ),
    // The health checks of an Auto Scaling group are ones that go together.
    fault(
        RuleId::SCALING_HEALTH_CHECK_TYPES,
        Severity::Error,
        t("맞지 않는 상태 확인 유형", "Health check types that do not go together"),
        t(
            "EC2 상태 확인은 늘 켜져 있어서 다른 유형과 함께 적으면 거절돼요.",
            "EC2 health checks are always on, and naming them together with others is refused.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html",
    ),
    // Rules of security groups name the ports of their protocol.
    fault(
        RuleId::SECURITY_GROUP_RULE_PORTS,
        Severity::Error,
        t("포트가 맞지 않는 보안 그룹 규칙", "Security group rule whose ports do not fit"),
        t(
            "TCP, UDP, ICMP 규칙에는 FromPort와 ToPort가 있어야 해요. 없으면 EC2가 규칙을 받지 않아요.",
            "A rule for TCP, UDP or ICMP needs FromPort and ToPort; EC2 refuses it without them.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html",
    ),
    // A service has what its task definition and launch type need.
    fault(
        RuleId::SERVICE_NOT_FOR_TASK,
        Severity::Error,
        t("태스크 정의에 맞지 않는 서비스", "Service that does not fit its task definition"),
        t(
            "awsvpc 태스크에는 서브넷과 보안 그룹이 필요하고, Fargate는 DAEMON으로 실행하지 못해요.",
            "Tasks with awsvpc need subnets and groups, and Fargate does not run as DAEMON.",
        ),
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
    ),
    // A subnet is associated with one route table and one network ACL.
    fault(
        RuleId::SUBNET_ASSOCIATED_TWICE,
        Severity::Error,
        t("두 번 연결된 서브넷", "Subnet associated twice"),
        t(
            "서브넷은 라우팅 테이블 하나, 네트워크 ACL 하나만 따라요. 두 번째 연결은 배포가 실패하거나 첫째를 밀어내요.",
            "A subnet follows one route table and one network ACL. A second association fails, or pushes the first away.",
        ),
        "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    ),
    // A target group has the properties that its type of targets needs.
    fault(
        RuleId::TARGET_GROUP_NOT_FOR_TYPE,
        Severity::Error,
        t("대상 유형에 맞지 않는 대상 그룹", "Target group that does not fit its type of targets"),
        t(
            "함수가 아닌 대상에는 포트, 프로토콜, VPC가 있어야 하고, Lambda 대상에는 없어야 해요.",
            "All targets but functions need port, protocol and VPC; a group of Lambda functions must not have them.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html",
    ),
    // A task definition for Fargate has what Fargate needs.
    fault(
        RuleId::TASK_NOT_FOR_FARGATE,
        Severity::Error,
        t("Fargate에 맞지 않는 태스크 정의", "Task definition that Fargate does not take"),
        t(
            "Fargate는 awsvpc 네트워크 모드와 태스크의 CPU, 메모리를 꼭 요구해요.",
            "Fargate requires the network mode awsvpc, and CPU and memory of the task.",
        ),
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
    ),
    // A volume has the IOPS that its type takes.
    fault(
        RuleId::VOLUME_IOPS_MALFORMED,
        Severity::Error,
        t("볼륨 유형에 맞지 않는 IOPS", "IOPS that the type of volume does not take"),
        t(
            "io1과 io2에는 IOPS가 꼭 있어야 하고, 유형마다 범위가 정해져 있어요.",
            "io1 and io2 need IOPS, and each type takes them in its own range.",
        ),
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html",
    ),
];

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::rules::testing::{Example, hold};
    use crate::template::RuleId;

    /// By rule: resources in which it finds something, where, and resources in which it finds nothing.
    const EXAMPLES: [Example; 13] = [
        Example {
            rule: RuleId::ACL_RULE_PORTS,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n  In: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, CidrBlock: 0.0.0.0/0, Protocol: 6}}\n",
            found: &["Acl"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n  In: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, CidrBlock: 0.0.0.0/0, Protocol: 6, PortRange: {From: 80, To: 80}}}\n",
        },
        Example {
            rule: RuleId::CERTIFICATE_VALIDATION_DOMAIN,
            broken: "  Tls: {Type: 'AWS::CertificateManager::Certificate', Properties: {DomainName: www.example.com, DomainValidationOptions: [{DomainName: www.example.com, ValidationDomain: example.org}]}}\n",
            found: &["Tls"],
            sound: "  Tls: {Type: 'AWS::CertificateManager::Certificate', Properties: {DomainName: www.example.com, DomainValidationOptions: [{DomainName: www.example.com, ValidationDomain: example.com}]}}\n",
        },
        Example {
            rule: RuleId::CONTAINER_HOST_PORT,
            broken: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, PortMappings: [{ContainerPort: 80, HostPort: 8080}]}]}}\n",
            found: &["Task"],
            sound: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, PortMappings: [{ContainerPort: 80, HostPort: 80}]}]}}\n",
        },
        Example {
            rule: RuleId::CONTAINER_LOG_OPTIONS,
            broken: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: us-east-1}}}]}}\n",
            found: &["Task"],
            sound: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: us-east-1, awslogs-group: web}}}]}}\n",
        },
        Example {
            rule: RuleId::ENDPOINT_PRIVATE_DNS_TWICE,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  One: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: true}}
  Two: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: true}}
",
            found: &["Two"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  One: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: true}}
  Two: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: false}}
",
        },
        Example {
            rule: RuleId::RECORD_ALIAS_WITH_TTL,
            broken: "  Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: example.com}}\n  Www: {Type: 'AWS::Route53::RecordSet', Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, TTL: '300', AliasTarget: {DNSName: lb.example.net, HostedZoneId: Z1}}}\n",
            found: &["Www"],
            sound: "  Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: example.com}}\n  Www: {Type: 'AWS::Route53::RecordSet', Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, AliasTarget: {DNSName: lb.example.net, HostedZoneId: Z1}}}\n",
        },
        Example {
            rule: RuleId::SCALING_HEALTH_CHECK_TYPES,
            broken: "  Asg: {Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {MinSize: 1, MaxSize: 2, HealthCheckType: 'EC2,ELB', AvailabilityZones: [us-east-1a], LaunchConfigurationName: old}}\n",
            found: &["Asg"],
            sound: "  Asg: {Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {MinSize: 1, MaxSize: 2, HealthCheckType: 'ELB,EBS', AvailabilityZones: [us-east-1a], LaunchConfigurationName: old}}\n",
        },
        Example {
            rule: RuleId::SECURITY_GROUP_RULE_PORTS,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, CidrIp: 10.0.0.0/8}]}}\n",
            found: &["Web"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}, {IpProtocol: -1, CidrIp: 10.0.0.0/8}]}}\n",
        },
        Example {
            rule: RuleId::SERVICE_NOT_FOR_TASK,
            broken: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n  Svc: {Type: 'AWS::ECS::Service', Properties: {Cluster: main, TaskDefinition: !Ref Task}}\n",
            found: &["Svc"],
            sound: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n  Svc: {Type: 'AWS::ECS::Service', Properties: {Cluster: main, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-0123456789abcdef0]}}}}\n",
        },
        Example {
            rule: RuleId::SUBNET_ASSOCIATED_TWICE,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n  One: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  Two: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  A: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, RouteTableId: !Ref One}}\n  B: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, RouteTableId: !Ref Two}}\n",
            found: &["Net"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n  One: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  Two: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  A: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, RouteTableId: !Ref One}}\n",
        },
        Example {
            rule: RuleId::TARGET_GROUP_NOT_FOR_TYPE,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Tg: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Port: 80, Protocol: HTTP}}\n",
            found: &["Tg"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Tg: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Port: 80, Protocol: HTTP, VpcId: !Ref Vpc}}\n",
        },
        Example {
            rule: RuleId::TASK_NOT_FOR_FARGATE,
            broken: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n",
            found: &["Task", "Task"],
            sound: "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n",
        },
        Example {
            rule: RuleId::VOLUME_IOPS_MALFORMED,
            broken: "  Data: {Type: 'AWS::EC2::Volume', Properties: {AvailabilityZone: us-east-1a, Size: 100, VolumeType: io1, Iops: 10}}\n",
            found: &["Data"],
            sound: "  Data: {Type: 'AWS::EC2::Volume', Properties: {AvailabilityZone: us-east-1a, Size: 100, VolumeType: io1, Iops: 1000}}\n",
        },
    ];

    #[test]
    fn each_fires_where_the_template_says_so_and_is_quiet_on_a_sound_one() {
        hold(&RULES, &EXAMPLES);
    }
}
