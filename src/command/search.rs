//! Finding things as people type them, what is meant first.

use crate::catalog::{Kind, Spec};

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
        () if folded(text) == query => Some(2),
        () if words(text) => Some(4),
        () if folded(text).contains(query) => Some(5),
        () => None,
    };
    names.iter().filter_map(fits).chain(beside.iter().filter_map(known)).min()
}

/// How well a folded query fits a kind. Its name without the service in front is a name too: "인스턴스" is the EC2 instance before it is the
/// instance profile, "role" the IAM role.
pub fn fit_of_kind(query: &str, kind: Kind) -> Option<u8> {
    let Spec { id, label, keywords, .. } = *kind.spec();
    let bare = |label: &'static str| {
        let rest = label.split_once(' ').filter(|(service, _)| service.is_ascii());
        rest.map_or(label, |(_, rest)| rest)
    };
    rank(query, &[id, label.ko, label.en, bare(label.ko), bare(label.en)], keywords)
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
    fn the_kind_that_is_meant_comes_first_in_both_languages_and_without_spaces() {
        for (query, want) in [
            ("ec2", Kind::Instance),
            ("인스턴스", Kind::Instance),
            ("instance", Kind::Instance),
            ("서버", Kind::Instance),
            ("server", Kind::Instance),
            ("보안그룹", Kind::SecurityGroup),
            ("sg", Kind::SecurityGroup),
            ("securitygroup", Kind::SecurityGroup),
            ("alb", Kind::LoadBalancer),
            ("로드밸런서", Kind::LoadBalancer),
            ("tg", Kind::TargetGroup),
            ("nat", Kind::NatGateway),
            ("igw", Kind::InternetGateway),
            ("vpc", Kind::Vpc),
            ("subnet", Kind::Subnet),
            ("라우팅테이블", Kind::RouteTable),
            ("rt", Kind::RouteTable),
            ("az", Kind::Zone),
            ("eip", Kind::ElasticIp),
            ("rds", Kind::DbInstance),
            ("s3", Kind::S3Bucket),
            ("asg", Kind::AutoScalingGroup),
            ("role", Kind::IamRole),
            ("역할", Kind::IamRole),
            ("lambda", Kind::LambdaFunction),
            ("nacl", Kind::NetworkAcl),
            ("시작 템플릿", Kind::LaunchTemplate),
        ] {
            let found = ranked(&folded(query), Kind::ALL.iter().copied(), |query, kind| fit_of_kind(query, *kind));
            assert_eq!(found.first(), Some(&want), "{query}: {found:?}");
        }
    }

    #[test]
    fn korean_is_found_with_and_without_spaces() {
        let things = [("보안 그룹", ""), ("대상 그룹", ""), ("그룹", "")];
        assert_eq!(order("보안그룹", &things), ["보안 그룹"]);
        assert_eq!(order("그룹", &things), ["그룹", "보안 그룹", "대상 그룹"]);
    }
}
