//! Where a client is sent, compared as an address and not as a text: a host is the whole host, and a port counts whether it is written or not.

use crate::labs::select::fits;

/// Whether an address that a client is sent to is the one that is meant. In host and path of the one that is meant `*` stands for anything; right after
/// the host it stands for any path.
pub(super) fn leads(meant: &str, to: &str) -> bool {
    match (Parts::of(meant), Parts::of(to)) {
        (Some(meant), Some(to)) => {
            meant.scheme.eq_ignore_ascii_case(to.scheme)
                && fits(meant.host, to.host)
                && meant.port == to.port
                // Paths tell capitals apart.
                && crate::reach::wild(meant.rest, to.rest)
        }
        _ => fits(meant, to),
    }
}

struct Parts<'a> {
    scheme: &'a str,
    host: &'a str,
    port: &'a str,
    /// Path and query.
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn of(address: &'a str) -> Option<Self> {
        let (scheme, after) = address.split_once("://")?;
        let (authority, rest) = after.find(['/', '?']).map_or((after, "/"), |at| after.split_at(at));
        let (authority, rest) = match authority.strip_suffix('*') {
            Some(authority) if !authority.is_empty() && rest == "/" => (authority, "*"),
            _ => (authority, rest),
        };
        let usual = if scheme.eq_ignore_ascii_case("https") { "443" } else { "80" };
        let (host, port) = authority.split_once(':').unwrap_or((authority, usual));
        Some(Self { scheme, host, port, rest })
    }
}

#[cfg(test)]
mod tests {
    use super::leads;

    #[test]
    fn addresses_are_compared_part_by_part() {
        for (meant, to, want) in [
            ("https://www.example.com/x", "https://www.example.com/x", true),
            ("https://www.example.com/x", "https://www.example.com:443/x", true),
            ("https://www.example.com/x", "https://WWW.example.com/x", true),
            ("https://www.example.com/x", "https://www.example.com/X", false),
            ("https://www.example.com/x", "https://www.example.com:8443/x", false),
            ("https://www.example.com/x", "http://www.example.com/x", false),
            ("http://www.example.com/", "http://www.example.com:80/", true),
            ("https://www.example.com", "https://www.example.com/", true),
            ("https://www.example.com*", "https://www.example.com/any/path?q=1", true),
            ("https://www.example.com*", "https://www.example.com.evil.org/", false),
            ("https://www.example.com*", "https://www.example.com:444/", false),
            ("https://*.example.com/*", "https://shop.example.com/a", true),
            ("https://*.example.com/*", "https://example.org/a", false),
        ] {
            assert_eq!(leads(meant, to), want, "{meant} {to}");
        }
    }
}
