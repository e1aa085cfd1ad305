//! The messages of the catalogue: what each says, and what is filled in.
//!
//! Each is a method, so that no message can be asked for that there is not, and none without what it needs. The wordings are in
//! `catalogue/*.ftl` under the same names; a test holds every file to these lists, message by message and variable by variable.

/// Declares messages: each is a method of [`Texts`](super::Texts), named in the files as here.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident($($variable:ident: $kind:ty),*);)*) => {
        impl $crate::discord::texts::Texts {
            $($(#[$doc])*
            #[must_use]
            pub fn $name(self, $($variable: $kind),*) -> String {
                self.say(stringify!($name), [$((stringify!($variable), fluent_bundle::FluentValue::from($variable))),*])
            })*
        }

        /// Every message with its variables, for the test that holds the files to them.
        #[cfg(test)]
        pub(super) const DECLARED: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($variable)),*])),*];
    };
}

mod answers;
mod curators;
mod settings;

/// Every message with its variables.
#[cfg(test)]
pub(super) fn declared() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    [answers::DECLARED, settings::DECLARED, curators::DECLARED].into_iter().flatten()
}
