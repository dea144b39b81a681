// Reachability of the whole design: the matrix with its filters and its file, and the tags on the drawing.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { Matrix, tag } from "../support/reach.mjs";

const LAB = "two-az-vpc";

appTest("an empty design says what would be here", async (app) => {
  const matrix = new Matrix(app);
  await matrix.open();
  assert.match(await matrix.empty.innerText(), /인스턴스나 로드 밸런서를 놓으면/);
  await app.assertAccessible();
});

appTest("the matrix shows who reaches whom, and its filters narrow it", async (app) => {
  const matrix = new Matrix(app);
  await app.begin(LAB);
  await matrix.open();
  await matrix.tick("internet");
  await matrix.rows.first().waitFor();
  assert.deepEqual((await matrix.lines()).filter((line) => line.startsWith("인터넷")), [
    "인터넷 → web-a: TCP 80",
    "인터넷 → web-alb: TCP 80",
    "인터넷 → web-c: TCP 80",
  ]);
  await matrix.port("22");
  await matrix.protocol("tcp");
  assert.ok((await matrix.lines()).every((line) => !line.startsWith("인터넷")));
  await matrix.tick("internet", false);
  await matrix.search("private-server");
  const lines = await matrix.lines();
  assert.ok(lines.includes("web-a → private-server: TCP 22, TCP 80"), lines.join("\n"));
  await matrix.port("99999");
  assert.match(await matrix.count.innerText(), /1부터 65535/);
  await matrix.port("");
  await matrix.search("nobody");
  await matrix.empty.waitFor();
  assert.equal(await matrix.count.innerText(), "0쌍");
  await matrix.port("");
  await matrix.protocol("-1");
  await matrix.search("");
  await app.toolbar.click("lang-en");
  assert.match(await matrix.count.innerText(), /pairs$/);
  await app.assertAccessible();
});

appTest("a reply that is blocked is marked, and traffic is traced by a press or from the keyboard", { colorScheme: "dark" }, async (app) => {
  const matrix = new Matrix(app);
  await app.begin(LAB);
  await matrix.open();
  await matrix.tick("internet");
  await matrix.chip("인터넷 → web-c", "TCP 80").click();
  await app.page.locator('[data-verdict="open"]').waitFor();
  assert.match(await app.page.getByTestId("trace-to").innerText(), /web-c/);
  assert.equal(await app.page.getByTestId("trace-port").inputValue(), "80");
  await matrix.open();
  assert.equal(await app.page.getByTestId("matrix-internet").isChecked(), true, "the filter outlives the panel");
  await matrix.chip("인터넷 → web-a", "TCP 80").focus();
  await app.press("Enter");
  await app.page.locator('[data-verdict="open"]').waitFor();
  assert.match(await app.page.getByTestId("trace-to").innerText(), /web-a/);
  // Without its default route the answer of web-c does not get back.
  await app.canvas.click("public-rt");
  await app.page.getByTestId("row-toggle-routes-0").click();
  await app.inspector.enter("routes-0-destination", "203.0.113.0/24");
  await matrix.open();
  await matrix.tick("blocked");
  await matrix.rows.first().waitFor();
  assert.ok((await matrix.lines()).includes("인터넷 → web-c: TCP 80 · 응답 막힘"));
  await app.assertAccessible();
});

appTest("what the filter finds is a file for spreadsheets", async (app) => {
  const matrix = new Matrix(app);
  await app.begin(LAB);
  await matrix.open();
  await matrix.tick("internet");
  await matrix.rows.first().waitFor();
  const { name, text } = await matrix.csv();
  assert.match(name, /reachability\.csv$/);
  const [head, ...lines] = text.trim().split("\n");
  assert.equal(head, "from,to,protocol,ports,reply_blocked");
  assert.ok(lines.includes("internet,web-a,tcp,80,no"), text);
});

appTest("subnets say how they get to the internet, resources what it reaches of them, each with the reason", async (app) => {
  await app.begin(LAB);
  await app.page.locator("#canvas .tag").first().waitFor();
  assert.deepEqual(await tag(app, "public-a"), { class: "tag public", text: "퍼블릭" });
  assert.deepEqual(await tag(app, "private-a"), { class: "tag private_with_nat", text: "프라이빗 · NAT" });
  assert.deepEqual(await tag(app, "web-a"), { class: "tag exposed", text: "80" });
  assert.deepEqual(await tag(app, "web-alb"), { class: "tag exposed", text: "80" });
  assert.equal(await tag(app, "private-server"), null);
  await app.canvas.click("web-a");
  assert.match(await app.page.getByTestId("inspector-facts").innerText(), /인터넷에 열림: 80.*public-a.*lab-sg/s);
  await app.inspector.show("public_ip");
  await app.inspector.field("public_ip").selectOption("no");
  await app.page.waitForFunction(() => !document.querySelector("[data-testid=inspector-facts]").textContent.includes("인터넷에 열림"));
  assert.equal(await tag(app, "web-a"), null);
  await app.toolbar.click("lang-en");
  assert.deepEqual(await tag(app, "public-a"), { class: "tag public", text: "Public" });
  // Nothing is derived inside a drag: the tag goes with its frame, and says the same after it.
  await app.canvas.dragBy("web-alb", 0, 4);
  assert.deepEqual(await tag(app, "web-alb"), { class: "tag exposed", text: "80" });
});
