// The canvas, touched as people do: by real presses, moves and keys. Nodes are found by the name that is drawn.
import assert from "node:assert/strict";

/**
 * Where nodes of a name are drawn, from the page's corner; nothing if there are none. A name that has no room is known by what is left around
 * its ellipsis. Runs in the page.
 */
function drawn(name) {
  const labels = [...document.querySelectorAll("#canvas .world tspan.name, #canvas .world text.name")];
  const isCut = (text) => {
    const [begin, end] = text.split("…");
    return end !== undefined && name.length > begin.length + end.length && name.startsWith(begin) && name.endsWith(end);
  };
  const whole = labels.filter((label) => label.textContent === name);
  const found = [];
  for (const label of whole.length > 0 ? whole : labels.filter((label) => isCut(label.textContent))) {
    const group = label.closest("g.frame, g.tile");
    const box = group.matches(".frame") ? group.querySelector(":scope > rect.box") : group.querySelector(":scope > path.square");
    const { x, y, width, height } = box.getBoundingClientRect();
    found.push({ frame: group.matches(".frame"), x, y, width, height, class: group.getAttribute("class") });
  }
  return found.length > 0 ? found : null;
}

export class Canvas {
  constructor(app) {
    this.app = app;
    this.page = app.page;
    this.root = app.page.locator("#canvas");
    /** Why what is dragged may not go where the pointer is. */
    this.tip = this.root.locator(".tip");
  }

  /** A point so many pixels right of and below the canvas's corner; negative ones count from the far side. */
  async at(x, y) {
    const box = await this.root.boundingBox();
    return { x: box.x + (x < 0 ? box.width + x : x), y: box.y + (y < 0 ? box.height + y : y) };
  }

  /** Where a node is drawn, waiting until it is, in detail and by that name alone. */
  async rect(name) {
    await this.settled();
    const handle = await this.page.waitForFunction(drawn, name, { timeout: 5_000 }).catch(() => assert.fail(`${name} is not drawn on the canvas`));
    const found = await handle.jsonValue();
    assert.equal(found.length, 1, `${name} is drawn ${found.length} times`);
    return found[0];
  }

  /** Waits where the properties are about to come or go: what is selected stays in sight then, and the drawing may move for it. */
  async settled() {
    await this.page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      const settles = () => document.querySelector(".app[data-right-settles]") !== null;
      if (!settles()) return;
      while (settles()) await frame();
      for (let frames = 0; frames < 3; frames += 1) await frame();
    });
  }

  /** How often the name is drawn. */
  async count(name) {
    return (await this.page.evaluate(drawn, name))?.length ?? 0;
  }

  /** Where to take hold of a node: a frame at its header, a tile in its middle. */
  async grip(name) {
    const { frame, x, y, width, height } = await this.rect(name);
    return frame ? { x: x + Math.min(60, width / 2), y: y + 10 } : { x: x + width / 2, y: y + height / 2 };
  }

  /** A point inside a node, as shares of its width and height. */
  async inside(name, across = 0.5, down = 0.5) {
    const { x, y, width, height } = await this.rect(name);
    return { x: x + width * across, y: y + height * down };
  }

  async press(point) {
    await this.page.mouse.move(point.x, point.y);
    await this.page.mouse.down();
  }

  /** The pointer goes there in steps, each drawn. */
  async move(point) {
    await this.page.mouse.move(point.x, point.y, { steps: 4 });
    await this.drawn();
  }

  async release() {
    await this.page.mouse.up();
    await this.drawn();
  }

  /** Waits for the frame in which what was asked for is drawn. */
  async drawn() {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  async drag(from, to) {
    await this.press(from);
    await this.move(to);
    await this.release();
  }

  /** Drags a node by so many pixels. */
  async dragBy(name, dx, dy) {
    const from = await this.grip(name);
    await this.drag(from, { x: from.x + dx, y: from.y + dy });
  }

  async click(name) {
    await this.clickAt(await this.grip(name));
  }

  async shiftClick(name) {
    await this.page.keyboard.down("Shift");
    await this.click(name);
    await this.page.keyboard.up("Shift");
  }

  async clickAt(point) {
    await this.page.mouse.click(point.x, point.y);
    // What is selected unfolds its properties, and the drawing makes room for them.
    await this.drawn();
    await this.drawn();
  }

  async wheel(point, dx, dy, { ctrl = false } = {}) {
    await this.page.mouse.move(point.x, point.y);
    if (ctrl) await this.page.keyboard.down("Control");
    await this.page.mouse.wheel(dx, dy);
    await this.drawn();
    if (ctrl) await this.page.keyboard.up("Control");
  }

  /** Gives the canvas the keyboard without selecting anything else. */
  async focus() {
    await this.root.focus();
  }

  /** Drags the connection handle of the first onto the second. */
  async connect(from, to) {
    // A second click soon after the first would ask for a name.
    if ((await this.app.inspector.field("name").count()) === 0 || (await this.app.inspector.name()) !== from) {
      await this.click(from);
      await this.app.inspector.named(from);
    }
    // Until its frame is drawn, the handle still stands at what was selected before.
    await this.drawn();
    const handle = await this.connectHandle();
    await this.drag(handle, await this.grip(to));
  }

  async connectHandle() {
    return this.middle(".over path.connect");
  }

  /** The handle at a corner or side of the selected frame: -1, 0 or 1 across and down. */
  async resizeHandle(name, across, down) {
    const { x, y, width, height } = await this.rect(name);
    return { x: x + ((across + 1) / 2) * width, y: y + ((down + 1) / 2) * height };
  }

  async middle(selector) {
    await this.settled();
    const path = this.root.locator(selector);
    await this.page.waitForFunction((selector) => document.querySelector(`#canvas ${selector}`)?.getAttribute("d"), selector);
    const { x, y, width, height } = await path.boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** Whether the overlay draws anything of this class: marquee, ghost, band, lit, guides, selection. */
  async shows(overlay) {
    await this.drawn();
    return this.page.evaluate((name) => Boolean(document.querySelector(`#canvas .over path[class="${name}"]`)?.getAttribute("d")), overlay);
  }

  /** The wires that are drawn, by their outlines. */
  async wires() {
    return this.root.locator(".world path.wire").count();
  }
}
