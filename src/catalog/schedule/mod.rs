//! When something runs: again and again by a [`Cron`], once at a [`Moment`], or within a [`Window`]; and the [`Wall`] clock on which people
//! read it.
//!
//! The engine reads no clock and knows no time zones: it is handed what the wall shows there now.

mod cron;
mod moment;
mod wall;
mod window;

pub use cron::Cron;
pub use moment::Moment;
pub use wall::Wall;
pub use window::Window;

use crate::message;
use crate::text::Message;

/// What a recurrence is meant by: the ids of fields of the same resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// In which time zone; empty there means UTC.
    pub zone: &'static str,
    /// When it runs first.
    pub start: &'static str,
    /// When it stops recurring.
    pub end: &'static str,
}

/// When something runs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Then.
    At(Wall),
    /// Not again: its only time, or its end, is over.
    Over,
    /// On no day that there is, such as the 30th of February.
    Never,
    /// Nothing says when.
    Unset,
}

impl Next {
    /// The first run after `now`. It runs at its start, then as it recurs until its end. All on one wall.
    pub fn after(now: Wall, cron: Option<&Cron>, start: Option<Wall>, end: Option<Wall>) -> Self {
        if let Some(start) = start.filter(|start| *start > now) {
            return Self::At(start);
        }
        match (cron, start) {
            (None, None) => Self::Unset,
            (None, Some(_)) => Self::Over,
            (Some(cron), _) => match cron.next(now) {
                None => Self::Never,
                Some(next) if end.is_some_and(|end| next > end) => Self::Over,
                Some(next) => Self::At(next),
            },
        }
    }

    /// In a sentence; `zone` is what people call the time zone.
    pub fn words(self, zone: &Message) -> Message {
        match self {
            Self::At(wall) => {
                let (at, ko, en) = (wall.words(), &zone.ko, &zone.en);
                Message { ko: format!("다음 실행: {} ({ko})", at.ko), en: format!("Next run: {} ({en})", at.en) }
            }
            Self::Over => message!("더는 실행되지 않아요. 때가 지났어요.", "It does not run again: its time is over."),
            Self::Never => {
                message!(
                    "이런 날은 오지 않아요. 일과 월을 확인하세요.",
                    "That date never comes. Check the day and the month."
                )
            }
            Self::Unset => message!("언제 실행할지 아직 없어요.", "Nothing says yet when it runs."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(text: &str) -> Wall {
        Wall::from_digits(text).unwrap()
    }

    #[test]
    fn it_runs_at_its_start_then_recurs_until_its_end() {
        let cron = Cron::parse("0 9 * * 1-5").unwrap();
        let friday = wall("2026-11-27 10:00");
        let next =
            |start: Option<&str>, end: Option<&str>| Next::after(friday, Some(&cron), start.map(wall), end.map(wall));
        assert_eq!(next(None, None), Next::At(wall("2026-11-30 09:00")));
        assert_eq!(next(Some("2026-12-24 18:30"), None), Next::At(wall("2026-12-24 18:30")));
        assert_eq!(next(Some("2026-11-01 00:00"), Some("2026-11-30 09:00")), Next::At(wall("2026-11-30 09:00")));
        assert_eq!(next(None, Some("2026-11-30 08:59")), Next::Over);
        assert_eq!(Next::after(friday, Cron::parse("0 0 30 2 *").ok().as_ref(), None, None), Next::Never);
        assert_eq!(Next::after(friday, None, None, None), Next::Unset);
        assert_eq!(Next::after(friday, None, Some(friday), None), Next::Over);
    }

    #[test]
    fn it_is_said_in_both_languages() {
        let said = Next::At(wall("2026-11-30 09:00")).words(&Message::new("서울", "Seoul"));
        assert_eq!(said.ko, "다음 실행: 2026년 11월 30일(월) 09:00 (서울)");
        assert_eq!(said.en, "Next run: Mon 30 Nov 2026, 09:00 (Seoul)");
    }
}
