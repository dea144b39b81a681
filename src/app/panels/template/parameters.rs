//! Values for the parameters of the template that a design was opened from: another value draws the template anew, and leaves what people edited.

use std::collections::BTreeMap;

use groundplan::cloudformation::with_values;
use groundplan::design::Design;
use groundplan::message;
use groundplan::rules::template::elsewhere;
use groundplan::template::{Fault, Json, Problem};
use groundplan::text::{Message, t};
use leptos::html;
use leptos::prelude::*;

use crate::app::actions::edits;
use crate::app::icons::glyphs::{Glyph, SLIDERS};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// A parameter as the panel shows it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Parameter {
    name: String,
    type_name: String,
    description: String,
    default: Option<String>,
    /// Values that it may have; empty where any will do.
    allowed: Vec<String>,
    /// Never shown, and never kept in the design either.
    secret: bool,
    /// The value now, if it is not the default.
    value: Option<String>,
}

fn parameters(design: &Design) -> Vec<Parameter> {
    let Some(original) = design.template() else { return Vec::new() };
    let listed = original.template().get("Parameters").and_then(Json::as_object);
    let text = |json: &Json| json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    let one = |(name, json): (&String, &Json)| {
        let of = |key: &str| json.get(key).map(text);
        let allowed = json.get("AllowedValues").and_then(Json::as_array).into_iter().flatten().map(text).collect();
        let secret = of("NoEcho").is_some_and(|on| on == "true");
        Parameter {
            name: name.clone(),
            type_name: of("Type").unwrap_or_default(),
            description: of("Description").unwrap_or_default(),
            default: of("Default").filter(|_| !secret),
            allowed,
            secret,
            value: original.values().get(name).cloned(),
        }
    };
    listed.into_iter().flatten().map(one).collect()
}

/// Gives a parameter another value, or its default back; why not.
fn give(name: &str, value: Option<String>) -> Option<Message> {
    let edits = store().design(|design| {
        let mut values: BTreeMap<String, String> =
            design.template().map(|original| original.values().clone()).unwrap_or_default();
        match value {
            Some(value) => values.insert(name.to_owned(), value),
            None => values.remove(name),
        };
        with_values(design, &values)
    });
    match edits {
        Ok(edits) if edits.is_empty() => None,
        Ok(edits) => {
            edits::make(&edits, message!("파라미터 {name}을(를) 바꿨어요.", "Parameter {name} changed."));
            None
        }
        Err(problem) => Some(problem.message()),
    }
}

/// The parameters in a part that unfolds; nothing for a design without a template.
#[component]
pub fn Parameters() -> impl IntoView {
    let (store, words) = (store(), words());
    let all = Memo::new(move |_| {
        store.settled.track();
        store.design(parameters)
    });
    // What the values break: parameters with bounds of their own, and the template's rules.
    let broken = Memo::new(move |_| {
        store.settled.track();
        let told = |fault: &Fault| Problem::from(fault).message();
        store.design(|design| elsewhere(design).map(told).collect::<Vec<_>>())
    });
    let complaints = move || {
        let one = |why: Message| view! { <p class="field-error" data-testid="template-fault">{words.read(&why)}</p> };
        broken.get().into_iter().map(one).collect_view()
    };
    let count = move || words.read(&message!("파라미터 값 {}개", "{} parameter values", all.with(Vec::len)));
    view! {
        <details class="template-notes parameters" data-testid="parameters" hidden=move || all.with(Vec::is_empty)>
            <summary>
                <Glyph path=SLIDERS/>
                {count}
            </summary>
            <p class="faint">
                {tr(t(
                    "값을 바꾸면 템플릿을 그 값으로 다시 계산해서 그려요. 고친 것은 그대로 두고, 템플릿의 기본값도 바꾸지 않아요.",
                    "Another value evaluates and draws the template anew. What you edited stays, and so do the template's defaults.",
                ))}
            </p>
            <div role="alert">{complaints}</div>
            <div class="parameter-list">
                <For each=move || all.get() key=|one| Parameter { value: None, ..one.clone() } children=move |one| row(one, all)/>
            </div>
        </details>
    }
    .into_any()
}

/// One parameter. The row stays while its value changes, so that the focus does too.
fn row(one: Parameter, all: Memo<Vec<Parameter>>) -> AnyView {
    let words = words();
    let wrong = RwSignal::new(None::<Message>);
    let Parameter { name, type_name, description, default, allowed, secret, .. } = one;
    let id = format!("parameter-{name}");
    let (own, fallback) = (name.clone(), default.clone().unwrap_or_default());
    let now = Memo::new(move |_| {
        let value = all.with(|all| all.iter().find(|one| one.name == own).and_then(|one| one.value.clone()));
        value.unwrap_or_else(|| fallback.clone())
    });
    let usual = default.clone();
    let of = name.clone();
    let commit = move |typed: String| {
        let value = (usual.as_ref() != Some(&typed)).then_some(typed).filter(|typed| !typed.is_empty());
        wrong.set(give(&of, value));
    };
    let control = if secret {
        let kept = t(
            "비밀 값이라서 여기에 두지 않아요. 배포할 때 넣으세요.",
            "A secret: it is not kept here. Give it when you deploy.",
        );
        view! { <input class="field" type="text" id=id.clone() data-testid=id.clone() disabled placeholder=tr(kept)/> }
            .into_any()
    } else if allowed.is_empty() {
        // What is typed and not given yet stays, also where the document comes to rest meanwhile.
        let (input, typing) = (NodeRef::<html::Input>::new(), StoredValue::new(false));
        Effect::new(move |_| {
            let value = now.get();
            if let (Some(input), false) = (input.get(), typing.get_value()) {
                input.set_value(&value);
            }
        });
        view! {
            <input node_ref=input class="field mono" type="text" id=id.clone() data-testid=id.clone() autocomplete="off" spellcheck="false"
                aria-describedby=format!("{id}-about") placeholder=default.clone().unwrap_or_default()
                on:input=move |_| typing.set_value(true)
                on:change:target=move |event| {
                    typing.set_value(false);
                    commit(event.target().value());
                }/>
        }
        .into_any()
    } else {
        let option = |one: String| {
            let own = one.clone();
            view! { <option value=one.clone() prop:selected=move || now.get() == own>{one.clone()}</option> }
        };
        let options = allowed.into_iter().map(option).collect_view();
        view! {
            <select class="field" id=id.clone() data-testid=id.clone() aria-describedby=format!("{id}-about")
                on:change:target=move |event| commit(event.target().value())>{options}</select>
        }
        .into_any()
    };
    let usual = default.map(|default| message!(" · 기본값 {default}", " · default {default}"));
    let usual = move || usual.as_ref().map(|usual| words.read(usual));
    view! {
        <div class="parameter" data-testid="parameter" data-name=name.clone()>
            <label for=id.clone()><code>{name.clone()}</code></label>
            <div>
                {control}
                <p class="field-error" role="alert" hidden=move || wrong.with(Option::is_none)>{move || wrong.get().map(|why| words.read(&why))}</p>
                <p class="faint" id=format!("{id}-about")>{type_name}{usual}<br/>{description}</p>
            </div>
        </div>
    }
    .into_any()
}
