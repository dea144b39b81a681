// A packet's walk for an audience: the drawing alone, large type, keys to step, and out again.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

/** Words on the page that are smaller than an audience reads, with their size on the screen. Runs in the page. */
function small() {
  const zoom = new DOMMatrix(getComputedStyle(document.querySelector("#canvas .world")).transform).a;
  const found = [];
  const walk = document.createTreeWalker(document.querySelector(".app"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (walk.currentNode.textContent.trim() === "" || !parent.checkVisibility({ checkVisibilityCSS: true }) || parent.closest(".visually-hidden, [hidden]")) continue;
    const box = parent.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const pixels = parseFloat(getComputedStyle(parent).fontSize) * (parent.closest("#canvas .world") ? zoom : 1);
    if (pixels < 17.99) found.push(`${walk.currentNode.textContent.trim()} ${pixels.toFixed(1)}`);
  }
  return found;
}

for (const [width, height] of [[1280, 800], [1920, 1080]]) {
  appTest(`F5 shows the drawing alone in letters of 18 pixels on ${width}`, { viewport: { width, height } }, async (app) => {
    await app.begin("private-servers-behind-alb");
    await app.canvas.focus();
    await app.press("F5");
    const sentence = app.page.getByTestId("presenting-sentence");
    await sentence.waitFor();
    assert.ok(!(await app.page.locator(".toolbar").isVisible()) && !(await app.page.locator(".region.left").isVisible()), "panels are hidden");
    const place = () => app.page.getByTestId("presenting-place").innerText();
    assert.match(await place(), /^1 \/ \d+$/);
    const said = new Set();
    for (let hop = 0; hop < 4; hop++) {
      said.add(await sentence.innerText());
      await app.page.waitForTimeout(900);
      assert.deepEqual(await app.page.evaluate(small), [], `at hop ${hop + 1}`);
      await app.press("ArrowRight");
    }
    assert.equal(said.size, 4, "each hop has its own sentence");
    await app.press("ArrowLeft");
    assert.match(await place(), /^4 \//);
    await app.assertAccessible();
    await app.press("Escape");
    await sentence.waitFor({ state: "detached" });
    assert.ok(await app.page.locator(".toolbar").isVisible(), "Escape leaves");
  });
}

appTest("the presentation is found by its name in both languages, plays by itself and turns dark", async (app) => {
  await app.begin("private-servers-behind-alb");
  for (const words of ["발표", "Present"]) {
    await app.press("Control+k");
    await app.page.waitForFunction(() => document.activeElement?.dataset.testid === "picker-search");
    await app.page.keyboard.type(words);
    await app.press("Enter");
    await app.page.getByTestId("presenting").waitFor();
    await app.press("Escape");
    await app.page.getByTestId("presenting").waitFor({ state: "detached" });
  }
  await app.canvas.focus();
  await app.press("F5");
  await app.page.getByTestId("present-theme").click();
  assert.equal(await app.page.locator("html").getAttribute("data-theme"), "dark");
  await app.page.getByTestId("present-play").click();
  await app.page.waitForFunction(() => document.querySelector("[data-testid=presenting-place]").textContent.startsWith("2 "), null, { timeout: 8_000 });
  await app.page.getByTestId("present-leave").click();
  await app.page.getByTestId("presenting").waitFor({ state: "detached" });
});
