//! A design as a template: deterministic, each resource followed by the parts that belong to it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::emit::{Part, Sheet, Written, name_tag};
use super::metadata::{self, Entry, KEY};
use super::parameters::interface;
use super::read::{self, uniform};
use super::{Emit, Parameter, evaluate, kinds, secrets};
use crate::catalog::Kind;
use crate::catalog::data::limits;
use crate::cloudformation::scope;
use crate::design::Design;
use crate::id::NodeId;
use crate::message;
use crate::template::{self, Json, Object, Source, Syntax, object, reference, to_json, to_yaml};
use crate::text::Message;

/// Something to know about an exported template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about, if one node.
    pub node: Option<NodeId>,
    /// What to know.
    pub message: Message,
}

/// A design's template.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The template.
    pub template: Json,
    /// What could not be said in it, and which limits it passes.
    pub notes: Vec<Note>,
    /// The template in its own language.
    text: String,
    owners: BTreeMap<String, NodeId>,
    /// The text that the design was opened from.
    source: Option<Arc<Source>>,
}

impl Export {
    /// The template in a language, as it leaves page and command line: the text that the design was opened from, changed only where something
    /// was edited, if it was in that language.
    pub fn written(&self, syntax: Syntax) -> String {
        if syntax == self.syntax() { self.text.clone() } else { write(None, &self.template, syntax) }
    }

    /// The same for people to read: secrets' defaults are stars.
    pub fn shown(&self, syntax: Syntax) -> Shown {
        let text = match secrets::masked(&self.template) {
            Some(masked) => write(self.source.as_deref(), &masked, syntax),
            None => self.written(syntax),
        };
        let mut owners = vec![None; text.lines().count()];
        if let Ok(source) = template::parse(&text) {
            for (name, lines) in source.entry_lines() {
                let owner = self.owners.get(name).copied();
                owners.get_mut(lines).into_iter().flatten().for_each(|line| *line = owner);
            }
        }
        Shown { text: without_mark(text), owners }
    }

    /// The template that the design was opened from, as [`Export::shown`] writes what has become of it.
    pub fn shown_original(&self, syntax: Syntax) -> Option<String> {
        let source = self.source.as_deref()?;
        let masked = secrets::masked(&source.template);
        Some(without_mark(write(Some(source), masked.as_ref().unwrap_or(&source.template), syntax)))
    }

    /// The language that the design was opened from; JSON for one that was not.
    pub fn syntax(&self) -> Syntax {
        self.source.as_ref().map_or(Syntax::Json, |source| source.syntax)
    }

    /// A finished template with what to know about it.
    pub(super) fn of(
        design: &Design,
        template: Json,
        mut notes: Vec<Note>,
        owners: BTreeMap<String, NodeId>,
        dropped: usize,
    ) -> Self {
        let source = design.template().map(|original| original.source.clone());
        let syntax = source.as_ref().map_or(Syntax::Json, |source| source.syntax);
        let text = write(source.as_deref(), &template, syntax);
        notes.extend(capability(&template).map(|needed| Note {
            node: None,
            message: message!(
                "이 템플릿은 IAM 리소스를 만들어요. 배포할 때 --capabilities {needed}을(를) 주거나 콘솔에서 확인란을 켜세요.",
                "This template creates IAM resources. Deploy it with --capabilities {needed}, or tick the acknowledgement in the console."
            ),
        }));
        let count = |section: &str| template.get(section).and_then(Json::as_object).map_or(0, Object::len);
        let whole = whole_notes(design, &text, count("Resources"), count("Parameters"), dropped);
        notes.extend(whole.into_iter().map(|message| Note { node: None, message }));
        Self { template, notes, text, owners, source }
    }

    /// The template in the language that the design was opened from; see [`Export::written`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the person who deploys must acknowledge, if the template creates IAM resources: `CAPABILITY_IAM`, or `CAPABILITY_NAMED_IAM` where
    /// one has a fixed name.
    pub fn capability(&self) -> Option<&'static str> {
        capability(&self.template)
    }

    /// The logical ids of what belongs to a node: its resource, further resources, parameters and outputs.
    pub fn logical_ids(&self, node: NodeId) -> impl Iterator<Item = &str> {
        self.owners.iter().filter(move |(_, owner)| **owner == node).map(|(id, _)| id.as_str())
    }
}

/// A template as people read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its text, without a byte order mark.
    pub text: String,
    /// Whose each of its lines is.
    pub owners: Vec<Option<NodeId>>,
}

/// A template in a language: into the text that it was read from where that is in the language, else from the beginning.
fn write(source: Option<&Source>, template: &Json, syntax: Syntax) -> String {
    match (source, syntax) {
        (Some(source), syntax) if source.syntax == syntax => source.rewrite(template),
        (_, Syntax::Json) => to_json(template),
        (_, Syntax::Yaml) => to_yaml(template),
    }
}

/// A text without its byte order mark, which is nothing to look at.
fn without_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// Collects what the nodes write.
#[derive(Default)]
pub(super) struct Draft {
    pub parameters: BTreeMap<String, Parameter>,
    pub resources: Object,
    pub outputs: Object,
    entries: BTreeMap<NodeId, Entry>,
    /// The resource of each node that has one.
    pub mains: BTreeMap<NodeId, String>,
    /// The further resources of nodes, in the order of writing.
    pub parts: Vec<(NodeId, String)>,
    pub owners: BTreeMap<String, NodeId>,
    pub notes: Vec<Note>,
    left_out: BTreeSet<NodeId>,
}

impl Draft {
    /// Everything that the nodes of a design write, by the names of the template it was opened from.
    pub fn of(design: &Design, original: Option<Written<'_>>) -> Self {
        let mut sheet = Sheet::new(design, original, kinds::stand_ins(design));
        // What is left out may leave out what refers to it; each round knows of more.
        let mut draft = loop {
            let mut draft = Self::default();
            for (id, _) in design.nodes() {
                draft.add(&sheet, id);
            }
            if draft.left_out.is_subset(&sheet.left_out) {
                break draft;
            }
            sheet.left_out.append(&mut draft.left_out);
        };
        if original.is_none_or(|written| written.original.is_ours()) {
            draft.keep_what_is_not_said(design);
        }
        draft
    }

    fn add(&mut self, sheet: &Sheet<'_>, id: NodeId) {
        let Some(node) = sheet.context.design.node(id) else { return };
        let body = &node.body;
        let spec = body.kind().spec();
        let mut emit = Emit::new(sheet, id);
        let refer = |to: NodeId| emit.refer(to);
        let mut properties = Object::new();
        for (kind, property) in spec.ancestors {
            if let Some(up) = sheet.context.design.ancestor(id, *kind) {
                let frame = if sheet.is_outside(up) { sheet.refer(up) } else { Some(reference(sheet.logical(up))) };
                properties.extend(frame.map(|frame| ((*property).to_owned(), frame)));
            }
        }
        for meta in body.fields() {
            uniform::write_field(&mut properties, meta, &body.value(meta.id).unwrap_or_default(), &refer);
        }
        emit.properties = properties;
        let around = spec.ancestors.iter().filter_map(|(kind, _)| sheet.context.design.ancestor(id, *kind));
        if let Some(up) = around.into_iter().find(|up| sheet.is_left_out(*up)) {
            let name = sheet.context.name(up);
            emit.leave_out(message!(
                "{name}이(가) 템플릿에 없어서 그 안의 리소스도 빠졌어요.",
                "{name} is not in the template, so what stands in it is missing too."
            ));
        }
        if body.is_deployed() {
            kinds::export(body, &mut emit);
        }
        if spec.tags {
            let tags = serde_json::json!([{ "Key": "Name", "Value": name_tag(&node.name) }]);
            emit.properties.insert("Tags".to_owned(), tags);
        }
        let outside = sheet.is_outside(id);
        let deployed = body.is_deployed() && !emit.left_out && !outside;
        let parameter = sheet.parameter_of(id);
        if let (Some(name), Some((_, parameter))) = (&parameter, kinds::parameter(body, &node.name)) {
            self.owners.insert(name.clone(), id);
            self.parameters.insert(name.clone(), parameter);
        }
        self.entries.insert(id, Entry::of(id, node, parameter));
        let Emit {
            properties, depends_on, parts, parameters, outputs, notes, left_out, on_deletion, type_name, ..
        } = emit;
        if left_out {
            self.left_out.insert(id);
        }
        self.notes.extend(notes.into_iter().map(|message| Note { node: Some(id), message }));
        if !deployed {
            return;
        }
        let logical = sheet.ids.get(&id).cloned().unwrap_or_default();
        self.owners.insert(logical.clone(), id);
        self.mains.insert(id, logical.clone());
        let mut written = resource(type_name.as_deref().unwrap_or(spec.cloudformation_type), depends_on, properties);
        if let Some(policy) = on_deletion {
            written.insert("DeletionPolicy".to_owned(), policy.into());
            written.insert("UpdateReplacePolicy".to_owned(), policy.into());
        }
        self.resources.insert(logical, written.into());
        for Part { suffix, type_name, properties, depends_on } in parts {
            let mut part = sheet.part_id(id, &suffix);
            while self.resources.contains_key(&part) {
                part.push('N');
            }
            self.owners.insert(part.clone(), id);
            self.parts.push((id, part.clone()));
            self.resources.insert(part, resource(type_name, depends_on, properties).into());
        }
        for (name, output) in outputs {
            self.owners.entry(name.clone()).or_insert(id);
            self.outputs.insert(name, output.into());
        }
        for (name, parameter) in parameters {
            self.parameters.entry(name).or_insert(parameter);
        }
    }

    /// Reads the template back, and keeps beside each resource the fields that come out otherwise.
    fn keep_what_is_not_said(&mut self, design: &Design) {
        let used = used_parameters(&self.resources, &self.outputs);
        self.parameters.retain(|name, _| used.contains(name));
        let parameters: Object = self.parameters.iter().map(|(name, one)| (name.clone(), one.to_json())).collect();
        let mains = self.mains.iter().map(|(id, logical)| (logical.clone(), *id));
        let stand_ins = self.entries.values().filter_map(|entry| Some((entry.parameter.clone()?, entry.id)));
        let stand_ins: BTreeMap<String, NodeId> = stand_ins.collect();
        let nodes = mains.chain(stand_ins.clone()).collect();
        let names = read::Names { nodes, outside: BTreeMap::new() };
        let template = serde_json::json!({ "Parameters": parameters, "Resources": self.resources });
        let mut room = Cow::Borrowed(&template);
        let stand_ins: Vec<&str> = stand_ins.keys().map(String::as_str).collect();
        let region = design.all::<crate::catalog::kinds::Region>().next().map(|(_, _, region)| region.code.clone());
        let values = region.map(|code| ("AWS::Region".to_owned(), code)).into_iter().collect();
        let scope = scope::scope(&template, &values, &stand_ins, &mut room);
        let resources = scope::evaluated(&scope);
        let reading = read::Reading::new(&scope, &resources, &names);
        for (id, node) in design.nodes() {
            let Some(entry) = self.entries.get_mut(&id) else { continue };
            if entry.parameter.as_ref().is_some_and(|name| !parameters.contains_key(name)) {
                entry.parameter = None;
            }
            let read = reading.body(id, node.kind(), None);
            for meta in node.kind().fields() {
                let (value, template) = (node.body.value(meta.id), read.value(meta.id));
                if value != template
                    && let (Some(value), Some(template)) = (value, template)
                {
                    entry.kept.insert(meta.id.to_owned(), metadata::Kept { value, template });
                }
            }
        }
    }

    /// Puts our metadata into the resources; that of the document.
    pub fn write_metadata(&mut self, design: &Design) -> Json {
        let mut others = Vec::new();
        for (id, entry) in &self.entries {
            let resource =
                self.mains.get(id).and_then(|logical| self.resources.get_mut(logical)).and_then(Json::as_object_mut);
            match resource {
                Some(resource) => {
                    resource.insert("Metadata".to_owned(), serde_json::json!({ KEY: entry.to_json() }));
                }
                None => others.push(entry.clone()),
            }
        }
        metadata::document(design, &others)
    }

    pub fn finish(mut self, design: &Design) -> Export {
        let document = self.write_metadata(design);
        let mut meta = Object::new();
        if !self.parameters.is_empty() {
            meta.insert("AWS::CloudFormation::Interface".to_owned(), interface(self.parameters.iter()));
        }
        meta.insert(KEY.to_owned(), document);
        let parameters: Object = self.parameters.iter().map(|(name, one)| (name.clone(), one.to_json())).collect();
        let dropped = self.outputs.len().saturating_sub(limits::TEMPLATE_OUTPUTS);
        if dropped > 0 {
            self.outputs = self.outputs.into_iter().take(limits::TEMPLATE_OUTPUTS).collect();
        }
        let some = |section: Object| (!section.is_empty()).then_some(Json::Object(section));
        let title = design.title();
        let spoken = !title.trim().is_empty() && title.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        let description = if spoken { title } else { "Drawn with Groundplan." };
        let template = object([
            ("AWSTemplateFormatVersion", Some("2010-09-09".into())),
            ("Description", Some(description.into())),
            ("Metadata", Some(meta.into())),
            ("Parameters", some(parameters)),
            ("Resources", Some(self.resources.into())),
            ("Outputs", some(self.outputs)),
        ]);
        Export::of(design, Json::Object(template), self.notes, self.owners, dropped)
    }
}

fn resource(type_name: &str, depends_on: BTreeSet<String>, properties: Object) -> Object {
    let mut depends: Vec<Json> = depends_on.into_iter().map(Json::String).collect();
    let depends = if depends.len() == 1 {
        depends.pop()
    } else {
        Some(depends.into()).filter(|list: &Json| list != &Json::Array(Vec::new()))
    };
    let properties = (!properties.is_empty()).then_some(Json::Object(properties));
    object([("Type", Some(type_name.into())), ("DependsOn", depends), ("Properties", properties)])
}

/// See [`Export::capability`].
fn capability(template: &Json) -> Option<&'static str> {
    const NAMES: [&str; 5] = ["UserName", "GroupName", "RoleName", "ManagedPolicyName", "InstanceProfileName"];
    let resources = template.get("Resources").and_then(Json::as_object).into_iter().flatten().map(|(_, one)| one);
    let is_iam =
        |one: &&Json| one.get("Type").and_then(Json::as_str).is_some_and(|name| name.starts_with("AWS::IAM::"));
    let mut iam = resources.filter(is_iam).peekable();
    iam.peek()?;
    let is_named = |one: &Json| one.get("Properties").is_some_and(|of| NAMES.iter().any(|name| of.get(name).is_some()));
    Some(if iam.any(is_named) { "CAPABILITY_NAMED_IAM" } else { "CAPABILITY_IAM" })
}

/// The parameters that something refers to; a template may not declare others.
fn used_parameters(resources: &Object, outputs: &Object) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for json in resources.values().chain(outputs.values()) {
        used.extend(evaluate::references(json).into_iter().map(|mention| mention.logical));
    }
    used
}

/// What to know about the template as a whole.
fn whole_notes(design: &Design, text: &str, resources: usize, parameters: usize, dropped: usize) -> Vec<Message> {
    let mut notes = Vec::new();
    let regions = design.nodes().filter(|(_, node)| node.kind() == Kind::Region).count();
    if regions > 1 {
        notes.push(message!(
            "리전이 {regions}개 있어요. 템플릿 하나는 리전 하나에 배포되니 리전마다 따로 그려 내보내세요.",
            "There are {regions} regions. A template is deployed to one region: draw and export each on its own."
        ));
    }
    let bytes = text.len();
    if bytes > limits::TEMPLATE_BYTES_S3 {
        let most = limits::TEMPLATE_BYTES_S3;
        notes.push(message!(
            "템플릿이 {bytes}바이트예요. CloudFormation은 {most}바이트까지 받아요.",
            "The template has {bytes} bytes. CloudFormation takes {most}."
        ));
    } else if bytes > limits::TEMPLATE_BYTES_INLINE {
        let most = limits::TEMPLATE_BYTES_INLINE;
        notes.push(message!(
            "템플릿이 {bytes}바이트라 {most}바이트를 넘어요. S3에 올리거나 aws cloudformation deploy에 --s3-bucket을 주어 배포하세요.",
            "The template has {bytes} bytes, over {most}. Upload it to S3, or give aws cloudformation deploy an --s3-bucket."
        ));
    }
    let most = limits::TEMPLATE_RESOURCES;
    if resources > most {
        notes.push(message!(
            "리소스가 {resources}개예요. 템플릿 하나에는 {most}개까지 담을 수 있어요.",
            "The template has {resources} resources. One template holds {most}."
        ));
    }
    let most = limits::TEMPLATE_PARAMETERS;
    if parameters > most {
        notes.push(message!(
            "파라미터가 {parameters}개예요. 템플릿 하나에는 {most}개까지 담을 수 있어요.",
            "The template has {parameters} parameters. One template holds {most}."
        ));
    }
    if dropped > 0 {
        let most = limits::TEMPLATE_OUTPUTS;
        notes.push(message!(
            "출력은 {most}개까지라 {dropped}개를 뺐어요.",
            "A template holds {most} outputs; {dropped} are left out."
        ));
    }
    notes
}
