// The form of what is selected: committing, refusing, rows, several at once.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { Inspector } from "../support/inspector.mjs";

const LAB = "private-servers-behind-alb";

function inspectorTest(name, body, options = {}) {
  appTest(`inspector: ${name}`, options, async (app) => {
    const inspector = new Inspector(app);
    await inspector.openSample(LAB);
    await body(inspector, app);
  });
}

inspectorTest("an address block is one edit when it is committed", async (inspector) => {
  await inspector.select("public-a");
  await inspector.assertValue("cidr", "10.0.1.0/24");
  await inspector.field("cidr").fill("10.0.77.9/24");
  assert.equal(await inspector.page.getByTestId("toolbar-undo").isEnabled(), false, "typing is no edit");
  await inspector.field("cidr").press("Enter");
  await inspector.assertValue("cidr", "10.0.77.0/24");
  await inspector.undo();
  await inspector.assertValue("cidr", "10.0.1.0/24");
  assert.equal(await inspector.page.getByTestId("toolbar-undo").isEnabled(), false, "one commit is one step");
  await inspector.redo();
  await inspector.assertValue("cidr", "10.0.77.0/24");
  await inspector.field("cidr").press("Control+z");
  await inspector.assertValue("cidr", "10.0.1.0/24");
});

inspectorTest("what is no address block is refused at the field and the old one stays", async (inspector) => {
  await inspector.select("public-a");
  for (const typed of ["10.0.0.0/33", "10.0.0", "한글"]) {
    await inspector.enter("cidr", typed);
    await inspector.assertRefused("cidr", /./);
    assert.equal(await inspector.field("cidr").inputValue(), typed, "what was typed stays to be mended");
    assert.equal(await inspector.page.getByTestId("toolbar-undo").isEnabled(), false, "the design is as it was");
    await inspector.field("cidr").press("Escape");
    await inspector.assertAccepted("cidr");
    await inspector.assertValue("cidr", "10.0.1.0/24");
  }
});

inspectorTest("leaving a field commits, and the next free block is offered", async (inspector) => {
  await inspector.select("public-a");
  await inspector.field("cidr").fill("10.0.2.0/24");
  await inspector.field("route_table").focus();
  await inspector.assertValue("cidr", "10.0.2.0/24");
  await inspector.root.getByTestId("next-free-cidr").click();
  const proposed = await inspector.field("cidr").inputValue();
  assert.match(proposed, /^10\.0\.\d+\.0\/24$/);
  assert.notEqual(proposed, "10.0.2.0/24");
});

inspectorTest("what is half typed when another resource is selected is kept", async (inspector) => {
  await inspector.select("public-a");
  await inspector.field("cidr").fill("10.0.88.0/24");
  await inspector.select("private-a");
  await inspector.select("public-a");
  await inspector.assertValue("cidr", "10.0.88.0/24");
});

inspectorTest("rows are added, edited, moved and removed, a step each", async (inspector) => {
  await inspector.select("web-sg");
  const rows = inspector.rows("inbound");
  const before = await rows.count();
  await inspector.root.getByTestId("row-add-inbound").click();
  await inspector.page.waitForFunction((n) => document.querySelectorAll("#field-inbound > ol > li").length === n, before + 1);
  await inspector.enter(`inbound-${before}-ports`, "8080");
  await inspector.enter(`inbound-${before}-cidr`, "10.0.0.0/33");
  await inspector.assertRefused(`inbound-${before}-cidr`, /33/);
  assert.doesNotMatch(await inspector.error(`inbound-${before}-cidr`).innerText(), /번째/, "beside the cell its place goes without saying");
  await inspector.enter(`inbound-${before}-cidr`, "10.0.0.0/16");
  await inspector.assertAccepted(`inbound-${before}-cidr`);
  assert.match(await rows.nth(before).innerText(), /8080 · 10\.0\.0\.0\/16/);
  await inspector.root.getByTestId(`row-up-inbound-${before}`).click();
  assert.match(await rows.nth(before - 1).innerText(), /8080/);
  await inspector.root.getByTestId(`row-remove-inbound-${before - 1}`).click();
  assert.equal(await rows.count(), before);
  await inspector.undo();
  assert.match(await rows.nth(before - 1).innerText(), /8080/);
});

inspectorTest("a listener's rule holds a table of its own", async (inspector) => {
  await inspector.select("https");
  await inspector.root.getByTestId("row-add-rules").click();
  await inspector.root.getByTestId("row-add-rules-0-forwards").click();
  const target = inspector.field("rules-0-forwards-0-target_group");
  await target.selectOption({ index: 1 });
  await inspector.enter("rules-0-forwards-0-weight", "1000");
  await inspector.assertRefused("rules-0-forwards-0-weight", /999/);
  await inspector.field("rules-0-forwards-0-weight").press("Escape");
  await inspector.field("rules-0-action").selectOption("fixed-response");
  await inspector.field("rules-0-response_code").waitFor();
  assert.equal(await target.count(), 0, "what does not apply is not shown");
});

inspectorTest("proposals are found in both languages and chosen by key", async (inspector) => {
  await inspector.select("web-a");
  await inspector.field("instance_type").fill("t3.small");
  await inspector.field("instance_type").press("ArrowDown");
  await inspector.field("instance_type").press("Enter");
  await inspector.assertValue("instance_type", "t3.small");
  await inspector.undo();
  await inspector.assertValue("instance_type", "t3.micro");
});

inspectorTest("a name is changed, and an empty one refused", async (inspector) => {
  await inspector.select("web-a");
  await inspector.enter("name", "web-one");
  await inspector.row("web-one").waitFor();
  await inspector.enter("name", "");
  await inspector.assertRefused("name", /이름/);
  await inspector.field("name").press("Escape");
  await inspector.assertValue("name", "web-one");
});

inspectorTest("several of a kind are changed at once", async (inspector) => {
  await inspector.select("web-a");
  await inspector.selectToo("web-c");
  await inspector.enter("instance_type", "t3.large");
  await inspector.select("web-c");
  await inspector.assertValue("instance_type", "t3.large");
  await inspector.undo();
  await inspector.assertValue("instance_type", "t3.micro");
});

inspectorTest("a problem shows beside its field with its fix", async (inspector) => {
  await inspector.select("public-a");
  await inspector.enter("cidr", "10.1.0.0/24");
  const fix = inspector.root.locator("#problems-cidr").getByTestId("inspector-fix").first();
  await fix.click();
  await inspector.page.waitForFunction(() => /^10\.0\./.test(document.getElementById("field-cidr")?.value));
});

inspectorTest("the live template marks what is selected, and its lines select", async (inspector, app) => {
  await inspector.select("web-a");
  await app.page.getByTestId("toggle-bottom").click();
  await app.page.getByTestId("tab-template").click();
  const own = app.page.locator(".template-line.own");
  await own.first().waitFor();
  assert.match(await own.first().innerText(), /"Web/);
  await app.page.getByTestId("template-yaml").click();
  await app.page.locator(".template-line.own", { hasText: "AWS::EC2::Instance" }).first().waitFor();
  await inspector.select("public-a");
  await app.page.locator(".template-line.own", { hasText: "AWS::EC2::Subnet" }).first().waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  for (const lang of ["ko", "en"]) {
    inspectorTest(`no accessibility violation, ${lang}, ${colorScheme}`, async (inspector, app) => {
      await app.page.getByTestId(`toolbar-lang-${lang}`).click();
      await app.assertAccessible();
      for (const name of ["public-a", "web-a", "web-sg", "https", "web-alb"]) {
        await inspector.select(name);
        for (const toggle of await inspector.root.locator("[data-testid^=row-toggle], [data-testid=inspector-more]").all()) await toggle.click();
        await app.assertAccessible();
      }
      await inspector.selectToo("web-a");
      await app.assertAccessible();
      await app.page.getByTestId("toggle-bottom").click();
      await app.page.getByTestId("tab-template").click();
      await app.page.locator(".template-line").first().waitFor();
      await app.assertAccessible();
    }, { colorScheme });
  }
}
