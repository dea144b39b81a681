// The palette: kinds to drag, to pick up or to place from the keyboard.
import assert from "node:assert/strict";

export class Palette {
  constructor(app) {
    this.app = app;
    this.page = app.page;
    this.search = app.page.getByTestId("palette-search");
  }

  item(kind) {
    return this.page.getByTestId(`palette-item-${kind}`);
  }

  /** Where to take hold of an item. */
  async grip(kind) {
    if (!(await this.search.isVisible())) await this.page.getByTestId("tab-palette").click();
    await this.item(kind).scrollIntoViewIfNeeded();
    const { x, y, width, height } = await this.item(kind).boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** Takes a kind in hand and holds it over a point, the button still down. */
  async carry(kind, point) {
    await this.app.canvas.press(await this.grip(kind));
    await this.app.canvas.move(point);
  }

  /** Drags a kind to a point of the canvas; gives the name of what was placed. */
  async drag(kind, point) {
    const { canvas, inspector } = this.app;
    await this.carry(kind, point);
    await canvas.release();
    assert.equal(await canvas.tip.isVisible(), false, `${kind} was refused: ${await canvas.tip.innerText()}`);
    return inspector.name();
  }

  /** Drags a kind into a frame, at a share of its width and height; gives the name of what was placed. */
  async dragInto(kind, frame, across = 0.5, down = 0.5) {
    return this.drag(kind, await this.app.canvas.inside(frame, across, down));
  }

  /** The kinds that are listed now. */
  async listed() {
    return this.page.locator(".palette-item:visible").evaluateAll((items) => items.map((item) => item.dataset.kind));
  }
}
