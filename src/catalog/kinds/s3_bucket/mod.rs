//! An S3 bucket with its policy.

mod lifecycle;
mod policy;

pub use lifecycle::{LifecycleRule, StorageClass};
pub use policy::{OWN_NAME, public_read_policy};

use crate::catalog::{Category, Field, JsonText, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// What becomes of data when its resource leaves the stack.
    pub enum Retention {
        Retain = "Retain" ("남겨 두기", "Keep it"),
        Delete = "Delete" ("함께 삭제", "Delete it too"),
    }
}

choices! {
    /// How objects are encrypted at rest.
    pub enum BucketEncryption {
        S3 = "AES256" ("S3 관리형 키(SSE-S3)", "S3 managed keys (SSE-S3)"),
        Kms = "aws:kms" ("KMS 키(SSE-KMS)", "KMS key (SSE-KMS)"),
        KmsTwice = "aws:kms:dsse" ("KMS 키 이중 암호화(DSSE-KMS)", "KMS key, two layers (DSSE-KMS)"),
    }
}

/// Stores files as objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Bucket {
    /// Its name, unique in the world; empty lets AWS choose one.
    pub bucket_name: String,
    /// Refuses new public ACLs.
    pub block_public_acls: bool,
    /// Ignores public ACLs that exist.
    pub ignore_public_acls: bool,
    /// Refuses policies that admit everyone.
    pub block_public_policy: bool,
    /// Cuts everyone but AWS and the account off from a bucket with such a policy.
    pub restrict_public_buckets: bool,
    /// Whether replaced and deleted objects stay as versions.
    pub versioning: bool,
    /// How objects are encrypted.
    pub encryption: BucketEncryption,
    /// Whether one data key serves many objects, which makes KMS cheaper.
    pub bucket_key: bool,
    /// Whether it answers as a web site.
    pub website: bool,
    /// The page of a folder.
    pub index_document: String,
    /// The page shown for errors.
    pub error_document: String,
    /// What happens to objects as they age.
    pub lifecycle: Vec<LifecycleRule>,
    /// Who may do what with it; `${BucketName}` stands for its name.
    pub policy: JsonText,
    /// What becomes of it when it leaves the stack.
    pub retention: Retention,
}

impl Default for S3Bucket {
    fn default() -> Self {
        Self {
            bucket_name: String::new(),
            block_public_acls: true,
            ignore_public_acls: true,
            block_public_policy: true,
            restrict_public_buckets: true,
            versioning: false,
            encryption: BucketEncryption::S3,
            bucket_key: true,
            website: false,
            index_document: "index.html".to_owned(),
            error_document: String::new(),
            lifecycle: Vec::new(),
            policy: JsonText::default(),
            retention: Retention::Retain,
        }
    }
}

impl S3Bucket {
    /// Whether all four locks against public access are on.
    pub const fn blocks_public_access(&self) -> bool {
        self.block_public_acls && self.ignore_public_acls && self.block_public_policy && self.restrict_public_buckets
    }
}

impl Resource for S3Bucket {
    const KIND: Kind = Kind::S3Bucket;
    const SPEC: Spec = Spec {
        id: "s3_bucket",
        label: t("S3 버킷", "S3 bucket"),
        category: Category::Storage,
        cloudformation_type: "AWS::S3::Bucket",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["s3", "bucket", "storage", "버킷", "객체", "정적 웹 사이트", "static site", "website"],
    };
    const SUMMARY: Text = t(
        "파일을 객체로 보관해요. 처음부터 비공개이고, 웹 사이트는 CloudFront를 앞에 두고 공개하는 것이 안전해요.",
        "Stores files as objects. Private from the start; put CloudFront before it to publish a site safely.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(bucket_name, "버킷 이름", "Bucket name", Widget::Line).property("BucketName").help(
            "전 세계에서 하나뿐이어야 해요. 비우면 AWS가 겹치지 않는 이름을 정해요.",
            "Must be unique in the world. Empty lets AWS choose one.",
        ),
        field!(block_public_acls, "새 퍼블릭 ACL 차단", "Block new public ACLs", Widget::Toggle)
            .property("PublicAccessBlockConfiguration.BlockPublicAcls")
            .help("객체를 공개로 만드는 ACL을 거부해요. 켜 두세요.", "Refuses ACLs that publish objects. Leave it on."),
        field!(ignore_public_acls, "기존 퍼블릭 ACL 무시", "Ignore public ACLs", Widget::Toggle)
            .property("PublicAccessBlockConfiguration.IgnorePublicAcls")
            .help("이미 있는 공개 ACL을 무시해요. 켜 두세요.", "Ignores ACLs that publish objects. Leave it on."),
        field!(block_public_policy, "퍼블릭 정책 차단", "Block public policies", Widget::Toggle)
            .property("PublicAccessBlockConfiguration.BlockPublicPolicy")
            .help("모두에게 여는 버킷 정책을 거부해요.", "Refuses bucket policies that admit everyone."),
        field!(restrict_public_buckets, "퍼블릭 버킷 접근 제한", "Restrict public buckets", Widget::Toggle)
            .property("PublicAccessBlockConfiguration.RestrictPublicBuckets")
            .help("공개 정책이 있어도 이 계정과 AWS 서비스만 접근하게 해요.", "Even with a public policy only this account and AWS services get in."),
        field!(versioning, "버전 관리", "Versioning", Widget::Toggle).help(
            "덮어쓰거나 지운 객체를 되살릴 수 있어요. 이전 버전만큼 요금이 더 들어요.",
            "Overwritten and deleted objects can be restored. Old versions are billed.",
        ),
        field!(encryption, "기본 암호화", "Default encryption", Widget::Choice(BucketEncryption::CHOICES))
            .property("BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm")
            .help("저장할 때 암호화하는 방법이에요. SSE-S3는 무료예요.", "How objects are encrypted at rest. SSE-S3 is free."),
        field!(bucket_key, "버킷 키", "Bucket key", Widget::Toggle)
            .property("BucketEncryption.ServerSideEncryptionConfiguration.0.BucketKeyEnabled")
            .when(|of: &Self| of.encryption == BucketEncryption::Kms)
            .help("KMS를 부르는 횟수와 요금을 줄여요.", "Fewer and cheaper calls to KMS."),
        field!(website, "정적 웹 사이트 호스팅", "Static website hosting", Widget::Toggle).help(
            "버킷이 HTTP로 페이지를 내보내요. HTTPS는 CloudFront가 있어야 해요.",
            "The bucket serves pages over HTTP. HTTPS needs CloudFront.",
        ),
        field!(index_document, "인덱스 문서", "Index document", Widget::Line)
            .property("WebsiteConfiguration.IndexDocument")
            .when(|of: &Self| of.website)
            .help("폴더를 요청하면 보여 줄 페이지예요. 예: index.html", "The page of a folder, such as index.html."),
        field!(error_document, "오류 문서", "Error document", Widget::Line)
            .property("WebsiteConfiguration.ErrorDocument")
            .when(|of: &Self| of.website)
            .help("페이지가 없을 때 보여 줄 페이지예요. 예: error.html", "The page shown for errors, such as error.html."),
        field!(lifecycle, "수명 주기 규칙", "Lifecycle rules", Widget::Table(columns::<LifecycleRule>))
            .help("오래된 객체를 값싼 곳으로 옮기거나 지워요.", "Moves old objects to cheaper storage, or deletes them."),
        field!(policy, "버킷 정책", "Bucket policy", Widget::Json).help(
            "누가 무엇을 할 수 있는지 JSON으로 적어요. ${BucketName}은 이 버킷의 이름이에요. CloudFront의 원본 액세스 제어에 필요한 문은 저절로 들어가요.",
            "Who may do what, as JSON; ${BucketName} is this bucket's name. The statement that CloudFront's origin access control needs is added by itself.",
        ),
        field!(retention, "스택에서 빠질 때", "When it leaves the stack", Widget::Choice(Retention::CHOICES)).help(
            "남겨 둔 버킷은 스택을 지운 뒤에도 요금이 들어요. 함께 삭제하려면 버킷을 먼저 비워야 해요.",
            "A bucket that is kept is billed after the stack is gone. To be deleted it must be emptied first.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        (!self.bucket_name.is_empty()).then(|| self.bucket_name.clone())
    }
}
