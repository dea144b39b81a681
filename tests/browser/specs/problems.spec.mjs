// The problems panel: a row selects what is wrong, a button mends it, and that is a step like any other.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";

appTest("a finished example has no error", async (app) => {
  const { problems, status } = app;
  await app.begin(LAB);
  await problems.open();
  assert.equal(await status.count("error"), 0, (await problems.list()).join("\n"));
});

appTest("an overlap is found, its row selects, its fix mends and is undone", async (app) => {
  const { canvas, inspector, problems, status } = app;
  await app.begin(LAB);
  await problems.open();
  await canvas.click("public-c");
  await inspector.enter("cidr", "192.168.2.128/25");
  const row = problems.of("subnet-overlap");
  await row.first().waitFor();
  assert.ok((await status.count("error")) > 0);
  await app.page.locator("#canvas .badge.error").first().waitFor();
  await canvas.clickAt(await canvas.at(12, 12));
  await row.first().locator(".problem-what").click();
  const found = await row.first().getAttribute("data-node");
  assert.equal((await app.node(await inspector.name())).id, found);
  await app.oneStep(async () => {
    await problems.fix("subnet-overlap");
    await row.waitFor({ state: "detached" });
  });
  // Findings follow the redo a moment later.
  await row.waitFor({ state: "detached" });
  assert.equal(await status.count("error"), 0);
});

appTest("what is wrong is said beside the field too", async (app) => {
  const { canvas, inspector } = app;
  await app.begin(LAB);
  await canvas.click("public-c");
  await inspector.enter("cidr", "10.9.0.0/24");
  const beside = app.page.locator('[data-testid="inspector-problem"][data-rule="subnet-outside-vpc"]');
  await beside.waitFor();
  await app.press("Control+z");
  await beside.waitFor({ state: "detached" });
});
