// Changing what is drawn: each gesture is one step to undo, and Escape leaves no trace of it.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "two-az-vpc";
const by = (design, name) => design.nodes.find((node) => node.name === name);

appTest("an instance is dragged to another subnet", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const { before, after } = await app.oneStep(async () => {
    await canvas.press(await canvas.grip("web-a"));
    await canvas.move(await canvas.inside("private-a", 0.2, 0.5));
    assert.ok(await canvas.shows("drop"), "the frame that takes it is not shown");
    await canvas.release();
    await app.live.filter({ hasText: "private-a" }).waitFor({ state: "attached" });
  });
  assert.equal(by(before, "web-a").parent, by(before, "public-a").id);
  assert.equal(by(after, "web-a").parent, by(after, "private-a").id);
});

appTest("a move to where it may not stand says why before the drop and leaves nothing", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await app.noTrace(async () => {
    await canvas.press(await canvas.grip("web-a"));
    await canvas.move(await canvas.inside("web-alb", 0.8, 0.8));
    assert.match(await canvas.tip.innerText(), /로드 밸런서 안에 둘 수 없어요/);
    assert.ok(await canvas.shows("drop refused"));
    await canvas.release();
  });
});

appTest("a VPC is moved with everything in it", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  // The properties open beside the first that is selected, and the drawing makes room for them.
  await canvas.click("lab-vpc");
  await app.inspector.named("lab-vpc");
  await canvas.drawn();
  const [vpc, server] = [await canvas.rect("lab-vpc"), await canvas.rect("web-a")];
  const { before, after } = await app.oneStep(() => canvas.dragBy("lab-vpc", 24, 16));
  const moved = async (name, was) => {
    const now = await canvas.rect(name);
    return [Math.round(now.x - was.x), Math.round(now.y - was.y)];
  };
  assert.deepEqual(await moved("web-a", server), await moved("lab-vpc", vpc));
  assert.notDeepEqual(await moved("lab-vpc", vpc), [0, 0]);
  assert.deepEqual(by(after, "web-a"), by(before, "web-a"), "what is inside was written anew");
});

appTest("a frame is resized by its corner and keeps what it holds", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("zone-c");
  const { before, after } = await app.oneStep(async () => {
    const corner = await canvas.resizeHandle("zone-c", 1, 1);
    await canvas.drag(corner, { x: corner.x - 40, y: corner.y - 60 });
  });
  const [, , w, h] = by(after, "zone-c").at;
  assert.ok(h < by(before, "zone-c").at[3], "the frame did not shrink");
  const [x, y, width, height] = by(after, "public-c").at;
  assert.ok(x + width <= w && y + height <= h, "the subnet sticks out");
});

appTest("Escape takes back a move, a resize, a marquee and a wire under way", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const cancelled = async (start, end) => {
    await canvas.press(start);
    await canvas.move(end);
    await app.press("Escape");
    await canvas.release();
  };
  const place = await canvas.rect("web-a");
  await app.noTrace(async () => {
    await cancelled(await canvas.grip("web-a"), await canvas.inside("private-a", 0.2, 0.5));
    assert.deepEqual(await canvas.rect("web-a"), place);
    await canvas.click("public-c");
    const corner = await canvas.resizeHandle("public-c", 1, 1);
    await cancelled(corner, { x: corner.x + 60, y: corner.y + 60 });
    await cancelled(await canvas.inside("zone-c", 0.3, 0.8), await canvas.inside("zone-c", 0.9, 0.95));
    assert.equal(await canvas.shows("marquee"), false);
    await canvas.click("private-rt");
    await cancelled(await canvas.connectHandle(), await canvas.grip("public-c"));
    assert.equal(await canvas.shows("band"), false);
  });
});

appTest("a marquee selects what it touches, and Shift adds to it and takes away", async (app) => {
  const { canvas, status } = app;
  await app.begin(LAB);
  const subnet = await canvas.rect("public-a");
  const from = { x: subnet.x + 12, y: subnet.y + subnet.height * 0.35 };
  await canvas.press(from);
  await canvas.move({ x: subnet.x + subnet.width * 0.75, y: subnet.y + subnet.height * 0.9 });
  assert.ok(await canvas.shows("marquee"));
  await canvas.release();
  assert.equal(await status.selected.innerText(), "web-a를 선택함");
  await canvas.shiftClick("web-c");
  assert.equal(await status.selected.innerText(), "2개 선택함");
  await canvas.shiftClick("web-a");
  assert.equal(await status.selected.innerText(), "web-c를 선택함");
  await canvas.clickAt(await canvas.at(12, 12));
  assert.equal(await status.selected.innerText(), "");
});

appTest("several selected move together as one step", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("public-rt");
  await canvas.shiftClick("private-rt");
  const { before, after } = await app.oneStep(() => canvas.dragBy("private-rt", 0, 24));
  const down = (name) => by(after, name).at[1] - by(before, name).at[1];
  assert.ok(down("public-rt") > 0);
  assert.equal(down("public-rt"), down("private-rt"));
});

appTest("Delete removes a frame with what is inside, and one undo brings all back", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("public-a");
  const { after } = await app.oneStep(() => app.press("Delete"));
  assert.equal(by(after, "web-a"), undefined);
  await app.press("Control+z");
  await app.live.filter({ hasText: "실행을 취소했어요" }).waitFor();
});

appTest("arrows nudge, Shift ten times, and a held key is one step", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  await canvas.click("web-a");
  const near = await app.oneStep(() => app.press("ArrowRight"));
  assert.equal(by(near.after, "web-a").at[0] - by(near.before, "web-a").at[0], 8);
  const far = await app.oneStep(() => app.press("Shift+ArrowLeft"));
  assert.equal(by(far.before, "web-a").at[0] - by(far.after, "web-a").at[0], 80);
  const held = await app.oneStep(async () => {
    for (let repeat = 0; repeat < 4; repeat += 1) await app.page.keyboard.down("ArrowRight");
    await app.page.keyboard.up("ArrowRight");
  });
  assert.equal(by(held.after, "web-a").at[0] - by(held.before, "web-a").at[0], 32);
});

appTest("Alt-drag leaves the original and moves a copy", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const { before, after } = await app.oneStep(async () => {
    await app.page.keyboard.down("Alt");
    await canvas.drag(await canvas.grip("web-a"), await canvas.inside("public-a", 0.75, 0.6));
    await app.page.keyboard.up("Alt");
  });
  assert.equal(after.nodes.length, before.nodes.length + 1);
  assert.deepEqual(by(after, "web-a").at, by(before, "web-a").at);
  assert.equal(by(after, "web-a-2").parent, by(before, "web-a").parent);
});

appTest("F2 and Enter rename, Escape keeps the name, an empty name is refused", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const input = app.page.getByTestId("rename-input");
  await canvas.click("web-a");
  await app.oneStep(async () => {
    await app.press("F2");
    await input.fill("첫째 서버");
    await input.press("Enter");
    await input.waitFor({ state: "detached" });
  });
  assert.equal(await app.page.evaluate(() => document.activeElement.id), "canvas");
  assert.equal(await canvas.count("첫째 서버"), 1);
  await app.noTrace(async () => {
    await app.press("Enter");
    await input.fill("");
    await input.press("Enter");
    await app.page.locator("#rename-error").filter({ hasText: /./ }).waitFor();
    await app.press("Escape");
    await input.waitFor({ state: "detached" });
  });
});

appTest("a double click names a resource where it is drawn, the name selected; a press elsewhere commits", async (app) => {
  const { canvas } = app;
  await app.begin(LAB);
  const { x, y } = await canvas.grip("web-a");
  await app.page.mouse.dblclick(x, y);
  const input = app.page.getByTestId("rename-input");
  assert.equal(await input.inputValue(), "web-a");
  await app.page.waitForFunction(() => document.activeElement.id === "canvas-name");
  const [selected, box, tile] = [await input.evaluate((field) => field.selectionEnd - field.selectionStart), await input.boundingBox(), await canvas.rect("web-a")];
  assert.equal(selected, "web-a".length);
  assert.ok(Math.abs(box.x + box.width / 2 - (tile.x + tile.width / 2)) < 40 && box.y < tile.y + 90, "it stands elsewhere than the name");
  await app.oneStep(async () => {
    await app.page.keyboard.type("첫째");
    await canvas.clickAt(await canvas.at(-8, -8));
    await input.waitFor({ state: "detached" });
  });
  assert.equal(await canvas.count("첫째"), 1);
});

appTest("a resource is moved into another frame by its position fields", async (app) => {
  const { canvas, inspector } = app;
  await app.begin(LAB);
  await canvas.click("web-a");
  await app.page.getByTestId("inspector-place").locator("summary").click();
  const { after } = await app.oneStep(async () => {
    const options = await inspector.field("parent").locator("option").allInnerTexts();
    assert.ok(options.every((option) => !option.endsWith("lab-vpc")), "a frame that may not hold it is offered");
    await inspector.field("parent").selectOption({ label: options.find((option) => option.endsWith("private-a")) });
    await canvas.focus();
  });
  assert.equal(by(after, "web-a").parent, by(after, "private-a").id);
});
