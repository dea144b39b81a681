//! Faults of the template that a design was opened from, as findings at the resources that they are in.

use super::{Report, Rule, Severity};
use crate::design::{Design, Origin};
use crate::facts::Context;
use crate::id::NodeId;
use crate::template::{Fault, RuleId};
use crate::text::Text;

/// A rule whose findings are the faults of a template that break it.
pub const fn fault(id: RuleId, severity: Severity, title: Text, why: Text, source: &'static str) -> Rule {
    Rule { id: id.as_str(), severity, title, why, source, fixes: false, check: faults }
}

/// Notes the faults of the template that break this rule, each for as long as nobody has changed what it is about.
pub fn faults(context: &Context, report: &mut Report) {
    faults_at(context, report, |_, _| true);
}

/// The same, only where this field of the resource is not known: elsewhere the drawing shows the fault, and how to mend it.
pub fn faults_where_open(context: &Context, report: &mut Report, field: &str) {
    faults_at(context, report, |original, node| original.is_open(context.design, node, Some(field)));
}

fn faults_at(context: &Context, report: &mut Report, counts: impl Fn(&Origin, NodeId) -> bool) {
    let Some(original) = context.design.template() else { return };
    let rule = report.rule();
    for fault in original.faults().iter().filter(|fault| fault.rule.as_str() == rule) {
        let node = node_of(original, context.design, fault).filter(|node| counts(original, *node));
        let Some(node) = node else { continue };
        let field = field_of(original, node, fault);
        if still_there(original, context.design, node, field, fault) {
            let note = report.note(node, fault.why.clone()).place((fault.line, fault.column));
            if let Some(field) = field {
                note.field(field);
            }
        }
    }
}

/// The faults that are in no resource that is drawn: those of parameters, conditions and outputs, and of resources that are not created.
pub fn elsewhere(design: &Design) -> impl Iterator<Item = &Fault> {
    let original = design.template();
    let all = original.into_iter().flat_map(|original| original.faults().iter().map(move |fault| (original, fault)));
    all.filter(|(original, fault)| fault.logical.as_deref().is_none_or(|logical| original.node_of(logical).is_none()))
        .map(|(_, fault)| fault)
}

/// Whether a resource is as the template has it that the design was opened from.
pub fn is_as_written(design: &Design, node: NodeId) -> bool {
    let before = design.template().and_then(|original| original.base().node(node));
    before.is_some_and(|before| design.node(node).is_some_and(|now| now.body == before.body))
}

/// The node that a fault is at, if it is still drawn.
fn node_of(original: &Origin, design: &Design, fault: &Fault) -> Option<NodeId> {
    original.node_of(fault.logical.as_deref()?).filter(|node| design.node(*node).is_some())
}

/// The field that the property becomes.
fn field_of(original: &Origin, node: NodeId, fault: &Fault) -> Option<&'static str> {
    let path = fault.property.as_deref()?;
    let is_own = original.name_of(node) == fault.logical.as_deref();
    let fields = original.base().node(node).filter(|_| is_own)?.kind().fields();
    let is_within =
        |property: &str| path.strip_prefix(property).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let plain = |property: &'static str| property.split('[').next().unwrap_or_default();
    let fitting = fields.iter().filter(|meta| !meta.property.is_empty() && is_within(plain(meta.property)));
    fitting.max_by_key(|meta| meta.property.len()).map(|meta| meta.id)
}

/// Whether what the fault is about is as it was drawn: its field, else the whole resource. What has no place in a drawing stays in the template.
fn still_there(original: &Origin, design: &Design, node: NodeId, field: Option<&str>, fault: &Fault) -> bool {
    let (Some(before), Some(now)) = (original.base().node(node), design.node(node)) else { return false };
    match field {
        _ if fault.rule == RuleId::TEMPLATE_PROPERTY_UNKNOWN => true,
        Some(field) => before.body.value(field) == now.body.value(field),
        None => before.body == now.body,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::rule;
    use crate::template::RuleId;

    #[test]
    fn every_rule_that_a_fault_breaks_is_there() {
        let lost: Vec<&RuleId> = RuleId::ALL.iter().filter(|id| rule(id.as_str()).is_none()).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
