// The deploy sheet: command, console steps, cost per month, order of tearing down; and the cost in the status line.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { downloaded } from "../support/parts.mjs";

const LAB = "two-az-vpc";

for (const [lang, colorScheme] of [["ko", "light"], ["en", "dark"]]) {
  appTest(`the sheet says how to deploy, what it costs and how to take it down, ${lang}, ${colorScheme}`, { colorScheme }, async (app) => {
    await app.toolbar.click(`lang-${lang}`);
    await app.begin(LAB);
    const cost = app.page.getByTestId("status-cost");
    await cost.waitFor();
    const monthly = (await cost.innerText()).match(/\$[\d.]+/)[0];
    assert.ok(Number(monthly.slice(1)) > 30, `${monthly}: a NAT gateway alone costs more`);
    await cost.click();
    const sheet = app.page.getByTestId("deploy");
    await sheet.waitFor();
    assert.match(await app.page.getByTestId("command").innerText(), /aws cloudformation deploy/);
    await app.assertAccessible();
    for (const part of ["console", "cost", "teardown", "limits"]) {
      const details = app.page.getByTestId(`deploy-${part}`);
      await details.locator("summary").focus();
      await app.press("Enter");
      assert.equal(await details.evaluate((one) => one.open), true, `${part} unfolds from the keyboard`);
    }
    assert.equal(await app.page.getByTestId("deploy-total").innerText(), monthly);
    assert.match(await app.page.getByTestId("deploy-cost").innerText(), /20\d\d-\d\d/);
    assert.ok((await app.page.getByTestId("deploy-teardown").locator("ol > li").count()) > 5);
    assert.match(await app.page.getByTestId("deploy-console").innerText(), /CloudFormation/);
    await app.assertAccessible();
    const { name, text } = await downloaded(app.page, () => app.page.getByTestId("deploy-download").click());
    assert.match(name, /\.template\.json$/);
    assert.ok(JSON.parse(text).Resources);
    assert.ok((await app.page.getByTestId("command").innerText()).includes(name.replace(/'/g, "")));
  });
}

appTest("the cost follows an edit, and the sheet is a command", async (app) => {
  await app.begin(LAB);
  const cost = app.page.getByTestId("status-cost");
  await cost.waitFor();
  const before = await cost.innerText();
  await app.canvas.click("nat");
  await app.press("Delete");
  await app.page.waitForFunction((before) => document.querySelector("[data-testid=status-cost]").innerText !== before, before);
  await app.press("Control+k");
  await app.dialog.take("배포하기");
  await app.page.getByTestId("deploy").waitFor();
});

appTest("where nothing is billed no cost is told", async (app) => {
  await app.begin(LAB);
  const cost = app.page.getByTestId("status-cost");
  await cost.waitFor();
  await app.inspector.select("seoul");
  await app.press("Delete");
  await cost.waitFor({ state: "hidden" });
  assert.equal(await app.page.getByTestId("status-nodes").innerText(), "리소스 2개", "the internet and the laptop are still there");
});
