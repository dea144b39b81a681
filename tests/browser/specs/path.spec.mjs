// A packet's path on the canvas: along the ways it really takes, moved and stepped, and either the current answer or gone.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

async function traced(app, question = 3) {
  await app.begin("private-servers-behind-alb");
  await app.page.getByTestId("status-tracer").click();
  await app.page.getByTestId("trace-suggestion").nth(question).click();
  await app.page.getByTestId("verdict").locator("b").waitFor();
  await app.page.locator("#canvas .packet-note").waitFor();
}

const line = (app, way) => app.page.locator(`#canvas .path-line.${way}:not(.beyond)`).getAttribute("d");
const shown = (app) => app.page.evaluate(() => getComputedStyle(document.querySelector("#canvas .over > .path")).display !== "none");
const packet = (app) => app.page.locator("#canvas .packet-disc").getAttribute("d");

/** The corners of a way, rounded ones included. */
const points = (d) => [...d.matchAll(/([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

appTest("there and back run beside each other, around what stands between", async (app) => {
  await traced(app);
  const [there, back] = [points(await line(app, "there")), points(await line(app, "back"))];
  assert.ok(there.length > 2 && back.length > 2);
  for (const way of [there, back]) {
    for (const [n, at] of way.slice(1).entries()) {
      const before = way[n];
      const [dx, dy] = [Math.abs(at.x - before.x), Math.abs(at.y - before.y)];
      assert.ok(Math.min(dx, dy) < 12, `askew from ${before.x} ${before.y} to ${at.x} ${at.y}`);
    }
  }
  // Two lanes: neither begins where the other ends.
  assert.ok(Math.hypot(there[0].x - back.at(-1).x, there[0].y - back.at(-1).y) > 2);
});

appTest("the packet goes from hop to hop, by steps, by the slider and by itself", async (app) => {
  await traced(app);
  const place = () => app.page.getByTestId("hop-place").innerText();
  const first = await packet(app);
  await app.page.getByTestId("hop-forward").click();
  await app.page.waitForFunction((before) => document.querySelector("#canvas .packet-disc").getAttribute("d") !== before, first);
  assert.match(await place(), /^2 \//);
  const scrub = app.page.getByTestId("packet-scrub");
  await scrub.focus();
  await app.press("End");
  const last = Number((await place()).split(" / ")[1]);
  assert.match(await place(), new RegExp(`^${last} /`));
  await app.press("Home");
  await app.page.getByTestId("packet-speed").click();
  await app.page.getByTestId("packet-speed").click();
  await app.page.getByTestId("packet-play").click();
  await app.page.waitForFunction(() => document.querySelector("[data-testid=hop-place]").textContent.startsWith("4 "), null, { timeout: 10_000 });
  await app.page.getByTestId("packet-play").click();
  const stopped = await place();
  await app.page.waitForTimeout(900);
  assert.equal(await place(), stopped, "paused, it stays");
});

appTest("the header is shown as it is rewritten", async (app) => {
  await traced(app);
  const note = app.page.locator("#canvas .packet-note");
  const total = Number((await app.page.getByTestId("hop-place").innerText()).split(" / ")[1]);
  let rewritten = 0;
  for (let hop = 1; hop < total; hop++) {
    await app.page.getByTestId("hop-forward").click();
    const after = await note.locator(".packet-header.after").count();
    if (after > 0) {
      rewritten += 1;
      assert.notEqual(await note.locator(".packet-header.before").innerText(), await note.locator(".packet-header.after").innerText());
    }
  }
  assert.ok(rewritten >= 2, "the NAT gateway and the internet gateway rewrite it, there and back");
});

appTest("without motion the packet is at its hop at once", { reducedMotion: "reduce" }, async (app) => {
  await traced(app);
  await app.page.getByTestId("hop-forward").click();
  await app.canvas.drawn();
  const at = await packet(app);
  await app.page.waitForTimeout(500);
  assert.equal(await packet(app), at);
});

appTest("a blocked path is never drawn as an open one, stops where it dies and says why", async (app) => {
  await traced(app);
  assert.match(await app.page.locator("#canvas .over > .path").getAttribute("class"), /open/);
  const blue = await app.page.evaluate(() => getComputedStyle(document.querySelector("#canvas .path-line.there:not(.beyond)")).stroke);
  // Its gateway goes: the answer and the path follow.
  await app.canvas.click("igw");
  await app.press("Delete");
  await app.page.locator('[data-verdict="blocked"]').waitFor();
  await app.page.locator("#canvas .over > .path.blocked").waitFor({ state: "attached" });
  const red = await app.page.evaluate(() => getComputedStyle(document.querySelector("#canvas .path-line.there:not(.beyond)")).stroke);
  assert.notEqual(red, blue);
  await app.page.locator("#canvas .path-mark.blocked").first().waitFor();
});

appTest("a path is that of the design as it is now, or gone", async (app) => {
  await traced(app);
  assert.ok(await shown(app));
  await app.press("Escape");
  await app.canvas.drawn();
  assert.ok(!(await shown(app)), "Escape takes it off");
  await app.page.getByTestId("hop-forward").click();
  await app.canvas.drawn();
  assert.ok(await shown(app), "a look at a hop brings it back");
  await app.page.getByTestId("toggle-bottom").click();
  await app.canvas.drawn();
  assert.ok(!(await shown(app)), "it goes with its panel");
  await app.page.getByTestId("toggle-bottom").click();
  await app.canvas.drawn();
  assert.ok(await shown(app));
  // A hop is deleted, and brought back.
  await app.canvas.click("nat-a");
  await app.press("Delete");
  await app.page.locator('[data-verdict="blocked"]').waitFor();
  const nodes = await app.page.evaluate(() => document.querySelectorAll("#canvas .path-mark").length);
  await app.press("Control+z");
  await app.page.locator('[data-verdict="open"]').waitFor();
  assert.notEqual(await app.page.evaluate(() => document.querySelectorAll("#canvas .path-mark").length), nodes);
});
