//! What a lab file must keep to beyond its form.

mod asked;

use std::collections::BTreeSet;

use super::drawing::draw;
use super::lab::{Drawing, Lab, Role};
use super::quiz::{Ask, Quiz};
use super::ready::{LabError, Ready};
use crate::catalog::Kind;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// Characters a text of a lab may have.
const MAX_TEXT: usize = 8_000;
/// Things of one sort that a lab may have: checks, roles, questions, cards.
const MAX_MANY: usize = 100;

/// Everything that is wrong with a lab beyond its form.
pub(super) fn errors(ready: &Ready) -> Vec<LabError> {
    let mut valid = Valid { ready, lab: &ready.lab, errors: Vec::new() };
    valid.head();
    valid.roles();
    valid.checks();
    valid.rest();
    valid.errors
}

struct Valid<'a> {
    ready: &'a Ready,
    lab: &'a Lab,
    errors: Vec<LabError>,
}

/// A name that other parts of a file speak of.
fn is_name(id: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=64).contains(&id.len()) && id.chars().all(letter) && !id.starts_with('-') && !id.ends_with('-')
}

/// Whether a text would be something else than text on a page.
fn has_markup(text: &str) -> bool {
    let tag = |(at, _): (usize, &str)| {
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    };
    text.match_indices('<').any(tag) || text.to_ascii_lowercase().contains("javascript:")
}

impl Valid<'_> {
    fn note(&mut self, place: impl Into<String>, why: Message) {
        self.errors.push(LabError::new(place, why));
    }

    fn head(&mut self) {
        let lab = self.lab;
        self.name("id", &lab.id);
        self.text("title", &lab.title);
        self.text("story", &lab.story);
        if !(1..=600).contains(&lab.minutes) {
            self.note("minutes", message!("1분부터 600분까지 쓸 수 있어요.", "Between 1 and 600 minutes."));
        }
        if lab.version == 0 {
            self.note("version", message!("판은 1부터 세요.", "Editions count from 1."));
        }
        if lab.modes.is_empty() {
            self.note("modes", message!("모드가 하나는 있어야 해요.", "There must be one mode at least."));
        }
        if lab.requires.contains(&lab.id) {
            self.note("requires", message!("자기 자신을 먼저 할 수는 없어요.", "A lab cannot come before itself."));
        }
        let kinds: Vec<(String, &str)> = lab
            .palette
            .iter()
            .flatten()
            .enumerate()
            .map(|(at, kind)| (format!("palette[{at}]"), kind.as_str()))
            .collect();
        for (place, kind) in kinds {
            self.kind(&place, kind);
        }
        for (at, lock) in lab.locked.iter().enumerate() {
            self.text(&format!("locked[{at}].why"), &lock.why);
            self.node_of_start(&format!("locked[{at}].node"), &lock.node);
        }
        for (what, many) in [
            ("checks", lab.checks.len()),
            ("roles", lab.roles.len()),
            ("quiz", lab.quiz.len()),
            ("cards", lab.cards.len()),
            ("steps", lab.steps.len()),
        ] {
            if many > MAX_MANY {
                self.note(what, message!("{MAX_MANY}개까지 쓸 수 있어요.", "At most {MAX_MANY}."));
            }
        }
    }

    fn node_of_start(&mut self, place: &str, word: &str) {
        if !word.parse::<NodeId>().is_ok_and(|id| self.ready.start.node(id).is_some()) {
            self.note(place, message!("시작 설계에 {word}이(가) 없어요.", "There is no {word} in the start."));
        }
    }

    fn name(&mut self, place: &str, id: &str) {
        if !is_name(id) {
            self.note(
                place,
                message!(
                    "'{id}'은(는) 쓸 수 없는 이름이에요. 소문자와 숫자, 하이픈으로 64자까지 써 주세요.",
                    "\"{id}\" is no name: small letters, digits and hyphens, at most 64."
                ),
            );
        }
    }

    fn names<'b>(&mut self, what: &str, ids: impl Iterator<Item = &'b str>) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            self.name(&format!("{what}[{at}].id"), id);
            if !seen.insert(id) {
                self.note(format!("{what}[{at}].id"), message!("'{id}'이(가) 두 번 나와요.", "\"{id}\" occurs twice."));
            }
        }
    }

    /// A text in both languages, without markup.
    fn text(&mut self, place: &str, text: &Message) {
        let hangul = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c) || ('\u{3131}'..='\u{318e}').contains(&c);
        for (lang, words) in [("ko", &text.ko), ("en", &text.en)] {
            let place = format!("{place}.{lang}");
            if words.trim().is_empty() {
                self.note(
                    place,
                    message!(
                        "글이 비어 있어요. 두 언어로 다 써 주세요.",
                        "The text is empty. Write it in both languages."
                    ),
                );
            } else if words.chars().count() > MAX_TEXT {
                self.note(place, message!("{MAX_TEXT}자까지 쓸 수 있어요.", "At most {MAX_TEXT} characters."));
            } else if has_markup(words) {
                self.note(
                    place,
                    message!(
                        "태그는 쓸 수 없어요. 글은 그대로 보여요.",
                        "There can be no tags: texts are shown as they are."
                    ),
                );
            } else if lang == "en" && words.chars().any(hangul) {
                self.note(place, message!("영어 글에 한글이 있어요.", "There is Korean in the English text."));
            } else if lang == "ko" && words.contains(' ') && !words.chars().any(hangul) {
                self.note(place, message!("한국어 글에 한글이 없어요.", "There is no Korean in the Korean text."));
            }
        }
    }

    fn kind(&mut self, place: &str, id: &str) -> Option<Kind> {
        let kind = Kind::from_id(id);
        if kind.is_none() {
            self.note(
                place,
                message!("'{id}'(이)라는 리소스 종류가 없어요.", "There is no kind of resource called \"{id}\"."),
            );
        }
        kind
    }

    fn role(&mut self, place: &str, id: &str) {
        if self.lab.role(id).is_none() {
            let known: Vec<&str> = self.lab.roles.iter().map(|role| role.id.as_str()).collect();
            let known = known.join(", ");
            self.note(
                place,
                message!(
                    "'{id}'(이)라는 역할이 없어요. 있는 역할: {known}",
                    "There is no role called \"{id}\". There are: {known}"
                ),
            );
        }
    }

    fn roles(&mut self) {
        let lab = self.lab;
        self.names("roles", lab.roles.iter().map(|role| role.id.as_str()));
        for (at, role) in lab.roles.iter().enumerate() {
            self.text(&format!("roles[{at}].name"), &role.name);
            let place = format!("roles[{at}].find");
            if role.id == "internet" || role.id.parse::<std::net::Ipv4Addr>().is_ok() {
                self.note(
                    format!("roles[{at}].id"),
                    message!("이 이름은 이미 뜻이 있어요.", "The name means something already."),
                );
            }
            if role.find.is_empty() {
                self.note(place.as_str(), message!("아무 조건도 없어요.", "There is no condition."));
            }
            self.selector(&place, &role.find);
            if in_circle(&lab.roles, &role.id) {
                self.note(
                    place.as_str(),
                    message!("역할 '{0}'이(가) 자기 자신으로 정해져요.", "Role \"{0}\" is found by itself.", role.id),
                );
            }
        }
    }

    fn checks(&mut self) {
        let lab = self.lab;
        self.names("checks", lab.checks.iter().map(|item| item.id.as_str()));
        if lab.checks.is_empty() && lab.quiz.is_empty() {
            self.note("checks", message!("채점할 것이 없어요.", "There is nothing to mark."));
        }
        let ids: BTreeSet<&str> = lab.checks.iter().map(|item| item.id.as_str()).collect();
        for (at, item) in lab.checks.iter().enumerate() {
            let place = format!("checks[{at}]");
            if !(1..=1_000).contains(&item.points) {
                self.note(
                    format!("{place}.points"),
                    message!("1점부터 1,000점까지예요.", "Between 1 and 1,000 points."),
                );
            }
            if let Some(says) = &item.says {
                self.text(&format!("{place}.says"), says);
            }
            self.feedback(&place, item.feedback.as_ref());
            self.check(&format!("{place}.check"), &item.check);
            for need in &item.needs {
                if !ids.contains(need.as_str()) {
                    self.note(
                        format!("{place}.needs"),
                        message!("'{need}'(이)라는 확인 항목이 없어요.", "There is no check called \"{need}\"."),
                    );
                }
            }
            if needs_itself(lab, &item.id) {
                self.note(
                    format!("{place}.needs"),
                    message!("자기 자신이 먼저 되어야 하는 항목이에요.", "The check needs itself, by way of others."),
                );
            }
            for card in &item.cards {
                if !lab.cards.iter().any(|known| known.id == *card) {
                    self.note(
                        format!("{place}.cards"),
                        message!("'{card}'(이)라는 개념 카드가 없어요.", "There is no card called \"{card}\"."),
                    );
                }
            }
            let mut cost = 0_u32;
            for (number, hint) in item.hints.iter().enumerate() {
                self.text(&format!("{place}.hints[{number}].text"), &hint.text);
                cost = cost.saturating_add(hint.cost);
                if let Some(when) = &hint.when {
                    self.check(&format!("{place}.hints[{number}].when"), when);
                }
            }
            if item.hints.iter().any(|hint| hint.cost > item.points) {
                self.note(
                    format!("{place}.hints"),
                    message!("힌트가 항목의 점수보다 비싸요.", "A hint costs more than its check is worth."),
                );
            }
        }
    }

    fn feedback(&mut self, place: &str, feedback: Option<&super::quiz::Feedback>) {
        let Some(feedback) = feedback else { return };
        for (what, text) in [("right", &feedback.right), ("wrong", &feedback.wrong)] {
            if let Some(text) = text {
                self.text(&format!("{place}.feedback.{what}"), text);
            }
        }
    }

    fn rest(&mut self) {
        let lab = self.lab;
        for (at, step) in lab.steps.iter().enumerate() {
            self.text(&format!("steps[{at}].text"), &step.text);
            if step.checks.is_empty() {
                self.note(
                    format!("steps[{at}].checks"),
                    message!(
                        "단계가 끝났는지 알 수 있는 확인 항목이 없어요. 다음 단계와 합치세요.",
                        "No check tells when the step is done. Join it with the next one."
                    ),
                );
            }
            for id in &step.checks {
                if lab.item(id).is_none() {
                    self.note(
                        format!("steps[{at}].checks"),
                        message!("'{id}'(이)라는 확인 항목이 없어요.", "There is no check called \"{id}\"."),
                    );
                }
            }
        }
        self.names("quiz", lab.quiz.iter().map(|quiz| quiz.id.as_str()));
        for (at, quiz) in lab.quiz.iter().enumerate() {
            self.quiz(&format!("quiz[{at}]"), quiz);
        }
        let mut classes = BTreeSet::new();
        for (at, fault) in lab.faults.iter().enumerate() {
            if super::faults::class(&fault.class).is_none() || !classes.insert(&fault.class) {
                let class = &fault.class;
                self.note(
                    format!("faults[{at}].class"),
                    message!(
                        "'{class}'(이)라는 장애 종류가 없거나 두 번 나와요.",
                        "There is no class of faults called \"{class}\", or it occurs twice."
                    ),
                );
            }
            for id in &fault.breaks {
                if lab.item(id).is_none() {
                    self.note(
                        format!("faults[{at}].breaks"),
                        message!("'{id}'(이)라는 확인 항목이 없어요.", "There is no check called \"{id}\"."),
                    );
                }
            }
        }
        self.names("cards", lab.cards.iter().map(|card| card.id.as_str()));
        for (at, card) in lab.cards.iter().enumerate() {
            self.text(&format!("cards[{at}].title"), &card.title);
            self.text(&format!("cards[{at}].text"), &card.text);
            if card.source.as_ref().is_some_and(|source| !source.starts_with("https://docs.aws.amazon.com/")) {
                self.note(
                    format!("cards[{at}].source"),
                    message!("AWS 문서의 주소여야 해요.", "It must be an address of AWS's documentation."),
                );
            }
            if let Some(picture) = &card.picture {
                self.picture(&format!("cards[{at}].picture"), picture);
            }
        }
    }

    fn picture(&mut self, place: &str, picture: &Drawing) {
        if let Err(error) = draw(place, picture, &self.ready.solution) {
            self.errors.push(error);
        }
    }

    fn quiz(&mut self, place: &str, quiz: &Quiz) {
        self.text(&format!("{place}.text"), &quiz.text);
        self.feedback(place, quiz.feedback.as_ref());
        if !(1..=1_000).contains(&quiz.points) {
            self.note(format!("{place}.points"), message!("1점부터 1,000점까지예요.", "Between 1 and 1,000 points."));
        }
        match &quiz.ask {
            Ask::Choose(choose) => {
                for (at, option) in choose.options.iter().enumerate() {
                    self.text(&format!("{place}.ask.choose.options[{at}]"), option);
                }
                if choose.right.is_empty()
                    || choose.right.iter().any(|number| !(1..=choose.options.len()).contains(number))
                {
                    self.note(
                        format!("{place}.ask.choose.right"),
                        message!("맞는 답의 번호는 1부터예요.", "Numbers of right answers count from 1."),
                    );
                }
            }
            Ask::Select(select) => {
                self.selector(&format!("{place}.ask.select.among"), &select.among);
                self.selector(&format!("{place}.ask.select.right"), &select.right);
            }
            Ask::Route(asked) => self.node_of(&format!("{place}.ask.route.subnet"), quiz, &asked.subnet),
            Ask::Order(order) => {
                for (at, word) in order.nodes.iter().enumerate() {
                    self.node_of(&format!("{place}.ask.order.nodes[{at}]"), quiz, word);
                }
            }
            Ask::Predict(predict) => {
                for who in [&predict.from, &predict.to] {
                    if let super::check::Who::Role(id) = who {
                        self.role(&format!("{place}.ask.predict"), id);
                    }
                }
            }
        }
    }

    fn node_of(&mut self, place: &str, quiz: &Quiz, word: &str) {
        let design = match quiz.on {
            super::quiz::On::Solution => &self.ready.solution,
            super::quiz::On::Start => &self.ready.start,
        };
        if !word.parse::<NodeId>().is_ok_and(|id| design.node(id).is_some()) {
            self.note(place, message!("설계에 {word}이(가) 없어요.", "There is no {word} in the design."));
        }
    }
}

/// Whether a role is found by itself.
fn in_circle(roles: &[Role], id: &str) -> bool {
    reaches_itself(id, |of| roles.iter().find(|role| role.id == of).map(|role| role.find.roles()).unwrap_or_default())
}

/// Whether a check needs itself.
fn needs_itself(lab: &Lab, id: &str) -> bool {
    reaches_itself(id, |of| {
        lab.item(of).map(|item| item.needs.iter().map(String::as_str).collect()).unwrap_or_default()
    })
}

fn reaches_itself<'a>(id: &str, next: impl Fn(&str) -> Vec<&'a str>) -> bool {
    let mut open: Vec<&str> = next(id);
    let mut seen = BTreeSet::new();
    while let Some(of) = open.pop() {
        if of == id {
            return true;
        }
        if seen.insert(of) {
            open.extend(next(of));
        }
    }
    false
}
