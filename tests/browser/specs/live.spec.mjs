// How soon a path is shown on a design of a thousand resources; the figure is printed.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { fleet } from "../support/fleet.mjs";

appTest("on a thousand resources a path is on the canvas in the frame after the press", async (app) => {
  const [chooser] = await Promise.all([app.page.waitForEvent("filechooser"), app.press("Control+o")]);
  await chooser.setFiles({ name: "fleet.groundplan.json", mimeType: "application/json", buffer: Buffer.from(fleet(1_000)) });
  await app.page.waitForFunction(() => /1,?\d{3}|1\d{3}/.test(document.querySelector("[data-testid=status-nodes]").textContent));
  await app.page.getByTestId("status-tracer").click();
  await app.page.getByTestId("trace-suggestion").first().waitFor();
  const measured = await app.page.evaluate(async () => {
    const all = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const row = document.querySelectorAll("[data-testid=trace-suggestion]");
      const button = row.length > 0 ? row[row.length - 1] : document.querySelector("[data-testid=trace-swap]");
      await new Promise((next) => setTimeout(next, 300));
      const before = performance.now();
      button.click();
      const worked = performance.now() - before;
      await new Promise((frame) => requestAnimationFrame(frame));
      const marks = document.querySelectorAll("#canvas .path-mark").length;
      all.push({ worked, shown: performance.now() - before, marks });
    }
    return all;
  });
  const list = (key) => measured.map((one) => one[key].toFixed(1)).join(", ");
  console.log(`path on 1,000 resources: ${list("worked")} ms of work, ${list("shown")} ms to its frame`);
  assert.ok(measured.every((one) => one.marks > 0), JSON.stringify(measured));
});
