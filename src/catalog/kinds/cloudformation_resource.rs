//! A resource of any type that CloudFormation knows, by its type and its properties as JSON: what has no kind of its own.

use crate::catalog::{Category, Field, JsonText, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// A resource by type and JSON. Nested stacks, custom resources and resources of SAM are such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudformationResource {
    /// `AWS::SNS::Topic`, `Custom::Lookup`.
    pub type_name: String,
    /// The `Properties` of the template, which refer to others by logical id.
    pub properties: JsonText,
    /// Those that the properties refer to, and those that must be there first.
    pub references: Vec<NodeId>,
}

impl Default for CloudformationResource {
    fn default() -> Self {
        Self { type_name: "AWS::SNS::Topic".to_owned(), properties: JsonText::default(), references: Vec::new() }
    }
}

impl CloudformationResource {
    /// Whether CloudFormation could take the type: words with colons between them.
    pub fn has_sound_type(&self) -> bool {
        let word =
            |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "_@-".contains(c));
        self.type_name.contains("::") && self.type_name.split("::").all(word)
    }
}

impl Resource for CloudformationResource {
    const KIND: Kind = Kind::CloudformationResource;
    const SPEC: Spec = Spec {
        id: "cloudformation_resource",
        label: t("CloudFormation 리소스", "CloudFormation resource"),
        category: Category::Management,
        cloudformation_type: "",
        placement: Placement { root: true, parents: &[Kind::Region, Kind::Vpc, Kind::Zone, Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["generic", "json", "custom resource", "nested stack", "사용자 지정", "중첩 스택", "기타"],
    };
    const SUMMARY: Text = t(
        "CloudFormation이 아는 어떤 유형이든 속성을 JSON으로 적어 쓸 수 있어요. 중첩 스택과 사용자 지정 리소스도 이것으로 그려요.",
        "Any type that CloudFormation knows, with its properties as JSON. Nested stacks and custom resources are drawn as these.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(type_name, "유형", "Type", Widget::Line).help(
            "CloudFormation의 리소스 유형이에요. 예: AWS::SNS::Topic",
            "CloudFormation's resource type, such as AWS::SNS::Topic.",
        ),
        field!(properties, "속성(Properties)", "Properties", Widget::Json).help(
            "템플릿의 Properties에 들어갈 JSON이에요. 다른 리소스는 {\"Ref\": \"논리적 ID\"}로 가리켜요.",
            "The JSON of the template's Properties. Refer to other resources with {\"Ref\": \"LogicalId\"}.",
        ),
        field!(references, "가리키는 리소스", "Refers to", Widget::References(Kind::DEPLOYED)).help(
            "속성이 가리키거나 먼저 만들어져야 하는 리소스예요. 속성에 없는 것은 DependsOn이 돼요.",
            "Those that the properties refer to or that must exist first. The ones not in the properties become DependsOn.",
        ),
    ];

    fn is_deployed(&self) -> bool {
        true
    }

    fn caption(&self) -> Option<String> {
        Some(self.type_name.rsplit("::").next().unwrap_or_default().to_owned())
    }
}
