// Connecting: a wire from one resource to another writes the field that connects them; only ends that take it light up.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const by = (design, name) => design.nodes.find((node) => node.name === name);

async function network(app) {
  const { canvas, palette } = app;
  await palette.drag("vpc", await canvas.at(30, 30));
  await palette.dragInto("subnet", "vpc", 0.3, 0.6);
  await palette.dragInto("route_table", "vpc", 0.2, 0.2);
  await palette.dragInto("internet_gateway", "vpc", 0.6, 0.2);
}

appTest("a wire from the handle connects a table with a subnet, and the inspector shows it", async (app) => {
  const { canvas, inspector } = app;
  await network(app);
  const { after } = await app.oneStep(async () => {
    await canvas.click("route-table");
    await canvas.press(await canvas.connectHandle());
    await canvas.move(await canvas.grip("subnet"));
    assert.ok(await canvas.shows("lit"), "no end lights up");
    assert.ok(await canvas.shows("band"), "no wire under way");
    await canvas.release();
  });
  assert.equal(by(after, "subnet").fields.route_table.ref ?? by(after, "subnet").fields.route_table, by(after, "route-table").id);
  // Said once the document has come to rest; looking at the design in between would say that it was saved.
  await app.press("Control+z", "Control+Shift+z");
  await app.live.filter({ hasText: "다시 실행했어요" }).waitFor();
  await canvas.click("subnet");
  assert.match(await inspector.field("route_table").locator("option:checked").innerText(), /^route-table/);
});

appTest("the connect tool makes a default route with two clicks, and the subnet turns public", async (app) => {
  const { canvas, toolbar } = app;
  await network(app);
  await canvas.connect("route-table", "subnet");
  assert.match((await canvas.rect("subnet")).class, /private/);
  await app.oneStep(async () => {
    await toolbar.click("connect-tool");
    await canvas.click("internet-gateway");
    await canvas.click("route-table");
  });
  await app.page.locator("#canvas g.frame.public").waitFor();
});

appTest("an end that takes no wire says why and nothing is written", async (app) => {
  const { canvas } = app;
  await network(app);
  await app.noTrace(async () => {
    await canvas.click("internet-gateway");
    await canvas.press(await canvas.connectHandle());
    await canvas.move(await canvas.grip("subnet"));
    assert.match(await canvas.tip.innerText(), /서로 연결할 수 없어요/);
    await canvas.release();
  });
});

appTest("from the keyboard: Shift+C picks the other end from a list of legal ones", async (app) => {
  const { canvas, dialog } = app;
  await network(app);
  await canvas.click("route-table");
  await app.oneStep(async () => {
    await app.press("Shift+C");
    await dialog.root.waitFor();
    assert.equal(await dialog.root.getByRole("option").filter({ hasText: /^vpc/ }).count(), 0);
    await dialog.take("internet");
    await dialog.closed();
  });
});
