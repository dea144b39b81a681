// The drawing without eyes: what is selected is said with its relations, keys walk it, F6 goes round the page.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

appTest("what is selected is the active descendant, with kind, name, place, connections and problems", async (app) => {
  const { canvas } = app;
  await app.begin("two-az-vpc");
  const active = () => app.page.evaluate(() => {
    const id = document.querySelector("#canvas").getAttribute("aria-activedescendant");
    return id && document.getElementById(id).getAttribute("aria-label");
  });
  await canvas.click("igw");
  assert.match(await active(), /^인터넷 게이트웨이 igw, lab-vpc 안, 연결: public-rt/);
  await app.press("Alt+ArrowUp");
  await canvas.drawn();
  assert.match(await active(), /^VPC lab-vpc/);
  await app.press("Alt+ArrowDown");
  await canvas.drawn();
  assert.match(await active(), /lab-vpc 안/);
  await canvas.click("igw");
  await app.inspector.named("igw");
  await canvas.focus();
  await app.press("w");
  // What walks along wires may have to be fetched first.
  await app.page.waitForFunction(() => {
    const id = document.querySelector("#canvas").getAttribute("aria-activedescendant");
    return id && document.getElementById(id)?.getAttribute("aria-label")?.startsWith("연결, public-rt의 라우팅: igw");
  });
  await app.assertAccessible();
  await canvas.focus();
  await app.press("Escape");
  await app.page.waitForFunction(() => !document.querySelector("#canvas").hasAttribute("aria-activedescendant"));
});

appTest("a skip link leads to the canvas, F6 goes round the parts of the page", async (app) => {
  await app.page.evaluate(() => document.activeElement.blur());
  await app.press("Tab");
  await app.page.waitForFunction(() => document.activeElement.dataset.testid === "skip");
  await app.press("Enter");
  assert.equal(await app.page.evaluate(() => document.activeElement.id), "canvas");
  const part = () => app.page.evaluate(() => document.activeElement.closest(".toolbar, .region, #canvas, .status")?.className ?? "none");
  const seen = [];
  for (let round = 0; round < 4; round += 1) {
    await app.press("F6");
    seen.push(await part());
  }
  assert.match(seen[0], /region right/);
  assert.ok(seen.some((name) => /status/.test(name)) && seen.some((name) => /toolbar/.test(name)), seen.join(" | "));
  await app.press("Shift+F6");
  assert.notEqual(await part(), "none");
});
