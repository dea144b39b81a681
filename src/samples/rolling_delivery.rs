//! A pipeline from a push to tasks on Fargate, replaced one by one.

use super::pen::{Pen, default_route, port_from, port_from_group, table};
use crate::catalog::kinds::{
    ActionProvider, BuildVariable, CodeBuildProject, CodePipeline, Container, EcrRepository, EcsCluster, EcsService,
    Forward, IMAGE_BUILDSPEC, Internet, InternetGateway, Listener, LoadBalancer, LogGroup, PipelineAction, PortMapping,
    Region, ServiceBalancer, TargetGroup, TargetType, TaskDefinition, Vpc,
};
use crate::design::Design;
use crate::net::AnyCidr;

/// The port on which the program listens.
const PORT: u16 = 8000;

/// Draws it: GitHub, CodeBuild with an image for ECR, and a rolling deployment to a service in private subnets behind an ALB.
pub fn rolling_delivery() -> Design {
    let mut pen = Pen::new("CodePipeline으로 ECS 롤링 배포");
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1296.0, 680.0)));
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 896.0, 616.0)));
    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 264.0);
    let private_table = pen.tile(vpc, "private-rt", table(Vec::new()), 16.0, 424.0);
    let [public_a, public_c, private_a, private_c] =
        pen.four_subnets(vpc, public_table, [private_table, private_table]);
    pen.nat(public_a, "nat", [40.0, 176.0], private_table);

    let inbound = vec![port_from(80, AnyCidr::default(), "HTTP from anywhere")];
    let why = "The load balancer: HTTP from anywhere";
    let alb_group = pen.group(vpc, ("alb-sg", why), inbound, (560.0, 104.0));
    let inbound = vec![port_from_group(PORT, alb_group, "From the load balancer")];
    let task_group = pen.group(vpc, ("task-sg", "The tasks: from the load balancer"), inbound, (672.0, 104.0));
    let targets = TargetGroup { target_type: TargetType::Ip, port: PORT, ..TargetGroup::default() };
    let targets = pen.tile(vpc, "web-tg", targets, 432.0, 104.0);
    let balancer =
        LoadBalancer { subnets: vec![public_a, public_c], security_groups: vec![alb_group], ..LoadBalancer::default() };
    let balancer = pen.frame(vpc, "web-alb", balancer, (128.0, 48.0, 240.0, 136.0));
    let forwards = vec![Forward { target_group: Some(targets), ..Forward::default() }];
    pen.tile(Some(balancer), "http", Listener { forwards, ..Listener::default() }, 80.0, 48.0);

    let repository = pen.tile(region, "web-images", EcrRepository::default(), 944.0, 208.0);
    let logs = pen.tile(region, "web-logs", LogGroup::default(), 1168.0, 208.0);
    let cluster = pen.tile(region, "lab-cluster", EcsCluster::default(), 944.0, 336.0);
    let container = Container {
        name: "web".to_owned(),
        repository: Some(repository),
        ports: vec![PortMapping { container_port: PORT, ..PortMapping::default() }],
        log_group: Some(logs),
        ..Container::default()
    };
    let task = TaskDefinition { containers: vec![container], ..TaskDefinition::default() };
    let task = pen.tile(region, "web-task", task, 1056.0, 208.0);
    let service = EcsService {
        cluster: Some(cluster),
        task_definition: Some(task),
        desired_count: 2,
        subnets: vec![private_a, private_c],
        security_groups: vec![task_group],
        load_balancers: vec![ServiceBalancer {
            target_group: Some(targets),
            container: "web".to_owned(),
            port: Some(PORT),
            ..ServiceBalancer::default()
        }],
        ..EcsService::default()
    };
    let service = pen.tile(vpc, "web-service", service, 784.0, 104.0);

    let variable = |name: &str| BuildVariable { name: name.to_owned(), ..BuildVariable::default() };
    let project = CodeBuildProject {
        buildspec: IMAGE_BUILDSPEC.to_owned(),
        privileged: true,
        variables: vec![
            BuildVariable { resource: Some(repository), ..variable("REPOSITORY_URI") },
            BuildVariable { value: "web".to_owned(), ..variable("CONTAINER_NAME") },
        ],
        ..CodeBuildProject::default()
    };
    let project = pen.tile(region, "image-build", project, 1056.0, 80.0);
    let mut actions = CodePipeline::default().actions;
    actions.push(PipelineAction { project: Some(project), ..PipelineAction::default() });
    actions.push(PipelineAction {
        stage: "Deploy".to_owned(),
        name: "Deploy".to_owned(),
        provider: ActionProvider::Ecs,
        ecs_service: Some(service),
        input: "BuildOutput".to_owned(),
        ..PipelineAction::default()
    });
    pen.tile(region, "web-pipeline", CodePipeline { actions, ..CodePipeline::default() }, 944.0, 80.0);
    pen.finish()
}
