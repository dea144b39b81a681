// How the page looks and reads: both languages, light and dark, with a screen reader's eyes, and on a phone.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";

/** The texts in sight that hold Korean letters, but for names that people gave. */
function korean(names) {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!/[가-힣]/.test(text.data) || names.some((name) => text.data.includes(name))) continue;
    if (element.closest('[lang="ko"], script, style, noscript') || !element.checkVisibility()) continue;
    found.push(text.data.trim());
  }
  for (const element of document.querySelectorAll("[title], [aria-label], [placeholder]")) {
    if (element.closest('[lang="ko"]') || !element.checkVisibility()) continue;
    for (const name of ["title", "aria-label", "placeholder"]) {
      const said = element.getAttribute(name) ?? "";
      if (/[가-힣]/.test(said) && !names.some((one) => said.includes(one))) found.push(`${name}=${said}`);
    }
  }
  return found;
}

appTest("the language is switched at once, everywhere, and remembered", async (app) => {
  const { canvas, dialog, problems, template, toolbar } = app;
  await app.begin(LAB);
  await toolbar.click("lang-en");
  assert.equal(await app.page.locator("html").getAttribute("lang"), "en");
  await toolbar.title.fill("Lab");
  await toolbar.title.press("Enter");
  for (const name of ["lab-vpc", "public-a", "web-a", "lab-sg", "web-alb", "http", "web-tg", "public-rt"]) {
    await canvas.click(name);
    if (await app.page.getByTestId("inspector-more").count()) await app.page.getByTestId("inspector-more").click();
    assert.deepEqual(await app.page.evaluate(korean, []), [], name);
  }
  await canvas.click("public-a");
  await app.inspector.enter("cidr", "10.0.0.0/33");
  await app.inspector.error("cidr").waitFor();
  await app.press("Escape");
  await app.inspector.enter("cidr", "10.0.0.0/24");
  await problems.open();
  await problems.rows.first().waitFor();
  assert.deepEqual(await app.page.evaluate(korean, []), [], "problems");
  await template.open();
  await app.outline.open();
  assert.deepEqual(await app.page.evaluate(korean, []), [], "template and outline");
  await canvas.focus();
  for (const keys of ["?", "Control+k"]) {
    await app.press(keys);
    await dialog.root.waitFor();
    assert.deepEqual(await app.page.evaluate(korean, []), [], keys);
    await app.press("Escape");
    await dialog.closed();
    await canvas.focus();
  }
  await app.status.until("saved");
  await app.page.reload();
  await app.started();
  assert.equal(await app.page.locator("html").getAttribute("lang"), "en");
});

appTest("the theme goes round, is dark where the system is, and remembered", { colorScheme: "dark" }, async (app) => {
  const { toolbar } = app;
  const ground = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).slice(0, 3).map(Number));
  const dark = await ground();
  assert.ok(Math.max(...dark) < 90, `not dark: ${dark}`);
  await toolbar.click("theme");
  const light = await ground();
  assert.ok(Math.min(...light) > 200, `not light: ${light}`);
  await app.page.reload();
  await app.started();
  assert.deepEqual(await ground(), light);
});

for (const [lang, colorScheme] of [["ko", "light"], ["ko", "dark"], ["en", "light"], ["en", "dark"]]) {
  appTest(`no accessibility violation in ${lang}, ${colorScheme}`, { colorScheme }, async (app) => {
    const { canvas, dialog, inspector, outline, problems, template, toolbar } = app;
    await toolbar.click(`lang-${lang}`);
    await app.assertAccessible();
    await app.begin(LAB);
    await canvas.click("public-c");
    await inspector.enter("cidr", "192.168.2.128/25");
    await problems.open();
    await problems.of("subnet-overlap").first().waitFor();
    await app.assertAccessible();
    await outline.open();
    await template.open();
    await canvas.click("lab-sg");
    await app.page.getByTestId("row-toggle-inbound-0").click();
    await inspector.enter("inbound-0-ports", "x");
    await inspector.error("inbound-0-ports").waitFor();
    await app.assertAccessible();
    // The dialogs have few words and the same colours: one run in each language and each theme.
    if ((lang === "ko") === (colorScheme === "dark")) return;
    await canvas.click("web-a");
    for (const keys of ["?", "Control+k", "F2"]) {
      await canvas.focus();
      await app.press(keys);
      await dialog.root.waitFor();
      await app.assertAccessible();
      await app.press("Escape");
      await dialog.closed();
    }
  });
}

appTest("what may move less does", { reducedMotion: "reduce" }, async (app) => {
  await app.begin(LAB);
  const moving = await app.page.evaluate(() => document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 50).length);
  assert.equal(moving, 0);
});

appTest("on a phone one views, selects, edits fields and sees problems", {
  viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2,
}, async (app) => {
  const { canvas, inspector } = app;
  await app.page.getByTestId(`sample-${LAB}`).tap();
  await app.page.getByTestId("welcome").waitFor({ state: "detached" });
  const wide = await app.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `the page is ${wide} pixels wide`);
  await app.page.getByTestId("phone-outline").tap();
  await app.outline.row("public-c").locator(".tree-name").tap();
  await app.page.getByTestId("phone-inspector").tap();
  await inspector.enter("cidr", "192.168.2.0/25");
  await app.page.getByTestId("phone-problems").tap();
  await app.problems.of("subnet-overlap").first().waitFor();
  await app.problems.fix("subnet-overlap");
  await app.problems.of("subnet-overlap").waitFor({ state: "detached" });
  await app.page.getByTestId("phone-problems").tap();
  await app.assertAccessible();
  const small = await app.page.evaluate(() =>
    [...document.querySelectorAll("button, select, input")]
      .filter((element) => element.checkVisibility() && !element.closest(".visually-hidden"))
      .map((element) => ({ name: element.getAttribute("data-testid") ?? element.textContent, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ name, box }) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`),
  );
  assert.deepEqual(small, []);
  await canvas.root.tap({ position: { x: 150, y: 200 } });
});

for (const [locale, lang] of [["en-GB", "en"], ["ko-KR", "ko"], ["ja-JP", "en"]]) {
  appTest(`a browser in ${locale} gets ${lang} at the first visit, and what is chosen stays`, { locale }, async (app) => {
    const now = () => app.page.locator("html").getAttribute("lang");
    assert.equal(await now(), lang);
    assert.equal(await app.page.evaluate(() => localStorage.getItem("groundplan.lang")), null);
    const other = lang === "ko" ? "en" : "ko";
    await app.toolbar.click(`lang-${other}`);
    await app.page.reload();
    await app.started();
    assert.equal(await now(), other);
  });
}
