// What is drawn is kept: in the browser, in files; and what is damaged is refused with the place and never overwritten.
import assert from "node:assert/strict";
import { App, appTest } from "../support/app.mjs";
import { downloaded } from "../support/parts.mjs";
import { storage } from "../support/storage.mjs";

const LAB = "two-az-vpc";

/** Puts another text into the record of the design at hand. */
function overwrite(app, text) {
  return app.page.evaluate(async (text) => {
    const answer = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: () => fail(request.error) }));
    const database = await answer(indexedDB.open("groundplan"));
    const last = await answer(database.transaction("notes").objectStore("notes").get("last"));
    await answer(database.transaction("designs", "readwrite").objectStore("designs").put(text, last));
    database.close();
  }, text);
}

async function reload(app) {
  await app.page.reload();
  await app.started();
}

/** Chooses a file in the dialog that Ctrl+O opens. */
async function choose(app, name, text) {
  const [chooser] = await Promise.all([app.page.waitForEvent("filechooser"), app.press("Control+o")]);
  await chooser.setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

appTest("what is drawn is there again after a reload", async (app) => {
  const { canvas, status } = app;
  await app.begin(LAB);
  await canvas.dragBy("igw", 0, 40);
  await status.until("saved");
  const design = await app.design();
  await reload(app);
  await canvas.rect("igw");
  assert.deepEqual(await app.design(), design);
  assert.equal(await app.page.getByTestId("welcome").count(), 0);
});

appTest("a file that was saved opens as the same design", async (app) => {
  const { canvas, toolbar } = app;
  await app.begin(LAB);
  await toolbar.title.fill("나의 설계");
  await toolbar.title.press("Enter");
  const saved = await downloaded(app.page, () => toolbar.menu("file", "save"));
  assert.equal(saved.name, "나의-설계.groundplan.json");
  await toolbar.menu("file", "new");
  assert.equal(await canvas.count("lab-vpc"), 0);
  await choose(app, saved.name, saved.text);
  await canvas.rect("web-a");
  assert.deepEqual(await app.design(), JSON.parse(saved.text));
});

appTest("an exported template opens as the same design", async (app) => {
  const { canvas, toolbar } = app;
  await app.begin(LAB);
  const before = await app.design();
  const { name, text } = await toolbar.export();
  assert.match(name, /\.template\.json$/);
  await toolbar.menu("file", "new");
  await choose(app, name, text);
  await canvas.rect("web-a");
  assert.deepEqual(await app.design(), before);
});

appTest("the template panel downloads what is exported", async (app) => {
  const { template, toolbar } = app;
  await app.begin(LAB);
  await template.open();
  await template.code.locator("code", { hasText: "AWSTemplateFormatVersion" }).waitFor();
  const { text } = await toolbar.export();
  const shown = await downloaded(app.page, () => app.page.getByTestId("template-download").click());
  assert.equal(shown.text, text);
});

for (const [what, text, place] of [
  ["damaged", '{"groundplan":1,"title":"x","nodes":[\n{"id":"n1","kind":"vpc","name":', /2번째 줄/],
  ["edited by hand", '{"groundplan":1,"nodes":[{"id":"n1","kind":"vpc","name":"v","at":[0,0,9,9],"fields":{"cidr":"10.0.0.0/99"}}]}', /n1 · cidr/],
  ["newer", '{"groundplan":99,"nodes":[]}', /버전/],
  ["no design at all", "%PDF-1.7", /./],
]) {
  appTest(`a file that is ${what} is refused with the place, and the design stays`, async (app) => {
    const { dialog } = app;
    await app.begin(LAB);
    const before = await app.design();
    await choose(app, "mine.json", text);
    await dialog.root.waitFor();
    const said = await dialog.root.innerText();
    assert.match(said, /mine\.json을 열지 못했어요/);
    assert.match(said, place);
    await app.press("Escape");
    await dialog.closed();
    assert.deepEqual(await app.design(), before);
  });
}

for (const [what, damage, place] of [
  ["damaged", (text) => text.slice(0, text.length / 2), /번째 줄/],
  ["of a newer version", (text) => text.replace('"groundplan":1', '"groundplan":2'), /버전/],
]) {
  appTest(`a record that is ${what} is refused with the place and never overwritten`, async (app) => {
    const { canvas, dialog, palette, status } = app;
    await app.begin(LAB);
    await status.until("saved");
    const { designs } = await storage(app.page);
    const [id] = Object.keys(designs);
    const damaged = damage(designs[id]);
    await overwrite(app, damaged);
    await reload(app);
    await dialog.root.waitFor();
    assert.match(await dialog.root.innerText(), place);
    const kept = await downloaded(app.page, () => app.page.getByTestId("damaged-download").click());
    assert.equal(kept.text, damaged);
    await app.press("Escape");
    await dialog.closed();
    await palette.drag("vpc", await canvas.at(30, 30));
    await status.until("saved");
    const after = (await storage(app.page)).designs;
    assert.equal(after[id], damaged, "the damaged record was overwritten");
    assert.equal(Object.keys(after).length, 2);
  });
}

/** Lets every write to storage fail as it does when the disk is full. */
function fillStorage(page) {
  return page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
}

appTest("full storage is said, and the design stays open and can be downloaded", { before: fillStorage }, async (app) => {
  const { canvas, palette, status } = app;
  await palette.drag("vpc", await canvas.at(30, 30));
  await status.until("full");
  await app.toast.filter({ hasText: "저장 공간이 가득 차서" }).waitFor();
  assert.equal((await app.design()).nodes.length, 1);
  await app.toolbar.menu("file", "new");
  await app.dialog.root.filter({ hasText: "저장하지 못한 설계" }).waitFor();
  await app.press("Escape");
  assert.equal(await canvas.count("vpc"), 1);
});

appTest("blocked storage is said, and drawing goes on", {
  before: (page) => page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "SecurityError");
    };
  }),
}, async (app) => {
  const { canvas, palette, status } = app;
  await status.until("blocked");
  await palette.drag("vpc", await canvas.at(30, 30));
  assert.equal((await app.design()).nodes.length, 1);
});

appTest("a file dropped on the page is opened", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const text = JSON.stringify(await app.design());
  await app.toolbar.menu("file", "new");
  const data = await app.page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "lab.groundplan.json"));
    return data;
  }, text);
  await app.page.dispatchEvent("#canvas", "drop", { dataTransfer: data });
  await canvas.rect("web-a");
});
