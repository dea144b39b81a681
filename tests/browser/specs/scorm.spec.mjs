// A lab within a learning management system: the page packs it as SCORM 1.2, and npm's scorm-again opens the package in a frame as such systems do.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, before } from "node:test";
import { promisify } from "node:util";
import { appTest, required } from "../support/app.mjs";
import { Lab } from "../support/lab.mjs";

const ID = "private-servers";
const run = promisify(execFile);
const SCORM = createRequire(import.meta.url).resolve("scorm-again/scorm12");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".json": "application/json" };

// The system: a page with the API above a frame. It keeps what it was told where a reload finds it.
const LMS = `<!doctype html><title>LMS</title><script src="/scorm.js"></script><script>
const kept = JSON.parse(localStorage.getItem("cmi") ?? "{}");
window.API = new Scorm12API({ autocommit: false });
API.loadFromJSON({ core: { student_id: "2026-017", ...kept.core }, suspend_data: kept.suspend_data ?? "" });
window.errors = [];
API.on("LMSSetValue", () => { const code = API.LMSGetLastError(); if (code !== "0") errors.push(code); });
API.on("LMSCommit", () => localStorage.setItem("cmi", JSON.stringify({
  suspend_data: API.cmi.suspend_data,
  core: { lesson_status: API.cmi.core.lesson_status, score: { raw: API.cmi.core.score.raw, min: API.cmi.core.score.min, max: API.cmi.core.score.max } },
})));
</script><iframe title="lab" width="1400" height="860" src="/package/launch.html"></iframe>`;

let folder, server, origin;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "scorm-"));
  const script = await readFile(SCORM);
  server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const give = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
    if (path === "/lms.html") return give("text/html", LMS);
    if (path === "/favicon.ico") return response.writeHead(204).end();
    if (path === "/nothing") return give("text/html", "<!doctype html><title>nothing</title>");
    if (path === "/scorm.js") return give("text/javascript", script);
    // The package as a system serves it: plain files, without the headers of our own site.
    const file = join(folder, normalize(path.slice("/package".length)));
    const body = await readFile(file).catch(() => null);
    if (body === null) return response.writeHead(404).end();
    give(TYPES[extname(file)] ?? "application/octet-stream", body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Has the page pack the lab, and unpacks it as a system does. */
async function packed(app) {
  const lab = new Lab(app);
  await lab.course();
  await app.page.getByTestId(`course-${ID}`).click();
  const [download] = await Promise.all([app.page.waitForEvent("download"), app.page.getByTestId("lab-scorm").click()]);
  assert.equal(download.suggestedFilename(), `${ID}.scorm.zip`);
  await run(required("PYTHON"), ["-m", "zipfile", "-e", await download.path(), folder]);
}

appTest("a learning system is told points and completion, and a lab goes on from what it kept", async (app) => {
  const { page } = app;
  await packed(app);
  const manifest = await readFile(join(folder, "imsmanifest.xml"), "utf8");
  const listed = await page.evaluate((xml) => {
    const tree = new DOMParser().parseFromString(xml, "application/xml");
    if (tree.querySelector("parsererror")) return null;
    return { title: tree.querySelector("item > title").textContent, files: [...tree.querySelectorAll("file")].map((file) => file.getAttribute("href")) };
  }, manifest);
  assert.ok(listed.title.length > 0);
  assert.ok(listed.files.includes("index.html") && listed.files.includes("launch.html") && listed.files.includes(`labs/${ID}.lab.json`));
  for (const file of listed.files) assert.ok((await stat(join(folder, file))).isFile(), file);

  await page.goto(`${origin}/lms.html`);
  const frame = page.frameLocator("iframe");
  await frame.getByTestId("lab-begin-goal").waitFor();
  assert.equal(await frame.getByTestId("lab-student").inputValue(), "2026-017", "the system says who the learner is");
  await frame.getByTestId("lab-begin-goal").click();
  await frame.getByTestId("lab-title").waitFor();
  const cmi = () => page.evaluate(() => JSON.parse(localStorage.getItem("cmi")));
  await frame.getByTestId("lab-check").click();
  assert.equal((await cmi()).core.lesson_status, "incomplete");
  const kept = (await cmi()).suspend_data;
  assert.match(kept, /^1\.[\w-]{100,4094}$/);

  // Another computer: the browser remembers nothing of the lab, and the system all of it.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key !== "cmi") localStorage.removeItem(key);
    sessionStorage.clear();
  });
  await page.goto("about:blank");
  await page.goto(`${origin}/lms.html`);
  await frame.getByTestId("lab-resume").click();
  await frame.getByTestId("lab-title").waitFor();
  await frame.getByTestId("lab-finish").click();
  await frame.getByTestId("lab-result").waitFor();
  const told = (await cmi()).core;
  assert.equal(told.lesson_status, "completed");
  assert.match(await frame.getByTestId("lab-total").innerText(), new RegExp(`${told.score.raw}%`));
  assert.deepEqual([told.score.min, told.score.max].map(Number), [0, 100]);
  assert.deepEqual(await page.evaluate(() => globalThis.errors), [], "every value has the form that SCORM wants");

  // Another learner at the same computer finds nothing of it.
  await page.goto(`${origin}/nothing`);
  await page.evaluate(() => localStorage.removeItem("cmi"));
  await page.goto(`${origin}/lms.html`);
  await frame.getByTestId("lab-begin-goal").waitFor();
  assert.equal(await frame.getByTestId("lab-resume").count(), 0);
});
