// Wires as things: selected, read, deleted, led elsewhere, by the pointer and by keys; and the menu of what is under the pointer.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";
const by = (design, name) => design.nodes.find((node) => node.name === name);

/** A point in the middle of the longest part of the only wire that is always drawn between two names. */
async function onWire(app) {
  const { canvas } = app;
  const at = await app.page.evaluate(() => {
    const wires = [...document.querySelectorAll("#canvas .world path.wire:not(.hint)")];
    const long = wires.map((wire) => {
      const half = wire.getPointAtLength(wire.getTotalLength() * 0.45);
      return half.matrixTransform(wire.getScreenCTM());
    });
    return { x: long[0].x, y: long[0].y };
  });
  await canvas.drawn();
  return at;
}

async function routed(app) {
  const { canvas, palette } = app;
  await palette.drag("vpc", await canvas.at(30, 30));
  await palette.dragInto("route_table", "vpc", 0.15, 0.3);
  await palette.dragInto("internet_gateway", "vpc", 0.8, 0.3);
  await palette.dragInto("internet_gateway", "vpc", 0.8, 0.75);
  await app.press("F2");
  await app.page.getByTestId("rename-input").fill("igw-b");
  await app.page.getByTestId("rename-input").press("Enter");
  await canvas.connect("route-table", "internet-gateway");
  await canvas.focus();
  await app.press("Escape");
}

appTest("a wire is selected, says what it stands for, and is deleted as one step", async (app) => {
  const { canvas, status } = app;
  await routed(app);
  await canvas.clickAt(await onWire(app));
  assert.ok(await canvas.shows("wire-selection"), "the wire is not marked");
  assert.equal(await app.page.getByTestId("wire-says").innerText(), "route-table의 라우팅: internet-gateway (0.0.0.0/0)");
  assert.equal(await status.selected.innerText(), "route-table의 라우팅: internet-gateway (0.0.0.0/0)");
  const { after } = await app.oneStep(() => app.press("Delete"));
  assert.equal(by(after, "route-table").fields?.routes?.length ?? 0, 0);
  assert.equal(await canvas.wires(), 0);
});

appTest("an end of a wire is dragged to another gateway, and refused with the reason where it may not end", async (app) => {
  const { canvas } = app;
  await routed(app);
  await canvas.clickAt(await onWire(app));
  const from = await canvas.grip("internet-gateway");
  const tip = await app.page.evaluate(() => {
    const discs = document.querySelector("#canvas .over path.handles").getAttribute("d").match(/M[\d.-]+ [\d.-]+/g);
    const [x, y] = discs.at(-1).slice(1).split(" ").map(Number);
    const box = document.querySelector("#canvas").getBoundingClientRect();
    return { x: box.x + x, y: box.y + y };
  });
  assert.ok(Math.hypot(tip.x - from.x, tip.y - from.y) < 80);
  const { after } = await app.oneStep(async () => {
    await canvas.drag(tip, await canvas.grip("igw-b"));
  });
  const target = by(after, "route-table").fields.routes[0].target;
  assert.equal(target.ref ?? target, by(after, "igw-b").id);
  assert.equal(await canvas.wires(), 1);
});

appTest("by keys: W takes the wires of what is selected, Alt and arrows go to its ends, a menu leads it elsewhere", async (app) => {
  const { canvas, dialog, status } = app;
  await routed(app);
  await canvas.click("route-table");
  await app.press("w");
  assert.match(await status.selected.innerText(), /^route-table의 라우팅/);
  await app.press("Alt+ArrowRight");
  assert.equal(await status.selected.innerText(), "internet-gateway를 선택함");
  await app.press("w");
  const { after } = await app.oneStep(async () => {
    await app.press("Shift+F10");
    await dialog.root.waitFor();
    await dialog.pick("wire-tip").click();
    await dialog.take("igw-b");
    await dialog.closed();
  });
  const target = by(after, "route-table").fields.routes[0].target;
  assert.equal(target.ref ?? target, by(after, "igw-b").id);
});

appTest("the menu is walked by arrows and letters, gives the focus back, and traces from and to what is under it", async (app) => {
  const { canvas, dialog } = app;
  await app.begin(LAB);
  const { x, y } = await canvas.grip("web-a");
  await app.page.mouse.click(x, y, { button: "right" });
  await dialog.root.waitFor();
  const focused = () => app.page.evaluate(() => document.activeElement.dataset.testid);
  await app.page.waitForFunction(() => document.activeElement.getAttribute("role") === "menuitem");
  assert.equal(await focused(), "pick-rename");
  await app.press("ArrowDown");
  assert.equal(await focused(), "pick-move-into");
  await app.press("End");
  assert.equal(await focused(), "pick-delete");
  await app.press("ArrowDown");
  assert.equal(await focused(), "pick-rename");
  await app.page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "복", bubbles: true, cancelable: true })));
  assert.equal(await focused(), "pick-duplicate");
  await app.assertAccessible();
  await app.press("Escape");
  await dialog.closed();
  assert.equal(await app.page.evaluate(() => document.activeElement.id), "canvas");
  await app.page.mouse.click(x, y, { button: "right" });
  await dialog.pick("trace-from-here").click();
  await app.page.getByTestId("tracer").waitFor();
  // The other end is pointed at, and then it is asked at once.
  await canvas.click("web-c");
  await app.page.getByTestId("trace-pin").waitFor();
  // With one end known the other is asked for by a key.
  await app.toolbar.click("zoom-fit");
  await canvas.drawn();
  await canvas.click("private-server");
  await canvas.focus();
  await app.press("Shift+T");
  await app.page.locator("[data-testid=tracer]").filter({ hasText: "private-server" }).first().waitFor();
});

appTest("a long press of a finger opens the menu", { hasTouch: true }, async (app) => {
  const { canvas, dialog, status } = app;
  await app.begin(LAB);
  const { x, y } = await canvas.grip("web-a");
  const client = await app.context.newCDPSession(app.page);
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await dialog.root.waitFor();
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  assert.equal(await status.selected.innerText(), "web-a를 선택함");
  assert.ok(await dialog.pick("duplicate").isVisible());
});

appTest("Ctrl toggles, arrows pan and resize, snapping is switched off, the drag at the edge pans", async (app) => {
  const { canvas, status, toolbar } = app;
  await app.begin(LAB);
  await canvas.focus();
  await app.press("Escape");
  const before = await canvas.rect("lab-vpc");
  await app.press("ArrowRight");
  await canvas.drawn();
  assert.equal(Math.round(before.x - (await canvas.rect("lab-vpc")).x), 64);
  await app.press("ArrowLeft");
  await canvas.click("web-a");
  await app.page.keyboard.down("Control");
  await canvas.click("web-c");
  await app.page.keyboard.up("Control");
  assert.equal(await status.selected.innerText(), "2개 선택함");
  await canvas.click("lab-vpc");
  await app.oneStep(() => app.press("Control+ArrowRight"));
  const from = await canvas.grip("web-a");
  await canvas.press(from);
  const edge = await canvas.at(-4, 200);
  await canvas.move(edge);
  const start = (await canvas.rect("lab-vpc")).x;
  await app.page.waitForFunction((start) => {
    const name = [...document.querySelectorAll("#canvas .world tspan.name")].find((label) => label.textContent === "lab-vpc");
    return name.closest("g.frame").querySelector("rect.box").getBoundingClientRect().x < start - 60;
  }, start);
  await app.press("Escape");
  await app.page.mouse.up();
  await app.press("Control+'");
  await app.toast.filter({ hasText: "맞춤을 껐어요" }).waitFor();
  assert.ok(await toolbar.button("undo").isVisible());
});
