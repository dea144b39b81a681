// The path tracer: a question asked, its answer on the panel and on the canvas, live after every edit.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { Inspector } from "../support/inspector.mjs";

class Tracer {
  constructor(app) {
    this.page = app.page;
    this.root = app.page.getByTestId("tracer");
    this.verdict = app.page.getByTestId("verdict");
    this.blockers = app.page.getByTestId("blocker");
  }

  static async open(app, sample = "private-servers-behind-alb") {
    await app.page.getByTestId(`sample-${sample}`).click();
    await app.page.getByTestId("welcome").waitFor({ state: "detached" });
    await app.page.getByTestId("status-tracer").click();
    return new Tracer(app);
  }

  /** Chooses an end from the list by its name. */
  async choose(end, name) {
    await this.page.getByTestId(`trace-${end}`).click();
    await this.page.getByTestId("picker-search").fill(name);
    await this.page.locator(".pick").filter({ has: this.page.getByText(name, { exact: true }) }).click();
  }

  async ask({ from, to, port }) {
    await this.choose("from", from);
    await this.choose("to", to);
    await this.page.getByTestId("trace-port").fill(String(port));
    await this.page.getByTestId("trace-port").press("Enter");
  }

  async askUrl(url) {
    await this.page.getByTestId("trace-by-url").click();
    await this.page.getByTestId("trace-url").fill(url);
    await this.page.getByTestId("trace-url").press("Enter");
  }

  /** Waits until the verdict is `open`, `blocked` or `none`. */
  async is(verdict) {
    await this.root.locator(`[data-verdict="${verdict}"]`).waitFor({ timeout: 5_000 });
  }

  codes() {
    return this.blockers.evaluateAll((all) => all.map((one) => one.dataset.code));
  }

  /** Names of the hops in one direction. */
  hops(way) {
    return this.page.getByTestId(way).locator(".hop-name b").allInnerTexts();
  }
}

appTest("an empty tracer explains itself and offers questions of the design", async (app) => {
  const tracer = await Tracer.open(app);
  const offered = app.page.getByTestId("trace-suggestion");
  await offered.first().waitFor();
  assert.deepEqual(await offered.allInnerTexts(), [
    "internet → https://www.example.com/",
    "internet → web-alb · TCP 443",
    "laptop → bastion · TCP 22",
    "web-a → internet · TCP 443",
  ]);
  await app.assertAccessible();
  await offered.nth(2).click();
  await tracer.is("open");
  assert.deepEqual(await tracer.hops("way-there"), ["laptop", "igw", "public-a", "bastion-sg", "bastion"]);
  assert.deepEqual(await tracer.hops("way-back"), ["bastion", "public-a", "public-rt", "igw", "laptop"]);
});

appTest("a server without a public address is out of reach, with the reason, and the path is drawn", async (app) => {
  const tracer = await Tracer.open(app);
  await tracer.ask({ from: "internet", to: "web-a", port: 80 });
  await tracer.is("blocked");
  assert.ok((await tracer.codes()).includes("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"));
  assert.match(await tracer.blockers.first().innerText(), /web-a에 퍼블릭 IP가 없어서/);
  assert.ok((await tracer.codes()).includes("ENI_SG_RULES_MISMATCH"), "all blockers are listed, not only the first");
  const marks = app.page.locator("#canvas .path-mark");
  assert.ok((await marks.count()) >= 4);
  assert.ok((await app.page.locator("#canvas .path-mark.blocked .path-cross").count()) > 0);
  await app.assertAccessible();
  await app.page.getByTestId("status-tracer").click();
  await marks.first().waitFor({ state: "detached" });
});

appTest("a URL is followed from the name to the targets", async (app) => {
  const tracer = await Tracer.open(app);
  await tracer.askUrl("www.example.com");
  await tracer.is("open");
  const stages = app.page.getByTestId("stage");
  assert.equal(await stages.count(), 6);
  assert.deepEqual(await stages.evaluateAll((all) => all.map((one) => one.dataset.ok)), Array(6).fill("true"));
  await tracer.askUrl("https://nobody.example.com/");
  await tracer.is("blocked");
  await tracer.askUrl("ftp://www.example.com/");
  assert.match(await app.page.getByTestId("trace-wrong").innerText(), /URL이 아니에요/);
  await app.assertAccessible();
});

appTest("an edit turns the verdict at once, the fix turns it back, and one undo takes the fix away", async (app) => {
  const tracer = await Tracer.open(app);
  await tracer.ask({ from: "laptop", to: "bastion", port: 22 });
  await tracer.is("open");
  const inspector = new Inspector(app);
  await inspector.select("bastion");
  await inspector.show("public_ip");
  await inspector.field("public_ip").selectOption("no");
  await tracer.is("blocked");
  assert.match(await tracer.root.getByRole("status").innerText(), /막혔어요/);
  await app.page.getByTestId("blocker-fix").first().click();
  await tracer.is("open");
  await app.page.getByTestId("toolbar-undo").click();
  await tracer.is("blocked");
});

appTest("hops are walked with buttons and keys, and a press on the canvas chooses an end", async (app) => {
  const tracer = await Tracer.open(app);
  await tracer.ask({ from: "laptop", to: "bastion", port: 22 });
  await tracer.is("open");
  const place = app.page.getByTestId("hop-place");
  assert.equal(await place.innerText(), "1 / 10");
  await app.page.getByTestId("hop-forward").click();
  await app.page.keyboard.press("ArrowRight");
  assert.equal(await place.innerText(), "3 / 10");
  await app.page.keyboard.press("ArrowLeft");
  assert.equal(await place.innerText(), "2 / 10");
  assert.equal(await app.page.locator(".hop.current b").innerText(), "igw");
  assert.match(await app.page.locator(".hop.current mark").first().innerText(), /bastion의 퍼블릭 IP/);

  await app.page.getByTestId("trace-aim-to").click();
  const label = app.page.locator("#canvas .world .tile", { hasText: "web-c" }).locator(".square").first();
  const box = await label.boundingBox();
  await app.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await tracer.is("blocked");
  assert.match(await app.page.getByTestId("trace-to").innerText(), /web-c/);
  assert.equal(await app.page.getByTestId("trace-aim-to").getAttribute("aria-pressed"), "false");
});
