//! Containers without servers: tasks in private subnets behind an HTTPS load balancer, their image pulled through NAT or through endpoints.

use super::pen::{Pen, default_route, port_from, port_from_group, table};
use crate::catalog::kinds::{
    Container, EcrRepository, EcsCluster, EcsService, EndpointType, IamRole, Internet, InternetGateway, LogGroup,
    PortMapping, Region, ServiceBalancer, TargetGroup, TargetType, TaskDefinition, Vpc, VpcEndpoint,
};
use crate::catalog::permissions::AwsPolicy;
use crate::design::Design;
use crate::id::NodeId;
use crate::net::AnyCidr;

/// The port on which the containers listen.
const PORT: u16 = 8000;

/// Draws it with a NAT gateway, through which tasks pull their image.
pub fn fargate_through_nat() -> Design {
    let mut lab = Lab::new("ALB 뒤의 Fargate(NAT)");
    lab.pen.nat(lab.public_a, "nat", [16.0, 128.0], lab.private_table);
    lab.pen.finish()
}

/// Draws it without NAT: endpoints lead to everything that the tasks need.
pub fn fargate_through_endpoints() -> Design {
    let mut lab = Lab::new("ALB 뒤의 Fargate(엔드포인트)");
    let inbound = vec![port_from_group(443, lab.task_group, "HTTPS from the tasks")];
    let group = lab.pen.group(lab.vpc, ("endpoint-sg", "The endpoints: HTTPS from the tasks"), inbound, (896.0, 104.0));
    for (service, y) in [("ecr.api", 200.0), ("ecr.dkr", 296.0), ("logs", 392.0)] {
        let endpoint = VpcEndpoint {
            endpoint_type: EndpointType::Interface,
            service: service.to_owned(),
            subnets: lab.private.to_vec(),
            security_groups: vec![group],
            ..VpcEndpoint::default()
        };
        lab.pen.tile(lab.vpc, &service.replace('.', "-"), endpoint, 896.0, y);
    }
    let s3 = VpcEndpoint { route_tables: vec![lab.private_table], private_dns: false, ..VpcEndpoint::default() };
    lab.pen.tile(lab.vpc, "s3", s3, 896.0, 488.0);
    lab.pen.finish()
}

/// What both have: 10.0.0.0/16 in two zones, the service with its cluster, task and image, the ALB, name and certificate.
struct Lab {
    pen: Pen,
    vpc: Option<NodeId>,
    public_a: NodeId,
    private: [NodeId; 2],
    private_table: NodeId,
    task_group: NodeId,
}

impl Lab {
    fn new(title: &str) -> Self {
        let mut pen = Pen::new(title);
        pen.tile(None, "internet", Internet, 32.0, 136.0);
        let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1296.0, 680.0)));
        let vpc = Vpc { dns_hostnames: true, ..Vpc::default() };
        let vpc = Some(pen.frame(region, "lab-vpc", vpc, (16.0, 48.0, 1008.0, 616.0)));
        let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
        let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 264.0);
        let private_table = pen.tile(vpc, "private-rt", table(Vec::new()), 16.0, 400.0);
        let [public_a, public_c, private_a, private_c] =
            pen.four_subnets(vpc, public_table, [private_table, private_table]);

        let web = |port| port_from(port, AnyCidr::default(), "From anywhere");
        let why = "The load balancer: HTTP and HTTPS from anywhere";
        let alb_group = pen.group(vpc, ("alb-sg", why), vec![web(80), web(443)], (560.0, 104.0));
        let inbound = vec![port_from_group(PORT, alb_group, "The container port from the load balancer")];
        let task_group = pen.group(vpc, ("task-sg", "The tasks: the load balancer alone"), inbound, (672.0, 104.0));
        let private = [private_a, private_c];
        let (names, certificate) = pen.certified(region, &["www.example.com"]);
        let targets = TargetGroup { target_type: TargetType::Ip, port: PORT, ..TargetGroup::default() };
        let targets = pen.tile(vpc, "web-tg", targets, 432.0, 104.0);
        let balancer = pen.https_balancer(vpc, (vec![public_a, public_c], alb_group), targets, certificate);
        pen.alias(names, ("www", "www.example.com"), balancer, 16.0);
        let task = task(&mut pen, region);
        let service = EcsService {
            cluster: Some(pen.tile(region, "web-cluster", EcsCluster::default(), 1056.0, 312.0)),
            task_definition: Some(task),
            desired_count: 2,
            subnets: private.to_vec(),
            security_groups: vec![task_group],
            load_balancers: vec![ServiceBalancer {
                target_group: Some(targets),
                container: "web".to_owned(),
                port: Some(PORT),
                green_group: None,
            }],
            ..EcsService::default()
        };
        pen.tile(vpc, "web-service", service, 784.0, 104.0);
        Self { pen, vpc, public_a, private, private_table, task_group }
    }
}

/// What each task runs, with its image, logs and role.
fn task(pen: &mut Pen, region: Option<NodeId>) -> NodeId {
    let role = IamRole {
        aws_policies: vec![AwsPolicy { policy: "service-role/AmazonECSTaskExecutionRolePolicy".to_owned() }],
        ..IamRole::of_service("ecs-tasks.amazonaws.com")
    };
    let container = Container {
        repository: Some(pen.tile(region, "web-repository", EcrRepository::default(), 1168.0, 208.0)),
        log_group: Some(pen.tile(region, "web-logs", LogGroup::default(), 1168.0, 416.0)),
        ports: vec![PortMapping { container_port: PORT, ..PortMapping::default() }],
        ..Container::default()
    };
    let task = TaskDefinition {
        execution_role: Some(pen.tile(region, "task-execution-role", role, 1056.0, 416.0)),
        containers: vec![container],
        ..TaskDefinition::default()
    };
    pen.tile(region, "web-task", task, 1168.0, 312.0)
}
