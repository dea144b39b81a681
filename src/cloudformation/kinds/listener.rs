//! A listener: its default actions, certificates, and rules as resources of their own.

use super::Irregular;
use crate::catalog::kinds::{ActionType, Forward, Listener, ListenerProtocol, ListenerRule};
use crate::cloudformation::{Emit, Read};
use crate::id_of;
use crate::template::{Json, Object, object};
use crate::text::Message;

/// The conditions of a rule that are plain lists: field, its configuration, the list.
type Conditions<'a> = [(&'static str, &'static str, &'a Vec<String>); 4];

impl ListenerRule {
    fn plain_conditions(&self) -> Conditions<'_> {
        [
            ("host-header", "HostHeaderConfig", &self.hosts),
            ("path-pattern", "PathPatternConfig", &self.paths),
            ("http-request-method", "HttpRequestMethodConfig", &self.methods),
            ("source-ip", "SourceIpConfig", &self.source_ips),
        ]
    }

    fn conditions(&self) -> Vec<Json> {
        let plain = self.plain_conditions().into_iter().filter(|(.., values)| !values.is_empty());
        let mut conditions: Vec<Json> = plain
            .map(|(field, config, values)| serde_json::json!({ "Field": field, config: { "Values": values } }))
            .collect();
        if !self.header_name.is_empty() && !self.header_values.is_empty() {
            let config = serde_json::json!({ "HttpHeaderName": self.header_name, "Values": self.header_values });
            conditions.push(serde_json::json!({ "Field": "http-header", "HttpHeaderConfig": config }));
        }
        if !self.queries.is_empty() {
            let pair = |query: &String| match query.split_once('=') {
                Some((key, value)) => serde_json::json!({ "Key": key, "Value": value }),
                None => serde_json::json!({ "Value": query }),
            };
            let values: Vec<Json> = self.queries.iter().map(pair).collect();
            conditions.push(serde_json::json!({ "Field": "query-string", "QueryStringConfig": { "Values": values } }));
        }
        conditions
    }

    fn from_json(read: &Read<'_>, json: &Object) -> Result<Self, Message> {
        let mut json = json.clone();
        let last = last_action(read, json.get("Actions"));
        if let Some(action) = &last {
            json.insert("Actions".to_owned(), Json::Array(vec![action.clone()]));
        }
        let json = Json::Object(json);
        let mut rule: Self = read.row(&json)?;
        if let Some(group) = single_target(read, last.as_ref()) {
            rule.forwards = vec![group];
        }
        rule.paths = Vec::new();
        for condition in json.get("Conditions").and_then(Json::as_array).into_iter().flatten() {
            // `Values` beside `Field` is the older form.
            let values = |config: &str| {
                let listed = condition.get(config).and_then(|config| config.get("Values"));
                read.texts(listed.or_else(|| condition.get("Values")))
            };
            match condition.get("Field").and_then(Json::as_str).unwrap_or_default() {
                "host-header" => rule.hosts = values("HostHeaderConfig"),
                "path-pattern" => rule.paths = values("PathPatternConfig"),
                "http-request-method" => rule.methods = values("HttpRequestMethodConfig"),
                "source-ip" => rule.source_ips = values("SourceIpConfig"),
                "http-header" => {
                    let name = condition.get("HttpHeaderConfig").and_then(|config| config.get("HttpHeaderName"));
                    rule.header_name = name.and_then(|name| read.text(name)).unwrap_or_default();
                    rule.header_values = values("HttpHeaderConfig");
                }
                "query-string" => {
                    let pairs = condition.get("QueryStringConfig").and_then(|config| config.get("Values"));
                    let pair = |pair: &Json| {
                        let value = read.text(pair.get("Value")?)?;
                        let key = pair.get("Key").and_then(|key| read.text(key));
                        Some(key.map_or_else(|| value.clone(), |key| format!("{key}={value}")))
                    };
                    rule.queries = pairs.and_then(Json::as_array).into_iter().flatten().filter_map(pair).collect();
                }
                _ => {}
            }
        }
        Ok(rule)
    }
}

impl Irregular for Listener {
    fn export(&self, emit: &mut Emit<'_>) {
        let is_http = self.protocol.is_http();
        if self.protocol == ListenerProtocol::Geneve {
            // A gateway balancer takes every packet; naming a protocol or port is an error.
            emit.remove_property("Protocol");
        }
        let mut actions = emit.remove_property("DefaultActions");
        shorten(emit, actions.as_mut().and_then(|actions| actions.get_mut(0)), is_http);
        if let Some(actions) = actions {
            emit.set_property("DefaultActions", actions);
        }
        if let Some(certificate) = self.certificate.filter(|_| self.protocol.is_secure()).and_then(|id| emit.refer(id))
        {
            emit.set_property("Certificates", vec![Json::Object(object([("CertificateArn", Some(certificate))]))]);
        }
        for rule in self.rules.iter().filter(|_| is_http) {
            let conditions = rule.conditions();
            if conditions.is_empty() {
                emit.note(crate::message!(
                    "우선순위 {}인 규칙은 조건이 없어서 템플릿에 넣지 못했어요.",
                    "The rule of priority {} has no condition and is not in the template.",
                    rule.priority
                ));
                continue;
            }
            let mut json = emit.row(rule);
            shorten(emit, json.get_mut("Actions").and_then(|actions| actions.get_mut(0)), is_http);
            json.insert("Conditions".to_owned(), conditions.into());
            json.extend(emit.refer(emit.node()).map(|listener| ("ListenerArn".to_owned(), listener)));
            emit.part(format!("Rule{}", rule.priority), "AWS::ElasticLoadBalancingV2::ListenerRule", json);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if read.get("Protocol").is_none() && read.get("DefaultActions").is_some() {
            self.protocol = ListenerProtocol::Geneve;
        }
        let actions = read.get("DefaultActions");
        if let Some(action) = last_action(read, actions) {
            // What stands first was read already; where that is not all of it, the action is read as that of a rule is.
            if actions.and_then(|actions| actions.get(0)) != Some(&action) {
                self.act_as(read.row(&serde_json::json!({ "Actions": [action] }))?);
            }
            match single_target(read, Some(&action)) {
                Some(group) => self.forwards = vec![group],
                // One of several groups, or none, as a condition will have it.
                None if action.get("TargetGroupArn").is_some() => read.leave_undecided(id_of!(Listener.forwards)),
                None => {}
            }
        }
        const CERTIFICATE: &str = "Certificates.0.CertificateArn";
        self.certificate = read.get(CERTIFICATE).and_then(|arn| read.refer(id_of!(Listener.certificate), arn));
        if read.is_made(CERTIFICATE) {
            read.leave_undecided(id_of!(Listener.certificate));
        }
        let rules = read.parts("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn");
        self.rules = read.each("rules", rules, |json| ListenerRule::from_json(read, json));
        Ok(())
    }
}

impl Listener {
    /// Takes what a rule does for the default action.
    fn act_as(&mut self, rule: ListenerRule) {
        self.action = rule.action;
        self.forwards = rule.forwards;
        self.redirect_protocol = rule.redirect_protocol;
        self.redirect_port = rule.redirect_port;
        self.redirect_host = rule.redirect_host;
        self.redirect_path = rule.redirect_path;
        self.redirect_query = rule.redirect_query;
        self.redirect_status = rule.redirect_status;
        self.response_code = rule.response_code;
        self.response_type = rule.response_type;
        self.response_body = rule.response_body;
    }
}

/// What a redirect keeps of the request where it does not say otherwise
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html>).
const KEPT: [(&str, &str); 5] = [
    ("Protocol", "#{protocol}"),
    ("Port", "#{port}"),
    ("Host", "#{host}"),
    ("Path", "/#{path}"),
    ("Query", "#{query}"),
];

/// The action that decides where a request goes, with what AWS takes where it says nothing: that of the highest order, after those that
/// authenticate (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html>).
fn last_action(read: &Read<'_>, actions: Option<&Json>) -> Option<Json> {
    let order = |action: &Json| action.get("Order").and_then(|order| read.text(order)?.parse::<u32>().ok());
    let actions = actions?.as_array()?;
    // Of those without an order the later one.
    let mut action = actions.iter().max_by_key(|action| order(action))?.clone();
    if let Some(redirect) = action.get_mut("RedirectConfig").and_then(Json::as_object_mut) {
        for (key, kept) in KEPT {
            redirect.entry(key.to_owned()).or_insert_with(|| kept.into());
        }
    }
    Some(action)
}

/// The target group of an action that names just one.
fn single_target(read: &Read<'_>, action: Option<&Json>) -> Option<Forward> {
    let target_group = read.node(action?.get("TargetGroupArn")?)?;
    Some(Forward { target_group: Some(target_group), ..Forward::default() })
}

/// Writes a forward to one group in the short form. One that leads nowhere could not be created: it becomes an answer that says so.
fn shorten(emit: &mut Emit<'_>, action: Option<&mut Json>, is_http: bool) {
    let Some(action) = action.and_then(Json::as_object_mut) else { return };
    if action.get("Type").and_then(Json::as_str) != Some(ActionType::Forward.as_str()) {
        return;
    }
    let groups =
        action.shift_remove("ForwardConfig").and_then(|mut config| config.get_mut("TargetGroups").map(Json::take));
    let groups = groups.as_ref().and_then(Json::as_array).cloned().unwrap_or_default();
    let mut groups: Vec<Json> = groups.into_iter().filter(|group| group.get("TargetGroupArn").is_some()).collect();
    match groups.as_mut_slice() {
        [] => {
            emit.note(crate::message!(
                "전달할 대상 그룹이 없는 작업이 있어요. ALB라면 503으로 답하게 내보냈어요.",
                "An action has no target group to forward to. On an ALB it is exported as an answer of 503."
            ));
            if is_http {
                action.insert("Type".to_owned(), ActionType::FixedResponse.as_str().into());
                action.insert("FixedResponseConfig".to_owned(), serde_json::json!({ "StatusCode": "503" }));
            }
        }
        [one] if one.get("Weight").and_then(Json::as_u64) == Some(1) => {
            action.extend(one.get_mut("TargetGroupArn").map(|arn| ("TargetGroupArn".to_owned(), arn.take())));
        }
        _ => {
            action.insert("ForwardConfig".to_owned(), serde_json::json!({ "TargetGroups": groups }));
        }
    }
}
