// The smaller parts of the page: toolbar, problems, template, status line, dialogs.
import { readFile } from "node:fs/promises";

/** Clicks, and gives the name and text of the file that is downloaded. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

export class Toolbar {
  constructor(app) {
    this.page = app.page;
    this.zoom = app.page.getByTestId("toolbar-zoom-level");
    this.title = app.page.getByTestId("toolbar-title");
  }

  button(command) {
    return this.page.getByTestId(`toolbar-${command}`);
  }

  async click(command) {
    await this.button(command).click();
  }

  /** A command of the file or help menu. */
  async menu(menu, command) {
    await this.click(menu);
    await this.click(command);
  }

  async export() {
    return downloaded(this.page, () => this.click("export"));
  }
}

export class Problems {
  constructor(app) {
    this.page = app.page;
    this.rows = app.page.getByTestId("problem-row");
  }

  async open() {
    if (!(await this.page.locator(".problems").isVisible())) await this.page.getByTestId("status-problems").click();
    await this.page.locator(".problems").waitFor();
  }

  /** The rows of a rule. */
  of(rule) {
    return this.page.locator(`[data-testid="problem-row"][data-rule="${rule}"]`);
  }

  async fix(rule) {
    await this.of(rule).first().getByTestId("problem-fix").click();
  }

  /** What is wrong, gravest first. */
  async list() {
    return this.rows.evaluateAll((rows) => rows.map((row) => `${row.dataset.rule}: ${row.querySelector(".problem-what").textContent}`));
  }
}

export class Template {
  constructor(app) {
    this.page = app.page;
    this.code = app.page.getByTestId("template-code");
  }

  async open() {
    if (!(await this.code.isVisible())) {
      if (!(await this.page.getByTestId("tab-template").isVisible())) await this.page.getByTestId("toggle-bottom").click();
      await this.page.getByTestId("tab-template").click();
    }
    await this.code.waitFor();
  }

  /** The lines that are marked as the selected resource's, of those in sight. */
  async own() {
    return this.code.locator(".template-line.own code").allInnerTexts();
  }
}

export class Status {
  constructor(app) {
    this.page = app.page;
    this.saved = app.page.getByTestId("status-saved");
    this.nodes = app.page.getByTestId("status-nodes");
    this.selected = app.page.getByTestId("status-selected");
  }

  /** Waits until the design is saved, or stands as the state says. */
  async until(state) {
    await this.page.locator(`[data-testid="status-saved"][data-state="${state}"]`).waitFor();
  }

  /** How many findings of a severity the status line counts. */
  async count(severity) {
    return Number(await this.page.getByTestId(`status-${severity}`).innerText());
  }
}

export class Dialog {
  constructor(app) {
    this.page = app.page;
    this.root = app.page.getByTestId("dialog");
  }

  pick(id) {
    return this.page.getByTestId(`pick-${id}`);
  }

  /** Types into the list's search and takes what is first. */
  async take(query) {
    await this.page.getByTestId("picker-search").fill(query);
    await this.page.getByTestId("picker-search").press("Enter");
  }

  async closed() {
    await this.root.waitFor({ state: "detached" });
  }
}
