//! Listener rules: which one a request meets, and what its action makes of the URL.

use std::net::Ipv4Addr;

use super::url::Url;
use crate::catalog::kinds::{Listener, ListenerRule};
use crate::facts::actions::Action;
use crate::net::AnyCidr;

/// The first rule by priority whose conditions all hold, with its row.
pub(super) fn matching_rule<'a>(
    listener: &'a Listener,
    url: &Url,
    client: Ipv4Addr,
) -> Option<(usize, &'a ListenerRule)> {
    let mut rules: Vec<(usize, &ListenerRule)> = listener.rules.iter().enumerate().collect();
    rules.sort_by_key(|(_, rule)| rule.priority);
    rules.into_iter().find(|(_, rule)| holds(rule, url, client))
}

fn holds(rule: &ListenerRule, url: &Url, client: Ipv4Addr) -> bool {
    let any = |patterns: &[String], test: &dyn Fn(&str) -> bool| {
        patterns.is_empty() || patterns.iter().any(|pattern| test(pattern))
    };
    let query = |condition: &str| match condition.split_once('=') {
        Some((key, value)) => {
            url.query.split('&').filter_map(|pair| pair.split_once('=')).any(|(k, v)| wild(key, k) && wild(value, v))
        }
        None => url.query.split('&').any(|pair| pair.split_once('=').is_some_and(|(_, v)| wild(condition, v))),
    };
    // A plain GET from a browser carries no header that a rule could ask for but the host.
    let header = rule.header_name.is_empty() || rule.header_values.is_empty();
    any(&rule.hosts, &|pattern| wild(&pattern.to_ascii_lowercase(), url.host.as_str()))
        && any(&rule.paths, &|pattern| wild(pattern, &url.path))
        && any(&rule.methods, &|method| method.eq_ignore_ascii_case("GET"))
        && any(&rule.queries, &query)
        && any(&rule.source_ips, &|block| {
            block.parse::<AnyCidr>().is_ok_and(|block| block.contains_addr(client.into()))
        })
        && header
}

/// Matches a pattern in which `*` is any run of characters and `?` any one.
pub fn wild(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // Where the last star stands, and how much of the text it has taken: enough to back up to, so no recursion.
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || text.get(t) == Some(c) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|c| *c == '*'))
}

/// Where a redirect leads, its placeholders filled from the request.
pub(super) fn redirected(action: &Action<'_>, url: &Url) -> String {
    let fill = |text: &str| {
        text.replace("#{protocol}", if url.secure { "HTTPS" } else { "HTTP" })
            .replace("#{host}", url.host.as_str())
            .replace("#{port}", &url.port.to_string())
            .replace("#{path}", url.path.trim_start_matches('/'))
            .replace("#{query}", &url.query)
    };
    let [protocol, port, host, path, query] = action.redirect.map(fill);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("{}://{host}:{port}{path}{query}", protocol.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_runs_and_single_characters() {
        for (pattern, text, want) in [
            ("/api/*", "/api/users", true),
            ("/api/*", "/api", false),
            ("*.example.com", "a.b.example.com", true),
            ("/img/?.png", "/img/1.png", true),
            ("/img/?.png", "/img/12.png", false),
            ("*a*b", "xxaxxab", true),
            ("", "", true),
        ] {
            assert_eq!(wild(pattern, text), want, "{pattern} {text}");
        }
    }
}
