// A student draws lab 1 from nothing: two zones, four subnets, two ways out, three servers and a balancer; breaks it, mends it, takes it along.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { drawing } from "../support/student.mjs";
import { deploys } from "../support/deploys.mjs";

const SCRIPT = "#!/bin/bash\ndnf install -y httpd\nhostname -I > /var/www/html/index.html\nsystemctl enable --now httpd\n";
const LARGE = { viewport: { width: 1680, height: 1050 }, timeout: 240_000 };

appTest("lab 1 is drawn from an empty canvas, mended and exported, and the template deploys", LARGE, async (app) => {
  const { canvas, inspector, problems, status, toolbar } = app;
  const { place, server, stretch } = drawing(app);
  await toolbar.title.fill("Lab 1");
  await toolbar.title.press("Enter");
  for (let step = 0; step < 3; step += 1) await toolbar.click("zoom-out");

  await place("region", null, [24, 24], "seoul");
  await place("vpc", "seoul", [24, 48], "lab-vpc", { cidr: "192.168.0.0/16" });
  await stretch("lab-vpc", 40, 216);
  await place("zone", "lab-vpc", [24, 240], "zone-a");
  await place("zone", "lab-vpc", [424, 240], "zone-c", { letter: "c" });
  await place("subnet", "zone-a", [16, 48], "public-a", { cidr: "192.168.2.0/24" });
  await place("subnet", "zone-a", [16, 208], "public-nat", { cidr: "192.168.4.0/24" });
  await place("subnet", "zone-a", [16, 368], "private-a", { cidr: "192.168.1.0/24" });
  await place("subnet", "zone-c", [16, 48], "public-c", { cidr: "192.168.3.0/24" });
  for (const subnet of ["public-a", "public-c"]) {
    await canvas.click(subnet);
    await inspector.turn("auto_assign_public_ip", true);
  }
  await place("internet_gateway", "lab-vpc", [70, 100], "igw");
  await place("route_table", "lab-vpc", [180, 100], "public-rt");
  await place("route_table", "lab-vpc", [290, 100], "private-rt");
  await place("security_group", "lab-vpc", [400, 100], "lab-sg");
  await place("target_group", "lab-vpc", [510, 100], "web-tg");
  await place("load_balancer", "lab-vpc", [570, 60], "web-alb");
  await place("key_pair", "seoul", [940, 100], "lab-key");
  await place("elastic_ip", "seoul", [940, 220], "nat-eip");
  await place("nat_gateway", "public-nat", [160, 80], "nat");
  await place("listener", "web-alb", [120, 80], "http");
  await toolbar.click("zoom-fit");
  await canvas.drawn();

  await canvas.connect("public-rt", "igw");
  await canvas.connect("private-rt", "nat");
  for (const subnet of ["public-a", "public-nat", "public-c"]) await canvas.connect("public-rt", subnet);
  await canvas.connect("private-a", "private-rt");
  await canvas.connect("nat", "nat-eip");

  await canvas.click("lab-sg");
  await inspector.enter("description", "SSH for me and HTTP for everyone");
  await inspector.addRow("inbound", { ports: "22", cidr: "203.0.113.10/32" });
  await inspector.addRow("inbound", { ports: "80", cidr: "0.0.0.0/0" });
  for (const [name, subnet] of [["web-a", "public-a"], ["web-c", "public-c"], ["private", "private-a"]]) {
    await server(name, subnet, "lab-key", "lab-sg", SCRIPT);
  }
  await canvas.click("web-alb");
  await inspector.tick("subnets", "public-a", "public-c");
  await inspector.tick("security_groups", "lab-sg");
  await canvas.connect("web-alb", "web-tg");
  await canvas.connect("web-a", "web-tg");
  await canvas.connect("web-tg", "web-c");

  await problems.open();
  await status.until("saved");
  assert.deepEqual(await problems.list(), [], "the lab is not sound");

  // The mistake of the lesson: the other zone's subnet gets a block that is taken.
  await canvas.click("public-c");
  await inspector.enter("cidr", "192.168.2.0/24");
  await problems.of("subnet-overlap").first().waitFor();
  assert.ok((await status.count("error")) > 0);
  await problems.fix("subnet-overlap");
  await problems.of("subnet-overlap").waitFor({ state: "detached" });
  assert.equal(await status.count("error"), 0);

  const design = await app.design();
  const blocks = design.nodes.filter((node) => node.kind === "subnet").map((node) => node.fields.cidr);
  assert.equal(new Set(blocks).size, 4, blocks.join(", "));
  assert.ok(blocks.every((block) => block.startsWith("192.168.")), blocks.join(", "));
  const { name, text } = await toolbar.export();
  assert.equal(name, "Lab-1.template.json");
  await deploys("lab-1", design, text);
});
