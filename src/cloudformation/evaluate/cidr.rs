//! `Fn::Cidr`: an address range divided into equal parts.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::Json;
use super::value::{Cause, Eval};
use super::{Scope, function, unknown};
use crate::net::AnyCidr;

/// The most parts that CloudFormation makes.
const MAX_PARTS: u32 = 256;

/// `[range, how many, bits]`; bits are what is left for hosts: 8 is /24, and 64 is /64 in IPv6.
pub(super) fn evaluate(scope: &Scope<'_>, parts: &[Json], expression: &Json) -> Eval {
    let (range, count, bits) = match parts {
        [range, count] => (range, count, None),
        [range, count, bits] => (range, count, Some(bits)),
        _ => return unknown(Cause::Arguments("Fn::Cidr".to_owned()), expression),
    };
    let range = match scope.evaluate(range) {
        Eval::Reference(reference) => scope.attribute(&reference),
        value => value,
    };
    let Some(text) = range.text() else { return function::depends(&range, "Fn::Cidr", expression) };
    let mut numbers = [None, None];
    for (number, json) in numbers.iter_mut().zip([Some(count), bits]) {
        let Some(json) = json else { continue };
        let value = scope.evaluate(json);
        let Some(parsed) = value.text().and_then(|text| text.trim().parse::<u32>().ok()) else {
            return function::depends(&value, "Fn::Cidr", expression);
        };
        *number = Some(parsed);
    }
    let [count, bits] = numbers;
    let divided = text.trim().parse::<AnyCidr>().ok().and_then(|range| divide(range, count?, bits));
    match divided {
        Some(parts) => Eval::List(parts.into_iter().map(Eval::text_from).collect()),
        None => unknown(Cause::Arguments("Fn::Cidr".to_owned()), expression),
    }
}

/// The first `count` parts of a range that leave `bits` for hosts.
fn divide(range: AnyCidr, count: u32, bits: Option<u32>) -> Option<Vec<String>> {
    let (width, default) = match range {
        AnyCidr::V4(_) => (32, 8),
        AnyCidr::V6(_) => (128, 64),
    };
    let bits = bits.unwrap_or(default);
    let prefix = u32::checked_sub(width, bits)?;
    let borrowed = prefix.checked_sub(u32::from(range.prefix_len()))?;
    if !(1..=MAX_PARTS).contains(&count) || bits == 0 || (borrowed < 32 && u64::from(count) > 1 << borrowed) {
        return None;
    }
    let parts = (0..count).map(|at| match range {
        AnyCidr::V4(range) => {
            let first = u32::from(range.first()) + (u64::from(at) << bits) as u32;
            format!("{}/{prefix}", Ipv4Addr::from(first))
        }
        AnyCidr::V6(range) => {
            let first = u128::from(range.first()) + (u128::from(at) << bits);
            format!("{}/{prefix}", Ipv6Addr::from(first))
        }
    });
    Some(parts.collect())
}
