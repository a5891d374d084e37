//! Identifiers. One type each, so that a rule's id cannot be handed over where a unit's is wanted.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Returns the identifier as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> $name {
                $name(text.into())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                *self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                // Not by way of a String: a journal has several ids a line.
                deserializer.deserialize_str(Text).map($name)
            }
        }
    )*};
}

ids! {
    /// Identifier of a rubric (考核细则), also its file name in a year folder: `district`.
    RubricId;
    /// A class (类别) of units, as staff call it: 区直, 乡镇. A rubric names its own.
    Track;
    /// Identifier of an indicator (二级指标), stable over the years and shared by classes where it means the same.
    IndicatorId;
    /// Number of a 评分要点 within its indicator: `2` of `4.2`.
    ItemNo;
    /// Identifier of a rule within its indicator.
    RuleId;
    /// Identifier of a cap within its indicator.
    CapId;
    /// A unit's number in the roster (编号).
    UnitId;
    /// A writer: one person on one machine in one window; also the name of their journal file.
    WriterId;
}

/// Reads a text into its shared form.
struct Text;

impl Visitor<'_> for Text {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Arc<str>, E> {
        Ok(text.into())
    }
}

/// A record's place in the order of all: a Lamport counter, then the writer's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Larger than every number that the writer had seen.
    pub n: u64,
    /// Who wrote it.
    pub writer: WriterId,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.n, self.writer)
    }
}

impl FromStr for Stamp {
    type Err = ();

    fn from_str(text: &str) -> Result<Stamp, ()> {
        let (number, writer) = text.split_once('@').ok_or(())?;
        Ok(Stamp { n: number.parse().map_err(|_| ())?, writer: writer.into() })
    }
}

/// Names one entry for ever: the record that made it, and its place in that record where it was a batch.
///
/// Written `17@zhang-3f2a`, or `17.4@zhang-3f2a` for the fourth change of a batch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The record that made the entry.
    pub stamp: Stamp,
    /// Place within the record's batch, from 1; 0 outside a batch.
    pub part: u32,
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            0 => write!(f, "{}@{}", self.stamp.n, self.stamp.writer),
            part => write!(f, "{}.{part}@{}", self.stamp.n, self.stamp.writer),
        }
    }
}

impl FromStr for EntryId {
    type Err = ();

    fn from_str(text: &str) -> Result<EntryId, ()> {
        let (number, writer) = text.split_once('@').ok_or(())?;
        let (n, part) = number.split_once('.').unwrap_or((number, "0"));
        let stamp = Stamp { n: n.parse().map_err(|_| ())?, writer: writer.into() };
        Ok(EntryId { stamp, part: part.parse().map_err(|_| ())? })
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<EntryId, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| de::Error::custom(format!("not an entry's name: {text}")))
    }
}
