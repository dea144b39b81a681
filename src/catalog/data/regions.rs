//! The commercial regions of AWS and the letters of their zones.
//!
//! Follows <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>.

use crate::text::{Text, t};

/// A region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The code, such as `ap-northeast-2`.
    pub code: &'static str,
    /// The name as the AWS console shows it.
    pub name: Text,
    /// The letters of the zones a new account can have, in order: `abcd` for Seoul. An account sees all of them, but for
    /// N. California, where it sees two.
    pub zone_letters: &'static str,
    /// Whether an account has to enable the region before use.
    pub opt_in: bool,
}

impl Region {
    /// The names of the zones, such as `ap-northeast-2a`.
    pub fn zones(&self) -> impl Iterator<Item = String> {
        self.zone_letters.chars().map(|letter| format!("{}{letter}", self.code))
    }

    /// The letters in the order in which people take them: in Seoul a and then c, because b and d came later and lack older instance types.
    pub fn usual_letters(&self) -> &'static str {
        if self.code == "ap-northeast-2" { "acbd" } else { self.zone_letters }
    }

    /// Whether the region has a zone of this letter.
    pub fn has_zone(&self, letter: char) -> bool {
        self.zone_letters.contains(letter)
    }

    /// How many zones one account sees.
    pub fn zones_per_account(&self) -> usize {
        if self.code == "us-west-1" { 2 } else { self.zone_letters.len() }
    }
}

/// The region of a code.
pub fn region(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.code == code)
}

const fn entry(code: &'static str, name: Text, zone_letters: &'static str, opt_in: bool) -> Region {
    Region { code, name, zone_letters, opt_in }
}

/// Every commercial region, by code.
pub const REGIONS: &[Region] = &[
    entry("af-south-1", t("아프리카(케이프타운)", "Africa (Cape Town)"), "abc", true),
    entry("ap-east-1", t("아시아 태평양(홍콩)", "Asia Pacific (Hong Kong)"), "abc", true),
    entry("ap-east-2", t("아시아 태평양(타이베이)", "Asia Pacific (Taipei)"), "abc", true),
    entry("ap-northeast-1", t("아시아 태평양(도쿄)", "Asia Pacific (Tokyo)"), "acd", false),
    entry("ap-northeast-2", t("아시아 태평양(서울)", "Asia Pacific (Seoul)"), "abcd", false),
    entry("ap-northeast-3", t("아시아 태평양(오사카)", "Asia Pacific (Osaka)"), "abc", false),
    entry("ap-south-1", t("아시아 태평양(뭄바이)", "Asia Pacific (Mumbai)"), "abc", false),
    entry("ap-south-2", t("아시아 태평양(하이데라바드)", "Asia Pacific (Hyderabad)"), "abc", true),
    entry("ap-southeast-1", t("아시아 태평양(싱가포르)", "Asia Pacific (Singapore)"), "abc", false),
    entry("ap-southeast-2", t("아시아 태평양(시드니)", "Asia Pacific (Sydney)"), "abc", false),
    entry("ap-southeast-3", t("아시아 태평양(자카르타)", "Asia Pacific (Jakarta)"), "abc", true),
    entry("ap-southeast-4", t("아시아 태평양(멜버른)", "Asia Pacific (Melbourne)"), "abc", true),
    entry("ap-southeast-5", t("아시아 태평양(말레이시아)", "Asia Pacific (Malaysia)"), "abc", true),
    entry("ap-southeast-6", t("아시아 태평양(뉴질랜드)", "Asia Pacific (New Zealand)"), "abc", true),
    entry("ap-southeast-7", t("아시아 태평양(태국)", "Asia Pacific (Thailand)"), "abc", true),
    entry("ca-central-1", t("캐나다(중부)", "Canada (Central)"), "abd", false),
    entry("ca-west-1", t("캐나다 서부(캘거리)", "Canada West (Calgary)"), "abc", true),
    entry("eu-central-1", t("유럽(프랑크푸르트)", "Europe (Frankfurt)"), "abc", false),
    entry("eu-central-2", t("유럽(취리히)", "Europe (Zurich)"), "abc", true),
    entry("eu-north-1", t("유럽(스톡홀름)", "Europe (Stockholm)"), "abc", false),
    entry("eu-south-1", t("유럽(밀라노)", "Europe (Milan)"), "abc", true),
    entry("eu-south-2", t("유럽(스페인)", "Europe (Spain)"), "abc", true),
    entry("eu-west-1", t("유럽(아일랜드)", "Europe (Ireland)"), "abc", false),
    entry("eu-west-2", t("유럽(런던)", "Europe (London)"), "abc", false),
    entry("eu-west-3", t("유럽(파리)", "Europe (Paris)"), "abc", false),
    entry("il-central-1", t("이스라엘(텔아비브)", "Israel (Tel Aviv)"), "abc", true),
    entry("me-central-1", t("중동(UAE)", "Middle East (UAE)"), "abc", true),
    entry("me-south-1", t("중동(바레인)", "Middle East (Bahrain)"), "abc", true),
    entry("mx-central-1", t("멕시코(중부)", "Mexico (Central)"), "abc", true),
    entry("sa-east-1", t("남아메리카(상파울루)", "South America (São Paulo)"), "abc", false),
    entry("us-east-1", t("미국 동부(버지니아 북부)", "US East (N. Virginia)"), "abcdef", false),
    entry("us-east-2", t("미국 동부(오하이오)", "US East (Ohio)"), "abc", false),
    entry("us-west-1", t("미국 서부(캘리포니아 북부)", "US West (N. California)"), "abc", false),
    entry("us-west-2", t("미국 서부(오리건)", "US West (Oregon)"), "abcd", false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_unique_and_sorted() {
        assert!(REGIONS.windows(2).all(|pair| pair[0].code < pair[1].code));
        for region in REGIONS {
            assert!(!region.name.ko.is_empty() && !region.name.en.is_empty(), "{}", region.code);
            assert!(region.code.split('-').count() == 3, "{}", region.code);
        }
        let mut names: Vec<_> = REGIONS.iter().flat_map(|region| [region.name.ko, region.name.en]).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn zone_letters_are_sorted_and_enough_for_a_balancer() {
        for region in REGIONS {
            let letters: Vec<char> = region.zone_letters.chars().collect();
            assert!(letters.windows(2).all(|pair| pair[0] < pair[1]), "{}", region.code);
            assert!(letters.iter().all(|letter| ('a'..='f').contains(letter)), "{}", region.code);
            assert!(region.zones_per_account() >= 2, "{}", region.code);
        }
    }

    #[test]
    fn finds_regions_and_zones() {
        let seoul = region("ap-northeast-2").unwrap();
        assert_eq!(seoul.name.ko, "아시아 태평양(서울)");
        assert_eq!(seoul.zones().last().as_deref(), Some("ap-northeast-2d"));
        assert!(!region("ap-northeast-1").unwrap().has_zone('b') && seoul.has_zone('b'));
        assert_eq!(region("ap-northeast-9"), None);
        assert_eq!(region("us-west-1").map(Region::zones_per_account), Some(2));
    }
}
