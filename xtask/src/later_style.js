/** Wakes the stylesheet of what is loaded later: a part is here once it is. What failed is asked for again by a link of its own. */
function laterStyle() {
  const asleep = document.getElementById("later-style");
  if (!asleep) return undefined;
  return new Promise((here, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: asleep.href });
    link.onload = () => {
      asleep.remove();
      here();
    };
    link.onerror = () => {
      link.remove();
      failed(new Error(`${asleep.href} cannot be loaded`));
    };
    asleep.after(link);
  });
}
