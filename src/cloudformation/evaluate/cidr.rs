//! `Fn::Cidr`: an address range divided into equal parts.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::value::{Cause, Eval};
use super::{Scope, unknown};
use crate::net::AnyCidr;
use crate::template::Json;

/// The most parts that CloudFormation makes.
const MAX_PARTS: u32 = 256;

/// `[range, how many, bits]`; bits are what is left for hosts: 8 is /24, and 64 is /64 in IPv6.
pub(super) fn evaluate(scope: &Scope<'_>, parts: &[Json], expression: &Json) -> Eval {
    match division(scope, parts, expression) {
        Ok(division) => Eval::List((0..division.count).map(|at| Eval::text_from(division.part(at))).collect()),
        Err(value) => *value,
    }
}

/// One of the parts, which most templates select right away.
pub(super) fn select(scope: &Scope<'_>, at: usize, parts: &[Json], expression: &Json) -> Eval {
    match division(scope, parts, expression) {
        Ok(division) => match u32::try_from(at).ok().filter(|at| *at < division.count) {
            Some(at) => Eval::text_from(division.part(at)),
            None => unknown(Cause::Arguments("Fn::Select".to_owned()), expression),
        },
        Err(value) => *value,
    }
}

/// A range and how it is divided.
struct Division {
    range: AnyCidr,
    count: u32,
    bits: u32,
    prefix: u32,
}

/// What the arguments come to; else why not.
fn division(scope: &Scope<'_>, parts: &[Json], expression: &Json) -> Result<Division, Box<Eval>> {
    let (range, count, bits) = match parts {
        [range, count] => (range, count, None),
        [range, count, bits] => (range, count, Some(bits)),
        _ => return Err(Box::new(unknown(Cause::Arguments("Fn::Cidr".to_owned()), expression))),
    };
    let range = match scope.evaluate(range) {
        Eval::Reference(reference) => scope.attribute(&reference),
        value => value,
    };
    let Some(text) = range.text() else { return Err(Box::new(super::depends(&range, "Fn::Cidr", expression))) };
    let mut numbers = [None, None];
    for (number, json) in numbers.iter_mut().zip([Some(count), bits]) {
        let Some(json) = json else { continue };
        let value = scope.evaluate(json);
        let Some(parsed) = value.text().and_then(|text| text.trim().parse::<u32>().ok()) else {
            return Err(Box::new(super::depends(&value, "Fn::Cidr", expression)));
        };
        *number = Some(parsed);
    }
    let [count, bits] = numbers;
    let divided = text.trim().parse::<AnyCidr>().ok().and_then(|range| Division::new(range, count?, bits));
    divided.ok_or_else(|| Box::new(unknown(Cause::Arguments("Fn::Cidr".to_owned()), expression)))
}

impl Division {
    /// The first `count` parts of a range that leave `bits` for hosts; none where they do not fit in it.
    fn new(range: AnyCidr, count: u32, bits: Option<u32>) -> Option<Self> {
        let (width, default) = match range {
            AnyCidr::V4(_) => (32, 8),
            AnyCidr::V6(_) => (128, 64),
        };
        let bits = bits.unwrap_or(default);
        let prefix = u32::checked_sub(width, bits)?;
        let borrowed = prefix.checked_sub(u32::from(range.prefix_len()))?;
        let fits =
            (1..=MAX_PARTS).contains(&count) && bits > 0 && (borrowed >= 32 || u64::from(count) <= 1 << borrowed);
        fits.then_some(Self { range, count, bits, prefix })
    }

    fn part(&self, at: u32) -> String {
        let Self { bits, prefix, .. } = self;
        match self.range {
            AnyCidr::V4(range) => {
                let first = u32::from(range.first()) + (u64::from(at) << bits) as u32;
                format!("{}/{prefix}", Ipv4Addr::from(first))
            }
            AnyCidr::V6(range) => {
                let first = u128::from(range.first()) + (u128::from(at) << bits);
                format!("{}/{prefix}", Ipv6Addr::from(first))
            }
        }
    }
}
