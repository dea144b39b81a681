//! What a document has beside its nodes. Each property stands in one list, from which comparing, undoing and writing it follow.

use std::sync::Arc;

use super::{Assertion, Origin};

/// All that is pinned; a design and its history share it.
pub type Pinned = Arc<Vec<Assertion>>;

/// Equality that does not look into what both share.
trait Same {
    fn is_same(&self, other: &Self) -> bool;
}

impl Same for String {
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl<T: PartialEq> Same for Arc<T> {
    fn is_same(&self, other: &Self) -> bool {
        Self::ptr_eq(self, other) || self == other
    }
}

impl<T: Same> Same for Option<T> {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(one), Some(other)) => one.is_same(other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

macro_rules! properties {
    ($($(#[$doc:meta])+ $name:ident: $type:ty,)+) => {
        /// The properties of a document.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Properties {
            $($(#[$doc])+ pub $name: $type,)+
        }

        /// Which of them changed: before and after.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct PropertyChanges {
            $($(#[$doc])+ pub $name: Option<($type, $type)>,)+
        }

        impl PropertyChanges {
            /// What differs between two documents.
            pub fn between(before: &Properties, after: &Properties) -> Self {
                Self { $($name: (!before.$name.is_same(&after.$name)).then(|| (before.$name.clone(), after.$name.clone())),)+ }
            }

            /// Whether nothing changed.
            pub const fn is_empty(&self) -> bool {
                $(self.$name.is_none())&&+
            }

            /// The way back.
            pub fn inverse(&self) -> Self {
                Self { $($name: self.$name.clone().map(|(before, after)| (after, before)),)+ }
            }

            /// This change and then `next`, as one. What cancels out disappears.
            #[must_use]
            pub fn then(mut self, next: Self) -> Self {
                $(if let Some((old, new)) = next.$name {
                    let before = self.$name.take().map_or(old, |(before, _)| before);
                    self.$name = (before != new).then_some((before, new));
                })+
                self
            }

            /// Writes what comes after.
            pub(super) fn write(&self, properties: &mut Properties) {
                $(if let Some((_, after)) = &self.$name {
                    properties.$name.clone_from(after);
                })+
            }
        }
    };
}

properties! {
    /// The document's name.
    title: String,
    /// What is pinned.
    assertions: Pinned,
    /// The template it was drawn from.
    template: Option<Arc<Origin>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_is_compared_written_and_undone() {
        let text = "Resources:\n  A:\n    Type: AWS::EC2::VPC\n";
        let origin = Origin::restore(text, Default::default(), Default::default(), Default::default()).unwrap();
        let claim: Assertion = serde_json::from_str(
            r#"{"from":"internet","to":"internet","protocol":"tcp","port":80,"expect":"does-not-reach"}"#,
        )
        .unwrap();
        let before = Properties::default();
        let after =
            Properties { title: "a".to_owned(), assertions: Arc::new(vec![claim]), template: Some(Arc::new(origin)) };
        let changes = PropertyChanges::between(&before, &after);
        assert!(changes.title.is_some() && changes.assertions.is_some() && changes.template.is_some());
        let mut written = before.clone();
        changes.write(&mut written);
        assert_eq!(written, after);
        changes.inverse().write(&mut written);
        assert_eq!(written, before);
        assert!(changes.clone().then(changes.inverse()).is_empty());
    }
}
