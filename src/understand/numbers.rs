//! Facets that are numbers rather than names.

use super::YEAR;
use crate::knowledge::{FacetId, ValueId, Values};
use crate::text::Token;

/// Notes the years named: four digits from 1950 to 2099 that are no amount of money.
pub(super) fn years(tokens: &[Token], named: &mut Values) {
    for token in tokens {
        let text = token.text.as_str();
        if text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1950..=2099).contains(&year)) {
            let years = named.entry(FacetId::from(YEAR)).or_default();
            let year = ValueId::from(text);
            if !years.contains(&year) {
                years.push(year);
            }
        }
    }
}
