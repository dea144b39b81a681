// The lab panel and the course.
import { downloaded } from "./parts.mjs";

export class Lab {
  constructor(app) {
    this.app = app;
    this.page = app.page;
    this.panel = app.page.getByTestId("lab");
    this.title = this.panel.getByTestId("lab-title");
    this.score = this.panel.getByTestId("lab-score");
    this.result = this.panel.getByTestId("lab-result");
    this.total = this.panel.getByTestId("lab-total");
  }

  /** Chooses a lab from the course and begins it; `student` is typed where it is given. */
  async begin(id, mode, student) {
    await this.course();
    await this.page.getByTestId(`course-${id}`).click();
    if (student !== undefined) await this.page.getByTestId("lab-student").fill(student);
    await this.page.getByTestId(`lab-begin-${mode}`).click();
    await this.title.waitFor();
    await this.app.dialog.closed();
  }

  /** Opens the list of labs. */
  async course() {
    await this.app.toolbar.menu("file", "labs");
    await this.page.getByTestId("course-done").waitFor();
  }

  async open() {
    await this.page.getByTestId("tab-lab").click();
    await this.title.or(this.result).first().waitFor();
  }

  /** The state of each check, by its id. */
  async states() {
    return Object.fromEntries(
      await this.panel.getByTestId("lab-mark").evaluateAll((all) => all.map((one) => [one.dataset.check, one.dataset.state])),
    );
  }

  mark(id) {
    return this.panel.locator(`[data-check="${id}"]`);
  }

  async check() {
    await this.panel.getByTestId("lab-check").click();
  }

  async handIn() {
    await this.panel.getByTestId("lab-finish").click();
    await this.result.waitFor();
  }

  submission() {
    return downloaded(this.page, () => this.panel.getByTestId("lab-download").click());
  }
}
