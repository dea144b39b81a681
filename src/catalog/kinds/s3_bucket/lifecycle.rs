//! What happens to a bucket's objects as they age.

use crate::catalog::{Field, Record, Widget};
use crate::text::t;
use crate::{choices, field, record};

choices! {
    /// Where a lifecycle rule moves objects.
    pub enum StorageClass {
        InfrequentAccess = "STANDARD_IA" ("Standard-IA", "Standard-IA"),
        OneZone = "ONEZONE_IA" ("One Zone-IA", "One Zone-IA"),
        Intelligent = "INTELLIGENT_TIERING" ("Intelligent-Tiering", "Intelligent-Tiering"),
        GlacierInstant = "GLACIER_IR" ("Glacier Instant Retrieval", "Glacier Instant Retrieval"),
        Glacier = "GLACIER" ("Glacier Flexible Retrieval", "Glacier Flexible Retrieval"),
        DeepArchive = "DEEP_ARCHIVE" ("Glacier Deep Archive", "Glacier Deep Archive"),
    }
}

/// What happens to objects as they age.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifecycleRule {
    /// Beginning of the keys it is about; empty is all of them.
    pub prefix: String,
    /// Days until objects move to the class below.
    pub transition_days: Option<u16>,
    /// Where they move.
    pub transition_class: StorageClass,
    /// Days until objects are deleted.
    pub expiration_days: Option<u16>,
    /// Days until versions that were replaced are deleted.
    pub noncurrent_days: Option<u16>,
    /// Days until uploads that were never finished are dropped.
    pub abort_days: Option<u16>,
}

const DAYS: Widget = Widget::Number { min: 1, max: 36_500, unit: t("일", "days") };

impl Record for LifecycleRule {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(prefix, "접두사", "Prefix", Widget::Line).property("Prefix").help(
            "이 글자로 시작하는 객체에만 적용해요. 비우면 모두예요.",
            "Applies to keys that begin so. Empty is all.",
        ),
        field!(transition_days, "옮길 때까지", "Move after", DAYS).property("Transitions.0.TransitionInDays").help(
            "만든 지 이만큼 지나면 다른 스토리지 클래스로 옮겨요.",
            "Age at which objects move to another class.",
        ),
        field!(transition_class, "옮길 클래스", "Move to", Widget::Choice(StorageClass::CHOICES))
            .property("Transitions.0.StorageClass")
            .when(|of: &Self| of.transition_days.is_some())
            .help(
                "Standard-IA와 One Zone-IA는 30일이 지나야 옮길 수 있어요.",
                "Standard-IA and One Zone-IA take objects of 30 days or older.",
            ),
        field!(expiration_days, "삭제할 때까지", "Delete after", DAYS)
            .property("ExpirationInDays")
            .help("만든 지 이만큼 지나면 삭제해요.", "Age at which objects are deleted."),
        field!(noncurrent_days, "이전 버전 삭제까지", "Delete old versions after", DAYS)
            .property("NoncurrentVersionExpiration.NoncurrentDays")
            .help("버전 관리에서 밀려난 버전을 삭제해요.", "Deletes versions that were replaced."),
        field!(abort_days, "중단된 업로드 정리까지", "Drop unfinished uploads after", DAYS)
            .property("AbortIncompleteMultipartUpload.DaysAfterInitiation")
            .help("끝나지 않은 업로드 조각도 요금이 들어요.", "Parts of unfinished uploads are billed too."),
    ];
}
record!(LifecycleRule);
