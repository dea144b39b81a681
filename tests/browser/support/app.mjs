// The page in a browser: what every spec starts from. Page objects for its parts take an App.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

function required(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run \`cargo xtask test --only browser\``);
  return value;
}

let browser;
after(() => browser?.close());

/** One open page, with everything it complained about. */
export class App {
  constructor(context, page) {
    this.context = context;
    this.page = page;
    this.complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.complaints.push(`uncaught: ${error.stack ?? error}`));
    page.on("requestfailed", (request) => this.complaints.push(`request: ${request.url()} ${request.failure()?.errorText}`));
    page.on("response", (response) => {
      if (response.status() >= 400) this.complaints.push(`response: ${response.status()} ${response.url()}`);
    });
  }

  /** Opens a fresh profile. `options` are those of Playwright's browser.newContext, and `hash`, the address's fragment. */
  static async open({ hash = "", ...options } = {}) {
    browser ??= await chromium.launch({ executablePath: required("CHROMIUM"), args: FLAGS });
    const context = await browser.newContext({ locale: "ko-KR", viewport: { width: 1440, height: 900 }, ...options });
    const app = new App(context, await context.newPage());
    app.response = await app.page.goto(required("BASE_URL") + hash);
    await app.started();
    return app;
  }

  /** The loader takes itself away once the application is mounted. */
  async started() {
    await this.page.locator("#boot").waitFor({ state: "detached" });
  }

  /** Nothing on the console, no policy violation, no failed request so far. Call `forgive` for what a spec provokes. */
  assertQuiet() {
    assert.deepEqual(this.complaints, []);
  }

  /** Takes the complaints that match out of the record; at least one must. */
  forgive(pattern) {
    const kept = this.complaints.filter((complaint) => !pattern.test(complaint));
    assert.ok(kept.length < this.complaints.length, `nothing complained about ${pattern}`);
    this.complaints = kept;
  }

  /** No violation of WCAG 2.2 AA that axe can see. */
  async assertAccessible() {
    await this.page.evaluate(AXE);
    const violations = await this.page.evaluate(async (tags) => {
      const { violations } = await globalThis.axe.run({ runOnly: { type: "tag", values: tags } });
      return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html) }));
    }, WCAG);
    assert.deepEqual(violations, []);
  }
}

/** A test with its own page. It fails when the page complained; a failure leaves a screenshot in ARTIFACTS. */
export function appTest(name, options, body) {
  if (typeof options === "function") return appTest(name, {}, options);
  test(name, { timeout: 120_000 }, async () => {
    const app = await App.open(options);
    try {
      await body(app);
      app.assertQuiet();
    } catch (error) {
      const file = `${name.replace(/[^\p{L}\p{N}]+/gu, "-")}.png`;
      if (process.env.ARTIFACTS) await app.page.screenshot({ path: join(process.env.ARTIFACTS, file) }).catch(() => {});
      throw error;
    } finally {
      await app.context.close();
    }
  });
}
