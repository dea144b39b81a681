//! The labs that are built in, and labs in files.

use std::path::Path;

use groundplan::labs::{LabError, MAX_BYTES, Ready, read};
use groundplan::message;
use groundplan::text::Message;

use super::input;

/// Declares the labs of `public/labs/`, in the order of the course.
macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        const BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../public/labs/", $name, ".lab.json")))),*];
    };
}
built_in![
    "two-az-vpc",
    "first-web-server",
    "alb-two-zones",
    "six-subnets",
    "named-server",
    "https-at-balancer",
    "private-servers",
    "listener-rules",
    "address-plan",
    "three-tiers",
    "session-manager",
    "hub-and-spoke",
    "office-by-vpn",
    "auto-scaling",
    "account-used-well",
    "fargate",
    "rolling-delivery",
    "static-site",
];

/// Every built-in lab.
pub fn all() -> impl Iterator<Item = Result<Ready, Message>> {
    BUILT_IN.iter().map(|(name, text)| read(text).map_err(|errors| said(Path::new(name), &errors)))
}

/// The lab that a word means: the id of a built-in one, or a file.
pub fn open(word: &Path) -> Result<Ready, Message> {
    let text = text(word)?;
    read(&text).map_err(|errors| said(word, &errors))
}

/// The text of a lab.
pub fn text(word: &Path) -> Result<String, Message> {
    let built_in = BUILT_IN.iter().find(|(name, _)| word.as_os_str() == *name);
    if let Some((_, text)) = built_in
        && !word.exists()
    {
        return Ok((*text).to_owned());
    }
    if !word.exists() && word.extension().is_none() {
        let shown = word.display();
        let known = BUILT_IN.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        return Err(message!(
            "{shown}: 그런 실습도 파일도 없어요. 있는 실습: {known}",
            "{shown}: there is neither a lab nor a file of that name. Labs: {known}"
        ));
    }
    input::text_up_to(word, MAX_BYTES)
}

/// Errors of a lab file, a line each.
pub fn said(file: &Path, errors: &[LabError]) -> Message {
    let shown = file.display();
    let lines = errors.iter().map(LabError::message);
    let (ko, en): (Vec<String>, Vec<String>) =
        lines.map(|line| (format!("{shown}: {}", line.ko), format!("{shown}: {}", line.en))).unzip();
    Message { ko: ko.join("\n"), en: en.join("\n") }
}
