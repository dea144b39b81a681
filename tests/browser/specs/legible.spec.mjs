// Names that are read at first sight: on every sample, at the sizes of ordinary windows and of a phone, and at every zoom.
import assert from "node:assert/strict";
import { App, appTest } from "../support/app.mjs";

const READABLE = 10;

/** Every line of words on the drawing: what it says, and how high its letters are on the screen. Runs in the page. */
function lines() {
  const zoom = new DOMMatrix(getComputedStyle(document.querySelector("#canvas .world")).transform).a;
  const shown = [...document.querySelectorAll("#canvas .world text, #canvas .world tspan")].filter((text) => {
    const own = [...text.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== "");
    return own && text.getClientRects().length > 0 && getComputedStyle(text).display !== "none";
  });
  return shown.map((text) => ({ says: text.textContent, pixels: parseFloat(getComputedStyle(text).fontSize) * zoom }));
}

/** Tiles that are drawn and say nothing. Runs in the page. */
function nameless() {
  const drawn = [...document.querySelectorAll("#canvas .world g.tile, #canvas .world g.frame")].filter((group) => group.getClientRects().length > 0);
  const silent = drawn.filter((group) => group.querySelector(":scope > text.name, :scope > text > tspan.name").textContent.trim() === "");
  const squares = [...document.querySelectorAll("#canvas .world .far path.tile:not(.wrong)")].filter((path) => path.getClientRects().length > 0);
  return silent.length + squares.length;
}

/** Titles and names from afar that share a point. Runs in the page. */
function overlapping() {
  const boxes = [...document.querySelectorAll("#canvas .names text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], n) => boxes.slice(n + 1).filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3).map(([other]) => `${name} and ${other}`));
}

async function legible(app, where) {
  // Letters are written anew as soon as nothing moves.
  const end = Date.now() + 5_000;
  let [all, small] = [[], []];
  do {
    await app.page.waitForTimeout(100);
    all = await app.page.evaluate(lines);
    small = all.filter((line) => line.pixels < READABLE - 0.01);
  } while ((all.length === 0 || small.length > 0) && Date.now() < end);
  assert.ok(all.length > 0, `${where}: nothing is written`);
  assert.deepEqual(small, [], `${where}: too small`);
  assert.equal(await app.page.evaluate(nameless), 0, `${where}: something is drawn without a name`);
  assert.deepEqual(await app.page.evaluate(overlapping), [], `${where}: names lie on names`);
}

const samples = ["private-servers-behind-alb", "six-subnets", "fargate-through-endpoints", "listener-rules"];

for (const [width, height] of [[1280, 800], [1366, 768], [1920, 1080], [390, 844]]) {
  appTest(`every name of a sample is read at first sight on ${width} pixels`, { viewport: { width, height } }, async (app) => {
    for (const sample of samples) {
      const fresh = sample === samples[0] ? app : await App.open({ viewport: { width, height } });
      await fresh.begin(sample);
      await legible(fresh, `${sample} on ${width}`);
      if (fresh !== app) await fresh.context.close();
    }
  });
}

appTest("names stay legible at every zoom, and merge into counts where they have no room", async (app) => {
  await app.begin("private-servers-behind-alb");
  const middle = await app.canvas.at(500, 350);
  const counts = app.page.locator("#canvas .far-count");
  for (let step = 0; step < 9; step++) {
    await app.canvas.wheel(middle, 0, 120, { ctrl: true });
    await legible(app, `after ${step + 1} notches`);
  }
  assert.ok((await counts.count()) > 0 || (await app.page.locator("#canvas .far-title").count()) > 0, "nothing is written from afar");
  for (let step = 0; step < 12; step++) await app.canvas.wheel(middle, 0, -120, { ctrl: true });
  await legible(app, "back near");
  assert.equal(await counts.count(), 0, "near, everything has its own name");
});

appTest("the properties give way while nothing is selected, and come with a selection", async (app) => {
  await app.begin("private-servers-behind-alb");
  const inspector = app.page.getByTestId("inspector");
  await inspector.waitFor({ state: "hidden" });
  const before = await app.canvas.rect("web-a");
  await app.canvas.click("web-a");
  await inspector.waitFor({ state: "visible" });
  assert.deepEqual(await app.canvas.rect("web-a"), before, "the drawing moved under the pointer");
  await app.canvas.focus();
  await app.press("Escape");
  await inspector.waitFor({ state: "hidden" });
  // What would be beneath them comes into sight.
  await app.canvas.click("site-cert");
  await inspector.waitFor({ state: "visible" });
  await app.canvas.drawn();
  const box = await app.canvas.rect("site-cert");
  const canvas = await app.canvas.root.boundingBox();
  assert.ok(box.x + box.width <= canvas.x + canvas.width, "what was selected is beneath the properties");
  await app.canvas.focus();
  await app.press("Escape");
  await inspector.waitFor({ state: "hidden" });
  // Asked for, they stay.
  await app.page.getByTestId("toggle-right").click();
  await inspector.waitFor({ state: "visible" });
  await app.page.waitForTimeout(600);
  assert.ok(await inspector.isVisible());
});

appTest("a name that is cut is read in full under the pointer and on the selected", async (app) => {
  await app.begin("private-servers-behind-alb");
  await app.canvas.click("web-a");
  const name = "a-web-server-with-a-name-that-has-no-room-on-any-tile";
  await app.inspector.field("name").fill(name);
  await app.inspector.field("name").press("Enter");
  const whole = app.page.locator("#canvas .whole-name");
  await whole.filter({ hasText: name }).waitFor();
  const shown = await app.page.evaluate(() => [...document.querySelectorAll("#canvas text.name")].map((text) => text.textContent).find((text) => text.startsWith("a-we") && text.includes("…")));
  assert.ok(shown?.endsWith("tile"), `${shown} has lost its end`);
});
