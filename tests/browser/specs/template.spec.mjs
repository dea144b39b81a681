// Templates that others wrote: opened with notes, parameters with values, and what an export changes of them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { appTest } from "../support/app.mjs";
import { downloaded } from "../support/parts.mjs";
import { Parameters } from "../support/template.mjs";

const YAML = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Network:
    Type: String
    Default: 10.20.0.0/16
    Description: Block of the VPC
  Size:
    Type: String
    Default: t3.micro
    AllowedValues: [t3.micro, t3.small]
  Password:
    Type: String
    NoEcho: true
    Default: hunter2
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !Ref Network # the block
  PublicSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [0, !Cidr [!Ref Network, 4, 8]]
      AvailabilityZone: !Select [0, !GetAZs ""]
  Topic:
    Type: AWS::SNS::Topic
`;

async function open(app, name, text) {
  const [chooser] = await Promise.all([app.page.waitForEvent("filechooser"), app.press("Control+o")]);
  await chooser.setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

appTest("a YAML template of another hand is drawn, and its parameters can be given values", async (app) => {
  await open(app, "network.yaml", YAML);
  await app.canvas.rect("Vpc");
  if (await app.dialog.root.isVisible()) await app.press("Escape");
  const parameters = new Parameters(app);
  await parameters.open();
  assert.deepEqual(await parameters.names(), ["Network", "Size", "Password"]);
  assert.equal(await parameters.field("Network").inputValue(), "10.20.0.0/16");
  assert.equal(await parameters.field("Password").isDisabled(), true);
  assert.equal((await app.page.content()).includes("hunter2"), false, "a secret is never shown");
  await app.assertAccessible();
  await app.oneStep(async () => {
    await parameters.give("Network", "10.99.0.0/16");
    await app.page.waitForFunction(() => document.querySelector("#canvas .world").textContent.includes("10.99.0.0/24"));
    // A text field keeps its own undo.
    await app.canvas.focus();
  });
  // The field follows the redo a moment later.
  await app.page.waitForFunction(() => document.querySelector('[data-testid="parameter-Network"]').value === "10.99.0.0/16");
  await parameters.give("Network", "");
  await app.page.waitForFunction(() => document.querySelector("#canvas .world").textContent.includes("10.20.0.0/24"));
  await parameters.field("Size").selectOption("t3.small");
  await app.toolbar.click("lang-en");
  await app.assertAccessible();
});

appTest("the panel shows the template as it was written, and what an edit changes of it", { colorScheme: "dark" }, async (app) => {
  await open(app, "network.yaml", YAML);
  await app.canvas.rect("Vpc");
  if (await app.dialog.root.isVisible()) await app.press("Escape");
  await app.template.open();
  assert.equal(await app.page.getByTestId("template-yaml").getAttribute("aria-pressed"), "true", "written as it was opened");
  assert.match(await app.page.getByTestId("template-size").innerText(), /리소스 3 \/ 500개/);
  await app.page.getByTestId("template-changes").click();
  await app.page.getByTestId("template-same").waitFor();
  await app.canvas.click("Vpc");
  await app.inspector.enter("cidr", "10.30.0.0/16");
  const review = app.page.getByTestId("template-review");
  await review.locator(".new").first().waitFor();
  assert.deepEqual((await review.locator(".gone code").allInnerTexts()).map((line) => line.trim()), ["CidrBlock: !Ref Network # the block"]);
  assert.deepEqual((await review.locator(".new code").allInnerTexts()).map((line) => line.trim()), ['CidrBlock: "10.30.0.0/16" # the block']);
  await app.assertAccessible();
  const { name, text } = await app.toolbar.export();
  assert.match(name, /\.template\.yaml$/);
  assert.equal(text, YAML.replace("!Ref Network #", '"10.30.0.0/16" #'), "what leaves the page is whole, and changed in one place");
});

const OPENED = new URL("../../opened/", import.meta.url);

for (const name of readdirSync(OPENED)) {
  appTest(`${name} leaves the page as it came`, async (app) => {
    const text = readFileSync(new URL(name, OPENED), "utf8");
    await open(app, name, text);
    await app.page.waitForFunction(() => document.querySelector("#canvas .world")?.textContent.trim());
    if (await app.dialog.root.isVisible()) await app.press("Escape");
    assert.equal((await app.toolbar.export()).text, text);
  });
}

appTest("a template leaves the same by every door, after saving too", async (app) => {
  const text = "\ufeff" + readFileSync(new URL("comments.yaml", OPENED), "utf8").replaceAll("\n", "\r\n");
  await open(app, "comments.yaml", text);
  await app.canvas.rect("network");
  if (await app.dialog.root.isVisible()) await app.press("Escape");
  const saved = await downloaded(app.page, () => app.toolbar.menu("file", "save"));
  await app.toolbar.menu("file", "new");
  await open(app, saved.name, saved.text);
  await app.canvas.rect("network");
  await app.template.open();
  assert.equal((await app.toolbar.export()).text, text, "export");
  assert.equal((await downloaded(app.page, () => app.page.getByTestId("template-download").click())).text, text, "the panel");
  await app.toolbar.menu("file", "deploy");
  assert.equal((await downloaded(app.page, () => app.page.getByTestId("deploy-download").click())).text, text, "the deploy sheet");
});

appTest("a bad template is refused with line and column", async (app) => {
  await open(app, "bad.yaml", "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n   Properties: {}\n");
  assert.match(await app.dialog.root.innerText(), /4번째 줄/);
  await app.press("Escape");
  await app.dialog.closed();
  await open(app, "cut.json", '{"Resources": {"Vpc": {"Type": "AWS::EC2::VPC"');
  assert.match(await app.dialog.root.innerText(), /1번째 줄/);
});

appTest("notes of a template are numbered and name their place", async (app) => {
  await open(app, "odd.yaml", YAML.replace("!Ref Vpc\n", "!Ref Missing\n"));
  const notes = app.page.getByTestId("notes");
  await notes.waitFor();
  const text = await notes.locator("ol").innerText();
  assert.match(text, /\d+번째 줄 \d+번째 칸/);
  assert.match(text, /Missing/);
  await app.assertAccessible();
});
