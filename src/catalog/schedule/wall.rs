//! A day and a time as a clock on the wall shows them.

use crate::text::{Message, Text, t};

/// A minute on a wall clock somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wall {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
}

/// Days of the week from Sunday, as cron counts them.
pub(super) const WEEKDAYS: [Text; 7] =
    [t("일", "Sun"), t("월", "Mon"), t("화", "Tue"), t("수", "Wed"), t("목", "Thu"), t("금", "Fri"), t("토", "Sat")];

/// The months from January.
pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Wall {
    /// Reads year, month, day, hour and minute, whatever stands between them.
    pub fn from_digits(text: &str) -> Option<Self> {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        let mut number = || numbers.next()?.parse::<u16>().ok();
        let (year, month, day) = (number()?, number()?, number()?);
        let (hour, minute) = (number()?, number()?);
        Self::new(year, [month, day, hour, minute])
    }

    /// A minute that there is: month, day, hour and minute of a year.
    pub(super) fn new(year: u16, parts: [u16; 4]) -> Option<Self> {
        let [month, day, hour, minute] = parts.map(|part| u8::try_from(part).unwrap_or(u8::MAX));
        let wall = Self { year, month, day, hour, minute };
        let real = (1..=9999).contains(&year) && (1..=12).contains(&month) && hour < 24 && minute < 60;
        (real && (1..=wall.month_length()).contains(&day)).then_some(wall)
    }

    fn month_length(self) -> u8 {
        let leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Midnight of the day after.
    pub(super) fn tomorrow(self) -> Self {
        let at = Self { hour: 0, minute: 0, ..self };
        match (self.day < self.month_length(), self.month < 12) {
            (true, _) => Self { day: self.day + 1, ..at },
            (false, true) => Self { month: self.month + 1, day: 1, ..at },
            (false, false) => Self { year: self.year.saturating_add(1), month: 1, day: 1, ..at },
        }
    }

    /// Minutes since the beginning of 1970 on this wall.
    pub(super) fn minutes(self) -> i64 {
        self.days() * 24 * 60 + i64::from(self.hour) * 60 + i64::from(self.minute)
    }

    /// The minute so long after the beginning of 1970, if it is of a year that can be written.
    pub(super) fn from_minutes(minutes: i64) -> Option<Self> {
        let (days, minute) = (minutes.div_euclid(24 * 60), minutes.rem_euclid(24 * 60));
        // The civil calendar from days, with years that begin in March: http://howardhinnant.github.io/date_algorithms.html
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let year = year + era * 400 + i64::from(month <= 2);
        let [month, day, hour, minute] =
            [month, day, minute / 60, minute % 60].map(|n| u16::try_from(n).unwrap_or(u16::MAX));
        Self::new(u16::try_from(year).ok()?, [month, day, hour, minute])
    }

    /// Days since the beginning of 1970.
    fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day of the week, from Sunday.
    pub(super) fn weekday(self) -> u8 {
        // The first of January 1970 was a Thursday.
        u8::try_from((self.days() + 4).rem_euclid(7)).unwrap_or_default()
    }

    /// As people read it: `2026년 11월 30일(월) 09:00`.
    pub fn words(self) -> Message {
        let Self { year, month, day, hour, minute } = self;
        let weekday = WEEKDAYS.get(usize::from(self.weekday())).copied().unwrap_or_default();
        let name = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
        Message {
            ko: format!("{year}년 {month}월 {day}일({}) {hour:02}:{minute:02}", weekday.ko),
            en: format!("{} {day} {name} {year}, {hour:02}:{minute:02}", weekday.en),
        }
    }
}

/// `2026-11-30T09:00`
impl std::fmt::Display for Wall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { year, month, day, hour, minute } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_and_back_and_forth() {
        for (text, weekday) in [
            ("1970-01-01 00:00", 4),
            ("2000-02-29 12:34", 2),
            ("2026-11-27 23:59", 5),
            ("2100-03-01 00:00", 1),
            ("0001-01-01 00:00", 1),
            ("9999-12-31 23:59", 5),
        ] {
            let wall = Wall::from_digits(text).unwrap();
            assert_eq!(wall.weekday(), weekday, "{text}");
            assert_eq!(Wall::from_minutes(wall.minutes()), Some(wall), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        for text in [
            "2026-02-29 00:00",
            "2100-02-29 00:00",
            "2026-13-01 00:00",
            "2026-04-31 00:00",
            "2026-01-01 24:00",
            "2026-01-01",
            "2026-01-01 00:99",
            "0000-01-01 00:00",
            "99999-01-01 00:00",
        ] {
            assert_eq!(Wall::from_digits(text), None, "{text}");
        }
        assert_eq!(Wall::from_minutes(i64::from(i32::MAX) * 60), None);
        let eve = Wall::from_digits("2027-12-31 10:00").unwrap();
        assert_eq!(eve.tomorrow().to_string(), "2028-01-01T00:00");
        assert_eq!(Wall::from_digits("2028-02-28 10:00").unwrap().tomorrow().to_string(), "2028-02-29T00:00");
    }
}
