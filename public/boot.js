// Starts the page: the policy of the site forbids inline scripts, so this file does what Trunk's inline loader would.
// Trunk names the hashed files in the two link elements that Trunk.toml describes.
const boot = document.getElementById("boot");

try {
  if (typeof WebAssembly !== "object") {
    throw new Error("WebAssembly is missing");
  }
  const bindings = await import(document.getElementById("app-js").href);
  await bindings.default({ module_or_path: document.getElementById("app-wasm").href });
  boot.remove();
} catch (error) {
  console.error(error);
  boot.querySelector(".boot-loading").hidden = true;
  boot.querySelector(".boot-failed").hidden = false;
  document.getElementById("boot-reason").textContent = String(error);
}
