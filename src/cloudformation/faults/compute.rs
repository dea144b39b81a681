//! Instances, scaling, tasks and targets: properties that only fit together.

use super::names::literal;
use super::network::number;
use super::{Finder, scalar, step};
use crate::message;
use crate::template::{Json, Object, RuleId};

const FARGATE: RuleId = RuleId::TASK_NOT_FOR_FARGATE;
const HOST_PORT: RuleId = RuleId::CONTAINER_HOST_PORT;
const LOG: RuleId = RuleId::CONTAINER_LOG_OPTIONS;
const SERVICE: RuleId = RuleId::SERVICE_NOT_FOR_TASK;
const HEALTH: RuleId = RuleId::SCALING_HEALTH_CHECK_TYPES;
const TARGET: RuleId = RuleId::TARGET_GROUP_NOT_FOR_TYPE;
const SOURCE: RuleId = RuleId::PIPELINE_WITHOUT_SOURCE;
const VOLUME: RuleId = RuleId::VOLUME_IOPS_MALFORMED;

pub(super) fn find(finder: &mut Finder<'_>, resources: &Object) {
    for (logical, resource) in resources {
        let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
        let at = format!("/Resources/{}/Properties", step(logical));
        match resource.get("Type").and_then(Json::as_str).unwrap_or_default() {
            "AWS::ECS::TaskDefinition" => task(finder, logical, properties, &at),
            "AWS::ECS::Service" => service(finder, logical, properties, resources, &at),
            "AWS::AutoScaling::AutoScalingGroup" => health(finder, logical, properties, &at),
            "AWS::ElasticLoadBalancingV2::TargetGroup" => target_group(finder, logical, properties, &at),
            "AWS::EC2::Instance" | "AWS::AutoScaling::LaunchConfiguration" => volumes(finder, logical, properties, &at),
            "AWS::EC2::LaunchTemplate" => {
                if let Some(data) = properties.get("LaunchTemplateData").and_then(Json::as_object) {
                    volumes(finder, logical, data, &format!("{at}/LaunchTemplateData"));
                }
            }
            "AWS::CodePipeline::Pipeline" => pipeline(finder, logical, properties, &at),
            "AWS::Lambda::Function" => function(finder, logical, properties, &at),
            "AWS::EC2::Volume" => {
                volume(finder, logical, properties, &at);
                alone(finder, logical, properties, &at);
            }
            "AWS::RDS::DBInstance" => database(finder, logical, properties, &at),
            _ => {}
        }
    }
}

fn text<'j>(object: &'j Object, key: &str) -> Option<&'j str> {
    object.get(key).and_then(literal)
}

fn task(finder: &mut Finder<'_>, logical: &str, task: &Object, at: &str) {
    let compatible = task.get("RequiresCompatibilities").and_then(Json::as_array).into_iter().flatten();
    let is_fargate = compatible.into_iter().any(|one| one.as_str() == Some("FARGATE"));
    if is_fargate {
        for key in ["NetworkMode", "Cpu", "Memory"].into_iter().filter(|key| !task.contains_key(*key)) {
            let example = match key {
                "NetworkMode" => "awsvpc",
                "Cpu" => "256",
                _ => "512",
            };
            let why = message!(
                "Fargate 태스크 정의 {logical}에 {key}이(가) 없어서 배포가 거절돼요. {key}: {example}처럼 추가하세요.",
                "Task definition {logical} is for Fargate and lacks {key}, so the deployment is refused. Add it, as in {key}: {example}."
            );
            finder.tell(FARGATE, at, why);
        }
        if let Some(mode) = text(task, "NetworkMode").filter(|mode| *mode != "awsvpc") {
            let why = message!(
                "Fargate 태스크 정의 {logical}의 NetworkMode가 {mode}이에요(예요). Fargate는 awsvpc만 받으니 고치세요.",
                "Task definition {logical} is for Fargate and has NetworkMode {mode}. Fargate takes awsvpc only: write that."
            );
            finder.tell(FARGATE, &format!("{at}/NetworkMode"), why);
        }
        let sizes = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768];
        if let Some(cpu) = number(task.get("Cpu")).filter(|cpu| !sizes.contains(cpu)) {
            let sizes = sizes.map(|size| size.to_string()).join(", ");
            let why = message!(
                "Fargate 태스크 정의 {logical}의 Cpu {cpu}은(는) 없는 크기예요. {sizes} 가운데 고르세요.",
                "Task definition {logical} is for Fargate, which has no Cpu of {cpu}. Choose from {sizes}."
            );
            finder.tell(FARGATE, &format!("{at}/Cpu"), why);
        }
        if task.contains_key("PlacementConstraints") {
            let why = message!(
                "Fargate 태스크 정의 {logical}에는 PlacementConstraints를 쓸 수 없어요. 지우세요.",
                "Task definition {logical} is for Fargate and cannot have PlacementConstraints. Remove them."
            );
            finder.tell(FARGATE, &format!("{at}/PlacementConstraints"), why);
        }
    }
    let containers = task.get("ContainerDefinitions").and_then(Json::as_array).into_iter().flatten();
    for (row, container) in containers.enumerate() {
        let at = format!("{at}/ContainerDefinitions/{row}");
        let name = container.get("Name").map(scalar::short).unwrap_or_default();
        if text(task, "NetworkMode") == Some("awsvpc") {
            host_ports(finder, logical, &name, container, &at);
        }
        log_options(finder, logical, &name, container, &at);
        let driver = container.get("LogConfiguration").and_then(|log| log.get("LogDriver")?.as_str());
        if let Some(driver) =
            driver.filter(|driver| is_fargate && !["awslogs", "splunk", "awsfirelens"].contains(driver))
        {
            let why = message!(
                "{logical}의 컨테이너 {name}이(가) 로그를 {driver}(으)로 보내는데 Fargate는 awslogs, splunk, awsfirelens만 받아요. 그 가운데 고르세요.",
                "Container {name} of {logical} logs with {driver}, but Fargate takes awslogs, splunk and awsfirelens only. Choose one of these."
            );
            finder.tell(FARGATE, &format!("{at}/LogConfiguration/LogDriver"), why);
        }
    }
}

/// A task with an interface of its own has the ports of its containers.
fn host_ports(finder: &mut Finder<'_>, logical: &str, name: &str, container: &Json, at: &str) {
    for (row, mapping) in container.get("PortMappings").and_then(Json::as_array).into_iter().flatten().enumerate() {
        let (host, own) = (number(mapping.get("HostPort")), number(mapping.get("ContainerPort")));
        if let (Some(host), Some(own)) = (host, own)
            && host != own
            && host != 0
        {
            let why = message!(
                "{logical}의 컨테이너 {name}이(가) 호스트 포트 {host}을(를) 컨테이너 포트 {own}에 이었어요. awsvpc에서는 둘이 같아야 하니 HostPort를 지우거나 {own}(으)로 고치세요.",
                "Container {name} of {logical} maps host port {host} to container port {own}. With awsvpc both must be the same: remove HostPort or write {own}."
            );
            finder.tell(HOST_PORT, &format!("{at}/PortMappings/{row}/HostPort"), why);
        }
    }
}

fn log_options(finder: &mut Finder<'_>, logical: &str, name: &str, container: &Json, at: &str) {
    let Some(log) = container.get("LogConfiguration").and_then(Json::as_object) else { return };
    if text(log, "LogDriver") != Some("awslogs") {
        return;
    }
    for key in ["awslogs-group", "awslogs-region"] {
        if log.get("Options").is_none_or(|options| options.is_object() && options.get(key).is_none()) {
            let why = message!(
                "{logical}의 컨테이너 {name}이(가) awslogs로 로그를 보내는데 옵션 {key}이(가) 없어요. Options에 추가하세요.",
                "Container {name} of {logical} logs with awslogs and lacks the option {key}. Add it to Options."
            );
            finder.tell(LOG, &format!("{at}/LogConfiguration"), why);
        }
    }
}

fn service(finder: &mut Finder<'_>, logical: &str, service: &Object, resources: &Object, at: &str) {
    let controller = service.get("DeploymentController").and_then(|one| one.get("Type")?.as_str());
    let is_fargate = text(service, "LaunchType") == Some("FARGATE");
    let strategy = text(service, "SchedulingStrategy");
    if strategy == Some("DAEMON") && (is_fargate || matches!(controller, Some("CODE_DEPLOY" | "EXTERNAL"))) {
        let why = message!(
            "서비스 {logical}은(는) SchedulingStrategy DAEMON을 쓸 수 없어요. Fargate와 CODE_DEPLOY, EXTERNAL 배포는 REPLICA만 받으니 REPLICA로 바꾸세요.",
            "Service {logical} cannot have SchedulingStrategy DAEMON: Fargate and the deployments CODE_DEPLOY and EXTERNAL take REPLICA only. Write that."
        );
        finder.tell(SERVICE, &format!("{at}/SchedulingStrategy"), why);
    }
    let task = service
        .get("TaskDefinition")
        .and_then(|task| task.get("Ref")?.as_str())
        .and_then(|name| Some((name, resources.get(name)?)));
    let Some((task_name, task)) = task.and_then(|(name, task)| Some((name, task.get("Properties")?.as_object()?)))
    else {
        return;
    };
    if text(task, "NetworkMode") == Some("awsvpc") && !service.contains_key("NetworkConfiguration") {
        let why = message!(
            "태스크 정의 {task_name}의 네트워크 모드가 awsvpc인데 서비스 {logical}에 NetworkConfiguration이 없어서 배포가 거절돼요. 서브넷과 보안 그룹을 쓰세요.",
            "Task definition {task_name} has network mode awsvpc, but service {logical} has no NetworkConfiguration, so the deployment is refused. Write subnets and security groups."
        );
        finder.tell(SERVICE, at, why);
    }
    dynamic_ports(finder, logical, service, (task_name, task), resources, at);
}

/// A port that is chosen when a task starts is checked on the port of the traffic.
fn dynamic_ports(
    finder: &mut Finder<'_>,
    logical: &str,
    service: &Object,
    (task_name, task): (&str, &Object),
    resources: &Object,
    at: &str,
) {
    let balancers = service.get("LoadBalancers").and_then(Json::as_array).into_iter().flatten();
    for (row, balancer) in balancers.enumerate() {
        let (name, port) = (balancer.get("ContainerName"), number(balancer.get("ContainerPort")));
        let containers = task.get("ContainerDefinitions").and_then(Json::as_array).into_iter().flatten();
        let own =
            containers.into_iter().filter(|container| container.get("Name").is_some() && container.get("Name") == name);
        let mut mappings =
            own.flat_map(|container| container.get("PortMappings").and_then(Json::as_array).into_iter().flatten());
        let is_dynamic = mappings
            .any(|mapping| number(mapping.get("HostPort")) == Some(0) && number(mapping.get("ContainerPort")) == port);
        let Some(group) =
            balancer.get("TargetGroupArn").and_then(|group| group.get("Ref")?.as_str()).filter(|_| is_dynamic)
        else {
            continue;
        };
        let check = resources.get(group).and_then(|group| group.get("Properties")?.get("HealthCheckPort"));
        if let Some(check) =
            check.filter(|check| check.is_number() || literal(check).is_some_and(|port| port != "traffic-port"))
        {
            let check = scalar::short(check);
            let why = message!(
                "태스크 정의 {task_name}의 호스트 포트는 태스크를 시작할 때 정해지는데 대상 그룹 {group}은(는) 포트 {check}을(를) 확인해요. 서비스 {logical}이(가) 늘 비정상이 되니 HealthCheckPort를 traffic-port로 바꾸세요.",
                "The host port of task definition {task_name} is chosen when a task starts, but target group {group} checks port {check}, so service {logical} never gets healthy. Set HealthCheckPort to traffic-port."
            );
            finder.tell(HOST_PORT, &format!("{at}/LoadBalancers/{row}"), why);
        }
    }
}

fn health(finder: &mut Finder<'_>, logical: &str, group: &Object, at: &str) {
    let Some(kinds) = text(group, "HealthCheckType") else { return };
    let all: Vec<&str> = kinds.split(',').map(str::trim).collect();
    let known = ["EC2", "ELB", "EBS", "VPC_LATTICE"];
    let pointer = format!("{at}/HealthCheckType");
    if let Some(other) = all.iter().find(|one| !known.contains(one)) {
        let why = message!(
            "Auto Scaling 그룹 {logical}의 HealthCheckType에 {other}은(는) 없어요. EC2, ELB, EBS, VPC_LATTICE 가운데 고르세요.",
            "HealthCheckType of Auto Scaling group {logical} does not take {other}. Choose from EC2, ELB, EBS and VPC_LATTICE."
        );
        finder.tell(HEALTH, &pointer, why);
    } else if all.len() > 1 && all.contains(&"EC2") {
        let why = message!(
            "Auto Scaling 그룹 {logical}은(는) EC2를 다른 상태 확인과 함께 적었어요({kinds}). EC2는 늘 확인하니 빼세요.",
            "Auto Scaling group {logical} names EC2 together with other health checks ({kinds}). EC2 is always checked: leave it out."
        );
        finder.tell(HEALTH, &pointer, why);
    }
}

/// Sources stand in the first stage of a pipeline, and nowhere else.
fn pipeline(finder: &mut Finder<'_>, logical: &str, pipeline: &Object, at: &str) {
    for (stage, json) in pipeline.get("Stages").and_then(Json::as_array).into_iter().flatten().enumerate() {
        for (row, action) in json.get("Actions").and_then(Json::as_array).into_iter().flatten().enumerate() {
            let category = action.pointer("/ActionTypeId/Category").and_then(Json::as_str);
            let Some(category) = category.filter(|category| (*category == "Source") != (stage == 0)) else { continue };
            let number = stage + 1;
            let why = message!(
                "파이프라인 {logical}의 {number}번째 스테이지에 {category} 작업이 있어요. 소스 작업은 첫 스테이지에만, 다른 작업은 그 뒤에만 두세요.",
                "Stage {number} of pipeline {logical} has an action of category {category}. Sources stand in the first stage only, everything else after it."
            );
            finder.tell(SOURCE, &format!("{at}/Stages/{stage}/Actions/{row}"), why);
        }
    }
}

/// A function from a file, rather than from an image, says how it is run.
fn function(finder: &mut Finder<'_>, logical: &str, function: &Object, at: &str) {
    let code = function.get("Code").and_then(Json::as_object);
    let is_file = code.is_some_and(|code| code.contains_key("ZipFile") || code.contains_key("S3Bucket"));
    if !is_file || text(function, "PackageType") == Some("Image") {
        return;
    }
    for key in ["Handler", "Runtime"].into_iter().filter(|key| !function.contains_key(*key)) {
        let why = message!(
            "Lambda 함수 {logical}에 {key}이(가) 없어서 배포가 거절돼요. 컨테이너 이미지가 아닌 코드에는 꼭 있어야 하니 추가하세요.",
            "Lambda function {logical} lacks {key}, so the deployment is refused. Code that is no container image needs it: add it."
        );
        finder.tell(super::MISSING, at, why);
    }
}

fn target_group(finder: &mut Finder<'_>, logical: &str, group: &Object, at: &str) {
    if text(group, "TargetType") == Some("lambda") {
        for key in ["Port", "Protocol", "ProtocolVersion", "VpcId", "HealthCheckPort", "HealthCheckProtocol"] {
            if group.contains_key(key) {
                let why = message!(
                    "대상 그룹 {logical}의 대상은 Lambda 함수라서 {key}을(를) 쓸 수 없어요. 지우세요.",
                    "The targets of target group {logical} are Lambda functions, so it cannot have {key}. Remove it."
                );
                finder.tell(TARGET, &format!("{at}/{key}"), why);
            }
        }
    } else if group.get("TargetType").is_none_or(Json::is_string) {
        for key in ["Port", "Protocol", "VpcId"].into_iter().filter(|key| !group.contains_key(*key)) {
            let why = message!(
                "대상 그룹 {logical}에 {key}이(가) 없어서 배포가 거절돼요. 대상이 Lambda 함수가 아니면 꼭 있어야 하니 추가하세요.",
                "Target group {logical} lacks {key}, so the deployment is refused. All but groups of Lambda functions need it: add it."
            );
            finder.tell(TARGET, at, why);
        }
    }
    if let Some(protocol) = text(group, "HealthCheckProtocol").filter(|one| !["HTTP", "HTTPS"].contains(one))
        && group.contains_key("Matcher")
    {
        let why = message!(
            "대상 그룹 {logical}은(는) {protocol}(으)로 상태를 확인해서 Matcher를 쓸 수 없어요. HTTP나 HTTPS로 확인하거나 Matcher를 지우세요.",
            "Target group {logical} checks health with {protocol}, which has no Matcher. Check with HTTP or HTTPS, or remove Matcher."
        );
        finder.tell(TARGET, &format!("{at}/Matcher"), why);
    }
}

fn volumes(finder: &mut Finder<'_>, logical: &str, of: &Object, at: &str) {
    for (row, mapping) in of.get("BlockDeviceMappings").and_then(Json::as_array).into_iter().flatten().enumerate() {
        let at = format!("{at}/BlockDeviceMappings/{row}");
        if let Some(ebs) = mapping.get("Ebs").and_then(Json::as_object) {
            volume(finder, &format!("{logical}.BlockDeviceMappings[{row}].Ebs"), ebs, &format!("{at}/Ebs"));
        }
        let named = mapping.get("VirtualName").and_then(literal).filter(|_| mapping.get("Ebs").is_none());
        let number = named.map(|name| name.strip_prefix("ephemeral").and_then(|rest| rest.parse::<u8>().ok()));
        if let (Some(name), Some(None)) = (named, number) {
            let why = message!(
                "{logical}의 VirtualName {name}은(는) 인스턴스 스토어의 이름이 아니에요. ephemeral0처럼 쓰세요.",
                "VirtualName {name} of {logical} is no name of an instance store. Write one such as ephemeral0."
            );
            finder.tell(VOLUME, &format!("{at}/VirtualName"), why);
        }
    }
}

/// A volume of its own is in a zone, and has a size or something that it is made from.
fn alone(finder: &mut Finder<'_>, logical: &str, volume: &Object, at: &str) {
    for keys in [["AvailabilityZone", "AvailabilityZoneId"].as_slice(), &["Size", "SnapshotId", "SourceVolumeId"]] {
        if !keys.iter().any(|key| volume.contains_key(*key)) && !volume.contains_key("SourceVolumeId") {
            let names = keys.join(", ");
            let why = message!(
                "볼륨 {logical}에 {names} 가운데 하나가 있어야 해요. 추가하세요.",
                "Volume {logical} needs one of {names}. Add it."
            );
            finder.tell(super::MISSING, at, why);
        }
    }
}

/// The engines of RDS (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>).
const ENGINES: [&str; 22] = [
    "aurora-mysql",
    "aurora-postgresql",
    "custom-oracle-ee",
    "custom-oracle-ee-cdb",
    "custom-oracle-se2",
    "custom-oracle-se2-cdb",
    "custom-sqlserver-dev",
    "custom-sqlserver-ee",
    "custom-sqlserver-se",
    "custom-sqlserver-web",
    "db2-ae",
    "db2-se",
    "mariadb",
    "mysql",
    "oracle-ee",
    "oracle-ee-cdb",
    "oracle-se2",
    "oracle-se2-cdb",
    "postgres",
    "sqlserver-ee",
    "sqlserver-ex",
    "sqlserver-se",
];

fn database(finder: &mut Finder<'_>, logical: &str, database: &Object, at: &str) {
    let known = |engine: &str| ENGINES.contains(&engine) || ["sqlserver-web", "sqlserver-dev-ee"].contains(&engine);
    if let Some(engine) = text(database, "Engine").filter(|engine| !known(&engine.to_lowercase())) {
        let hint = super::meant(engine, ENGINES.into_iter()).unwrap_or("mysql, postgres, mariadb");
        let why = message!(
            "데이터베이스 {logical}의 엔진 {engine}은(는) RDS에 없어요. {hint} 같은 엔진을 쓰세요.",
            "RDS has no engine {engine}, which database {logical} names. Write one such as {hint}."
        );
        finder.tell(super::VALUE, &format!("{at}/Engine"), why);
    }
    if let Some(days) = number(database.get("BackupRetentionPeriod")).filter(|days| !(0..=35).contains(days)) {
        let why = message!(
            "데이터베이스 {logical}의 백업 보존 기간은 0일에서 35일인데 {days}일이에요. 고치세요.",
            "Database {logical} can keep backups for 0 to 35 days, not {days}. Correct it."
        );
        finder.tell(super::VALUE, &format!("{at}/BackupRetentionPeriod"), why);
    }
}

/// How many operations a second a type of volume takes
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html>).
fn volume(finder: &mut Finder<'_>, name: &str, volume: &Object, at: &str) {
    let Some(kind) = text(volume, "VolumeType") else { return };
    let (least, most, needed) = match kind {
        "io1" => (100, 64_000, true),
        "io2" => (100, 256_000, true),
        "gp3" => (3_000, 80_000, false),
        _ => return,
    };
    match (volume.get("Iops"), number(volume.get("Iops"))) {
        (None, _) if needed => {
            let why = message!(
                "{name}은(는) {kind} 볼륨인데 Iops가 없어서 배포가 거절돼요. {least}에서 {most} 사이로 쓰세요.",
                "{name} is a volume of type {kind} and has no Iops, so the deployment is refused. Write {least} to {most}."
            );
            finder.tell(VOLUME, at, why);
        }
        (_, Some(iops)) if !(least..=most).contains(&iops) => {
            let why = message!(
                "{name}은(는) {kind} 볼륨이라 Iops가 {least}에서 {most} 사이여야 하는데 {iops}이에요(예요). 그 사이로 고치세요.",
                "{name} is a volume of type {kind}: Iops must be {least} to {most} and is {iops}. Correct it."
            );
            finder.tell(VOLUME, &format!("{at}/Iops"), why);
        }
        _ => {}
    }
}
