//! A recurrence as Unix cron has it: minute, hour, day of the month, month, day of the week.
//!
//! EC2 Auto Scaling takes this traditional form (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html>),
//! not the six fields with `?` of EventBridge and Application Auto Scaling.

use super::Wall;
use super::wall::{MONTHS, WEEKDAYS};
use crate::message;
use crate::text::{Message, Text, t};

/// Years in which every day comes, the 29th of February of a leap year on a certain weekday with them.
const YEARS: u16 = 40;

/// The minutes, days and months at which something recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {
    minutes: Set,
    hours: Set,
    days: Set,
    months: Set,
    weekdays: Set,
}

/// Which numbers a field of a cron names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Set {
    /// A bit for each.
    bits: u64,
    /// Whether it begins with `*`: such a day does not choose.
    any: bool,
}

/// A field of a cron: what it is called and what may stand in it.
struct Part {
    name: Text,
    min: u8,
    max: u8,
    /// Names that may stand for the numbers from the least.
    names: &'static [&'static str],
}

const WEEKDAY_NAMES: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTH_NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const PARTS: [Part; 5] = [
    Part { name: t("분", "minute"), min: 0, max: 59, names: &[] },
    Part { name: t("시", "hour"), min: 0, max: 23, names: &[] },
    Part { name: t("일", "day of the month"), min: 1, max: 31, names: &[] },
    Part { name: t("월", "month"), min: 1, max: 12, names: &MONTH_NAMES },
    // 0 and 7 are both Sunday.
    Part { name: t("요일", "day of the week"), min: 0, max: 7, names: &WEEKDAY_NAMES },
];

impl Cron {
    /// Reads five fields.
    ///
    /// # Errors
    /// Which field is not as it should be, and what may stand there, in both languages.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let count = fields.len();
        let Ok([minutes, hours, days, months, weekdays]) = <[&str; 5]>::try_from(fields) else {
            return Err(message!(
                "cron은 분 시 일 월 요일, 다섯 칸이에요. {count}칸이 적혀 있어요. 예: 0 9 * * 1-5(평일 9시)",
                "A cron has five fields: minute, hour, day, month, weekday. This has {count}. Example: 0 9 * * 1-5, 9 on weekdays."
            ));
        };
        let [minute, hour, day, month, weekday] = &PARTS;
        let weekdays = weekday.read(weekdays)?;
        // The seventh day is Sunday, the day 0.
        let sunday = weekdays.bits >> 7 & 1;
        Ok(Self {
            minutes: minute.read(minutes)?,
            hours: hour.read(hours)?,
            days: day.read(days)?,
            months: month.read(months)?,
            weekdays: Set { bits: weekdays.bits & 0x7f | sunday, ..weekdays },
        })
    }

    /// The first time after `now`; nothing where no such day comes.
    pub fn next(&self, now: Wall) -> Option<Wall> {
        let (mut day, last) = (now, now.year.saturating_add(YEARS));
        while day.year <= last {
            let first = if day == now { Some(day) } else { None };
            if let Some(found) = self.is_on(day).then(|| self.on(day, first)).flatten() {
                return Some(found);
            }
            day = day.tomorrow();
        }
        None
    }

    /// The first time of a day, after a time of it where one is given.
    fn on(&self, day: Wall, after: Option<Wall>) -> Option<Wall> {
        let times = self.hours.members().flat_map(|hour| self.minutes.members().map(move |minute| (hour, minute)));
        let mut times = times.map(|(hour, minute)| Wall { hour, minute, ..day });
        times.find(|time| after.is_none_or(|after| *time > after))
    }

    fn is_on(&self, day: Wall) -> bool {
        let (of_month, of_week) = (self.days.has(day.day), self.weekdays.has(day.weekday()));
        // Where both choose, either does: so it has always been with cron.
        let chosen = if self.days.any || self.weekdays.any { of_month && of_week } else { of_month || of_week };
        self.months.has(day.month) && chosen
    }

    /// In a few words, such as "on weekdays at 09:00"; nothing for what is easier read as it stands.
    pub fn words(&self) -> Option<Message> {
        let (times, days, months) = (self.times()?, self.day_words()?, self.month_words()?);
        // "Every ten minutes" is every day.
        let every_day = self.hours.count() == 24 && self.days.count() == 31 && self.weekdays.count() == 7;
        let days = if every_day { Message::default() } else { days };
        let spaced = |text: &str| if text.is_empty() { String::new() } else { format!("{text} ") };
        Some(Message {
            ko: format!("{}{}{}", spaced(&months.ko), spaced(&days.ko), times.ko),
            en: format!("{}{}{}", spaced(&days.en), times.en, months.en),
        })
    }

    fn times(&self) -> Option<Message> {
        let (minutes, hours) = (self.minutes, self.hours);
        let (count, first) = (minutes.count(), minutes.members().next()?);
        if hours.count() == 24 {
            let step = 60_usize.checked_div(count).unwrap_or_default();
            let even = minutes.members().enumerate().all(|(at, minute)| usize::from(minute) == at * step);
            return match (count, first) {
                (60, _) => Some(message!("1분마다", "every minute")),
                (1, 0) => Some(message!("매시 정각", "every hour on the hour")),
                (1, _) => Some(message!("매시 {first}분", "every hour at minute {first}")),
                _ if even => Some(message!("{step}분마다", "every {step} minutes")),
                _ => None,
            };
        }
        if hours.count() * count > 4 {
            return None;
        }
        let all: Vec<String> = hours
            .members()
            .flat_map(|hour| minutes.members().map(move |minute| format!("{hour:02}:{minute:02}")))
            .collect();
        Some(Message { ko: all.join(", "), en: format!("at {}", listed(&all)) })
    }

    fn day_words(&self) -> Option<Message> {
        const MONDAY_TO_FRIDAY: u64 = 0b11_1110;
        const WEEKEND: u64 = 0b100_0001;
        let weekly = match self.weekdays.bits {
            0x7f => t("매일", "every day").into(),
            MONDAY_TO_FRIDAY => t("평일", "on weekdays").into(),
            WEEKEND => t("주말", "on weekends").into(),
            _ => {
                let named = |day: u8| WEEKDAYS.get(usize::from(day)).copied();
                let all: Vec<Text> = self.weekdays.members().filter_map(named).collect();
                let ko = all.iter().map(|day| day.ko).collect::<Vec<_>>().join("·");
                let en: Vec<String> = all.iter().map(|day| day.en.to_owned()).collect();
                Message { ko: format!("매주 {ko}요일"), en: format!("every {}", listed(&en)) }
            }
        };
        if self.days.count() == 31 {
            return Some(weekly);
        }
        let all: Vec<String> = self.days.members().map(|day| day.to_string()).collect();
        if all.len() > 4 || self.days.any {
            return None;
        }
        let day = if all.len() > 1 { "days" } else { "day" };
        let monthly = Message { ko: format!("{}일", all.join("·")), en: format!("on {day} {}", listed(&all)) };
        let monthly = if self.months.count() == 12 {
            Message { ko: format!("매달 {}", monthly.ko), en: format!("{} of every month", monthly.en) }
        } else {
            monthly
        };
        Some(if self.weekdays.count() == 7 {
            monthly
        } else {
            Message::new(&format!("{}과(와) {}", monthly.ko, weekly.ko), format!("{} and {}", monthly.en, weekly.en))
        })
    }

    fn month_words(&self) -> Option<Message> {
        if self.months.count() == 12 {
            return Some(Message::default());
        }
        let all: Vec<u8> = self.months.members().collect();
        let ko = all.iter().map(u8::to_string).collect::<Vec<_>>().join("·");
        let named = |month: &u8| MONTHS.get(usize::from(*month).wrapping_sub(1)).map(|name| (*name).to_owned());
        let en: Vec<String> = all.iter().filter_map(named).collect();
        Some(Message { ko: format!("{ko}월"), en: format!(" in {}", listed(&en)) })
    }
}

impl Set {
    fn has(self, number: u8) -> bool {
        number < 64 && self.bits >> number & 1 == 1
    }

    fn members(self) -> impl Iterator<Item = u8> + Clone {
        (0..60).filter(move |number| self.has(*number))
    }

    fn count(self) -> usize {
        self.members().count()
    }
}

impl Part {
    fn read(&self, field: &str) -> Result<Set, Message> {
        let mut set = Set { bits: 0, any: field.starts_with('*') };
        for item in field.split(',') {
            let (range, step) = match item.split_once('/') {
                Some((range, step)) => (range, Some(step)),
                None => (item, None),
            };
            let (from, to) = match range.split_once('-') {
                _ if range == "*" => (self.min, self.last()),
                Some((from, to)) => (self.number(from, field)?, self.number(to, field)?),
                None => {
                    let from = self.number(range, field)?;
                    (from, if step.is_some() { self.last() } else { from })
                }
            };
            let step = step.map_or(Some(1), |step| step.parse::<usize>().ok().filter(|step| *step > 0));
            let (Some(step), true) = (step, from <= to) else { return Err(self.refused(field)) };
            for number in (from..=to).step_by(step) {
                set.bits |= 1 << number;
            }
        }
        Ok(set)
    }

    /// The last number that `*` means: a Sunday is not counted twice.
    fn last(&self) -> u8 {
        self.max.min(if self.min == 0 && self.max == 7 { 6 } else { self.max })
    }

    fn number(&self, text: &str, field: &str) -> Result<u8, Message> {
        let lower = text.to_ascii_lowercase();
        let named = self.names.iter().zip(self.min..).find(|(name, _)| **name == lower).map(|(_, number)| number);
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = named.or_else(|| text.parse().ok().filter(|_| digits));
        number.filter(|number| (self.min..=self.max).contains(number)).ok_or_else(|| self.refused(field))
    }

    fn refused(&self, field: &str) -> Message {
        let (Text { ko, en }, min, max) = (self.name, self.min, self.max);
        if field.contains(['?', 'L', 'W', '#']) {
            return message!(
                "{ko} 칸의 '{field}'은(는) EventBridge의 표기예요. Auto Scaling에서는 *와 숫자로 적어요.",
                "\"{field}\" as the {en} is EventBridge's form. Auto Scaling takes * and numbers."
            );
        }
        message!(
            "{ko} 칸의 '{field}'을(를) 쓸 수 없어요. {min}부터 {max}까지의 숫자, 목록(1,3), 범위(1-5), 간격(*/15), *를 써요.",
            "\"{field}\" cannot be the {en}: numbers from {min} to {max}, lists (1,3), ranges (1-5), steps (*/15) or *."
        )
    }
}

/// `a`, `a and b`, `a, b and c`
fn listed(all: &[String]) -> String {
    match all.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn runs(cron: &str, now: &str, next: &str) {
        let found = Cron::parse(cron).unwrap().next(Wall::from_digits(now).unwrap());
        assert_eq!(found, Wall::from_digits(next), "{cron} after {now}");
    }

    #[test]
    fn the_next_time_is_after_now() {
        // A Friday.
        let now = "2026-11-27 09:00";
        runs("0 9 * * 1-5", now, "2026-11-30 09:00");
        runs("1 9 * * 1-5", now, "2026-11-27 09:01");
        runs("0 22 * * *", now, "2026-11-27 22:00");
        runs("*/15 * * * *", now, "2026-11-27 09:15");
        runs("5/20 8-9 * * *", now, "2026-11-27 09:05");
        runs("0 9 1 * *", now, "2026-12-01 09:00");
        runs("0 0 29 2 *", now, "2028-02-29 00:00");
        runs("0 0 * jan SUN", now, "2027-01-03 00:00");
        runs("0 0 * * 7", now, "2026-11-29 00:00");
        runs("0 0 * * 5-7", "2026-11-28 12:00", "2026-11-29 00:00");
        runs("0 0 29 2 *", "2096-03-01 00:00", "2104-02-29 00:00");
    }

    #[test]
    fn either_day_runs_where_both_choose() {
        runs("0 0 1 * 1", "2026-11-27 09:00", "2026-11-30 00:00");
        runs("0 0 1 * 1", "2026-11-30 00:00", "2026-12-01 00:00");
        // A day that begins with a star does not choose.
        runs("0 0 */2 * 1", "2026-11-27 09:00", "2026-12-07 00:00");
        assert_eq!(Cron::parse("0 0 31 2,4 *").unwrap().next(Wall::from_digits("2026-01-01 00:00").unwrap()), None);
    }

    #[test]
    fn it_is_said_in_words_where_words_are_easier() {
        for (cron, ko, en) in [
            ("0 9 * * 1-5", "평일 09:00", "on weekdays at 09:00"),
            ("0 22 * * *", "매일 22:00", "every day at 22:00"),
            ("0 9,18 * * mon,wed,fri", "매주 월·수·금요일 09:00, 18:00", "every Mon, Wed and Fri at 09:00 and 18:00"),
            ("0 0 * * 0,6", "주말 00:00", "on weekends at 00:00"),
            ("0 * * * *", "매시 정각", "every hour on the hour"),
            ("*/10 * * * *", "10분마다", "every 10 minutes"),
            ("30 6 1 * *", "매달 1일 06:30", "on day 1 of every month at 06:30"),
            ("30 6 1,15 1,7 *", "1·7월 1·15일 06:30", "on days 1 and 15 at 06:30 in Jan and Jul"),
            ("0 9 1 * 1", "매달 1일과 매주 월요일 09:00", "on day 1 of every month and every Mon at 09:00"),
        ] {
            assert_eq!(
                Cron::parse(cron).unwrap().words(),
                Some(Message { ko: ko.to_owned(), en: en.to_owned() }),
                "{cron}"
            );
        }
        for cron in ["1,2,7 * * * *", "0 1-9 * * *", "0 0 1-9 * *", "0 0 */2 * *"] {
            assert_eq!(Cron::parse(cron).unwrap().words(), None, "{cron}");
        }
    }

    #[test]
    fn what_is_no_cron_is_refused_with_the_field_at_fault() {
        for (typed, said) in [
            ("", "five fields"),
            ("0 9 * *", "This has 4"),
            ("0 9 ? * MON-FRI", "EventBridge"),
            ("0 9 L * *", "EventBridge"),
            ("60 9 * * *", "the minute"),
            ("0 24 * * *", "the hour"),
            ("0 9 0 * *", "the day of the month"),
            ("0 9 * 13 *", "the month"),
            ("0 9 * * 8", "the day of the week"),
            ("0 9 * * fri-mon", "the day of the week"),
            ("*/0 * * * *", "the minute"),
            ("+5 * * * *", "the minute"),
            ("1- * * * *", "the minute"),
            (", * * * *", "the minute"),
            ("256 * * * *", "the minute"),
            ("아침 9 * * *", "the minute"),
        ] {
            let why = Cron::parse(typed).unwrap_err();
            assert!(why.en.contains(said), "{typed}: {}", why.en);
            assert!(!why.ko.is_empty());
        }
    }
}
