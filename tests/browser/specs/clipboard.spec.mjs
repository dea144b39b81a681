// Cut, copy, paste and duplicate: as text, with new ids, at the pointer.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";
const by = (design, name) => design.nodes.find((node) => node.name === name);

appTest("a copied instance is pasted where the pointer is", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("web-a");
  await app.press("Control+c");
  const { x, y } = await canvas.inside("private-a", 0.15, 0.5);
  const { before, after } = await app.oneStep(async () => {
    await app.page.mouse.move(x, y);
    await app.press("Control+v");
    await app.live.filter({ hasText: "붙여 넣었어요" }).waitFor();
  });
  assert.equal(after.nodes.length, before.nodes.length + 1);
  const copy = after.nodes.find((node) => !before.nodes.some((old) => old.id === node.id));
  assert.equal(copy.parent, by(before, "private-a").id);
  assert.deepEqual(copy.fields, by(before, "web-a").fields);
});

appTest("what was copied is a design's text, and goes to another tab", async (app) => {
  const { canvas, status } = app;
  await app.begin(LAB);
  await canvas.click("lab-vpc");
  await app.press("Control+c");
  const other = await app.context.newPage();
  await other.goto(app.page.url());
  await other.locator("#boot").waitFor({ state: "detached" });
  await other.locator("#canvas").click({ position: { x: 300, y: 30 } });
  await other.keyboard.press("Control+v");
  await other.locator('#canvas tspan.name', { hasText: /^lab-vpc/ }).first().waitFor();
  await other.close();
  assert.equal(await status.selected.innerText(), "lab-vpc를 선택함");
});

appTest("cut removes and paste brings it elsewhere", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("web-c");
  const { after } = await app.oneStep(async () => {
    await app.press("Control+x");
    await canvas.drawn();
  });
  assert.equal(by(after, "web-c"), undefined);
  const { x, y } = await canvas.inside("private-a", 0.15, 0.5);
  await app.page.mouse.move(x, y);
  await app.press("Control+v");
  await canvas.rect("web-c");
  assert.equal((await app.node("web-c")).parent, by(after, "private-a").id);
});

appTest("Ctrl+D duplicates a subnet with a block of its own", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("public-c");
  const { before, after } = await app.oneStep(() => app.press("Control+d"));
  const fresh = after.nodes.filter((node) => !before.nodes.some((old) => old.id === node.id));
  assert.deepEqual(fresh.map((node) => node.kind).sort(), ["instance", "subnet"]);
  const blocks = after.nodes.filter((node) => node.kind === "subnet").map((node) => node.fields.cidr);
  assert.equal(new Set(blocks).size, blocks.length, `blocks overlap: ${blocks}`);
});

appTest("text that is no copy is refused and changes nothing", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.focus();
  await app.noTrace(async () => {
    await app.page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "안녕하세요");
      document.querySelector("#canvas").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await app.toast.first().waitFor();
  });
});

appTest("the right button lists what can be done with what is under it", async (app) => {
  const { canvas, dialog, inspector } = app;
  await app.begin(LAB);
  const { x, y } = await canvas.grip("web-a");
  await app.oneStep(async () => {
    await app.page.mouse.click(x, y, { button: "right" });
    await dialog.root.waitFor();
    assert.equal(await inspector.name(), "web-a");
    await dialog.pick("duplicate").click();
    await dialog.closed();
  });
  assert.equal(await canvas.count("web-a-2"), 1);
});
