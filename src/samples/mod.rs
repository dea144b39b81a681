//! Finished designs drawn in code: what the welcome page offers, what tests export, and what benches measure.
//!
//! Each network that the course builds has one. An ALB over two zones without HTTPS is the last step of the VPC in two zones, so it has none of
//! its own.

mod account;
mod account_used_well;
mod auto_scaling;
mod fargate;
mod first_servers;
mod https_at_balancer;
mod large;
mod listener_rules;
mod pen;
mod private_servers;
mod rolling_delivery;
mod six_subnets;
mod static_site;
mod two_az_vpc;

pub use account::account;
pub use account_used_well::account_used_well;
pub use auto_scaling::auto_scaling;
pub use fargate::{fargate_through_endpoints, fargate_through_nat};
pub use first_servers::{named_server, second_from_image};
pub use https_at_balancer::https_at_balancer;
pub use large::large;
pub use listener_rules::listener_rules;
pub use private_servers::private_servers_behind_alb;
pub use rolling_delivery::rolling_delivery;
pub use six_subnets::six_subnets;
pub use static_site::static_site;
pub use two_az_vpc::two_az_vpc;

use crate::design::Design;
use crate::text::{Text, t};

/// A design to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Stable name.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: Text,
    /// What one learns from it.
    pub description: Text,
}

const SAMPLES: &[Sample] = &[
    Sample {
        id: "second-from-image",
        title: t("웹 서버와 그 이미지로 띄운 서버", "A web server, and a second from its image"),
        description: t(
            "퍼블릭 서브넷의 웹 서버 한 대를 AMI로 찍어서 다른 가용 영역에 똑같은 서버를 띄워요. 둘 다 퍼블릭 IP로 접속해요.",
            "An AMI of a web server in a public subnet starts its twin in another zone. Both are reached by their public addresses.",
        ),
    },
    Sample {
        id: "named-server",
        title: t("이름과 고정 주소가 있는 서버", "One server with a name and a fixed address"),
        description: t(
            "탄력적 IP와 A 레코드로 서버 한 대에 이름을 붙여요. ACM 인증서는 EC2에 붙일 수 없어서 HTTPS 인증서는 서버가 직접 받아요.",
            "An Elastic IP and A records give a server its name. ACM certificates cannot be put on EC2, so the server fetches its own for HTTPS.",
        ),
    },
    Sample {
        id: "two-az-vpc",
        title: t("두 가용 영역의 VPC", "A VPC in two zones"),
        description: t(
            "퍼블릭과 프라이빗 서브넷, 인터넷 게이트웨이와 NAT 게이트웨이, 두 영역의 웹 서버와 그 앞의 ALB예요.",
            "Public and private subnets, an internet and a NAT gateway, web servers in two zones behind an ALB.",
        ),
    },
    Sample {
        id: "six-subnets",
        title: t("서브넷 여섯 개와 영역별 NAT, 배스천", "Six subnets, NAT per zone, bastion"),
        description: t(
            "기본 라우팅 테이블을 퍼블릭으로 쓰고, 프라이빗 서버는 영역마다 있는 NAT 게이트웨이로 나가고, SSH는 배스천만 거쳐요.",
            "The main route table is the public one; private servers go out by the NAT gateway of their zone, and SSH goes through the bastion alone.",
        ),
    },
    Sample {
        id: "https-at-balancer",
        title: t("ALB에서 끝나는 HTTPS", "HTTPS at the load balancer"),
        description: t(
            "ACM 와일드카드 인증서를 HTTPS 리스너에 붙이고, 80 포트는 443으로 돌려보내요. 별칭 레코드가 ALB를 가리켜요.",
            "A wildcard certificate of ACM on the HTTPS listener, port 80 redirected to 443, and an alias record for the ALB.",
        ),
    },
    Sample {
        id: "private-servers-behind-alb",
        title: t("ALB 뒤의 프라이빗 서버", "Private servers behind an ALB"),
        description: t(
            "서버는 프라이빗 서브넷에 두고, HTTPS ALB로만 받고, SSH는 배스천을 거쳐요. 인증서와 별칭 레코드가 있어요.",
            "Servers in private subnets, reached by an HTTPS ALB alone and by SSH through a bastion, with a certificate and alias records.",
        ),
    },
    Sample {
        id: "listener-rules",
        title: t("경로와 호스트로 나누는 ALB", "An ALB that routes by path and host"),
        description: t(
            "리스너 규칙이 /api/*와 /images/*, shop.example.com을 서로 다른 대상 그룹으로 보내고, 옛 주소는 돌리고, 나머지는 404로 답해요.",
            "Listener rules lead /api/*, /images/* and shop.example.com to target groups of their own, redirect old addresses, and answer 404 to the rest.",
        ),
    },
    Sample {
        id: "fargate-through-nat",
        title: t("ALB 뒤의 Fargate(NAT)", "Fargate behind an ALB, through NAT"),
        description: t(
            "프라이빗 서브넷의 Fargate 태스크를 HTTPS ALB로 열어요. 이미지는 NAT 게이트웨이를 거쳐 ECR에서 내려받아요.",
            "Fargate tasks in private subnets behind an HTTPS ALB. They pull their image from ECR through a NAT gateway.",
        ),
    },
    Sample {
        id: "fargate-through-endpoints",
        title: t("ALB 뒤의 Fargate(엔드포인트)", "Fargate behind an ALB, through endpoints"),
        description: t(
            "같은 서비스에서 NAT를 없애고 ECR, S3, 로그의 VPC 엔드포인트로 이미지를 내려받아요.",
            "The same service without NAT: VPC endpoints for ECR, S3 and logs lead to its image.",
        ),
    },
    Sample {
        id: "auto-scaling",
        title: t("Auto Scaling 그룹", "An Auto Scaling group"),
        description: t(
            "ALB 뒤의 서버가 CPU에 따라 2대에서 6대까지 늘고 줄어요. 대상 추적, 경보로 실행하는 단계 조정, 예약된 작업이 있어요.",
            "Servers behind an ALB that grow from two to six with the CPU: target tracking, step scaling by an alarm, and a scheduled action.",
        ),
    },
    Sample {
        id: "account-used-well",
        title: t("계정을 제대로 쓰기", "An account used well"),
        description: t(
            "루트 대신 관리자 그룹의 사용자로 일하고, 서버는 키 대신 역할을 맡아요. 추가 볼륨과 스냅샷, CPU 경보가 있어요.",
            "A user in an administrators' group instead of root, and a server with a role instead of keys. An extra volume, its snapshot, and an alarm on CPU.",
        ),
    },
    Sample {
        id: "rolling-delivery",
        title: t("CodePipeline으로 ECS 롤링 배포", "Rolling delivery to ECS"),
        description: t(
            "GitHub에 푸시하면 CodeBuild가 이미지를 만들어 ECR에 올리고, 프라이빗 서브넷의 Fargate 서비스를 하나씩 새 버전으로 바꿔요.",
            "A push to GitHub makes an image for ECR, and the Fargate service in private subnets is replaced task by task.",
        ),
    },
    Sample {
        id: "static-site",
        title: t("CloudFront로 공개하는 정적 사이트", "A static site behind CloudFront"),
        description: t(
            "버킷은 비공개로 두고 원본 액세스 제어로 CloudFront만 읽어요. us-east-1의 인증서와 별칭 레코드가 있어요.",
            "The bucket stays private and only CloudFront reads it by origin access control, with a certificate of us-east-1 and alias records.",
        ),
    },
];

impl Sample {
    /// Draws it. Apart from the list, so that who only shows the list need not hold the drawing.
    pub fn draw(&self) -> Design {
        match self.id {
            "second-from-image" => second_from_image(),
            "named-server" => named_server(),
            "two-az-vpc" => two_az_vpc(),
            "six-subnets" => six_subnets(),
            "https-at-balancer" => https_at_balancer(),
            "private-servers-behind-alb" => private_servers_behind_alb(),
            "listener-rules" => listener_rules(),
            "fargate-through-nat" => fargate_through_nat(),
            "fargate-through-endpoints" => fargate_through_endpoints(),
            "auto-scaling" => auto_scaling(),
            "account-used-well" => account_used_well(),
            "rolling-delivery" => rolling_delivery(),
            "static-site" => static_site(),
            _ => Design::new(),
        }
    }
}

/// The designs that people are offered, simplest first.
pub const fn list() -> &'static [Sample] {
    SAMPLES
}

/// A sample by its id.
pub fn sample(id: &str) -> Option<&'static Sample> {
    list().iter().find(|sample| sample.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::broken_invariants;
    use crate::rules::{Severity, check};

    #[track_caller]
    fn is_sound(design: &Design) {
        assert_eq!(broken_invariants(design), Vec::<String>::new());
        let errors: Vec<_> = check(design).into_iter().filter(|found| found.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }

    #[test]
    fn samples_are_sound_and_nothing_in_them_overlaps() {
        for sample in list() {
            let design = sample.draw();
            assert!(!design.is_empty(), "{} is not drawn", sample.id);
            is_sound(&design);
            assert_eq!(design.title(), sample.title.ko);
            for (id, node) in design.nodes() {
                let inside = node
                    .parent
                    .and_then(|parent| design.node(parent))
                    .is_none_or(|frame| node.rect.right() <= frame.rect.w && node.rect.bottom() <= frame.rect.h);
                assert!(inside, "{} sticks out of its frame", node.name);
                for other in design.children(node.parent).filter(|other| *other > id) {
                    let other = design.node(other).unwrap();
                    assert!(!node.rect.intersects(other.rect), "{} lies on {}", node.name, other.name);
                }
            }
        }
    }

    #[test]
    fn a_large_design_has_the_asked_size_and_is_always_the_same() {
        for n in [60, 1000, 2000, 5000] {
            let design = large(n);
            assert_eq!(design.len(), n);
            assert_eq!(design, large(n));
        }
        is_sound(&large(1000));
        assert_eq!(large(0), large(1));
    }
}
