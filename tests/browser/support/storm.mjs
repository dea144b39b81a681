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
  ["d", "KeyD", true], ["z", "KeyZ", true], ["Delete"], ["ArrowLeft"],
];

/** The next edit that the numbers choose: a key and whether Ctrl is held, and where the selection goes first. */
export function drawn(next) {
  const [key, code = key, ctrl = false] = KEYS[Math.floor(next() * KEYS.length)];
  return { key, code, ctrl, chosen: next() };
}

/** Makes edits in the page, each by the keys that people press, all in one task. Gives the design's text after the last. */
export async function edit(page, edits, then = "") {
  return page.evaluate(([edits, then]) => {
    const press = (key, code, ctrlKey) => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent("keydown", { key, code, ctrlKey, bubbles: true, cancelable: true }));
    };
    document.querySelector("#canvas").focus();
    for (const { key, code, ctrl } of edits) press(key, code, ctrl);
    const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
    let saved;
    URL.createObjectURL = (blob) => make.call(URL, (saved = blob));
    HTMLAnchorElement.prototype.click = () => {};
    press("s", "KeyS", true);
    URL.createObjectURL = make;
    HTMLAnchorElement.prototype.click = click;
    // The last edit and the end of the page in one task: there is no later moment for the page to save anything.
    if (then === "reload") location.reload();
    if (then === "leave") location.href = "about:blank";
    return saved.text();
  }, [edits, then]);
}
