//! What each kind is billed for.

use super::prices::{self, HOURS, source};
use super::{Cost, Item, NotPriced};
use crate::catalog::Body;
use crate::catalog::kinds::{
    AutoScalingGroup, BillingMode, CpuArchitecture, Dashboard, DbInstance, DbStorage, EcsService, Held, Instance,
    LaunchTemplate, LoadBalancer, NatGateway, PublicIp, ServiceLaunch, TaskDefinition, Volume, VpcEndpoint,
};
use crate::catalog::launch::VolumeType;
use crate::design::Node;
use crate::facts::Context;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// Writes the bill of one node.
struct Bill<'a> {
    node: NodeId,
    cost: &'a mut Cost,
}

impl Bill<'_> {
    /// Something that is billed as long as it is there.
    fn always(&mut self, what: Message, monthly: f64, source: &'static str) {
        self.cost.items.push(Item { node: self.node, what, monthly, when_stopped: monthly, source });
    }

    /// Something that is billed while it runs.
    fn running(&mut self, what: Message, monthly: f64, source: &'static str) {
        self.cost.items.push(Item { node: self.node, what, monthly, when_stopped: 0.0, source });
    }

    fn not_priced(&mut self, why: Message) {
        self.cost.not_priced.push(NotPriced { node: self.node, why });
    }
}

/// Prices one node.
pub(super) fn price(context: &Context, id: NodeId, node: &Node, cost: &mut Cost) {
    let mut bill = Bill { node: id, cost };
    let body = &node.body;
    if let Some(why) = by_use(body) {
        bill.not_priced(why);
    }
    // The same in every region.
    match body {
        Body::ElasticIp(_) => {
            bill.always(
                message!("퍼블릭 IPv4 주소", "Public IPv4 address"),
                HOURS * prices::PUBLIC_IPV4_HOUR,
                source::VPC,
            );
        }
        Body::HostedZone(_) => {
            bill.always(message!("호스팅 영역", "Hosted zone"), prices::HOSTED_ZONE_MONTH, source::ROUTE53);
        }
        Body::Alarm(alarm) if alarm.period < 60 => {
            let what = message!("고해상도 경보", "High-resolution alarm");
            bill.always(what, prices::HIGH_RESOLUTION_ALARM_MONTH, source::CLOUDWATCH);
        }
        Body::Alarm(_) => bill.always(message!("경보", "Alarm"), prices::ALARM_MONTH, source::CLOUDWATCH),
        Body::Dashboard(_) if nth::<Dashboard>(context, id) >= FREE_DASHBOARDS => {
            bill.always(message!("대시보드", "Dashboard"), prices::DASHBOARD_MONTH, source::CLOUDWATCH);
        }
        _ => {}
    }
    let billed_here = matches!(
        body,
        Body::Instance(_)
            | Body::NatGateway(_)
            | Body::LoadBalancer(_)
            | Body::VpcEndpoint(_)
            | Body::DbInstance(_)
            | Body::Volume(_)
            | Body::AutoScalingGroup(_)
            | Body::EcsService(_)
    );
    if !billed_here {
        return;
    }
    let first = || context.all::<crate::catalog::kinds::Region>().next().map(|(.., region)| region.code.as_str());
    let code = context.region_of(id).or_else(first).unwrap_or("ap-northeast-2");
    let Some(region) = prices::region(code) else {
        bill.not_priced(message!(
            "리전 {code}의 정가를 몰라요.",
            "The list prices of region {code} are not known here."
        ));
        return;
    };
    match body {
        Body::Instance(instance) => of_instance(context, id, instance, region, &mut bill),
        Body::NatGateway(NatGateway { .. }) => {
            bill.always(
                message!("NAT 게이트웨이 시간당 요금", "NAT gateway by the hour"),
                HOURS * region.nat_hour,
                source::VPC,
            );
        }
        Body::LoadBalancer(balancer) => of_balancer(balancer, region, &mut bill),
        Body::VpcEndpoint(endpoint) => of_endpoint(endpoint, region, &mut bill),
        Body::DbInstance(database) => of_database(database, region, &mut bill),
        Body::AutoScalingGroup(group) => of_group(context, group, region, &mut bill),
        Body::EcsService(service) => of_service(context, service, region, &mut bill),
        Body::Volume(volume) => of_own_volume(volume, region, &mut bill),
        _ => {}
    }
}

fn of_instance(context: &Context, id: NodeId, instance: &Instance, region: &prices::Region, bill: &mut Bill) {
    let of = instance.instance_type.as_str();
    match region.instance_hour(of) {
        Some(hour) => bill.running(message!("{of} 인스턴스", "{of} instance"), HOURS * hour, source::EC2),
        None => bill.not_priced(message!("{of}의 정가를 몰라요.", "The list price of {of} is not known here.")),
    }
    of_volume(instance.root_size, instance.root_type, None, region, bill);
    for volume in &instance.volumes {
        of_volume(volume.size, volume.volume_type, None, region, bill);
    }
    let at_launch = match instance.public_ip {
        PublicIp::Yes => true,
        PublicIp::No => false,
        PublicIp::SubnetDefault => context.subnet_of(id).is_some_and(|(_, subnet)| subnet.auto_assign_public_ip),
    };
    // An Elastic IP takes the place of the address it would get, and is billed by itself.
    if at_launch && context.elastic_ip_of(id).is_none() {
        bill.running(
            message!("퍼블릭 IPv4 주소", "Public IPv4 address"),
            HOURS * prices::PUBLIC_IPV4_HOUR,
            source::VPC,
        );
    }
    if instance.detailed_monitoring {
        bill.running(
            message!("세부 모니터링", "Detailed monitoring"),
            prices::DETAILED_MONITORING_MONTH,
            source::CLOUDWATCH,
        );
    }
}

/// How many of a kind come before a node.
fn nth<T: Held>(context: &Context, id: NodeId) -> usize {
    context.all::<T>().take_while(|(other, ..)| *other != id).count()
}

/// Dashboards that an account has free.
const FREE_DASHBOARDS: usize = 3;

/// The desired instances of a group. They come back when they are stopped; only a desired count of none saves them.
fn of_group(context: &Context, group: &AutoScalingGroup, region: &prices::Region, bill: &mut Bill) {
    let count = group.desired;
    let Some(template) = group.launch_template.and_then(|id| context.design.get::<LaunchTemplate>(id)) else { return };
    let of = template.instance_type.as_str();
    match region.instance_hour(of) {
        Some(hour) => bill.always(
            message!("{of} 인스턴스 {count}개(원하는 용량)", "{count} {of} instances (desired capacity)"),
            HOURS * hour * f64::from(count),
            source::EC2,
        ),
        None => bill.not_priced(message!("{of}의 정가를 몰라요.", "The list price of {of} is not known here.")),
    }
    let size = template.root_size.saturating_mul(count);
    if size > 0 {
        let iops = exported_iops(template.root_size).saturating_mul(count);
        of_volume(size, template.root_type, Some(iops), region, bill);
    }
}

/// The desired tasks of a service on Fargate. Those on EC2 are billed as their instances.
fn of_service(context: &Context, service: &EcsService, region: &prices::Region, bill: &mut Bill) {
    let task = service.task_definition.and_then(|id| context.design.get::<TaskDefinition>(id));
    let Some(task) = task.filter(|_| service.is_fargate()) else { return };
    if task.architecture != CpuArchitecture::X86 || service.launch == ServiceLaunch::Strategy {
        bill.not_priced(message!(
            "ARM이나 Fargate Spot 태스크의 정가는 여기에 없어요.",
            "The prices of ARM and Fargate Spot tasks are not known here."
        ));
        return;
    }
    let (count, memory) = (service.desired_count, task.memory);
    let (cpu, gib) = (f64::from(task.cpu.units()) / 1024.0, f64::from(memory) / 1024.0);
    let hour = cpu * region.fargate_hour.0 + gib * region.fargate_hour.1;
    bill.always(
        message!("Fargate 태스크 {count}개(vCPU {cpu}, {gib}GiB)", "{count} Fargate tasks ({cpu} vCPU, {gib} GiB)"),
        HOURS * hour * f64::from(count),
        source::FARGATE,
    );
    if service.assign_public_ip && count > 0 {
        bill.always(
            message!("태스크의 퍼블릭 IPv4 주소 {count}개", "{count} public IPv4 addresses of tasks"),
            HOURS * prices::PUBLIC_IPV4_HOUR * f64::from(count),
            source::VPC,
        );
    }
}

fn of_volume(size: u32, volume: VolumeType, iops: Option<u32>, region: &prices::Region, bill: &mut Bill) {
    let name = volume.as_str();
    bill.always(
        message!("{name} 볼륨 {size}GiB", "{size} GiB of {name} volume"),
        f64::from(size) * region.volume_month(volume),
        source::EBS,
    );
    if let VolumeType::Io1 | VolumeType::Io2 = volume {
        let iops = iops.unwrap_or_else(|| exported_iops(size));
        let monthly = f64::from(iops) * region.iops_month;
        bill.always(message!("프로비저닝된 IOPS {iops}", "{iops} provisioned IOPS"), monthly, source::EBS);
    }
}

/// What a provisioned volume without a number of its own is exported with.
fn exported_iops(size: u32) -> u32 {
    size.saturating_mul(50).clamp(100, 3000)
}

/// A volume that says itself how fast it is.
fn of_own_volume(volume: &Volume, region: &prices::Region, bill: &mut Bill) {
    let step = prices::IO2_IOPS;
    let is_beyond = volume.volume_type == VolumeType::Io2 && volume.iops.is_some_and(|iops| iops > step);
    if is_beyond {
        bill.not_priced(message!(
            "io2 볼륨의 {step} IOPS를 넘는 부분은 더 싼 단가로 요금이 더해져요.",
            "IOPS of an io2 volume beyond {step} are billed on top, at a lower price."
        ));
    }
    of_volume(volume.size, volume.volume_type, if is_beyond { Some(step) } else { volume.iops }, region, bill);
    if volume.volume_type != VolumeType::Gp3 {
        return;
    }
    let iops = volume.iops.unwrap_or_default().saturating_sub(prices::GP3_IOPS);
    let throughput = volume.throughput.unwrap_or_default().saturating_sub(prices::GP3_THROUGHPUT);
    if iops > 0 {
        let what = message!("gp3의 추가 IOPS {iops}", "{iops} IOPS of gp3 on top");
        bill.always(what, f64::from(iops) * region.gp3_month.0, source::EBS);
    }
    if throughput > 0 {
        let what = message!("gp3의 추가 처리량 {throughput}MiB/초", "{throughput} MiB/s of gp3 on top");
        bill.always(what, f64::from(throughput) * region.gp3_month.1, source::EBS);
    }
}

fn of_balancer(balancer: &LoadBalancer, region: &prices::Region, bill: &mut Bill) {
    if balancer.is_gateway() {
        bill.not_priced(message!(
            "게이트웨이 로드 밸런서의 시간당 요금은 여기에 없어요.",
            "The hourly price of a Gateway Load Balancer is not known here."
        ));
        return;
    }
    let what = message!("로드 밸런서 시간당 요금", "Load balancer by the hour");
    bill.always(what, HOURS * region.balancer_hour, source::BALANCING);
    let nodes = u32::try_from(balancer.subnets.len()).unwrap_or(u32::MAX);
    if balancer.is_internet_facing() && nodes > 0 {
        bill.always(
            message!("노드의 퍼블릭 IPv4 주소 {nodes}개", "{nodes} public IPv4 addresses of its nodes"),
            HOURS * prices::PUBLIC_IPV4_HOUR * f64::from(nodes),
            source::VPC,
        );
    }
}

fn of_endpoint(endpoint: &VpcEndpoint, region: &prices::Region, bill: &mut Bill) {
    let zones = u32::try_from(endpoint.subnets.len()).unwrap_or(u32::MAX);
    if endpoint.is_interface() && zones > 0 {
        bill.always(
            message!("인터페이스 엔드포인트, 영역 {zones}개", "Interface endpoint in {zones} zones"),
            HOURS * region.endpoint_hour * f64::from(zones),
            source::PRIVATELINK,
        );
    }
    if endpoint.is_balanced() {
        bill.not_priced(message!(
            "게이트웨이 로드 밸런서 엔드포인트는 시간과 데이터마다 요금이 들어요. 여기서는 계산하지 않아요.",
            "Gateway Load Balancer endpoints are billed by the hour and by data; not counted here."
        ));
    }
}

fn of_database(database: &DbInstance, region: &prices::Region, bill: &mut Bill) {
    let copies = if database.multi_az { 2.0 } else { 1.0 };
    let (class, engine) = (&database.class, &database.engine);
    match region.database_hour(engine, class, database.multi_az) {
        Some(hour) => bill.running(message!("{engine} {class}", "{engine} {class}"), HOURS * hour, source::RDS),
        None => bill.not_priced(message!(
            "{engine} {class}의 정가를 몰라요.",
            "The list price of {engine} {class} is not known here."
        )),
    }
    let (size, storage) = (database.storage, database.storage_type.as_str());
    match database.storage_type {
        DbStorage::Gp3 | DbStorage::Gp2 => bill.always(
            message!("데이터베이스 스토리지 {size}GiB", "{size} GiB of database storage"),
            f64::from(size) * region.database_storage * copies,
            source::RDS,
        ),
        DbStorage::Io1 | DbStorage::Io2 | DbStorage::Standard => bill.not_priced(message!(
            "데이터베이스 스토리지 {storage}의 정가를 몰라요.",
            "The list price of {storage} database storage is not known here."
        )),
    }
    if database.public {
        let what = message!("퍼블릭 IPv4 주소", "Public IPv4 address");
        bill.always(what, HOURS * prices::PUBLIC_IPV4_HOUR, source::VPC);
    }
    if database.managed_password {
        let what = message!("Secrets Manager의 암호", "Password in Secrets Manager");
        bill.always(what, prices::SECRET_MONTH, source::SECRETS);
    }
}

/// What of a resource is billed by use.
fn by_use(body: &Body) -> Option<Message> {
    Some(match body {
        Body::NatGateway(_) => message!(
            "NAT 게이트웨이를 지나는 데이터는 GB마다 요금이 더해져요.",
            "Data through the NAT gateway is billed by the GB on top."
        ),
        Body::LoadBalancer(_) => {
            message!("연결과 데이터만큼 LCU 요금이 더해져요.", "Connections and data are billed as LCUs on top.")
        }
        Body::VpcEndpoint(endpoint) if endpoint.is_interface() => {
            message!(
                "엔드포인트를 지나는 데이터는 GB마다 요금이 더해져요.",
                "Data through the endpoint is billed by the GB on top."
            )
        }
        Body::S3Bucket(_) => {
            message!("저장한 양과 요청 수만큼 요금이 들어요.", "Stored data and requests are billed by use.")
        }
        Body::Distribution(_) => {
            message!("내보낸 데이터와 요청 수만큼 요금이 들어요.", "Data sent and requests are billed by use.")
        }
        Body::DynamodbTable(table) if table.billing == BillingMode::OnDemand => {
            message!("읽기와 쓰기, 저장한 양만큼 요금이 들어요.", "Reads, writes and stored data are billed by use.")
        }
        Body::DynamodbTable(_) => {
            message!(
                "프로비저닝한 용량과 저장한 양에 요금이 들어요. 여기서는 계산하지 않아요.",
                "Provisioned capacity and stored data are billed; not counted here."
            )
        }
        Body::LambdaFunction(_) => {
            message!("실행한 횟수와 시간만큼 요금이 들어요.", "Invocations and their time are billed by use.")
        }
        Body::ApiGateway(_) => message!("요청 수만큼 요금이 들어요.", "Requests are billed by use."),
        Body::EcrRepository(_) => {
            message!("저장한 이미지의 양만큼 요금이 들어요.", "Stored images are billed by their size.")
        }
        Body::LogGroup(_) => {
            message!("수집하고 저장한 로그의 양만큼 요금이 들어요.", "Logs are billed by what is collected and kept.")
        }
        Body::CodeBuildProject(_) => message!("빌드한 분만큼 요금이 들어요.", "Build minutes are billed by use."),
        Body::CodePipeline(_) => {
            message!("작업이 실행된 분만큼 요금이 들어요.", "Minutes of actions are billed by use.")
        }
        Body::Snapshot(_) => {
            message!("스냅샷은 저장된 양만큼 요금이 들어요.", "Snapshots are billed by what they store.")
        }
        Body::MachineImage(_) => message!(
            "이미지의 스냅샷은 저장된 양만큼 요금이 들어요.",
            "The snapshots of an image are billed by what they store."
        ),
        Body::HostedZone(_) => message!("DNS 쿼리 수만큼 요금이 더해져요.", "DNS queries are billed on top."),
        _ => return None,
    })
}
