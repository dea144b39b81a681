// Whether the page is whole at a width: no word broken into letters, nothing over anything, nothing outside the view.
import assert from "node:assert/strict";

/** What is wrong with the page as it stands, in words; runs in the page. */
function faults() {
  const found = new Set();
  const [wide, high] = [innerWidth, innerHeight];
  const call = (element) => element.getAttribute("data-testid") ?? `${element.localName}.${element.getAttribute("class") ?? ""} "${element.textContent.trim().slice(0, 24)}"`;
  // A name for screen readers alone is one pixel large.
  const silent = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath !== "none" || style.visibility === "hidden") return true;
    }
    return false;
  };
  const clips = (style) => style.overflowX !== "visible" || style.overflowY !== "visible";
  /** The part of a box that is in sight, or nothing. */
  const sight = (element, box) => {
    let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
    let fixed = getComputedStyle(element).position === "fixed";
    for (let at = element.parentElement; at && !fixed; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (clips(style)) {
        const own = at.getBoundingClientRect();
        [left, top, right, bottom] = [Math.max(left, own.left), Math.max(top, own.top), Math.min(right, own.right), Math.min(bottom, own.bottom)];
      }
      fixed = style.position === "fixed";
    }
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : null;
  };
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1.5;
  const inside = '#canvas, script, style, noscript, [hidden]';

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest(inside) || !element.checkVisibility() || silent(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const seen = sight(element, range.getBoundingClientRect());
    if (!seen) continue;
    texts.push({ element, seen });
    // Code may be folded anywhere, and a name longer than a line has to be.
    if (element.closest("code, pre, .template-line")) continue;
    for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (word[0].length > 24) continue;
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)));
      if (lines.size > 1) found.add(`"${word[0]}" is broken over ${lines.size} lines in ${call(element)}`);
    }
  }

  const controls = [...document.querySelectorAll('button, input, select, textarea, a[href], [role="tab"]')]
    .filter((element) => !element.closest(inside) && element.checkVisibility() && !silent(element))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .map(({ element, box }) => ({ element, box, seen: sight(element, box) }));
  for (const { element, box, seen } of controls) {
    if (!seen) continue;
    if (box.left < -0.5 || box.right > wide + 0.5) found.add(`${call(element)} stands at ${Math.round(box.left)} to ${Math.round(box.right)} of ${wide} px`);
    if (element.localName === "button" && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).textOverflow !== "ellipsis") {
      found.add(`${call(element)} is ${element.clientWidth} px wide and needs ${element.scrollWidth}`);
    }
  }
  // A menu that is open lies over the page by intention: what is beneath it is not looked at.
  const layers = [...document.querySelectorAll('.menu-list:not([hidden]), dialog[open], .toast')].filter((element) => element.checkVisibility());
  for (const one of layers) {
    const box = one.getBoundingClientRect();
    if (box.left < 0 || box.top < 0 || box.right > wide || box.bottom > high) found.add(`${call(one)} stands outside the view`);
  }
  const layer = (element) => layers.find((one) => one.contains(element));
  const above = (element, seen) => layers.some((one) => one !== layer(element) && over(one.getBoundingClientRect(), seen));
  const shown = controls.filter(({ element, seen }) => seen && !above(element, seen));
  for (const [at, one] of shown.entries()) {
    for (const other of shown.slice(at + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (over(one.seen, other.seen)) found.add(`${call(one.element)} and ${call(other.element)} lie over each other`);
    }
  }
  const read = texts.filter(({ element, seen }) => !above(element, seen));
  for (const [at, one] of read.entries()) {
    for (const other of read.slice(at + 1)) {
      if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (over(one.seen, other.seen)) found.add(`the words of ${call(one.element)} and ${call(other.element)} lie over each other`);
    }
  }
  for (const part of document.querySelectorAll(".toolbar, .tabs, .tab-list, .phone-bar, .status")) {
    if (part.checkVisibility() && part.scrollWidth > part.clientWidth + 1) found.add(`${call(part)} is ${part.clientWidth} px wide and needs ${part.scrollWidth}`);
  }
  for (const part of document.querySelectorAll(".scroll, .tracer-form")) {
    const sideways = part.matches(".template-code, .matrix *, .picks");
    if (!sideways && part.checkVisibility() && part.scrollWidth > part.clientWidth + 1) found.add(`${call(part)} is ${part.clientWidth} px wide and its content ${part.scrollWidth}`);
  }
  if (document.documentElement.scrollWidth > wide) found.add(`the page is ${document.documentElement.scrollWidth} px wide`);
  const toolbar = document.querySelector(".toolbar").getBoundingClientRect();
  if (toolbar.height > 56) found.add(`the toolbar is ${toolbar.height} px high`);
  if (high < toolbar.bottom) found.add("the toolbar stands below the view");
  return [...found];
}

/** The page is whole as it stands. `state` says what is open. */
export async function assertWhole(app, state) {
  const found = await app.page.evaluate(faults);
  assert.deepEqual(found, [], `${state}:\n${found.join("\n")}`);
}

/** Everything that is wrong in these states at these sizes: `acts` are named steps that open something. */
export async function collectFaults(app, sizes, acts) {
  const found = [];
  for (const [width, height] of sizes) {
    await app.page.setViewportSize({ width, height });
    for (const [state, act] of acts) {
      await act(width);
      for (const fault of await app.page.evaluate(faults)) found.push(`${width} px, ${state}: ${fault}`);
    }
  }
  return found;
}
