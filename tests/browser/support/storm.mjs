// A storm of edits, seeded, and what may end it: for the proof that nothing is lost with the page.

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const KEYS = [
  ["ArrowDown"], ["ArrowUp"], ["ArrowLeft"], ["ArrowRight"], ["ArrowDown"], ["ArrowRight"],
  ["d", "KeyD", true], ["z", "KeyZ", true], ["z", "KeyZ", true], ["Delete"], ["ArrowLeft"],
];

/** The next edit that the numbers choose: a key and whether Ctrl is held, and where the selection goes first. */
export function drawn(next) {
  const [key, code = key, ctrl = false] = KEYS[Math.floor(next() * KEYS.length)];
  return { key, code, ctrl, chosen: next() };
}

/** The next nudge that the numbers choose: an edit that always changes something and never what is selected. */
export function nudge(next) {
  const key = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"][Math.floor(next() * 4)];
  return { key, code: key, ctrl: false };
}

/** Pages that can tell of themselves while they go. */
const telling = new WeakMap();

/**
 * Makes edits in the page, each by the keys that people press, all in one task. Gives the design's text after the last. With `then` the page ends
 * itself in that very task, so that there is no later moment for it to save anything.
 */
export async function edit(page, edits, then = "") {
  if (!telling.has(page)) {
    telling.set(page, { tell: () => {} });
    await page.exposeFunction("tellText", (text) => telling.get(page).tell(text));
  }
  const told = new Promise((done) => (telling.get(page).tell = done));
  const made = page.evaluate(([edits, then]) => {
    const press = (key, code, ctrlKey) => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent("keydown", { key, code, ctrlKey, bubbles: true, cancelable: true }));
    };
    document.querySelector("#canvas").focus();
    for (const { key, code, ctrl } of edits) press(key, code, ctrl);
    const [Real, click] = [globalThis.Blob, HTMLAnchorElement.prototype.click];
    let text;
    globalThis.Blob = class extends Real {
      constructor(parts, options) {
        super(parts, options);
        text = parts.join("");
      }
    };
    HTMLAnchorElement.prototype.click = () => {};
    press("s", "KeyS", true);
    globalThis.Blob = Real;
    HTMLAnchorElement.prototype.click = click;
    globalThis.tellText(text);
    if (then === "reload") location.reload();
    if (then === "leave") location.href = "about:blank";
  }, [edits, then]);
  // A page that went cannot answer.
  await (then ? made.catch(() => {}) : made);
  return told;
}
