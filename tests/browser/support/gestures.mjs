// How many gestures something takes: presses of a pointer, and keys that do something rather than type a letter. A typed value is one, by its Enter.
export async function counting(app) {
  await app.page.evaluate(() => {
    window.gestures = 0;
    const count = () => (window.gestures += 1);
    document.addEventListener("pointerdown", count, true);
    document.addEventListener("change", (event) => event.target.matches("select") && count(), true);
    document.addEventListener("keydown", (event) => {
      const types = event.key.length === 1 && !event.ctrlKey && event.target.matches("input, textarea");
      const alone = ["Shift", "Control", "Alt", "Meta"].includes(event.key);
      if (!types && !alone) count();
    }, true);
  });
  return () => app.page.evaluate(() => window.gestures);
}
