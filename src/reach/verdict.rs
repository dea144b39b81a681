//! The four answers to a question.

use crate::text::{Text, t};

/// Whether a connection comes about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Never.
    #[default]
    No,
    /// Only a deployment, a policy that is not judged, or a network that is not described knows.
    Unknown,
    /// For some of those whom clients meet: nodes of a balancer, zones, targets.
    Partly,
    /// Always.
    Yes,
}

impl Verdict {
    /// Stable name for programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Partly => "partly",
            Self::Yes => "yes",
        }
    }

    /// As people read it.
    pub const fn label(self) -> Text {
        match self {
            Self::No => t("도달하지 못해요.", "Not reachable."),
            Self::Unknown => t("도달하는지 알 수 없어요.", "Whether it is reachable is not known."),
            Self::Partly => t("일부만 도달해요.", "Partly reachable."),
            Self::Yes => t("도달해요.", "Reachable."),
        }
    }

    /// Whether connections come about at all.
    pub const fn connects(self) -> bool {
        matches!(self, Self::Yes | Self::Partly)
    }

    /// Of things that must all hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Of several ways over which clients are spread: yes only if each is.
    pub fn spread(all: impl IntoIterator<Item = Self>) -> Self {
        let (mut worst, mut best) = (Self::Yes, Self::No);
        let mut any = false;
        for one in all {
            (worst, best, any) = (worst.min(one), best.max(one), true);
        }
        match (any, worst == best, best.connects()) {
            (false, ..) => Self::No,
            (true, true, _) => best,
            (true, false, true) => Self::Partly,
            // Some fail for certain, and of the others it is not known.
            (true, false, false) => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{No, Partly, Unknown, Yes};
    use super::*;

    #[test]
    fn ways_over_which_clients_are_spread_make_one_answer() {
        for (all, one) in [
            (vec![], No),
            (vec![Yes, Yes], Yes),
            (vec![Yes, No], Partly),
            (vec![Yes, Unknown], Partly),
            (vec![No, No], No),
            (vec![No, Unknown], Unknown),
            (vec![Unknown], Unknown),
            (vec![Partly], Partly),
        ] {
            assert_eq!(Verdict::spread(all.clone()), one, "{all:?}");
        }
        assert_eq!(Yes.and(Unknown), Unknown);
        assert_eq!(Unknown.and(No), No);
    }
}
