// Covers the page when the program has stopped: says what is kept and since when, and gives the last text away. It stands outside the program,
// which cannot be trusted any more then, and knows what the program told it while all was well.
const cover = document.getElementById("cover");
const told = { text: "", steps: [], state: "nothing", panic: "", savedAt: 0 };

globalThis.groundplanCover = {
  text(text) {
    told.text = text.endsWith("\n") ? text : `${text}\n`;
    told.steps = [];
  },
  step: (step) => told.steps.push(step),
  state(state) {
    told.state = state;
    if (state === "saved") told.savedAt = Date.now();
  },
  panicked: (message) => (told.panic = message),
};

/** Hands a text to the browser's downloads. */
function download(name, type, text) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What is kept, in both languages; `at` is when it was. */
function kept(at) {
  if (told.state === "nothing") return ["저장할 것이 없었어요.", "There was nothing to save."];
  if (told.state === "elsewhere") return ["이 설계는 다른 탭에서 저장하고 있어요.", "Another tab saves this design."];
  if (told.state === "saved") return [`그린 것은 모두 이 브라우저에 저장돼 있어요(${at("ko-KR")}).`, `Everything you drew is saved in this browser (${at("en-GB")}).`];
  if (told.savedAt) {
    return [
      `${at("ko-KR")}까지 그린 것이 이 브라우저에 저장돼 있어요. 그 뒤에 고친 것은 아래 파일에 들어 있어요.`,
      `What you drew until ${at("en-GB")} is saved in this browser. What changed since is in the file below.`,
    ];
  }
  return ["이 설계는 이 브라우저에 저장되지 않았어요. 아래에서 파일로 저장해 두세요.", "This design is not saved in this browser. Save it as a file below."];
}

/** What happened, without anything of the design. */
function report(error) {
  const lines = [
    "Groundplan crash report",
    `time: ${new Date().toISOString()}`,
    `program: ${document.getElementById("app-js")?.href.split("/").pop() ?? ""}`,
    `browser: ${navigator.userAgent}`,
    `language: ${document.documentElement.lang}`,
    `state: ${told.state}, ${told.steps.length} steps, ${told.text.length} characters`,
    "",
    told.panic,
    "",
    error?.stack ?? String(error),
  ];
  return `${lines.join("\n")}\n`;
}

/** Shows the cover. What is broken is not to be touched any more; after what may be harmless one may go on. */
function show(error, broken) {
  if (!cover.hidden) return;
  const [ko, en] = kept((locale) => new Date(told.savedAt).toLocaleString(locale));
  cover.querySelector("[data-kept=ko]").textContent = ko;
  cover.querySelector("[data-kept=en]").textContent = en;
  const action = (name, act) => (cover.querySelector(`[data-testid=cover-${name}]`).onclick = act);
  action("reload", () => location.reload());
  action("design", () => download("last.groundplan.json", "application/json", told.text + told.steps.map((step) => `${step}\n`).join("")));
  action("report", () => download("groundplan-crash.txt", "text/plain", report(error)));
  action("go-on", () => {
    cover.hidden = true;
    document.querySelector(".app")?.removeAttribute("inert");
  });
  cover.querySelector("[data-testid=cover-design]").hidden = !told.text;
  cover.querySelector("[data-testid=cover-go-on]").hidden = broken;
  document.querySelector(".app")?.setAttribute("inert", "");
  // A dialog that is open lies above everything else.
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  cover.hidden = false;
  cover.querySelector("[data-testid=cover-reload]").focus();
}

const isTrap = (error) => error instanceof WebAssembly.RuntimeError || told.panic !== "";
/** Whether it happened in a file of ours: what an extension does to the page is its own. */
const isOurs = (error, file) => (file || error?.stack || "").includes(location.origin) || isTrap(error);

addEventListener("error", (event) => {
  if (event.error && isOurs(event.error, event.filename)) show(event.error, isTrap(event.error));
});
addEventListener("unhandledrejection", (event) => {
  if (isOurs(event.reason)) show(event.reason, isTrap(event.reason));
});
// A program that has stopped hears of nothing more.
for (const name of ["keydown", "keyup", "pointerdown", "pointermove", "pointerup", "click", "beforeunload"]) {
  addEventListener(name, (event) => {
    if (!cover.hidden && !cover.contains(event.target)) event.stopImmediatePropagation();
  }, { capture: true });
}
