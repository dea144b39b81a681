//! A point in time, as AWS takes it: `2026-05-01T00:00:00Z`.

use super::Wall;
use crate::message;
use crate::text::Message;

/// A point in time, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i64);

impl Moment {
    /// Reads a date and a time with `Z` or an offset: `2026-05-01T09:00+09:00`. Seconds are dropped, as what AWS schedules is to the minute.
    ///
    /// # Errors
    /// What is not as it should be, in both languages.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        let refused = || {
            message!(
                "'{text}'은(는) 날짜와 시각이 아니에요. UTC라면 2026-05-01T00:00:00Z, 한국 시각이라면 2026-05-01T09:00:00+09:00처럼 적으세요.",
                "\"{text}\" is not a date and time. Write it as 2026-05-01T00:00:00Z in UTC, or with an offset, 2026-05-01T09:00:00+09:00."
            )
        };
        let (date, time) = text.split_once(['T', 't', ' ']).ok_or_else(refused)?;
        let zone_at = time.find(['Z', 'z', '+', '-']).ok_or_else(refused)?;
        let (time, zone) = time.split_at(zone_at);
        // Parts of a second are dropped with it.
        let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refused());
        }
        let [year, month, day] = numbers(date, '-').ok_or_else(refused)?;
        let [hour, minute] = match numbers(time, ':') {
            Some([hour, minute, 0..=59]) => [hour, minute],
            Some(_) => return Err(refused()),
            None => numbers(time, ':').ok_or_else(refused)?,
        };
        let wall = Wall::new(year, [month, day, hour, minute]).ok_or_else(refused)?;
        let ahead = offset(zone).ok_or_else(refused)?;
        Ok(Self(wall.minutes() - ahead))
    }

    /// The moment at which a wall shows this, that is so many minutes ahead of UTC.
    pub fn of(wall: Wall, ahead: i64) -> Self {
        Self(wall.minutes().saturating_sub(ahead))
    }

    /// By how many minutes a wall that shows this now is ahead of UTC.
    pub fn ahead(self, wall: Wall) -> i64 {
        wall.minutes() - self.0
    }

    /// Milliseconds since the beginning of 1970, as browsers count.
    pub const fn millis(self) -> i64 {
        self.0.saturating_mul(60_000)
    }

    /// What a wall in Greenwich shows; nothing beyond the years that can be written.
    pub fn utc(self) -> Option<Wall> {
        Wall::from_minutes(self.0)
    }
}

/// As AWS takes it.
impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.utc() {
            Some(wall) => write!(f, "{wall}:00Z"),
            None => Ok(()),
        }
    }
}

/// So many whole numbers and no more.
fn numbers<const N: usize>(text: &str, between: char) -> Option<[u16; N]> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    let all: Option<Vec<u16>> = text.split(between).map(digits).collect();
    all?.try_into().ok()
}

/// The minutes of `Z`, `+09:00` or `-0330`.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = zone.strip_prefix('+').map(|rest| (1, rest)).or_else(|| Some((-1, zone.strip_prefix('-')?)))?;
    let [hours, minutes] = match rest.contains(':') {
        true => numbers(rest, ':')?,
        false => [rest.get(..2)?.parse().ok()?, rest.get(2..).filter(|rest| rest.len() == 2)?.parse().ok()?],
    };
    (hours <= 14 && minutes < 60).then(|| sign * i64::from(hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_elsewhere_becomes_utc() {
        for (typed, kept) in [
            ("2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z"),
            (" 2026-05-01T09:00:00+09:00 ", "2026-05-01T00:00:00Z"),
            ("2026-05-01 09:00+0900", "2026-05-01T00:00:00Z"),
            ("2026-12-31T20:30:59-05:00", "2027-01-01T01:30:00Z"),
            ("2026-05-01T00:00:00.000Z", "2026-05-01T00:00:00Z"),
            ("2028-02-29t23:59z", "2028-02-29T23:59:00Z"),
        ] {
            let moment = Moment::parse(typed).unwrap();
            assert_eq!(moment.to_string(), kept, "{typed}");
            assert_eq!(Moment::parse(kept), Ok(moment));
        }
        let seoul = Wall::from_digits("2026-05-01 09:00").unwrap();
        let moment = Moment::of(seoul, 540);
        assert_eq!(moment.to_string(), "2026-05-01T00:00:00Z");
        assert_eq!(moment.ahead(seoul), 540);
        assert_eq!(moment.millis(), 1_777_593_600_000);
    }

    #[test]
    fn what_is_no_moment_is_refused_in_both_languages() {
        for typed in [
            "",
            "내일",
            "2026-05-01",
            "2026-05-01T00:00:00",
            "2026-02-30T00:00Z",
            "2026-05-01T00:00+25:00",
            "2026-05-01T00:00+9",
            "2026-05-01T00:00:00:00Z",
            "2026-05-01T+:00Z",
            "2026-05-01T00:00:00.Z",
            "2026-05-01T00:00+é9",
        ] {
            let why = Moment::parse(typed).unwrap_err();
            assert!(why.ko.contains("2026-05-01T00:00:00Z") && why.en.contains("offset"), "{typed}");
        }
    }
}
