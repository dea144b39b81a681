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
appTest("the first picture needs no other part, and a touch brings them", { before: (page) => (parts = asked(page)) }, async (app) => {
  await app.page.getByTestId("welcome").waitFor();
  await app.page.waitForTimeout(1000);
  assert.deepEqual(parts, []);
  await app.page.mouse.click(700, 300);
  await app.page.waitForRequest(/parts\/studies/);
});

let online;
appTest("a part that cannot be loaded says so, and comes at the next try", { before: async (page) => (online = await offline(page)) }, async (app) => {
  const tab = app.page.getByTestId("tab-outline");
  await tab.click();
  const failed = app.page.getByTestId("later-failed");
  await failed.waitFor();
  assert.match(await failed.innerText(), /네트워크 연결을 확인하고/);
  await app.assertAccessible();
  await online();
  await app.page.getByTestId("later-again").click();
  await app.page.locator(".tree").waitFor({ state: "attached" });
  assert.equal(await failed.count(), 0);
  app.forgive(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
});
