//! Names of things in the knowledge, each a type of its own so that one cannot be taken for another.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as written in the knowledge files.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(Arc::from(name))
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(String::deserialize(deserializer)?.as_str()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id!(/// A topic: `scope`.
    TopicId);
id!(/// An entry: `scope.injections`.
    EntryId);
id!(/// A source.
    SourceId);
id!(/// A named caveat.
    CaveatId);
id!(/// A facet: `state`.
    FacetId);
id!(/// A value of a facet: `TX`.
    ValueId);
id!(/// A table.
    TableId);
id!(/// A guard.
    GuardId);
id!(/// A picture.
    PictureId);

/// Whether `name` may stand as an id: letters, digits, `.`, `_` and `-`, at most 80 of them.
///
/// The bound keeps an id inside the 100 characters of Discord's `custom_id`.
#[must_use]
pub fn is_id(name: &str) -> bool {
    !name.is_empty() && name.len() <= 80 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
