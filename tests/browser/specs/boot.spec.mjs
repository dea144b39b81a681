// The page starts under the policy of production, and says so when it cannot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, appTest } from "../support/app.mjs";

appTest("the page starts", async (app) => {
  assert.equal(await app.page.title(), "Groundplan");
  assert.notEqual((await app.page.locator("body").innerText()).trim(), "");
});

appTest("the page carries the security headers", async (app) => {
  const headers = app.response.headers();
  const directives = headers["content-security-policy"].split("; ");
  assert.ok(directives.includes("default-src 'none'"));
  assert.ok(directives.includes("script-src 'self' 'wasm-unsafe-eval'"));
  assert.ok(directives.includes("style-src 'self'"));
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["cache-control"], "no-cache");
});

appTest("the policy is enforced", async (app) => {
  await app.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.injected = true";
    document.body.append(script);
  });
  assert.equal(await app.page.evaluate(() => globalThis.injected), undefined);
  app.forgive(/Content Security Policy/);
});

appTest("the page has no accessibility violation", async (app) => {
  await app.assertAccessible();
});

test("without WebAssembly the page says what to do, in both languages", { timeout: 60_000 }, async () => {
  const app = await App.open();
  try {
    await app.page.addInitScript(() => delete globalThis.WebAssembly);
    await app.page.reload();
    const failure = app.page.getByRole("alert");
    await failure.waitFor();
    const text = await failure.innerText();
    assert.match(text, /페이지를 시작하지 못했어요/);
    assert.match(text, /The page could not start/);
    assert.match(text, /WebAssembly is missing/);
  } finally {
    await app.context.close();
  }
});

test("without scripts the page says what to do", { timeout: 60_000 }, async () => {
  const app = await App.open();
  try {
    const context = await app.context.browser().newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(app.page.url());
    assert.match(await page.locator("body").innerText(), /자바스크립트와 WebAssembly/);
    await context.close();
  } finally {
    await app.context.close();
  }
});
