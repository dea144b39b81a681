//! From the pages that `amis.rs` names, 2026-10: compared by hand, since the answers of a region were not at hand.
//! `cargo xtask data images` writes this file anew from them; what is chosen stands in `xtask/data.toml`.

use super::{Ami, Architecture};
use crate::text::t;

/// The images, the one to take by default first.
pub const AMIS: &[Ami] = &[
    Ami {
        id: "al2023-x86_64",
        label: t("Amazon Linux 2023(64비트 x86)", "Amazon Linux 2023 (64-bit x86)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        architecture: Architecture::X86_64,
        user: "ec2-user",
        least_root: 8,
    },
    Ami {
        id: "al2023-arm64",
        label: t("Amazon Linux 2023(64비트 Arm)", "Amazon Linux 2023 (64-bit Arm)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        architecture: Architecture::Arm64,
        user: "ec2-user",
        least_root: 8,
    },
    Ami {
        id: "ecs-al2023-x86_64",
        label: t("ECS 최적화 Amazon Linux 2023(64비트 x86)", "ECS-optimized Amazon Linux 2023 (64-bit x86)"),
        ssm_path: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        architecture: Architecture::X86_64,
        user: "ec2-user",
        least_root: 30,
    },
    Ami {
        id: "ecs-al2023-arm64",
        label: t("ECS 최적화 Amazon Linux 2023(64비트 Arm)", "ECS-optimized Amazon Linux 2023 (64-bit Arm)"),
        ssm_path: "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
        architecture: Architecture::Arm64,
        user: "ec2-user",
        least_root: 30,
    },
    Ami {
        id: "al2-x86_64",
        label: t("Amazon Linux 2(64비트 x86)", "Amazon Linux 2 (64-bit x86)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2",
        architecture: Architecture::X86_64,
        user: "ec2-user",
        least_root: 8,
    },
    Ami {
        id: "al2-arm64",
        label: t("Amazon Linux 2(64비트 Arm)", "Amazon Linux 2 (64-bit Arm)"),
        ssm_path: "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2",
        architecture: Architecture::Arm64,
        user: "ec2-user",
        least_root: 8,
    },
    Ami {
        id: "ubuntu-24.04-x86_64",
        label: t("Ubuntu Server 24.04 LTS(64비트 x86)", "Ubuntu Server 24.04 LTS (64-bit x86)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
        architecture: Architecture::X86_64,
        user: "ubuntu",
        least_root: 8,
    },
    Ami {
        id: "ubuntu-24.04-arm64",
        label: t("Ubuntu Server 24.04 LTS(64비트 Arm)", "Ubuntu Server 24.04 LTS (64-bit Arm)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
        architecture: Architecture::Arm64,
        user: "ubuntu",
        least_root: 8,
    },
    Ami {
        id: "ubuntu-22.04-x86_64",
        label: t("Ubuntu Server 22.04 LTS(64비트 x86)", "Ubuntu Server 22.04 LTS (64-bit x86)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
        architecture: Architecture::X86_64,
        user: "ubuntu",
        least_root: 8,
    },
    Ami {
        id: "ubuntu-22.04-arm64",
        label: t("Ubuntu Server 22.04 LTS(64비트 Arm)", "Ubuntu Server 22.04 LTS (64-bit Arm)"),
        ssm_path: "/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id",
        architecture: Architecture::Arm64,
        user: "ubuntu",
        least_root: 8,
    },
    Ami {
        id: "windows-2022-x86_64",
        label: t("Windows Server 2022(영어)", "Windows Server 2022 (English)"),
        ssm_path: "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
        architecture: Architecture::X86_64,
        user: "Administrator",
        least_root: 30,
    },
];
