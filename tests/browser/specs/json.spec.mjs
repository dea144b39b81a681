// Fields that are JSON documents, and drawings that are tidied up.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

/** Places a resource of any type, whose properties are such a field. */
async function anyResource(app) {
  await app.palette.drag("cloudformation_resource", await app.canvas.at(300, 200));
  await app.inspector.show("properties");
  return app.inspector.field("properties");
}

appTest("a JSON field names the fault while one types, leads to it, lays out and commits as one step", async (app) => {
  const field = await anyResource(app);
  const fault = app.page.getByTestId("json-fault-properties");
  const format = app.page.getByTestId("json-format-properties");
  await field.fill('{\n  "TopicName": "주문",\n  "Oops" 1\n}');
  assert.match(await fault.innerText(), /3번째 줄 10번째 칸/);
  assert.equal(await format.isDisabled(), true);
  await app.assertAccessible();
  await fault.click();
  const chosen = await field.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
  assert.equal(chosen, "1");
  await field.press("Control+Enter");
  assert.match(await app.inspector.error("properties").innerText(), /3번째 줄 10번째 칸/);
  await app.oneStep(async () => {
    await field.fill('{"TopicName":"orders","Tags":[]}');
    await format.click();
    assert.equal(await field.inputValue(), '{\n  "TopicName": "orders",\n  "Tags": []\n}');
    await app.page.getByTestId("inspector").getByTestId("field-name").focus();
  });
  assert.equal(await fault.isVisible(), false);
  await app.toolbar.click("lang-en");
  await field.fill("[1,");
  assert.match(await fault.innerText(), /Not JSON at line 1, column 3/);
  await field.press("Escape");
  assert.equal(await fault.isVisible(), false);
});

appTest("a drawing is tidied up in one step", async (app) => {
  await app.begin("two-az-vpc");
  await app.canvas.dragBy("igw", 60, 40);
  await app.oneStep(async () => {
    await app.press("Control+k");
    await app.dialog.take("정돈");
    await app.dialog.closed();
    await app.live.filter({ hasText: "정돈" }).waitFor({ state: "attached" });
  });
  const overlaps = (await app.design()).nodes.filter((node) => node.parent).map((node) => node.at);
  assert.ok(overlaps.every(([x, y, w, h]) => x >= 0 && y >= 0 && w > 0 && h > 0));
});
