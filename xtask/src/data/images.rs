//! Machine images: the public parameters that name the newest of each, and what the images they name are.

use super::{only, tables, text};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fmt::Write;

/// The Rust of the chosen images, in the order they are chosen in.
pub fn table(pages: &[Value], choices: &toml::Table) -> Result<String> {
    let list = |name: &'static str| pages.iter().filter_map(move |page| page.get(name)?.as_array()).flatten();
    let is = |one: &Value, name: &str, wanted: &str| one.get(name).and_then(Value::as_str) == Some(wanted);
    let mut rows = String::new();
    for chosen in tables(choices, "images", "image")? {
        let (id, path) = (text(chosen, "id")?, text(chosen, "parameter")?);
        let parameter = only(list("Parameters").filter(|one| is(one, "Name", path)), &format!("parameter {path}"))?;
        let image = parameter.get("Value").and_then(Value::as_str).context("a parameter has no value")?;
        let described =
            only(list("Images").filter(|one| is(one, "ImageId", image)), &format!("image {image} of {path}"))?;
        let architecture = match described.get("Architecture").and_then(Value::as_str) {
            Some("x86_64") => "X86_64",
            Some("arm64") => "Arm64",
            other => bail!("the image of {path} is for {other:?}"),
        };
        let least_root = root_size(described).with_context(|| format!("the image of {path} has no root volume"))?;
        let (ko, en, user) = (text(chosen, "ko")?, text(chosen, "en")?, text(chosen, "user")?);
        writeln!(
            rows,
            "    Ami {{ id: {id:?}, label: t({ko:?}, {en:?}), ssm_path: {path:?}, architecture: Architecture::{architecture}, \
             user: {user:?}, least_root: {least_root} }},"
        )?;
    }
    Ok(format!(
        "\nuse super::{{Ami, Architecture}};\nuse crate::text::t;\n\n\
         /// The images, the one to take by default first.\npub const AMIS: &[Ami] = &[\n{rows}];\n"
    ))
}

/// The GiB of the snapshot that the root volume is made from.
fn root_size(image: &Value) -> Option<u64> {
    let root = image.get("RootDeviceName")?;
    let volumes = image.get("BlockDeviceMappings")?.as_array()?;
    volumes.iter().find(|one| one.get("DeviceName") == Some(root))?.pointer("/Ebs/VolumeSize")?.as_u64()
}

#[cfg(test)]
mod tests {
    use super::super::tests::chosen;
    use super::*;
    use serde_json::json;

    #[test]
    fn images_are_what_their_parameter_names() {
        let choices = chosen(
            r#"
            [[images.image]]
            id = "moon-arm64"
            ko = "달"
            en = "Moon"
            parameter = "/aws/service/moon"
            user = "moon"
        "#,
        );
        let parameters = json!({ "Parameters": [{ "Name": "/aws/service/moon", "Value": "ami-1" }, { "Name": "/aws/service/sun", "Value": "ami-2" }] });
        let image = |architecture: &str| {
            json!({ "Images": [{
                "ImageId": "ami-1", "Architecture": architecture, "RootDeviceName": "/dev/xvda",
                "BlockDeviceMappings": [
                    { "DeviceName": "/dev/sdb", "Ebs": { "VolumeSize": 100 } },
                    { "DeviceName": "/dev/xvda", "Ebs": { "VolumeSize": 8 } },
                ],
            }] })
        };
        let made = table(&[parameters.clone(), image("arm64")], &choices).unwrap();
        let row = r#"Ami { id: "moon-arm64", label: t("달", "Moon"), ssm_path: "/aws/service/moon", architecture: Architecture::Arm64, user: "moon", least_root: 8 },"#;
        assert!(made.contains(row), "{made}");
        assert!(table(&[image("arm64")], &choices).unwrap_err().to_string().contains("/aws/service/moon"));
        assert!(table(std::slice::from_ref(&parameters), &choices).unwrap_err().to_string().contains("ami-1"));
        assert!(table(&[parameters, image("i386")], &choices).is_err());
    }
}
