// Whole parts in one step: VPC and more, a balancer over servers, scaling from an instance, and the text of a template that is pasted.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const kinds = (design, kind) => design.nodes.filter((node) => node.kind === kind);
const by = (design, name) => design.nodes.find((node) => node.name === name);

/** Pastes a text as the browser does. */
async function paste(app, text) {
  await app.canvas.focus();
  await app.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.querySelector("#canvas").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Net:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 172.16.0.0/16
  Web:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Net
      CidrBlock: 172.16.1.0/24
`;

appTest("VPC and more: one dialog with its drawing, one step, by keys too", async (app) => {
  const { canvas, dialog } = app;
  await app.page.getByTestId("welcome-vpc").click();
  await dialog.root.waitFor();
  await app.page.locator(".preview .world :is(g.frame, g.far path.frame)").first().waitFor();
  const summary = app.page.getByTestId("vpc-summary");
  assert.equal(await summary.innerText(), "서브넷 4개, 라우팅 테이블 2개, NAT 게이트웨이 0개를 그려요.");
  await app.page.getByTestId("vpc-nat-2").click();
  assert.equal(await summary.innerText(), "서브넷 4개, 라우팅 테이블 3개, NAT 게이트웨이 2개를 그려요.");
  await app.page.getByTestId("vpc-public-0").click();
  assert.match(await app.page.getByTestId("vpc-error").innerText(), /NAT 게이트웨이는 퍼블릭 서브넷에/);
  assert.ok(await app.page.getByTestId("vpc-make").isDisabled());
  await app.page.getByTestId("vpc-public-1").click();
  await app.page.getByTestId("vpc-cidr").fill("10.0.0.0/40");
  assert.notEqual(await app.page.getByTestId("vpc-error").innerText(), "");
  await app.page.getByTestId("vpc-cidr").fill("10.5.0.0/16");
  await app.page.getByTestId("vpc-name").fill("shop");
  await app.assertAccessible();
  // What makes it is in sight at the first look.
  const [make, box] = [await app.page.getByTestId("vpc-make").boundingBox(), await dialog.root.boundingBox()];
  assert.ok(make.y + make.height <= box.y + box.height, "the button is out of sight");
  await app.page.mouse.click(make.x + make.width / 2, make.y + make.height / 2);
  await dialog.closed();
  const design = await app.design();
  assert.deepEqual(["vpc", "zone", "subnet", "nat_gateway", "route_table"].map((kind) => kinds(design, kind).length), [1, 2, 4, 2, 3]);
  assert.equal(by(design, "shop-vpc").fields.cidr, "10.5.0.0/16");
  await canvas.focus();
  await app.press("Control+z");
  assert.equal((await app.design()).nodes.length, 0);
  await canvas.focus();
  await app.press("Shift+N");
  await dialog.root.waitFor();
  await app.press("Escape");
  await dialog.closed();
});

appTest("a load balancer over servers and an Auto Scaling group from one, from the menu, each as one step", async (app) => {
  const { canvas, dialog } = app;
  await app.begin("six-subnets");
  const before = await app.design();
  const servers = before.nodes.filter((node) => node.kind === "instance").map((node) => node.name);
  await canvas.click(servers[0]);
  const { x, y } = await canvas.grip(servers[0]);
  const { after } = await app.oneStep(async () => {
    await app.page.mouse.click(x, y, { button: "right" });
    await dialog.pick("balance-servers").click();
    await dialog.closed();
  });
  assert.equal(kinds(after, "load_balancer").length, kinds(before, "load_balancer").length + 1);
  await canvas.click(servers[0]);
  const scaled = await app.oneStep(() => app.press("Shift+G"));
  assert.equal(kinds(scaled.after, "auto_scaling_group").length, kinds(before, "auto_scaling_group").length + 1);
});

appTest("the text of a template opens on an empty canvas, and is shown before it goes into a design", async (app) => {
  const { dialog } = app;
  await paste(app, TEMPLATE);
  await app.page.waitForFunction(() => document.querySelectorAll("#canvas .world g.frame").length >= 2);
  const opened = await app.design();
  assert.equal(kinds(opened, "vpc").length, 1);
  const { after } = await app.oneStep(async () => {
    await paste(app, TEMPLATE);
    await app.page.getByTestId("merge").waitFor();
    await app.page.locator(".preview .world g.frame").first().waitFor();
    await app.page.getByTestId("merge-add").click();
    await dialog.closed();
  });
  assert.equal(kinds(after, "vpc").length, 2);
  assert.equal(kinds(after, "region").length, kinds(opened, "region").length, "the region is drawn twice");
  await app.noTrace(async () => {
    await paste(app, "AWSTemplateFormatVersion: [\nResources:\n  A: {\n");
    await dialog.root.waitFor();
    await app.press("Escape");
    await dialog.closed();
    await paste(app, "안녕하세요");
    await app.toast.filter({ hasText: "붙여 넣을 것이 아니에요" }).waitFor();
  });
});

appTest("the gallery shows at least twenty networks with their pictures, and begins with one", async (app) => {
  const { dialog } = app;
  await app.page.getByTestId("welcome-gallery").click();
  await dialog.root.waitFor();
  const cards = app.page.locator(".gallery .card");
  assert.ok((await cards.count()) >= 20, `${await cards.count()} networks`);
  await app.page.waitForFunction(() => document.querySelectorAll(".gallery .preview .world").length >= 20);
  const [picture, card] = [await app.page.locator(".gallery .preview").first().boundingBox(), await cards.first().boundingBox()];
  assert.ok(picture.y >= card.y && picture.y + picture.height <= card.y + card.height, "the picture lies beside its card");
  await app.assertAccessible();
  await app.page.getByTestId("gallery-web-behind-balancer").click();
  await dialog.closed();
  const design = await app.design();
  assert.equal(kinds(design, "load_balancer").length, 1);
  assert.equal(kinds(design, "instance").length, 2);
});

appTest("designs of this browser are shown with picture and date, opened, renamed and deleted", async (app) => {
  const { canvas, dialog, status, toolbar } = app;
  await app.begin("two-az-vpc");
  await status.until("saved");
  await app.page.getByTestId("toolbar-file").click();
  await app.page.getByTestId("toolbar-new").click();
  await app.palette.drag("vpc", await canvas.at(30, 30));
  await status.until("saved");
  await app.press("Control+Shift+O");
  await dialog.root.waitFor();
  const designs = app.page.getByTestId("design");
  await designs.nth(1).waitFor();
  assert.equal(await designs.count(), 2);
  assert.match(await designs.nth(0).innerText(), /지금 열려 있어요/);
  await app.page.waitForFunction(() => document.querySelectorAll(".designs .preview .world").length === 2);
  await app.assertAccessible();
  await designs.nth(1).getByTestId("design-rename").click();
  await designs.nth(1).getByTestId("design-title").fill("첫 과제");
  await designs.nth(1).getByTestId("design-title").press("Enter");
  await designs.filter({ hasText: "첫 과제" }).waitFor();
  await designs.filter({ hasText: "첫 과제" }).getByTestId("design-open").click();
  await dialog.closed();
  await canvas.rect("lab-vpc");
  assert.equal(await app.page.getByTestId("toolbar-title").inputValue(), "첫 과제");
  await app.press("Control+Shift+O");
  await designs.nth(1).waitFor();
  const other = designs.filter({ hasNotText: "지금 열려 있어요" });
  await other.getByTestId("design-delete").click();
  await other.getByTestId("design-delete-yes").click();
  await designs.nth(1).waitFor({ state: "detached" });
  assert.equal(await designs.count(), 1);
  assert.ok(await toolbar.button("undo").isVisible());
});
