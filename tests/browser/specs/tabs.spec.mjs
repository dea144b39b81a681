// One design in several tabs: one writes, the others read along and take over; and each tab has its own design.
import assert from "node:assert/strict";
import { App, appTest } from "../support/app.mjs";
import { reopened } from "../support/storage.mjs";

const LAB = "two-az-vpc";

async function another(app) {
  const other = new App(app.context, await app.context.newPage());
  await other.page.goto(app.response.url());
  await front(other);
  await other.started();
  return other;
}

/** Goes to a tab: one that is behind others draws nothing. */
const front = (app) => app.page.bringToFront();

/** Waits until the tab shows the design. */
async function shows(app, design) {
  for (let tries = 0; tries < 50; tries += 1) {
    if (JSON.stringify(await app.design()) === JSON.stringify(design)) return;
    await app.page.waitForTimeout(100);
  }
  assert.deepEqual(await app.design(), design);
}

appTest("a second tab reads along, changes nothing, and takes over by a button", async (app) => {
  await app.begin(LAB);
  await app.status.until("saved");
  const other = await another(app);
  await other.canvas.rect("web-a");
  await other.status.until("elsewhere");
  // What is drawn in the first is seen in the second.
  await front(app);
  await app.canvas.dragBy("igw", 0, 60);
  await app.status.until("saved");
  const drawn = await app.design();
  await shows(other, drawn);
  // Nothing can be changed there, by the pointer or by keys, and it says why.
  await front(other);
  await other.canvas.dragBy("igw", 0, 60);
  await other.toast.filter({ hasText: "다른 탭에서 편집 중" }).first().waitFor();
  await other.press("Delete", "Control+d");
  assert.deepEqual(await other.design(), drawn);
  assert.equal(await other.toolbar.button("undo").isEnabled(), false);
  // It takes over, and the first reads along.
  await other.page.getByTestId("status-take-over").click();
  await other.status.until("saved");
  await app.status.until("elsewhere");
  await other.canvas.dragBy("igw", 0, 60);
  await other.status.until("saved");
  const after = await other.design();
  assert.notDeepEqual(after, drawn);
  await shows(app, after);
  assert.deepEqual(await reopened(other.page), after);
  await app.assertAccessible();
  other.assertQuiet();
});

appTest("when the writing tab goes, the one that read along writes", async (app) => {
  await app.begin(LAB);
  await app.status.until("saved");
  const other = await another(app);
  await other.status.until("elsewhere");
  const third = await another(app);
  await third.status.until("elsewhere");
  await front(app);
  await app.canvas.dragBy("igw", 0, 60);
  const drawn = await app.design();
  await app.page.close();
  await Promise.race([other.status.until("saved"), third.status.until("saved")]);
  const states = [await other.status.saved.getAttribute("data-state"), await third.status.saved.getAttribute("data-state")].sort();
  assert.deepEqual(states, ["elsewhere", "saved"]);
  await shows(other, drawn);
  await shows(third, drawn);
});

appTest("a tab that does not answer is not waited for, and what it had not saved is kept as a copy", async (app) => {
  await app.begin(LAB);
  await app.status.until("saved");
  const other = await another(app);
  await other.status.until("elsewhere");
  // The first tab's database answers nothing any more.
  await app.page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no", "UnknownError");
    };
  });
  await front(app);
  await app.canvas.dragBy("igw", 0, 60);
  await app.status.until("blocked");
  await front(other);
  await other.page.getByTestId("status-take-over").click();
  await other.status.until("saved");
  await app.toast.filter({ hasText: "사본" }).waitFor();
  await other.canvas.dragBy("igw", 60, 0);
  await other.status.until("saved");
});

appTest("each tab opens its own design again", async (app) => {
  await app.begin(LAB);
  await app.status.until("saved");
  const other = await another(app);
  await other.toolbar.menu("file", "new");
  await other.palette.drag("vpc", await other.canvas.at(40, 40));
  await other.status.until("saved");
  await front(app);
  await app.page.reload();
  await app.started();
  await app.canvas.rect("web-a");
  await app.status.until("saved");
  await front(other);
  await other.page.reload();
  await other.started();
  await other.canvas.rect("vpc");
  assert.equal((await other.design()).nodes.length, 1);
});
