//! Finding things as people type them, what is meant first.

/// Text as it is compared: without spaces, hyphens and case. Only English letters have a case worth folding here; the tables for all others weigh
/// more than the palette.
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

/// How well a folded query fits something by its names and by what else is known of it; the smaller the better, nothing where it does not fit.
/// A whole name is meant before the beginning of one, that before the beginning of a word in it, that before a part of it, and all before what
/// merely stands beside it.
pub fn rank(query: &str, names: &[&str], beside: &[&str]) -> Option<u8> {
    let words =
        |text: &str| text.split([' ', '-', '_', '/', '(', '.', ':']).any(|word| folded(word).starts_with(query));
    let fits = |name: &&str| {
        let whole = folded(name);
        match () {
            () if query.is_empty() || whole == query => Some(0),
            () if whole.starts_with(query) => Some(1),
            () if words(name) => Some(2),
            () if whole.contains(query) => Some(3),
            () => None,
        }
    };
    let known = |text: &&str| match () {
        () if folded(text) == query => Some(3),
        () if words(text) => Some(4),
        () if folded(text).contains(query) => Some(5),
        () => None,
    };
    names.iter().filter_map(fits).chain(beside.iter().filter_map(known)).min()
}

/// What fits a query, best first; what fits alike stays in its order.
pub fn ranked<T>(query: &str, all: impl IntoIterator<Item = T>, fit: impl Fn(&str, &T) -> Option<u8>) -> Vec<T> {
    let mut found: Vec<(u8, T)> = all.into_iter().filter_map(|one| Some((fit(query, &one)?, one))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(query: &str, things: &[(&'static str, &'static str)]) -> Vec<&'static str> {
        let fit = |query: &str, (name, beside): &(&'static str, &'static str)| rank(query, &[name], &[beside]);
        ranked(&folded(query), things.iter().copied(), fit).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_is_meant_comes_first() {
        let things = [
            ("myweb", ""),
            ("app", "web server"),
            ("the web", ""),
            ("web-a", ""),
            ("web", ""),
            ("cobweb", ""),
            ("other", "10.0.0.0/24"),
        ];
        assert_eq!(order("web", &things), ["web", "web-a", "the web", "myweb", "cobweb", "app"]);
        assert_eq!(order("WEB A", &things), ["web-a"]);
        assert_eq!(order("10.0.0", &things), ["other"]);
        assert_eq!(order("", &things).len(), things.len());
        assert!(order("nothing", &things).is_empty());
    }

    #[test]
    fn korean_is_found_with_and_without_spaces() {
        let things = [("보안 그룹", ""), ("대상 그룹", ""), ("그룹", "")];
        assert_eq!(order("보안그룹", &things), ["보안 그룹"]);
        assert_eq!(order("그룹", &things), ["그룹", "보안 그룹", "대상 그룹"]);
    }
}
