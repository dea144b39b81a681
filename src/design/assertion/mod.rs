//! What people pin: a claim about who reaches whom that should hold, now and when a zone is lost.
//!
//! An assertion is data of the document. [`crate::reach::judge`] decides whether it holds; nothing of the answer is stored.

mod form;

use std::net::Ipv4Addr;

use super::{Design, MAX_NAME};
use crate::catalog::{Category, Kind};
use crate::id::NodeId;
use crate::message;
use crate::net::Protocol;
use crate::text::Message;

/// Assertions a document may have.
pub const MAX_ASSERTIONS: usize = 200;
/// Characters a URL in an assertion may have.
pub const MAX_URL: usize = 2_048;

/// A claim that should hold. In files: `{"from":"internet","to":{"node":"n7"},"protocol":"tcp","port":443}`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(into = "form::Form", try_from = "form::Form")]
pub struct Assertion {
    /// What should be so.
    pub expect: Expect,
    /// Who begins.
    pub from: Subject,
    /// What they should or should not get.
    pub wanted: Wanted,
    /// What is taken away before anything is asked.
    pub lost: Option<Loss>,
}

/// What should be so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// Each source reaches each destination.
    #[default]
    Reaches,
    /// Some source reaches some destination.
    ReachesAny,
    /// No source reaches any destination.
    Unreached,
}

/// One end of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Anybody on the internet.
    Internet,
    /// One address.
    Address(Ipv4Addr),
    /// A resource; a frame stands for all that is in it, a security group for its members, a target group for its targets.
    Node(NodeId),
    /// A resource by id, logical id or name, for claims that are written apart from the design.
    Name(String),
    /// Every resource of a kind, whatever it is called.
    Kind(Kind),
    /// Every resource of a category that is in the network: any database.
    Category(Category),
}

/// What the source asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A connection.
    Traffic {
        /// To whom.
        to: Subject,
        /// By which protocol.
        protocol: Protocol,
        /// To which port. Without one, a claim that somebody reaches speaks of every port, and one that nobody does of any.
        port: Option<u16>,
    },
    /// A page: name, certificate, listener and target must all be there.
    Page(String),
}

/// What is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The availability zones with this letter.
    Zone(String),
    /// Each zone in turn: the claim must hold whichever it is.
    AnyZone,
    /// A resource with all that is in it.
    Node(NodeId),
}

impl Subject {
    /// What a word means: `internet`, an address, or a name.
    pub fn word(word: &str) -> Self {
        match word.trim() {
            "internet" => Self::Internet,
            other => other.parse().map_or_else(|_| Self::Name(other.to_owned()), Self::Address),
        }
    }
}

impl Assertion {
    /// That `from` reaches `to` by TCP.
    pub const fn reaches(from: Subject, to: Subject, port: u16) -> Self {
        let wanted = Wanted::Traffic { to, protocol: Protocol::Tcp, port: Some(port) };
        Self { expect: Expect::Reaches, from, wanted, lost: None }
    }

    /// The resources it names by id.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        let of = |subject: &Subject| if let Subject::Node(id) = subject { Some(*id) } else { None };
        let to = if let Wanted::Traffic { to, .. } = &self.wanted { of(to) } else { None };
        let lost = if let Some(Loss::Node(id)) = self.lost { Some(id) } else { None };
        [of(&self.from), to, lost].into_iter().flatten()
    }

    /// Why a design does not take it.
    pub(super) fn refused(&self, design: &Design) -> Option<Message> {
        if let Some(id) = self.nodes().find(|id| design.node(*id).is_none()) {
            return Some(message!("{id}은(는) 이제 없는 리소스예요.", "There is no resource {id} any more."));
        }
        let to = if let Wanted::Traffic { to, .. } = &self.wanted { Some(to) } else { None };
        let odd = |subject: &Subject| match subject {
            Subject::Name(name) => {
                name.is_empty() || name.chars().count() > MAX_NAME || Subject::word(name) != *subject
            }
            _ => false,
        };
        if odd(&self.from) || to.is_some_and(odd) {
            return Some(message!(
                "출발지나 목적지의 이름이 비었거나 {MAX_NAME}자보다 길어요.",
                "The name of the source or destination is empty or longer than {MAX_NAME} characters."
            ));
        }
        if let Some(Loss::Zone(letter)) = &self.lost
            && !(1..=MAX_NAME).contains(&letter.chars().count())
        {
            return Some(message!("잃는 가용 영역의 글자가 없어요.", "The letter of the lost zone is missing."));
        }
        match &self.wanted {
            Wanted::Page(url) if url.chars().count() > MAX_URL => Some(message!(
                "URL이 너무 길어요. {MAX_URL}자까지 쓸 수 있어요.",
                "The URL is too long: at most {MAX_URL} characters."
            )),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Edit, Session, broken_invariants};
    use crate::file;
    use crate::rules::testing::two_zones;

    #[test]
    fn pinned_claims_are_undone_saved_and_leave_with_what_they_are_about() {
        let n = two_zones();
        let mut session = Session::new(n.design().clone());
        let before = file::save(session.design());
        assert!(!before.contains("assertions"), "a design without claims is written as before");
        let claims = vec![
            Assertion::reaches(Subject::Internet, Subject::Node(n.id("web")), 80),
            Assertion {
                lost: Some(Loss::AnyZone),
                ..Assertion::reaches(Subject::Node(n.id("app")), Subject::Internet, 443)
            },
        ];
        session.edit(&[Edit::Assertions(claims.clone())]).unwrap();
        assert_eq!(session.design().assertions(), claims);
        let saved = file::save(session.design());
        assert_eq!(&file::open(&saved).unwrap(), session.design());
        let export = crate::cloudformation::export(session.design());
        assert_eq!(&file::read(export.text()).unwrap().design, session.design());
        session.edit(&[Edit::Remove(n.id("web"))]).unwrap();
        assert_eq!(session.design().assertions(), &claims[1..]);
        assert_eq!(broken_invariants(session.design()), Vec::<String>::new());
        session.undo();
        assert_eq!(session.design().assertions(), claims);
        session.undo();
        assert_eq!(file::save(session.design()), before);
    }

    #[test]
    fn claims_about_what_is_not_there_or_too_many_are_refused() {
        let n = two_zones();
        let mut design = n.design().clone();
        let about = |to| Assertion::reaches(Subject::Internet, to, 80);
        let claim = about(Subject::Node(NodeId(9_999)));
        assert!(design.apply(&Edit::Assertions(vec![claim])).is_err());
        let many = vec![about(Subject::Internet); MAX_ASSERTIONS + 1];
        assert!(design.apply(&Edit::Assertions(many)).unwrap_err().why.ko.contains("200"));
        for name in ["", " web", "internet", "10.0.0.1"] {
            assert!(design.apply(&Edit::Assertions(vec![about(Subject::Name(name.to_owned()))])).is_err(), "{name:?}");
        }
        let damaged =
            file::save(&design).replace("\"nodes\":[", "\"assertions\":[{\"from\":\"internet\"}],\"nodes\":[");
        let error = file::open(&damaged).unwrap_err();
        assert!(error.message().en.contains("either"), "{}", error.message().en);
    }
}
