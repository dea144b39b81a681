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
