//! Which of a design's older versions are worth keeping: many of the last minutes, fewer of the hours and days before.

/// A version that is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// When it was put aside, in milliseconds after any fixed moment.
    pub at: f64,
    /// Whether somebody gave it a name; such a one stays until there are too many of them.
    pub named: bool,
}

/// Milliseconds of a minute.
const MINUTE: f64 = 60_000.0;
/// Up to which age one version is kept of how long a time, both in milliseconds.
const TIERS: [(f64, f64); 4] = [
    (10.0 * MINUTE, MINUTE / 60.0),
    (120.0 * MINUTE, 10.0 * MINUTE),
    (24.0 * 60.0 * MINUTE, 60.0 * MINUTE),
    (30.0 * 24.0 * 60.0 * MINUTE, 24.0 * 60.0 * MINUTE),
];
/// Versions that are kept without a name, and with one. All spans together are about seventy.
const MOST: usize = 80;
const MOST_NAMED: usize = 100;

/// The places in `versions` of those that are not worth keeping at `now`, before one more is put aside. The order of `versions` does not matter.
pub fn surplus(versions: &[Kept], now: f64) -> Vec<usize> {
    let mut order: Vec<(usize, Kept)> = versions.iter().copied().enumerate().collect();
    // The youngest first: of each span of time it is the one that stays.
    order.sort_by(|(_, a), (_, b)| b.at.total_cmp(&a.at));
    let (mut gone, mut spans, mut kept, mut named) = (Vec::new(), Vec::new(), 1, 1);
    for (place, version) in order {
        if version.named {
            named += 1;
            if named > MOST_NAMED {
                gone.push(place);
            }
            continue;
        }
        let age = (now - version.at).max(0.0);
        let span = TIERS
            .iter()
            .find(|(until, _)| age <= *until)
            .map(|(until, long)| (until.to_bits(), (version.at / long).floor().to_bits()));
        match span {
            Some(span) if !spans.contains(&span) && kept < MOST => {
                spans.push(span);
                kept += 1;
            }
            _ => gone.push(place),
        }
    }
    gone.sort_unstable();
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(ages: &[f64]) -> Vec<Kept> {
        ages.iter().map(|minutes| Kept { at: 1e12 - minutes * MINUTE, named: false }).collect()
    }

    #[test]
    fn what_is_old_thins_out_and_what_is_fresh_stays() {
        let fresh = times(&[0.5, 1.0, 1.5, 2.0, 9.0]);
        assert_eq!(surplus(&fresh, 1e12), Vec::<usize>::new());
        // Half an hour ago two within ten minutes are one, and the younger is it.
        let older = times(&[31.0, 32.0, 45.0]);
        assert_eq!(surplus(&older, 1e12).len(), 1);
        assert!(!surplus(&older, 1e12).contains(&0));
        assert_eq!(surplus(&times(&[60.0 * 24.0 * 31.0]), 1e12), [0]);
    }

    #[test]
    fn a_month_of_work_stays_within_the_limit_and_reaches_back() {
        let mut versions: Vec<Kept> = Vec::new();
        let mut now = 1e12;
        for _ in 0..30 * 24 * 30 {
            let gone = surplus(&versions, now);
            let mut at = 0;
            versions.retain(|_| {
                at += 1;
                !gone.contains(&(at - 1))
            });
            versions.push(Kept { at: now, named: false });
            assert!(versions.len() <= MOST);
            now += 2.0 * MINUTE;
        }
        let oldest = versions.iter().map(|one| now - one.at).fold(0.0, f64::max);
        assert!(oldest > 28.0 * 24.0 * 60.0 * MINUTE, "only {} minutes back", oldest / MINUTE);
    }

    #[test]
    fn a_name_keeps_a_version() {
        let versions = [Kept { at: 0.0, named: true }, Kept { at: 0.0, named: false }];
        assert_eq!(surplus(&versions, 1e12), [1]);
    }
}
