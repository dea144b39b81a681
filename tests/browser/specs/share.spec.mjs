// A design is handed on: as a picture that opens again, as a link that is looked at first.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { App, appTest } from "../support/app.mjs";

const SAMPLE = "two-az-vpc";

async function share(app) {
  await app.toolbar.menu("file", "share");
  await app.page.getByTestId("share-preview").waitFor();
}

/** Saves the picture that the dialog is set to. */
async function saved(app) {
  const [download] = await Promise.all([app.page.waitForEvent("download"), app.page.getByTestId("share-save").click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Opens a file in the dialog that Ctrl+O opens. */
async function open(app, name, bytes) {
  const [chooser] = await Promise.all([app.page.waitForEvent("filechooser"), app.press("Control+o")]);
  await chooser.setFiles({ name, mimeType: name.endsWith("svg") ? "image/svg+xml" : "image/png", buffer: bytes });
}

/** The width and height that a PNG says it has. */
const size = (png) => [png.readUInt32BE(16), png.readUInt32BE(20)];

appTest("a picture of either kind opens again as the design it shows", async (app) => {
  const { page } = app;
  await app.begin(SAMPLE);
  const design = await app.design();
  await share(app);
  const shown = await page.getByTestId("share-preview").evaluate((image) => image.decode().then(() => [image.naturalWidth, image.naturalHeight]));
  assert.ok(shown[0] > 300 && shown[1] > 200, `${shown}`);
  const png = await saved(app);
  assert.match(png.name, /\.png$/);
  assert.deepEqual(size(png.bytes), shown.map((side) => side * 2));
  await page.getByTestId("share-svg").click();
  const svg = await saved(app);
  assert.match(svg.name, /\.svg$/);
  assert.match(svg.bytes.toString(), /^<svg [^]*<metadata>/);
  for (const picture of [png, svg]) {
    if (await page.getByTestId("dialog-close").isVisible()) await page.getByTestId("dialog-close").click();
    await app.toolbar.menu("file", "new");
    assert.equal(await app.canvas.count("web-a"), 0);
    await open(app, picture.name, picture.bytes);
    await app.canvas.rect("web-a");
    assert.deepEqual(await app.design(), design, picture.name);
  }
});

appTest("a picture can be of what is selected, larger, told about, and without the design", async (app) => {
  const { page, canvas } = app;
  await app.begin(SAMPLE);
  await share(app);
  assert.equal(await page.getByTestId("share-selected").count(), 0);
  await page.getByTestId("share-svg").click();
  const whole = (await saved(app)).bytes.toString();
  await page.getByTestId("dialog-close").click();
  await canvas.click("web-a");
  await share(app);
  await page.getByTestId("share-svg").click();
  await page.getByTestId("share-selected").check();
  await page.getByTestId("share-legend").check();
  await page.getByTestId("share-inside").uncheck();
  const part = (await saved(app)).bytes.toString();
  assert.ok(whole.includes("<metadata>") && !part.includes("<metadata>"));
  assert.equal(part.match(/<g id=/g).length, 1);
  assert.match(part, /EC2 인스턴스/);
  await app.assertAccessible();
});

appTest("a picture goes to the clipboard", async (app) => {
  const { page } = app;
  await app.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.begin(SAMPLE);
  await share(app);
  await page.getByTestId("share-copy").click();
  await app.toast.filter({ hasText: "그림을 복사했어요" }).waitFor();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  assert.deepEqual(types, ["image/png"]);
});

appTest("a link is looked at elsewhere, and a copy can be changed", async (app) => {
  const { page } = app;
  await app.begin(SAMPLE);
  const design = await app.design();
  await share(app);
  const link = await page.getByTestId("share-link").inputValue();
  assert.match(await page.getByTestId("share-size").textContent(), new RegExp(`${link.length}자`));
  await page.getByTestId("share-code").click();
  await page.locator(".share-code svg").waitFor();
  const other = await App.open({ hash: link.slice(link.indexOf("#")) });
  try {
    await other.canvas.rect("web-a");
    assert.deepEqual(await other.design(), design);
    assert.equal(await other.status.saved.getAttribute("data-state"), "linked");
    await other.canvas.click("web-a");
    await other.press("Delete");
    await other.toast.filter({ hasText: "사본 만들기" }).waitFor();
    assert.deepEqual(await other.design(), design);
    await other.page.getByTestId("status-copy").click();
    await other.status.until("saved");
    assert.equal(new URL(other.page.url()).hash, "");
    // Another one: a second press on the first would ask for its name.
    await other.canvas.click("web-c");
    await other.press("Delete");
    assert.equal(await other.canvas.count("web-c"), 0);
    await other.status.until("saved");
    assert.deepEqual(other.complaints, []);
  } finally {
    await other.context.close();
  }
});

appTest("a link that was damaged is refused, and what was drawn stays", async (app) => {
  const { page } = app;
  await app.begin(SAMPLE);
  await app.status.until("saved");
  const design = await app.design();
  for (const [hash, says] of [
    ["#d=1.AAAA", /손상되었어요/],
    ["#d=9.AAAA", /더 새로운 버전/],
    ["#d=<script>alert(1)</script>", /설계가 들어 있지 않아요/],
    ["#d=", /설계가 들어 있지 않아요/],
    ["#sample=castle", /그런 예제가 없어요/],
  ]) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    const dialog = page.getByTestId("dialog");
    await dialog.filter({ hasText: says }).waitFor();
    await page.getByTestId("dialog-close").click();
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(await app.design(), design);
  }
});

appTest("a sample opens by its address", { hash: `#sample=${SAMPLE}` }, async (app) => {
  await app.canvas.rect("web-a");
  assert.equal(new URL(app.page.url()).hash, "");
});

/** What a button of the dialog hands to the downloads. */
async function paper(app, id) {
  const [download] = await Promise.all([app.page.waitForEvent("download"), app.page.getByTestId(id).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

for (const lang of ["ko", "en"]) {
  appTest(`a report, tables and a file for draw.io say what the page says, in ${lang}`, async (app) => {
    const { page } = app;
    await app.toolbar.click(`lang-${lang}`);
    await app.begin("private-servers-behind-alb");
    const resources = (await app.design()).nodes.length;
    await share(app);
    const report = await paper(app, "share-report");
    assert.match(report.name, /\.html$/);
    // The report alone in a page: it shows everything and runs nothing.
    const reader = await app.context.newPage();
    await reader.setContent(report.text);
    assert.equal(await reader.locator("html").getAttribute("lang"), lang);
    assert.equal(await reader.locator("figure svg g[id]").count(), resources);
    for (const part of ["findings", "addresses", "reachability", "cost"]) assert.ok(await reader.locator(`#${part}`).isVisible(), part);
    assert.equal(await reader.locator("script").count(), 0);
    await reader.setViewportSize({ width: 390, height: 800 });
    assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the report fits a phone");
    await reader.close();
    const found = await paper(app, "share-findings");
    assert.match(found.text, /^\ufeffseverity,rule,resource,/);
    const plan = await paper(app, "share-addresses");
    assert.match(plan.text, /^\ufeffvpc,subnet,zone,tier,block,/);
    assert.ok(plan.text.split("\r\n").length > 5, plan.text);
    const drawing = await paper(app, "share-drawio");
    assert.match(drawing.name, /\.drawio$/);
    assert.equal(drawing.text.match(/vertex="1"/g).length, resources);
    await app.assertAccessible();
    for (const width of [390, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.getByTestId("share").evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      assert.ok(wide <= 0, `the dialog at ${width}`);
    }
  });
}

appTest("a finding leads to its rule on a page of its own", async (app) => {
  const { page } = app;
  await app.begin("private-servers-behind-alb");
  await app.canvas.click("igw");
  await app.press("Delete");
  await app.problems.open();
  const link = page.getByTestId("problem-rule").first();
  await link.waitFor();
  const rule = await page.getByTestId("problem-row").first().getAttribute("data-rule");
  assert.equal(await link.getAttribute("href"), `rules/ko.html#${rule}`);
  const [opened] = await Promise.all([app.context.waitForEvent("page"), link.click()]);
  await opened.waitForLoadState();
  const entry = opened.locator(`article[id="${rule}"]`);
  await entry.waitFor();
  assert.ok(await entry.evaluate((element) => element.matches(":target") && element.getBoundingClientRect().top < innerHeight));
  assert.ok(await opened.evaluate(() => getComputedStyle(document.querySelector("main")).maxWidth === "760px"), "the style sheet is taken");
  assert.ok(await opened.locator('a[lang="en"]').isVisible());
  await opened.close();
});
