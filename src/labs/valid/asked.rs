//! Whether checks and selectors ask for what there is.

use std::collections::BTreeMap;

use super::Valid;
use crate::catalog::{Category, Kind, Widget};
use crate::labs::check::{Check, Cost, Exists, Property, Request, Survives};
use crate::labs::ready::LabError;
use crate::labs::select::{Conditions, Selector, Wish};
use crate::message;
use crate::reach::Url;

impl Valid<'_> {
    pub(super) fn selector(&mut self, place: &str, of: &Selector) {
        let kinds: Vec<Kind> =
            of.kind.iter().enumerate().filter_map(|(at, id)| self.kind(&format!("{place}.kind[{at}]"), id)).collect();
        if let Some(category) = &of.category
            && !Category::ALL.into_iter().any(|known| known.id() == category)
        {
            self.note(
                format!("{place}.category"),
                message!("'{category}'(이)라는 분류가 없어요.", "There is no category called \"{category}\"."),
            );
        }
        for role in of.roles() {
            self.role(place, role);
        }
        self.fields(&format!("{place}.fields"), &kinds, &of.fields);
        for (what, all) in [("any", &of.any), ("not", &of.not)] {
            for (at, inner) in all.iter().enumerate() {
                let inner = if inner.kind.is_empty() {
                    Selector { kind: of.kind.clone(), ..inner.clone() }
                } else {
                    inner.clone()
                };
                self.selector(&format!("{place}.{what}[{at}]"), &inner);
            }
        }
    }

    /// Whether fields are there; without a kind any kind's field will do.
    fn fields(&mut self, place: &str, kinds: &[Kind], wishes: &BTreeMap<String, Wish>) {
        for (id, wish) in wishes {
            let mut all = if kinds.is_empty() { Kind::ALL.to_vec() } else { kinds.to_vec() };
            all.retain(|kind| kind.fields().iter().any(|meta| meta.id == id));
            let Some(first) = all.first() else {
                self.note(
                    format!("{place}.{id}"),
                    message!("'{id}'(이)라는 속성이 없어요.", "There is no field called \"{id}\"."),
                );
                continue;
            };
            let Wish::Conditions(of) = wish else { continue };
            let Conditions { row, no_row, .. } = of.as_ref();
            let columns: Vec<&str> = first
                .fields()
                .into_iter()
                .filter(|meta| meta.id == id)
                .flat_map(|meta| match meta.widget {
                    Widget::Table(columns) => columns().metas.iter().map(|column| column.id).collect(),
                    _ => Vec::new(),
                })
                .collect();
            for column in row.iter().chain(no_row).flat_map(BTreeMap::keys) {
                if !columns.contains(&column.as_str()) {
                    self.note(
                        format!("{place}.{id}.row.{column}"),
                        message!("'{column}'(이)라는 열이 없어요.", "There is no column called \"{column}\"."),
                    );
                }
            }
        }
    }

    pub(super) fn check(&mut self, place: &str, check: &Check) {
        for role in check.roles() {
            self.role(place, role);
        }
        let bad = |why| LabError::new(place, why);
        match check {
            Check::All(all) | Check::Any(all) if all.is_empty() => {
                self.errors.push(bad(message!("묶은 항목이 비어 있어요.", "There is nothing in it.")));
            }
            Check::All(all) => {
                all.iter().enumerate().for_each(|(at, one)| self.check(&format!("{place}.all[{at}]"), one));
            }
            Check::Any(all) => {
                all.iter().enumerate().for_each(|(at, one)| self.check(&format!("{place}.any[{at}]"), one));
            }
            Check::Not(one) => self.check(&format!("{place}.not"), one),
            Check::Survives(Survives { check, .. }) => {
                let fits = check.parts().iter().all(|one| {
                    matches!(
                        one,
                        Check::Reaches(_)
                            | Check::DoesNotReach(_)
                            | Check::Url(_)
                            | Check::Exists(_)
                            | Check::All(_)
                            | Check::Any(_)
                            | Check::Not(_)
                    )
                });
                if !fits {
                    self.errors.push(bad(message!(
                        "잃은 뒤에는 연결과 남은 것만 확인할 수 있어요(reaches, does_not_reach, url, exists).",
                        "After a loss only connections and what is left can be checked (reaches, does_not_reach, url, exists)."
                    )));
                }
                self.check(&format!("{place}.survives.check"), check);
            }
            Check::Url(Request { url, redirect, status, by, .. }) => {
                if let Err(why) = url.parse::<Url>() {
                    self.note(format!("{place}.url.url"), why);
                }
                if (redirect.is_some() || status.is_some()) && by.is_some()
                    || redirect.is_some() && status.is_some_and(|code| !(300..400).contains(&code))
                {
                    self.errors.push(bad(message!(
                        "바로 답하거나 돌리는 리스너에는 답하는 역할이 없어요.",
                        "Where a listener answers at once or redirects, no role answers."
                    )));
                }
            }
            Check::Exists(of) => {
                let Exists { what, name, min, max, .. } = of.as_ref();
                self.selector(&format!("{place}.exists.what"), what);
                if what.is_empty() {
                    self.errors
                        .push(bad(message!("무엇을 셀지 조건이 없어요.", "There is no condition on what is counted.")));
                }
                if let Some(name) = name {
                    self.text(&format!("{place}.exists.name"), name);
                }
                if let (Some(min), Some(max)) = (min, max)
                    && min > max
                {
                    self.errors.push(bad(message!("최소가 최대보다 커요.", "The least is more than the most.")));
                }
            }
            Check::Property(Property { of, fields, .. }) => {
                let kinds: Vec<Kind> = self
                    .lab
                    .role(of)
                    .into_iter()
                    .flat_map(|role| &role.find.kind)
                    .filter_map(|id| Kind::from_id(id))
                    .collect();
                self.fields(&format!("{place}.property.fields"), &kinds, fields);
                if fields.is_empty() {
                    self.errors.push(bad(message!("볼 속성이 없어요.", "There is no field to look at.")));
                }
            }
            Check::NoFindings(findings) => {
                for rule in findings.rules.iter().chain(&findings.except) {
                    if crate::rules::rule(rule).is_none() {
                        self.note(
                            place,
                            message!("'{rule}'(이)라는 규칙이 없어요.", "There is no rule called \"{rule}\"."),
                        );
                    }
                }
            }
            Check::Cost(Cost { under }) if !under.is_finite() || *under <= 0.0 => {
                self.errors.push(bad(message!("비용은 0보다 커야 해요.", "The cost must be above 0.")));
            }
            _ => {}
        }
    }
}
