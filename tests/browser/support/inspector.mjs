// The inspector, as a person uses it.
import assert from "node:assert/strict";

export class Inspector {
  constructor(app) {
    this.app = app;
    this.page = app.page;
    this.root = this.page.getByTestId("inspector");
  }

  /** Opens a sample from the empty canvas. */
  async openSample(id) {
    await this.page.getByTestId(`sample-${id}`).click();
    await this.page.getByTestId("welcome").waitFor({ state: "detached" });
  }

  /** Selects one resource through the outline. */
  async select(name) {
    const tab = this.page.getByTestId("tab-outline");
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
    await this.row(name).click();
    await this.named(name);
  }

  /** Selects another besides. */
  async selectToo(name) {
    await this.row(name).click({ modifiers: ["Shift"] });
  }

  row(name) {
    return this.page.locator(".tree-line").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Waits until the form is that of a resource, and unfolded: it gives way while nothing is selected. */
  async named(name) {
    await this.root.waitFor();
    await this.page.waitForFunction((name) => document.querySelector("#field-name")?.value === name, name);
    // The drawing makes room for it in the next frame.
    await this.app.canvas.drawn();
  }

  field(id) {
    return this.root.getByTestId(`field-${id}`);
  }

  error(id) {
    return this.root.getByTestId(`field-error-${id}`);
  }

  /** Types into a field and presses Enter. */
  async enter(id, text) {
    await this.show(id);
    await this.field(id).fill(text);
    await this.field(id).press("Enter");
  }

  async assertValue(id, value) {
    await this.page.waitForFunction(([id, value]) => document.getElementById(`field-${id}`)?.value === value, [id, value]);
  }

  /** The field says why it refused, to everybody. */
  async assertRefused(id, reason) {
    await this.error(id).waitFor();
    assert.match(await this.error(id).innerText(), reason);
    assert.equal(await this.field(id).getAttribute("aria-invalid"), "true");
    const described = (await this.field(id).getAttribute("aria-describedby")).split(" ");
    assert.ok(described.includes(await this.error(id).getAttribute("id")));
  }

  async assertAccepted(id) {
    await this.error(id).waitFor({ state: "hidden" });
    assert.equal(await this.field(id).getAttribute("aria-invalid"), null);
  }

  rows(field) {
    return this.root.locator(`[data-testid="field-${field}"] > ol > li`);
  }

  async undo() {
    await this.page.getByTestId("toolbar-undo").click();
  }

  async redo() {
    await this.page.getByTestId("toolbar-redo").click();
  }

  /** The name of the one selected resource. */
  async name() {
    return this.field("name").inputValue();
  }

  /** Chooses by what is read; of a reference the name does. */
  async choose(id, label) {
    await this.show(id);
    const options = await this.field(id).locator("option").allInnerTexts();
    await this.field(id).selectOption({ label: options.find((text) => text.startsWith(`${label} — `)) ?? label });
  }

  /** Ticks resources by their names. */
  async tick(id, ...names) {
    await this.show(id);
    for (const name of names) await this.page.getByTestId(`field-${id}-${name}`).check();
  }

  /** Chooses one of a few, in a list or side by side. */
  async segment(id, value) {
    await this.show(id);
    const radio = this.page.getByTestId(`field-${id}-${value}`);
    if (await radio.count()) await this.page.locator("label").filter({ has: radio }).click();
    else await this.field(id).selectOption(value);
  }

  async turn(id, on) {
    await this.show(id);
    if ((await this.field(id).getAttribute("aria-checked")) !== String(on)) await this.field(id).click();
  }

  /** Adds a row to a table and fills in its cells; gives its place. */
  async addRow(table, cells) {
    await this.show(table);
    const at = await this.rows(table).count();
    await this.page.getByTestId(`row-add-${table}`).click();
    for (const [column, value] of Object.entries(cells)) {
      const cell = `${table}-${at}-${column}`;
      await this.field(cell).waitFor();
      if ((await this.field(cell).evaluate((field) => field.tagName)) === "SELECT") await this.choose(cell, value);
      else await this.enter(cell, value);
    }
    return at;
  }

  /** Opens the further fields where the one asked for is among them. */
  async show(id) {
    if (await this.field(id).count()) return;
    const more = this.page.getByTestId("inspector-more");
    if ((await more.count()) && (await more.getAttribute("aria-expanded")) === "false") await more.click();
    await this.field(id).waitFor();
  }
}
