// The page at every width from a phone to 4K, and zoomed to 200 %: whole, and every action of the bar within reach.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { collectFaults } from "../support/whole.mjs";

const WIDTHS = [320, 360, 390, 480, 600, 761, 800, 900, 1024, 1100, 1165, 1280, 1366, 1920, 2560, 3840];
/** Of these widths some are also the halves of common screens: the page zoomed to 200 %. */
const HALVES = [[640, 360], [683, 384], [720, 450], [960, 540]];
const SIZES = [...WIDTHS.map((width) => [width, 800]), ...HALVES];
const PHONE = 760;

/** Shows a panel the way the width has for it. */
function show(app, panel) {
  return async (width) => {
    if (width > PHONE) {
      if (!(await app.page.getByTestId(`tab-${panel}`).isVisible())) await app.page.getByTestId("toggle-bottom").click();
      await app.page.getByTestId(`tab-${panel}`).click();
    } else if ((await app.page.getByTestId(`phone-${panel}`).getAttribute("aria-pressed")) !== "true") {
      await app.page.getByTestId(`phone-${panel}`).click();
    }
  };
}

/** Opens a menu of the bar and measures; the next step closes it. */
function menu(app, name) {
  return async () => {
    await app.press("Escape");
    if (await app.toolbar.button(name).isVisible()) await app.toolbar.click(name);
  };
}

const shut = (app) => () => app.press("Escape");

for (const lang of ["ko", "en"]) {
  appTest(`no text breaks, nothing lies over anything at any width in ${lang}`, { timeout: 300_000 }, async (app) => {
    await app.toolbar.click(`lang-${lang}`);
    const empty = await collectFaults(app, SIZES, [["empty canvas", async () => {}]]);
    assert.deepEqual(empty, []);
    await app.page.setViewportSize({ width: 1440, height: 900 });
    await app.begin("private-servers-behind-alb");
    await app.page.getByTestId("status-tracer").click();
    await app.page.getByTestId("trace-suggestion").first().click();
    await app.page.getByTestId("verdict").waitFor();
    await app.canvas.click("web-a");
    const found = await collectFaults(app, SIZES, [
      ["outline", show(app, "outline")],
      ["palette", show(app, "palette")],
      ["inspector", show(app, "inspector")],
      ["problems", show(app, "problems")],
      ["matrix", show(app, "matrix")],
      ["assertions", show(app, "pins")],
      ["template", show(app, "template")],
      ["tracer", show(app, "tracer")],
      ["file menu", menu(app, "file")],
      ["help menu", menu(app, "help")],
      ["more menu", menu(app, "more")],
      ["no menu", shut(app)],
    ]);
    assert.deepEqual(found, []);
  });
}

appTest("what a narrow bar has no room for is in its one menu, and nothing is twice", async (app) => {
  const { toolbar } = app;
  /** Actions of the bar and what they are called in the menu. */
  const actions = [
    ...["select-tool", "pan-tool", "connect-tool", "zoom-in", "zoom-out", "zoom-fit"].map((name) => [name, name]),
    ["command-palette", "help-command-palette"], ["lang-ko", "lang-ko"], ["lang-en", "lang-en"], ["theme", "help-toggle-theme"],
  ];
  for (const [width, height] of SIZES) {
    await app.page.setViewportSize({ width, height });
    for (const name of ["file", "title", "undo", "redo", "export"]) assert.ok(await toolbar.button(name).isVisible(), `${name} at ${width}`);
    const narrow = await toolbar.button("more").isVisible();
    assert.notEqual(await toolbar.button("help").isVisible(), narrow, `help or more at ${width}`);
    if (narrow) await toolbar.click("more");
    for (const [name, item] of actions) {
      const there = await toolbar.button(name).isVisible();
      const here = await app.page.getByTestId(`more-${item}`).isVisible();
      // Help names commands with their keys whether the bar has them or not.
      if (item.startsWith("help-")) assert.ok(there || here, `${name} at ${width}`);
      else assert.notEqual(there, here, `${name} at ${width}`);
    }
    if (narrow) await app.press("Escape");
  }
});

appTest("the menu of a narrow bar switches tool, zoom, language and theme, by keys too", { viewport: { width: 390, height: 780 } }, async (app) => {
  const { toolbar } = app;
  await toolbar.click("more");
  await app.page.getByTestId("more-pan-tool").click();
  await toolbar.click("more");
  // The first action that is in the menu at this width has the focus, and the arrows pass over those that are not.
  const focused = () => app.page.evaluate(() => document.activeElement.dataset.testid);
  assert.equal(await focused(), "more-select-tool");
  await app.press("ArrowUp");
  assert.equal(await focused(), "more-about");
  await app.press("ArrowDown", "ArrowDown");
  assert.equal(await focused(), "more-pan-tool");
  await app.press("Escape");
  assert.equal(await focused(), "toolbar-more");
  await toolbar.click("more");
  await app.page.getByTestId("more-lang-en").click();
  assert.equal(await app.page.locator("html").getAttribute("lang"), "en");
  await app.page.setViewportSize({ width: 1440, height: 900 });
  assert.equal(await toolbar.button("pan-tool").getAttribute("aria-pressed"), "true");
  await app.page.setViewportSize({ width: 800, height: 600 });
  await toolbar.click("more");
  // An empty canvas has nothing to fit.
  assert.equal(await focused(), "more-zoom-to-100");
});
