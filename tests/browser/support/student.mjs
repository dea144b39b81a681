// How a student draws: drags a kind into a frame, gives it a name, fills in fields.
export function drawing(app) {
  const { canvas, inspector, palette, toolbar } = app;

  async function scale() {
    return Number.parseInt(await toolbar.zoom.innerText(), 10) / 100;
  }

  /** A point so many units right of and below a frame's corner; of the canvas if there is none. */
  async function spot(frame, [x, y]) {
    const zoom = await scale();
    if (!frame) return canvas.at(x * zoom, y * zoom);
    const corner = await canvas.rect(frame);
    return { x: corner.x + x * zoom, y: corner.y + y * zoom };
  }

  /** Drags a kind into a frame, names it and types its first fields. */
  async function place(kind, frame, at, name, fields = {}) {
    await palette.drag(kind, await spot(frame, at));
    for (const [field, value] of Object.entries(fields)) await inspector.enter(field, value);
    await inspector.enter("name", name);
    await canvas.rect(name);
  }

  /** An instance with a key pair and a security group. */
  async function server(name, subnet, keyPair, group, script) {
    await place("instance", subnet, [160, 80], name);
    await inspector.choose("key_pair", keyPair);
    await inspector.tick("security_groups", group);
    if (script) {
      await inspector.show("user_data");
      await inspector.field("user_data").fill(script);
      await inspector.field("user_data").press("Control+Enter");
    }
  }

  /** Drags a frame's lower right corner by so many units. */
  async function stretch(name, dx, dy) {
    await canvas.click(name);
    const zoom = await scale();
    const corner = await canvas.resizeHandle(name, 1, 1);
    await canvas.drag(corner, { x: corner.x + dx * zoom, y: corner.y + dy * zoom });
  }

  return { place, server, stretch };
}
