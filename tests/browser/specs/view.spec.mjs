// Looking around: nothing of it changes the design.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";

/** How far a node is drawn from where it was. */
async function shift(app, name, act) {
  const before = await app.canvas.rect(name);
  await act();
  const after = await app.canvas.rect(name);
  return { x: Math.round(after.x - before.x), y: Math.round(after.y - before.y), scale: Number((after.width / before.width).toFixed(3)) };
}

appTest("space, the middle button and the hand tool pan", async (app) => {
  const { canvas, toolbar } = app;
  await app.begin(LAB);
  const from = await canvas.at(300, 300);
  const pan = () => canvas.drag(from, { x: from.x + 50, y: from.y + 30 });
  const expected = { x: 50, y: 30, scale: 1 };
  await app.noTrace(async () => {
    await canvas.focus();
    await app.page.keyboard.down("Space");
    assert.deepEqual(await shift(app, "lab-vpc", pan), expected, "space");
    await app.page.keyboard.up("Space");
    assert.deepEqual(await shift(app, "lab-vpc", async () => {
      await app.page.mouse.move(from.x, from.y);
      await app.page.mouse.down({ button: "middle" });
      await canvas.move({ x: from.x + 50, y: from.y + 30 });
      await app.page.mouse.up({ button: "middle" });
      await canvas.drawn();
    }), expected, "middle button");
    await app.press("h");
    assert.equal(await toolbar.button("pan-tool").getAttribute("aria-pressed"), "true");
    assert.deepEqual(await shift(app, "lab-vpc", pan), expected, "hand tool");
    await app.press("v");
    assert.equal(await toolbar.button("select-tool").getAttribute("aria-pressed"), "true");
  });
});

appTest("the wheel pans, and with Ctrl zooms at the pointer", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const point = await canvas.grip("igw");
  assert.deepEqual(await shift(app, "lab-vpc", () => canvas.wheel(point, 30, 40)), { x: -30, y: -40, scale: 1 });
  const grip = await canvas.grip("igw");
  await canvas.wheel(grip, 0, -100, { ctrl: true });
  const after = await canvas.grip("igw");
  assert.ok(Math.hypot(after.x - grip.x, after.y - grip.y) < 1.5, "what is under the pointer moved");
});

appTest("zoom by shortcuts and buttons, to fit, to the selection and back to life size", async (app) => {
  const { canvas, toolbar } = app;
  await app.begin(LAB);
  const percent = async () => Number.parseInt(await toolbar.zoom.innerText(), 10);
  await canvas.focus();
  await app.press("Control+0");
  assert.equal(await percent(), 100);
  await app.press("Control+=");
  assert.equal(await percent(), 125);
  await app.press("Control+-", "Control+-");
  assert.equal(await percent(), 80);
  await toolbar.click("zoom-in");
  assert.equal(await percent(), 100);
  await toolbar.click("zoom-fit");
  await canvas.drawn();
  const area = await canvas.root.boundingBox();
  const region = await canvas.rect("seoul");
  assert.ok(region.x >= area.x && region.y >= area.y && region.x + region.width <= area.x + area.width && region.y + region.height <= area.y + area.height);
  await canvas.click("public-c");
  await app.press("Shift+2");
  await canvas.drawn();
  const subnet = await canvas.rect("public-c");
  assert.equal(await percent(), 100);
  assert.ok(Math.abs(subnet.x + subnet.width / 2 - area.x - area.width / 2) < 2, "the selection is not in the middle");
  await app.press("Shift+1");
  await canvas.drawn();
  assert.ok((await canvas.rect("public-c")).width < subnet.width);
});

appTest("from afar names are gone, and come back near by", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const middle = await canvas.at(400, 300);
  for (let notch = 0; notch < 6; notch += 1) await canvas.wheel(middle, 0, 100, { ctrl: true });
  await app.page.locator("#canvas .world g.far").first().waitFor({ state: "attached" });
  await canvas.focus();
  await app.press("Shift+1");
  await canvas.rect("web-a");
});
