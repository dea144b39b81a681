// Finding what is drawn, and putting it in line.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";

appTest("Ctrl+F finds a resource by name, kind, block and logical id, and shows it", async (app) => {
  const { canvas, dialog, status } = app;
  await app.begin(LAB);
  const block = (await app.node("public-c")).fields.cidr;
  for (const [query, name] of [["public-c", "public-c"], [block, "public-c"], ["대상 그룹", "web-tg"], ["target group", "web-tg"], ["WebTg", "web-tg"]]) {
    await canvas.focus();
    await app.press("Control+f");
    await dialog.root.waitFor();
    await dialog.take(query);
    await dialog.closed();
    // The drawing makes room for the properties, and keeps in sight what was found.
    await app.inspector.named(name);
    assert.match(await status.selected.innerText(), new RegExp(`^${name}[을를] 선택함$`), query);
    const [{ x, y, width, height }, box] = [await canvas.rect(name), await canvas.root.boundingBox()];
    assert.ok(x >= box.x && y >= box.y && x + width <= box.x + box.width && y + height <= box.y + box.height, `${name} is out of sight`);
  }
  await app.press("Control+k");
  await dialog.take("public-a");
  assert.match(await status.selected.innerText(), /^public-a/);
});

appTest("several are put in line by keys, by the menu and by the form, none over another, as one step each", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("web-tg");
  await canvas.shiftClick("public-rt");
  await app.oneStep(() => app.press("Alt+w"));
  const rects = async () => Promise.all(["web-tg", "public-rt"].map((name) => canvas.rect(name)));
  const [a, b] = await rects();
  assert.equal(Math.round(a.y), Math.round(b.y));
  await app.oneStep(() => app.press("Alt+a"));
  const [c, d] = await rects();
  assert.ok(Math.abs(c.y - d.y) >= Math.min(c.height, d.height), "one stands on the other");
  await app.page.getByTestId("arrange-top").click();
  await canvas.focus();
  await app.press("Shift+F10").catch(() => {});
});
