// Searching: the palette ranks what is meant first and answers keys; the outline finds what is drawn.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

appTest("the palette ranks what is meant first, in both languages and without spaces", async (app) => {
  const { palette } = app;
  for (const [query, kind] of [["ec2", "instance"], ["인스턴스", "instance"], ["보안그룹", "security_group"], ["alb", "load_balancer"], ["role", "iam_role"]]) {
    await palette.search.fill(query);
    await app.page.waitForFunction((kind) => document.querySelector(".palette-found .palette-item")?.dataset.kind === kind, kind);
  }
  await palette.search.fill("zzz");
  assert.deepEqual(await palette.listed(), []);
  await app.page.getByText("찾는 리소스가 없어요.").waitFor();
  await palette.search.fill("");
  assert.ok((await palette.listed()).length > 30);
});

appTest("Enter in the palette's search places the first, arrows walk the list", async (app) => {
  const { canvas, dialog, palette } = app;
  await canvas.focus();
  await app.press("/");
  await app.page.waitForFunction(() => document.activeElement.dataset.testid === "palette-search");
  await app.page.keyboard.type("vpc");
  await app.press("Enter");
  await canvas.rect("vpc");
  await palette.search.fill("서브넷");
  await app.press("ArrowDown");
  assert.equal(await app.page.evaluate(() => document.activeElement.dataset.kind), "subnet");
  await app.press("ArrowDown");
  assert.notEqual(await app.page.evaluate(() => document.activeElement.dataset.kind), "subnet");
  await app.press("Home", "Enter");
  await canvas.rect("subnet");
  // Where several frames would take it, the one that is selected is the first that is offered.
  await palette.search.fill("ec2");
  await app.press("Enter");
  if (await dialog.root.isVisible()) await app.press("Enter");
  const design = await app.design();
  assert.equal(design.nodes.find((node) => node.name === "instance").parent, design.nodes.find((node) => node.name === "subnet").id);
});

appTest("the outline finds by name, kind and address, and shows what was found", async (app) => {
  const { outline, status } = app;
  await app.begin("two-az-vpc");
  await outline.open();
  const search = app.page.getByTestId("outline-search");
  for (const [query, name] of [["public-c", "public-c"], ["대상그룹", "web-tg"], ["target group", "web-tg"], ["WebTg", "web-tg"]]) {
    await search.fill(query);
    await search.press("Enter");
    assert.match(await status.selected.innerText(), new RegExp(`^${name}[을를] 선택함$`), query);
  }
  await search.fill("nothing of this name");
  await app.page.getByText("찾는 것이 없어요.").waitFor();
  await app.assertAccessible();
  await search.fill("");
  assert.ok(await outline.row("web-a").isVisible());
});
