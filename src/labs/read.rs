//! Reading a lab file: its form first, then what serde cannot see. Every error names the place and the reason.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::cast::cast;
use super::drawing::draw;
use super::lab::{Choices, Drawing, Lab};
use super::ready::{Cast, LabError, Ready};
use super::scene::Scene;
use super::{MAX_BYTES, VERSION, valid};
use crate::design::Design;
use crate::message;

/// What tells lab files apart, whatever their version.
#[derive(Deserialize)]
struct Head {
    groundplan_lab: Option<u64>,
}

/// The lab in the text of a file.
///
/// # Errors
/// Everything that is wrong with it, in the order of the file.
pub fn read(text: &str) -> Result<Ready, Vec<LabError>> {
    let lab = form(text).map_err(|error| vec![error])?;
    let (solution, start) = match drawings(&lab) {
        Ok(both) => both,
        Err(error) => return Err(vec![error]),
    };
    let mut ready = Ready { lab, start, solution, cast: Cast::default() };
    ready.cast = cast(&ready, &Scene::new(ready.solution.clone()), &Choices::new());
    let errors = valid::errors(&ready);
    if errors.is_empty() { Ok(ready) } else { Err(errors) }
}

fn form(text: &str) -> Result<Lab, LabError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        let (size, limit) = (crate::text::mebibytes(text.len()), MAX_BYTES >> 20);
        return Err(LabError::new(
            "",
            message!(
                "실습 파일이 너무 커요({size} MiB). {limit} MiB까지 읽어요.",
                "The lab file is too large ({size} MiB). At most {limit} MiB are read."
            ),
        ));
    }
    let head: Head = serde_json::from_str(text).map_err(|error| json(&error))?;
    match head.groundplan_lab {
        Some(VERSION) => {}
        Some(version) if version > VERSION => {
            return Err(LabError::new(
                "groundplan_lab",
                message!(
                    "더 새로운 버전의 실습 파일이에요(형식 {version}, 여기서는 {VERSION}까지 읽어요). 최신 버전의 Groundplan으로 열어 주세요.",
                    "The lab file is of a newer version (form {version}; this one reads up to {VERSION}). Open it with the newest Groundplan."
                ),
            ));
        }
        Some(version) => {
            return Err(LabError::new(
                "groundplan_lab",
                message!("형식 {version}인 실습 파일은 없어요.", "There is no lab file of form {version}."),
            ));
        }
        None => {
            return Err(LabError::new(
                "groundplan_lab",
                message!(
                    "Groundplan 실습 파일이 아니에요. \"groundplan_lab\": {VERSION}로 시작해야 해요.",
                    "This is not a Groundplan lab. It begins with \"groundplan_lab\": {VERSION}."
                ),
            ));
        }
    }
    let mut from = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut from).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { String::new() } else { path };
        LabError::new(place, json(error.inner()).why)
    })
}

fn json(error: &serde_json::Error) -> LabError {
    let whole = error.to_string();
    let detail = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(words, _)| words);
    let (line, column) = (error.line(), error.column());
    let why = match error.classify() {
        serde_json::error::Category::Data => message!(
            "{line}번째 줄 {column}번째 칸이 실습 파일의 형식이 아니에요({detail}).",
            "Line {line}, column {column} does not have the form of a lab file ({detail})."
        ),
        serde_json::error::Category::Eof => {
            message!("파일이 {line}번째 줄에서 끊겼어요.", "The file is cut short in line {line}.")
        }
        _ => message!(
            "{line}번째 줄 {column}번째 칸이 올바른 JSON이 아니에요({detail}).",
            "Line {line}, column {column} is not valid JSON ({detail})."
        ),
    };
    LabError::new("", why)
}

/// Solution and start.
fn drawings(lab: &Lab) -> Result<(Design, Design), LabError> {
    let solution = match &lab.solution {
        Drawing::SolutionWithout(_) | Drawing::SolutionOnly(_) => {
            return Err(LabError::new(
                "solution",
                message!("풀이는 풀이에서 만들 수 없어요.", "The solution cannot be made of the solution."),
            ));
        }
        other => draw("solution", other, &Design::new())?,
    };
    let start = draw("start", &lab.start, &solution)?;
    Ok((solution, start))
}

/// Labs of a course that need each other in a circle, each circle once by its ids, the smallest first.
pub fn circles<'a>(labs: impl IntoIterator<Item = &'a Lab>) -> Vec<Vec<String>> {
    let requires: BTreeMap<&str, &[String]> =
        labs.into_iter().map(|lab| (lab.id.as_str(), lab.requires.as_slice())).collect();
    let mut found: Vec<Vec<String>> = Vec::new();
    for start in requires.keys() {
        let mut way = vec![*start];
        walk(&requires, &mut way, &mut found, 0);
    }
    found
}

/// Steps of a search for circles; courses have tens of labs.
const MAX_DEPTH: usize = 64;

fn walk<'a>(
    requires: &BTreeMap<&'a str, &'a [String]>,
    way: &mut Vec<&'a str>,
    found: &mut Vec<Vec<String>>,
    depth: usize,
) {
    let (Some(first), Some(last)) = (way.first().copied(), way.last().copied()) else { return };
    if depth > MAX_DEPTH {
        return;
    }
    for next in requires.get(last).copied().unwrap_or_default() {
        let next = next.as_str();
        if next == first {
            // Each circle is told from its smallest member on.
            if way.iter().all(|id| *id >= first) {
                found.push(way.iter().map(|id| (*id).to_owned()).collect());
            }
        } else if !way.contains(&next) && next > first {
            way.push(next);
            walk(requires, way, found, depth + 1);
            way.pop();
        }
    }
}
