// When something runs, and numbers on one track: the form of a scheduled action and of an Auto Scaling group.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";

const LAB = "auto-scaling";
/** A Friday noon in Seoul. */
const NOW = Date.parse("2026-11-27T03:00:00Z");
/** Sets the page's clock; its timers go on. */
const atNow = (page) => page.addInitScript((now) => { Date.now = () => now; }, NOW);

function labTest(name, selected, body, options = {}) {
  appTest(name, { before: atNow, ...options }, async (app) => {
    await app.inspector.openSample(LAB);
    await app.inspector.select(selected);
    await body(app.inspector, app);
  });
}

/** Waits until the form says this of the next run. */
async function runs(inspector, said) {
  await inspector.root.getByTestId("next-recurrence").filter({ hasText: said }).waitFor();
}

labTest("the next run is said in words of both languages, on the clock of its zone", "weekday-morning", async (inspector, app) => {
  await runs(inspector, "다음 실행: 2026년 11월 30일(월) 09:00 (서울)");
  await app.toolbar.click("lang-en");
  await runs(inspector, "Next run: Mon 30 Nov 2026, 09:00 (Seoul)");
  await inspector.enter("time_zone", "America/New_York");
  await runs(inspector, "Next run: Fri 27 Nov 2026, 09:00 (New York)");
  await inspector.enter("recurrence", "30 22 * * 4");
  await runs(inspector, "Next run: Thu 26 Nov 2026, 22:30 (New York)");
  await inspector.enter("time_zone", "Mars/Base");
  await runs(inspector, "There is no time zone");
  await inspector.undo();
  await runs(inspector, "(New York)");
});

labTest("a usual recurrence is chosen, a free one is said in words, and what is none is refused at the field", "weekday-morning", async (inspector, app) => {
  await inspector.field("recurrence").click();
  await inspector.root.getByTestId("option-recurrence-0 22 * * *").click();
  await inspector.assertValue("recurrence", "0 22 * * *");
  await runs(inspector, "2026년 11월 27일(금) 22:00");
  await inspector.enter("recurrence", "30 6 1 * *");
  await inspector.root.getByTestId("words-recurrence").filter({ hasText: "매달 1일 06:30" }).waitFor();
  await runs(inspector, "2026년 12월 1일(화) 06:30");
  for (const [typed, why] of [["0 9 ? * 1-5", /EventBridge/], ["0 9 * *", /다섯 칸/], ["0 25 * * *", /시 칸/]]) {
    await inspector.enter("recurrence", typed);
    await inspector.assertRefused("recurrence", why);
    await inspector.field("recurrence").press("Escape");
    await inspector.assertAccepted("recurrence");
    await inspector.assertValue("recurrence", "30 6 1 * *");
  }
  await inspector.enter("recurrence", "0 0 30 2 *");
  await runs(inspector, "이런 날은 오지 않아요");
  await inspector.undo();
  await inspector.undo();
  await inspector.assertValue("recurrence", "0 22 * * *");
  assert.equal(await app.page.getByTestId("toolbar-undo").isEnabled(), true);
});

labTest("once, at a time that is chosen on the clock of its zone or written in UTC", "weekday-morning", async (inspector) => {
  await inspector.enter("recurrence", "");
  const pick = inspector.root.getByTestId("pick-start_time");
  await pick.fill("2026-12-24T18:30");
  await pick.press("Enter");
  await inspector.assertValue("start_time", "2026-12-24T09:30:00Z");
  await runs(inspector, "다음 실행: 2026년 12월 24일(목) 18:30 (서울)");
  await inspector.undo();
  await inspector.assertValue("start_time", "");
  assert.equal(await pick.inputValue(), "", "one choice is one step");
  await inspector.enter("start_time", "2026-12-24 20:00+09:00");
  await inspector.assertValue("start_time", "2026-12-24T11:00:00Z");
  assert.equal(await pick.inputValue(), "2026-12-24T20:00");
  await inspector.enter("start_time", "2026-11-01T00:00:00Z");
  await runs(inspector, "때가 지났어요");
  await inspector.enter("start_time", "내일");
  await inspector.assertRefused("start_time", /2026-05-01T00:00:00Z/);
});

labTest("a thumb moves by keys, a step for each held key, and none passes another", "web-asg", async (inspector, app) => {
  const thumb = (id) => inspector.root.getByTestId(`thumb-${id}`);
  const told = async (id) => Promise.all(["now", "min", "max", "text"].map((what) => thumb(id).getAttribute(`aria-value${what}`)));
  assert.deepEqual(await told("desired"), ["3", "2", "6", "3대"]);
  await thumb("max_size").focus();
  await app.press("ArrowRight");
  await inspector.assertValue("max_size", "7");
  for (let i = 0; i < 3; i += 1) await app.page.keyboard.down("ArrowRight");
  assert.equal(await inspector.field("max_size").inputValue(), "7", "a held key is not done");
  await app.page.keyboard.up("ArrowRight");
  await inspector.assertValue("max_size", "10");
  await inspector.undo();
  await inspector.assertValue("max_size", "7");
  await inspector.undo();
  await inspector.assertValue("max_size", "6");
  assert.equal(await app.page.getByTestId("toolbar-undo").isEnabled(), false, "one held key is one step");
  await thumb("min_size").press("End");
  await inspector.assertValue("min_size", "3");
  await thumb("desired").press("ArrowLeft");
  assert.equal(await app.page.getByTestId("toolbar-redo").isEnabled(), false);
  await inspector.assertValue("desired", "3");
  await inspector.enter("desired", "5");
  assert.deepEqual(await told("desired"), ["5", "3", "6", "5대"]);
});

labTest("a thumb is dragged in one step, and Escape leaves no trace", "web-asg", async (inspector, app) => {
  const max = inspector.root.getByTestId("thumb-max_size");
  const box = await max.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const mouse = app.page.mouse;
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + 20, y, { steps: 4 });
  await mouse.move(x + 400, y, { steps: 4 });
  assert.equal(await max.getAttribute("aria-valuenow"), "10", "the end of the track");
  assert.equal(await inspector.field("max_size").inputValue(), "6", "a drag is no edit before it ends");
  await app.press("Escape");
  await mouse.up();
  assert.equal(await max.getAttribute("aria-valuenow"), "6");
  assert.equal(await app.page.getByTestId("toolbar-undo").isEnabled(), false);
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + 400, y, { steps: 5 });
  await mouse.up();
  await inspector.assertValue("max_size", "10");
  await inspector.undo();
  await inspector.assertValue("max_size", "6");
  assert.equal(await app.page.getByTestId("toolbar-undo").isEnabled(), false, "a drag is one step");
  // A press beside the thumbs brings the nearest one.
  const bar = await inspector.root.locator(".insp-track-bar").boundingBox();
  await mouse.click(bar.x + 3, y);
  await inspector.assertValue("min_size", "0");
});

labTest("a number that is not set has no thumb", "weekday-morning", async (inspector) => {
  await inspector.root.getByTestId("thumb-desired").waitFor();
  assert.equal(await inspector.root.getByTestId("thumb-min_size").count(), 0);
  await inspector.enter("max_size", "8");
  await inspector.root.getByTestId("thumb-max_size").waitFor();
  assert.equal(await inspector.root.getByTestId("thumb-desired").getAttribute("aria-valuemax"), "8");
});

labTest("a window of a database is kept in UTC and said on the reader's clock", "lab-vpc", async (inspector, app) => {
  // A VPC as wide as the canvas reaches beneath its properties.
  await app.toolbar.click("zoom-fit");
  await app.canvas.drawn();
  await app.palette.dragInto("db_instance", "lab-vpc", 0.93, 0.2);
  const said = (field, text) => inspector.root.getByTestId(`words-${field}`).filter({ hasText: text }).waitFor();
  await inspector.enter("maintenance_window", "Sun:19:00-Sun:19:30");
  await inspector.assertValue("maintenance_window", "sun:19:00-sun:19:30");
  await said("maintenance_window", "이 컴퓨터의 시각으로 매주 월요일 04:00–04:30");
  await inspector.enter("backup_window", "18:00");
  await inspector.assertRefused("backup_window", /18:00-18:30/);
  await inspector.enter("backup_window", "18:50-19:20");
  await said("backup_window", "매일 03:50–04:20");
  const fix = inspector.root.locator("#problems-backup_window").getByTestId("inspector-fix");
  await fix.click();
  await inspector.assertValue("backup_window", "");
}, { timezoneId: "Asia/Seoul" });

for (const [lang, colorScheme] of [["ko", "light"], ["en", "dark"]]) {
  labTest(`no accessibility violation with schedules and tracks, ${lang}, ${colorScheme}`, "web-asg", async (inspector, app) => {
    await app.toolbar.click(`lang-${lang}`);
    await app.assertAccessible();
    for (const id of ["min_size", "desired", "max_size"]) await inspector.enter(id, "3");
    await app.assertAccessible();
    await inspector.select("weekday-morning");
    await inspector.enter("end_time", "2026-11-27T03:00:00Z");
    await runs(inspector, lang === "ko" ? "때가 지났어요" : "its time is over");
    await app.assertAccessible();
  }, { colorScheme });
}
