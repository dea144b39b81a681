//! Machine images by the public SSM parameters that name the newest of each in every region. Templates take the parameter, never an
//! image id, which differs by region and ages.
//!
//! Follows <https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html> and
//! <https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/>.

use super::Architecture;
use crate::text::{Text, t};

/// A machine image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ami {
    /// Our stable name for it, such as `al2023-x86_64`.
    pub id: &'static str,
    /// The name people read.
    pub label: Text,
    /// The SSM parameter, for the type `AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>`.
    pub ssm_path: &'static str,
    /// The instruction set it needs.
    pub architecture: Architecture,
    /// The user to log in as (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/managing-users.html>).
    pub user: &'static str,
}

impl Ami {
    /// Whether one logs in by remote desktop (3389) in place of SSH (22).
    pub fn is_windows(&self) -> bool {
        self.user == "Administrator"
    }

    /// Whether it comes with the agent by which an instance joins a cluster of ECS
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html>).
    pub fn is_for_ecs(&self) -> bool {
        self.id.starts_with("ecs-")
    }

    /// The least GiB of a root volume: as much as the image's snapshot has.
    pub fn least_root(&self) -> u32 {
        if self.is_windows() || self.is_for_ecs() { 30 } else { 8 }
    }
}

/// The image of our name.
pub fn ami(id: &str) -> Option<&'static Ami> {
    AMIS.iter().find(|ami| ami.id == id)
}

/// The image of an SSM parameter.
pub fn ami_by_ssm_path(path: &str) -> Option<&'static Ami> {
    AMIS.iter().find(|ami| ami.ssm_path == path)
}

/// The images, the one to take by default first.
pub const AMIS: &[Ami] = &[
    Ami {
        id: "al2023-x86_64",
        label: t("Amazon Linux 2023(64비트 x86)", "Amazon Linux 2023 (64-bit x86)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        architecture: Architecture::X86_64,
        user: "ec2-user",
    },
    Ami {
        id: "al2023-arm64",
        label: t("Amazon Linux 2023(64비트 Arm)", "Amazon Linux 2023 (64-bit Arm)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        architecture: Architecture::Arm64,
        user: "ec2-user",
    },
    Ami {
        id: "ecs-al2023-x86_64",
        label: t("ECS 최적화 Amazon Linux 2023(64비트 x86)", "ECS-optimized Amazon Linux 2023 (64-bit x86)"),
        ssm_path: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        architecture: Architecture::X86_64,
        user: "ec2-user",
    },
    Ami {
        id: "ecs-al2023-arm64",
        label: t("ECS 최적화 Amazon Linux 2023(64비트 Arm)", "ECS-optimized Amazon Linux 2023 (64-bit Arm)"),
        ssm_path: "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
        architecture: Architecture::Arm64,
        user: "ec2-user",
    },
    Ami {
        id: "al2-x86_64",
        label: t("Amazon Linux 2(64비트 x86)", "Amazon Linux 2 (64-bit x86)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2",
        architecture: Architecture::X86_64,
        user: "ec2-user",
    },
    Ami {
        id: "al2-arm64",
        label: t("Amazon Linux 2(64비트 Arm)", "Amazon Linux 2 (64-bit Arm)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2",
        architecture: Architecture::Arm64,
        user: "ec2-user",
    },
    Ami {
        id: "ubuntu-24.04-x86_64",
        label: t("Ubuntu Server 24.04 LTS(64비트 x86)", "Ubuntu Server 24.04 LTS (64-bit x86)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
        architecture: Architecture::X86_64,
        user: "ubuntu",
    },
    Ami {
        id: "ubuntu-24.04-arm64",
        label: t("Ubuntu Server 24.04 LTS(64비트 Arm)", "Ubuntu Server 24.04 LTS (64-bit Arm)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
        architecture: Architecture::Arm64,
        user: "ubuntu",
    },
    Ami {
        id: "ubuntu-22.04-x86_64",
        label: t("Ubuntu Server 22.04 LTS(64비트 x86)", "Ubuntu Server 22.04 LTS (64-bit x86)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
        architecture: Architecture::X86_64,
        user: "ubuntu",
    },
    Ami {
        id: "ubuntu-22.04-arm64",
        label: t("Ubuntu Server 22.04 LTS(64비트 Arm)", "Ubuntu Server 22.04 LTS (64-bit Arm)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id",
        architecture: Architecture::Arm64,
        user: "ubuntu",
    },
    Ami {
        id: "windows-2022-x86_64",
        label: t("Windows Server 2022(영어)", "Windows Server 2022 (English)"),
        ssm_path: "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
        architecture: Architecture::X86_64,
        user: "Administrator",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_found_by_id_and_by_path() {
        for one in AMIS {
            // The first of an id or a path is itself only when both are unique.
            assert_eq!(ami(one.id), Some(one));
            assert_eq!(ami_by_ssm_path(one.ssm_path), Some(one));
            assert!(one.id.ends_with(one.architecture.name()), "{}", one.id);
            assert!(one.ssm_path.starts_with("/aws/service/"), "{}", one.id);
            assert_eq!(one.is_windows(), one.id.starts_with("windows"), "{}", one.id);
            assert_eq!(one.is_for_ecs(), one.ssm_path.contains("/ecs/optimized-ami/"), "{}", one.id);
            let arm = one.ssm_path.contains("arm64");
            assert_eq!(arm, one.architecture == Architecture::Arm64, "{}", one.id);
        }
        assert_eq!(ami("al2023"), None);
        assert_eq!(ami_by_ssm_path(""), None);
    }
}
