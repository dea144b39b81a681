// The map of the course: every lab under the one that it builds on, what is done, and what is next.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { Lab } from "../support/lab.mjs";
import { collectFaults } from "../support/whole.mjs";

const SIZES = [[390, 844], [760, 800], [1024, 768], [1440, 900], [1920, 1080]];

/** Opens the map by its address. */
async function map(app) {
  await app.page.evaluate(() => {
    location.hash = "";
    location.hash = "#labs";
  });
  await app.page.getByTestId("course-map").waitFor();
}

/** As if these results had been reached before. */
function reached(app, results) {
  return app.page.evaluate((results) => {
    for (const [id, percent] of Object.entries(results)) localStorage.setItem(`groundplan.lab.${id}.best`, String(percent));
  }, results);
}

appTest("each lab hangs from the one that it builds on", async (app) => {
  await map(app);
  const parents = await app.page.getByTestId("course-map").locator("button").evaluateAll((all) =>
    Object.fromEntries(
      all.map((one) => {
        const above = one.closest("li").parentElement.closest("li")?.querySelector("button");
        return [one.dataset.testid.replace("course-", ""), above?.dataset.testid.replace("course-", "") ?? ""];
      }),
    ),
  );
  const { labs } = await app.page.evaluate(() => fetch("labs/index.json").then((answer) => answer.json()));
  assert.deepEqual(parents, Object.fromEntries(labs.map((lab) => [lab.id, lab.requires.at(-1) ?? ""])));
  assert.ok(labs.length >= 18);
  assert.equal(parents["rolling-delivery"], "fargate");
  assert.match(await app.page.getByTestId("course-done").innerText(), /실습 \d+개 가운데 0개를 다 했어요\. 남은 것은 \d+시간/);
});

appTest("what is done is marked, and what is next follows from it", { locale: "en-US" }, async (app) => {
  await map(app);
  const next = app.page.getByTestId("course-next");
  assert.match(await next.innerText(), /^Next: A first VPC/);
  await app.press("Escape");
  await reached(app, { "two-az-vpc": 100, "first-web-server": 100, "alb-two-zones": 60 });
  await map(app);
  assert.match(await app.page.getByTestId("course-done").innerText(), /^2 of \d+ labs are done/);
  assert.match(await next.innerText(), /^Next: A load balancer over two zones/);
  const current = app.page.getByTestId("course-map").locator("[aria-current=step]");
  assert.equal(await current.count(), 1);
  assert.match(await current.innerText(), /best 60%/);
  assert.match(await app.page.getByTestId("course-two-az-vpc").getAttribute("class"), /done/);
  // What is not done yet is named where another builds on it; what is done is not.
  assert.match(await app.page.getByTestId("course-hub-and-spoke").innerText(), /Better after: Six subnets/);
  assert.doesNotMatch(await app.page.getByTestId("course-named-server").innerText(), /Better after/);
  await next.click();
  assert.equal(await app.page.getByTestId("course-title").innerText(), "A load balancer over two zones");
});

appTest("the map is gone over by keyboard", async (app) => {
  await map(app);
  await app.page.getByTestId("course-next").focus();
  await app.press("Tab");
  assert.equal(await app.page.evaluate(() => document.activeElement.dataset.testid), "course-map");
  await app.press("Tab");
  assert.equal(await app.page.evaluate(() => document.activeElement.dataset.testid), "course-two-az-vpc");
  await app.press("Tab");
  assert.equal(await app.page.evaluate(() => document.activeElement.dataset.testid), "course-https-at-balancer");
  await app.press("Enter");
  await app.page.getByTestId("course-title").waitFor();
});

for (const [lang, colorScheme] of [["ko", "light"], ["en", "dark"]]) {
  appTest(`the map is whole at every width in ${lang}, ${colorScheme}`, { timeout: 120_000, colorScheme }, async (app) => {
    await app.toolbar.click(`lang-${lang}`);
    await reached(app, { "two-az-vpc": 100, "six-subnets": 73 });
    const found = await collectFaults(app, SIZES, [["course", () => map(app)], ["shut", () => app.press("Escape")]]);
    assert.deepEqual(found, []);
    await map(app);
    await app.assertAccessible();
  });
}

appTest("a concept card shows its drawing when it is opened", async (app) => {
  const lab = new Lab(app);
  await lab.begin("hub-and-spoke", "goal");
  const card = lab.panel.getByTestId("lab-card").filter({ hasText: "피어링 여섯 개 대신 연결 네 개" });
  assert.equal(await card.getByTestId("lab-drawn").count(), 0);
  await card.locator("summary").click();
  const drawn = card.getByTestId("lab-drawn");
  await drawn.locator(".frame").first().waitFor();
  assert.match(await drawn.locator("figcaption").innerText(), /전송 게이트웨이 연결 to-hub/);
  await app.assertAccessible();
});
