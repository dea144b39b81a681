// Values for the parameters of a template that was opened.
export class Parameters {
  constructor(app) {
    this.app = app;
    this.page = app.page;
    this.root = app.page.getByTestId("parameters");
  }

  async open() {
    await this.app.template.open();
    await this.root.locator("summary").click();
  }

  async names() {
    return this.page.getByTestId("parameter").evaluateAll((rows) => rows.map((row) => row.dataset.name));
  }

  field(name) {
    return this.page.getByTestId(`parameter-${name}`);
  }

  async give(name, value) {
    await this.field(name).fill(value);
    await this.field(name).press("Enter");
  }
}
