// The outline: the design as a tree.
export class Outline {
  constructor(app) {
    this.page = app.page;
    this.tree = app.page.getByRole("tree");
  }

  async open() {
    await this.page.getByTestId("tab-outline").click();
  }

  row(name) {
    return this.tree.getByRole("treeitem").filter({ has: this.page.locator(".tree-name", { hasText: new RegExp(`^${name}$`) }) });
  }

  async select(name) {
    await this.row(name).locator(".tree-name").click();
  }

  /** Names from top to bottom, each indented by its level. */
  async lines() {
    return this.tree.getByRole("treeitem").evaluateAll((rows) =>
      rows.map((row) => "  ".repeat(Number(row.getAttribute("aria-level")) - 1) + row.querySelector(".tree-name").textContent),
    );
  }

  /** The names of what is selected. */
  async selected() {
    return this.tree.locator('[aria-selected="true"] .tree-name').allInnerTexts();
  }
}
