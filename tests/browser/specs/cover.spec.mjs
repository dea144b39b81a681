// When the program stops, a cover says what is kept and since when, and gives the last text and a report away.
import assert from "node:assert/strict";
import { App, appTest } from "../support/app.mjs";
import { downloaded } from "../support/parts.mjs";

const LAB = "two-az-vpc";

/** The browser gives no elements any more, which the program cannot do without, while `act` is done. */
async function withoutElements(page, act) {
  await page.evaluate(() => {
    globalThis.real = {};
    for (const make of ["createElement", "createElementNS"]) {
      globalThis.real[make] = Document.prototype[make];
      Document.prototype[make] = () => {
        throw new Error("no elements");
      };
    }
  });
  await act().catch(() => {});
  await page.getByTestId("cover").waitFor();
  await page.evaluate(() => Object.assign(Document.prototype, globalThis.real));
}

for (const [what, act] of [
  ["a dialog", (app) => app.press("Control+k")],
  ["a panel", (app) => app.page.getByTestId("tab-outline").click()],
  ["the tracer", (app) => app.page.getByTestId("status-tracer").click()],
]) {
  appTest(`a trap in ${what} covers the page`, async (app) => {
    const { canvas, page, status } = app;
    const cover = page.getByTestId("cover");
    await app.begin(LAB);
    await canvas.dragBy("igw", 0, 60);
    await status.until("saved");
    const design = await app.design();
    await withoutElements(page, () => act(app));
    assert.match(await cover.innerText(), /모두 이 브라우저에 저장돼 있어요/);
    assert.equal(await page.getByTestId("cover-go-on").isVisible(), false);
    await app.assertAccessible();
    const saved = await downloaded(page, () => page.getByTestId("cover-design").click());
    const report = await downloaded(page, () => page.getByTestId("cover-report").click());
    assert.match(report.text, /panicked at|RuntimeError/);
    assert.ok(!report.text.includes("web-a"), "the report tells of the design");
    await page.getByTestId("cover-reload").click();
    await app.started();
    await canvas.rect("igw");
    assert.deepEqual(await app.design(), design);
    // The file opens as the design that was on the page.
    await app.toolbar.menu("file", "new");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), app.press("Control+o")]);
    await chooser.setFiles({ name: saved.name, mimeType: "application/json", buffer: Buffer.from(saved.text) });
    await canvas.rect("igw");
    assert.deepEqual(await app.design(), design);
    app.forgive(/no elements|unreachable|panicked|RuntimeError/);
  });
}

appTest("a promise that nobody heard of covers the page, and one may go on", async (app) => {
  const { page } = app;
  const cover = page.getByTestId("cover");
  await app.begin(LAB);
  await page.evaluate(() => void Promise.reject(Object.assign(new Error("unheard"), { stack: `Error: unheard\n at ${location.origin}/parts/x.js` })));
  await cover.waitFor();
  await page.getByTestId("cover-go-on").click();
  await cover.waitFor({ state: "hidden" });
  await app.canvas.dragBy("igw", 0, 60);
  await app.status.until("saved");
  app.forgive(/^uncaught: /);
});

appTest("without storage the cover says that nothing is kept, and the file holds the last edit", {
  before: (page) => page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "SecurityError");
    };
  }),
}, async (app) => {
  const { canvas, page } = app;
  await app.palette.drag("vpc", await canvas.at(40, 40));
  const design = await app.design();
  await withoutElements(page, () => app.press("Control+k"));
  assert.match(await page.getByTestId("cover").innerText(), /저장되지 않았어요/);
  const saved = await downloaded(page, () => page.getByTestId("cover-design").click());
  const steps = saved.text.trim().split("\n");
  assert.ok(steps.length > 1);
  const other = await App.open();
  const [chooser] = await Promise.all([other.page.waitForEvent("filechooser"), other.press("Control+o")]);
  await chooser.setFiles({ name: saved.name, mimeType: "application/json", buffer: Buffer.from(saved.text) });
  await other.canvas.rect("vpc");
  assert.deepEqual(await other.design(), design);
  await other.context.close();
  app.forgive(/no elements|unreachable|panicked|RuntimeError/);
});
