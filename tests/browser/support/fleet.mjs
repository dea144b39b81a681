// A design file of about so many resources: VPCs with public and private subnets full of servers.
const PER_VPC = 125;

export function fleet(resources) {
  const nodes = [];
  const add = (kind, name, at, parent, fields) => {
    const id = `n${nodes.length + 1}`;
    nodes.push({ id, kind, name, at, ...(parent && { parent }), ...(fields && { fields }) });
    return id;
  };
  const vpcs = Math.ceil(resources / PER_VPC);
  add("internet", "internet", [0, 0, 96, 80]);
  const region = add("region", "seoul", [160, 0, 2400, vpcs * 700 + 100], undefined);
  for (let at = 0; at < vpcs; at += 1) {
    const vpc = add("vpc", `vpc-${at}`, [24, 48 + at * 700, 2340, 680], region, { cidr: `10.${at}.0.0/16` });
    const gateway = add("internet_gateway", `igw-${at}`, [16, 60, 96, 80], vpc);
    const table = add("route_table", `public-${at}`, [16, 160, 96, 80], vpc, { routes: [{ destination: "0.0.0.0/0", prefix_list: null, target: { ref: gateway } }] });
    const group = add("security_group", `web-${at}`, [16, 260, 96, 80], vpc, {
      inbound: [{ cidr: "0.0.0.0/0", description: "", group: null, ports: "443", prefix_list: null, protocol: "tcp" }],
    });
    const zone = add("zone", `zone-${at}`, [136, 48, 2190, 620], vpc, { letter: "a" });
    for (let third = 0; third < 4; third += 1) {
      const subnet = add("subnet", `subnet-${at}-${third}`, [16 + third * 540, 48, 530, 560], zone, {
        cidr: `10.${at}.${third}.0/24`,
        ...(third < 2 && { route_table: { ref: table }, auto_assign_public_ip: true }),
      });
      for (let server = 0; server < 29; server += 1) {
        const spot = [8 + (server % 5) * 104, 40 + Math.floor(server / 5) * 86, 96, 80];
        add("instance", `i-${at}-${third}-${server}`, spot, subnet, { security_groups: [{ ref: group }] });
      }
    }
  }
  return JSON.stringify({ groundplan: 1, title: "fleet", nodes });
}
