// The keyboard: the outline does what the canvas does, every command is in the palette, and a Hangul keyboard has the same shortcuts.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";
const focused = (app) => app.page.evaluate(() => document.activeElement.querySelector(".tree-name")?.textContent);

appTest("the outline is walked by arrows, and its selection is the canvas's", async (app) => {
  const { canvas, outline, status } = app;
  await app.begin(LAB);
  await outline.open();
  await outline.select("lab-vpc");
  assert.equal(await status.selected.innerText(), "lab-vpc를 선택함");
  assert.ok(await canvas.shows("selection"));
  await app.press("ArrowRight");
  const child = await focused(app);
  assert.notEqual(child, "lab-vpc");
  await app.press("ArrowLeft");
  assert.equal(await focused(app), "lab-vpc");
  const open = await outline.lines();
  await app.press("ArrowLeft");
  const closed = await outline.lines();
  assert.ok(closed.length < open.length);
  assert.equal(await outline.row("lab-vpc").getAttribute("aria-expanded"), "false");
  await app.press("ArrowRight");
  assert.deepEqual(await outline.lines(), open);
  await app.press("End");
  assert.equal(await focused(app), open.at(-1).trim());
  await app.press("Home");
  assert.equal(await focused(app), open[0].trim());
  await canvas.click("web-c");
  assert.deepEqual(await outline.selected(), ["web-c"]);
});

appTest("the outline renames, moves, connects and deletes", async (app) => {
  const { dialog, outline } = app;
  await app.begin(LAB);
  await outline.open();
  await outline.select("web-a");
  await app.oneStep(async () => {
    await outline.row("web-a").focus();
    await app.press("F2");
    await app.page.getByTestId("rename-input").fill("server-1");
    await app.press("Enter");
    await dialog.closed();
  });
  await outline.select("server-1");
  await app.oneStep(async () => {
    await outline.row("server-1").focus();
    await app.press("m");
    await dialog.root.waitFor();
    await dialog.take("private-a");
    await dialog.closed();
  });
  assert.equal((await app.node("server-1")).parent, (await app.node("private-a")).id);
  await outline.select("server-1");
  await app.oneStep(async () => {
    await outline.row("server-1").focus();
    await app.press("Delete");
  });
  assert.equal(await outline.row("server-1").count(), 0);
});

appTest("the command palette finds and runs commands in both languages", async (app) => {
  const { canvas, dialog, status } = app;
  await app.begin(LAB);
  await canvas.focus();
  await app.press("Control+k");
  await dialog.take("모두선택");
  await dialog.closed();
  assert.match(await status.selected.innerText(), /^\d+개 선택함$/);
  await app.press("Control+/");
  await dialog.take("zoom to 100");
  await dialog.closed();
  assert.equal(await app.toolbar.zoom.innerText(), "100%");
  await app.press("Control+k");
  await dialog.root.waitFor();
  await app.press("Escape");
  await dialog.closed();
});

appTest("? shows every shortcut", async (app) => {
  const { canvas, dialog } = app;
  await canvas.focus();
  await app.press("?");
  await dialog.root.waitFor();
  for (const keys of ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+D", "Shift+1", "Ctrl+K", "F2"]) {
    assert.ok(await dialog.root.locator("kbd", { hasText: keys }).first().isVisible(), keys);
  }
});

appTest("under a Hangul keyboard the same keys do the same", async (app) => {
  const { canvas, status, toolbar } = app;
  await app.begin(LAB);
  await canvas.focus();
  await app.pressHangul("ㅗ", "KeyH");
  assert.equal(await toolbar.button("pan-tool").getAttribute("aria-pressed"), "true");
  await app.pressHangul("ㅍ", "KeyV");
  assert.equal(await toolbar.button("select-tool").getAttribute("aria-pressed"), "true");
  await app.pressHangul("ㅁ", "KeyA", { ctrl: true });
  assert.match(await status.selected.innerText(), /^\d+개 선택함$/);
  await canvas.click("web-a");
  await app.press("Delete");
  assert.equal(await canvas.count("web-a"), 0);
  await app.pressHangul("ㅋ", "KeyZ", { ctrl: true });
  assert.equal(await canvas.count("web-a"), 1);
  await app.pressHangul("ㅛ", "KeyY", { ctrl: true });
  assert.equal(await canvas.count("web-a"), 0);
});

appTest("letters typed into a field are no shortcuts", async (app) => {
  const { canvas, inspector, toolbar } = app;
  await app.begin(LAB);
  await canvas.click("web-a");
  await inspector.field("name").fill("");
  await inspector.field("name").pressSequentially("hvc");
  assert.equal(await toolbar.button("select-tool").getAttribute("aria-pressed"), "true");
  await inspector.field("name").press("Escape");
  assert.equal(await inspector.name(), "web-a");
});
