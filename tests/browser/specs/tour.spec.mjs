// The tour: five steps, each marking a part of the page, left at any of them.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

appTest("the tour goes through five parts of the page and can be skipped at any", async (app) => {
  const { page } = app;
  await page.getByTestId("welcome-tour").click();
  const tour = page.getByTestId("tour");
  await tour.waitFor();
  const parts = [];
  for (let step = 0; step < 5; step += 1) {
    parts.push(await page.evaluate(() => document.querySelector("[data-tour]").className || document.querySelector("[data-tour]").id));
    if (step === 2) await app.assertAccessible();
    await page.getByTestId("tour-next").click();
  }
  assert.equal(new Set(parts).size, 5, parts.join(" | "));
  await tour.waitFor({ state: "detached" });
  assert.equal(await page.locator("[data-tour]").count(), 0);
  await page.getByTestId("welcome-tour").click();
  await tour.waitFor();
  await app.press("ArrowRight");
  assert.match(await tour.innerText(), /^2 \/ 5/);
  await page.getByTestId("tour-skip").click();
  await tour.waitFor({ state: "detached" });
});
