//! What a check is made of, and whom it speaks of.

use super::check::{
    Addresses, Blocked, Builds, Check, Lost, Names, Property, Reaches, Survives, Teardown, TierCheck, Who,
};

impl Check {
    /// The checks it is made of, itself first.
    pub fn parts(&self) -> Vec<&Self> {
        let inner: Vec<&Self> = match self {
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::parts).collect(),
            Self::Not(one) => one.parts(),
            Self::Survives(of) => of.check.parts(),
            _ => Vec::new(),
        };
        std::iter::once(self).chain(inner).collect()
    }

    /// The roles that it speaks of itself, without those of its parts.
    pub fn roles(&self) -> Vec<&str> {
        fn of(who: &Who) -> Option<&str> {
            if let Who::Role(id) = who { Some(id) } else { None }
        }
        match self {
            Self::Reaches(Reaches { from, to, .. }) | Self::DoesNotReach(Blocked { from, to, .. }) => {
                [from, to].into_iter().filter_map(of).collect()
            }
            Self::OnlyFrom(only) => only.from.iter().chain([&only.to]).filter_map(of).collect(),
            Self::Url(url) => of(&url.from).into_iter().chain(url.by.as_deref()).collect(),
            Self::Survives(Survives { lost: Lost::EachOf(role) | Lost::AllOf(role), .. }) => vec![role],
            Self::Exists(exists) => exists.what.roles(),
            Self::Addresses(Addresses { of, .. })
            | Self::Names(Names { of, .. })
            | Self::Tier(TierCheck { of, .. }) => {
                vec![of]
            }
            Self::Property(Property { of, fields, .. }) => {
                let mut found: Vec<&str> = vec![of];
                fields.values().for_each(|wish| wish.roles(&mut found));
                found
            }
            Self::Teardown(Teardown { first, then }) => vec![first, then],
            Self::Builds(Builds { of, pushes, .. }) => vec![of, pushes],
            Self::Survives(_)
            | Self::NoFindings(_)
            | Self::Cost(_)
            | Self::Template(_)
            | Self::All(_)
            | Self::Any(_)
            | Self::Not(_) => Vec::new(),
        }
    }
}
