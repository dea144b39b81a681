//! From answers of `aws ec2 describe-instance-types`, the values of ec2/resources/instance_types.json.gz in moto 5.2.5 as one page, 2026-11,
//! sha256 0a1ecd71b284d9963402e3b213eedc05309edd9298bcc2b5afc4e9ac3015bd17.
//! Written by `cargo xtask data instances`; what is chosen and corrected by hand stands in `xtask/data.toml`.

use super::instance_types::{Architecture, InstanceFamily, InstanceType, Purpose, family, row};

const C5: &InstanceFamily = &family("c5", Purpose::ComputeOptimized, Architecture::X86_64, false);
const C6G: &InstanceFamily = &family("c6g", Purpose::ComputeOptimized, Architecture::Arm64, false);
const C6I: &InstanceFamily = &family("c6i", Purpose::ComputeOptimized, Architecture::X86_64, false);
const C7G: &InstanceFamily = &family("c7g", Purpose::ComputeOptimized, Architecture::Arm64, false);
const C7I: &InstanceFamily = &family("c7i", Purpose::ComputeOptimized, Architecture::X86_64, false);
const C8G: &InstanceFamily = &family("c8g", Purpose::ComputeOptimized, Architecture::Arm64, false);
const M5: &InstanceFamily = &family("m5", Purpose::GeneralPurpose, Architecture::X86_64, false);
const M6G: &InstanceFamily = &family("m6g", Purpose::GeneralPurpose, Architecture::Arm64, false);
const M6I: &InstanceFamily = &family("m6i", Purpose::GeneralPurpose, Architecture::X86_64, false);
const M7G: &InstanceFamily = &family("m7g", Purpose::GeneralPurpose, Architecture::Arm64, false);
const M7I: &InstanceFamily = &family("m7i", Purpose::GeneralPurpose, Architecture::X86_64, false);
const M7I_FLEX: &InstanceFamily = &family("m7i-flex", Purpose::GeneralPurpose, Architecture::X86_64, false);
const M8G: &InstanceFamily = &family("m8g", Purpose::GeneralPurpose, Architecture::Arm64, false);
const R5: &InstanceFamily = &family("r5", Purpose::MemoryOptimized, Architecture::X86_64, false);
const R6G: &InstanceFamily = &family("r6g", Purpose::MemoryOptimized, Architecture::Arm64, false);
const R6I: &InstanceFamily = &family("r6i", Purpose::MemoryOptimized, Architecture::X86_64, false);
const R7G: &InstanceFamily = &family("r7g", Purpose::MemoryOptimized, Architecture::Arm64, false);
const R7I: &InstanceFamily = &family("r7i", Purpose::MemoryOptimized, Architecture::X86_64, false);
const R8G: &InstanceFamily = &family("r8g", Purpose::MemoryOptimized, Architecture::Arm64, false);
const T2: &InstanceFamily = &family("t2", Purpose::GeneralPurpose, Architecture::X86_64, true);
const T3: &InstanceFamily = &family("t3", Purpose::GeneralPurpose, Architecture::X86_64, true);
const T3A: &InstanceFamily = &family("t3a", Purpose::GeneralPurpose, Architecture::X86_64, true);
const T4G: &InstanceFamily = &family("t4g", Purpose::GeneralPurpose, Architecture::Arm64, true);

/// The instance types that are described, by family and then by size.
pub const INSTANCE_TYPES: &[InstanceType] = &[
    row("c5.large", C5, 2, 4096),
    row("c5.xlarge", C5, 4, 8192),
    row("c5.2xlarge", C5, 8, 16384),
    row("c5.4xlarge", C5, 16, 32768),
    row("c5.9xlarge", C5, 36, 73728),
    row("c6g.medium", C6G, 1, 2048),
    row("c6g.large", C6G, 2, 4096),
    row("c6g.xlarge", C6G, 4, 8192),
    row("c6g.2xlarge", C6G, 8, 16384),
    row("c6g.4xlarge", C6G, 16, 32768),
    row("c6g.8xlarge", C6G, 32, 65536),
    row("c6i.large", C6I, 2, 4096),
    row("c6i.xlarge", C6I, 4, 8192),
    row("c6i.2xlarge", C6I, 8, 16384),
    row("c6i.4xlarge", C6I, 16, 32768),
    row("c6i.8xlarge", C6I, 32, 65536),
    row("c7g.medium", C7G, 1, 2048),
    row("c7g.large", C7G, 2, 4096),
    row("c7g.xlarge", C7G, 4, 8192),
    row("c7g.2xlarge", C7G, 8, 16384),
    row("c7g.4xlarge", C7G, 16, 32768),
    row("c7g.8xlarge", C7G, 32, 65536),
    row("c7i.large", C7I, 2, 4096),
    row("c7i.xlarge", C7I, 4, 8192),
    row("c7i.2xlarge", C7I, 8, 16384),
    row("c7i.4xlarge", C7I, 16, 32768),
    row("c7i.8xlarge", C7I, 32, 65536),
    row("c8g.medium", C8G, 1, 2048),
    row("c8g.large", C8G, 2, 4096),
    row("c8g.xlarge", C8G, 4, 8192),
    row("c8g.2xlarge", C8G, 8, 16384),
    row("c8g.4xlarge", C8G, 16, 32768),
    row("m5.large", M5, 2, 8192),
    row("m5.xlarge", M5, 4, 16384),
    row("m5.2xlarge", M5, 8, 32768),
    row("m5.4xlarge", M5, 16, 65536),
    row("m5.8xlarge", M5, 32, 131072),
    row("m6g.medium", M6G, 1, 4096),
    row("m6g.large", M6G, 2, 8192),
    row("m6g.xlarge", M6G, 4, 16384),
    row("m6g.2xlarge", M6G, 8, 32768),
    row("m6g.4xlarge", M6G, 16, 65536),
    row("m6g.8xlarge", M6G, 32, 131072),
    row("m6i.large", M6I, 2, 8192),
    row("m6i.xlarge", M6I, 4, 16384),
    row("m6i.2xlarge", M6I, 8, 32768),
    row("m6i.4xlarge", M6I, 16, 65536),
    row("m6i.8xlarge", M6I, 32, 131072),
    row("m7g.medium", M7G, 1, 4096),
    row("m7g.large", M7G, 2, 8192),
    row("m7g.xlarge", M7G, 4, 16384),
    row("m7g.2xlarge", M7G, 8, 32768),
    row("m7g.4xlarge", M7G, 16, 65536),
    row("m7g.8xlarge", M7G, 32, 131072),
    row("m7i.large", M7I, 2, 8192),
    row("m7i.xlarge", M7I, 4, 16384),
    row("m7i.2xlarge", M7I, 8, 32768),
    row("m7i.4xlarge", M7I, 16, 65536),
    row("m7i.8xlarge", M7I, 32, 131072),
    row("m7i-flex.large", M7I_FLEX, 2, 8192),
    row("m7i-flex.xlarge", M7I_FLEX, 4, 16384),
    row("m7i-flex.2xlarge", M7I_FLEX, 8, 32768),
    row("m7i-flex.4xlarge", M7I_FLEX, 16, 65536),
    row("m8g.medium", M8G, 1, 4096),
    row("m8g.large", M8G, 2, 8192),
    row("m8g.xlarge", M8G, 4, 16384),
    row("m8g.2xlarge", M8G, 8, 32768),
    row("m8g.4xlarge", M8G, 16, 65536),
    row("r5.large", R5, 2, 16384),
    row("r5.xlarge", R5, 4, 32768),
    row("r5.2xlarge", R5, 8, 65536),
    row("r5.4xlarge", R5, 16, 131072),
    row("r5.8xlarge", R5, 32, 262144),
    row("r6g.medium", R6G, 1, 8192),
    row("r6g.large", R6G, 2, 16384),
    row("r6g.xlarge", R6G, 4, 32768),
    row("r6g.2xlarge", R6G, 8, 65536),
    row("r6g.4xlarge", R6G, 16, 131072),
    row("r6g.8xlarge", R6G, 32, 262144),
    row("r6i.large", R6I, 2, 16384),
    row("r6i.xlarge", R6I, 4, 32768),
    row("r6i.2xlarge", R6I, 8, 65536),
    row("r6i.4xlarge", R6I, 16, 131072),
    row("r6i.8xlarge", R6I, 32, 262144),
    row("r7g.medium", R7G, 1, 8192),
    row("r7g.large", R7G, 2, 16384),
    row("r7g.xlarge", R7G, 4, 32768),
    row("r7g.2xlarge", R7G, 8, 65536),
    row("r7g.4xlarge", R7G, 16, 131072),
    row("r7g.8xlarge", R7G, 32, 262144),
    row("r7i.large", R7I, 2, 16384),
    row("r7i.xlarge", R7I, 4, 32768),
    row("r7i.2xlarge", R7I, 8, 65536),
    row("r7i.4xlarge", R7I, 16, 131072),
    row("r7i.8xlarge", R7I, 32, 262144),
    row("r8g.medium", R8G, 1, 8192),
    row("r8g.large", R8G, 2, 16384),
    row("r8g.xlarge", R8G, 4, 32768),
    row("r8g.2xlarge", R8G, 8, 65536),
    row("r8g.4xlarge", R8G, 16, 131072),
    row("t2.nano", T2, 1, 512),
    row("t2.micro", T2, 1, 1024),
    row("t2.small", T2, 1, 2048),
    row("t2.medium", T2, 2, 4096),
    row("t2.large", T2, 2, 8192),
    row("t2.xlarge", T2, 4, 16384),
    row("t2.2xlarge", T2, 8, 32768),
    row("t3.nano", T3, 2, 512),
    row("t3.micro", T3, 2, 1024),
    row("t3.small", T3, 2, 2048),
    row("t3.medium", T3, 2, 4096),
    row("t3.large", T3, 2, 8192),
    row("t3.xlarge", T3, 4, 16384),
    row("t3.2xlarge", T3, 8, 32768),
    row("t3a.nano", T3A, 2, 512),
    row("t3a.micro", T3A, 2, 1024),
    row("t3a.small", T3A, 2, 2048),
    row("t3a.medium", T3A, 2, 4096),
    row("t3a.large", T3A, 2, 8192),
    row("t3a.xlarge", T3A, 4, 16384),
    row("t3a.2xlarge", T3A, 8, 32768),
    row("t4g.nano", T4G, 2, 512),
    row("t4g.micro", T4G, 2, 1024),
    row("t4g.small", T4G, 2, 2048),
    row("t4g.medium", T4G, 2, 4096),
    row("t4g.large", T4G, 2, 8192),
    row("t4g.xlarge", T4G, 4, 16384),
    row("t4g.2xlarge", T4G, 8, 32768),
];
