//! The deploy sheet: the command, the console's steps, what it costs a month and in which order it is torn down.

use groundplan::cloudformation::{Asked, Deploy, Limit, deploy, export};
use groundplan::cost::{self, Cost, prices};
use groundplan::derived::Derived;
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::teardown::{Step, teardown};
use groundplan::template::Syntax;
use groundplan::text::{Lang, Message, Text, grouped, t};
use leptos::prelude::*;

use super::import::Command;
use crate::app::actions::documents::file_name;
use crate::app::browser::files;
use crate::app::icons::glyphs::{DOWNLOAD, Glyph, RIGHT};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// Reasons told of one step of the way down.
const REASONS: usize = 3;

/// Dollars and cents. By whole cents: this is in the first load, and what writes fractions would be the heaviest of it.
#[expect(clippy::cast_possible_truncation, reason = "no bill has that many cents")]
pub fn dollars(amount: f64) -> String {
    let cents = (amount * 100.0).round() as i64;
    format!("${}.{:02}", cents / 100, cents % 100)
}

/// What the sheet says of the design as it was when the sheet was opened.
struct Sheet {
    syntax: Syntax,
    file: String,
    text: String,
    deploy: Deploy,
    cost: Cost,
    steps: Vec<Step>,
}

impl Sheet {
    fn of(derived: &Derived) -> Self {
        let design = derived.design();
        let export = export(design);
        let (text, syntax) = (export.text().to_owned(), export.syntax());
        let file = format!("{}.template.{}", file_name(), syntax.ending());
        let deploy = deploy(design, &export, &file, &text);
        Self { deploy, cost: derived.cost().clone(), steps: teardown(design), syntax, file, text }
    }
}

/// The body of the dialog.
pub fn sheet() -> AnyView {
    let (store, words) = (store(), words());
    let sheet = StoredValue::new(untrack(|| store.derived(Sheet::of)));
    // Written for one language, and anew when that changes: nothing in it moves.
    let body = move || {
        let lang = words.lang();
        sheet.with_value(|sheet| {
            let Sheet { deploy, cost, steps, .. } = sheet;
            view! {
                {command(deploy, lang)}
                {parameters(&deploy.asked, lang)}
                {section("deploy-console", t("콘솔에서 하려면", "By hand in the console"), String::new(), false, console(deploy, lang), lang)}
                {section("deploy-cost", t("한 달 비용", "Cost per month"), dollars(cost.total()), false, bill(cost, lang), lang)}
                {section("deploy-teardown", t("지우는 순서", "Order of tearing down"), String::new(), false, way_down(steps, lang), lang)}
                {section("deploy-limits", t("CloudFormation의 한도", "CloudFormation's limits"), fullest(&deploy.limits), false, limits(&deploy.limits, lang), lang)}
            }
        })
    };
    let download =
        move |_| sheet.with_value(|sheet| files::download(&sheet.file, sheet.syntax.media_type(), &sheet.text));
    view! {
        <div class="prose deploy scroll" tabindex="0" data-testid="deploy">{body}</div>
        <footer>
            <button class="button primary" data-testid="deploy-download" on:click=download>
                <Glyph path=DOWNLOAD/>
                {tr(t("템플릿 내려받기", "Download the template"))}
            </button>
        </footer>
    }
    .into_any()
}

/// A part that can be unfolded.
fn section(id: &'static str, title: Text, aside: String, open: bool, body: AnyView, lang: Lang) -> AnyView {
    view! {
        <details data-testid=id open=open>
            <summary><Glyph path=RIGHT/>{title.get(lang)}<span class="deploy-aside">{aside}</span></summary>
            {body}
        </details>
    }
    .into_any()
}

fn listed(all: &[Message], lang: Lang) -> AnyView {
    all.iter().map(|one| view! { <li>{one.get(lang).to_owned()}</li> }).collect_view().into_any()
}

fn command(deploy: &Deploy, lang: Lang) -> AnyView {
    let intro = t(
        "템플릿을 내려받고, 그 폴더에서 이 명령을 실행하세요. CloudShell이라면 파일을 먼저 업로드하세요.",
        "Download the template and run this command in its folder. In CloudShell, upload the file first.",
    );
    view! {
        <div>
            <p>{intro.get(lang)}</p>
            <Command text=deploy.command.clone()/>
            <ul class="deploy-notes">{listed(&deploy.notes, lang)}</ul>
        </div>
    }
    .into_any()
}

fn parameters(asked: &[Asked], lang: Lang) -> AnyView {
    if asked.is_empty() {
        return ().into_any();
    }
    let must = asked.iter().filter(|one| one.default.is_none()).count();
    let aside = message!("{must}개는 값을 줘야 해요", "{must} must be given");
    let row = |one: &Asked| {
        let given = one.default.clone().unwrap_or_else(|| t("값이 필요해요", "needs a value").get(lang).to_owned());
        view! {
            <tr>
                <th scope="row"><code>{one.name.clone()}</code></th>
                <td>{given}</td>
                <td>{one.description.clone()}</td>
            </tr>
        }
    };
    let rows = asked.iter().map(row).collect_view();
    let body = view! { <table><tbody>{rows}</tbody></table> }.into_any();
    let aside = if must == 0 { String::new() } else { aside.get(lang).to_owned() };
    section("deploy-parameters", t("파라미터", "Parameters"), aside, must > 0, body, lang)
}

fn console(deploy: &Deploy, lang: Lang) -> AnyView {
    view! { <ol>{listed(&deploy.console, lang)}</ol> }.into_any()
}

fn name(id: NodeId) -> String {
    store().name(id)
}

fn bill(cost: &Cost, lang: Lang) -> AnyView {
    let row = |item: &cost::Item| {
        view! {
            <tr>
                <th scope="row">{name(item.node)}</th>
                <td>
                    <a href=item.source target="_blank" rel="noreferrer">{item.what.get(lang).to_owned()}</a>
                </td>
                <td class="money">{dollars(item.monthly)}</td>
            </tr>
        }
    };
    let (as_of, hours) = (cost::AS_OF, prices::HOURS);
    let dated = message!(
        "{as_of}까지의 AWS 가격표와 대조한 정가예요. 한 달은 {hours}시간이고 세금, 크레딧, 프리 티어와 데이터 전송은 빠져 있어요.",
        "List prices, compared with AWS's price lists up to {as_of}. A month has {hours} hours; tax, credits, the free tier and data transfer are left out."
    );
    let stopped = dollars(cost.total_when_stopped());
    let stopped = message!(
        "인스턴스를 중지해도 {stopped}은(는) 계속 들어요.",
        "With all instances stopped it still costs {stopped}."
    );
    let without = cost.not_priced.iter().map(|one| {
        let (ko, en) = (name(one.node), name(one.node));
        Message { ko: format!("{ko}: {}", one.why.ko), en: format!("{en}: {}", one.why.en) }
    });
    let without: Vec<Message> = without.collect();
    let none = without.is_empty();
    view! {
        <table>
            <tbody>{cost.items.iter().map(row).collect_view()}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="2">{t("합계", "Total").get(lang)}</th>
                    <td class="money" data-testid="deploy-total">{dollars(cost.total())}</td>
                </tr>
            </tfoot>
        </table>
        <p class="faint">{stopped.get(lang).to_owned()}" "{dated.get(lang).to_owned()}</p>
        <div hidden=none>
            <p class="faint">{t("여기에 들지 않은 것", "Not counted").get(lang)}</p>
            <ul class="deploy-notes">{listed(&without, lang)}</ul>
        </div>
    }
    .into_any()
}

fn way_down(steps: &[Step], lang: Lang) -> AnyView {
    let one = |step: &Step| {
        let reasons = step.after.iter().take(REASONS).map(|before| before.why.message(&name(before.node)));
        let reasons: Vec<Message> = reasons.chain(step.note.clone()).collect();
        let none = reasons.is_empty();
        view! {
            <li>
                {step.how.get(lang).to_owned()}
                <ul class="deploy-notes" hidden=none>{listed(&reasons, lang)}</ul>
            </li>
        }
    };
    let intro = t(
        "스택을 삭제하면 CloudFormation이 이 순서로 지워요. 직접 지울 때도 이 순서를 지키세요.",
        "Deleting the stack makes CloudFormation go this way. By hand, keep this order too.",
    );
    view! {
        <p>{intro.get(lang)}</p>
        <ol>{steps.iter().map(one).collect_view()}</ol>
    }
    .into_any()
}

/// The limit that is nearest.
fn fullest(limits: &[Limit]) -> String {
    limits.iter().map(Limit::percent).max().map(|percent| format!("{percent}%")).unwrap_or_default()
}

fn limits(limits: &[Limit], lang: Lang) -> AnyView {
    let row = |limit: &Limit| {
        let (used, most) = (grouped(limit.used as u64), grouped(limit.most as u64));
        view! {
            <tr class:over=limit.is_over()>
                <th scope="row">{limit.what.get(lang)}</th>
                <td class="money">{format!("{used} / {most}")}</td>
                <td class="money">{format!("{}%", limit.percent())}</td>
            </tr>
        }
    };
    view! { <table><tbody>{limits.iter().map(row).collect_view()}</tbody></table> }.into_any()
}
