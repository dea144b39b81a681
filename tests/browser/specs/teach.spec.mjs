// Those who teach: a class marked in the browser, a lab written on the canvas, a design broken for practice.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { appTest, required } from "../support/app.mjs";
import { Lab } from "../support/lab.mjs";
import { downloaded } from "../support/parts.mjs";

const ID = "private-servers";
const run = (...args) => promisify(execFile)(required("GROUNDPLAN"), args, { maxBuffer: 64 << 20 });
/** What the command line prints, whatever its answer is. */
const printed = async (...args) => (await run(...args).catch((error) => error)).stdout;

/** A submission as a student without the page would write it. */
const submission = (design, student) =>
  JSON.stringify({ groundplan_submission: 1, lab: ID, student, seconds: 600, design });

/** A folder of files, by their names. */
async function folder(files) {
  const path = await mkdtemp(join(tmpdir(), "groundplan-"));
  const paths = [];
  for (const [name, text] of Object.entries(files)) {
    paths.push(join(path, name));
    await writeFile(paths.at(-1), text);
  }
  return paths;
}

/** Chooses files where the page asks for some. */
async function choose(page, testid, paths) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByTestId(testid).click()]);
  await chooser.setFiles(paths);
}

async function marking(app) {
  await new Lab(app).course();
  await app.page.getByTestId("course-mark").click();
  await app.page.getByTestId("marking").waitFor();
}

appTest("a class is marked in the browser to the point as by the command line", async (app) => {
  const solution = JSON.parse(await printed("lab", ID, "--solution"));
  const start = JSON.parse(await printed("lab", ID, "--start"));
  const broken = JSON.parse(await printed("lab", ID, "--fault", "2026-004"));
  const copy = { ...broken, nodes: broken.nodes.map((node) => ({ ...node, name: `my-${node.name}` })) };
  const paths = await folder({
    "a.json": submission(solution, "=HYPERLINK(\"http://example.com\")"),
    "b.json": submission(broken, "lee"),
    "c.json": submission(copy, "<b>park</b>"),
    "d.json": submission(start, "choi"),
    "e.json": submission(solution, "kim").replace(ID, "six-subnets"),
    "f.png": "\u0089PNG",
    "g.json": submission(solution, "han").slice(0, -30),
  });
  await marking(app);
  await app.assertAccessible();
  await choose(app.page, "marking-files", paths);
  const rows = app.page.getByTestId("marking-row");
  await rows.nth(6).waitFor();
  await app.assertAccessible();
  const by = JSON.parse(await printed("grade", ID, ...paths, "--format", "json"));
  const told = await rows.evaluateAll((all) => all.map((row) => row.querySelectorAll("td")[0].innerText));
  assert.deepEqual(told, by.map((row) => (row.problem ? "–" : `${row.points}/${row.of}`)));
  assert.match(await rows.nth(4).innerText(), /다른 실습/);
  assert.match(await rows.nth(6).innerText(), /끊겼어요/);
  assert.equal(await app.page.locator(".marking-name b").count(), 0, "a name is text and no markup");
  // One of them, with what is known of it, beside the solution.
  await rows.nth(2).getByRole("button").click();
  const one = app.page.getByTestId("marking-one");
  await one.getByText("이름만 다른 같은 설계").waitFor();
  await one.getByTestId("marking-beside").click();
  const pictures = one.getByTestId("marking-pictures").locator("img");
  await pictures.nth(1).waitFor();
  for (const at of [0, 1]) assert.ok(await pictures.nth(at).evaluate((img) => img.decode().then(() => img.naturalWidth > 100)));
  assert.ok((await one.getByTestId("marking-differences").locator("li").count()) > 0);
  await one.getByTestId("marking-comment").fill("다음 시간에 같이 봐요.");
  await app.assertAccessible();
  const { text: csv } = await downloaded(app.page, () => app.page.getByTestId("marking-csv").click());
  assert.match(csv, /"'=HYPERLINK/);
  assert.match(csv, /다음 시간에 같이 봐요/);
  // The commonest wrong design is a click away, and any design opens on the canvas.
  await app.page.getByTestId("marking-commonest").click();
  await app.page.getByTestId("marking-one").getByTestId("marking-open").click();
  await app.dialog.closed();
  assert.ok((await app.design()).nodes.length > 5);
});

appTest("a lab is written on the canvas, tried, and marked the same by the command line", async (app) => {
  await app.begin("private-servers-behind-alb");
  const lab = new Lab(app);
  await lab.course();
  await app.page.getByTestId("course-author").click();
  const checks = app.page.getByTestId("author-check");
  await checks.nth(3).waitFor();
  await app.assertAccessible();
  await app.page.getByTestId("author-id").fill("own-lab");
  await app.page.getByTestId("author-title-ko").fill("우리 반 실습");
  await app.page.getByTestId("author-story-ko").fill("프라이빗 서버를 열어 주세요.");
  for (const at of [0, 1, 2, 3]) await checks.nth(at).check();
  await app.page.getByTestId("author-look").click();
  await app.page.getByTestId("author-sound").waitFor();
  const { text } = await downloaded(app.page, () => app.page.getByTestId("author-save").click());
  const file = join(await mkdtemp(join(tmpdir(), "groundplan-")), "own-lab.lab.json");
  await writeFile(file, text);
  assert.match(await printed("--lang", "en", "lab", file, "--check"), /sound\. 4 checks, 100 points/);
  await app.page.getByTestId("author-try").click();
  await app.dialog.closed();
  await lab.title.waitFor();
  assert.equal(await lab.title.innerText(), "우리 반 실습");
  await lab.check();
  assert.match(await lab.score.innerText(), /^0\/100/);
  // Another browser profile opens the file.
  await lab.course();
  await choose(app.page, "course-file", [file]);
  await app.page.getByTestId("course-title").waitFor();
  assert.equal(await app.page.getByTestId("course-title").innerText(), "우리 반 실습");
});

appTest("a design is broken, looked for after a reload, told and mended", async (app) => {
  await app.begin("private-servers-behind-alb");
  const whole = await app.design();
  await new Lab(app).course();
  await app.page.getByTestId("course-break").click();
  await app.page.getByTestId("break").waitFor();
  await app.assertAccessible();
  await app.page.getByTestId("break-level").selectOption("2");
  await app.page.getByTestId("break-go").click();
  await app.dialog.closed();
  const hunt = app.page.getByTestId("hunt");
  await hunt.waitFor();
  await app.assertAccessible();
  const broken = await app.design();
  assert.notDeepEqual(broken.nodes, whole.nodes);
  assert.equal(await hunt.getByTestId("hunt-state").getAttribute("data-mended"), "false");
  await app.page.reload();
  await app.started();
  await hunt.waitFor();
  assert.equal(await hunt.getByTestId("break-told").count(), 0);
  await hunt.getByTestId("hunt-reveal").click();
  await hunt.getByTestId("break-told").locator("li").first().waitFor();
  await hunt.getByTestId("hunt-mend").click();
  await hunt.locator("[data-mended=true]").waitFor();
  assert.deepEqual((await app.design()).nodes, whole.nodes);
});
