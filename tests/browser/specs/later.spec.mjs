// What is loaded after the first picture: not before someone touches the page, and again where it failed.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

/** Lets every part of the page fail to load until the function that is returned is called. */
async function offline(page) {
  await page.route("**/parts/**", (route) => route.abort("internetdisconnected"));
  return () => page.unroute("**/parts/**");
}

/** The parts that were asked for. */
function asked(page) {
  const parts = [];
  page.on("request", (request) => request.url().includes("/parts/") && parts.push(request.url()));
  return parts;
}

let parts;
appTest("the first picture needs no other part, and a touch brings them", { untouched: true, before: (page) => (parts = asked(page)) }, async (app) => {
  await app.page.getByTestId("welcome").waitFor();
  await app.page.waitForTimeout(1000);
  assert.deepEqual(parts, []);
  const [studies] = await Promise.all([app.page.waitForRequest(/parts\/studies/), app.page.mouse.click(700, 300)]);
  assert.ok(studies);
});

let online;
appTest("a part that cannot be loaded says so, and comes at the next try", { untouched: true, before: async (page) => (online = await offline(page)) }, async (app) => {
  const tab = app.page.getByTestId("tab-outline");
  await tab.click();
  // The canvas says so, too.
  const failed = app.page.locator("#panel-left").getByTestId("later-failed");
  await failed.waitFor();
  assert.match(await failed.innerText(), /네트워크 연결을 확인하고/);
  await app.assertAccessible();
  await online();
  await failed.getByTestId("later-again").click();
  await app.page.locator(".tree").waitFor({ state: "attached" });
  await app.page.mouse.move(700, 300);
  await app.page.locator("#canvas .surface").waitFor();
  assert.equal(await failed.count(), 0);
  app.forgive(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
});

/** Everything else of the page takes its time. */
async function slow(page) {
  await page.route("**/parts/**", async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
}

appTest("what is dragged before the canvas is loaded lands as soon as it is", { untouched: true, before: slow }, async (app) => {
  const { canvas, inspector, palette } = app;
  await palette.carry("vpc", await canvas.at(60, 60));
  await canvas.release();
  assert.equal(await app.page.locator("#canvas .surface").count(), 0, "the canvas was there already");
  await canvas.rect("vpc");
  assert.equal(await inspector.name(), "vpc");
  await app.press("Control+z");
  assert.equal(await canvas.count("vpc"), 0);
});

appTest("a drag that is under way when the canvas comes goes on", { untouched: true, before: slow }, async (app) => {
  const { canvas, palette } = app;
  await palette.carry("vpc", await canvas.at(60, 60));
  await app.page.locator("#canvas .surface").waitFor();
  await canvas.move(await canvas.at(200, 120));
  assert.ok(await canvas.shows("ghost"), "no ghost under the pointer");
  await canvas.release();
  await canvas.rect("vpc");
});

appTest("commands wait for what does them", { untouched: true, before: slow }, async (app) => {
  await app.press("Control+k");
  await app.dialog.root.waitFor();
  assert.equal(await app.page.locator("#canvas .surface").count(), 1);
});

appTest("a design from before is drawn without a touch, and the welcome does not come between", async (app) => {
  await app.begin("two-az-vpc");
  await app.page.getByTestId("status-saved").and(app.page.locator("[data-state=saved]")).waitFor();
  await app.page.reload();
  await app.mounted();
  assert.equal(await app.page.getByTestId("welcome").count(), 0);
  await app.canvas.rect("lab-vpc");
  await app.page.getByTestId("status-error").filter({ hasText: "0" }).waitFor();
});
