//! Instance types: the names of all, and processors and memory of the families that are chosen.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A line for each family of the values that the API's model gives to `InstanceType`, its sizes from small to large.
pub fn names(model: &Value) -> Result<String> {
    let names = model.pointer("/shapes/InstanceType/enum").and_then(Value::as_array);
    let names = names.context("the model has no shape InstanceType with values")?;
    let mut families: BTreeMap<&str, BTreeSet<(Size, &str)>> = BTreeMap::new();
    for name in names {
        let (family, size) = name.as_str().and_then(|name| name.split_once('.')).context("a name has no dot")?;
        families.entry(family).or_default().insert((Size::of(size)?, size));
    }
    let line = |(family, sizes): (&str, BTreeSet<(Size, &str)>)| {
        let sizes: Vec<&str> = sizes.into_iter().map(|(_, size)| size).collect();
        format!("{family} {}\n", sizes.join(" "))
    };
    Ok(families.into_iter().map(line).collect())
}

/// The order of sizes: what is virtual by its processors, then bare metal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Size(bool, u32);

impl Size {
    fn of(name: &str) -> Result<Self> {
        if let Some(rest) = name.strip_prefix("metal") {
            let number = rest.trim_matches(|letter: char| !letter.is_ascii_digit());
            return Ok(Self(true, number.parse().unwrap_or(0)));
        }
        let small = ["nano", "micro", "small", "medium", "large", "xlarge"];
        if let Some(at) = small.iter().position(|one| *one == name) {
            return Ok(Self(false, u32::try_from(at)?));
        }
        let number = name.strip_suffix("xlarge").and_then(|number| number.parse::<u32>().ok());
        Ok(Self(false, number.with_context(|| format!("the size {name} is not known"))? + 10))
    }
}

/// A chosen family and its largest size that is described.
pub fn families(choices: &toml::Table) -> Result<BTreeMap<&str, &str>> {
    let families = choices.get("instances").and_then(|section| section.get("largest")?.as_table());
    let families = families.context("data.toml has no table instances.largest")?;
    families.iter().map(|(name, size)| Ok((name.as_str(), size.as_str().context("a size is a text")?))).collect()
}

/// The Rust of the chosen families and their sizes.
pub fn table(pages: &[Value], choices: &toml::Table) -> Result<String> {
    let described = pages.iter().filter_map(|page| page.get("InstanceTypes")?.as_array()).flatten();
    let described: BTreeMap<&str, &Value> =
        described.filter_map(|one| Some((one.get("InstanceType")?.as_str()?, one))).collect();
    let (mut consts, mut rows) = (String::new(), String::new());
    for (family, largest) in families(choices)? {
        let of_family = described.iter().filter_map(|(name, one)| {
            let size = name.strip_prefix(family)?.strip_prefix('.')?;
            Some((size, *name, *one))
        });
        let limit = Size::of(largest)?;
        let mut sizes = Vec::new();
        for (size, name, one) in of_family {
            let order = Size::of(size)?;
            if order <= limit {
                sizes.push((order, name, one));
            }
        }
        sizes.sort_by_key(|(order, ..)| *order);
        let (_, _, any) = sizes.last().with_context(|| format!("no type of the family {family} is described"))?;
        let constant = family.to_uppercase().replace('-', "_");
        writeln!(
            consts,
            "const {constant}: &InstanceFamily = &family({family:?}, Purpose::{}, Architecture::{}, {});",
            purpose(family)?,
            architecture(any).with_context(|| format!("of the family {family}"))?,
            any.get("BurstablePerformanceSupported").and_then(Value::as_bool).unwrap_or_default(),
        )?;
        for (_, name, one) in sizes {
            let number = |pointer: &str| {
                one.pointer(pointer)
                    .and_then(Value::as_u64)
                    .with_context(|| format!("{name} has no number at {pointer}"))
            };
            let (vcpus, memory) = (number("/VCpuInfo/DefaultVCpus")?, number("/MemoryInfo/SizeInMiB")?);
            writeln!(rows, "    row({name:?}, {constant}, {vcpus}, {memory}),")?;
        }
    }
    Ok(format!(
        "\nuse super::instance_types::{{Architecture, InstanceFamily, InstanceType, Purpose, family, row}};\n\n{consts}\n\
         /// The instance types that are described, by family and then by size.\npub const INSTANCE_TYPES: &[InstanceType] = &[\n{rows}];\n"
    ))
}

/// What a family is made for, which its first letter says (<https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html>).
fn purpose(family: &str) -> Result<&'static str> {
    Ok(match family.chars().next() {
        Some('t' | 'm') => "GeneralPurpose",
        Some('c') => "ComputeOptimized",
        Some('r') => "MemoryOptimized",
        _ => bail!("it is not known what the family {family} is made for"),
    })
}

fn architecture(described: &Value) -> Result<&'static str> {
    let names = described.pointer("/ProcessorInfo/SupportedArchitectures").and_then(Value::as_array);
    let has = |name: &str| names.is_some_and(|names| names.iter().any(|one| one == name));
    match (has("x86_64"), has("arm64")) {
        (true, false) => Ok("X86_64"),
        (false, true) => Ok("Arm64"),
        _ => bail!("the architecture is neither x86_64 nor arm64 alone"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::chosen;
    use super::*;
    use serde_json::json;

    #[test]
    fn names_stand_by_family_from_small_to_large() {
        let names = [
            "m5.2xlarge",
            "m5.metal",
            "m5.large",
            "m5.xlarge",
            "a1.medium",
            "m5.16xlarge",
            "x8.metal-48xl",
            "x8.metal-24xl",
        ];
        let model = json!({ "shapes": { "InstanceType": { "type": "string", "enum": names } } });
        let expected = "a1 medium\nm5 large xlarge 2xlarge 16xlarge metal\nx8 metal-24xl metal-48xl\n";
        assert_eq!(super::names(&model).unwrap(), expected);
        assert!(super::names(&json!({})).is_err());
        assert!(super::names(&json!({ "shapes": { "InstanceType": { "enum": ["m5.gigantic"] } } })).is_err());
    }

    #[test]
    fn chosen_families_are_described_up_to_their_largest_size() {
        let one = |name: &str, cores: u32, memory: u32, architectures: &[&str]| {
            json!({
                "InstanceType": name, "BurstablePerformanceSupported": name.starts_with('t'),
                "ProcessorInfo": { "SupportedArchitectures": architectures },
                "VCpuInfo": { "DefaultVCpus": cores }, "MemoryInfo": { "SizeInMiB": memory },
            })
        };
        let pages = [
            json!({ "InstanceTypes": [one("t2.small", 1, 2048, &["i386", "x86_64"]), one("m8g.4xlarge", 16, 65536, &["arm64"])] }),
            json!({ "InstanceTypes": [one("t2.nano", 1, 512, &["i386", "x86_64"]), one("m8g.metal", 64, 262144, &["arm64"])] }),
        ];
        let table = |largest: &str| table(&pages, &chosen(&format!("[instances.largest]\n{largest}")));
        let made = table("t2 = \"2xlarge\"\nm8g = \"8xlarge\"").unwrap();
        for line in [
            r#"const M8G: &InstanceFamily = &family("m8g", Purpose::GeneralPurpose, Architecture::Arm64, false);"#,
            r#"const T2: &InstanceFamily = &family("t2", Purpose::GeneralPurpose, Architecture::X86_64, true);"#,
            r#"    row("m8g.4xlarge", M8G, 16, 65536),"#,
        ] {
            assert!(made.contains(line), "{line} is not in\n{made}");
        }
        assert!(made.find("t2.nano") < made.find("t2.small") && !made.contains("metal"), "{made}");
        assert!(table("c5 = \"large\"").unwrap_err().to_string().contains("c5"));
        assert!(table("t2 = \"huge\"").is_err());
    }
}
