// "Saved" means saved: nothing that was drawn is lost with the page, and nothing is called saved that is not.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { assembled, reopened } from "../support/storage.mjs";
import { edit, nudge, numbers } from "../support/storm.mjs";

const LAB = "two-az-vpc";
/** Rounds of edits after which it is looked whether what is called saved is; `cargo xtask kills` asks for many. */
const SAVED = Number(process.env.SAVED ?? 60);

for (const [what, go] of [
  ["a reload", (page) => page.reload()],
  ["leaving the page", (page) => page.goto("about:blank")],
]) {
  appTest(`an edit is there after ${what} that follows at once`, async (app) => {
    const { canvas, page } = app;
    const address = page.url();
    await app.begin(LAB);
    for (let round = 0; round < 4; round += 1) {
      await canvas.click("igw");
      await app.press("ArrowDown");
      const drawn = await app.design();
      await go(page);
      if (page.url() !== address) await page.goto(address);
      await app.started();
      await canvas.rect("igw");
      assert.deepEqual(await app.design(), drawn, `lost in round ${round}`);
    }
  });
}

appTest("a closed tab loses nothing that was called saved", async (app) => {
  const { canvas, context, page, status } = app;
  await app.begin(LAB);
  await canvas.click("igw");
  for (let round = 0; round < 6; round += 1) await app.press("ArrowDown");
  await status.until("saved");
  const drawn = await app.design();
  const other = await context.newPage();
  await page.close();
  await other.goto(app.response.url());
  assert.deepEqual(await reopened(other), drawn);
});

appTest("a storm of edits is saved while it lasts", async (app) => {
  const { canvas, page } = app;
  await app.begin(LAB);
  await canvas.click("igw");
  const seen = [];
  const end = Date.now() + 4_000;
  while (Date.now() < end) {
    const before = Date.now();
    while (Date.now() < before + 900) await app.press("ArrowDown", "ArrowUp", "ArrowDown");
    seen.push(JSON.stringify(await reopened(page)));
  }
  assert.equal(new Set(seen).size, seen.length, "a second passed in which nothing was written");
});

appTest("what is being typed is there after a reload", async (app) => {
  const { canvas, inspector, page } = app;
  await app.begin(LAB);
  await canvas.click("igw");
  await inspector.field("name").fill("gateway");
  await page.reload();
  await app.started();
  await canvas.rect("gateway");
});

appTest("a drag that is held still is not saved half-way", async (app) => {
  const { canvas, page, status } = app;
  await app.begin(LAB);
  await status.until("saved");
  const before = await reopened(page);
  const from = await canvas.grip("igw");
  await canvas.press(from);
  await canvas.move({ x: from.x, y: from.y + 60 });
  await page.waitForTimeout(700);
  assert.deepEqual(await reopened(page), before, "the middle of a gesture was saved");
  await status.until("saving");
  await app.press("Escape");
  await page.mouse.up();
  await status.until("saved");
  assert.deepEqual(await reopened(page), before);
});

/**
 * Keeps a copy of what the database has confirmed, and whenever the page says that all is saved looks whether that is so: `falsehoods` are the
 * times that it was not, `checked` how often it was looked at.
 */
function watchSaved(page) {
  return page.addInitScript((assembled) => {
    const held = { designs: {}, steps: {}, notes: {}, versions: {} };
    globalThis.watched = { checked: 0, falsehoods: [] };
    const noted = new WeakMap();
    const note = (store, change) => {
      if (!noted.has(store.transaction)) {
        const changes = [];
        noted.set(store.transaction, changes);
        store.transaction.addEventListener("complete", () => changes.forEach((apply) => apply()));
      }
      noted.get(store.transaction).push(change);
    };
    const { put, delete: remove } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      note(this, () => (held[this.name][key] = value));
      return put.call(this, value, key);
    };
    IDBObjectStore.prototype.delete = function (key) {
      const covers = (one) => (key instanceof IDBKeyRange ? key.includes(one) : one === key);
      note(this, () => Object.keys(held[this.name]).filter(covers).forEach((one) => delete held[this.name][one]));
      return remove.call(this, key);
    };
    const read = (0, eval)(`(${assembled})`);
    const ordered = (value) => JSON.stringify(value, (_, one) => (one?.constructor === Object ? Object.fromEntries(Object.entries(one).sort()) : one));
    globalThis.copyHeld = () => structuredClone(held);
    globalThis.lookWhether = (held, text) => {
      globalThis.watched.checked += 1;
      const kept = ordered(read(held));
      if (kept !== ordered(JSON.parse(text))) globalThis.watched.falsehoods.push(globalThis.watched.checked);
    };
  }, assembled.toString());
}

appTest("saved is never said of what the database does not hold", { before: watchSaved, timeout: 300_000 + SAVED * 600 }, async (app) => {
  const { canvas, page } = app;
  const next = numbers(7);
  await app.begin(LAB);
  await canvas.click("igw");
  await page.evaluate(() => {
    const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
    const shown = document.querySelector("[data-testid=status-saved]");
    new MutationObserver(() => {
      if (shown.dataset.state !== "saved") return;
      let saved;
      URL.createObjectURL = (blob) => make.call(URL, (saved = blob));
      HTMLAnchorElement.prototype.click = () => {};
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "s", code: "KeyS", ctrlKey: true, bubbles: true, cancelable: true }));
      URL.createObjectURL = make;
      HTMLAnchorElement.prototype.click = click;
      // What the database holds is copied at once; the text of the blob comes a moment later and is still this one.
      const [held, text] = [globalThis.copyHeld(), saved.text()];
      globalThis.pending = (globalThis.pending ?? Promise.resolve()).then(async () => globalThis.lookWhether(held, await text));
    }).observe(shown, { attributes: true, attributeFilter: ["data-state"] });
  });
  for (let round = 0; round < SAVED; round += 1) {
    await edit(page, Array.from({ length: 1 + Math.floor(next() * 5) }, () => nudge(next)));
    if (next() < 0.7) await app.status.until("saved");
  }
  await app.status.until("saved");
  await page.evaluate(() => globalThis.pending);
  const { checked, falsehoods } = await page.evaluate(() => globalThis.watched);
  assert.ok(checked > 20, `looked only ${checked} times`);
  assert.deepEqual(falsehoods, [], `of ${checked}`);
  console.log(`saved: ${checked} looks, ${falsehoods.length} false`);
});

appTest("an edit is in the database within a tenth of a second", { before: watchSaved }, async (app) => {
  const { canvas, page, status } = app;
  await app.begin(LAB);
  await canvas.click("igw");
  await status.until("saved");
  const times = await page.evaluate(async () => {
    const times = [];
    const shown = document.querySelector("[data-testid=status-saved]");
    for (let round = 0; round < 30; round += 1) {
      const began = performance.now();
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", code: "ArrowDown", bubbles: true, cancelable: true }));
      while (shown.dataset.state !== "saved" || performance.now() === began) await new Promise((done) => setTimeout(done, 1));
      times.push(performance.now() - began);
    }
    return times.sort((a, b) => a - b);
  });
  assert.ok(times[Math.floor(times.length / 2)] < 100, `half of the edits took ${times[Math.floor(times.length / 2)]} ms and more`);
});
