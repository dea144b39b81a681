//! Prices by region, from AWS's price lists
//! (<https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html>).

use super::texts;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The Rust of the prices of the chosen regions, instance families and database classes.
pub fn table(lists: &[Value], choices: &toml::Table, date: &str) -> Result<String> {
    let offers = Offer::all(lists);
    let regions = texts(choices, "prices", "regions")?;
    let mut text = format!(
        "\nuse super::prices::Region;\n\n/// The month of the price lists.\npub const AS_OF: &str = {date:?};\n\n\
         /// The prices that each region has once.\npub(super) const REGIONS: [Region; {}] = [\n",
        regions.len()
    );
    for code in &regions {
        let of = |usage: &str| {
            price(offers.iter().filter(|offer| offer.is_usage(code, usage)), &format!("{usage} in {code}"))
        };
        let balancer = |offer: &&Offer<'_>| offer.attribute("operation") == Some("LoadBalancing:Application");
        let balancers = offers.iter().filter(|offer| offer.is_usage(code, "LoadBalancerUsage"));
        let volumes = ["gp3", "gp2", "piops", "st1", "sc1"].map(|kind| of(&format!("EBS:VolumeUsage.{kind}")));
        let volumes = volumes.into_iter().collect::<Result<Vec<_>>>()?;
        writeln!(
            text,
            "Region {{ code: {code:?}, nat_hour: {:?}, balancer_hour: {:?}, endpoint_hour: {:?}, volumes: {volumes:?}, iops_month: {:?}, \
             gp3_month: ({:?}, {:?}), database_storage: {:?}, fargate_hour: ({:?}, {:?}) }},",
            of("NatGateway-Hours")?,
            price(balancers.filter(balancer), &format!("load balancers in {code}"))?,
            of("VpcEndpoint-Hours")?,
            of("EBS:VolumeP-IOPS.piops")?,
            of("EBS:VolumeP-IOPS.gp3")?,
            // Listed for a GiB a second.
            of("EBS:VolumeP-Throughput.gp3")? / 1024.0,
            of("RDS:GP2-Storage")?,
            of("Fargate-vCPU-Hours:perCPU")?,
            of("Fargate-GB-Hours")?,
        )?;
    }
    text.push_str("];\n");
    let instance = |offer: &Offer<'_>| {
        let wanted =
            [("operatingSystem", "Linux"), ("tenancy", "Shared"), ("preInstalledSw", "NA"), ("capacitystatus", "Used")];
        wanted.iter().all(|(name, value)| offer.attribute(name) == Some(value))
    };
    let families = texts(choices, "prices", "instances")?;
    let about = "Linux instances for an hour, in the order of [`REGIONS`]; nothing where a region has no such type.";
    rows(&mut text, ("INSTANCES", about), &regions, &families, &offers, instance)?;
    let families = texts(choices, "prices", "databases")?;
    for (name, option, words) in [("DATABASES", "Single-AZ", "in one zone"), ("STANDBYS", "Multi-AZ", "with a standby")]
    {
        let database = |offer: &Offer<'_>| {
            offer.attribute("databaseEngine") == Some("MySQL") && offer.attribute("deploymentOption") == Some(option)
        };
        let about = format!("MySQL and MariaDB {words} for an hour, in the order of [`REGIONS`].");
        rows(&mut text, (name, &about), &regions, &families, &offers, database)?;
    }
    Ok(text)
}

/// A constant with a row for each type of the families and a column for each region.
fn rows(
    text: &mut String,
    (name, about): (&str, &str),
    regions: &[&str],
    families: &[&str],
    offers: &[Offer<'_>],
    wanted: impl Fn(&Offer<'_>) -> bool,
) -> Result<()> {
    let mut found: BTreeMap<(&str, &str), Vec<Vec<&Offer<'_>>>> = BTreeMap::new();
    for offer in offers.iter().filter(|offer| wanted(offer)) {
        let Some(name) = offer.attribute("instanceType") else { continue };
        let family = name.rsplit_once('.').map_or(name, |(family, _)| family);
        let Some(column) = regions.iter().position(|code| offer.attribute("regionCode") == Some(code)) else {
            continue;
        };
        if families.contains(&family) {
            let columns = found.entry((family, name)).or_insert_with(|| vec![Vec::new(); regions.len()]);
            columns[column].push(offer);
        }
    }
    if let Some(missing) = families.iter().find(|family| !found.keys().any(|(of, _)| of == *family)) {
        bail!("the price lists have no type of the family {missing}");
    }
    let cell = |offers: &Vec<&Offer<'_>>, name: &str| {
        if offers.is_empty() { Ok(None) } else { price(offers.iter().copied(), name).map(Some) }
    };
    let mut lines = Vec::new();
    for ((_, name), columns) in found {
        let cells = columns.iter().map(|offers| cell(offers, name)).collect::<Result<Vec<_>>>()?;
        let dearest = cells.iter().flatten().copied().fold(0.0, f64::max);
        lines.push((
            name.rsplit_once('.').map_or(name, |(family, _)| family),
            dearest,
            format!("({name:?}, {cells:?}),\n"),
        ));
    }
    lines.sort_by(|left, right| left.0.cmp(right.0).then(left.1.total_cmp(&right.1)));
    let body: String = lines.into_iter().map(|(.., line)| line).collect();
    let count = body.lines().count();
    write!(
        text,
        "\n/// {about}\npub(super) const {name}: [(&str, [Option<f64>; {}]); {count}] = [\n{body}];\n",
        regions.len()
    )?;
    Ok(())
}

/// A product and its terms.
struct Offer<'a> {
    product: &'a Value,
    terms: &'a Value,
}

impl<'a> Offer<'a> {
    /// The products that can be had on demand.
    fn all(lists: &'a [Value]) -> Vec<Self> {
        let of_list = |list: &'a Value| {
            let products = list.get("products").and_then(Value::as_object).into_iter().flatten();
            products.filter_map(|(sku, product)| {
                Some(Offer { product, terms: list.get("terms")?.get("OnDemand")?.get(sku)? })
            })
        };
        lists.iter().flat_map(of_list).collect()
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        self.product.get("attributes")?.get(name)?.as_str()
    }

    /// Whether it is billed as `usage` in a region: most regions stand before it with a short code, as in `APN2-NatGateway-Hours`.
    fn is_usage(&self, region: &str, usage: &str) -> bool {
        let is_code =
            |code: &str| code.len() < 6 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let given = self.attribute("usagetype").and_then(|given| given.strip_suffix(usage));
        self.attribute("regionCode") == Some(region)
            && given.is_some_and(|code| code.is_empty() || code.strip_suffix('-').is_some_and(is_code))
    }

    /// The dollars of the first unit.
    fn dollars(&self) -> Option<f64> {
        let dimensions = self.terms.as_object()?.values().filter_map(|term| term.get("priceDimensions")?.as_object());
        let first = |one: &&Value| one.get("beginRange").and_then(Value::as_str).is_none_or(|begin| begin == "0");
        let one = dimensions.flat_map(|all| all.values()).find(first)?;
        one.pointer("/pricePerUnit/USD")?.as_str()?.parse().ok()
    }
}

/// The price of `offers`, which must agree; what costs nothing is a reservation of capacity and not meant.
fn price<'a>(offers: impl Iterator<Item = &'a Offer<'a>>, what: &str) -> Result<f64> {
    let prices: BTreeSet<u64> =
        offers.filter_map(Offer::dollars).filter(|dollars| *dollars > 0.0).map(f64::to_bits).collect();
    if prices.len() > 1 {
        let all: Vec<f64> = prices.into_iter().map(f64::from_bits).collect();
        bail!("{what} has several prices: {all:?}");
    }
    prices.first().copied().map(f64::from_bits).with_context(|| format!("the price lists have no price of {what}"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::chosen;
    use super::*;
    use serde_json::json;

    const CHOICES: &str = r#"
        [prices]
        regions = ["us-east-1", "ap-northeast-2"]
        instances = ["t3"]
        databases = ["db.t3"]
    "#;

    /// A price list of one region in the published form.
    fn list(region: &str, code: &str, factor: f64) -> Value {
        let mut list =
            json!({ "formatVersion": "v1.0", "offerCode": "AmazonEC2", "products": {}, "terms": { "OnDemand": {} } });
        let mut add = |mut attributes: Value, dollars: f64| {
            let sku = format!("{region}{}", list["products"].as_object().unwrap().len());
            attributes["regionCode"] = region.into();
            if let Some(usage) = attributes.get("usagetype").and_then(Value::as_str) {
                attributes["usagetype"] = format!("{code}{usage}").into();
            }
            let dimension = |begin: &str, dollars: f64| json!({ "beginRange": begin, "unit": "Hrs", "pricePerUnit": { "USD": format!("{dollars:.10}") } });
            let rates = json!({ "x.2": dimension("1000", dollars / 2.0), "x.1": dimension("0", dollars) });
            list["terms"]["OnDemand"][&sku] =
                json!({ format!("{sku}.JRTCKXETXF"): { "sku": sku, "priceDimensions": rates } });
            list["products"][&sku] = json!({ "sku": sku, "attributes": attributes });
        };
        for (usage, dollars) in [
            ("NatGateway-Hours", 0.045),
            ("VpcEndpoint-Hours", 0.01),
            ("EBS:VolumeUsage.gp3", 0.08),
            ("EBS:VolumeUsage.gp2", 0.1),
            ("EBS:VolumeUsage.piops", 0.125),
            ("EBS:VolumeUsage.st1", 0.045),
            ("EBS:VolumeUsage.sc1", 0.015),
            ("EBS:VolumeP-IOPS.piops", 0.065),
            ("EBS:VolumeP-IOPS.gp3", 0.005),
            ("EBS:VolumeP-Throughput.gp3", 40.96),
            ("RDS:GP2-Storage", 0.115),
            ("Fargate-vCPU-Hours:perCPU", 0.04),
            ("Fargate-ARM-vCPU-Hours:perCPU", 0.03),
            ("Fargate-GB-Hours", 0.004),
        ] {
            add(json!({ "usagetype": usage }), dollars * factor);
        }
        add(json!({ "usagetype": "LoadBalancerUsage", "operation": "LoadBalancing:Application" }), 0.0225);
        add(json!({ "usagetype": "LoadBalancerUsage", "operation": "LoadBalancing" }), 0.025);
        let instance = |name: &str, system: &str, capacity: &str| json!({ "instanceType": name, "operatingSystem": system, "tenancy": "Shared", "preInstalledSw": "NA", "capacitystatus": capacity });
        add(instance("t3.large", "Linux", "Used"), 0.0832 * factor);
        add(instance("t3.micro", "Linux", "Used"), 0.0104 * factor);
        add(instance("t3.micro", "Linux", "AllocatedCapacityReservation"), 0.0);
        add(instance("t3.micro", "Windows", "Used"), 0.0196);
        let database = |engine: &str, option: &str| json!({ "instanceType": "db.t3.micro", "databaseEngine": engine, "deploymentOption": option });
        add(database("MySQL", "Single-AZ"), 0.017);
        add(database("MySQL", "Multi-AZ"), 0.034);
        add(database("Oracle", "Single-AZ"), 0.5);
        list
    }

    #[test]
    fn prices_stand_by_region_in_the_order_chosen() {
        let lists = [list("ap-northeast-2", "APN2-", 2.0), list("us-east-1", "", 1.0)];
        let made = table(&lists, &chosen(CHOICES), "2026-11").unwrap();
        for line in [
            "AS_OF: &str = \"2026-11\"",
            "Region { code: \"us-east-1\", nat_hour: 0.045, balancer_hour: 0.0225, endpoint_hour: 0.01, volumes: [0.08, 0.1, 0.125, 0.045, 0.015], \
             iops_month: 0.065, gp3_month: (0.005, 0.04), database_storage: 0.115, fargate_hour: (0.04, 0.004) },",
            "(\"t3.micro\", [Some(0.0104), Some(0.0208)]),\n(\"t3.large\", [Some(0.0832), Some(0.1664)]),",
            "DATABASES: [(&str, [Option<f64>; 2]); 1] = [\n(\"db.t3.micro\", [Some(0.017), Some(0.017)]),",
            "STANDBYS: [(&str, [Option<f64>; 2]); 1] = [\n(\"db.t3.micro\", [Some(0.034), Some(0.034)]),",
        ] {
            assert!(made.contains(line), "{line}\nis not in\n{made}");
        }
    }

    #[test]
    fn what_is_missing_or_has_two_prices_is_named() {
        let refused =
            |lists: &[Value], choices: &str| format!("{:#}", table(lists, &chosen(choices), "2026-11").unwrap_err());
        let east = list("us-east-1", "", 1.0);
        let one = CHOICES.replace(", \"ap-northeast-2\"", "");
        assert!(refused(std::slice::from_ref(&east), CHOICES).contains("ap-northeast-2"));
        assert!(refused(&[east.clone(), list("us-east-1", "", 2.0)], &one).contains("several prices"));
        assert!(refused(&[east], &one.replace("\"t3\"", "\"t3\", \"m5\"")).contains("m5"));
    }
}
