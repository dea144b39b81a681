// The page in a browser: what every spec starts from. Page objects for its parts take an App.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { Canvas } from "./canvas.mjs";
import { Inspector } from "./inspector.mjs";
import { Outline } from "./outline.mjs";
import { Palette } from "./palette.mjs";
import { Dialog, Problems, Status, Template, Toolbar } from "./parts.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
export const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** What `cargo xtask test` tells by the environment. */
export function required(name) {
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
    this.canvas = new Canvas(this);
    this.palette = new Palette(this);
    this.outline = new Outline(this);
    this.inspector = new Inspector(this);
    this.toolbar = new Toolbar(this);
    this.problems = new Problems(this);
    this.template = new Template(this);
    this.status = new Status(this);
    this.dialog = new Dialog(this);
    /** What is said to a screen reader. */
    this.live = page.getByTestId("live");
    this.toast = page.getByTestId("toast");
    this.complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.complaints.push(`uncaught: ${error.stack ?? error}`));
    page.on("requestfailed", (request) => {
      // A reload cuts off what is still on its way. The page itself aborts nothing, and what the server or the network fails has other names.
      const why = request.failure()?.errorText;
      if (why !== "net::ERR_ABORTED") this.complaints.push(`request: ${request.url()} ${why}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) this.complaints.push(`response: ${response.status()} ${response.url()}`);
    });
  }

  /**
   * Opens a fresh profile. `options` are those of Playwright's browser.newContext, and `hash`, the address's fragment, `before`, which gets
   * the page before it is loaded, and `untouched`: the pointer stays away from the page, so that it loads nothing more.
   */
  static async open({ hash = "", before, untouched = false, ...options } = {}) {
    browser ??= await chromium.launch({ executablePath: required("CHROMIUM"), args: FLAGS });
    const context = await browser.newContext({ locale: "ko-KR", viewport: { width: 1440, height: 900 }, ...options });
    const app = new App(context, await context.newPage());
    // Playwright catches file choosers only while somebody listens, and takes a moment to begin: too late for a key that is pressed at once.
    app.page.on("filechooser", () => {});
    await before?.(app.page);
    app.response = await app.page.goto(required("BASE_URL") + hash);
    if (untouched) await app.mounted();
    else await app.started();
    return app;
  }

  /** The loader takes itself away once the application is mounted. */
  async mounted() {
    await this.page.locator("#boot").waitFor({ state: "detached" });
  }

  /** A pointer comes to the page, which then loads its canvas. */
  async started() {
    await this.mounted();
    await this.page.mouse.move(0, 0);
    await this.page.mouse.move(2, 2);
    await this.page.locator("#canvas .surface").waitFor();
  }

  /** Presses keys one after the other: `Control+z`, `Escape`, `v`. */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Presses a key of a Hangul keyboard: `event.key` is the jamo, `event.code` the place. */
  async pressHangul(jamo, code, { ctrl = false, shift = false } = {}) {
    const client = await this.context.newCDPSession(this.page);
    const key = { key: jamo, code, modifiers: (ctrl ? 2 : 0) + (shift ? 8 : 0), windowsVirtualKeyCode: code.replace("Key", "").charCodeAt(0) };
    await client.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
    await client.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    await client.detach();
  }

  /** The design as it would be saved to a file now. The file is caught on its way: the browser would stop the page after ten in a row. */
  async design() {
    const text = await this.page.evaluate(() => {
      const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
      let saved;
      URL.createObjectURL = (blob) => make.call(URL, (saved = blob));
      HTMLAnchorElement.prototype.click = () => {};
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "s", code: "KeyS", ctrlKey: true, bubbles: true, cancelable: true }));
      URL.createObjectURL = make;
      HTMLAnchorElement.prototype.click = click;
      return saved.text();
    });
    return JSON.parse(text);
  }

  /** The node of a name in the design. */
  async node(name) {
    const found = (await this.design()).nodes.filter((node) => node.name === name);
    assert.equal(found.length, 1, `${found.length} nodes are called ${name}`);
    return found[0];
  }

  /** Begins with a sample of the empty canvas. */
  async begin(sample) {
    await this.page.getByTestId(`sample-${sample}`).click();
    await this.page.getByTestId("welcome").waitFor({ state: "detached" });
    await this.canvas.drawn();
  }

  /** Does it and checks that one undo takes all of it back, and one redo brings it again. Gives the designs before and after. */
  async oneStep(act) {
    const before = await this.design();
    await act();
    const after = await this.design();
    assert.notDeepEqual(after, before, "nothing changed");
    await this.press("Control+z");
    assert.deepEqual(await this.design(), before, "one undo did not take it back");
    await this.press("Control+Shift+z");
    assert.deepEqual(await this.design(), after, "redo did not bring it again");
    return { before, after };
  }

  /** Does it and checks that the design is as before and that there is nothing more to undo or redo than before. */
  async noTrace(act) {
    const can = async () => [await this.toolbar.button("undo").isEnabled(), await this.toolbar.button("redo").isEnabled()];
    const [before, could] = [await this.design(), await can()];
    await act();
    assert.deepEqual(await this.design(), before, "the design changed");
    assert.deepEqual(await can(), could, "there is a trace in the history");
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
      // What fades in has less contrast on its way.
      const ends = document.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime));
      await Promise.allSettled(ends.map((one) => one.finished));
      const { violations } = await globalThis.axe.run({ runOnly: { type: "tag", values: tags } });
      return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html) }));
    }, WCAG);
    assert.deepEqual(violations, []);
  }
}

/** A test with its own page. It fails when the page complained; a failure leaves a screenshot in ARTIFACTS. */
export function appTest(name, options, body) {
  if (typeof options === "function") return appTest(name, {}, options);
  const { timeout = 120_000, ...context } = options;
  test(name, { timeout }, async () => {
    const app = await App.open(context);
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
