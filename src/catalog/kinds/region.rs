//! A region: where everything inside is deployed. Becomes the `--region` of a deployment, not a resource.

use crate::catalog::data::regions::REGIONS;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Suggestion, Widget};
use crate::field;
use crate::text::{Text, t};

/// An AWS region as a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its code: `ap-northeast-2`.
    pub code: String,
}

impl Default for Region {
    fn default() -> Self {
        Self { code: "ap-northeast-2".to_owned() }
    }
}

impl Resource for Region {
    const KIND: Kind = Kind::Region;
    const SPEC: Spec = Spec {
        id: "region",
        label: t("리전", "Region"),
        category: Category::Placement,
        cloudformation_type: "",
        placement: Placement { root: true, parents: &[] },
        shape: Shape::Frame { w: 1120.0, h: 720.0 },
        ancestors: &[],
        tags: false,
        keywords: &["seoul", "서울", "지역"],
    };
    const SUMMARY: Text = t(
        "데이터 센터가 모여 있는 지역이에요. VPC는 리전 하나에 속해요.",
        "A geographic area of data centres. A VPC belongs to one region.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html";
    const FIELDS: &'static [Field<Self>] = &[field!(code, "리전 코드", "Region code", Widget::Suggest(proposals))
        .help("배포할 리전이에요. 서울은 ap-northeast-2예요.", "The region to deploy to. Seoul is ap-northeast-2.")];

    fn caption(&self) -> Option<String> {
        Some(self.code.clone())
    }
}

fn proposals() -> Vec<Suggestion> {
    let proposal = |region: &crate::catalog::data::regions::Region| Suggestion {
        value: region.code.to_owned(),
        label: region.name.into(),
    };
    REGIONS.iter().map(proposal).collect()
}
