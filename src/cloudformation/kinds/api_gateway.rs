//! An HTTP API: its routes, integrations, permissions, stage and domain name as resources of their own.

use super::Irregular;
use crate::catalog::FieldValue;
use crate::catalog::kinds::{ApiGateway, ApiRoute, DEFAULT_ROUTE, HttpMethod};
use crate::cloudformation::{Emit, Read, pattern};
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::template::{Json, Object, attribute, object, reference, substitution};
use crate::text::{Message, pascal};
use std::collections::BTreeMap;

/// What the ARN begins with that calls of an API have.
const CALLERS: &str = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:";

const ROUTE: &str = "AWS::ApiGatewayV2::Route";
const INTEGRATION: &str = "AWS::ApiGatewayV2::Integration";
const STAGE: &str = "AWS::ApiGatewayV2::Stage";
const MAPPING: &str = "AWS::ApiGatewayV2::ApiMapping";
const DOMAIN: &str = "AWS::ApiGatewayV2::DomainName";
const DEPLOYMENT: &str = "AWS::ApiGatewayV2::Deployment";
/// What the id of the domain's resource ends in.
const DOMAIN_PART: &str = "DomainName";

impl ApiRoute {
    fn read_key(&mut self, key: &str) -> Result<(), Message> {
        match key.split_once(' ') {
            Some((method, path)) => {
                self.method = HttpMethod::from_value(&method.into())?;
                path.clone_into(&mut self.path);
            }
            None => key.clone_into(&mut self.path),
        }
        Ok(())
    }
}

impl ApiGateway {
    /// Adds the integration that a route leads to, once, and gives its logical id.
    fn integration(emit: &mut Emit<'_>, route: &ApiRoute, made: &mut BTreeMap<String, String>) -> Option<String> {
        let of_function =
            route.function.filter(|id| emit.context().design.node(*id).is_some_and(|node| node.body.is_deployed()));
        let api = emit.refer(emit.node());
        let (suffix, properties) = match of_function {
            Some(function) => {
                let name = emit.logical_of(function);
                let properties = object([
                    ("ApiId", api.clone()),
                    ("IntegrationType", Some("AWS_PROXY".into())),
                    ("IntegrationUri", emit.refer(function)),
                    ("PayloadFormatVersion", Some("2.0".into())),
                ]);
                (format!("To{name}"), properties)
            }
            None if route.url.is_empty() => return None,
            None => {
                let properties = object([
                    ("ApiId", api.clone()),
                    ("IntegrationType", Some("HTTP_PROXY".into())),
                    ("IntegrationMethod", Some("ANY".into())),
                    ("IntegrationUri", Some(pattern(&route.url))),
                    ("PayloadFormatVersion", Some("1.0".into())),
                ]);
                (format!("ToUrl{}", pascal(&route.url)), properties)
            }
        };
        let id = emit.part_id(emit.node(), &suffix);
        if made.insert(suffix.clone(), id.clone()).is_none() {
            emit.part(suffix, INTEGRATION, properties);
            if let Some(function) = of_function {
                let calls = object([
                    ("FunctionName", emit.refer(function)),
                    ("Action", Some("lambda:InvokeFunction".into())),
                    ("Principal", Some("apigateway.amazonaws.com".into())),
                    ("SourceArn", Some(substitution(&format!("{CALLERS}${{{}}}/*", emit.logical())))),
                ]);
                emit.part(format!("Calls{}", emit.logical_of(function)), "AWS::Lambda::Permission", calls);
            }
        }
        Some(id)
    }

    fn put_stage(&self, emit: &mut Emit<'_>, routes: Vec<String>) {
        let api = emit.refer(emit.node());
        let mut stage = object([("ApiId", api.clone()), ("StageName", Some(self.stage_name().into()))]);
        if self.auto_deploy {
            stage.insert("AutoDeploy".to_owned(), true.into());
        } else {
            emit.part("Deployment", DEPLOYMENT, object([("ApiId", api.clone())]));
            for route in routes {
                emit.part_depends_on(Some(route));
            }
            stage.insert("DeploymentId".to_owned(), reference(&emit.part_id(emit.node(), "Deployment")));
        }
        emit.part("Stage", STAGE, stage);
        let certificate = self.certificate.and_then(|id| emit.refer(id));
        if let (Some(domain), Some(certificate)) = (&self.domain, certificate) {
            let name = emit.domain(domain);
            let configuration = serde_json::json!([{
                "CertificateArn": certificate, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2",
            }]);
            let properties = object([("DomainName", Some(name)), ("DomainNameConfigurations", Some(configuration))]);
            emit.part(DOMAIN_PART, DOMAIN, properties);
            let part = |suffix: &str| reference(&emit.part_id(emit.node(), suffix));
            let mapping =
                object([("ApiId", api), ("DomainName", Some(part(DOMAIN_PART))), ("Stage", Some(part("Stage")))]);
            emit.part("Mapping", MAPPING, mapping);
        }
    }

    fn stage_name(&self) -> &str {
        if self.stage.is_empty() { DEFAULT_ROUTE } else { &self.stage }
    }

    fn read_routes(read: &Read<'_>) -> Result<Vec<ApiRoute>, Message> {
        let mut routes = Vec::new();
        // What no route leads to any more is this API's own all the same.
        read.parts(INTEGRATION, "ApiId");
        for json in read.parts(ROUTE, "ApiId") {
            let mut route = ApiRoute::default();
            if let Some(key) = json.get("RouteKey").and_then(|key| read.text(key)) {
                route.read_key(&key)?;
            }
            let target = json.get("Target").and_then(|target| read.text(target)).unwrap_or_default();
            let target = target.strip_prefix("integrations/${").and_then(|rest| rest.strip_suffix('}'));
            let integration = target.map(reference).and_then(|to| read.part_at(&to));
            if let Some(uri) = integration.and_then(|properties| properties.get("IntegrationUri")) {
                route.function = read.node(uri);
                if route.function.is_none() {
                    route.url = read.pattern(uri).unwrap_or_default();
                }
            }
            // A service of AWS, a queue say, answers too, and a mock does; what answers a WebSocket has other keys.
            if integration.is_some() && !route.leads_somewhere() || target.is_none() && json.contains_key("Target") {
                read.leave_undecided("routes");
            }
            routes.push(route);
        }
        if read.get("ProtocolType").and_then(Json::as_str) != Some("HTTP") {
            read.leave_undecided("routes");
        }
        Ok(routes)
    }
}

impl Irregular for ApiGateway {
    fn export(&self, emit: &mut Emit<'_>) {
        if self.api_name.is_empty() {
            emit.set_property("Name", emit.name());
        }
        emit.set_property("ProtocolType", "HTTP");
        let (mut integrations, mut routes) = (BTreeMap::new(), Vec::new());
        for route in &self.routes {
            let Some(integration) = Self::integration(emit, route, &mut integrations) else {
                let key = route.key();
                emit.note(message!(
                    "라우트 {key}은(는) 갈 곳이 없어서 템플릿에 넣지 못했어요.",
                    "Route {key} leads nowhere and is not in the template."
                ));
                continue;
            };
            let mut properties = Object::new();
            properties.extend(emit.refer(emit.node()).map(|api| ("ApiId".to_owned(), api)));
            properties.insert("RouteKey".to_owned(), route.key().into());
            properties.insert("Target".to_owned(), substitution(&format!("integrations/${{{integration}}}")));
            let suffix = format!("Route{}", pascal(&route.key()));
            routes.push(emit.part_id(emit.node(), &suffix));
            emit.part(suffix, ROUTE, properties);
        }
        self.put_stage(emit, routes);
        let endpoint = emit.attribute_of(emit.node(), "ApiEndpoint");
        emit.output("Url", format!("Address of {}", emit.logical()), endpoint);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.routes = Self::read_routes(read)?;
        read.parts(DEPLOYMENT, "ApiId");
        if let Some(stage) = read.parts(STAGE, "ApiId").first() {
            self.stage = stage.get("StageName").and_then(|name| read.text(name)).unwrap_or_default();
            self.auto_deploy = read.flag(id_of!(ApiGateway.auto_deploy), stage.get("AutoDeploy")).unwrap_or_default();
        }
        let mapping = read.parts(MAPPING, "ApiId").first().and_then(|mapping| mapping.get("DomainName"));
        if let Some(domain) = mapping.and_then(|name| read.part_at(name)) {
            self.domain = domain.get("DomainName").map(|name| read.parse(name)).transpose()?;
            let configuration = domain.get("DomainNameConfigurations").and_then(|list| list.get(0));
            let arn = configuration.and_then(|one| one.get("CertificateArn"));
            self.certificate = arn.and_then(|arn| read.refer(id_of!(ApiGateway.certificate), arn));
        }
        Ok(())
    }
}

/// The alias of a record that leads to an API by its own domain; nothing for an API without one, or for another resource.
pub(super) fn alias(emit: &Emit<'_>, target: NodeId) -> Option<Json> {
    emit.context().design.get::<ApiGateway>(target).filter(|api| api.has_domain())?;
    let domain = emit.part_id(target, DOMAIN_PART);
    Some(serde_json::json!({
        "DNSName": attribute(&domain, "RegionalDomainName"),
        "HostedZoneId": attribute(&domain, "RegionalHostedZoneId"),
        "EvaluateTargetHealth": false,
    }))
}

/// The API whose domain's resource an expression names: that which a mapping leads there from, or ours by its id.
pub(super) fn owner_of_domain(read: &Read<'_>, json: &Json) -> Option<NodeId> {
    let domain = json.get("Fn::GetAtt")?.get(0)?.as_str()?;
    let own = || read.node(&reference(domain.strip_suffix(DOMAIN_PART)?));
    read.joined_by(MAPPING, "DomainName", domain, "ApiId").or_else(own)
}
