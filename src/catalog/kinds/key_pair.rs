//! A key pair for signing in by SSH.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Where the key comes from.
    pub enum KeySource {
        Existing = "existing" ("이미 있는 키", "Existing key"),
        Create = "create" ("새로 만들기", "Create with the stack"),
    }
}

choices! {
    /// The key's algorithm.
    pub enum KeyType {
        Rsa = "rsa" ("RSA", "RSA"),
        Ed25519 = "ed25519" ("ED25519", "ED25519"),
    }
}

/// A key that instances admit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPair {
    /// An existing key becomes a template parameter; a created one a resource whose private half lies in Parameter Store.
    pub source: KeySource,
    /// Algorithm of a created key.
    pub key_type: KeyType,
}

impl Resource for KeyPair {
    const KIND: Kind = Kind::KeyPair;
    const SPEC: Spec = Spec {
        id: "key_pair",
        label: t("키 페어", "Key pair"),
        category: Category::Security,
        cloudformation_type: "AWS::EC2::KeyPair",
        placement: Placement { root: true, parents: &[Kind::Region, Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["ssh", "pem", "키"],
    };
    const SUMMARY: Text = t("인스턴스에 SSH로 접속할 때 쓰는 키예요.", "The key for signing in to instances by SSH.");
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(source, "키 준비", "Where the key comes from", Widget::Choice(KeySource::CHOICES)).help(
            "이미 있는 키는 템플릿의 파라미터가 되고, 새 키는 스택과 함께 만들어져요.",
            "An existing key becomes a template parameter; a new one is created with the stack.",
        ),
        field!(key_type, "키 유형", "Key type", Widget::Choice(KeyType::CHOICES))
            .property("KeyType")
            .when(|key: &Self| key.source == KeySource::Create)
            .help("Windows에는 RSA만 쓸 수 있어요.", "Windows instances take RSA only."),
    ];

    fn is_deployed(&self) -> bool {
        self.source == KeySource::Create
    }
}
