// The form of what is selected.
export class Inspector {
  constructor(app) {
    this.page = app.page;
    this.root = app.page.getByTestId("inspector");
  }

  field(id) {
    return this.page.getByTestId(`field-${id}`);
  }

  error(id) {
    return this.page.getByTestId(`field-error-${id}`);
  }

  /** The name of the one selected resource. */
  async name() {
    return this.field("name").inputValue();
  }

  /** Types a value and commits it by Enter. */
  async fill(id, value) {
    await this.show(id);
    await this.field(id).fill(value);
    await this.field(id).press("Enter");
  }

  async rename(name) {
    await this.fill("name", name);
  }

  /** Chooses by what is read; of a reference the name does. */
  async choose(id, label) {
    await this.show(id);
    const options = await this.field(id).locator("option").allInnerTexts();
    const option = options.find((text) => text === label || text.startsWith(`${label} — `));
    await this.field(id).selectOption({ label: option ?? label });
  }

  /** Chooses one of a few that lie side by side. */
  async segment(id, value) {
    await this.show(id);
    await this.page.locator("label").filter({ has: this.page.getByTestId(`field-${id}-${value}`) }).click();
  }

  /** Ticks resources by their names. */
  async tick(id, ...names) {
    await this.show(id);
    for (const name of names) await this.page.getByTestId(`field-${id}-${name}`).check();
  }

  async turn(id, on) {
    await this.show(id);
    if ((await this.field(id).getAttribute("aria-checked")) !== String(on)) await this.field(id).click();
  }

  /** Adds a row to a table and fills its cells; gives its place. */
  async addRow(table, cells) {
    await this.show(table);
    const rows = this.root.locator(`[data-testid^="row-${table}-"]`);
    const at = await rows.count();
    await this.page.getByTestId(`row-add-${table}`).click();
    for (const [column, value] of Object.entries(cells)) {
      const cell = `${table}-${at}-${column}`;
      await this.field(cell).waitFor();
      if ((await this.field(cell).evaluate((field) => field.tagName)) === "SELECT") await this.choose(cell, value);
      else await this.fill(cell, value);
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
