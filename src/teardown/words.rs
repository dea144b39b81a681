//! How each kind is deleted, and what stays.

use crate::catalog::Body;
use crate::catalog::kinds::{DatabaseRetention, Retention};
use crate::facts::Context;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// How it is deleted; `cut` are those it could not wait for.
pub(super) fn how(context: &Context, id: NodeId, cut: &[NodeId]) -> Message {
    let Some(node) = context.design.node(id) else { return Message::default() };
    let (name, label) = (&node.name, node.kind().spec().label);
    let (ko, en) = (label.ko, label.en);
    if !cut.is_empty() {
        let others = context.names(cut);
        return match &node.body {
            Body::SecurityGroup(_) => message!(
                "{others}의 규칙에서 보안 그룹 {name}을(를) 지운 다음 {name}을(를) 삭제해요. 서로 가리키는 동안에는 어느 쪽도 지워지지 않아요.",
                "Take security group {name} out of the rules of {others}, then delete it. While they name each other neither can go."
            ),
            _ => message!(
                "{others}에서 {ko} {name}을(를) 뗀 다음 삭제해요. 서로 가리키고 있어요.",
                "Detach {name} ({en}) from {others}, then delete it. They refer to each other."
            ),
        };
    }
    match &node.body {
        Body::Instance(_) => message!(
            "EC2 인스턴스 {name}을(를) 종료해요. 종료되면 붙어 있던 인터페이스도 사라져요.",
            "Terminate EC2 instance {name}; its network interface goes with it."
        ),
        Body::AutoScalingGroup(_) => message!(
            "Auto Scaling 그룹 {name}을(를) 삭제해요. 인스턴스를 하나씩 종료하면 그룹이 다시 띄우니 그룹부터 지워요.",
            "Delete Auto Scaling group {name}. It goes before its instances, which it would launch again."
        ),
        Body::EcsService(_) => message!(
            "ECS 서비스 {name}의 원하는 태스크 수를 0으로 줄인 다음 삭제해요.",
            "Set the desired count of ECS service {name} to 0, then delete it."
        ),
        Body::EcrRepository(_) => message!(
            "ECR 리포지토리 {name}의 이미지를 지운 다음 삭제해요.",
            "Delete the images of ECR repository {name}, then the repository."
        ),
        Body::NatGateway(_) => message!(
            "NAT 게이트웨이 {name}을(를) 삭제하고 몇 분 기다려요. 다 지워져야 탄력적 IP를 릴리스할 수 있어요.",
            "Delete NAT gateway {name} and wait some minutes; only then can its Elastic IP be released."
        ),
        Body::ElasticIp(_) => message!(
            "탄력적 IP {name}을(를) 릴리스해요. 쓰지 않아도 가지고 있는 동안 요금이 들어요.",
            "Release Elastic IP {name}. It is billed for as long as you hold it, used or not."
        ),
        Body::InternetGateway(_) => message!(
            "인터넷 게이트웨이 {name}을(를) VPC에서 분리한 다음 삭제해요.",
            "Detach internet gateway {name} from its VPC, then delete it."
        ),
        Body::LoadBalancer(balancer) if balancer.deletion_protection => message!(
            "로드 밸런서 {name}의 삭제 방지를 끈 다음 삭제해요. 인터페이스가 사라질 때까지 몇 분 기다려요.",
            "Turn off deletion protection of load balancer {name}, delete it, and wait some minutes for its network interfaces to go."
        ),
        Body::LoadBalancer(_) => message!(
            "로드 밸런서 {name}을(를) 삭제하고 인터페이스가 사라질 때까지 몇 분 기다려요.",
            "Delete load balancer {name} and wait some minutes for its network interfaces to go."
        ),
        Body::Distribution(_) => message!(
            "CloudFront 배포 {name}을(를) 비활성화하고, 배포가 끝나면 삭제해요. 15분쯤 걸려요.",
            "Disable CloudFront distribution {name}, wait until that is deployed (about 15 minutes), then delete it."
        ),
        Body::S3Bucket(_) => message!(
            "S3 버킷 {name}을(를) 이전 버전까지 비운 다음 삭제해요.",
            "Empty S3 bucket {name}, old versions included, then delete it."
        ),
        Body::DbInstance(database) if database.deletion_protection => message!(
            "RDS 데이터베이스 {name}의 삭제 방지를 끈 다음 삭제해요. 몇 분 걸려요.",
            "Turn off deletion protection of RDS database {name}, then delete it. It takes some minutes."
        ),
        Body::DbInstance(_) => message!(
            "RDS 데이터베이스 {name}을(를) 삭제해요. 몇 분 걸려요.",
            "Delete RDS database {name}. It takes some minutes."
        ),
        Body::DynamodbTable(table) if table.deletion_protection => message!(
            "DynamoDB 테이블 {name}의 삭제 방지를 끈 다음 삭제해요.",
            "Turn off deletion protection of DynamoDB table {name}, then delete it."
        ),
        Body::HostedZone(_) => message!(
            "호스팅 영역 {name}에서 NS와 SOA 말고 남은 레코드(인증서 검증용 CNAME 등)를 지운 다음 삭제해요.",
            "Delete the records left in hosted zone {name} beside NS and SOA, such as a certificate's CNAME, then the zone."
        ),
        Body::RouteTable(table) if table.main => message!(
            "기본 라우팅 테이블 {name}은(는) VPC와 함께 사라져요. 먼저 지울 수 없어요.",
            "Main route table {name} goes with its VPC and cannot be deleted before it."
        ),
        _ => message!("{ko} {name}을(를) 삭제해요.", "Delete {name} ({en})."),
    }
}

/// What stays and goes on costing, or is lost.
pub(super) fn note(context: &Context, id: NodeId) -> Option<Message> {
    let kept = || {
        message!(
            "스택을 지워도 남아요. 직접 지울 때까지 요금이 들어요.",
            "Deleting the stack keeps it. It is billed until you delete it yourself."
        )
    };
    match &context.design.node(id)?.body {
        Body::S3Bucket(bucket) if bucket.retention == Retention::Retain => Some(kept()),
        Body::DynamodbTable(table) if table.retention == Retention::Retain => Some(kept()),
        Body::DbInstance(database) => Some(match database.retention {
            DatabaseRetention::Retain => kept(),
            DatabaseRetention::Snapshot => message!(
                "마지막 스냅샷이 남아요. 지울 때까지 저장한 양만큼 요금이 들어요.",
                "A last snapshot stays and is billed by its size until you delete it."
            ),
            DatabaseRetention::Delete => message!(
                "데이터도 사라져요. 필요하면 스냅샷을 먼저 만드세요.",
                "The data goes too. Take a snapshot first if you need it."
            ),
        }),
        Body::Instance(instance) => {
            let stays = !instance.root_delete || instance.volumes.iter().any(|volume| !volume.delete_on_termination);
            stays.then(|| {
                message!(
                    "종료해도 지워지지 않는 볼륨이 있어요. 볼륨을 따로 지우세요.",
                    "A volume stays after termination. Delete it by itself."
                )
            })
        }
        _ => None,
    }
}
