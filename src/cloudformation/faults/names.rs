//! DNS records and certificates: values beside the type of their record.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Finder, scalar, step};
use crate::message;
use crate::net::DomainName;
use crate::template::{Json, Object, RuleId};
use crate::text::{Message, Text, t};

const VALUE: RuleId = RuleId::RECORD_VALUE_MALFORMED;
const TTL: RuleId = RuleId::RECORD_ALIAS_WITH_TTL;
const OUTSIDE: RuleId = RuleId::RECORD_OUTSIDE_ZONE;
const VALIDATION: RuleId = RuleId::CERTIFICATE_VALIDATION_DOMAIN;

pub(super) fn find(finder: &mut Finder<'_>, resources: &Object) {
    for (logical, resource) in resources {
        let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
        let at = format!("/Resources/{}/Properties", step(logical));
        match resource.get("Type").and_then(Json::as_str).unwrap_or_default() {
            "AWS::Route53::RecordSet" => record(finder, logical, properties, None, &at),
            "AWS::Route53::RecordSetGroup" => {
                let zone = properties.get("HostedZoneName");
                let records = properties.get("RecordSets").and_then(Json::as_array).into_iter().flatten().enumerate();
                for (row, json) in records.filter_map(|(row, json)| Some((row, json.as_object()?))) {
                    record(
                        finder,
                        &format!("{logical}.RecordSets[{row}]"),
                        json,
                        zone,
                        &format!("{at}/RecordSets/{row}"),
                    );
                }
            }
            "AWS::CloudFront::Distribution" => aliases(finder, logical, properties, &at),
            "AWS::CertificateManager::Certificate" => certificate(finder, logical, properties, &at),
            _ => {}
        }
    }
}

/// A text that is there as it is written: not an empty default of a parameter, and without what only a deployment resolves.
pub(super) fn literal(json: &Json) -> Option<&str> {
    json.as_str().filter(|text| !text.is_empty() && !text.contains("{{resolve:"))
}

fn record(finder: &mut Finder<'_>, name: &str, record: &Object, zone: Option<&Json>, at: &str) {
    if record.contains_key("AliasTarget") {
        for key in ["TTL", "ResourceRecords"].into_iter().filter(|key| record.contains_key(*key)) {
            let why = message!(
                "별칭 레코드 {name}에는 {key}을(를) 쓸 수 없어서 배포가 거절돼요. 값과 TTL은 별칭 대상이 정하니 지우세요.",
                "Alias record {name} cannot have {key}, so the deployment is refused. The target of the alias sets values and TTL: remove it."
            );
            finder.tell(TTL, &format!("{at}/{key}"), why);
        }
    }
    let text = |key: &str| record.get(key).and_then(literal);
    if let (Some(domain), Some(zone)) = (text("Name"), record.get("HostedZoneName").or(zone).and_then(literal)) {
        let plain = |name: &str| name.trim_end_matches('.').to_lowercase();
        let (inner, outer) = (plain(domain), plain(zone));
        if inner != outer && !inner.ends_with(&format!(".{outer}")) {
            let why = message!(
                "레코드 {name}의 이름 {domain}이(가) 호스팅 영역 {outer}에 속하지 않아요. 영역의 도메인으로 끝나는 이름을 쓰세요.",
                "The name {domain} of record {name} is not in the hosted zone {outer}. Write a name that ends in the zone's domain."
            );
            finder.tell(OUTSIDE, &format!("{at}/Name"), why);
        }
        if !zone.ends_with('.') && record.contains_key("HostedZoneName") {
            let why = message!(
                "레코드 {name}의 HostedZoneName {zone}은(는) 점으로 끝나야 해요. {zone}.처럼 쓰세요.",
                "HostedZoneName {zone} of record {name} must end in a dot. Write it with a dot at the end."
            );
            finder.tell(OUTSIDE, &format!("{at}/HostedZoneName"), why);
        }
    }
    let Some(kind) = text("Type") else { return };
    let values = record.get("ResourceRecords").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    // Types that are drawn are looked at where they are drawn.
    let is_drawn = at.matches('/').count() == 3 && matches!(kind, "A" | "AAAA" | "CNAME");
    if matches!(kind, "CNAME" | "SOA") && values.len() > 1 && !is_drawn {
        let count = values.len();
        let why = message!(
            "{kind} 레코드 {name}에 값이 {count}개 있어요. 하나만 남기세요.",
            "{kind} record {name} has {count} values. Keep one."
        );
        finder.tell(VALUE, &format!("{at}/ResourceRecords"), why);
    }
    for (row, value) in values.iter().enumerate() {
        let Some((text, wanted)) = literal(value).and_then(|text| Some((text, wrong(kind, text)?))) else { continue };
        if is_drawn {
            continue;
        }
        let (shown, Text { ko, en }) = (scalar::short(&Json::from(text)), wanted);
        let why = Message::new(
            &crate::text::particles(&format!("{kind} 레코드 {name}의 값 '{shown}'은(는) 형식이 맞지 않아요. {ko}")),
            format!("The value \"{shown}\" of {kind} record {name} is not of the form of its type. {en}"),
        );
        finder.tell(VALUE, &format!("{at}/ResourceRecords/{row}"), why);
    }
}

/// What a value of a type of record is like, where one is not
/// (<https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html>).
fn wrong(kind: &str, text: &str) -> Option<Text> {
    let host =
        |name: &str| name == "." || name.parse::<DomainName>().is_ok() || name.contains('_') && !name.contains(' ');
    let small = |number: &str| number.parse::<u16>().is_ok();
    let words: Vec<&str> = text.split_whitespace().collect();
    let (sound, wanted) = match kind {
        "A" => (
            text.parse::<Ipv4Addr>().is_ok(),
            t("198.51.100.7 같은 IPv4 주소를 쓰세요.", "Write an IPv4 address such as 198.51.100.7."),
        ),
        "AAAA" => (
            text.parse::<Ipv6Addr>().is_ok(),
            t("2001:db8::1 같은 IPv6 주소를 쓰세요.", "Write an IPv6 address such as 2001:db8::1."),
        ),
        "CNAME" | "NS" | "PTR" => {
            (host(text), t("lb.example.com 같은 이름 하나를 쓰세요.", "Write a name such as lb.example.com."))
        }
        "MX" => (
            matches!(words.as_slice(), [priority, name] if small(priority) && host(name)),
            t(
                "'10 mail.example.com'처럼 우선순위와 이름을 쓰세요.",
                "Write priority and name, as in 10 mail.example.com.",
            ),
        ),
        "SRV" => (
            matches!(words.as_slice(), [priority, weight, port, name] if small(priority) && small(weight) && small(port) && host(name)),
            t(
                "'1 10 5269 host.example.com'처럼 우선순위, 가중치, 포트, 이름을 쓰세요.",
                "Write priority, weight, port and name, as in 1 10 5269 host.example.com.",
            ),
        ),
        "TXT" | "SPF" => (
            is_quoted(text),
            t(
                "큰따옴표로 감싸고, 한 조각은 255자까지로 나누세요.",
                "Put it in double quotes, in pieces of at most 255 characters.",
            ),
        ),
        "CAA" => (
            is_caa(text),
            t(
                "'0 issue \"amazon.com\"'처럼 플래그(0이나 128), 태그, 따옴표 안의 값을 쓰세요.",
                "Write flag (0 or 128), tag and value in quotes, as in 0 issue \"amazon.com\".",
            ),
        ),
        _ => return None,
    };
    (!sound).then_some(wanted)
}

/// Pieces in double quotes with spaces between them, each of 1 to 255 characters.
fn is_quoted(text: &str) -> bool {
    let mut rest = text;
    loop {
        let Some(inner) = rest.strip_prefix('"') else { return false };
        let mut end = None;
        let mut escaped = false;
        for (at, c) in inner.char_indices() {
            match c {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    end = Some(at);
                    break;
                }
                _ => escaped = false,
            }
        }
        let Some((piece, after)) = end.map(|end| inner.split_at(end)) else { return false };
        if piece.is_empty() || piece.chars().count() > 255 {
            return false;
        }
        rest = after.trim_start_matches('"');
        if rest.is_empty() {
            return after == "\"";
        }
        // Two quotes beside each other leave no space between the pieces.
        if !rest.starts_with(' ') {
            return false;
        }
        rest = rest.trim_start_matches(' ');
    }
}

fn is_caa(text: &str) -> bool {
    let mut words = text.splitn(3, ' ');
    let (flag, tag, value) =
        (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    matches!(flag, "0" | "128")
        && !tag.is_empty()
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && value.len() >= 2
        && value.starts_with('"')
        && value.ends_with('"')
}

/// Alternate names of a distribution: small letters, and a wildcard only as the whole first label.
fn aliases(finder: &mut Finder<'_>, logical: &str, properties: &Object, at: &str) {
    let all = properties.get("DistributionConfig").and_then(|config| config.get("Aliases")?.as_array());
    for (row, alias) in all.into_iter().flatten().enumerate() {
        let Some(text) = literal(alias) else { continue };
        let labels: Vec<&str> = text.strip_prefix("*.").unwrap_or(text).split('.').collect();
        let is_label = |label: &&str| {
            let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
            !label.is_empty() && label.bytes().all(sound) && !label.starts_with('-') && !label.ends_with('-')
        };
        if labels.len() < 2 || !labels.iter().all(is_label) || labels.last().is_none_or(|last| last.len() < 2) {
            let why = message!(
                "배포 {logical}의 별칭 '{text}'은(는) CloudFront가 받는 이름이 아니에요. 소문자로 된 도메인이나 *.example.com처럼 쓰세요.",
                "CloudFront does not take \"{text}\" as an alias of distribution {logical}. Write a domain in small letters, or one such as *.example.com."
            );
            finder.tell(super::VALUE, &format!("{at}/DistributionConfig/Aliases/{row}"), why);
        }
    }
}

/// Where the mail of a validation goes must be the domain or one above it.
fn certificate(finder: &mut Finder<'_>, logical: &str, properties: &Object, at: &str) {
    let options = properties.get("DomainValidationOptions").and_then(Json::as_array).into_iter().flatten();
    for (row, option) in options.enumerate() {
        let text = |key: &str| option.get(key).and_then(literal);
        let (Some(domain), Some(above)) = (text("DomainName"), text("ValidationDomain")) else { continue };
        if domain != above && !domain.ends_with(&format!(".{above}")) {
            let why = message!(
                "인증서 {logical}의 검증 도메인 {above}이(가) {domain}의 위 도메인이 아니에요. {domain}(이)나 그 위 도메인을 쓰세요.",
                "The validation domain {above} of certificate {logical} is not above {domain}. Write {domain} or a domain above it."
            );
            finder.tell(VALIDATION, &format!("{at}/DomainValidationOptions/{row}/ValidationDomain"), why);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_of_their_type() {
        let sound = |kind: &str, text: &str| wrong(kind, text).is_none();
        assert!(sound("TXT", "\"v=spf1 -all\"") && sound("TXT", "\"a\" \"b\"") && sound("TXT", r#""say \"x\"""#));
        assert!(
            !sound("TXT", "plain") && !sound("TXT", "\"a\"\"b\"") && !sound("TXT", &format!("\"{}\"", "x".repeat(256)))
        );
        assert!(
            sound("CAA", "0 issue \"amazon.com; policy=ev\"")
                && !sound("CAA", "0 issue amazon.com")
                && !sound("CAA", "1 issue \"a\"")
                && !sound("CAA", "0 x-y \"a\"")
        );
        assert!(
            sound("MX", "10 mail.example.com")
                && !sound("MX", "mail.example.com")
                && !sound("MX", "65536 a.example.com")
        );
        assert!(sound("SRV", "1 10 5269 xmpp.example.com") && !sound("SRV", "10 5269 xmpp.example.com"));
        assert!(
            sound("CNAME", "_x.acm-validations.aws.")
                && !sound("CNAME", "No valid domain name")
                && !sound("A", "127.0.0.1 ")
        );
        assert!(sound("NAPTR", "anything at all"));
    }

    #[test]
    fn what_is_not_known_before_a_deployment_is_no_fault() {
        let template = |given: &str| {
            format!(
                "Parameters: {{Given: {{Type: String, Default: '{given}'}}}}
Resources:
  Site: {{Type: 'AWS::Route53::RecordSet', Properties: {{Name: !Ref Given, HostedZoneName: example.com., Type: MX, TTL: '60', ResourceRecords: [!Ref Given]}}}}
  Cert: {{Type: 'AWS::CertificateManager::Certificate', Properties: {{DomainName: example.com, DomainValidationOptions: [{{DomainName: example.com, ValidationDomain: !Ref Given}}]}}}}
  Data: {{Type: 'AWS::EC2::Volume', Properties: {{AvailabilityZone: us-east-1a, Size: 8, VolumeType: !Ref Given}}}}
  Web:
    Type: AWS::EC2::Instance
    Properties: {{ImageId: ami-0123456789abcdef0, BlockDeviceMappings: [{{DeviceName: /dev/sdb, VirtualName: !Ref Given}}]}}
  Group: {{Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {{MinSize: '1', MaxSize: '1', HealthCheckType: !Ref Given}}}}
"
            )
        };
        let count = |given: &str| {
            let faults = crate::template::parse(&template(given)).unwrap().faults();
            let ours = [VALUE, OUTSIDE, VALIDATION, RuleId::VOLUME_IOPS_MALFORMED, RuleId::SCALING_HEALTH_CHECK_TYPES];
            faults.into_iter().filter(|fault| ours.contains(&fault.rule)).count()
        };
        assert_eq!((count(""), count("{{resolve:ssm:/given}}"), count("elsewhere.org")), (0, 0, 5));
    }
}
