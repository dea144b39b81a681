// An account drawn from what describe commands print: the command, one file or several, and what was not read.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appTest } from "../support/app.mjs";

const VPCS = JSON.stringify({ Vpcs: [{ VpcId: "vpc-1", CidrBlock: "10.0.0.0/16", Tags: [{ Key: "Name", Value: "shop" }] }] });
const SUBNETS = JSON.stringify({
  Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1", CidrBlock: "10.0.1.0/24", AvailabilityZone: "ap-northeast-2a", Tags: [{ Key: "Name", Value: "shop-a" }] }],
});
const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

/** Opens the dialog and chooses files in it. */
async function choose(app, ...files) {
  await app.toolbar.menu("file", "account");
  const [chooser] = await Promise.all([app.page.waitForEvent("filechooser"), app.page.getByTestId("account-files").click()]);
  assert.equal(chooser.isMultiple(), true);
  await chooser.setFiles(files);
}

appTest("the dialog gives the command and asks for no credentials", { permissions: ["clipboard-read", "clipboard-write"] }, async (app) => {
  await app.toolbar.menu("file", "account");
  assert.match(await app.page.getByTestId("account").innerText(), /자격 증명은 묻지 않아요/);
  assert.match(await app.page.getByTestId("command").innerText(), /aws ec2 describe-/);
  await app.assertAccessible();
  await app.page.getByTestId("command-copy").click();
  await app.toast.waitFor();
  const copied = await app.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await app.page.getByTestId("command").textContent());
});

appTest("several files are one account", async (app) => {
  await choose(app, file("vpcs.json", VPCS), file("subnets.json", SUBNETS));
  await app.canvas.rect("shop-a");
  await app.canvas.rect("shop");
});

appTest("what was not read is listed, the rest is drawn", { colorScheme: "dark" }, async (app) => {
  await choose(app, file("vpcs.json", VPCS), file("subnets.json", SUBNETS.slice(0, -2)), file("logo.png", "x"), file("tables.json", '{"RouteTables":[{"RouteTableId":"rtb-1","VpcId":"vpc-9"'));
  const notes = app.page.getByTestId("notes");
  await notes.waitFor();
  assert.match(await notes.innerText(), /logo\.png/);
  assert.match(await notes.innerText(), /subnets\.json|tables\.json/);
  await app.assertAccessible();
  const said = await notes.innerText();
  await app.press("Escape");
  await app.dialog.closed();
  await app.canvas.rect("shop");
  // They are shown again from the menu and from where problems are listed, until another document is opened.
  await app.toolbar.menu("file", "import-notes");
  assert.equal(await notes.innerText(), said);
  await app.press("Escape");
  await app.page.getByTestId("status-problems").click();
  await app.page.getByTestId("problems-notes").click();
  assert.equal(await notes.innerText(), said);
  await app.press("Escape");
  await app.toolbar.menu("file", "new");
  await app.page.getByTestId("problems-notes").waitFor({ state: "hidden" });
  await app.page.getByTestId("toolbar-file").click();
  assert.equal(await app.page.getByTestId("toolbar-import-notes").isDisabled(), true);
});

appTest("several files of another sort are refused, and nothing is overwritten", async (app) => {
  await app.begin("two-az-vpc");
  await choose(app, file("a.json", "{}"), file("b.json", "[]"));
  assert.match(await app.dialog.root.innerText(), /하나씩 여세요/);
  await app.press("Escape");
  await app.canvas.rect("web-a");
});

appTest("files that are dropped together are one account", async (app) => {
  await app.page.evaluate(([vpcs, subnets]) => {
    const data = new DataTransfer();
    data.items.add(new File([vpcs], "vpcs.json"));
    data.items.add(new File([subnets], "subnets.json"));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [VPCS, SUBNETS]);
  await app.canvas.rect("shop-a");
});

/** Drops a folder on the canvas as a file manager does. */
async function dropFolder(app, path) {
  const browser = await app.context.newCDPSession(app.page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await browser.send("Input.dispatchDragEvent", { type, x: 700, y: 420, data });
  }
}

/** A folder with these files, by their paths in it; gone when the body is done. */
async function withFolder(files, body) {
  const folder = mkdtempSync(join(tmpdir(), "account-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

appTest("a folder that is dropped is read with the folders in it, and what else it holds is listed", async (app) => {
  await withFolder({ "vpcs.json": VPCS, "seoul/subnets.json": SUBNETS, "seoul/map.png": "x", "README.md": "notes" }, async (folder) => {
    await dropFolder(app, folder);
    const notes = app.page.getByTestId("notes");
    await notes.waitFor();
    const said = await notes.innerText();
    assert.match(said, /seoul\/map\.png/);
    assert.match(said, /README\.md/);
    assert.doesNotMatch(said, /vpcs\.json|subnets\.json/);
    await app.press("Escape");
    await app.canvas.rect("shop");
    await app.canvas.rect("shop-a");
  });
});

appTest("a folder without a JSON file says so, and the one design of a folder is opened", async (app) => {
  await withFolder({ "README.md": "notes" }, async (folder) => {
    await dropFolder(app, folder);
    assert.match(await app.dialog.root.innerText(), /JSON 파일이 없어요/);
    await app.press("Escape");
  });
  await withFolder({ "design.json": '{"groundplan":1,"title":"한 개","nodes":[]}' }, async (folder) => {
    await dropFolder(app, folder);
    await app.page.waitForFunction(() => document.querySelector("[data-testid=toolbar-title]").value === "한 개");
  });
});
