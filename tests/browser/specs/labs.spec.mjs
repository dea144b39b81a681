// Labs on the page: chosen, done in every mode, marked, left and gone on with, handed in.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { appTest, required } from "../support/app.mjs";
import { Lab } from "../support/lab.mjs";

const ID = "private-servers";
const run = (...args) => promisify(execFile)(required("GROUNDPLAN"), args, { maxBuffer: 64 << 20 });

/** What the command line makes of a submission. */
async function marked(text) {
  const file = join(await mkdtemp(join(tmpdir(), "groundplan-")), "one.submission.json");
  await writeFile(file, text);
  // It exits with 1 where points are missing.
  const { stdout } = await run("grade", ID, file, "--format", "json").catch((error) => error);
  return JSON.parse(stdout);
}

/** Puts a design into the lab that is kept, as if it had been drawn before, and goes on with it. */
async function goOnWith(app, lab, design) {
  await lab.panel.getByTestId("lab-leave").click();
  await app.page.evaluate(([key, design]) => {
    const kept = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify({ ...kept, design }));
  }, [`groundplan.lab.${ID}`, design]);
  await lab.course();
  await app.page.getByTestId(`course-${ID}`).click();
  await app.page.getByTestId("lab-resume").click();
  await app.dialog.closed();
  await lab.open();
}

appTest("a lab is chosen from the course, and nothing in it is lost by a reload", async (app) => {
  const lab = new Lab(app);
  await app.page.getByTestId("welcome-labs").click();
  await app.page.getByTestId("course-done").waitFor();
  await app.assertAccessible();
  await app.page.getByTestId(`course-${ID}`).click();
  await app.page.getByTestId("course-title").waitFor();
  await app.assertAccessible();
  await app.page.getByTestId("lab-begin-guided").click();
  await app.dialog.closed();
  await lab.title.waitFor();
  await app.assertAccessible();
  // The first thing asked is wrong, says why, and hints cost what they say.
  const first = lab.mark("servers");
  await first.and(app.page.locator("[data-state=not-yet], [data-state=fails]")).waitFor();
  await first.getByTestId("lab-why").waitFor();
  await first.getByTestId("lab-hint-next").click();
  await first.getByTestId("lab-hint-next").click();
  assert.equal(await first.getByTestId("lab-hint").count(), 2);
  await app.page.reload();
  await app.started();
  await lab.open();
  assert.equal(await lab.mark("servers").getByTestId("lab-hint").count(), 2, "the hints that were read are not forgotten");
  assert.equal(await lab.panel.getByTestId("lab-mode").innerText(), "안내를 따라 하기");
});

appTest("what is locked is refused with the reason, and can be moved", async (app) => {
  const lab = new Lab(app);
  await lab.begin(ID, "goal");
  const before = await app.design();
  const locked = before.nodes.find((node) => node.id === "n4");
  await app.canvas.click(locked.name);
  await app.inspector.enter("cidr", "10.99.0.0/16");
  await app.page.locator("[role=alert]", { hasText: "다른 팀과 정한" }).first().waitFor();
  await app.press("Escape");
  assert.deepEqual((await app.design()).nodes.find((node) => node.id === "n4"), locked);
});

appTest("the solution makes every point, on the page and by the command line, and its result is kept", async (app) => {
  const lab = new Lab(app);
  const { stdout } = await run("lab", ID, "--solution");
  await lab.begin(ID, "goal", "2026-017");
  await lab.check();
  await lab.mark("site").and(app.page.locator("[data-state]:not([data-state=open])")).waitFor();
  assert.notEqual((await lab.states()).site, "holds");
  await goOnWith(app, lab, JSON.parse(stdout));
  await lab.check();
  await app.page.waitForFunction(() => [...document.querySelectorAll("[data-testid=lab-mark]")].every((one) => one.dataset.state === "holds"));
  await lab.handIn();
  assert.match(await lab.total.innerText(), /100점 가운데 100점\(100%\)/);
  await app.assertAccessible();
  const { name, text } = await lab.submission();
  assert.equal(name, `${ID}-2026-017.submission.json`);
  const [row] = [await marked(text)].flat().flatMap((all) => all.submissions ?? all);
  assert.equal(row.points, 100, JSON.stringify(row));
  await lab.panel.getByTestId("lab-others").click();
  assert.match(await app.page.getByTestId(`course-${ID}`).innerText(), /최고 100%/);
});

appTest("a fault is drawn from who one is, and problems and fixes are kept back until it is handed in", { locale: "en-US" }, async (app) => {
  const lab = new Lab(app);
  await lab.course();
  await app.page.getByTestId(`course-${ID}`).click();
  await app.page.getByTestId("lab-begin-find-the-fault").click();
  await app.page.getByText("Enter your name or number first").waitFor();
  await app.page.getByTestId("lab-student").fill("2026-018");
  await app.page.getByTestId("lab-begin-find-the-fault").click();
  await lab.title.waitFor();
  const { stdout } = await run("lab", ID, "--fault", "2026-018");
  assert.deepEqual((await app.design()).nodes, JSON.parse(stdout).nodes, "the same student gets the same fault, here and by the command line");
  await app.problems.open();
  await app.page.getByTestId("problems-veiled").waitFor();
  await lab.open();
  await lab.check();
  await lab.panel.locator("[data-testid=lab-mark]:not([data-state=holds])").first().waitFor();
  assert.ok(Object.values(await lab.states()).includes("fails"));
  // What fails leads to the hop that dropped the packet.
  await lab.panel.getByTestId("lab-proof").first().click();
  await lab.open();
  await lab.handIn();
  assert.doesNotMatch(await lab.total.innerText(), /100%/);
  await app.problems.open();
  assert.equal(await app.page.getByTestId("problems-veiled").count(), 0);
});

appTest("the address leads to a lab, and a lab that is not there is said", async (app) => {
  await app.page.evaluate((id) => (location.hash = `#lab=${id}`), ID);
  await app.page.getByTestId("course-title").waitFor();
  await app.press("Escape");
  await app.dialog.closed();
  for (const [name, says] of [["no-such-lab", /그런 실습이 없어요/], ["https://example.com/a.lab.json", /이 사이트에 있는/], ["../secret.lab.json", /이 사이트에 있는/]]) {
    await app.page.evaluate((name) => (location.hash = `#lab=${encodeURIComponent(name)}`), name);
    assert.match(await app.page.getByTestId("lab-refused").innerText(), says);
    await app.press("Escape");
    await app.dialog.closed();
  }
  app.forgive(/404/);
});

appTest("another design that is opened lets the lab rest", async (app) => {
  const lab = new Lab(app);
  await lab.begin(ID, "guided");
  await app.toolbar.menu("file", "new");
  await app.toast.filter({ hasText: "실습을 멈췄어요" }).waitFor();
  await lab.course();
  assert.match(await app.page.getByTestId(`course-${ID}`).innerText(), /하는 중/);
});
