//! The rules that a fault of a template can break, by name. Whoever finds a fault and whoever explains it write the same constant.

use std::fmt;

/// The stable name of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(&'static str);

impl RuleId {
    /// The name, in words with dashes.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! rule_ids {
    ($($name:ident = $id:literal,)+) => {
        impl RuleId {
            $(#[doc = concat!("`", $id, "`")] pub const $name: Self = Self($id);)+

            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

rule_ids! {
    ACL_RULE_PORTS = "acl-rule-ports",
    ALIAS_ZONE_MISMATCH = "alias-zone-mismatch",
    CERTIFICATE_VALIDATION_DOMAIN = "certificate-validation-domain",
    CONTAINER_HOST_PORT = "container-host-port",
    CONTAINER_LOG_OPTIONS = "container-log-options",
    ENDPOINT_PRIVATE_DNS_TWICE = "endpoint-private-dns-twice",
    NAME_TOO_LONG = "name-too-long",
    PIPELINE_WITHOUT_SOURCE = "pipeline-without-source",
    POLICY_DOCUMENT_MALFORMED = "policy-document-malformed",
    PUBLIC_BEFORE_ATTACHMENT = "public-before-attachment",
    RECORD_ALIAS_WITH_TTL = "record-alias-with-ttl",
    RECORD_OUTSIDE_ZONE = "record-outside-zone",
    RECORD_VALUE_MALFORMED = "record-value-malformed",
    ROUTE_BEFORE_ATTACHMENT = "route-before-attachment",
    SCALING_HEALTH_CHECK_TYPES = "scaling-health-check-types",
    SECRET_IN_CLEAR = "secret-in-clear",
    SECURITY_GROUP_RULE_PORTS = "security-group-rule-ports",
    SERVICE_BEFORE_LISTENER = "service-before-listener",
    SERVICE_NOT_FOR_TASK = "service-not-for-task",
    SUBNET_ASSOCIATED_TWICE = "subnet-associated-twice",
    TARGET_GROUP_NOT_FOR_TYPE = "target-group-not-for-type",
    TASK_NOT_FOR_FARGATE = "task-not-for-fargate",
    TEMPLATE_CIRCLE = "template-circle",
    TEMPLATE_FUNCTION_MALFORMED = "template-function-malformed",
    TEMPLATE_NAME_TAKEN = "template-name-taken",
    TEMPLATE_PROPERTY_CONFLICT = "template-property-conflict",
    TEMPLATE_PROPERTY_MISSING = "template-property-missing",
    TEMPLATE_PROPERTY_UNKNOWN = "template-property-unknown",
    TEMPLATE_REFERENCE_DANGLING = "template-reference-dangling",
    TEMPLATE_REFERENCE_OF_OTHER_KIND = "template-reference-of-other-kind",
    TEMPLATE_RULE_BROKEN = "template-rule-broken",
    TEMPLATE_SECTION_MALFORMED = "template-section-malformed",
    TEMPLATE_TEXT_NOT_SUBSTITUTED = "template-text-not-substituted",
    TEMPLATE_TYPE_UNKNOWN = "template-type-unknown",
    TEMPLATE_VALUE_MALFORMED = "template-value-malformed",
    USER_DATA_NOT_BASE64 = "user-data-not-base64",
    VOLUME_IN_OTHER_ZONE = "volume-in-other-zone",
    VOLUME_IOPS_MALFORMED = "volume-iops-malformed",
    ZONE_OF_OTHER_REGION = "zone-of-other-region",
}
