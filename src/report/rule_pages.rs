//! Every rule on a page: what it looks for, how bad that is, why, and the page of AWS that it follows.

use std::fmt::Write;

use super::html::code;
use super::page::called;
use crate::message;
use crate::rules::{Rule, Severity, list};
use crate::text::markup::Escaped;
use crate::text::{Lang, t};

/// Where the page of a language stands beside the page, and a rule on it: `rules/en.html#subnet-overlap`.
pub fn anchor(rule: &str, lang: Lang) -> String {
    format!("rules/{}.html#{rule}", code(lang))
}

/// The page. Its style sheet, `rules.css`, stands beside it.
pub fn rules_page(lang: Lang) -> String {
    let title = t("Groundplan의 규칙", "Groundplan's rules").get(lang);
    let (other, label) = match lang {
        Lang::Ko => (Lang::En, "English"),
        Lang::En => (Lang::Ko, "한국어"),
    };
    let mut out = String::new();
    _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"rules.css\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        code(lang)
    );
    let many = list::ALL.len();
    let about = message!(
        "설계와 템플릿에서 찾는 것 {many}가지예요. 저마다 왜 문제인지, 따르는 AWS 문서가 무엇인지 적혀 있어요.",
        "The {many} things that are looked for in designs and templates, each with why it matters and the page of AWS that it follows."
    );
    _ = write!(
        out,
        "<p>{}</p>\n<p><a href=\"{}.html\" lang=\"{}\">{label}</a></p>\n",
        Escaped(about.get(lang)),
        code(other),
        code(other)
    );
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let (id, name) = (severity.id(), called(severity).get(lang));
        _ = writeln!(out, "<section class=\"{id}\">\n<h2>{name}</h2>");
        // By id: where a rule stands among the files says nothing to who looks one up.
        let mut rules: Vec<&Rule> = list::ALL.iter().copied().filter(|rule| rule.severity == severity).collect();
        rules.sort_by_key(|rule| rule.id);
        for rule in rules {
            let mends =
                if rule.fixes { t("고치는 방법을 제안해요.", "Fixes are offered.").get(lang) } else { "" };
            _ = write!(
                out,
                "<article id=\"{id}\">\n<h3>{} <a class=\"self\" href=\"#{id}\"><code>{id}</code></a></h3>\n<p>{} {mends}</p>\n\
                 <p><a href=\"{}\" rel=\"noreferrer\">{}</a></p>\n</article>\n",
                Escaped(rule.title.get(lang)),
                Escaped(rule.why.get(lang)),
                Escaped(rule.source),
                t("AWS 문서", "AWS documentation").get(lang),
                id = rule.id,
            );
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}
