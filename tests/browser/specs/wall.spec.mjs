// The task of a lab for the wall of a classroom.
import assert from "node:assert/strict";
import { join } from "node:path";
import { appTest } from "../support/app.mjs";
import { Lab } from "../support/lab.mjs";

const ID = "private-servers";

appTest("the wall shows the task, a clock and the way there, and nothing of the solution", async (app) => {
  const { page } = app;
  await new Lab(app).course();
  await page.getByTestId(`course-${ID}`).click();
  await page.getByTestId("lab-wall-open").click();
  const wall = page.getByTestId("lab-wall");
  await wall.waitFor();
  assert.match(await page.getByTestId("wall-link").innerText(), new RegExp(`#lab=${ID}$`));
  const clock = page.getByTestId("wall-clock");
  const minutes = Number((await clock.innerText()).split(":")[0]);
  assert.ok(minutes > 0);
  await page.getByTestId("wall-more").click();
  assert.equal(await clock.innerText(), `${minutes + 5}:00`);
  await page.getByTestId("wall-start").click();
  await page.waitForFunction((begun) => document.querySelector("[data-testid=wall-clock]").textContent < begun, `${minutes + 5}:00`);
  await page.getByTestId("wall-start").click();
  const stood = await clock.innerText();
  await page.waitForTimeout(1_200);
  assert.equal(await clock.innerText(), stood, "it stands while it is stopped");
  await page.getByTestId("wall-reset").click();
  assert.equal(await clock.innerText(), `${minutes}:00`);
  await app.assertAccessible();
  // A sheet for each seat: the task and the code, no clock and no buttons.
  await page.emulateMedia({ media: "print" });
  assert.equal(await clock.isVisible(), false);
  assert.equal(await page.getByTestId("wall-print").isVisible(), false);
  assert.equal(await wall.locator("h3").isVisible(), true);
  await page.emulateMedia({ media: "screen" });
  await page.getByTestId("wall-close").click();
  await page.getByTestId("lab-begin-goal").waitFor();
});

for (const [lang, theme, width, height] of [["ko", "light", 1920, 1080], ["en", "dark", 1024, 768], ["en", "light", 390, 844]]) {
  appTest(`the wall is read from the last row at ${width} pixels, ${lang}, ${theme}`, { locale: lang === "ko" ? "ko-KR" : "en-US", colorScheme: theme, viewport: { width, height } }, async (app) => {
    const { page } = app;
    await page.goto(`${app.response.url()}#wall=${ID}`);
    const wall = page.getByTestId("lab-wall");
    await wall.waitFor();
    const { over, least } = await wall.evaluate((wall) => {
      const sizes = [...wall.querySelectorAll("p, h3, button")].filter((one) => one.getClientRects().length > 0).map((one) => parseFloat(getComputedStyle(one).fontSize));
      return { over: wall.scrollWidth - wall.clientWidth, least: Math.min(...sizes) };
    });
    assert.ok(over <= 0, `${over} pixels wider than the wall`);
    assert.ok(least >= 12, `${least}`);
    if (process.env.ARTIFACTS) await page.screenshot({ path: join(process.env.ARTIFACTS, `wall-${width}.png`) });
  });
}
