//! Common EC2 instance types. `instance_table.rs` has them, `ec2_types.txt` the names of all there are.
//!
//! Follows <https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html>.

pub use super::instance_table::INSTANCE_TYPES;
use crate::text::{Text, t};

/// The instruction set of a processor: an image runs only on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Architecture {
    /// 64-bit Arm: Graviton.
    Arm64,
    /// 64-bit x86: Intel and AMD.
    X86_64,
}

impl Architecture {
    /// The name AWS uses: `arm64` or `x86_64`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }
}

/// What a family of instance types is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Balanced processor and memory.
    GeneralPurpose,
    /// More processor for the memory.
    ComputeOptimized,
    /// More memory for the processor.
    MemoryOptimized,
}

impl Purpose {
    /// The name of the category as the AWS console shows it.
    pub const fn label(self) -> Text {
        match self {
            Self::GeneralPurpose => t("범용", "General purpose"),
            Self::ComputeOptimized => t("컴퓨팅 최적화", "Compute optimized"),
            Self::MemoryOptimized => t("메모리 최적화", "Memory optimized"),
        }
    }
}

/// What all sizes of a family have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceFamily {
    /// The part before the dot, such as `t3`.
    pub name: &'static str,
    /// What it is made for.
    pub purpose: Purpose,
    /// The instruction set.
    pub architecture: Architecture,
    /// Whether it earns and spends CPU credits.
    pub burstable: bool,
}

/// An instance type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceType {
    /// The name, such as `t3.micro`.
    pub name: &'static str,
    /// Its family.
    pub family: &'static InstanceFamily,
    /// Virtual processors.
    pub vcpus: u16,
    /// Memory in MiB.
    pub memory_mib: u32,
}

/// The instance type of a name; `None` for one that is not listed here, which may exist all the same.
pub fn instance_type(name: &str) -> Option<&'static InstanceType> {
    INSTANCE_TYPES.iter().find(|instance_type| instance_type.name == name)
}

/// Every type of EC2, previous generations included: a line is a family and its sizes.
const ALL: &str = include_str!("ec2_types.txt");

/// Whether EC2 has a type of this name, whether it is described here or not.
pub fn is_instance_type(name: &str) -> bool {
    let Some((family, size)) = name.split_once('.') else { return false };
    ALL.lines().any(|line| {
        let mut words = line.split(' ');
        words.next() == Some(family) && words.any(|one| one == size)
    })
}

/// A family, as the table beside this file writes it.
pub(super) const fn family(
    name: &'static str,
    purpose: Purpose,
    architecture: Architecture,
    burstable: bool,
) -> InstanceFamily {
    InstanceFamily { name, purpose, architecture, burstable }
}

/// A type, as the table beside this file writes it.
pub(super) const fn row(
    name: &'static str,
    family: &'static InstanceFamily,
    vcpus: u16,
    memory_mib: u32,
) -> InstanceType {
    InstanceType { name, family, vcpus, memory_mib }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_unique_and_grow_within_their_family() {
        for pair in INSTANCE_TYPES.windows(2) {
            let (left, right) = (pair[0], pair[1]);
            let key = |one: InstanceType| (one.family.name, one.memory_mib);
            assert!(key(left) < key(right), "{} before {}", left.name, right.name);
        }
    }

    #[test]
    fn names_and_ratios_fit_their_family() {
        for one in INSTANCE_TYPES {
            assert_eq!(one.name.split_once('.').map(|(family, _)| family), Some(one.family.name));
            assert_eq!(one.family.burstable, one.family.name.starts_with('t'), "{}", one.name);
            let is_graviton = one.family.name.get(2..) == Some("g");
            assert_eq!(one.family.architecture == Architecture::Arm64, is_graviton, "{}", one.name);
            if !one.family.burstable {
                let gib_per_vcpu = match one.family.purpose {
                    Purpose::ComputeOptimized => 2,
                    Purpose::GeneralPurpose => 4,
                    Purpose::MemoryOptimized => 8,
                };
                assert_eq!(one.memory_mib, u32::from(one.vcpus) * gib_per_vcpu * 1024, "{}", one.name);
            }
        }
    }

    #[test]
    fn finds_types() {
        let micro = instance_type("t3.micro").unwrap();
        assert_eq!((micro.vcpus, micro.memory_mib, micro.family.architecture.name()), (2, 1024, "x86_64"));
        assert_eq!(instance_type("t3.huge"), None);
        assert!(
            INSTANCE_TYPES.iter().all(|one| is_instance_type(one.name)),
            "one that is described is not in the list"
        );
        assert!(
            ["m1.small", "m3.medium", "t1.micro", "c7gn.large", "u7i-12tb.224xlarge"]
                .iter()
                .all(|one| is_instance_type(one))
        );
        assert!(["t3micro", "t3.huge", "#.every", "t9.micro", "t3.", ""].iter().all(|one| !is_instance_type(one)));
    }
}
