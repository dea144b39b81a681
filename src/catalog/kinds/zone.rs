//! An Availability Zone as a lane of a VPC. Becomes the zone of the subnets inside, not a resource.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Suggestion, Widget};
use crate::field;
use crate::text::{Message, Text, t};

/// A zone lane: every subnet inside lies in this zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The letter after the region's code: `a` of `ap-northeast-2a`.
    pub letter: String,
}

impl Default for Zone {
    fn default() -> Self {
        Self { letter: "a".to_owned() }
    }
}

impl Resource for Zone {
    const KIND: Kind = Kind::Zone;
    const SPEC: Spec = Spec {
        id: "zone",
        label: t("가용 영역", "Availability Zone"),
        category: Category::Placement,
        cloudformation_type: "",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Frame { w: 352.0, h: 520.0 },
        ancestors: &[],
        tags: false,
        keywords: &["az", "zone", "영역", "2a", "2c"],
    };
    const SUMMARY: Text = t(
        "리전 안에서 서로 떨어진 데이터 센터예요. 서브넷은 가용 영역 하나에 속해요.",
        "An isolated location within a region. A subnet lies in exactly one zone.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html";
    const FIELDS: &'static [Field<Self>] = &[field!(letter, "영역 문자", "Zone letter", Widget::Suggest(proposals))
        .help(
            "리전 코드 뒤에 붙는 문자예요. 서울의 a는 ap-northeast-2a예요.",
            "The letter after the region code: a in Seoul is ap-northeast-2a.",
        )];

    fn caption(&self) -> Option<String> {
        Some(self.letter.clone())
    }
}

fn proposals() -> Vec<Suggestion> {
    ["a", "b", "c", "d", "e", "f"]
        .map(|letter| Suggestion { value: letter.to_owned(), label: Message::plain(letter) })
        .into()
}
