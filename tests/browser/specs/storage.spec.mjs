// Storage that fails: deleted, upgraded, full, blocked, junk. It is said at once, the design stays open, and one click saves it as a file.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { downloaded } from "../support/parts.mjs";
import { reopened, storage, tamper } from "../support/storage.mjs";

const LAB = "two-az-vpc";

async function reload(app) {
  await app.page.reload();
  await app.started();
}

appTest("a database that is deleted under the page is said, and the next change writes it all again", async (app) => {
  const { canvas, page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  const blocked = await page.evaluate(() => new Promise((done) => Object.assign(indexedDB.deleteDatabase("groundplan"), { onsuccess: () => done(false), onblocked: () => done(true) })));
  assert.equal(blocked, false, "the page held on to the database");
  await status.until("gone");
  const saved = await downloaded(page, () => page.getByTestId("status-keep").click());
  assert.deepEqual(JSON.parse(saved.text), await app.design());
  await canvas.dragBy("igw", 0, 60);
  await status.until("saved");
  assert.deepEqual(await reopened(page), await app.design());
});

appTest("a database that another page upgrades is let go, and written on", async (app) => {
  const { canvas, page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  await page.evaluate(() => new Promise((done, fail) => {
    const open = indexedDB.open("groundplan", 99);
    Object.assign(open, { onblocked: () => fail(new Error("blocked")), onsuccess: () => done(open.result.close()) });
  }));
  await status.until("saved");
  await canvas.dragBy("igw", 0, 60);
  await status.until("saved");
  assert.deepEqual(await reopened(page), await app.design());
});

appTest("a database of a newer Groundplan is not written", async (app) => {
  const { canvas, page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  await tamper(page, "notes", "format", "99");
  await reload(app);
  await status.until("newer");
  const before = await storage(page);
  await app.palette.drag("vpc", await canvas.at(40, 40));
  await page.waitForTimeout(300);
  assert.deepEqual(await storage(page), before);
});

appTest("full storage is said, and saved again when there is room", async (app) => {
  const { canvas, page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  await page.evaluate(() => {
    globalThis.put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await canvas.dragBy("igw", 0, 60);
  await status.until("full");
  await page.evaluate(() => (IDBObjectStore.prototype.put = globalThis.put));
  await canvas.dragBy("igw", 0, -30);
  await status.until("saved");
  assert.deepEqual(await reopened(page), await app.design());
});

for (const [what, junk] of [
  ["a number", 7],
  ["an object", { groundplan: 1, nodes: [] }],
  ["bytes", new Uint8Array([1, 2, 3])],
]) {
  appTest(`a record that is ${what} is said and not overwritten`, async (app) => {
    const { canvas, dialog, page, palette, status } = app;
    await app.begin(LAB);
    await status.until("saved");
    const id = (await storage(page)).notes.last;
    await tamper(page, "designs", id, junk);
    await reload(app);
    await dialog.root.waitFor();
    assert.match(await dialog.root.innerText(), /설계의 글이 아니에요/);
    await app.press("Escape");
    await dialog.closed();
    await palette.drag("vpc", await canvas.at(40, 40));
    await status.until("saved");
    const { designs } = await storage(page);
    assert.deepEqual([Object.keys(designs).length, typeof designs[id]], [2, typeof junk]);
  });
}

appTest("a record that is not there is said", async (app) => {
  const { page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  await tamper(page, "designs");
  await reload(app);
  await app.toast.filter({ hasText: "저장 공간에 없어요" }).waitFor();
});

appTest("changes that cannot be read are said, and what comes before them is opened as a design of its own", async (app) => {
  const { canvas, dialog, page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  const designs = [];
  await canvas.click("igw");
  for (let round = 0; round < 3; round += 1) {
    await app.press("ArrowDown");
    designs.push(await app.design());
  }
  await status.until("saved");
  const before = await storage(page);
  const last = Object.keys(before.steps).sort().at(-1);
  await tamper(page, "steps", last, "{\"step\":1,\"nodes\":");
  await reload(app);
  await dialog.root.waitFor();
  const kept = await downloaded(page, () => page.getByTestId("damaged-download").click());
  assert.ok(kept.text.endsWith("\"nodes\":\n"));
  await app.press("Escape");
  await dialog.closed();
  assert.deepEqual(await app.design(), designs[1]);
  await status.until("saved");
  const after = await storage(page);
  assert.equal(after.designs[before.notes.last], before.designs[before.notes.last], "the damaged record was overwritten");
  assert.equal(Object.keys(after.designs).length, 2);
});

appTest("a database without its stores is mended", async (app) => {
  const { page, palette, canvas, status } = app;
  await page.goto("about:blank");
  await page.goto(`${app.response.url()}favicon.svg`).catch(() => {});
  await page.evaluate(() => new Promise((done) => {
    indexedDB.deleteDatabase("groundplan").onsuccess = () => {
      const open = indexedDB.open("groundplan", 3);
      open.onupgradeneeded = () => open.result.createObjectStore("junk");
      open.onsuccess = () => done(open.result.close());
    };
  }));
  await page.goto(app.response.url());
  await app.started();
  await palette.drag("vpc", await canvas.at(40, 40));
  await status.until("saved");
  assert.equal((await reopened(page)).nodes.length, 1);
  if (app.complaints.length > 0) app.forgive(/404/);
});
