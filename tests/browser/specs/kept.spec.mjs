// "Saved" means saved: nothing that was drawn is lost with the page, and nothing is called saved that is not.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { reopened } from "../support/storage.mjs";

const LAB = "two-az-vpc";

for (const [what, go] of [
  ["a reload", (page) => page.reload()],
  ["leaving the page", (page) => page.goto("about:blank")],
]) {
  appTest(`an edit is there after ${what} that follows at once`, async (app) => {
    const { canvas, page } = app;
    const address = page.url();
    await app.begin(LAB);
    for (let round = 0; round < 4; round += 1) {
      await canvas.click("igw");
      await app.press("ArrowDown");
      const drawn = await app.design();
      await go(page);
      if (page.url() !== address) await page.goto(address);
      await app.started();
      await canvas.rect("igw");
      assert.deepEqual(await app.design(), drawn, `lost in round ${round}`);
    }
  });
}

appTest("a closed tab loses nothing that was called saved", async (app) => {
  const { canvas, context, page, status } = app;
  await app.begin(LAB);
  await canvas.click("igw");
  for (let round = 0; round < 6; round += 1) await app.press("ArrowDown");
  await status.until("saved");
  const drawn = await app.design();
  const other = await context.newPage();
  await page.close();
  await other.goto(app.response.url());
  assert.deepEqual(await reopened(other), drawn);
});

appTest("a storm of edits is saved while it lasts", async (app) => {
  const { canvas, page } = app;
  await app.begin(LAB);
  await canvas.click("igw");
  const seen = [];
  const end = Date.now() + 4_000;
  while (Date.now() < end) {
    const before = Date.now();
    while (Date.now() < before + 900) await app.press("ArrowDown", "ArrowUp", "ArrowDown");
    seen.push(JSON.stringify(await reopened(page)));
  }
  assert.equal(new Set(seen).size, seen.length, "a second passed in which nothing was written");
});

appTest("what is being typed is there after a reload", async (app) => {
  const { canvas, inspector, page } = app;
  await app.begin(LAB);
  await canvas.click("igw");
  await inspector.field("name").fill("gateway");
  await page.reload();
  await app.started();
  await canvas.rect("gateway");
});

appTest("a drag that is held still is not saved half-way", async (app) => {
  const { canvas, page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  const before = await reopened(page);
  const from = await canvas.grip("igw");
  await canvas.press(from);
  await canvas.move({ x: from.x, y: from.y + 60 });
  await page.waitForTimeout(700);
  assert.deepEqual(await reopened(page), before, "the middle of a gesture was saved");
  await status.until("saving");
  await app.press("Escape");
  await page.mouse.up();
  await status.until("saved");
  assert.deepEqual(await reopened(page), before);
});
