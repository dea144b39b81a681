// What shows reachability: the matrix of all pairs, and the tags on the drawing.
import { downloaded } from "./parts.mjs";

export class Matrix {
  constructor(app) {
    this.page = app.page;
    this.root = app.page.getByTestId("matrix");
    this.rows = app.page.getByTestId("matrix-row");
    this.count = app.page.getByTestId("matrix-count");
    this.empty = app.page.getByTestId("matrix-empty");
  }

  async open() {
    if (!(await this.page.getByTestId("tab-matrix").isVisible())) await this.page.getByTestId("toggle-bottom").click();
    await this.page.getByTestId("tab-matrix").click();
    await this.root.waitFor();
  }

  /** The pairs as they are read: source, destination, traffic. */
  async lines() {
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => {
        const [from, to] = [...row.querySelectorAll(".matrix-end")].map((end) => end.textContent);
        const traffic = [...row.querySelectorAll(".chip")].map((chip) => chip.textContent).join(", ");
        return `${from} → ${to}: ${traffic}`;
      }),
    );
  }

  /** Waits until exactly these pairs are shown. */
  async shows(lines) {
    await this.page.waitForFunction((count) => document.querySelectorAll('[data-testid="matrix-row"]').length === count, lines.length);
    return this.lines();
  }

  chip(pair, traffic) {
    const [from, to] = pair.split(" → ");
    const is = (name) => new RegExp(`^${name}$`);
    const row = this.rows.filter({ has: this.page.locator("th", { hasText: is(from) }) }).filter({ has: this.page.locator("td:nth-child(2)", { hasText: is(to) }) });
    return row.getByTestId("matrix-chip").filter({ hasText: traffic });
  }

  async search(text) {
    await this.page.getByTestId("matrix-search").fill(text);
  }

  async port(text) {
    await this.page.getByTestId("matrix-port").fill(text);
  }

  async protocol(name) {
    await this.page.getByTestId("matrix-protocol").selectOption(name);
  }

  async tick(what, on = true) {
    await this.page.getByTestId(`matrix-${what}`).setChecked(on);
  }

  async csv() {
    return downloaded(this.page, () => this.page.getByTestId("matrix-csv").click());
  }
}

/** The words of the tag on a node, or nothing. */
export async function tag(app, name) {
  return app.page.evaluate((name) => {
    for (const label of document.querySelectorAll("#canvas .world tspan.name, #canvas .world text.name")) {
      if (label.textContent !== name) continue;
      const found = label.closest("g.frame, g.tile").querySelector(":scope > .tag");
      return found && { class: found.getAttribute("class"), text: found.textContent };
    }
    return null;
  }, name);
}
