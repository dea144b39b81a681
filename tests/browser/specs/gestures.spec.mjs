// The network of lab 1 with the tools that compose: counted, so that it stays a matter of minutes.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { counting } from "../support/gestures.mjs";

const LARGE = { viewport: { width: 1680, height: 1050 }, timeout: 240_000 };
/** What the same network takes by hand is about a hundred. */
const MOST = 30;

appTest("the network of lab 1 takes a few gestures", LARGE, async (app) => {
  const { canvas, dialog, inspector, palette, status } = app;
  const counted = await counting(app);
  await app.page.getByTestId("welcome-vpc").click();
  await dialog.root.waitFor();
  await app.page.getByTestId("vpc-name").fill("lab");
  await app.page.getByTestId("vpc-cidr").fill("192.168.0.0/16");
  await app.page.getByTestId("vpc-nat-1").click();
  await app.page.getByTestId("vpc-name").press("Enter");
  await dialog.closed();
  // Three servers; those after the first join its group.
  await palette.dragInto("security_group", "lab-vpc", 0.5, 0.12);
  await inspector.enter("description", "SSH for me and HTTP for everyone");
  await app.page.getByTestId("ready-inbound").locator("summary").click();
  await app.page.getByTestId("ready-inbound").getByRole("button", { name: /HTTP\(80\)/ }).click();
  const names = [];
  for (const subnet of ["lab-public-a", "lab-public-c", "lab-private-a"]) {
    names.push(await palette.dragInto("instance", subnet, 0.5, 0.6));
    if (names.length === 1) await inspector.tick("security_groups", "security-group");
  }
  await canvas.click(names[0]);
  await canvas.shiftClick(names[1]);
  await app.press("Shift+B");
  await canvas.drawn();
  const design = await app.design();
  const kinds = (kind) => design.nodes.filter((node) => node.kind === kind).length;
  assert.deepEqual(
    ["vpc", "zone", "subnet", "internet_gateway", "nat_gateway", "route_table", "instance", "load_balancer", "target_group", "listener"].map(kinds),
    [1, 2, 4, 1, 1, 2, 3, 1, 1, 1],
  );
  const groups = design.nodes.filter((node) => node.kind === "instance").map((node) => JSON.stringify(node.fields.security_groups));
  assert.equal(new Set(groups).size, 1, "a new server did not join the group of its neighbours");
  assert.equal(await status.count("error"), 0);
  const gestures = await counted();
  assert.ok(gestures <= MOST, `${gestures} gestures`);
  console.log(`lab 1 by composing: ${gestures} gestures`);
});
