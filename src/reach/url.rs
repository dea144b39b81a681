//! A URL taken apart, and the stages a request for it goes through.

use super::balancer::TargetReach;
use super::question::Trace;
use super::verdict::Verdict;
use crate::id::NodeId;
use crate::message;
use crate::net::DomainName;

use crate::text::Message;

/// A URL taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// Whether it is https.
    pub secure: bool,
    /// The host, in small letters.
    pub host: DomainName,
    /// The port, written or implied.
    pub port: u16,
    /// The path, starting with a slash.
    pub path: String,
    /// The query after the question mark, without it.
    pub query: String,
}

impl std::str::FromStr for Url {
    type Err = Message;

    fn from_str(text: &str) -> Result<Self, Message> {
        let bad = || {
            message!(
                "'{text}'은(는) http:// 또는 https://로 시작하는 URL이 아니에요.",
                "\"{text}\" is not a URL that starts with http:// or https://."
            )
        };
        let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(bad()),
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, tail) = rest.find(['/', '?']).map_or((rest, ""), |at| rest.split_at(at));
        let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| bad())?),
            None => (authority, if secure { 443 } else { 80 }),
        };
        let host = host.parse::<DomainName>().map_err(|error| {
            let (ko, en) = error.message();
            Message::new(&ko, en)
        })?;
        let path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
        Ok(Self { secure, host, port, path, query: query.to_owned() })
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (scheme, usual) = if self.secure { ("https", 443) } else { ("http", 80) };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port != usual {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(&self.path)?;
        if self.query.is_empty() { Ok(()) } else { write!(f, "?{}", self.query) }
    }
}

/// What a stage is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageKind {
    /// The name and its record.
    Name,
    /// The client's way to the balancer or instance.
    Network,
    /// The listener.
    Listener,
    /// The certificate.
    Certificate,
    /// The listener rule or default action.
    Rule,
    /// A redirect that is followed.
    Redirect,
    /// A target group and its targets.
    Targets,
    /// What the client gets in the end.
    Answer,
}

/// An answer that a listener or an edge gives by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A fixed response with this status.
    Status(String),
    /// A redirect to this address.
    Redirect(String),
}

/// One stage of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// What it is about.
    pub kind: StageKind,
    /// The resource in charge.
    pub node: Option<NodeId>,
    /// Whether requests get past, all or some of them.
    pub ok: bool,
    /// The same as a verdict.
    pub verdict: Verdict,
    /// What happens here and, where it fails, what to do.
    pub message: Message,
    /// The network's part, at stages of kind Network.
    pub trace: Option<Trace>,
    /// The targets, at stages of kind Targets.
    pub targets: Vec<TargetReach>,
    /// What is answered at once, where it is.
    pub reply: Option<Reply>,
}

/// A request's whole way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UrlTrace {
    /// In order.
    pub stages: Vec<Stage>,
}

impl UrlTrace {
    /// Whether the client gets the page: every stage passes, and the target groups over which requests are spread.
    pub fn verdict(&self) -> Verdict {
        let (last, before): (Vec<&Stage>, Vec<&Stage>) =
            self.stages.iter().partition(|stage| stage.kind == StageKind::Targets);
        let whole = before.iter().fold(Verdict::Yes, |all, stage| all.and(stage.verdict));
        let served =
            if last.is_empty() { Verdict::Yes } else { Verdict::spread(last.iter().map(|stage| stage.verdict)) };
        if self.stages.is_empty() { Verdict::No } else { whole.and(served) }
    }

    /// Whether clients get the page, all or some of them.
    pub fn reachable(&self) -> bool {
        self.verdict().connects()
    }

    pub(super) fn add(&mut self, kind: StageKind, node: Option<NodeId>, ok: bool, message: Message) -> bool {
        let verdict = if ok { Verdict::Yes } else { Verdict::No };
        self.stages.push(Stage { kind, node, ok, verdict, message, trace: None, targets: Vec::new(), reply: None });
        ok
    }

    /// A stage of which it is not known whether requests get past; they are not followed further.
    pub(super) fn not_known(&mut self, kind: StageKind, node: Option<NodeId>, message: Message) -> bool {
        self.add(kind, node, false, message);
        if let Some(last) = self.stages.last_mut() {
            last.verdict = Verdict::Unknown;
        }
        false
    }

    /// Says what the stage that was added last answers at once.
    pub(super) fn replied(&mut self, reply: Reply) {
        if let Some(last) = self.stages.last_mut() {
            last.reply = Some(reply);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_taken_apart_and_refused_with_a_reason() {
        let url: Url = "https://App.example.com:8443/api/x?v=1#top".parse().unwrap();
        assert_eq!(
            (url.secure, url.host.as_str(), url.port, url.path.as_str(), url.query.as_str()),
            (true, "app.example.com", 8443, "/api/x", "v=1")
        );
        assert_eq!(url.to_string(), "https://app.example.com:8443/api/x?v=1");
        for bad in ["ftp://example.com", "example.com", "http://", "http://example.com:99999/", "https://한글.com"] {
            assert!(bad.parse::<Url>().is_err(), "{bad}");
        }
    }
}
