//! A span of time that comes again each day or each week, in UTC: when backups are made, and when AWS may maintain something.
//!
//! Follows <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>.

use super::wall::WEEKDAYS;
use crate::message;
use crate::text::{Message, Text};

const DAY: u16 = 24 * 60;
const WEEK: u16 = 7 * DAY;
/// Minutes that a window lasts at least.
const SHORTEST: u16 = 30;

/// From when to when, `18:00-18:30` of each day or `sun:19:00-sun:19:30` of each week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    weekly: bool,
    /// Minutes since midnight, or since midnight before Sunday.
    from: u16,
    /// Minutes that it lasts.
    length: u16,
}

impl Window {
    /// Reads a window of each day, or of each week.
    ///
    /// # Errors
    /// What is not as it should be, in both languages.
    pub fn parse(text: &str, weekly: bool) -> Result<Self, Message> {
        let refused = || {
            if weekly {
                message!(
                    "'{text}'은(는) 매주의 시간대가 아니에요. UTC로 요일:시:분-요일:시:분처럼 적으세요. 예: sun:19:00-sun:19:30",
                    "\"{text}\" is not a weekly window. Write day:hour:minute-day:hour:minute in UTC, such as sun:19:00-sun:19:30."
                )
            } else {
                message!(
                    "'{text}'은(는) 매일의 시간대가 아니에요. UTC로 시:분-시:분처럼 적으세요. 예: 18:00-18:30",
                    "\"{text}\" is not a daily window. Write hour:minute-hour:minute in UTC, such as 18:00-18:30."
                )
            }
        };
        let (from, to) = text.trim().split_once('-').ok_or_else(refused)?;
        let (from, to) = (minute(from, weekly).ok_or_else(refused)?, minute(to, weekly).ok_or_else(refused)?);
        let round = if weekly { WEEK } else { DAY };
        let length = (to + round - from) % round;
        if length < SHORTEST {
            return Err(message!(
                "'{text}'은(는) 너무 짧아요. {SHORTEST}분 이상이어야 해요.",
                "\"{text}\" is too short: a window lasts at least {SHORTEST} minutes."
            ));
        }
        Ok(Self { weekly, from, length })
    }

    /// Whether two windows have a minute in common.
    pub fn overlaps(self, other: Self) -> bool {
        let spans = |window: Self| {
            let times = if window.weekly { 1 } else { 7 };
            (0..times).map(move |day| (window.from + day * DAY, window.length))
        };
        // On the clock of the week the later of two begins before the earlier is over.
        let meet = |(a, long): (u16, u16), (b, _): (u16, u16)| (b + WEEK - a) % WEEK < long;
        spans(self).any(|one| spans(other).any(|two| meet(one, two) || meet(two, one)))
    }

    /// In words, on a clock so many minutes ahead of UTC: "매주 월요일 04:00–04:30".
    pub fn words(self, ahead: i64) -> Message {
        let round = i64::from(if self.weekly { WEEK } else { DAY });
        let at = |minute: i64| {
            let minute = (minute + ahead).rem_euclid(round);
            let day = usize::try_from(minute / i64::from(DAY)).ok().and_then(|day| WEEKDAYS.get(day)).copied();
            (day.unwrap_or_default(), format!("{:02}:{:02}", minute / 60 % 24, minute % 60))
        };
        let ((day, from), (last, to)) = (at(self.from.into()), at(i64::from(self.from) + i64::from(self.length)));
        if !self.weekly {
            return message!("매일 {from}–{to}", "every day {from}–{to}");
        }
        let (Text { ko, en }, Text { ko: last_ko, en: last_en }) = (day, last);
        if ko == last_ko {
            message!("매주 {ko}요일 {from}–{to}", "every {en} {from}–{to}")
        } else {
            message!("매주 {ko}요일 {from}–{last_ko}요일 {to}", "every {en} {from} – {last_en} {to}")
        }
    }
}

/// As AWS takes it.
impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let round = if self.weekly { WEEK } else { DAY };
        for (between, minute) in [("", self.from), ("-", (self.from + self.length) % round)] {
            f.write_str(between)?;
            if self.weekly {
                let day = WEEKDAYS.get(usize::from(minute / DAY)).copied().unwrap_or_default();
                write!(f, "{}:", day.en.to_ascii_lowercase())?;
            }
            write!(f, "{:02}:{:02}", minute / 60 % 24, minute % 60)?;
        }
        Ok(())
    }
}

/// `18:00`, or `sun:18:00` of a week.
fn minute(text: &str, weekly: bool) -> Option<u16> {
    let mut parts = text.trim().split(':');
    let day = if weekly {
        let name = parts.next()?;
        u16::try_from(WEEKDAYS.iter().position(|day| day.en.eq_ignore_ascii_case(name))?).ok()?
    } else {
        0
    };
    let mut number = |below: u16| {
        let part = parts.next().filter(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<u16>().ok().filter(|number| *number < below)
    };
    let (hour, minute) = (number(24)?, number(60)?);
    parts.next().is_none().then_some(day * DAY + hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_kept_as_aws_takes_them_and_said_on_another_clock() {
        for (typed, weekly, kept, ko, en) in [
            (" 18:00-18:30 ", false, "18:00-18:30", "매일 03:00–03:30", "every day 03:00–03:30"),
            ("23:45-00:15", false, "23:45-00:15", "매일 08:45–09:15", "every day 08:45–09:15"),
            ("Sun:19:00-Sun:19:30", true, "sun:19:00-sun:19:30", "매주 월요일 04:00–04:30", "every Mon 04:00–04:30"),
            (
                "sat:14:30-sat:15:30",
                true,
                "sat:14:30-sat:15:30",
                "매주 토요일 23:30–일요일 00:30",
                "every Sat 23:30 – Sun 00:30",
            ),
        ] {
            let window = Window::parse(typed, weekly).unwrap();
            assert_eq!(window.to_string(), kept);
            assert_eq!(window.words(540), Message { ko: ko.to_owned(), en: en.to_owned() });
        }
        assert_eq!(Window::parse("sun:00:00-sun:01:00", true).unwrap().words(-300).en, "every Sat 19:00–20:00");
    }

    #[test]
    fn what_is_no_window_is_refused() {
        for (typed, weekly) in [
            ("18:00", false),
            ("18:00-24:00", false),
            ("8:00-9:00", false),
            ("18:00-19:00", true),
            ("sun:18:00-sun:19:00", false),
            ("일:18:00-일:19:00", true),
            ("sun:18:00:00-sun:19:00", true),
            ("", false),
        ] {
            let why = Window::parse(typed, weekly).unwrap_err();
            assert!(why.en.contains(if weekly { "weekly" } else { "daily" }) && !why.ko.is_empty(), "{typed}");
        }
        assert!(Window::parse("18:00-18:29", false).unwrap_err().en.contains("30 minutes"));
        assert!(Window::parse("sun:18:00-sun:18:00", true).is_err());
    }

    #[test]
    fn a_daily_window_meets_a_weekly_one_on_its_day() {
        let daily = |text: &str| Window::parse(text, false).unwrap();
        let weekly = |text: &str| Window::parse(text, true).unwrap();
        assert!(daily("18:00-19:00").overlaps(weekly("sun:18:30-sun:19:30")));
        assert!(weekly("sat:23:30-sun:00:30").overlaps(daily("00:00-00:30")));
        assert!(!daily("18:00-19:00").overlaps(weekly("sun:19:00-sun:19:30")));
        assert!(daily("23:30-00:30").overlaps(weekly("sun:00:00-sun:00:30")));
        assert!(!weekly("mon:18:00-mon:19:00").overlaps(weekly("tue:18:00-tue:19:00")));
    }
}
