//! What reports say of designs, whatever is in their names.

use std::collections::BTreeSet;

use super::{addresses, anchor, findings, page, rules_page};
use crate::catalog::kinds::{Subnet, Vpc};
use crate::derived::Derived;
use crate::design::{Design, Edit};
use crate::rules::list;
use crate::samples;
use crate::text::Lang;

const LANGS: [Lang; 2] = [Lang::Ko, Lang::En];

/// A sample whose names are what HTML, CSV and spreadsheets would run.
fn hostile() -> Design {
    let mut design = samples::two_az_vpc();
    let names = ["<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "a\"b,c", "&amp;]]>"];
    let ids: Vec<_> = design.nodes().map(|(id, _)| id).collect();
    for (id, name) in ids.iter().zip(names.iter().cycle()) {
        design.apply(&Edit::Rename { id: *id, name: (*name).to_owned() }).unwrap();
    }
    design
}

/// The page as a reader of XML takes it: everything is closed and escaped.
fn parsed(page: &str, look: impl FnOnce(&roxmltree::Document<'_>)) {
    let page = page.replacen("<!doctype html>\n", "", 1);
    // HTML's void elements.
    let mut text = page;
    for void in ["<meta ", "<link "] {
        let parts: Vec<String> = text
            .split(void)
            .enumerate()
            .map(|(at, part)| if at == 0 { part.to_owned() } else { part.replacen('>', "/>", 1) })
            .collect();
        text = parts.join(void);
    }
    look(&roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}")));
}

#[test]
fn every_sample_has_a_report_in_both_languages_that_runs_nothing() {
    for sample in samples::list() {
        let derived = Derived::new(sample.draw());
        for lang in LANGS {
            let text = page(&derived, None, lang);
            parsed(&text, |document| {
                let of = |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).count();
                let ids: BTreeSet<_> = document.descendants().filter_map(|node| node.attribute("id")).collect();
                for id in ["drawing", "findings", "addresses", "reachability", "cost"] {
                    assert!(ids.contains(id), "{id}");
                }
                assert_eq!(of("script") + of("iframe") + of("img") + of("form") + of("link"), 0);
                let handlers = document.descendants().flat_map(|node| node.attributes());
                assert!(handlers.into_iter().all(|one| !one.name().starts_with("on")));
                let errors = document.descendants().filter(|node| node.has_tag_name("li")).count();
                assert_eq!(errors, findings::rows(derived.design(), derived.findings()).len());
                assert_eq!(document.descendants().filter(|node| node.tag_name().name() == "svg").count(), 1);
            });
            assert_eq!(text.contains("주소 계획"), lang == Lang::Ko);
        }
    }
}

#[test]
fn an_empty_design_has_a_report() {
    let text = page(&Derived::new(Design::new()), None, Lang::En);
    parsed(&text, |_| {});
    assert!(
        text.contains("There is no VPC.") && text.contains("No problems found.") && text.contains("Nothing reaches")
    );
}

#[test]
fn names_are_no_markup_and_no_formulas() {
    let design = hostile();
    let derived = Derived::new(design.clone());
    let text = page(&derived, None, Lang::En);
    assert!(!text.contains("<script") && text.contains("&lt;script&gt;"));
    parsed(&text, |_| {});
    let table = addresses::csv(&addresses::rows(&derived));
    let found = findings::csv(&findings::rows(&design, derived.findings()), Lang::En);
    assert!(
        table.contains("\"'=HYPERLINK(") && !table.contains(",=") && !found.contains(",=") && !found.contains("\n=")
    );
}

#[test]
fn the_address_plan_counts_what_is_there() {
    let mut design = samples::two_az_vpc();
    let rows = addresses::rows(&Derived::new(design.clone()));
    let (vpcs, subnets): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.subnet.is_none());
    assert_eq!(subnets.len(), design.all::<Subnet>().count());
    let [vpc] = vpcs[..] else { panic!("one block") };
    let taken: u64 = design.all::<Subnet>().map(|(.., subnet)| subnet.cidr.size()).sum();
    assert_eq!((vpc.usable, vpc.in_use), (Some(65_536), Some(taken)));
    assert_eq!(vpc.free, Some(65_536 - taken));
    for row in &subnets {
        let (usable, in_use) = (row.usable.unwrap(), row.in_use.unwrap());
        assert_eq!(row.free, Some(usable - in_use), "{row:?}");
        assert!(row.zone.as_deref().is_some_and(|zone| zone.len() > 2) && row.tier.is_some(), "{row:?}");
    }
    assert!(subnets.iter().any(|row| row.in_use != Some(0)));
    // A subnet outside every block of its VPC is still in the plan, after those within.
    let (id, ..) = design.all::<Subnet>().next().unwrap();
    design.apply(&Edit::set(id, crate::id_of!(Subnet.cidr), "10.99.0.0/24")).unwrap();
    let rows = addresses::rows(&Derived::new(design.clone()));
    assert_eq!(rows.len(), design.all::<Subnet>().count() + design.all::<Vpc>().count());
    assert_eq!(rows.last().unwrap().block.as_deref(), Some("10.99.0.0/24"));
}

#[test]
fn what_only_a_deployment_knows_is_not_counted() {
    let template = r#"{"Parameters": {"Block": {"Type": "String"}}, "Resources": {
        "Net": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Web": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Net"}, "CidrBlock": {"Ref": "Block"}}},
        "Db": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Net"}, "CidrBlock": "10.0.2.0/24"}}}}"#;
    let design = crate::file::read(template).unwrap().design;
    let derived = Derived::new(design);
    let rows = addresses::rows(&derived);
    let of = |name: Option<&str>| rows.iter().find(|row| row.subnet.as_deref() == name).unwrap();
    assert_eq!((of(Some("Web")).block.as_deref(), of(Some("Web")).free), (None, None));
    assert_eq!(of(Some("Db")).usable, Some(251));
    assert_eq!((of(None).usable, of(None).free), (Some(65_536), None));
    assert!(page(&derived, None, Lang::En).contains("not known"));
}

#[test]
fn every_rule_has_its_place_on_both_pages() {
    for lang in LANGS {
        let text = rules_page(lang);
        parsed(&text, |document| {
            let ids: Vec<_> = document
                .descendants()
                .filter(|node| node.has_tag_name("article"))
                .filter_map(|node| node.attribute("id"))
                .collect();
            let all: BTreeSet<_> = list::ALL.iter().map(|rule| rule.id).collect();
            assert_eq!(ids.len(), all.len());
            assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), all);
        });
    }
    assert_eq!(anchor("subnet-overlap", Lang::Ko), "rules/ko.html#subnet-overlap");
}
