//! Where web sites of S3 buckets answer, for alias records.

/// The zone and the host by which an alias record reaches web sites of buckets in a region
/// (<https://docs.aws.amazon.com/general/latest/gr/s3.html>).
pub fn website_endpoint(region: &str) -> Option<(&'static str, String)> {
    let (zone, dash) = match region {
        "us-east-1" => ("Z3AQBSTGFYJSTF", true),
        "us-east-2" => ("Z2O1EMRO9K5GLX", false),
        "us-west-1" => ("Z2F56UZL2M1ACD", true),
        "us-west-2" => ("Z3BJ6K6RIION7M", true),
        "ap-northeast-1" => ("Z2M4EHUR26P7ZW", true),
        "ap-northeast-2" => ("Z3W03O7B5YMIYP", false),
        "ap-southeast-1" => ("Z3O0J2DXBE1FTB", true),
        "ap-southeast-2" => ("Z1WCIGYICN2BYD", true),
        "ap-south-1" => ("Z11RGJOFQNVJUP", false),
        "ca-central-1" => ("Z1QDHH18159H29", false),
        "eu-central-1" => ("Z21DNDUVLTQW6Q", false),
        "eu-west-1" => ("Z1BKCTXD74EZPE", true),
        "eu-west-2" => ("Z3GKZC51ZF0DB4", false),
        "eu-west-3" => ("Z3R1K369G5AVDG", false),
        "eu-north-1" => ("Z3BAZG2TWCNX0D", false),
        "sa-east-1" => ("Z7KQH4QJS55SO", true),
        _ => return None,
    };
    let between = if dash { '-' } else { '.' };
    Some((zone, format!("s3-website{between}{region}.amazonaws.com")))
}

/// Whether a name is that by which web sites of buckets answer in some region, known or not: of a region by parameter it holds `${AWS::Region}`.
pub fn is_website_endpoint(host: &str) -> bool {
    let region = host.trim_end_matches('.').strip_prefix("s3-website").and_then(|rest| {
        let rest = rest.strip_prefix(['-', '.'])?;
        rest.strip_suffix(".amazonaws.com").or_else(|| rest.strip_suffix(".amazonaws.com.cn"))
    });
    region.is_some_and(|region| !region.is_empty() && !region.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::{is_website_endpoint, website_endpoint};

    #[test]
    fn an_endpoint_is_known_by_its_form() {
        for host in [
            "s3-website-us-east-1.amazonaws.com",
            "s3-website.eu-west-3.amazonaws.com.",
            "s3-website-${AWS::Region}.amazonaws.com",
        ] {
            assert!(is_website_endpoint(host), "{host}");
        }
        for host in [
            "b.s3-website-us-east-1.amazonaws.com",
            "s3.amazonaws.com",
            "s3-website-.amazonaws.com",
            "s3-website.example.com",
        ] {
            assert!(!is_website_endpoint(host), "{host}");
        }
    }

    #[test]
    fn older_regions_are_written_with_a_dash() {
        let host = |region| website_endpoint(region).map(|(_, host)| host);
        assert_eq!(host("ap-northeast-2").as_deref(), Some("s3-website.ap-northeast-2.amazonaws.com"));
        assert_eq!(host("us-east-1").as_deref(), Some("s3-website-us-east-1.amazonaws.com"));
        assert_eq!(host("moon-1"), None);
    }
}
