//! Numbers that are set together on one track: a least, a wanted and a most, none of which passes another.

use crate::catalog::Thumb;

/// One of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Which it is.
    pub thumb: Thumb,
    /// What it is now.
    pub value: i64,
    /// The least that its field takes.
    pub min: i64,
    /// The most that its field takes.
    pub max: i64,
}

/// How far a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stride {
    /// By one, down or up.
    One(bool),
    /// By a tenth of the track, down or up.
    Far(bool),
    /// To the end it may go to, down or up.
    End(bool),
}

/// The numbers on their track, in the order of their thumbs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    stops: Vec<Stop>,
    end: i64,
}

/// What an empty track reaches to.
const SHORTEST: i64 = 10;

impl Track {
    /// A track that reaches somewhat further than its largest number.
    pub fn new(mut stops: Vec<Stop>) -> Self {
        stops.sort_by_key(|stop| stop.thumb);
        let largest = stops.iter().map(|stop| stop.value).max().unwrap_or_default();
        let most = stops.iter().map(|stop| stop.max).max().unwrap_or(SHORTEST);
        // The next of 10, 20, 50, 100 … that leaves a fifth free.
        let mut round = [1, 2, 5]
            .into_iter()
            .cycle()
            .zip(0_u32..)
            .map(|(of, at)| 10_i64.saturating_pow(1 + at / 3).saturating_mul(of));
        let end = round.find(|end| end.saturating_sub(largest) >= end / 5).unwrap_or(most).min(most);
        Self { stops, end: end.max(1) }
    }

    /// The numbers.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// What it reaches to.
    pub const fn end(&self) -> i64 {
        self.end
    }

    /// A number as it is now.
    pub fn value(&self, thumb: Thumb) -> Option<i64> {
        self.stops.iter().find(|stop| stop.thumb == thumb).map(|stop| stop.value)
    }

    /// Between what a number may be: its neighbours, else what its field takes.
    pub fn range(&self, thumb: Thumb) -> (i64, i64) {
        let Some(own) = self.stops.iter().find(|stop| stop.thumb == thumb) else { return (0, 0) };
        let below = self.stops.iter().filter(|stop| stop.thumb < thumb).map(|stop| stop.value);
        let above = self.stops.iter().filter(|stop| stop.thumb > thumb).map(|stop| stop.value);
        let (min, max) = (below.fold(own.min, i64::max), above.fold(own.max, i64::min));
        // Where the neighbours themselves are the wrong way round there is one place between.
        (min, max.max(min))
    }

    /// Where a number stands, from 0 to 1.
    pub fn place(&self, thumb: Thumb) -> f64 {
        let value = self.value(thumb).unwrap_or_default().clamp(0, self.end);
        value as f64 / self.end as f64
    }

    /// Puts a number as near to a place as it may go; what it is then.
    pub fn set_place(&mut self, thumb: Thumb, place: f64) -> i64 {
        // A place beyond the ends is its end, and no place at all the beginning.
        let asked = (place.clamp(0.0, 1.0) * self.end as f64).round() as i64;
        self.set(thumb, asked)
    }

    /// Moves a number by a key; what it is then.
    pub fn step(&mut self, thumb: Thumb, stride: Stride) -> i64 {
        let (min, max) = self.range(thumb);
        let now = self.value(thumb).unwrap_or_default();
        let far = (self.end / 10).max(1);
        let by = |up: bool, step: i64| if up { now.saturating_add(step) } else { now.saturating_sub(step) };
        self.set(
            thumb,
            match stride {
                Stride::One(up) => by(up, 1),
                Stride::Far(up) => by(up, far),
                // Without a neighbour the end is that of the track, not that of the field, which may be far away.
                Stride::End(true) => max.min(self.end.max(now)),
                Stride::End(false) => min,
            },
        )
    }

    fn set(&mut self, thumb: Thumb, asked: i64) -> i64 {
        let (min, max) = self.range(thumb);
        let value = asked.clamp(min, max);
        for stop in self.stops.iter_mut().filter(|stop| stop.thumb == thumb) {
            stop.value = value;
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(values: [i64; 3]) -> Track {
        let thumbs = [Thumb::Least, Thumb::Wanted, Thumb::Most];
        // In any order.
        let stops =
            thumbs.into_iter().zip(values).rev().map(|(thumb, value)| Stop { thumb, value, min: 0, max: 10_000 });
        Track::new(stops.collect())
    }

    #[test]
    fn it_reaches_somewhat_further_than_the_largest() {
        for (most, end) in [
            (0, 10),
            (4, 10),
            (8, 10),
            (9, 20),
            (16, 20),
            (17, 50),
            (40, 50),
            (80, 100),
            (81, 200),
            (7000, 10_000),
            (10_000, 10_000),
        ] {
            assert_eq!(track([0, 0, most]).end(), end, "{most}");
        }
        assert_eq!(Track::new(Vec::new()).end(), 10);
    }

    #[test]
    fn none_passes_another() {
        let mut on = track([2, 3, 6]);
        assert_eq!(on.set_place(Thumb::Least, 0.9), 3);
        assert_eq!(on.set_place(Thumb::Wanted, 1.0), 6);
        assert_eq!(on.set_place(Thumb::Most, 0.0), 6);
        assert_eq!(on.set_place(Thumb::Most, f64::NAN), 6);
        assert_eq!(on.set_place(Thumb::Most, 7.0), 10);
        assert_eq!(
            (on.range(Thumb::Least), on.range(Thumb::Wanted), on.range(Thumb::Most)),
            ((0, 6), (3, 10), (6, 10_000))
        );
        assert_eq!(on.place(Thumb::Wanted), 0.6);
    }

    #[test]
    fn keys_go_by_one_far_and_to_the_end() {
        let mut on = track([2, 3, 16]);
        assert_eq!(on.step(Thumb::Wanted, Stride::One(true)), 4);
        assert_eq!(on.step(Thumb::Wanted, Stride::Far(true)), 6);
        assert_eq!(on.step(Thumb::Wanted, Stride::End(true)), 16);
        assert_eq!(on.step(Thumb::Most, Stride::End(true)), 20);
        assert_eq!(on.step(Thumb::Least, Stride::Far(false)), 0);
        assert_eq!(on.step(Thumb::Most, Stride::End(false)), 16);
        // From the keyboard the track's end is no wall.
        assert_eq!(track([0, 0, 10]).step(Thumb::Most, Stride::One(true)), 11);
    }

    #[test]
    fn the_wrong_way_round_and_alone_it_goes_on() {
        let mut wrong = track([5, 4, 3]);
        assert_eq!(wrong.step(Thumb::Wanted, Stride::One(true)), 5);
        assert_eq!(wrong.set_place(Thumb::Most, 0.0), 5);
        let mut alone = Track::new(vec![Stop { thumb: Thumb::Wanted, value: 2, min: 0, max: 10_000 }]);
        assert_eq!(alone.step(Thumb::Wanted, Stride::End(false)), 0);
        assert_eq!(alone.step(Thumb::Most, Stride::One(true)), 0);
    }
}
