//! The field table: one declaration is form, schema, documentation and template property.

use super::Kind;
use super::schedule::Clock;
use super::value::Value;
use crate::text::{Message, Text, t};

/// What is uniform about a property, whatever its type.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Stable name: the save format, fixes and the graders use it. snake_case.
    pub id: &'static str,
    /// What the form calls it.
    pub label: Text,
    /// One or two sentences of help, shown beneath the field.
    pub help: Text,
    /// How it is edited.
    pub widget: Widget,
    /// The CloudFormation property it becomes; a dot descends into an object (`Ebs.VolumeSize`). Empty where export is irregular.
    pub property: &'static str,
    /// Where it stands on a track that it shares with its neighbours; nothing for one that stands alone.
    pub thumb: Option<Thumb>,
    /// Whether AWS takes only resources of the VPC that its own stands in: forms offer no other, and rules complain of others.
    pub same_vpc: bool,
}

/// A bound or the value between, of a number that people set together: the form draws them on one track. Those of a kind make one track, in
/// this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thumb {
    /// The least it may be.
    Least,
    /// What it is.
    Wanted,
    /// The most it may be.
    Most,
}

/// A property of `T`: its description and how to read and write it.
pub struct Field<T: 'static> {
    /// What is uniform.
    pub meta: Meta,
    /// Reads it.
    pub get: fn(&T) -> Value,
    /// Writes it, or refuses with the reason and leaves the old value.
    pub set: fn(&mut T, &Value) -> Result<(), Message>,
    /// Whether it applies to the resource as it is now (a TTL does not apply to an alias record).
    pub applies: fn(&T) -> bool,
}

impl<T> Field<T> {
    /// A field; prefer the [`field!`](crate::field) macro, which writes the accessors.
    pub const fn new(
        id: &'static str,
        label: Text,
        widget: Widget,
        get: fn(&T) -> Value,
        set: fn(&mut T, &Value) -> Result<(), Message>,
    ) -> Self {
        Self {
            meta: Meta { id, label, help: t("", ""), widget, property: "", thumb: None, same_vpc: false },
            get,
            set,
            applies: |_| true,
        }
    }

    /// With help in Korean and English.
    pub const fn help(mut self, ko: &'static str, en: &'static str) -> Self {
        self.meta.help = t(ko, en);
        self
    }

    /// With the CloudFormation property it becomes.
    pub const fn property(mut self, property: &'static str) -> Self {
        self.meta.property = property;
        self
    }

    /// On a track with its neighbours.
    pub const fn on_track(mut self, thumb: Thumb) -> Self {
        self.meta.thumb = Some(thumb);
        self
    }

    /// Refers only to resources of the VPC that its own stands in.
    pub const fn of_same_vpc(mut self) -> Self {
        self.meta.same_vpc = true;
        self
    }

    /// Shown and exported only where `applies` says so.
    pub const fn when(mut self, applies: fn(&T) -> bool) -> Self {
        self.applies = applies;
        self
    }
}

/// Declares a [`Field`] over a struct member: `field!(cidr, "CIDR 블록", "CIDR block", Widget::Cidr)`.
#[macro_export]
macro_rules! field {
    ($member:ident, $ko:literal, $en:literal, $widget:expr) => {
        $crate::catalog::Field::new(
            stringify!($member),
            $crate::text::t($ko, $en),
            $widget,
            |of: &Self| $crate::catalog::FieldValue::to_value(&of.$member),
            |of: &mut Self, value| {
                of.$member = $crate::catalog::FieldValue::from_value(value)?;
                Ok(())
            },
        )
    };
}

/// Whether a table has a field of this name. Asked while the program is compiled, by [`id_of!`](crate::id_of).
pub const fn has_field<T: 'static>(table: &[Field<T>], id: &str) -> bool {
    let mut rest = table;
    while let Some((field, others)) = rest.split_first() {
        if is_same(field.meta.id.as_bytes(), id.as_bytes()) {
            return true;
        }
        rest = others;
    }
    false
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let (Some((a, left)), Some((b, right))) = (one.split_first(), other.split_first()) {
        if *a != *b {
            return false;
        }
        (one, other) = (left, right);
    }
    one.is_empty() && other.is_empty()
}

/// The name of a field as edits and findings write it, out of the kind's own table: `id_of!(Subnet.cidr)`. What no table has does not compile.
#[macro_export]
macro_rules! id_of {
    ($of:ident . $member:ident) => {
        const {
            let table = <$of as $crate::catalog::Resource>::FIELDS;
            assert!($crate::catalog::has_field(table, stringify!($member)), "the kind has no such field");
            stringify!($member)
        }
    };
}

/// The name of a column out of the row's own table: `column_of!(ListenerRule.priority)`. What no table has does not compile.
#[macro_export]
macro_rules! column_of {
    ($of:ident . $member:ident) => {
        const {
            let table = <$of as $crate::catalog::Record>::COLUMNS;
            assert!($crate::catalog::has_field(table, stringify!($member)), "the row has no such column");
            stringify!($member)
        }
    };
}

/// How a property is edited.
#[derive(Clone, Copy, Debug)]
pub enum Widget {
    /// One line of text.
    Line,
    /// Several lines: user data.
    Lines,
    /// A JSON document: a policy. Its property type is [`JsonText`](super::JsonText).
    Json,
    /// On or off.
    Toggle,
    /// A whole number between two bounds, with its unit (may be empty).
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
        /// What is counted: GiB, seconds.
        unit: Text,
    },
    /// A CIDR block; the form proposes the next free one.
    Cidr,
    /// One of a closed list.
    Choice(&'static [Choice]),
    /// Free text with proposals that are looked up: instance types, images, regions.
    Suggest(fn() -> Vec<Suggestion>),
    /// A recurrence, as cron, with proposals; the form says when it runs next by the fields of the clock.
    Cron {
        /// What it is meant by.
        clock: Clock,
        /// The usual ones.
        usual: fn() -> Vec<Suggestion>,
    },
    /// A point in time, kept in UTC and chosen on the clock of the zone that this field of the resource names.
    Moment {
        /// The field with the time zone.
        zone: &'static str,
    },
    /// A span of each day or each week, kept in UTC; the form says what it is on the reader's clock.
    Window {
        /// Whether it comes once a week.
        weekly: bool,
    },
    /// Another resource of one of these kinds, or none.
    Reference(&'static [Kind]),
    /// Any number of resources of these kinds.
    References(&'static [Kind]),
    /// A list of short texts: domain names, paths.
    List,
    /// Rows with columns.
    Table(fn() -> Columns),
}

impl Widget {
    /// The name the command line prints.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Lines => "lines",
            Self::Json => "json",
            Self::Toggle => "toggle",
            Self::Number { .. } => "number",
            Self::Cidr => "cidr",
            Self::Choice(_) => "choice",
            Self::Suggest(_) => "suggest",
            Self::Cron { .. } => "cron",
            Self::Moment { .. } => "moment",
            Self::Window { .. } => "window",
            Self::Reference(_) => "reference",
            Self::References(_) => "references",
            Self::List => "list",
            Self::Table(_) => "table",
        }
    }

    /// The kinds it can refer to directly (not through a column).
    pub const fn kinds(&self) -> &'static [Kind] {
        match self {
            Self::Reference(kinds) | Self::References(kinds) => kinds,
            _ => &[],
        }
    }
}

/// One of a closed list of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As CloudFormation writes it.
    pub value: &'static str,
    /// As people read it.
    pub label: Text,
}

/// A proposal of [`Widget::Suggest`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is stored.
    pub value: String,
    /// What it means.
    pub label: Message,
}

/// A table's columns, and what its form needs to know of its rows.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The columns, in the order they are shown.
    pub metas: Vec<Meta>,
    /// A new row, valid beside those that are there.
    pub new_row: fn(&[Value]) -> Value,
    /// The ids of the columns that apply to a row as it is now (a redirect's host does not apply to a forward).
    pub applying: fn(&Value) -> Vec<&'static str>,
}

impl std::ops::Deref for Columns {
    type Target = [Meta];
    fn deref(&self) -> &[Meta] {
        &self.metas
    }
}

impl IntoIterator for Columns {
    type Item = Meta;
    type IntoIter = std::vec::IntoIter<Meta>;
    fn into_iter(self) -> Self::IntoIter {
        self.metas.into_iter()
    }
}

/// The columns of a table, for [`Widget::Table`].
pub fn columns<R: super::Record>() -> Columns {
    Columns {
        metas: R::COLUMNS.iter().map(|column| column.meta).collect(),
        new_row: |rows| {
            let rows: Vec<R> = rows.iter().filter_map(|row| super::value::row_from_value(row).ok()).collect();
            super::value::row_to_value(&R::after(&rows))
        },
        applying: |row| {
            let row: R = super::value::row_from_value(row).unwrap_or_default();
            R::COLUMNS.iter().filter(|column| (column.applies)(&row)).map(|column| column.meta.id).collect()
        },
    }
}

/// Declares a closed list as an enum that is its own property type; the first is the default.
///
/// `choices! { /// Who can reach it. pub enum Scheme { Internet = "internet-facing" ("인터넷 경계", "Internet-facing"), … } }`
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* pub enum $name:ident { $first:ident = $first_value:literal ($first_ko:literal, $first_en:literal)
        $(, $item:ident = $value:literal ($ko:literal, $en:literal))* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            #[doc = $first_en]
            #[default]
            $first,
            $(#[doc = $en] $item,)*
        }

        impl $name {
            /// Every value with its words.
            pub const CHOICES: &'static [$crate::catalog::Choice] = &[
                $crate::catalog::Choice { value: $first_value, label: $crate::text::t($first_ko, $first_en) },
                $($crate::catalog::Choice { value: $value, label: $crate::text::t($ko, $en) },)*
            ];

            /// As CloudFormation writes it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_value,
                    $(Self::$item => $value,)*
                }
            }
        }

        impl $crate::catalog::FieldValue for $name {
            fn to_value(&self) -> $crate::catalog::Value {
                self.as_str().into()
            }
            fn from_value(value: &$crate::catalog::Value) -> Result<Self, $crate::text::Message> {
                match value.written().as_deref() {
                    Some($first_value) => Ok(Self::$first),
                    $(Some($value) => Ok(Self::$item),)*
                    _ => Err($crate::catalog::field::not_a_choice(value, Self::CHOICES)),
                }
            }
        }
    };
}

/// What to say when a value is not of the closed list.
pub fn not_a_choice(value: &Value, choices: &[Choice]) -> Message {
    let allowed = choices.iter().map(|choice| choice.value).collect::<Vec<_>>().join(", ");
    let given = match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        _ => String::new(),
    };
    crate::message!(
        "'{given}'은(는) 쓸 수 없어요. 가능한 값: {allowed}",
        "\"{given}\" is not allowed here. Allowed: {allowed}"
    )
}
