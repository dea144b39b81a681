//! What a check asks, in a sentence: made from the check itself, so that the two cannot drift apart.

mod values;

use super::check::{
    Addresses, Blocked, Builds, Check, Cost, Exists, HowMany, Lost, Names, NoFindings, Only, Others, Property, Reaches,
    Request, SeverityName, Survives, Teardown, Template, TierCheck, Traffic, Who,
};
use super::lab::{Item, Lab};
use super::select::{Selector, TierName};
use crate::catalog::{Category, Kind};
use crate::message;
use crate::net::Protocol;
use crate::text::Message;

use values::wished;
pub(super) use values::{shown, wanted};

/// What an item asks: its author's sentence, or that of the check.
pub fn says(lab: &Lab, item: &Item) -> Message {
    item.says.clone().unwrap_or_else(|| sentence(lab, &item.check))
}

/// The name of a role.
pub(super) fn role_name(lab: &Lab, id: &str) -> Message {
    lab.role(id).map_or_else(|| Message::plain(id), |role| role.name.clone())
}

/// What sentences call an end.
pub(super) fn who(lab: &Lab, who: &Who) -> Message {
    match who {
        Who::Internet => message!("인터넷", "the internet"),
        Who::Address(address) => Message::plain(address.to_string()),
        Who::Block(block) => Message::plain(block.to_string()),
        Who::Role(id) => role_name(lab, id),
    }
}

/// A protocol and port as people say it: `TCP 443`.
pub(super) fn traffic(by: Traffic) -> Message {
    let (ko, en) = by.protocol.label();
    match (by.protocol, by.port) {
        (Protocol::Icmp, None | Some(8)) => message!("ping(ICMP)", "ping (ICMP)"),
        (Protocol::Icmp, Some(kind)) => message!("ICMP 유형 {kind}", "ICMP type {kind}"),
        (_, Some(port)) => message!("{ko} {port}", "{en} {port}"),
        (_, None) => Message { ko, en },
    }
}

/// A check as a sentence.
pub fn sentence(lab: &Lab, check: &Check) -> Message {
    match check {
        Check::Reaches(of) => reaches(lab, of),
        Check::DoesNotReach(of) => blocked(lab, of),
        Check::OnlyFrom(of) => only(lab, of),
        Check::Url(of) => request(lab, of),
        Check::Survives(of) => survives(lab, of),
        Check::Exists(of) => exists(lab, of),
        Check::Addresses(of) => addresses(lab, of),
        Check::Property(of) => property(lab, of),
        Check::Builds(Builds { of, pushes, hands_over }) => {
            let (of, to) = (role_name(lab, of), role_name(lab, pushes));
            let (of_ko, of_en, to_ko, to_en) = (of.ko, of.en, to.ko, to.en);
            message!(
                "{of_ko}의 buildspec이 이미지를 만들어 환경 변수로 받은 {to_ko}에 올리고 {hands_over}을(를) 아티팩트로 내놓아요",
                "the buildspec of {of_en} builds the image, pushes it to {to_en}, which an environment variable names, and hands over {hands_over} as an artifact"
            )
        }
        Check::Names(Names { of, like }) => {
            let Message { ko, en } = role_name(lab, of);
            message!("{ko}의 이름이 '{like}' 꼴이에요", "the names of {en} are of the form \"{like}\"")
        }
        Check::Tier(TierCheck { of, is }) => {
            let (Message { ko, en }, tier) = (role_name(lab, of), tier(*is));
            let (tier_ko, tier_en) = (tier.ko, tier.en);
            message!("{ko}은(는) {tier_ko}이에요(예요)", "{en}: {tier_en}")
        }
        Check::NoFindings(of) => no_findings(of),
        Check::Cost(Cost { under }) => {
            message!("한 달 비용이 {under:.0}달러를 넘지 않아요", "it costs no more than {under:.0} US dollars a month")
        }
        Check::Teardown(Teardown { first, then }) => {
            let (first, then) = (role_name(lab, first), role_name(lab, then));
            let (first_ko, first_en, then_ko, then_en) = (first.ko, first.en, then.ko, then.en);
            message!(
                "{first_ko}을(를) 지워야 {then_ko}을(를) 지울 수 있어요",
                "{then_en} can be deleted only after {first_en}"
            )
        }
        Check::Template(Template { resources_max }) => match resources_max {
            Some(most) => message!(
                "템플릿이 CloudFormation 한도 안에 있고 리소스가 {most}개를 넘지 않아요",
                "the template keeps to CloudFormation's limits and has at most {most} resources"
            ),
            None => {
                message!("템플릿이 CloudFormation 한도 안에 있어요", "the template keeps to CloudFormation's limits")
            }
        },
        Check::All(all) => joined(lab, all, &message!("다음이 모두 맞아요", "all of this is so")),
        Check::Any(all) => joined(lab, all, &message!("다음 가운데 하나 이상이 맞아요", "at least one of these is so")),
        Check::Not(one) => {
            joined(lab, std::slice::from_ref(one.as_ref()), &message!("다음은 맞지 않아요", "this is not so"))
        }
    }
}

fn joined(lab: &Lab, all: &[Check], head: &Message) -> Message {
    let (ko, en): (Vec<String>, Vec<String>) =
        all.iter().map(|one| sentence(lab, one)).map(|of| (of.ko, of.en)).unzip();
    match (ko.as_slice(), en.as_slice()) {
        ([ko], [en]) if head.en.starts_with("all") => Message { ko: ko.clone(), en: en.clone() },
        _ => {
            Message { ko: format!("{}: {}", head.ko, ko.join(" · ")), en: format!("{}: {}", head.en, en.join(" · ")) }
        }
    }
}

fn reaches(lab: &Lab, of: &Reaches) -> Message {
    let (from, to, by) = (who(lab, &of.from), who(lab, &of.to), traffic(of.by));
    let (from_ko, to_ko, by_ko, from_en, to_en, by_en) = (from.ko, to.ko, by.ko, from.en, to.en, by.en);
    let several = matches!(of.from, Who::Role(_));
    let (subject, object) = match of.how {
        HowMany::Each => (message!("{from_ko}에서", "{from_en}"), message!("{to_ko}(으)로", "{to_en}")),
        HowMany::Any => (
            message!("{from_ko} 가운데 하나 이상에서", "at least one of {from_en}"),
            message!("{to_ko} 가운데 하나 이상으로", "at least one of {to_en}"),
        ),
        HowMany::AtLeast(n) if several => (
            message!("{from_ko} 가운데 {n}개 이상에서", "at least {n} of {from_en}"),
            message!("{to_ko}(으)로", "{to_en}"),
        ),
        HowMany::AtLeast(n) => (
            message!("{from_ko}에서", "{from_en}"),
            message!("{to_ko} 가운데 {n}개 이상으로", "at least {n} of {to_en}"),
        ),
    };
    let (subject_ko, object_ko, subject_en, object_en) = (subject.ko, object.ko, subject.en, object.en);
    let rest = match (of.others, &of.from, &of.to) {
        (Others::Anybody, ..) => {
            return message!(
                "{subject_ko} {object_ko} {by_ko} 연결이 돼요",
                "{subject_en} can connect to {object_en} on {by_en}"
            );
        }
        (_, _, Who::Internet) => message!("인터넷에서 먼저 들어오지는 못해요", "the internet does not come in"),
        (_, Who::Internet, _) => {
            message!("인터넷에 다른 포트는 열려 있지 않아요", "no other port is open to the internet")
        }
        (Others::Nobody, ..) => message!("허용하지 않은 다른 곳에서는 안 돼요", "nobody else can who is not meant to"),
        (Others::Inside, ..) => message!("인터넷에서는 안 돼요", "the internet cannot"),
    };
    let (rest_ko, rest_en) = (rest.ko, rest.en);
    message!(
        "{subject_ko} {object_ko} {by_ko} 연결이 되고, {rest_ko}",
        "{subject_en} can connect to {object_en} on {by_en}, and {rest_en}"
    )
}

fn blocked(lab: &Lab, of: &Blocked) -> Message {
    let (from, to, by) = (who(lab, &of.from), who(lab, &of.to), traffic(of.by));
    let (from_ko, to_ko, by_ko, from_en, to_en, by_en) = (from.ko, to.ko, by.ko, from.en, to.en, by.en);
    if !of.except.is_empty() {
        let (ko, en): (Vec<String>, Vec<String>) =
            of.except.iter().map(|by| traffic(*by)).map(|by| (by.ko, by.en)).unzip();
        let (ko, en) = (ko.join(", "), en.join(", "));
        return message!(
            "{from_ko}에서 {to_ko}(으)로 {ko} 말고는 연결이 안 돼요",
            "{from_en} cannot connect to {to_en} on anything but {en}"
        );
    }
    message!("{from_ko}에서 {to_ko}(으)로 {by_ko} 연결이 안 돼요", "{from_en} cannot connect to {to_en} on {by_en}")
}

fn only(lab: &Lab, of: &Only) -> Message {
    let to = who(lab, &of.to);
    let by = of.by.map_or_else(Message::default, |by| {
        let Message { ko, en } = traffic(by);
        message!(" {ko}(으)로", " on {en}")
    });
    let (to_ko, by_ko, to_en, by_en) = (to.ko, by.ko, to.en, by.en);
    if of.from.is_empty() {
        return message!("{to_ko}에는 아무도{by_ko} 연결하지 못해요", "nobody can connect to {to_en}{by_en}");
    }
    let (ko, en): (Vec<String>, Vec<String>) =
        of.from.iter().map(|one| who(lab, one)).map(|one| (one.ko, one.en)).unzip();
    let (from_ko, from_en) = (ko.join(", "), en.join(", "));
    message!(
        "{to_ko}에{by_ko} 연결할 수 있는 것은 {from_ko}뿐이에요",
        "nobody but {from_en} can connect to {to_en}{by_en}"
    )
}

fn request(lab: &Lab, of: &Request) -> Message {
    let (from, url) = (who(lab, &of.from), of.url.as_str());
    let (from_ko, from_en) = (from.ko, from.en);
    // The name of whoever fills a role is only known in a design.
    let host = url.split_once("://").map_or("", |(_, rest)| rest.split(['/', ':', '?']).next().unwrap_or_default());
    if let Some(role) = lab.role(host) {
        let named = |name: &str| of.url.replacen(host, &format!("<{name}>"), 1);
        let (ko, en) = (named(&role.name.ko), named(&role.name.en));
        let plain = Lab { roles: lab.roles.iter().filter(|one| one.id != host).cloned().collect(), ..lab.clone() };
        let in_words = |url: String| request(&plain, &Request { url, ..of.clone() });
        return Message { ko: in_words(ko).ko, en: in_words(en).en };
    }
    if let Some(to) = &of.redirect {
        return message!(
            "{from_ko}에서 {url}을(를) 열면 {to}(으)로 돌려요",
            "{url}, opened from {from_en}, redirects to {to}"
        );
    }
    if let Some(status) = of.status {
        return message!(
            "{from_ko}에서 {url}을(를) 열면 {status}로 답해요",
            "{url}, opened from {from_en}, answers {status}"
        );
    }
    match &of.by {
        Some(by) => {
            let Message { ko, en } = role_name(lab, by);
            message!(
                "{from_ko}에서 {url}을(를) 열면 {ko}이(가) 답해요",
                "{url}, opened from {from_en}, is answered by {en}"
            )
        }
        None => message!("{from_ko}에서 {url}을(를) 열 수 있어요", "{from_en} can open {url}"),
    }
}

fn survives(lab: &Lab, of: &Survives) -> Message {
    let check = sentence(lab, &of.check);
    let lost = match &of.lost {
        Lost::AnyZone => message!("어느 가용 영역 하나를 잃어도", "whichever availability zone is lost"),
        Lost::EachOf(role) => {
            let Message { ko, en } = role_name(lab, role);
            message!("{ko} 가운데 어느 하나를 잃어도", "whichever of {en} is lost")
        }
        Lost::AllOf(role) => {
            let Message { ko, en } = role_name(lab, role);
            message!("{ko}을(를) 잃어도", "even without {en}")
        }
    };
    Message { ko: format!("{} {}", lost.ko, check.ko), en: format!("{}, {}", check.en, lost.en) }
}

fn exists(lab: &Lab, of: &Exists) -> Message {
    let name = of.name.clone().unwrap_or_else(|| selected(lab, &of.what));
    let (ko, en) = (name.ko, name.en);
    let most = of.max;
    let count = match (of.min.unwrap_or(usize::from(most.is_none())), most) {
        (0, Some(0)) => return message!("{ko}이(가) 없어요", "there is no {en}"),
        (0, Some(most)) => message!("{ko}이(가) {most}개를 넘지 않아요", "there are at most {most} of: {en}"),
        (min, Some(most)) if min == most => {
            message!("{ko}이(가) 정확히 {min}개 있어요", "there are exactly {min} of: {en}")
        }
        (min, Some(most)) => message!("{ko}이(가) {min}개에서 {most}개 있어요", "there are {min} to {most} of: {en}"),
        (0 | 1, None) => message!("{ko}이(가) 있어요", "there is at least one of: {en}"),
        (min, None) => message!("{ko}이(가) {min}개 이상 있어요", "there are at least {min} of: {en}"),
    };
    match of.zones.filter(|zones| *zones > 1) {
        Some(zones) => {
            let (ko, en) = (count.ko, count.en);
            message!("가용 영역 {zones}개 이상에 걸쳐 {ko}", "in at least {zones} availability zones {en}")
        }
        None => count,
    }
}

/// Whom a selector means, in words.
pub(super) fn selected(lab: &Lab, of: &Selector) -> Message {
    let kinds: Vec<Kind> = of.kind.iter().filter_map(|id| Kind::from_id(id)).collect();
    let labels = kinds.iter().map(|kind| kind.spec().label);
    let (mut ko, mut en): (Vec<String>, Vec<String>) =
        labels.map(|of| (of.ko.to_owned(), within_sentence(of.en))).unzip();
    if let Some(category) = of.category.as_ref().and_then(|id| Category::ALL.into_iter().find(|one| one.id() == *id)) {
        ko.push(category.label().ko.to_owned());
        en.push(category.label().en.to_owned());
    }
    let base =
        if ko.is_empty() { message!("리소스", "resource") } else { Message { ko: ko.join("/"), en: en.join("/") } };
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut kinds_of_way: Vec<String> = Vec::new();
    for one in &of.tier {
        let Message { ko, en } = tier(*one);
        before.push(format!("{ko}인"));
        kinds_of_way.push(en);
    }
    let mut add = |of: Message| {
        before.push(of.ko);
        after.push(of.en);
    };
    if let Some(zone) = &of.zone {
        add(message!("가용 영역 {zone}의", "in availability zone {zone}"));
    }
    for (role, ko, en) in [
        (&of.inside, "에 있는", "in"),
        (&of.behind, " 뒤에 있는", "behind"),
        (&of.member_of, "에 속한", "in"),
        (&of.follows, "을(를) 따르는", "following"),
        (&of.uses, "을(를) 쓰는", "using"),
        (&of.used_by, "이(가) 쓰는", "used by"),
    ] {
        if let Some(role) = role {
            let name = role_name(lab, role);
            add(Message::new(&format!("{}{ko}", name.ko), format!("{en} {}", name.en)));
        }
    }
    match of.public_address {
        Some(true) => add(message!("퍼블릭 주소가 있는", "with a public address")),
        Some(false) => add(message!("퍼블릭 주소가 없는", "without a public address")),
        None => {}
    }
    if let Some(pattern) = &of.name {
        add(message!("이름이 '{pattern}' 꼴인", "named like \"{pattern}\""));
    }
    for (id, wish) in &of.fields {
        let Message { ko, en } = wished(lab, &kinds, id, wish);
        add(message!("{ko}인", "with {en}"));
    }
    let ko = before.into_iter().chain([base.ko]).collect::<Vec<_>>().join(" ");
    let way = Some(kinds_of_way.join(" or ")).filter(|way| !way.is_empty());
    let en = way.into_iter().chain([base.en]).chain(after).collect::<Vec<_>>().join(" ");
    Message { ko, en }
}

fn addresses(lab: &Lab, of: &Addresses) -> Message {
    let name = role_name(lab, &of.of);
    let (mut ko, mut en) = (Vec::new(), Vec::new());
    let mut add = |of: Message| {
        ko.push(of.ko);
        en.push(of.en);
    };
    if let Some(block) = &of.inside {
        add(message!("{block} 안에 있어요", "they lie in {block}"));
    }
    if of.disjoint {
        add(message!("서로 겹치지 않아요", "they do not overlap"));
    }
    for block in &of.apart_from {
        add(message!("{block}과(와) 겹치지 않아요", "they do not overlap {block}"));
    }
    match (of.usable_min, of.usable_max) {
        (Some(min), Some(max)) => {
            add(message!("쓸 수 있는 주소가 {min}개에서 {max}개예요", "each has {min} to {max} usable addresses"));
        }
        (Some(min), None) => {
            add(message!("쓸 수 있는 주소가 {min}개 이상이에요", "each has at least {min} usable addresses"));
        }
        (None, Some(max)) => {
            add(message!("쓸 수 있는 주소가 {max}개를 넘지 않아요", "each has at most {max} usable addresses"));
        }
        (None, None) => {}
    }
    if let Some(zones) = of.zones {
        add(message!("가용 영역 {zones}개 이상에 나뉘어 있어요", "they lie in at least {zones} availability zones"));
    }
    if let Some(prefix) = of.room_for {
        add(message!("VPC에 /{prefix} 블록을 하나 더 넣을 자리가 있어요", "their VPC has room for another /{prefix}"));
    }
    Message { ko: format!("{}: {}", name.ko, ko.join(", ")), en: format!("{}: {}", name.en, en.join(", ")) }
}

fn property(lab: &Lab, of: &Property) -> Message {
    let name = role_name(lab, &of.of);
    let kinds: Vec<Kind> =
        lab.role(&of.of).into_iter().flat_map(|role| &role.find.kind).filter_map(|id| Kind::from_id(id)).collect();
    let all = of.fields.iter().map(|(id, wish)| wished(lab, &kinds, id, wish));
    let (ko, en): (Vec<String>, Vec<String>) = all.map(|one| (one.ko, one.en)).unzip();
    let (name_ko, name_en, ko, en) = (name.ko, name.en, ko.join(", "), en.join(", "));
    match of.any {
        true => message!("{name_ko} 가운데 하나 이상: {ko}", "at least one of {name_en}: {en}"),
        false => message!("{name_ko}: {ko}", "{name_en}: {en}"),
    }
}

fn no_findings(of: &NoFindings) -> Message {
    let severity = match of.severity.unwrap_or(SeverityName::Error) {
        SeverityName::Error => message!("오류", "errors"),
        SeverityName::Warning => message!("오류와 경고", "errors and warnings"),
        SeverityName::Info => message!("문제와 제안", "findings"),
    };
    let (ko, en) = (severity.ko, severity.en);
    if of.rules.is_empty() {
        return message!("{ko}이(가) 없어요", "there are no {en}");
    }
    let titles = of.rules.iter().filter_map(|id| crate::rules::rule(id)).map(|rule| rule.title);
    let (ko, en): (Vec<&str>, Vec<&str>) = titles.map(|title| (title.ko, title.en)).unzip();
    let (ko, en) = (ko.join(", "), en.join(", "));
    message!("이런 문제가 없어요: {ko}", "none of these problems: {en}")
}

/// How a subnet gets out, in words.
pub(super) fn tier(is: TierName) -> Message {
    match is {
        TierName::Public => message!("퍼블릭", "public"),
        TierName::Private => message!("프라이빗(NAT로 나감)", "private (out by NAT)"),
        TierName::Isolated => message!("격리", "isolated"),
    }
}

/// A label as it stands within a sentence: `EC2 instance`, `subnet`.
fn within_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}
