// Lab 7, its essence: servers in private subnets behind an HTTPS balancer with certificate and alias record, and a bastion for SSH.
import assert from "node:assert/strict";
import { appTest } from "../support/app.mjs";
import { drawing } from "../support/student.mjs";
import { deploys } from "../support/deploys.mjs";

const LARGE = { viewport: { width: 1680, height: 1050 }, timeout: 240_000 };

appTest("lab 7 is drawn from an empty canvas and its template deploys", LARGE, async (app) => {
  const { canvas, inspector, problems, status, toolbar } = app;
  const { place, server, stretch } = drawing(app);
  await toolbar.title.fill("Lab 7");
  await toolbar.title.press("Enter");
  for (let step = 0; step < 3; step += 1) await toolbar.click("zoom-out");

  await place("region", null, [24, 24], "seoul");
  await place("hosted_zone", null, [1250, 64], "example-com", { domain: "example.com" });
  await place("vpc", "seoul", [24, 48], "lab-vpc");
  await stretch("lab-vpc", 140, 216);
  for (const [zone, x, letter, first] of [["zone-a", 24, "a", 1], ["zone-c", 424, "c", 2]]) {
    await place("zone", "lab-vpc", [x, 240], zone, { letter });
    await place("subnet", zone, [16, 48], `public-${letter}`, { cidr: `10.0.${first}.0/24` });
    await inspector.turn("auto_assign_public_ip", true);
    await place("subnet", zone, [16, 208], `private-${letter}`, { cidr: `10.0.${first + 2}.0/24` });
  }
  await place("internet_gateway", "lab-vpc", [70, 100], "igw");
  await place("route_table", "lab-vpc", [180, 100], "public-rt");
  await place("route_table", "lab-vpc", [290, 100], "private-rt");
  for (const [name, x] of [["alb-sg", 400], ["bastion-sg", 510], ["web-sg", 620]]) await place("security_group", "lab-vpc", [x, 100], name);
  await place("load_balancer", "lab-vpc", [690, 56], "web-alb");
  await place("listener", "web-alb", [70, 80], "http");
  await place("listener", "web-alb", [180, 80], "https");
  await place("target_group", "lab-vpc", [860, 320], "web-tg");
  await place("nat_gateway", "public-a", [80, 80], "nat");
  await place("key_pair", "seoul", [1040, 100], "lab-key");
  await place("elastic_ip", "seoul", [1040, 220], "nat-eip");
  await place("certificate", "seoul", [1040, 340], "site-cert", { domain: "*.example.com" });
  await inspector.choose("hosted_zone", "example-com");
  await place("record_set", "example-com", [120, 80], "www", { domain: "www.example.com" });
  await toolbar.click("zoom-fit");
  await canvas.drawn();

  await canvas.connect("public-rt", "igw");
  await canvas.connect("private-rt", "nat");
  await canvas.connect("nat", "nat-eip");
  for (const letter of ["a", "c"]) {
    await canvas.connect(`public-${letter}`, "public-rt");
    await canvas.connect(`private-${letter}`, "private-rt");
  }
  await canvas.click("alb-sg");
  for (const ports of ["80", "443"]) await inspector.addRow("inbound", { ports, cidr: "0.0.0.0/0" });
  await canvas.click("bastion-sg");
  await inspector.addRow("inbound", { ports: "22", cidr: "203.0.113.10/32" });
  await canvas.connect("alb-sg", "web-sg");
  await canvas.connect("bastion-sg", "web-sg");
  await canvas.click("web-sg");
  await app.page.getByTestId("row-toggle-inbound-1").click();
  await inspector.enter("inbound-1-ports", "22");

  await place("instance", "public-a", [220, 80], "bastion");
  await inspector.choose("key_pair", "lab-key");
  await inspector.tick("security_groups", "bastion-sg");
  for (const letter of ["a", "c"]) await server(`web-${letter}`, `private-${letter}`, "lab-key", "web-sg");
  await canvas.click("web-alb");
  await inspector.tick("subnets", "public-a", "public-c");
  await inspector.tick("security_groups", "alb-sg");
  await canvas.connect("site-cert", "https");
  await canvas.connect("https", "web-tg");
  await canvas.click("http");
  await inspector.segment("action", "redirect");
  for (const letter of ["a", "c"]) await canvas.connect(`web-${letter}`, "web-tg");
  await canvas.connect("www", "web-alb");

  await problems.open();
  await status.until("saved");
  // One NAT gateway for two zones is a matter of cost, and said as a note.
  const found = (await problems.list()).filter((problem) => !problem.startsWith("nat-gateway-in-other-zone: 참고"));
  assert.deepEqual(found, [], "the lab is not sound");

  const design = await app.design();
  const { text } = await toolbar.export();
  const { Resources } = JSON.parse(text);
  const all = (type) => Object.values(Resources).filter((resource) => resource.Type === `AWS::${type}`).map((resource) => resource.Properties);
  const ssh = all("EC2::SecurityGroup").flatMap((group) => group.SecurityGroupIngress ?? []).concat(all("EC2::SecurityGroupIngress")).filter((rule) => rule.FromPort === 22);
  assert.deepEqual(ssh.map((rule) => rule.CidrIp ?? "group").sort(), ["203.0.113.10/32", "group"]);
  assert.deepEqual(all("ElasticLoadBalancingV2::Listener").map((listener) => [listener.Port, listener.Protocol]).sort(), [[443, "HTTPS"], [80, "HTTP"]]);
  await deploys("lab-7", design, text);
});
