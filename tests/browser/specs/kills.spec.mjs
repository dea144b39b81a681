// The page ends at random moments of a storm of edits: by a reload, by leaving, with its tab, by a crash of the page, with the whole browser.
// What was made is there again: all of it where the page ended in order, all but one gesture where it crashed.
//
// KILLS is how often each (a few by default; the long run is `KILLS=60`), SEED what decides the moments.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { App, FLAGS, required } from "../support/app.mjs";
import { drawn, edit, numbers } from "../support/storm.mjs";

const KILLS = Number(process.env.KILLS ?? 3);
const SEED = Number(process.env.SEED ?? 1);
const LAB = "two-az-vpc";
/** How much may be lost. */
const LOST = { reload: 0, "self-reload": 0, leave: 0, "self-leave": 0, close: 0, crash: 1, kill: 1 };

async function launch(folder) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: required("CHROMIUM"), args: FLAGS, locale: "ko-KR", viewport: { width: 1280, height: 800 },
  });
  return context;
}

/** The page in a tab of the context, with the design of before. */
async function open(context, page) {
  const app = new App(context, page ?? (await context.newPage()));
  await app.page.goto(required("BASE_URL"));
  await app.started();
  return app;
}

/** The process of a browser that keeps its profile in the folder. */
async function browserOf(folder) {
  const { execFileSync } = await import("node:child_process");
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  const own = lines.filter((line) => line.includes(`--user-data-dir=${folder}`) && !line.includes("--type="));
  assert.equal(own.length, 1, `${own.length} browsers run on ${folder}`);
  return Number(own[0].trim().split(" ")[0]);
}

for (const how of Object.keys(LOST)) {
  test(`what is drawn outlives ${how}, ${KILLS} times`, { timeout: 120_000 + KILLS * 60_000 }, async () => {
    const next = numbers(SEED * 1000 + how.length * 7);
    const folder = await mkdtemp(join(tmpdir(), "groundplan-kills-"));
    let context = await launch(folder);
    let app = await open(context, context.pages()[0]);
    const lost = [];
    try {
      await app.begin(LAB);
      await app.canvas.click("igw");
      for (let kill = 0; kill < KILLS; kill += 1) {
        // What may come back where the very first edit is lost is what was there before it.
        const texts = [JSON.stringify(await app.design())];
        const rounds = 1 + Math.floor(next() * (LOST[how] > 0 ? 20 : 6));
        for (let round = 0; round < rounds; round += 1) {
          // What crashes may stop anywhere, so every state is noted; what ends in order may not even between two edits of one task.
          const many = LOST[how] > 0 ? 1 : 1 + Math.floor(next() * 8);
          const edits = Array.from({ length: many }, () => drawn(next));
          const then = round === rounds - 1 && how.startsWith("self-") ? how.slice(5) : "";
          // The page that it went to is there before anything else is asked of it.
          const gone = then && app.page.waitForEvent("load", { timeout: 20_000 });
          texts.push(await edit(app.page, edits, then));
          await gone;
          if (next() < 0.3) await app.page.waitForTimeout(next() * 120).catch(() => {});
        }
        if (how === "reload") await app.page.reload();
        if (how === "leave") await app.page.goto("about:blank");
        if (how === "close") {
          const other = await context.newPage();
          await app.page.close();
          app = await open(context, other);
        } else if (how === "crash") {
          const client = await context.newCDPSession(app.page);
          const other = await context.newPage();
          const gone = app.page.waitForEvent("crash");
          client.send("Page.crash").catch(() => {});
          await gone;
          await app.page.close();
          app = await open(context, other);
        } else if (how === "kill") {
          process.kill(await browserOf(folder), "SIGKILL");
          await context.close().catch(() => {});
          context = await launch(folder);
          app = await open(context, context.pages()[0]);
        } else {
          app = await open(context, app.page);
        }
        // What has spread far is drawn from afar, without frames and tiles, and may be nothing at all: so the design is asked, and not the drawing,
        // until it is one of those that were there.
        const states = texts.map((text) => JSON.stringify(JSON.parse(text)));
        const until = Date.now() + 30_000;
        let at = -1;
        while (at < 0 && Date.now() < until) {
          at = states.lastIndexOf(JSON.stringify(await app.design()));
          if (at < 0) await app.page.waitForTimeout(50);
        }
        assert.notEqual(at, -1, `what came back after kill ${kill} of seed ${SEED} was none of ${texts.length} states`);
        lost.push(texts.length - 1 - at);
        await app.status.until("saved");
        await app.page.keyboard.press("Control+a");
        await app.canvas.focus();
        if (next() < 0.5) await app.canvas.clickAt(await app.canvas.at(20, 20));
        const tile = app.page.locator("#canvas .world g.tile").first();
        if (await tile.count()) await tile.click({ force: true }).catch(() => {});
      }
      assert.ok(Math.max(...lost) <= LOST[how], `lost after each kill: ${lost.join(" ")}`);
      console.log(`${how}: ${lost.length} kills, lost ${lost.reduce((a, b) => a + b, 0)}`);
    } finally {
      await context.close().catch(() => {});
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
