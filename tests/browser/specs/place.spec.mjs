// Bringing resources onto the canvas: dragged, with two clicks, from the keyboard; and refusals, which come before the drop.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

appTest("a kind dragged onto the empty canvas is placed and can be undone", async (app) => {
  const { canvas, palette, inspector } = app;
  await palette.carry("vpc", await canvas.at(30, 30));
  assert.ok(await canvas.shows("ghost"), "no ghost under the pointer");
  await canvas.release();
  assert.equal(await inspector.name(), "vpc");
  await canvas.rect("vpc");
  await app.live.filter({ hasText: "VPC vpc" }).waitFor();
  assert.equal(await app.page.getByTestId("welcome").count(), 0);
  await app.press("Control+z");
  assert.equal(await canvas.count("vpc"), 0);
  await app.press("Control+Shift+z");
  await canvas.rect("vpc");
});

appTest("a frame takes what may stand in it, with the next free block and the zone of its lane", async (app) => {
  const { canvas, palette } = app;
  await palette.drag("vpc", await canvas.at(30, 30));
  await palette.dragInto("zone", "vpc", 0.3, 0.2);
  await palette.dragInto("subnet", "zone-a", 0.5, 0.2);
  await palette.dragInto("subnet", "zone-a", 0.5, 0.7);
  const blocks = (await app.design()).nodes.filter((node) => node.kind === "subnet").map((node) => node.fields.cidr);
  assert.deepEqual(blocks, ["10.0.0.0/24", "10.0.1.0/24"]);
  const { after } = await app.oneStep(() => palette.dragInto("instance", "subnet", 0.4, 0.5));
  const parent = (name) => after.nodes.find((node) => node.name === name).parent;
  assert.equal(parent("instance"), after.nodes.find((node) => node.name === "subnet").id);
  assert.equal(parent("subnet"), after.nodes.find((node) => node.name === "zone-a").id);
});

appTest("a refused place says why before the drop and leaves nothing", async (app) => {
  const { canvas, palette } = app;
  await palette.drag("vpc", await canvas.at(30, 30));
  await app.noTrace(async () => {
    await palette.carry("instance", await canvas.inside("vpc"));
    assert.match(await canvas.tip.innerText(), /^EC2 인스턴스는 VPC 안에 둘 수 없어요/);
    assert.ok(await canvas.shows("drop refused"), "the frame does not show the refusal");
    await canvas.release();
    assert.equal(await canvas.count("instance"), 0);
    await app.toast.filter({ hasText: "둘 수 없어요" }).waitFor();
    await app.press("Escape");
  });
});

appTest("Escape during a drag from the palette leaves no trace", async (app) => {
  const { canvas, palette } = app;
  await app.noTrace(async () => {
    await palette.carry("vpc", await canvas.at(400, 100));
    await app.press("Escape");
    assert.equal(await canvas.shows("ghost"), false);
    await canvas.release();
  });
  assert.equal(await canvas.count("vpc"), 0);
});

appTest("a kind released outside the canvas is put down", async (app) => {
  const { canvas, palette, toolbar } = app;
  await app.noTrace(async () => {
    await palette.carry("vpc", await canvas.at(400, 100));
    const box = await toolbar.title.boundingBox();
    await canvas.move({ x: box.x + 5, y: box.y + 5 });
    await canvas.release();
    // Beside the cards of the empty canvas.
    await canvas.clickAt(await canvas.at(10, 10));
  });
});

appTest("one click picks a kind up, another puts it down", async (app) => {
  const { canvas, palette, inspector } = app;
  await canvas.clickAt(await palette.grip("vpc"));
  assert.equal(await palette.item("vpc").getAttribute("aria-pressed"), "true");
  await canvas.move(await canvas.at(30, 30));
  assert.ok(await canvas.shows("ghost"));
  await canvas.clickAt(await canvas.at(30, 30));
  assert.equal(await inspector.name(), "vpc");
  assert.equal(await palette.item("vpc").getAttribute("aria-pressed"), "false");
});

appTest("everything is placed by the keyboard alone", async (app) => {
  const { dialog, inspector, palette } = app;
  await palette.search.focus();
  await app.page.keyboard.type("vpc");
  await palette.item("vpc").focus();
  await app.press("Enter");
  assert.equal(await inspector.name(), "vpc");
  for (const [kind, frame] of [["zone", null], ["subnet", "zone-a"], ["instance", null]]) {
    await palette.search.fill("");
    await palette.item(kind).focus();
    await app.press("Enter");
    if (frame) {
      await dialog.root.waitFor();
      await dialog.take(frame);
    }
    await dialog.closed();
    await app.page.waitForFunction((kind) => document.querySelector("[data-testid=field-name]")?.value.startsWith(kind), kind);
  }
  const { nodes } = await app.design();
  assert.deepEqual(nodes.map((node) => node.kind), ["vpc", "zone", "subnet", "instance"]);
  assert.equal(nodes[3].parent, nodes[2].id);
  assert.equal(nodes[2].parent, nodes[1].id);
});

appTest("the palette is searched in both languages, without spaces and by what people call things", async (app) => {
  const { palette } = app;
  const finds = async (query, kind) => {
    await palette.search.fill(query);
    const listed = await palette.listed();
    assert.ok(listed.includes(kind), `${query} finds ${listed}`);
    return listed;
  };
  assert.deepEqual(await finds("보안그룹", "security_group"), ["security_group"]);
  await finds("보안 그룹", "security_group");
  await finds("security gr", "security_group");
  await finds("ROUTETABLE", "route_table");
  await finds("대상", "target_group");
  await finds("ec2", "instance");
  await palette.search.fill("없는 것");
  assert.deepEqual(await palette.listed(), []);
  assert.ok(await app.page.getByText("찾는 리소스가 없어요.").isVisible());
});

appTest("the first VPC is shown whole wherever it is dropped", async (app) => {
  const { canvas, palette } = app;
  await palette.drag("vpc", await canvas.at(-120, -90));
  await canvas.drawn();
  const [{ x, y, width, height }, box] = [await canvas.rect("vpc"), await canvas.root.boundingBox()];
  assert.ok(x >= box.x && y >= box.y && x + width <= box.x + box.width && y + height <= box.y + box.height, "it hangs over the view");
});

appTest("what belongs to the VPC goes there when it is dropped on a subnet, and stands beside the zones", async (app) => {
  const { canvas, palette } = app;
  await app.begin("two-az-vpc");
  const { after } = await app.oneStep(async () => {
    await palette.carry("route_table", await canvas.inside("public-a", 0.5, 0.6));
    assert.ok(await canvas.shows("drop"), "the frame that takes it does not light up");
    await canvas.release();
  });
  const by = (name) => after.nodes.find((node) => node.name === name);
  const placed = by("route-table");
  assert.equal(placed.parent, by("lab-vpc").id);
  const [x, y, w, h] = placed.at;
  for (const zone of after.nodes.filter((node) => node.kind === "zone")) {
    const [zx, zy, zw, zh] = zone.at;
    assert.ok(x + w <= zx || zx + zw <= x || y + h <= zy || zy + zh <= y, `it lies over ${zone.name}`);
  }
});
