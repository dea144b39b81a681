//! A repository of container images.

use crate::catalog::{Category, Field, JsonText, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Whether a tag may be moved to another image.
    pub enum TagMutability {
        Mutable = "MUTABLE" ("변경 가능", "Mutable"),
        Immutable = "IMMUTABLE" ("변경 불가", "Immutable"),
    }
}

choices! {
    /// How images are encrypted at rest.
    pub enum ImageEncryption {
        Aes256 = "AES256" ("AES-256", "AES-256"),
        Kms = "KMS" ("AWS KMS", "AWS KMS"),
    }
}

/// Keeps the images that tasks run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EcrRepository {
    /// Its name; CloudFormation chooses one where it is empty.
    pub repository_name: String,
    /// Whether a tag may be moved to another image.
    pub tag_mutability: TagMutability,
    /// Whether each pushed image is searched for known vulnerabilities.
    pub scan_on_push: bool,
    /// How images are encrypted at rest.
    pub encryption: ImageEncryption,
    /// Which images are deleted by themselves, as JSON.
    pub lifecycle_policy: JsonText,
    /// Whether a repository that still holds images can be deleted.
    pub empty_on_delete: bool,
}

impl Default for EcrRepository {
    fn default() -> Self {
        Self {
            repository_name: String::new(),
            tag_mutability: TagMutability::Mutable,
            scan_on_push: true,
            encryption: ImageEncryption::Aes256,
            lifecycle_policy: JsonText::default(),
            empty_on_delete: true,
        }
    }
}

impl Resource for EcrRepository {
    const KIND: Kind = Kind::EcrRepository;
    const SPEC: Spec = Spec {
        id: "ecr_repository",
        label: t("ECR 리포지토리", "ECR repository"),
        category: Category::Containers,
        cloudformation_type: "AWS::ECR::Repository",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["ecr", "docker", "도커", "image", "이미지", "registry", "레지스트리"],
    };
    const SUMMARY: Text = t(
        "컨테이너 이미지를 보관해요. docker push로 올리고, ECS 태스크가 시작할 때 내려받아요.",
        "Keeps container images. docker push uploads them, and ECS tasks pull them as they start.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Repositories.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(repository_name, "리포지토리 이름", "Repository name", Widget::Line).property("RepositoryName").help(
            "소문자, 숫자와 -_./만 써요. 비우면 CloudFormation이 지어요.",
            "Lower case letters, digits and -_./ only. Empty lets CloudFormation choose.",
        ),
        field!(tag_mutability, "태그 변경 가능성", "Tag mutability", Widget::Choice(TagMutability::CHOICES))
            .property("ImageTagMutability")
            .help(
                "변경 불가면 같은 태그로 다시 올릴 수 없어서, 배포한 이미지가 뒤바뀌지 않아요.",
                "Immutable refuses a second push of a tag, so a deployed image never changes beneath it.",
            ),
        field!(scan_on_push, "푸시할 때 스캔", "Scan on push", Widget::Toggle)
            .property("ImageScanningConfiguration.ScanOnPush")
            .help(
                "이미지를 올릴 때마다 알려진 취약점을 찾아요.",
                "Searches every pushed image for known vulnerabilities.",
            ),
        field!(encryption, "암호화", "Encryption", Widget::Choice(ImageEncryption::CHOICES))
            .property("EncryptionConfiguration.EncryptionType")
            .help(
                "저장된 이미지를 암호화하는 방법이에요. KMS는 요금이 더 들어요.",
                "How images are encrypted at rest. KMS costs extra.",
            ),
        field!(lifecycle_policy, "수명 주기 정책", "Lifecycle policy", Widget::Json).help(
            "오래된 이미지를 스스로 지우는 규칙이에요. 비우면 모두 남고 저장 요금이 들어요.",
            "Rules that delete old images. Empty keeps them all, and their storage is billed.",
        ),
        field!(empty_on_delete, "삭제할 때 비우기", "Empty on delete", Widget::Toggle).property("EmptyOnDelete").help(
            "끄면 이미지가 남아 있는 리포지토리는 스택과 함께 지워지지 않아요.",
            "Off, a repository that still holds images cannot be deleted with its stack.",
        ),
    ];

    fn bare() -> Self {
        Self { scan_on_push: false, empty_on_delete: false, ..Self::default() }
    }
}
