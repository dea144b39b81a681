// The panel of assertions.
import assert from "node:assert/strict";

export class Pins {
  constructor(app) {
    this.page = app.page;
    this.root = app.page.getByTestId("pins");
    this.rows = app.page.getByTestId("pin");
    this.empty = app.page.getByTestId("pins-empty");
    this.add = app.page.getByTestId("pin-add");
    this.wrong = app.page.getByTestId("pin-wrong");
    /** What the status line says of them. */
    this.state = app.page.getByTestId("status-pins");
  }

  async open() {
    if (!(await this.page.getByTestId("tab-pins").isVisible())) await this.page.getByTestId("toggle-bottom").click();
    await this.page.getByTestId("tab-pins").click();
    await this.root.waitFor();
  }

  /** Fills in the form; ends by their names. */
  async fill({ from, to, expect, port, lost }) {
    if (from) await this.page.getByTestId("pin-from").selectOption({ label: from });
    if (to) await this.page.getByTestId("pin-to").selectOption({ label: to });
    if (expect) await this.page.getByTestId("pin-expect").selectOption(expect);
    if (port !== undefined) await this.page.getByTestId("pin-port").fill(port);
    if (lost !== undefined) await this.page.getByTestId("pin-lost").selectOption(lost);
  }

  /** Waits until they hold or fail as said, from the first to the last. */
  async become(holds) {
    const now = () => this.rows.evaluateAll((rows) => rows.map((row) => row.dataset.holds));
    for (let tries = 0; tries < 60; tries += 1) {
      if (JSON.stringify(await now()) === JSON.stringify(holds)) return;
      await this.page.waitForTimeout(100);
    }
    assert.deepEqual(await now(), holds);
  }

  async trace(at) {
    await this.rows.nth(at).getByTestId("pin-trace").click();
  }

  async remove(at) {
    await this.rows.nth(at).getByTestId("pin-remove").click();
  }
}
