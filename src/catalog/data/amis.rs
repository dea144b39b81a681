//! Machine images by the public SSM parameters that name the newest of each in every region. Templates take the parameter, never an
//! image id, which differs by region and ages. `image_table.rs` has them.
//!
//! Follows <https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html> and
//! <https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/>.

use super::Architecture;
pub use super::image_table::AMIS;
use crate::text::Text;

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
    /// The least GiB of a root volume: as much as the image's snapshot has.
    pub least_root: u32,
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
}

/// The image of our name.
pub fn ami(id: &str) -> Option<&'static Ami> {
    AMIS.iter().find(|ami| ami.id == id)
}

/// The image of an SSM parameter.
pub fn ami_by_ssm_path(path: &str) -> Option<&'static Ami> {
    AMIS.iter().find(|ami| ami.ssm_path == path)
}

/// An image of AWS by what a field says of it: its id here, the path of its public parameter, or a reference to that parameter.
pub fn known_image(text: &str) -> Option<&'static Ami> {
    let path = text.strip_prefix("{{resolve:ssm:").and_then(|rest| rest.strip_suffix("}}")).unwrap_or(text);
    let path = path.split(':').next().unwrap_or(path);
    ami(path).or_else(|| ami_by_ssm_path(path))
}

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
