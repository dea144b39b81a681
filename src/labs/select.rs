//! How a lab says which resources it means, without knowing what the student calls them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::net::Cidr;

/// Conditions that a resource must meet, all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// Kinds, by id: `instance`, `subnet`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// A category, by id: `database`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// A pattern of its name, which is its Name tag: `*` stands for anything, `?` for one letter; capitals do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How its subnet gets out (of a subnet, how it does itself).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tier: Vec<TierName>,
    /// The letter of its zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The role of a frame it stands in.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub inside: Option<String>,
    /// The role of a balancer that forwards to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<String>,
    /// The role of a security group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_of: Option<String>,
    /// The role of a route table that it, or its subnet, follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    /// The role of something that one of its fields names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<String>,
    /// The role of something that names it in one of its fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_by: Option<String>,
    /// Whether it has a public address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_address: Option<bool>,
    /// Conditions on its fields, by the field's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Wish>,
    /// Any of these, beside all of the above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Self>,
    /// None of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<Self>,
}

/// How a subnet gets out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TierName {
    /// By an internet gateway.
    Public,
    /// By a NAT gateway or instance.
    Private,
    /// Not at all.
    Isolated,
}

/// What a field should be: a plain value it must equal, or conditions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a wish is a value (true, 80, \"HTTP\") or conditions such as {\"min\": 2}")]
pub enum Wish {
    /// On or off.
    On(bool),
    /// A whole number.
    Number(i64),
    /// A text, or the id of a choice.
    Text(String),
    /// Conditions that must all be met.
    Conditions(Box<Conditions>),
}

/// Conditions on the value of a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditions {
    /// Equal to one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Wish>,
    /// Not equal to any of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none_of: Vec<Wish>,
    /// A pattern of its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// At least this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// At most this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// A block of addresses that lies in this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Cidr>,
    /// Whether there is any value, row or item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<bool>,
    /// It names somebody of this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// At least so many rows or items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_min: Option<usize>,
    /// At most so many rows or items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_max: Option<usize>,
    /// A row whose columns are so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<BTreeMap<String, Wish>>,
    /// No row whose columns are so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_row: Option<BTreeMap<String, Wish>>,
}

impl Selector {
    /// The roles it speaks of.
    pub fn roles(&self) -> Vec<&str> {
        let own = [&self.inside, &self.behind, &self.member_of, &self.follows, &self.uses, &self.used_by];
        let mut found: Vec<&str> = own.into_iter().flatten().map(String::as_str).collect();
        self.fields.values().for_each(|wish| wish.roles(&mut found));
        found.extend(self.any.iter().chain(&self.not).flat_map(Self::roles));
        found
    }

    /// Each thing that it asks of its kind, alone.
    pub(super) fn conditions(&self) -> Vec<Self> {
        let kind = Self { kind: self.kind.clone(), category: self.category.clone(), ..Self::default() };
        let Self { name, tier, zone, inside, behind, member_of, follows, uses, used_by, public_address, .. } =
            self.clone();
        let mut found = vec![
            Self { name, ..kind.clone() },
            Self { tier, ..kind.clone() },
            Self { zone, ..kind.clone() },
            Self { inside, ..kind.clone() },
            Self { behind, ..kind.clone() },
            Self { member_of, ..kind.clone() },
            Self { follows, ..kind.clone() },
            Self { uses, ..kind.clone() },
            Self { used_by, ..kind.clone() },
            Self { public_address, ..kind.clone() },
        ];
        found.extend(
            self.fields.iter().map(|(id, wish)| Self { fields: [(id.clone(), wish.clone())].into(), ..kind.clone() }),
        );
        if !self.any.is_empty() {
            found.push(Self { any: self.any.clone(), ..kind.clone() });
        }
        found.extend(self.not.iter().map(|one| Self { not: vec![one.clone()], ..kind.clone() }));
        found.retain(|one| *one != kind);
        found
    }

    /// Whether it asks for anything at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Wish {
    /// The roles it speaks of.
    pub fn roles<'a>(&'a self, found: &mut Vec<&'a str>) {
        let Self::Conditions(of) = self else { return };
        found.extend(of.role.as_deref());
        of.one_of.iter().chain(&of.none_of).for_each(|wish| wish.roles(found));
        of.row.iter().chain(&of.no_row).flat_map(BTreeMap::values).for_each(|wish| wish.roles(found));
    }
}

/// Whether a text fits a pattern of `*` and `?`, whatever its capitals.
pub fn fits(pattern: &str, text: &str) -> bool {
    crate::reach::wild(&pattern.to_lowercase(), &text.to_lowercase())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it by reference")]
pub(super) const fn is_off(on: &bool) -> bool {
    !*on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_names() {
        for (pattern, text, want) in [
            ("web-*", "Web-a", true),
            ("*bastion*", "my-bastion-1", true),
            ("web-?", "web-10", false),
            ("*", "", true),
            ("", "a", false),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
            ("*웹*", "새 웹 서버", true),
        ] {
            assert_eq!(fits(pattern, text), want, "{pattern} {text}");
        }
    }
}
