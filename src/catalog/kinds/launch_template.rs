//! A launch template: how the instances of an Auto Scaling group are launched.

use super::PublicIp;
use crate::catalog::launch::{self, BlockDevice, VolumeType, launch_fields};
use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// Whether the metadata of an instance is given only for a token (IMDSv2).
    pub enum MetadataTokens {
        Required = "required" ("IMDSv2만", "IMDSv2 only"),
        Optional = "optional" ("IMDSv1도 허용", "IMDSv1 too"),
    }
}

choices! {
    /// Something that is on or off.
    pub enum Switch {
        Disabled = "disabled" ("끄기", "Off"),
        Enabled = "enabled" ("켜기", "On"),
    }
}

/// A tag that launched instances and their volumes get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchTag {
    /// Its key: `Name`.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl Default for LaunchTag {
    fn default() -> Self {
        Self { key: "Project".to_owned(), value: "lab".to_owned() }
    }
}

impl Record for LaunchTag {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(key, "키", "Key", Widget::Line)
            .property("Key")
            .help("태그의 이름이에요. 예: Project", "The tag's name, such as Project."),
        field!(value, "값", "Value", Widget::Line).property("Value").help("태그의 값이에요.", "The tag's value."),
    ];
}
record!(LaunchTag);

/// What an instance is launched with, written down once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchTemplate {
    /// Family and size; empty where the Auto Scaling group chooses.
    pub instance_type: String,
    /// Image: an id of [`crate::catalog::data::amis`], a literal `ami-…`, or a public SSM parameter path.
    pub ami: String,
    /// The machine image it starts from instead.
    pub image: Option<NodeId>,
    /// Key for SSH.
    pub key_pair: Option<NodeId>,
    /// Groups of the primary interface; empty means the VPC's default group.
    pub security_groups: Vec<NodeId>,
    /// The role that instances carry.
    pub instance_profile: Option<NodeId>,
    /// Public address at launch.
    pub public_ip: PublicIp,
    /// Whether metadata needs a token.
    pub metadata_tokens: MetadataTokens,
    /// How many hops an answer with metadata may take; containers need two.
    pub metadata_hops: u8,
    /// Whether an instance can read its tags from its metadata.
    pub metadata_tags: Switch,
    /// Root volume in GiB.
    pub root_size: u32,
    /// Root volume type.
    pub root_type: VolumeType,
    /// Whether the root volume goes with the instance.
    pub root_delete: bool,
    /// Whether the root volume is encrypted.
    pub root_encrypted: bool,
    /// Further volumes.
    pub volumes: Vec<BlockDevice>,
    /// Script of the first boot.
    pub user_data: String,
    /// Whether metrics come every minute, at extra cost.
    pub detailed_monitoring: bool,
    /// Tags of instances and volumes.
    pub tags: Vec<LaunchTag>,
}

impl Default for LaunchTemplate {
    fn default() -> Self {
        Self {
            instance_type: "t3.micro".to_owned(),
            ami: "al2023-x86_64".to_owned(),
            image: None,
            key_pair: None,
            security_groups: Vec::new(),
            instance_profile: None,
            public_ip: PublicIp::SubnetDefault,
            metadata_tokens: MetadataTokens::Required,
            metadata_hops: 1,
            metadata_tags: Switch::Disabled,
            root_size: 8,
            root_type: VolumeType::Gp3,
            root_delete: true,
            root_encrypted: true,
            volumes: Vec::new(),
            user_data: String::new(),
            detailed_monitoring: false,
            tags: Vec::new(),
        }
    }
}

impl Resource for LaunchTemplate {
    const KIND: Kind = Kind::LaunchTemplate;
    const SPEC: Spec = Spec {
        id: "launch_template",
        label: t("시작 템플릿", "Launch template"),
        category: Category::Compute,
        cloudformation_type: "AWS::EC2::LaunchTemplate",
        placement: Placement { root: true, parents: &[Kind::Region, Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[],
        // The resource has tags of another form; see `export`.
        tags: false,
        keywords: &["lt", "ec2", "auto scaling", "시작 구성", "오토스케일링"],
    };
    const SUMMARY: Text = t(
        "인스턴스를 어떻게 띄울지 적어 둔 것이에요. Auto Scaling 그룹이 이것으로 인스턴스를 늘려요.",
        "How instances are launched, written down once. An Auto Scaling group launches its instances from it.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html";
    const FIELDS: &'static [Field<Self>] = launch_fields!["LaunchTemplateData."
        ; field!(instance_type, "인스턴스 유형", "Instance type", Widget::Suggest(launch::types))
            .property("LaunchTemplateData.InstanceType")
            .help(
                "비우면 Auto Scaling 그룹의 혼합 인스턴스 정책이 골라요.",
                "Empty leaves the choice to the group's mixed instances policy.",
            )
        ; field!(public_ip, "퍼블릭 IP", "Public IP", Widget::Choice(PublicIp::CHOICES)).help(
            "프라이빗 서브넷의 서버라면 할당하지 않아요.",
            "Servers of private subnets need none.",
        ),
        field!(metadata_tokens, "인스턴스 메타데이터", "Instance metadata", Widget::Choice(MetadataTokens::CHOICES))
            .property("LaunchTemplateData.MetadataOptions.HttpTokens")
            .help("IMDSv2만 쓰면 서버의 취약점으로 역할의 키가 새는 것을 막아요.", "IMDSv2 keeps flaws of a server from leaking its role's keys."),
        field!(metadata_hops, "메타데이터 홉 제한", "Metadata hop limit", Widget::Number { min: 1, max: 64, unit: t("홉", "hops") })
            .property("LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit")
            .help("컨테이너가 메타데이터를 읽으려면 2가 필요해요.", "Containers need 2 to read metadata."),
        field!(metadata_tags, "메타데이터의 태그", "Tags in metadata", Widget::Choice(Switch::CHOICES))
            .property("LaunchTemplateData.MetadataOptions.InstanceMetadataTags")
            .help("켜면 서버가 자기 태그를 읽을 수 있어요.", "On, a server can read its own tags.")
        ; field!(detailed_monitoring, "세부 모니터링", "Detailed monitoring", Widget::Toggle)
            .property("LaunchTemplateData.Monitoring.Enabled")
            .help("지표를 1분마다 받아 더 빨리 늘어나요. 요금이 들어요.", "Metrics every minute let a group grow sooner, at extra cost."),
        field!(tags, "인스턴스 태그", "Instance tags", Widget::Table(columns::<LaunchTag>))
            .help("띄운 인스턴스와 볼륨에 붙어요.", "Launched instances and their volumes get them."),
    ];

    fn bare() -> Self {
        Self {
            instance_type: String::new(),
            ami: String::new(),
            metadata_tokens: MetadataTokens::Optional,
            root_encrypted: false,
            ..Self::default()
        }
    }

    fn caption(&self) -> Option<String> {
        (!self.instance_type.is_empty()).then(|| self.instance_type.clone())
    }
}
