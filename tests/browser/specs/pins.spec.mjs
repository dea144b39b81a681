// Assertions: pinned by form or from a trace, judged after every edit, counted in the status line, undone like any edit.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { Pins } from "../support/pins.mjs";

const LAB = "two-az-vpc";

appTest("an empty panel explains itself, and a form without a destination says so", async (app) => {
  await app.begin(LAB);
  const pins = new Pins(app);
  await pins.open();
  assert.match(await pins.empty.innerText(), /꼭 지켜져야 하는 것/);
  await pins.add.click();
  assert.match(await pins.wrong.innerText(), /목적지를 고르세요/);
  await pins.fill({ to: "web-a", port: "0" });
  await pins.add.click();
  assert.match(await pins.wrong.innerText(), /1부터 65535/);
  await app.assertAccessible();
});

appTest("what is pinned is judged, breaks with an edit, is counted, traced and undone", async (app) => {
  await app.begin(LAB);
  const pins = new Pins(app);
  await pins.open();
  await app.oneStep(async () => {
    await pins.fill({ to: "web-alb", port: "80" });
    await pins.add.click();
  });
  await pins.become(["true"]);
  await pins.fill({ to: "private-server", expect: "unreached", port: "22" });
  await pins.add.click();
  await pins.become(["true", "true"]);
  assert.match(await pins.state.innerText(), /기대 2개 지켜짐/);
  await pins.add.click();
  await app.toast.filter({ hasText: "이미 고정해 둔" }).waitFor();

  // Without its default route the public table leads nowhere: the first breaks, the second still holds.
  await app.canvas.click("public-rt");
  await app.page.getByTestId("row-toggle-routes-0").click();
  await app.inspector.enter("routes-0-destination", "203.0.113.0/24");
  await pins.become(["false", "true"]);
  assert.match(await pins.state.innerText(), /기대 1개 깨짐/);
  await app.assertAccessible();
  await pins.trace(0);
  await app.page.locator('[data-verdict="blocked"]').waitFor();
  await app.toolbar.click("undo");
  await app.page.locator('[data-verdict="open"]').waitFor();
  await pins.open();
  await pins.become(["true", "true"]);
  await pins.remove(1);
  await pins.become(["true"]);
  await app.toolbar.click("undo");
  await pins.become(["true", "true"]);
});

appTest("a claim can speak of the loss of a zone", { colorScheme: "dark" }, async (app) => {
  await app.begin(LAB);
  await app.toolbar.click("lang-en");
  const pins = new Pins(app);
  await pins.open();
  await pins.fill({ to: "web-alb", port: "80", lost: "any" });
  await pins.add.click();
  await pins.become(["true"]);
  await pins.fill({ to: "web-a", port: "80", lost: "a" });
  await pins.add.click();
  await pins.become(["true", "false"]);
  assert.match(await pins.rows.nth(1).innerText(), /zone a/);
  assert.match(await pins.state.innerText(), /1 assertion fails/);
  await app.assertAccessible();
});

appTest("what a trace shows is pinned as it is, and is there after a reload", async (app) => {
  await app.begin(LAB);
  await app.page.getByTestId("status-tracer").click();
  await app.page.getByTestId("trace-suggestion").first().click();
  await app.page.locator("[data-verdict]").waitFor();
  await app.page.getByTestId("trace-pin").click();
  const pins = new Pins(app);
  await pins.open();
  await pins.become(["true"]);
  await app.status.until("saved");
  await app.page.reload();
  await app.started();
  await app.page.getByTestId("status-pins").click();
  await pins.become(["true"]);
});
