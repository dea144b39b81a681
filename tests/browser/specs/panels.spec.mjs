// The panels around the drawing: of one height whatever is in them, and never over what one looks at.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const TABS = ["problems", "tracer", "matrix", "pins", "template"];

/** How high the results are. */
const height = (app) => app.page.locator(".region.bottom").evaluate((region) => region.getBoundingClientRect().height);

/** Whether all that is drawn comes to lie within the canvas, which is measured after the page is laid out. */
async function whole(app) {
  await app.canvas.drawn();
  const is = app.page.waitForFunction(() => {
    const canvas = document.querySelector("#canvas").getBoundingClientRect();
    const boxes = [...document.querySelectorAll("#canvas .world g.frame > rect.box, #canvas .world g.tile > path.square")];
    return boxes.length > 0 && boxes.map((box) => box.getBoundingClientRect()).every((box) =>
      box.left >= canvas.left && box.top >= canvas.top && box.right <= canvas.right && box.bottom <= canvas.bottom);
  }, undefined, { timeout: 3_000 });
  return is.then(() => true, () => false);
}

appTest("the results are as high whatever tab is in front, and as high as they are dragged", async (app) => {
  await app.begin("private-servers-behind-alb");
  await app.page.getByTestId("toggle-bottom").click();
  const heights = [];
  for (const tab of TABS) {
    await app.page.getByTestId(`tab-${tab}`).click();
    heights.push(await height(app));
  }
  assert.deepEqual(heights, Array(TABS.length).fill(heights[0]));
  const splitter = await app.page.getByTestId("splitter").boundingBox();
  const from = { x: splitter.x + splitter.width / 2, y: splitter.y + splitter.height / 2 };
  await app.canvas.drag(from, { x: from.x, y: from.y - 90 });
  assert.equal(await height(app), heights[0] + 90);
  await app.page.getByTestId("splitter").focus();
  await app.press("ArrowDown");
  assert.equal(await height(app), heights[0] + 74);
  await app.page.getByTestId("tab-problems").click();
  assert.equal(await height(app), heights[0] + 74);
  await app.page.reload();
  await app.started();
  assert.equal(await height(app), heights[0] + 74, "it is remembered");
  await app.page.getByTestId("splitter").focus();
  await app.press("End");
  assert.ok((await height(app)) <= 900 - 240, "the drawing keeps its room");
  await app.press("Home");
  assert.equal(await height(app), 120);
  await app.assertAccessible();
});

appTest("results that open or grow hide nothing of a drawing that was in sight", async (app) => {
  await app.begin("private-servers-behind-alb");
  await app.toolbar.click("zoom-fit");
  assert.ok(await whole(app));
  await app.page.getByTestId("toggle-bottom").click();
  assert.ok(await whole(app), "opened");
  await app.page.getByTestId("splitter").focus();
  await app.press("PageUp", "PageUp");
  assert.ok(await whole(app), "grown");
  await app.page.setViewportSize({ width: 1100, height: 700 });
  assert.ok(await whole(app), "in a smaller window");
});

appTest("what blocks and the edits that open it stay in sight while the hops scroll", async (app) => {
  await app.begin("private-servers-behind-alb");
  await app.page.getByTestId("status-tracer").click();
  await app.page.getByTestId("trace-suggestion").nth(2).click();
  await app.page.getByTestId("verdict").waitFor();
  await app.canvas.click("bastion");
  await app.inspector.enter("public_ip", "no").catch(() => app.inspector.field("public_ip").selectOption("no"));
  await app.page.locator('[data-verdict="blocked"]').waitFor();
  const seen = (locator) => locator.evaluate((element) => {
    const [box, region] = [element.getBoundingClientRect(), document.querySelector(".region.bottom").getBoundingClientRect()];
    return box.top >= region.top && box.bottom <= region.bottom + 1;
  });
  const fix = app.page.getByTestId("blocker-fix").first();
  assert.ok(await seen(fix));
  await app.page.locator(".tracer-scroll").evaluate((hops) => hops.scrollTo(0, hops.scrollHeight));
  assert.ok(await seen(fix), "the edit scrolled away with the hops");
});

appTest("a design that is opened again shows its tags, problems and cost before anybody touches the page", async (app) => {
  await app.begin("private-servers-behind-alb");
  await app.status.until("saved");
  await app.page.goto("about:blank");
  await app.page.goBack();
  await app.mounted();
  await app.page.locator("#canvas .tag").first().waitFor();
  await app.page.getByTestId("status-cost").waitFor();
  await app.page.locator('[data-testid="status-error"]', { hasText: /^\d+$/ }).waitFor();
});
